"""The term base: concepts with their terms, found in Chinese exactly and in English tolerantly."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from tm.model import Concept, Term, TermStatus
from tm.terms.chinese import ChineseIndex, TermHit
from tm.terms.english import EnglishText
from tm.terms.english_index import EnglishHit, EnglishIndex
from tm.terms.pattern import pattern
from tm.terms.table import Entry, concepts, read_table

__all__ = ["APPROVED", "TermBase", "TermHit", "spans"]

APPROVED = (TermStatus.PREFERRED, TermStatus.ADMITTED)


class TermBase:
    """Concepts in the order they were read. The index is built when a text is first looked up."""

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        self.concepts: tuple[Concept, ...] = tuple(concepts)

    @classmethod
    def read(cls, *paths: Path | str) -> TermBase:
        """The term base in one or several CSV or TSV files; rows of one concept may stand in several.

        Raises TermBaseError with file and line for a row that cannot be used.
        """
        return cls(concepts(entry for path in paths for entry in read_table(Path(path))))

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, object]]) -> TermBase:
        """The term base whose rows are mappings from column to cell; missing columns are empty."""
        return cls(concepts(_entry(number, row) for number, row in enumerate(rows, 1)))

    @classmethod
    def merged(cls, bases: Iterable[TermBase]) -> TermBase:
        """The concepts of several term bases; of concepts with the same id the first is kept."""
        found: dict[str, Concept] = {}
        for base in bases:
            for concept in base.concepts:
                found.setdefault(concept.id, concept)
        return cls(found.values())

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    def __len__(self) -> int:
        return len(self.concepts)

    def valid_on(self, date: datetime.date | None) -> TermBase:
        """The term base without the concepts that are not valid on a date; itself when all are."""
        if date is None:
            return self
        valid = [
            concept
            for concept in self.concepts
            if (concept.valid_from or date) <= date <= (concept.valid_until or date)
        ]
        return self if len(valid) == len(self.concepts) else TermBase(valid)

    def find_zh(self, text: str) -> list[TermHit]:
        """The terms in a Chinese text from left to right, the longest at each place.

        A term that a word of the text crosses (扩|大会|议), or that stands in one of its `unless`
        contexts, is not found. Concepts with the same Chinese term are all found, at the same place.
        """
        return self._chinese.find(text)

    def find_en(self, wanted: Concept | Term, text: str) -> list[tuple[int, int]]:
        """Where a term, or any approved rendering or acronym of a concept, stands in an English text."""
        terms = wanted.renderings(*APPROVED) if isinstance(wanted, Concept) else (wanted,)
        english = EnglishText(text)
        return sorted({span for term in terms for span in spans(term, english)})

    def find_wrong(self, text: EnglishText) -> list[EnglishHit]:
        """Forbidden and deprecated forms in English alone, outside approved forms, the longest at each place.

        Only concepts marked `mono`, and, where nothing is marked, forms that can mean nothing else: names,
        and terms of several words.
        """
        found = self._wrong.find(text)
        if not found:
            return []
        good = self._right.find(text)
        kept: list[EnglishHit] = []
        for hit in found:
            inside = any(other.start <= hit.start and hit.end <= other.end for other in (*good, *kept))
            if not inside:
                kept.append(hit)
        return kept

    def find_names(self, text: EnglishText) -> list[EnglishHit]:
        """The approved names of concepts in English alone, by place, longest first."""
        return [hit for hit in self._right.find(text) if hit.term.pos == "proper" or hit.concept.once]

    def inside(self, text: str) -> list[tuple[str, Concept]]:
        """The Chinese terms that stand within a text and are not the whole of it, with their concepts."""
        return self._chinese.inside(text)

    @cached_property
    def _wrong(self) -> EnglishIndex:
        approved = {term.text.lower() for concept in self.concepts for term in concept.renderings(*APPROVED)}
        return EnglishIndex(
            (concept, term)
            for concept in self.concepts
            for term in concept.renderings(TermStatus.FORBIDDEN, TermStatus.DEPRECATED)
            if term.text.lower() not in approved and _stands_alone(concept, term)
        )

    @cached_property
    def _right(self) -> EnglishIndex:
        return EnglishIndex(
            (concept, term) for concept in self.concepts for term in concept.renderings(*APPROVED)
        )

    @cached_property
    def _chinese(self) -> ChineseIndex:
        return ChineseIndex(self.concepts)


def spans(term: Term, text: EnglishText) -> list[tuple[int, int]]:
    """Where an English term or its acronym stands in a text, in code points, half open."""
    found = [text.stretch(*place) for place in pattern(term.text, term.case, term.pos).find(text)]
    if term.acronym and term.status in APPROVED:
        short = pattern(term.acronym, "sensitive", "proper")
        found.extend(text.stretch(*place) for place in short.find(text))
    return found


def _stands_alone(concept: Concept, term: Term) -> bool:
    """True for forms that are wrong in any English text."""
    if concept.mono is not None:
        return concept.mono
    words = len(pattern(term.text, term.case, term.pos).slots)
    return words > 1 or (term.pos == "proper" and term.text[:1].isupper())


def _entry(number: int, row: Mapping[str, object]) -> Entry:
    cells = {name.strip().lower(): "" if cell is None else str(cell).strip() for name, cell in row.items()}
    return Entry(cells=cells, path="", line=number)
