"""How close drafts are to published translations: BLEU, chrF and TER by match band, with signatures.

The metrics are sacrebleu's (Post 2018) with its defaults: BLEU with tokenizer 13a, chrF2, TER. Higher is
better for BLEU and chrF, lower for TER. A score is over the segments of a band that have a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from tm.model import Score

__all__ = ["ALL", "ASSEMBLED", "REPAIRED", "Judged", "score_bands", "score_texts"]

ALL = "all"  # the band that holds every segment with a draft
REPAIRED = "repaired"  # those whose matched translation was mended, whatever their band
ASSEMBLED = "assembled"  # those put together from clauses
_RAW = "raw "


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A drafted translation beside the published one; `band` is the match band it came from.

    `raw` is the best match's translation as the memory has it. `kinds` says what was done to it: repaired,
    assembled, or nothing.
    """

    draft: str
    published: str
    band: str
    raw: str = ""
    kinds: frozenset[str] = frozenset()

    def is_of(self, band: str) -> bool:
        """True for the band itself, for what was done, and for all."""
        return band in (self.band, ALL) or band in self.kinds


def score_texts(drafts: Sequence[str], published: Sequence[str], *, band: str = ALL) -> list[Score]:
    """Corpus BLEU, chrF and TER (0–100; TER may be higher) of drafts against published texts."""
    return [
        Score(
            name=name,
            value=metric.corpus_score(list(drafts), [list(published)]).score,
            signature=_signature(name, metric),
            band=band,
            n=len(drafts),
        )
        for name, metric in _metrics().items()
    ]


def score_bands(judged: Iterable[Judged], order: Sequence[str]) -> list[Score]:
    """Scores of every band that has drafts, in the given order, of those mended or assembled, and of all.

    Beside each stands the score of the raw best matches of the same segments.
    """
    drafted = [one for one in judged if one.draft]
    scores: list[Score] = []
    for band in (*order, REPAIRED, ASSEMBLED, ALL):
        members = [one for one in drafted if one.is_of(band)]
        if members:
            published = [m.published for m in members]
            scores += score_texts([m.draft for m in members], published, band=band)
            raw = score_texts([m.raw for m in members], published, band=band)
            scores += [replace(score, name=_RAW + score.name) for score in raw]
    return scores


@cache
def _metrics() -> dict[str, Any]:
    """The metrics by name; made once, since each loads its tables."""
    makers: dict[str, Callable[[], Any]] = {"BLEU": BLEU, "chrF": CHRF, "TER": TER}
    return {name: make() for name, make in makers.items()}


def _signature(name: str, metric: Any) -> str:  # noqa: ANN401 - sacrebleu's metrics share no public base
    return f"{name}|{metric.get_signature()}"
