"""The fuzzy index: every text that is similar enough to a query, and no other.

Texts are numbered by length, equal texts once. Tiles give candidates, signatures thin them out, and the
edit distance decides, so that the hits are those of a comparison with every text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from gettext import gettext as _
from itertools import islice
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np

from tm.errors import ConfigError
from tm.matching.arrays import AnyArray, CacheError, gathered, load_arrays, save_arrays, save_blocks
from tm.matching.building import code_points, index_blocks
from tm.matching.cutoff import Cutoff, cutoff, similarity
from tm.matching.order import Order
from tm.matching.plan import EXTRA, Plan, long_plan, query_tiles, short_plan
from tm.matching.portions import Texts
from tm.matching.signatures import distance_bound, one_signature
from tm.matching.tiles import Alphabet, Int32Array, TileTable
from tm.matching.verify import distances

__all__ = ["FILE_NAME", "Hit", "MatchIndex"]

FILE_NAME = "fuzzy.index"
_KIND = "tm.match-index/1"
_SMALL = 256
_CHUNK = 1 << 16
_LISTS_PER_SIGNATURE = 2


class Hit(NamedTuple):
    """A text that reached the threshold: its position, and 1 - distance / longer length."""

    index: int  # type: ignore[assignment]  # the contract's name hides tuple.index, which nobody needs here
    similarity: float


class MatchIndex:
    """An exact index of texts for similarity by characters; see `search`."""

    def __init__(self, texts: Texts | Iterable[str]) -> None:
        known = _sequence(texts)
        self._set(known, {name: gathered(blocks) for name, blocks in index_blocks(known).items()})

    def __len__(self) -> int:
        return len(self._texts)

    def search(self, text: str, threshold: float, *, limit: int | None = None) -> list[Hit]:
        """Every text whose similarity to this one is at least the threshold (above 0, at most 1).

        Best first, equal ones by position; at most `limit`, if one is given.
        """
        hits = self._hits(text, self._cutoff(threshold, len(text)))
        return hits if limit is None else hits[:limit]

    def search_many(
        self, texts: Iterable[str], threshold: float, *, limit: int | None = None
    ) -> list[list[Hit]]:
        """The hits of each text, as `search` gives them; repeated texts are looked up once."""
        queries = list(texts)
        found: dict[str, list[Hit]] = {}
        for text in sorted(set(queries), key=len):
            found[text] = self.search(text, threshold, limit=limit)
        return [list(found[text]) for text in queries]

    def holding(self, text: str, threshold: float, *, limit: int) -> list[int]:
        """Texts that may hold a stretch as similar to this text as the threshold, at most `limit`.

        None is missing but for the limit; those that share most with the text come first. A text too short,
        or made of tiles too common, for its parts to tell anything has none.
        """
        query = _Query(text, self._alphabet)
        tiles, _singles = query_tiles(query.ranks, self._tiles, query.length)
        need = len(tiles) - self._cutoff(threshold, query.length).largest(query.length)
        lists = [self._tiles.texts[start : start + length] for start, length in tiles if length]
        if need < 1 or len(lists) < need:
            return []
        numbers, shared = np.unique(np.concatenate(lists), return_counts=True)
        kept = np.flatnonzero(shared >= need)
        best = numbers[kept[np.argsort(-shared[kept], kind="stable")]].tolist()
        starts, members = self._order.starts, self._order.members
        places = (place for number in best for place in members[starts[number] : starts[number + 1]].tolist())
        return list(islice(places, limit))

    def save(self, folder: Path) -> Path:
        """The file written in the folder: everything but the texts."""
        return save_arrays(folder / FILE_NAME, _KIND, self._arrays)

    @staticmethod
    def build(folder: Path, texts: Texts) -> Path:
        """The file that `save` writes for an index of these texts, written while it is made."""
        return save_blocks(folder / FILE_NAME, _KIND, index_blocks(texts))

    @classmethod
    def load(cls, folder: Path, texts: Texts) -> MatchIndex:
        """The index saved in the folder, memory-mapped, for the texts it was made of.

        Raises CacheError when the file is absent, damaged, of another version or of other texts; then it is
        to be built again.
        """
        path = folder / FILE_NAME
        arrays = load_arrays(path, _KIND)
        if len(arrays["members"]) != len(texts):
            raise CacheError(_("the index belongs to other texts"), path=path)
        index = cls.__new__(cls)
        index._set(texts, arrays)  # noqa: SLF001 - its own class
        return index

    def _set(self, texts: Texts, arrays: Mapping[str, AnyArray]) -> None:
        self._texts = texts
        self._arrays = arrays
        self._order = Order(
            members=arrays["members"],
            starts=arrays["member_starts"],
            lengths=arrays["lengths"],
            firsts=arrays["firsts"],
        )
        self._alphabet = Alphabet(ranks=arrays["ranks"])
        self._tiles = TileTable(
            codes=arrays["tile_codes"], starts=arrays["tile_starts"], texts=arrays["tile_texts"]
        )
        self._signatures = arrays["signatures"]

    def _cutoff(self, threshold: float, length: int) -> Cutoff:
        if not 0.0 < threshold <= 1.0:
            raise ConfigError(
                _("a similarity threshold of {threshold} is not possible").format(threshold=threshold),
                hint=_("It must be above 0 and at most 1."),
            )
        return cutoff(threshold, max(length, len(self._order.firsts)))

    def _hits(self, text: str, cut: Cutoff) -> list[Hit]:
        """All hits of a text, sorted."""
        query = _Query(text, self._alphabet)
        numbers, allowed = self._candidates(query, cut)
        if not len(numbers):
            return []
        starts, members = self._order.starts, self._order.members
        others = [self._texts[place] for place in members[starts[numbers]].tolist()]
        found = distances(text, others, int(allowed.max()))
        kept = np.flatnonzero(found <= allowed)
        hits: list[Hit] = []
        for number, distance in zip(numbers[kept].tolist(), found[kept].tolist(), strict=True):
            alike = similarity(distance, max(query.length, int(self._order.lengths[number])))
            places = members[starts[number] : starts[number + 1]].tolist()
            hits.extend([Hit(place, alike) for place in places])
        hits.sort(key=_rank)
        return hits

    def _candidates(self, query: _Query, cut: Cutoff) -> tuple[Int32Array, Int32Array]:
        """The numbers of texts that may be similar enough, and the distance allowed to each."""
        window = cut.window(query.length)
        found = [
            self._thinned(part, query, cut)
            for part in self._sifted(query, cut, (window[0], min(window[1], len(self._order.firsts) - 2)))
        ]
        if len(found) == 1:
            return found[0]
        numbers = [part[0] for part in found] or [np.zeros(0, dtype=np.int32)]
        allowed = [part[1] for part in found] or [np.zeros(0, dtype=np.int32)]
        return np.concatenate(numbers), np.concatenate(allowed)

    def _sifted(self, query: _Query, cut: Cutoff, window: tuple[int, int]) -> Iterator[Int32Array | slice]:
        """Texts by length: those the tiles leave, or whole stretches where reading the lists costs more."""
        shortest, longest = window
        if longest < shortest:
            return
        if self._size(shortest, longest) > _SMALL:
            wanted = cut.largest(max(query.length, longest)) + 1 + EXTRA
            tiles, singles = query_tiles(query.ranks, self._tiles, wanted)
            plan = short_plan(tiles, query.length, cut, window)
            if plan and self._pays(plan):
                yield self._listed(plan)
                shortest = plan.longest + 1
            if shortest <= longest:
                plan = long_plan(singles, query.length, cut, (shortest, longest))
                if plan and self._pays(plan):
                    yield self._listed(plan)
                    return
        if shortest <= longest:
            yield from self._stretches(shortest, longest)

    def _size(self, shortest: int, longest: int) -> int:
        """The number of texts of these lengths."""
        firsts = self._order.firsts
        return int(firsts[longest + 1]) - int(firsts[shortest])

    def _pays(self, plan: Plan) -> bool:
        """True when reading the lists, cut to the plan's lengths, is cheaper than reading all signatures."""
        size = self._size(plan.shortest, plan.longest)
        return plan.cost * size < _LISTS_PER_SIGNATURE * size * len(self._order.lengths)

    def _stretches(self, shortest: int, longest: int) -> Iterator[slice]:
        first, last = int(self._order.firsts[shortest]), int(self._order.firsts[longest + 1])
        for start in range(first, last, _CHUNK):
            yield slice(start, min(start + _CHUNK, last))

    def _listed(self, plan: Plan) -> Int32Array:
        """The texts of the plan's lengths that stand in enough of its lists."""
        firsts, texts = self._order.firsts, self._tiles.texts
        ends = {shortest: firsts[[shortest, plan.longest + 1]] for _tile, shortest in plan.lists}
        parts = []
        for (start, length), shortest in plan.lists:
            if length:
                part = texts[start : start + length]
                low, high = part.searchsorted(ends[shortest])  # of one type: else the whole list is copied
                parts.append(part[low:high])
        if len(parts) < plan.need:
            return np.zeros(0, dtype=np.int32)
        together = np.concatenate(parts)
        together.sort()
        return _repeated(together, plan.need)

    def _thinned(self, part: Int32Array | slice, query: _Query, cut: Cutoff) -> tuple[Int32Array, Int32Array]:
        """The texts whose signatures and lengths do not rule them out, and the distance allowed to each."""
        lengths = self._order.lengths[part]
        bound = distance_bound(query.signature, self._signatures[part], query.length, lengths)
        allowed = cut.distances[np.maximum(lengths, query.length)]
        kept = np.flatnonzero(bound <= allowed)
        numbers = (kept + part.start).astype(np.int32) if isinstance(part, slice) else part[kept]
        return numbers, allowed[kept]


class _Query:
    """What the stages need to know of a query."""

    __slots__ = ("length", "ranks", "signature")

    def __init__(self, text: str, alphabet: Alphabet) -> None:
        self.length = len(text)
        self.ranks = alphabet.rank(code_points(text))
        self.signature = one_signature(self.ranks)


def _rank(hit: Hit) -> tuple[float, int]:
    return -hit.similarity, hit.index


def _repeated(numbers: Int32Array, times: int) -> Int32Array:
    """Of sorted numbers those that stand there so many times, once each."""
    often = numbers[times - 1 :]
    often = often[often == numbers[: len(often)]]
    fresh = np.ones(len(often), dtype=bool)
    np.not_equal(often[1:], often[:-1], out=fresh[1:])
    once: Int32Array = often[fresh]
    return once


def _sequence(texts: Texts | Iterable[str]) -> Texts:
    if hasattr(texts, "__getitem__") and hasattr(texts, "__len__"):
        return tuple(texts) if isinstance(texts, list) else cast("Texts", texts)
    return list(texts)
