"""Clause leverage: drafts put together from the translations of clauses that other sentences hold.

The clauses of a sentence are looked up one by one. What a unit's English says for its clause is found by
aligning the clauses of both sides. A draft is made only where the clauses found cover the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from tm.drafting.clause_english import Known, Lead, Stretch, Verbs, lead_of, translated
from tm.drafting.joining import Piece, joined
from tm.drafting.options import LeverageOptions
from tm.drafting.repair import Kind, Repair, repair
from tm.matching.lookup import ClauseMatch, Lookup
from tm.matching.scoring import penalties_for
from tm.model import Concept, Draft, Match, MatchKind, Span
from tm.text.clauses import chinese_clauses
from tm.text.quantities_compare import compare_texts

__all__ = ["AssemblyOptions", "Clauses", "assembled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyOptions:
    """When clauses are used; shares are 0-1.

    A clause is used from `threshold` (similarity) and `confidence` (of its English) on; `candidates` are
    tried for each. A draft is made where they cover `cover` of the sentence and are worth `worth` on the
    whole; clause matches are offered where they cover `offer`. `run` is added for each clause that follows
    the one before it in the same unit.
    """

    threshold: float = 0.53
    confidence: float = 0.5
    cover: float = 0.9
    worth: float = 0.53
    offer: float = 0.5
    run: float = 0.1
    candidates: int = 12


_DEFAULT = AssemblyOptions()
_MOST_SCORE = 99.0
_REPAIRED = 0.99
_OPENING = "“‘（([「《"
_ORDINAL = re.compile(r"\d{1,2}\.\s|(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Finally)\b")
_CLOSING = "”’）)]」》"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A clause of the new sentence with what was found for it, and its English."""

    match: ClauseMatch
    target: Stretch
    mended: Repair
    lead: Lead
    worth: float

    @property
    def unit(self) -> tuple[str, str]:
        return self.match.unit.source.text, self.match.unit.target.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """What clauses are looked up in and mended with."""

    lookup: Lookup
    options: LeverageOptions
    kinds: Sequence[Kind] = ()
    terms: tuple[Concept, ...] = ()

    def found(self, drafts: Iterable[Draft], how: AssemblyOptions) -> dict[str, list[ClauseMatch]]:
        """The matches of every clause of these drafts' sources."""
        texts = (draft.segment.text for draft in drafts)
        clauses = dict.fromkeys(text[start:end] for text in texts for start, end in chinese_clauses(text))
        options = replace(self.options.match, limit=how.candidates)
        return {clause: self.lookup.clauses(clause, how.threshold, options) for clause in clauses}


def assembled(drafts: Sequence[Draft], known: Clauses, how: AssemblyOptions = _DEFAULT) -> list[Draft]:
    """The drafts; those without a match are put together from clauses where these cover the sentence.

    Where they cover a good part of it only, they are offered as matches.
    """
    wanted = [draft for draft in drafts if not draft.matches]
    found = known.found(wanted, how)
    matches = list(chain.from_iterable(found.values()))
    english = translated(matches, known.terms, known.options.cache)
    verbs = Verbs.seen(dict.fromkeys(match.unit.target.text for match in matches))
    shop = _Shop(found=found, english=english, kinds=known.kinds, verbs=verbs, how=how)
    return [shop.draft(draft) if not draft.matches else draft for draft in drafts]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shop:
    """What drafts are made of."""

    found: Mapping[str, Sequence[ClauseMatch]]
    english: Known
    kinds: Sequence[Kind]
    verbs: Verbs
    how: AssemblyOptions

    def draft(self, draft: Draft) -> Draft:
        """The draft, assembled where the clauses found are enough."""
        text = draft.segment.text
        clauses = chinese_clauses(text)
        choices = [self._parts(text[start:end]) for start, end in clauses]
        whole = sum(end - start for start, end in clauses)
        chosen = _path(text, clauses, choices, self.how)
        used = [(clause, part) for clause, part in zip(clauses, chosen, strict=True) if part]
        covered = sum(end - start for (start, end), _part in used)
        worth = sum((end - start) * part.worth for (start, end), part in used)
        enough = whole and covered >= self.how.cover * whole and worth >= self.how.worth * whole
        if not enough or not any(part.lead.whole for _clause, part in used):
            return self._offered(draft, clauses, choices)
        return replace(
            draft,
            kind=MatchKind.CLAUSE,
            target=joined(_pieces(text, used)),
            score=min(_MOST_SCORE, round(100.0 * worth / whole, 1)),
            matches=tuple(_match(part) for _clause, part in used),
            edits=tuple(edit for _clause, part in used for edit in part.mended.edits),
            missed=tuple(edit for _clause, part in used for edit in part.mended.missed),
        )

    def _offered(self, draft: Draft, clauses: Sequence[Stretch], choices: Sequence[list[_Part]]) -> Draft:
        """The draft with the best match of each clause, if these cover enough of it."""
        best = [max(parts, key=lambda part: part.worth, default=None) for parts in choices]
        sizes = [end - start for start, end in clauses]
        covered = sum(size for size, part in zip(sizes, best, strict=True) if part)
        if not covered or covered < self.how.offer * sum(sizes):
            return draft
        ranked = sorted((part for part in best if part), key=lambda part: -part.match.similarity)
        return replace(draft, matches=tuple(map(_match, ranked)))

    def _parts(self, clause: str) -> list[_Part]:
        """What can be used for a clause, in the order of its matches."""
        made = (self._part(clause, match) for match in self.found[clause])
        return [part for part in made if part]

    def _part(self, clause: str, match: ClauseMatch) -> _Part | None:
        """The match with its English mended; None where that says what the clause does not."""
        source, target = match.unit.source.text, match.unit.target.text
        stretch, sure = self.english.get((source, target, match.stretch), ((0, 0), 0.0))
        if sure < self.how.confidence:
            return None
        known, said = source[slice(*match.stretch)], target[slice(*stretch)]
        mended = repair(clause, known, said, self.kinds)
        if not _balanced(said) or not _faithful(clause, known, mended):
            return None
        alike = _REPAIRED if mended.complete else match.similarity
        text, place = target, stretch
        if mended.edits:
            text = target[: stretch[0]] + mended.target
            place = (stretch[0], len(text))
        lead = lead_of(text, place, self.verbs)
        return _Part(match=match, target=stretch, mended=mended, lead=lead, worth=alike * sure)


def _faithful(clause: str, known: str, mended: Repair) -> bool:
    """True when numbers are those of the clause, and it denies what the known clause denies."""
    if mended.missed or any(penalty.name == "negation" for penalty in penalties_for(clause, known, _PLAIN)):
        return False
    return compare_texts(clause, mended.target).clean


def _balanced(english: str) -> bool:
    """True when all quotes and brackets that open here close here."""
    return (
        all(
            english.count(left) == english.count(right)
            for left, right in zip(_OPENING, _CLOSING, strict=True)
            if left != "‘"
        )
        and not english.count('"') % 2
    )


# --- The best of what was found ---------------------------------------------------------------------------


def _path(
    text: str, clauses: Sequence[Stretch], choices: Sequence[list[_Part]], how: AssemblyOptions
) -> list[_Part | None]:
    """One part for each clause, or none, so that they are worth most together, runs of one unit more."""
    best: list[tuple[float, _Part | None, list[_Part | None]]] = [(0.0, None, [])]
    for number, ((start, end), parts) in enumerate(zip(clauses, choices, strict=True)):
        opens = not number or text[clauses[number - 1][1] : start].startswith(("。", "！", "？"))
        alone = opens and len(clauses) == 1
        following = []
        for part in (*parts, None):
            ways = [
                (value + _value(part, last, opens=opens, alone=alone, run=how.run) * (end - start), before)
                for value, last, before in best
            ]
            value, before = max(ways, key=lambda way: way[0])
            following.append((value, part, [*before, part]))
        best = following
    return max(best, key=lambda way: way[0])[2]


def _value(part: _Part | None, last: _Part | None, *, opens: bool, alone: bool, run: float) -> float:
    """What a part is worth after another one; below 0 where it must not stand there."""
    if part is None:
        return 0.0
    follows = last is not None and _follows(last, part)
    if (opens or not follows) and part.lead.hanging:
        return -10.0
    if opens and not part.lead.whole and (alone or not part.lead.ahead):
        return -10.0
    if not opens and not follows and _ORDINAL.match(part.mended.target):
        return -10.0
    fit = 0.0 if part.lead.whole or follows else -0.1
    return part.worth + fit + (run if follows else 0.0)


def _follows(last: _Part, part: _Part) -> bool:
    """True when one part follows the other in both languages of one unit."""
    if last.unit != part.unit or last.match.stretch[1] > part.match.stretch[0]:
        return False
    source, target = part.unit
    between = source[last.match.stretch[1] : part.match.stretch[0]]
    return (
        len(between) <= 2
        and not target[last.target[1] : part.target[0]].strip()
        and (last.target[1] <= part.target[0])
    )


def _pieces(text: str, used: Sequence[tuple[Stretch, _Part]]) -> list[Piece]:
    pieces: list[Piece] = []
    last: _Part | None = None
    for (_start, end), part in used:
        between = _between(last, part) if last and _follows(last, part) else None
        pieces.append(
            Piece(text=part.mended.target, lead=part.lead, mark=text[end : end + 1], between=between)
        )
        last = part
    return pieces


def _between(last: _Part, part: _Part) -> str | None:
    """What stands between the words of two parts in their English; None where a sentence ends there."""
    target = part.unit[1]
    said = target[slice(*last.target)]
    mark = said[len(said.rstrip(" ,;:.!?—")) :]
    return None if set(".!?;:") & set(mark) else mark.rstrip() + " "


_PLAIN = LeverageOptions().match


def _match(part: _Part) -> Match:
    return Match(
        memory=part.match.memory,
        unit=part.match.unit,
        kind=MatchKind.CLAUSE,
        score=round(100.0 * part.match.similarity, 1),
        parts=(
            Span(side="source", start=part.match.stretch[0], end=part.match.stretch[1]),
            Span(side="target", start=part.target[0], end=part.target[1]),
        ),
    )
