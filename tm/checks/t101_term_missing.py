"""T101: a Chinese term whose approved English is absent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _

from tm.checks.mentions import Mentions
from tm.checks.renderings import Rendering, renderings, severity_of
from tm.checks.rule import Context, Problem, rule
from tm.checks.values import compared
from tm.model import Severity, Unit
from tm.text.numbers import Kind, is_chinese
from tm.text.quantities import scan_values

__all__ = ["term_missing"]

_WITH_UNIT = frozenset({Kind.MONEY, Kind.RATIO, Kind.POINT})


@rule("T101", "term-missing", Severity.MAJOR, family="term", mqm="terminology", scope="document")
def term_missing(units: Sequence[Unit], context: Context) -> Iterator[tuple[Unit, Problem]]:
    """A Chinese term stands in the source and none of its approved renderings in the translation.

    What it finds: a term of the term base that is recognised in the Chinese (the longest at each place,
        within word boundaries, outside its `unless` contexts), while the English has neither a preferred
        nor an admitted rendering nor the acronym. Inflected forms, hyphens, line breaks, articles, quotation
        marks and capitals make no difference; neither do a coordination with a shared head, a pronoun after
        a mention in the sentence before, or a short name after the full one. A known wrong rendering is
        reported as T102 or T103 instead; a unit inside an amount (2600亿元) is left to the number rules.
        Posts and the names of doctrines are critical, unless the term base says otherwise.
    Why it matters: readers of an office's releases take two names for two things.
    Example: 推动错位发展 with "promote misdirected growth" lacks "differentiated development".
    How to fix: write the preferred rendering, or add the one used to the term base as admitted.
    When to allow: where the sentence is freely worded and says the same; waive it with the reason.
    """
    mentions = Mentions()
    for unit in units:
        found = renderings(unit, context)
        mentions.begin(unit)
        for rendering in found:
            if rendering.approved:
                mentions.note(rendering)
            elif rendering.wrong or mentions.excuses(rendering):
                continue
            elif not _left_to_numbers(rendering, unit, context):
                yield unit, _problem(rendering)


def _left_to_numbers(rendering: Rendering, unit: Unit, context: Context) -> bool:
    """Whether the term is but the unit of amounts (亿元, 百分点, 公里) that the number rules compare.

    Money and percentages they compare with their units in any case, measures where both sides have one.
    """
    if not is_chinese(unit.source.lang):
        return False
    matched = compared(unit, context).matched
    measures = [zh for zh, en in matched if zh.kind is en.kind is Kind.MEASURE]
    known = [value for value in scan_values(unit.source.text, unit.source.lang) if value.kind in _WITH_UNIT]
    places = [(value.start, value.end) for value in (*known, *measures)]
    return all(any(start <= hit.start and hit.end <= end for start, end in places) for hit in rendering.hits)


def _problem(rendering: Rendering) -> Problem:
    hit, preferred = rendering.hits[0], rendering.preferred
    return Problem(
        "source",
        hit.start,
        hit.end,
        _("“{term}” is not rendered as “{preferred}”").format(term=hit.term.text, preferred=preferred.text),
        term=hit.term.text,
        suggestion=preferred.text,
        severity=rendering.concept.severity or _quiet(rendering),
        key=rendering.concept.id,
    )


def _quiet(rendering: Rendering) -> Severity | None:
    """Critical only for posts and doctrines; a place may be left out without harm."""
    domain = rendering.concept.domain
    return severity_of(rendering.concept, rendering.preferred) if domain in {"post", "strategy"} else None
