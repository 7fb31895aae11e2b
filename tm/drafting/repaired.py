"""Drafts whose matched translation is mended for what differs between the two sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tm.drafting.repair import Kind, Repair, repair
from tm.model import Draft, Match, MatchKind

__all__ = ["repaired"]

_REPAIRED = 99.0
_EXACT = 100.0


def repaired(draft: Draft, kinds: Sequence[Kind]) -> Draft:
    """The draft with its translation mended; the same when it is exact or nothing can be mended.

    The first match in which everything that differs can be exchanged is taken, whatever its score; else as
    much as is certain is exchanged in the best one.
    """
    if not draft.matches or draft.score >= _EXACT:
        return draft
    made = [(match, _repair(draft, match, kinds)) for match in draft.matches]
    for match, mended in made:
        if mended.complete:
            others = tuple(other for other in draft.matches if other is not match)
            return replace(
                draft,
                kind=MatchKind.REPAIRED,
                score=_REPAIRED,
                word_score=match.word_score,
                target=mended.target,
                edits=mended.edits,
                matches=(match, *others),
            )
    best = made[0][1]
    return replace(draft, target=best.target, edits=best.edits, missed=best.missed)


def _repair(draft: Draft, match: Match, kinds: Sequence[Kind]) -> Repair:
    return repair(draft.segment.text, match.unit.source.text, match.unit.target.text, kinds)
