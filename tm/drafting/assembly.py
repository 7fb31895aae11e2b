"""Clause leverage: drafts put together from the translations of clauses that other sentences hold.

The clauses of a sentence are looked up one by one. What a unit's English says for its clause is found by
aligning the clauses of both sides. A draft is made only where the clauses found cover the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tm.alignment import Document, align_batch
from tm.drafting.options import LeverageOptions
from tm.drafting.repair import Kind, Repair, repair
from tm.lexicon import FUNCTION_WORDS
from tm.matching.lookup import ClauseMatch, Lookup
from tm.model import Concept, Draft, Edit, Match, MatchKind, Span, Unit
from tm.text.clauses import chinese_clauses, english_clauses

__all__ = ["AssemblyOptions", "Clauses", "assembled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyOptions:
    """From what on a clause is used (similarity and confidence, 0-1), and what share must be covered."""

    threshold: float = 0.6
    confidence: float = 0.5
    cover: float = 0.9
    worth: float = 0.6


_DEFAULT = AssemblyOptions()
_MOST_SCORE = 99.0
_REPAIRED = 0.99
_LEAD = re.compile(r"(?:and|while|but|so|or|with)\s+(?=\w)", re.IGNORECASE)
_END = re.compile(r"[\s,;:.!?—]+$")
_MARKS = {"，": ", ", "；": "; ", "：": ": ", "。": ". ", "！": "! ", "？": "? ", "、": ", "}

_Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A clause of the new sentence with what was found for it, and its English."""

    match: ClauseMatch
    target: _Stretch
    mended: Repair
    worth: float

    @property
    def english(self) -> str:
        return self.mended.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """What clauses are looked up in and mended with."""

    lookup: Lookup
    options: LeverageOptions
    kinds: Sequence[Kind] = ()
    terms: tuple[Concept, ...] = ()

    def found(self, drafts: Iterable[Draft], threshold: float) -> dict[str, list[ClauseMatch]]:
        """The matches of every clause of these drafts' sources."""
        texts = (draft.segment.text for draft in drafts)
        clauses = dict.fromkeys(text[start:end] for text in texts for start, end in chinese_clauses(text))
        return {clause: self.lookup.clauses(clause, threshold, self.options.match) for clause in clauses}


def assembled(drafts: Sequence[Draft], known: Clauses, how: AssemblyOptions = _DEFAULT) -> list[Draft]:
    """The drafts; those without a match are put together from clauses where these cover the sentence."""
    wanted = [draft for draft in drafts if not draft.matches]
    found = known.found(wanted, how.threshold)
    english = _translated(
        [match for matches in found.values() for match in matches], known.terms, known.options.cache
    )
    return [
        _assembled(draft, found, english, known.kinds, how) if not draft.matches else draft
        for draft in drafts
    ]


# --- The English of a clause ------------------------------------------------------------------------------

_Known = Mapping[tuple[str, str, _Stretch], tuple[_Stretch, float]]


def _translated(matches: Sequence[ClauseMatch], terms: tuple[Concept, ...], cache: Path | None) -> _Known:
    """For each clause of the matched units the stretch of the English that says it, and how sure that is."""
    units = {(match.unit.source.text, match.unit.target.text): match.unit for match in matches}
    sides = {key: _sides(unit) for key, unit in units.items()}
    documents = [
        Document(
            zh=tuple(key[0][start:end] for start, end in zh), en=tuple(key[1][start:end] for start, end in en)
        )
        for key, (zh, en) in sides.items()
    ]
    known: dict[tuple[str, str, _Stretch], tuple[_Stretch, float]] = {}
    for (key, (zh, en)), alignment in zip(
        sides.items(), align_batch(documents, terms=terms, cache=cache) if documents else (), strict=True
    ):
        for bead in alignment.beads:
            if len(bead.source) == 1 and bead.target and not bead.crossing:
                stretch = (en[bead.target[0]][0], en[bead.target[-1]][1])
                known[(*key, zh[bead.source[0]])] = (stretch, bead.score)
    return known


def _sides(unit: Unit) -> tuple[list[_Stretch], list[_Stretch]]:
    zh = chinese_clauses(unit.source.text)
    return zh, english_clauses(unit.target.text, least=len(zh))


# --- Putting together -------------------------------------------------------------------------------------


def _assembled(
    draft: Draft,
    found: Mapping[str, Sequence[ClauseMatch]],
    english: _Known,
    kinds: Sequence[Kind],
    how: AssemblyOptions,
) -> Draft:
    text = draft.segment.text
    clauses = chinese_clauses(text)
    parts = [_best(text[start:end], found[text[start:end]], english, kinds, how) for start, end in clauses]
    whole = sum(end - start for start, end in clauses)
    covered = sum(end - start for (start, end), part in zip(clauses, parts, strict=True) if part)
    worth = sum((end - start) * part.worth for (start, end), part in zip(clauses, parts, strict=True) if part)
    if not whole or covered < how.cover * whole or worth < how.worth * whole:
        return draft
    return replace(
        draft,
        kind=MatchKind.CLAUSE,
        target=_joined(text, clauses, parts),
        score=min(_MOST_SCORE, round(100.0 * worth / whole, 1)),
        matches=tuple(_matches(parts)),
        edits=tuple(_edits(parts)),
        missed=tuple(edit for part in parts if part for edit in part.mended.missed),
    )


def _best(
    clause: str,
    matches: Sequence[ClauseMatch],
    english: _Known,
    kinds: Sequence[Kind],
    how: AssemblyOptions,
) -> _Part | None:
    """The clause's best translation: the likest, the surest, and best of all one that could be mended."""
    parts = []
    for match in matches:
        source, target = match.unit.source.text, match.unit.target.text
        stretch, sure = english.get((source, target, match.stretch), ((0, 0), 0.0))
        if sure >= how.confidence:
            mended = repair(clause, source[slice(*match.stretch)], target[slice(*stretch)], kinds)
            alike = _REPAIRED if mended.complete else match.similarity
            parts.append(_Part(match=match, target=stretch, mended=mended, worth=alike * sure))
    return max(parts, key=lambda part: part.worth, default=None)


def _joined(text: str, clauses: Sequence[_Stretch], parts: Sequence[_Part | None]) -> str:
    """The English parts with the marks of the Chinese between them, as one sentence."""
    pieces: list[str] = []
    opens = True
    for number, ((_start, end), part) in enumerate(zip(clauses, parts, strict=True)):
        if part is None:
            continue
        last = number == len(clauses) - 1
        piece = _END.sub("", part.english)
        piece = (
            piece
            if number and last and len(clauses) > 1
            else _LEAD.sub("", piece, count=1)
            if _LEAD.match(piece)
            else piece
        )
        mark = _MARKS.get(text[end : end + 1], "" if last else " ")
        if mark == ", " and part.english.rstrip().endswith("."):
            mark = ". "
        pieces.append((_opened(piece) if opens else _continued(piece)) + mark)
        opens = mark.startswith((".", "!", "?"))
    return "".join(pieces).rstrip()


def _opened(piece: str) -> str:
    return piece[:1].upper() + piece[1:]


def _continued(piece: str) -> str:
    """The piece without the capital of a sentence's beginning."""
    word = re.match(r"[A-Z][a-z]+\b", piece)
    if word and word[0].lower() in FUNCTION_WORDS:
        return piece[:1].lower() + piece[1:]
    return piece


def _matches(parts: Iterable[_Part | None]) -> Iterable[Match]:
    for part in parts:
        if part:
            yield Match(
                memory=part.match.memory,
                unit=part.match.unit,
                kind=MatchKind.CLAUSE,
                score=round(100.0 * part.match.similarity, 1),
                parts=(
                    Span(side="source", start=part.match.stretch[0], end=part.match.stretch[1]),
                    Span(side="target", start=part.target[0], end=part.target[1]),
                ),
            )


def _edits(parts: Iterable[_Part | None]) -> Iterable[Edit]:
    for part in parts:
        if part:
            yield from part.mended.edits
