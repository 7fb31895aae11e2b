"""Alignment of one document or of a batch that learns across its documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tm.alignment.band import find_band
from tm.alignment.crossing import crossing_pairs
from tm.alignment.cues import cues
from tm.alignment.document import Alignment, Document
from tm.alignment.evidence import Evidence, Side, gather, mixed
from tm.alignment.explain import confidence, reasons
from tm.alignment.order import in_order
from tm.alignment.prices import Prices
from tm.alignment.regions import Region, regions
from tm.alignment.scoring import Structure, bead_scores
from tm.alignment.search import Step, best_path
from tm.lexicon import learn, load
from tm.model import Bead, Concept

__all__ = ["align", "align_batch"]

_LEARNT = 0.7
_SURE = 0.5
_DICTIONARY = 0
_LATIN_LENGTH = 0.45


def align(  # noqa: PLR0913 - two texts, their paragraphs, and what is known of them
    zh: Sequence[str],
    en: Sequence[str],
    *,
    zh_para: Sequence[int] | None = None,
    en_para: Sequence[int] | None = None,
    terms: Sequence[Concept] | None = None,
    locked: Sequence[Bead] = (),
    cache: Path | None = None,
) -> Alignment:
    """The alignment of two segmented texts; every segment is in exactly one bead.

    `zh_para` and `en_para` number the paragraph of each segment and are used when both are given. `locked`
    beads are kept and everything between them is aligned anew. `cache` is where the lexicon is kept.
    Deterministic. Lists that contradict each other raise InputError.
    """
    document = Document(
        zh=tuple(zh),
        en=tuple(en),
        zh_para=None if zh_para is None else tuple(zh_para),
        en_para=None if en_para is None else tuple(en_para),
        locked=tuple(locked),
    )
    return align_batch([document], terms=terms, cache=cache)[0]


def align_batch(
    documents: Iterable[Document],
    *,
    terms: Sequence[Concept] | None = None,
    cache: Path | None = None,
    prices: Prices | None = None,
) -> list[Alignment]:
    """The alignments of several documents, which learn how words translate from each other."""
    listed = list(documents)
    if not listed:
        return []
    prices = prices or Prices()
    evidence = gather(listed, cues(load(cache), terms))
    first = [_links(document, evidence, number, prices) for number, document in enumerate(listed)]
    evidence = mixed(evidence, learn(_lessons(evidence, first)), _LEARNT)
    return [
        _alignment(document, evidence, number, _links(document, evidence, number, prices))
        for number, document in enumerate(listed)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A bead before it is judged."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    posterior: float
    locked: Bead | None = None


def _links(document: Document, evidence: Evidence, number: int, prices: Prices) -> list[_Link]:
    """Locked beads as they are, and the best path through every region between them."""
    links = [_Link(source=b.source, target=b.target, posterior=1.0, locked=b) for b in document.locked]
    for region in regions(document.locked, len(document.zh), len(document.en)):
        sides = evidence.zh[number], evidence.en[number]
        links += _with_crossing(list(_region_links(document, region, sides, prices)), sides)
    return links


def _region_links(
    document: Document, region: Region, sides: tuple[Side, Side], prices: Prices
) -> Iterator[_Link]:
    whole = len(region.zh) == len(document.zh) and len(region.en) == len(document.en)
    zh, en = sides if whole else (sides[0].take(region.zh), sides[1].take(region.en))
    scores = bead_scores(zh, en, _structure(document, region), find_band(zh, en), prices)
    for step in best_path(scores):
        for rows, columns in _spans(step):
            yield _Link(
                source=tuple(region.zh[row] for row in rows),
                target=tuple(region.en[column] for column in columns),
                posterior=step.posterior,
            )


def _spans(step: Step) -> Iterator[tuple[range, range]]:
    rows = range(step.row, step.row + step.rows)
    columns = range(step.column, step.column + step.columns)
    if step.swapped:
        yield rows[:1], columns[1:]
        yield rows[1:], columns[:1]
    else:
        yield rows, columns


def _structure(document: Document, region: Region) -> Structure:
    return Structure(
        zh_lengths=np.array([_chinese_length(document.simplified[place]) for place in region.zh], np.float32),
        en_lengths=np.array([len(document.en[place]) for place in region.en], np.float32),
        zh_para=_paragraphs(document.zh_para, region.zh),
        en_para=_paragraphs(document.en_para, region.en),
    )


def _paragraphs(numbers: Sequence[int] | None, places: Sequence[int]) -> npt.NDArray[np.int64] | None:
    return None if numbers is None else np.array([numbers[place] for place in places], np.int64)


def _chinese_length(text: str) -> float:
    """Characters, Latin letters and figures counted by the room they take."""
    wide = sum(char > "\u2fff" for char in text)
    return wide + _LATIN_LENGTH * (len(text) - wide)


def _lessons(
    evidence: Evidence, paths: Sequence[Sequence[_Link]]
) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """The dictionary words of the beads that are likely right."""
    return [
        (_words(evidence.zh[number], link.source), _words(evidence.en[number], link.target))
        for number, path in enumerate(paths)
        for link in path
        if link.source and link.target and link.posterior > _SURE
    ]


def _words(side: Side, places: Sequence[int]) -> npt.NDArray[np.int64]:
    ids = np.concatenate([side.bag.of(place, place + 1) for place in places])
    words: npt.NDArray[np.int64] = ids[side.kinds[ids] == _DICTIONARY]
    return words


def _alignment(document: Document, evidence: Evidence, number: int, links: list[_Link]) -> Alignment:
    sides = evidence.zh[number], evidence.en[number]
    beads = [_bead(link, sides, evidence.names) for link in links]
    return Alignment(
        zh=document.zh,
        en=document.en,
        zh_para=document.zh_para,
        en_para=document.en_para,
        beads=in_order(beads),
    )


def _with_crossing(links: list[_Link], sides: tuple[Side, Side]) -> list[_Link]:
    """The links, with lonely segments that belong together out of order made into pairs."""
    alone = (
        [place for link in links if not link.target for place in link.source],
        [place for link in links if not link.source for place in link.target],
    )
    pairs = dict(crossing_pairs(*sides, alone, _places(links)))
    taken = set(pairs.values())
    return [
        replace(link, target=(pairs[link.source[0]],))
        if not link.target and link.source[0] in pairs
        else link
        for link in links
        if link.source or link.target[0] not in taken
    ]


def _places(links: Sequence[_Link]) -> dict[int, int]:
    """For each Chinese segment the English place that the links before it have reached."""
    places: dict[int, int] = {}
    reached = 0
    for link in sorted((link for link in links if link.source), key=lambda link: link.source):
        reached = max((reached, *link.target))
        places.update(dict.fromkeys(link.source, reached))
    return places


def _bead(link: _Link, sides: tuple[Side, Side], names: Sequence[str]) -> Bead:
    if link.locked is not None:
        return replace(link.locked, locked=True)
    found = reasons(*sides, (link.source, link.target), names)
    score = confidence(link.posterior, found, two_sided=bool(link.source and link.target))
    return Bead(source=link.source, target=link.target, score=score, reasons=found)
