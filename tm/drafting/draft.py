"""Leveraging: a first draft of a new document from everything that was translated before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tm.checks.runner import check
from tm.drafting.analysis import LOWEST, Scored, analysed, best_scores, wanted
from tm.drafting.assembly import Clauses, assembled
from tm.drafting.options import LeverageOptions
from tm.drafting.repair import Kind, Numbers, Places, Terms
from tm.drafting.repaired import repaired
from tm.drafting.suggestions import suggested
from tm.matching.lookup import Lookup, Progress, Wanted
from tm.model import Context, Draft, DraftDocument, Finding, Match, MatchKind, Segment, Unit
from tm.segment import PlacedSegment
from tm.terms.base import TermBase

__all__ = ["Leveraged", "draft_units", "leverage", "leveraged", "propagated"]

_DEFAULT = LeverageOptions()
_NOT_CHECKED = (MatchKind.NONE, MatchKind.TERMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leveraged:
    """The draft of a document, and the score of the best match of each segment down to the lowest band."""

    document: DraftDocument
    scores: tuple[float, ...]

    @property
    def scored(self) -> Scored:
        """The texts of the segments with their scores."""
        return [draft.segment.text for draft in self.document.drafts], self.scores


def leverage(
    segments: Sequence[PlacedSegment],
    lookup: Lookup,
    *,
    terms: TermBase | None = None,
    options: LeverageOptions = _DEFAULT,
    progress: Progress | None = None,
) -> DraftDocument:
    """The draft of one document: for each segment the best translation known, with where it came from.

    A source that is repeated in the document gets the same translation again, unless its own neighbours
    speak for another one. Findings of all checks are on the segments that have a translation.
    """
    return leveraged(segments, lookup, terms=terms, options=options, progress=progress).document


def leveraged(
    segments: Sequence[PlacedSegment],
    lookup: Lookup,
    *,
    terms: TermBase | None = None,
    options: LeverageOptions = _DEFAULT,
    progress: Progress | None = None,
) -> Leveraged:
    """The draft that `leverage` makes, with the scores by which several documents are analysed together."""
    sources = wanted(segments)
    found = lookup.matches(sources, options.match, progress=progress)
    valid = (terms or TermBase()).valid_on(options.date)
    kinds = (Numbers(), Terms(valid), Places())
    drafts: list[Draft] = [
        _renumbered(_draft(placed, context, matches, kinds), lookup, kinds, options)
        for placed, (_text, context), matches in zip(segments, sources, found, strict=True)
    ]
    drafts = assembled(drafts, Clauses(lookup=lookup, options=options, kinds=kinds, terms=valid.concepts))
    drafts = _consistent([_with_terms(draft, valid) for draft in drafts], {})
    scores = _scores(lookup, sources, found, options)
    document = DraftDocument(
        file=segments[0].place.file if segments else "",
        source_lang=segments[0].segment.lang if segments else "zh-CN",
        target_lang=options.target_lang,
        drafts=_checked(drafts, terms or TermBase(), options),
        analysis=analysed([text for text, _context in sources], scores, options),
    )
    return Leveraged(document=document, scores=tuple(scores))


def propagated(
    document: DraftDocument, first: dict[str, str], terms: TermBase, options: LeverageOptions = _DEFAULT
) -> DraftDocument:
    """The draft, where a source that `first` knows has the translation it has there, as within a document.

    `first` has the document's own sources afterwards. What changes is checked again.
    """
    drafts = _consistent(document.drafts, first)
    if tuple(drafts) == document.drafts:
        return document
    return replace(document, drafts=_checked(drafts, terms, options))


def draft_units(document: DraftDocument) -> list[Unit]:
    """The units that the checks see: segments with a translation, suggestions from terms alone left out."""
    return _units(document.drafts, document.target_lang)


def _draft(placed: PlacedSegment, context: Context, matches: Sequence[Match], kinds: Sequence[Kind]) -> Draft:
    draft = Draft(segment=placed.segment, place=placed.place, context=context)
    return repaired(_with_matches(draft, matches), kinds) if matches else draft


def _renumbered(draft: Draft, lookup: Lookup, kinds: Sequence[Kind], options: LeverageOptions) -> Draft:
    """The draft; where it is not certain, from a unit that differs in numbers only, if all can be exchanged.

    Such a unit may be below the threshold, for in a short segment figures are most of the text.
    """
    if draft.kind not in (MatchKind.FUZZY, MatchKind.NONE):
        return draft
    near = lookup.renumbered((draft.segment.text, draft.context), options.match)
    if not near:
        return draft
    made = repaired(_with_matches(replace(draft, edits=(), missed=()), near), kinds)
    if made.kind is not MatchKind.REPAIRED:
        return draft
    best = made.matches[0]
    others = [match for match in draft.matches if match.unit.target.text != best.unit.target.text]
    return replace(made, matches=(best, *others))


def _with_terms(draft: Draft, terms: TermBase) -> Draft:
    """The draft; one without any translation has the renderings of its terms."""
    if draft.kind is not MatchKind.NONE:
        return draft
    target = suggested(draft.segment.text, terms)
    return replace(draft, target=target, kind=MatchKind.TERMS) if target else draft


def _with_matches(draft: Draft, matches: Sequence[Match]) -> Draft:
    """The draft with the translation of the first of these matches."""
    best = matches[0]
    return replace(
        draft,
        target=best.unit.target.text,
        kind=best.kind,
        score=best.score,
        word_score=best.word_score,
        matches=tuple(matches),
    )


def _consistent(drafts: Sequence[Draft], first: dict[str, str]) -> list[Draft]:
    """The drafts, where a repeated source has the translation of its first occurrence, here or in `first`.

    A better match of its own, which only its neighbours can give it, is left alone.
    """
    made = []
    for draft in drafts:
        target = first.setdefault(draft.segment.text, draft.target)
        same = [match for match in draft.matches if match.unit.target.text == target]
        if same and same[0].score == draft.score:
            others = [match for match in draft.matches if match is not same[0]]
            made.append(_with_matches(draft, [same[0], *others]))
        else:
            made.append(draft)
    return made


def _scores(
    lookup: Lookup,
    sources: Sequence[Wanted],
    found: Sequence[Sequence[Match]],
    options: LeverageOptions,
) -> list[float]:
    """The best scores; what has no match at the threshold is looked up again down to the lowest band."""
    scores = best_scores(found)
    if options.match.threshold > LOWEST:
        missing = [place for place, score in enumerate(scores) if not score]
        lower = replace(options.match, threshold=LOWEST, limit=1)
        again = best_scores(lookup.matches([sources[place] for place in missing], lower))
        for place, score in zip(missing, again, strict=True):
            scores[place] = score
    return scores


def _checked(drafts: Sequence[Draft], terms: TermBase, options: LeverageOptions) -> tuple[Draft, ...]:
    """The drafts with what the checks find in them, read as one document."""
    units = _units(drafts, options.target_lang)
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in check(units, terms, date=options.date):
        found[finding.unit_id].append(finding)
    return tuple(replace(draft, findings=tuple(found[draft.place.segment_id])) for draft in drafts)


def _units(drafts: Iterable[Draft], target_lang: str) -> list[Unit]:
    return [
        Unit(
            id=draft.place.segment_id,
            source=draft.segment,
            target=Segment(lang=target_lang, text=draft.target),
            context=draft.context,
        )
        for draft in drafts
        if draft.kind not in _NOT_CHECKED
    ]
