"""The analysis of a document: how much of it the memories know, in match bands.

A segment whose source stood earlier in the document is a repetition and in no band. Internal matches,
segments that are more like an earlier one of the document than like any unit, are reported beside. Where
several documents are analysed together, what stood in an earlier one counts as having stood before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tm.drafting.options import LeverageOptions
from tm.matching.index import MatchIndex
from tm.matching.lookup import Lookup, Progress, Wanted
from tm.model import Analysis, Band, Context, Match
from tm.segment import PlacedSegment
from tm.text.counts import count_characters, count_words
from tm.text.normalise import match_form

__all__ = [
    "BANDS",
    "LOWEST",
    "Scored",
    "analyse",
    "analysed",
    "analysed_together",
    "best_scores",
    "match_scores",
    "merged",
    "wanted",
]

LOWEST = 50.0
"""The lowest score that has a band."""

BANDS = (
    ("102", 102.0),
    ("101", 101.0),
    ("100", 100.0),
    ("95-99", 95.0),
    ("85-94", 85.0),
    ("75-84", 75.0),
    ("50-74", LOWEST),
    ("new", 0.0),
)
"""The names of the bands with the lowest score of each."""

_DEFAULT = LeverageOptions()

Scored = tuple[Sequence[str], Sequence[float]]
"""The texts of a document and the score of the best match of each, 0 for none."""


def analyse(
    segments: Sequence[PlacedSegment],
    lookup: Lookup,
    *,
    options: LeverageOptions = _DEFAULT,
    progress: Progress | None = None,
) -> Analysis:
    """The match bands of a document, its repetitions and internal matches."""
    scores = match_scores(segments, lookup, options=options, progress=progress)
    return analysed([placed.segment.text for placed in segments], scores, options)


def match_scores(
    segments: Sequence[PlacedSegment],
    lookup: Lookup,
    *,
    options: LeverageOptions = _DEFAULT,
    progress: Progress | None = None,
) -> list[float]:
    """The score of the best match of each segment down to the lowest band, 0 without one."""
    lowest = replace(options.match, threshold=LOWEST, limit=1)
    return best_scores(lookup.matches(wanted(segments), lowest, progress=progress))


def analysed(texts: Sequence[str], scores: Sequence[float], options: LeverageOptions) -> Analysis:
    """The analysis of texts whose best scores, 0 for none, are known."""
    return analysed_together([(texts, scores)], options)[0]


def analysed_together(documents: Sequence[Scored], options: LeverageOptions) -> list[Analysis]:
    """The analysis of each document, all read as one text in this order; `merged` adds them up.

    What stood in an earlier document is a repetition in a later one, and internal matches are looked for
    in the earlier ones too.
    """
    internal = _internal_scores([text for texts, _scores in documents for text in texts])
    seen: set[str] = set()
    return [_counted(document, internal, seen, options) for document in documents]


def _counted(
    document: Scored, internal: Mapping[str, float], seen: set[str], options: LeverageOptions
) -> Analysis:
    """The analysis of a document that comes after the texts `seen`, which has its own afterwards."""
    tally: dict[str, _Count] = {}
    inside, total = _Count(), _Count()
    for text, score in zip(*document, strict=True):
        size = _Count.of(text)
        name = "repetition" if text in seen else _band(score)
        tally[name] = tally.get(name, _Count()).plus(size)
        total = total.plus(size)
        if name != "repetition" and internal[text] >= options.match.threshold and internal[text] > score:
            inside = inside.plus(size)
        seen.add(text)
    bands = tuple(tally.get(name, _Count()).band(name, options.weight(name)) for name, _least in BANDS)
    repetitions = tally.get("repetition", _Count()).band("repetition", options.weight("repetition"))
    return _analysis(bands, repetitions, inside.band("internal", 0.0), total.band("total", 1.0))


def merged(analyses: Iterable[Analysis]) -> Analysis:
    """The analyses of several documents added up; there must be one at least."""
    first, *rest = analyses
    for other in rest:
        first = _analysis(
            tuple(_sum(ours, theirs) for ours, theirs in zip(first.bands, other.bands, strict=True)),
            _sum(first.repetitions, other.repetitions),
            _sum(first.internal, other.internal),
            _sum(first.total, other.total),
        )
    return first


def wanted(segments: Sequence[PlacedSegment]) -> list[Wanted]:
    """The source texts with their neighbours in the document."""
    texts = ["", *(placed.segment.text for placed in segments), ""]
    return [
        (text, Context(previous=before, next=after))
        for before, text, after in zip(texts, texts[1:], texts[2:], strict=False)
    ]


def best_scores(found: Iterable[Sequence[Match]]) -> list[float]:
    """The score of the best match of each segment, 0 without one."""
    return [matches[0].score if matches else 0.0 for matches in found]


@dataclass(frozen=True, slots=True)
class _Count:
    segments: int = 0
    characters: int = 0
    words: int = 0

    @classmethod
    def of(cls, text: str) -> _Count:
        return cls(1, count_characters(text), count_words(text))

    def plus(self, other: _Count) -> _Count:
        return _Count(
            self.segments + other.segments, self.characters + other.characters, self.words + other.words
        )

    def band(self, name: str, weight: float) -> Band:
        return Band(
            name=name, segments=self.segments, characters=self.characters, words=self.words, weight=weight
        )


def _band(score: float) -> str:
    return next(name for name, least in BANDS if score >= least)


def _analysis(bands: tuple[Band, ...], repetitions: Band, internal: Band, total: Band) -> Analysis:
    weighted = sum(band.characters * band.weight for band in (*bands, repetitions))
    return Analysis(
        bands=bands, repetitions=repetitions, internal=internal, total=total, weighted=round(weighted, 1)
    )


def _sum(left: Band, right: Band) -> Band:
    return replace(
        left,
        segments=left.segments + right.segments,
        characters=left.characters + right.characters,
        words=left.words + right.words,
    )


def _internal_scores(texts: Sequence[str]) -> dict[str, float]:
    """For each text its best similarity, in percent, to another text that stands before it; 0 for none."""
    distinct = list(dict.fromkeys(texts))
    index = MatchIndex([match_form(text) for text in distinct])
    scores: dict[str, float] = {}
    for place, text in enumerate(distinct):
        hits = index.search(match_form(text), LOWEST / 100)
        scores[text] = max((100.0 * hit.similarity for hit in hits if hit.index < place), default=0.0)
    return scores
