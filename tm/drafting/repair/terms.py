"""Terms of the term base as slots: one term takes the place of another, in the same form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from tm.checks.renderings import Use
from tm.checks.replacement import replacement
from tm.drafting.repair.slots import Slot
from tm.model import Concept, TermStatus
from tm.terms.base import APPROVED, TermBase, spans
from tm.terms.english import EnglishText

__all__ = ["Terms"]


class Terms:
    """The terms of a Chinese text that the term base knows, each as one slot."""

    def __init__(self, base: TermBase) -> None:
        self._base = base

    def find(self, text: str) -> Iterator[Slot]:
        """The terms; where concepts share a Chinese term it is no slot, since it may mean either."""
        hits = self._base.find_zh(text)
        places = [(hit.start, hit.end) for hit in hits]
        for hit in hits:
            if places.count((hit.start, hit.end)) == 1:
                yield Slot(
                    name="term",
                    start=hit.start,
                    end=hit.end,
                    text=text[hit.start : hit.end],
                    key=hit.concept.id,
                    kind=self,
                    thing=hit.concept,
                )

    def places(self, slot: Slot, english: str) -> Sequence[tuple[int, int]]:
        """Where an approved rendering stands."""
        return [(use.start, use.end) for use in _uses(cast("Concept", slot.thing), english)]

    def write(self, old: Slot, new: Slot, english: str, place: tuple[int, int]) -> str | None:
        """The preferred rendering of the new term, inflected and capitalised as the old one stands there."""
        for use in _uses(cast("Concept", old.thing), english):
            if (use.start, use.end) == place:
                concept = cast("Concept", new.thing)
                return replacement(english, use, concept, articles=False) or _as_it_is(english, use, concept)
        return None


def _as_it_is(english: str, use: Use, concept: Concept) -> str | None:
    """The only preferred rendering, where the old one stands as the term base has it."""
    preferred = concept.renderings(TermStatus.PREFERRED)
    if len(preferred) != 1 or english[use.start : use.end] != use.term.text:
        return None
    return preferred[0].text


def _uses(concept: Concept, english: str) -> list[Use]:
    text = EnglishText(english)
    found = {
        place: Use(start=place[0], end=place[1], term=term)
        for term in concept.renderings(*APPROVED)
        for place in spans(term, text)
    }
    return [found[place] for place in sorted(found)]
