"""How the terms of one unit are rendered: worked out once, asked by every term rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from tm.checks.rule import Context
from tm.model import Concept, Severity, Term, TermStatus, Unit
from tm.terms.base import APPROVED, TermHit, spans
from tm.terms.english import EnglishText
from tm.terms.pattern import pattern

__all__ = ["Rendering", "Use", "english", "renderings", "severity_of"]

_CRITICAL_DOMAINS = frozenset({"post", "strategy", "place", "zone"})
_WRONG = (TermStatus.FORBIDDEN, TermStatus.DEPRECATED)
_NAMES = frozenset({"proper", "title", "slogan"})


@dataclass(frozen=True, slots=True)
class Use:
    """An English term at a half-open stretch of the target, in code points."""

    term: Term
    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class Rendering:
    """What became of one Chinese term of a unit, whose concepts share its form.

    `approved` are all approved renderings in the target; `wrong` the forbidden and deprecated ones that are
    no part of an approved one and that stand for this term rather than for something else.
    """

    concepts: tuple[Concept, ...]
    hits: list[TermHit]
    approved: list[Use] = field(default_factory=list)
    wrong: list[Use] = field(default_factory=list)

    @property
    def concept(self) -> Concept:
        """The first of the concepts."""
        return self.concepts[0]

    @property
    def preferred(self) -> Term:
        """The rendering to suggest."""
        found = self.concept.renderings(TermStatus.PREFERRED) or self.concept.renderings(*APPROVED)
        return (found or self.concept.en)[0]


def english(unit: Unit) -> EnglishText:
    """The words of the target."""
    return _english(unit.target.text)


@lru_cache(maxsize=64)
def _english(text: str) -> EnglishText:
    """Only the latest texts are kept: their words take more room than what comes of them."""
    return EnglishText(text)


def renderings(unit: Unit, context: Context) -> list[Rendering]:
    """One rendering for each Chinese term of the unit, in the order of their first places."""
    source, target = unit.source.text, unit.target.text
    return context.once("renderings", f"{source}\0{target}", lambda _: _renderings(unit, context))


def severity_of(concept: Concept, term: Term) -> Severity | None:
    """The severity of a wrong rendering where it is not the rule's own.

    The term base decides; else posts and the names of doctrines and regions are critical.
    """
    if concept.severity:
        return concept.severity
    name = term.pos == "title" or (term.pos == "proper" and concept.domain in _CRITICAL_DOMAINS)
    return Severity.CRITICAL if name else None


def _renderings(unit: Unit, context: Context) -> list[Rendering]:
    found = _grouped(context.terms.find_zh(unit.source.text))
    if not found:
        return found
    text = english(unit)
    for rendering in found:
        rendering.approved = _uses(rendering.concepts, APPROVED, text)
        rendering.wrong = _uses(rendering.concepts, _WRONG, text)
    if any(rendering.wrong for rendering in found):
        _settle(found)
    return found


def _settle(found: list[Rendering]) -> None:
    """Settles which of the approved and wrong renderings in one place count: the longer ones.

    A wrong rendering inside an approved one of any term is part of it. An approved one inside a wrong one of
    its own term (`business environment` in `camp business environment`) does not approve it. Where a term is
    rendered rightly as often as it stands, wrong renderings are taken to mean something else.
    """
    good = [use for rendering in found for use in rendering.approved]
    for rendering in found:
        rendering.wrong = _longest(_outside(rendering.wrong, good))
        rendering.approved = _outside(rendering.approved, rendering.wrong)
        if len(rendering.hits) <= len(_longest(rendering.approved)):
            rendering.wrong = [use for use in rendering.wrong if _means_nothing_else(use.term)]


def _grouped(hits: Iterable[TermHit]) -> list[Rendering]:
    """Hits at one stretch belong together, and so do all stretches of the same concepts."""
    stretches: dict[tuple[int, int], list[TermHit]] = {}
    for hit in hits:
        stretches.setdefault((hit.start, hit.end), []).append(hit)
    found: dict[tuple[str, ...], Rendering] = {}
    for here in stretches.values():
        key = tuple(hit.concept.id for hit in here)
        if key not in found:
            found[key] = Rendering(concepts=tuple(hit.concept for hit in here), hits=[])
        found[key].hits.append(here[0])
    return list(found.values())


def _uses(concepts: tuple[Concept, ...], statuses: tuple[TermStatus, ...], text: EnglishText) -> list[Use]:
    terms = [term for concept in concepts for term in concept.renderings(*statuses)]
    return [Use(term, *span) for term in terms for span in spans(term, text)]


def _outside(uses: list[Use], others: Iterable[Use]) -> list[Use]:
    """The uses that lie in none of the others."""
    order = sorted((other.start, other.end) for other in others)
    starts = [start for start, _end in order]
    furthest = list(accumulate((end for _start, end in order), max, initial=-1))
    return [use for use in uses if furthest[bisect_right(starts, use.start)] < use.end]


def _longest(uses: list[Use]) -> list[Use]:
    """The uses without those that overlap a longer or earlier one."""
    kept: list[Use] = []
    for use in sorted(uses, key=lambda use: (use.start - use.end, use.start)):
        at = bisect_right(kept, use.start, key=_start)
        before = at == 0 or kept[at - 1].end <= use.start
        if before and (at == len(kept) or use.end <= kept[at].start):
            kept.insert(at, use)
    return kept


def _start(use: Use) -> int:
    return use.start


def _means_nothing_else(term: Term) -> bool:
    """True for forbidden names of several words, which can stand for no other Chinese."""
    words = len(pattern(term.text, term.case, term.pos).slots)
    return term.status is TermStatus.FORBIDDEN and term.pos in _NAMES and words > 1
