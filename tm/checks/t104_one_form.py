"""T104: a concept that must keep one form in a document, in two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from tm.checks.renderings import Use, english, renderings
from tm.checks.rule import Context, Problem, rule
from tm.model import Concept, Severity, Unit

__all__ = ["one_form"]


@rule(
    "T104", "one-form", Severity.MINOR, family="term", mqm="terminology", needs_source=False, scope="document"
)
def one_form(units: Sequence[Unit], context: Context) -> Iterator[tuple[Unit, Problem]]:
    """A concept marked `once` is rendered by two approved forms in one document.

    What it finds: concepts whose term base rows say `once` = yes and which a document renders by different
        approved forms. The form used most often, else first, counts as the document's. In English alone the
        names of all concepts are held together; a form that only leaves words out is a short form there.
    Why it matters: two approved names of one office in one release still read as two offices.
    Example: "CPC Sichuan Provincial Committee" in the lead and "Sichuan Provincial Party Committee" below.
    How to fix: use one of the forms throughout.
    When to allow: where a short form follows the full one by the office's rules.
    """
    seen: dict[str, list[_Place]] = {}
    for unit in units:
        for place in _named(unit, context) if context.mono else _rendered(unit, context):
            seen.setdefault(place.concept.id, []).append(place)
    for places in seen.values():
        counts = Counter(place.form for place in places)
        form = max(counts, key=lambda text: counts[text])
        for place in places:
            if place.form != form and not (context.mono and _is_short(place.form, form)):
                yield place.unit, _problem(place, form)


@dataclass(frozen=True, slots=True)
class _Place:
    """A form of a concept at a stretch of a unit's target."""

    unit: Unit
    concept: Concept
    form: str
    start: int
    end: int


def _rendered(unit: Unit, context: Context) -> Iterator[_Place]:
    for rendering in renderings(unit, context):
        if rendering.concept.once:
            for use in _outermost(rendering.approved):
                yield _Place(unit, rendering.concept, use.term.text, use.start, use.end)


def _named(unit: Unit, context: Context) -> Iterator[_Place]:
    done = 0
    for hit in context.terms.find_names(english(unit)):
        if hit.start < done:
            continue
        done = hit.end
        if not hit.term.text.islower():
            yield _Place(unit, hit.concept, hit.term.text, hit.start, hit.end)


def _is_short(one: str, other: str) -> bool:
    """True when one form has no word that the other lacks: a short form, or another order of words."""
    words = [set(form.lower().replace("-", " ").split()) for form in (one, other)]
    return words[0] <= words[1] or words[1] <= words[0]


def _outermost(uses: list[Use]) -> list[Use]:
    return [use for use in uses if not any(_holds(other, use) for other in uses)]


def _holds(outer: Use, inner: Use) -> bool:
    """True when one use lies in a longer one."""
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


def _problem(place: _Place, form: str) -> Problem:
    found = place.unit.target.text[place.start : place.end]
    return Problem(
        "target",
        place.start,
        place.end,
        _("“{found}” for “{term}”, elsewhere in the document “{form}”").format(
            found=found, term=place.concept.zh[0].text, form=form
        ),
        term=place.concept.zh[0].text,
        suggestion=form,
        severity=place.concept.severity,
        key=f"{place.concept.id} {place.form}",
    )
