"""Scores of all beads in a band: the sum of every scorer's opinion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tm.alignment.band import Band
from tm.alignment.evidence import Side
from tm.alignment.gains import Block, gains
from tm.alignment.prices import Prices

__all__ = ["Scores", "Structure", "bead_scores", "lexical_gains"]

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

_ROWS = 64
_IMPOSSIBLE = np.float32(-1e9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What is known of the segments besides their words: lengths in characters, paragraphs if any."""

    zh_lengths: Floats
    en_lengths: Floats
    zh_para: Integers | None
    en_para: Integers | None

    @property
    def has_paragraphs(self) -> bool:
        """True when both sides say where paragraphs begin."""
        return self.zh_para is not None and self.en_para is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What every bead of the band is worth.

    `beads[shape][i, k]` is the score of the bead of that shape that begins at Chinese segment i and
    English segment band.low[i] + k; `zh_null` and `en_null` are the prices of segments left alone.

    `swapped[i, k]` is the score of two crossing beads, where the two segments of each side change places.
    """

    band: Band
    beads: dict[tuple[int, int], Floats]
    swapped: Floats
    zh_null: Floats
    en_null: Floats


def bead_scores(zh: Side, en: Side, structure: Structure, band: Band, prices: Prices) -> Scores:
    """The scores of every bead in the band."""
    forth, back = lexical_gains(zh, en, band, prices)
    frame = _Frame(band, len(zh.bag), len(en.bag))
    beads = {}
    for (rows, columns), prior in prices.shapes.items():
        total = np.full(frame.shape, np.float32(prior))
        total += np.float32(prices.lexical) * (
            frame.across(forth[rows - 1], columns) + frame.down(back[columns - 1], rows)
        )
        total -= frame.length(structure, (rows, columns), prices)
        total -= frame.paragraphs(structure, (rows, columns), prices)
        total[frame.beyond(rows, columns)] = _IMPOSSIBLE
        beads[rows, columns] = total
    swapped = frame.swapped(beads[1, 1], structure, prices)
    beads[2, 2] = np.maximum(beads[2, 2], swapped)
    null = prices.null if structure.has_paragraphs else prices.null_unstructured
    return Scores(
        band=band,
        beads=beads,
        swapped=swapped,
        zh_null=np.full(len(zh.bag), null, np.float32),
        en_null=np.full(len(en.bag), null, np.float32),
    )


def lexical_gains(zh: Side, en: Side, band: Band, prices: Prices) -> tuple[Floats, Floats]:
    """Gains of English segments from spans of Chinese ones, and the other way round, in the band.

    Shapes (longest span, Chinese segments, band width). Columns past the last English segment are 0.
    """
    rows, columns = len(zh.bag), len(en.bag)
    deep = max(a for a, _ in prices.shapes), max(b for _, b in prices.shapes)
    forth = np.zeros((deep[0], rows, band.width), np.float32)
    back = np.zeros((deep[1], rows, band.width), np.float32)
    for first in range(0, rows, _ROWS):
        last = min(first + _ROWS, rows)
        left = int(band.low[first])
        right = min(columns, int(band.low[last - 1]) + band.width)
        if left >= right:
            continue
        block = Block(rows=(first, last), columns=(left, right))
        turned = Block(rows=block.columns, columns=block.rows)
        place = band.low[first:last, None] - left + np.arange(band.width)[None, :]
        inside = place < right - left
        place = np.minimum(place, right - left - 1)
        ahead = gains(zh, en, block, deep[0])
        behind = gains(en, zh, turned, deep[1]).transpose(0, 2, 1)
        forth[:, first:last] = np.take_along_axis(ahead, place[None], axis=2) * inside
        back[:, first:last] = np.take_along_axis(behind, place[None], axis=2) * inside
    return forth, back


class _Frame:
    """Turns per-segment figures into per-bead figures in the coordinates of the band."""

    def __init__(self, band: Band, rows: int, columns: int) -> None:
        self.low = band.low[:rows]
        self.rows, self.columns, self.width = rows, columns, band.width
        self.shape = (rows, band.width)
        self.column = self.low[:, None] + np.arange(band.width)[None, :]

    def beyond(self, rows: int, columns: int) -> npt.NDArray[np.bool_]:
        """Where a bead of this shape passes the end of a side."""
        over = self.column + columns > self.columns
        over[max(0, self.rows - rows + 1) :] = True
        return over

    def across(self, values: Floats, count: int) -> Floats:
        """Sums over the next `count` columns of a row."""
        total = values.copy()
        for step in range(1, min(count, self.width)):
            total[:, :-step] += values[:, step:]
        return total

    def down(self, values: Floats, count: int) -> Floats:
        """Sums over the next `count` rows at the same English segment."""
        total = values.copy()
        for step in range(1, min(count, self.rows)):
            shift = self.low[:-step] - self.low[step:]
            place = np.arange(self.width)[None, :] + shift[:, None]
            inside = place >= 0
            below = np.take_along_axis(values[step:], np.maximum(place, 0), axis=1)
            total[:-step] += below * inside
        return total

    def swapped(self, single: Floats, structure: Structure, prices: Prices) -> Floats:
        """The score of two neighbours that translate each other crosswise, with paragraph borders paid."""
        ahead = np.full_like(single, _IMPOSSIBLE)
        ahead[:, :-1] = single[:, 1:]
        below = self.down(single, 2) - single
        total: Floats = ahead + below + np.float32(prices.swap) - self.paragraphs(structure, (2, 2), prices)
        total[self.beyond(2, 2)] = _IMPOSSIBLE
        return total

    def length(self, structure: Structure, shape: tuple[int, int], prices: Prices) -> Floats:
        """What the difference in length costs."""
        zh, en = self._spans(structure.zh_lengths, structure.en_lengths, shape)
        ratio = np.log(np.maximum(en, 1.0)) - np.log(np.maximum(zh, 1.0))[:, None]
        usual = np.log(_usual_ratio(structure))
        shorter = np.minimum(zh[:, None], en / np.exp(usual))
        spread = prices.spread**2 + prices.short_spread / np.maximum(shorter, 1.0)
        cost: Floats = np.minimum(prices.length * (ratio - usual) ** 2 / spread, prices.worst_length)
        return cost.astype(np.float32)

    def paragraphs(self, structure: Structure, shape: tuple[int, int], prices: Prices) -> Floats:
        """What paragraph borders cost: inside the bead, or where only one side begins a paragraph."""
        if structure.zh_para is None or structure.en_para is None:
            return np.zeros(self.shape, np.float32)
        zh_starts, en_starts = _begins(structure.zh_para), _begins(structure.en_para)
        zh, en = self._spans(zh_starts, en_starts, shape)
        zh_first, en_first = self._spans(zh_starts, en_starts, (1, 1))
        inside = (zh - zh_first)[:, None] + (en - en_first)
        staggered = np.abs(zh_first[:, None] - en_first)
        cost: Floats = prices.crossing * inside + prices.stagger * staggered
        return cost.astype(np.float32)

    def _spans(self, zh: Floats, en: Floats, shape: tuple[int, int]) -> tuple[Floats, Floats]:
        """Sums over the spans of a bead: by Chinese segment, and by cell for the English side."""
        zh_sums, en_sums = np.concatenate([[0], np.cumsum(zh)]), np.concatenate([[0], np.cumsum(en)])
        rows = np.arange(self.rows)
        zh_span = zh_sums[np.minimum(rows + shape[0], self.rows)] - zh_sums[rows]
        left = np.minimum(self.column, self.columns)
        en_span = en_sums[np.minimum(left + shape[1], self.columns)] - en_sums[left]
        return zh_span.astype(np.float32), en_span.astype(np.float32)


def _begins(paragraphs: Integers) -> Floats:
    """1 where a segment begins a paragraph."""
    return np.concatenate([[1], np.diff(paragraphs) != 0])[: len(paragraphs)].astype(np.float32)


def _usual_ratio(structure: Structure) -> float:
    """English characters for a Chinese one: the document's own ratio, held near the usual."""
    zh, en = float(structure.zh_lengths.sum()), float(structure.en_lengths.sum())
    return min(5.0, max(2.4, (en + 3.4 * 500) / (zh + 500)))
