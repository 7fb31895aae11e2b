"""T104: a concept that must keep one form in a document, in two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from gettext import gettext as _

from tm.checks.renderings import Rendering, Use, renderings
from tm.checks.rule import Context, Problem, rule
from tm.model import Severity, Unit

__all__ = ["one_form"]


@rule("T104", "one-form", Severity.MINOR, family="term", mqm="terminology", scope="document")
def one_form(units: Sequence[Unit], context: Context) -> Iterator[tuple[Unit, Problem]]:
    """A concept marked `once` is rendered by two approved forms in one document.

    What it finds: concepts whose term base rows say `once` = yes and which a document renders by different
        approved forms. The form used most often, else first, counts as the document's.
    Why it matters: two approved names of one office in one release still read as two offices.
    Example: "CPC Sichuan Provincial Committee" in the lead and "Sichuan Provincial Party Committee" below.
    How to fix: use one of the forms throughout.
    When to allow: where a short form follows the full one by the office's rules.
    """
    seen: dict[str, list[tuple[Unit, Rendering, Use]]] = {}
    for unit in units:
        for rendering in renderings(unit, context):
            if rendering.concept.once:
                for use in _outermost(rendering.approved):
                    seen.setdefault(rendering.concept.id, []).append((unit, rendering, use))
    for uses in seen.values():
        counts = Counter(use.term.text for _unit, _rendering, use in uses)
        form = max(counts, key=lambda text: counts[text])
        for unit, rendering, use in uses:
            if use.term.text != form:
                yield unit, _problem(unit, rendering, use, form)


def _outermost(uses: list[Use]) -> list[Use]:
    return [use for use in uses if not any(_holds(other, use) for other in uses)]


def _holds(outer: Use, inner: Use) -> bool:
    """True when one use lies in a longer one."""
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


def _problem(unit: Unit, rendering: Rendering, use: Use, form: str) -> Problem:
    return Problem(
        "target",
        use.start,
        use.end,
        _("“{found}” for “{term}”, elsewhere in the document “{form}”").format(
            found=unit.target.text[use.start : use.end], term=rendering.hits[0].term.text, form=form
        ),
        term=rendering.hits[0].term.text,
        suggestion=form,
        severity=rendering.concept.severity,
        key=rendering.concept.id,
    )
