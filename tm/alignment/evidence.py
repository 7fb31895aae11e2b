"""Evidence as arrays: which tokens stand in which segment, and how likely one token renders another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from tm.alignment.cues import Cue
from tm.alignment.document import Document
from tm.lexicon import Table

__all__ = ["Bag", "Evidence", "Links", "Side", "gather", "mixed"]

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

_GENERIC = 1 / 3000
_GENERIC_TOKENS = 2000
_RAREST = 1 / 4000
_UNEXPLAINED = 0.5
_FAINTEST = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """Token ids of consecutive segments: those of segment n are `ids[starts[n]:starts[n + 1]]`."""

    ids: Integers
    starts: Integers

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def sizes(self) -> Integers:
        """The number of tokens of each segment."""
        return np.diff(self.starts)

    def of(self, first: int, last: int) -> Integers:
        """The tokens of the segments from `first` up to and without `last`."""
        return self.ids[self.starts[first] : self.starts[last]]

    def owners(self, first: int, last: int) -> Integers:
        """For each token of these segments the number of its segment, counted from `first`."""
        return np.repeat(np.arange(last - first), self.sizes[first:last])

    def take(self, places: Sequence[int]) -> Bag:
        """The bag of some segments, in the order given."""
        return _bag([self.of(place, place + 1) for place in places])


def _bag(lists: Sequence[Integers]) -> Bag:
    starts = np.concatenate([[0], np.cumsum([len(ids) for ids in lists], dtype=np.int64)])
    return Bag(
        ids=np.concatenate([np.zeros(0, np.int64), *lists]).astype(np.int64), starts=starts.astype(np.int64)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Probabilities in rows: token n is rendered by `columns[starts[n]:starts[n + 1]]` with `values`."""

    starts: Integers
    columns: Integers
    values: Floats

    def expand(self, ids: Integers) -> tuple[Integers, Integers, Floats]:
        """The links of an array of tokens: the token's place in the array, the column, the probability."""
        sizes = self.starts[ids + 1] - self.starts[ids]
        places = np.repeat(np.arange(len(ids)), sizes)
        offsets = np.arange(len(places)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        flat = self.starts[ids][places] + offsets
        return places, self.columns[flat], self.values[flat]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a document: its tokens, their links to the other side, how common and weighty each is."""

    bag: Bag
    links: Links
    background: Floats
    weights: Floats
    kinds: Integers

    def take(self, places: Sequence[int]) -> Side:
        """The side with some of its segments only."""
        return replace(self, bag=self.bag.take(places))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Both sides of every document of a batch; `names` are the cues, `kinds` of a side number them."""

    zh: tuple[Side, ...]
    en: tuple[Side, ...]
    names: tuple[str, ...]
    table: Table


@dataclass(slots=True)
class _Numbering:
    """Ids of tokens in the order in which they occur first."""

    ids: dict[tuple[int, str], int] = field(default_factory=dict)

    def bag(self, segments: Iterable[Sequence[tuple[int, str]]]) -> Bag:
        ids = self.ids
        lists = [np.array([ids.setdefault(t, len(ids)) for t in tokens], np.int64) for tokens in segments]
        return _bag(lists)

    def of_kind(self, kind: int) -> list[str]:
        return [token for number, token in self.ids if number == kind]


def gather(documents: Sequence[Document], cues: Sequence[Cue]) -> Evidence:
    """The evidence of all cues on a batch of documents, with one numbering of tokens."""
    zh, en = _Numbering(), _Numbering()
    bags: list[tuple[Bag, Bag]] = []
    for document in documents:
        found = [cue.tokens(document) for cue in cues]
        bags.append(
            (
                zh.bag(_merged([tokens.zh for tokens in found], len(document.zh))),
                en.bag(_merged([tokens.en for tokens in found], len(document.en))),
            )
        )
    table = _table(cues, zh, en)
    return _evidence(bags, table, (cues, _kinds(zh), _kinds(en)))


def _merged(lists: Sequence[Sequence[Sequence[str]]], count: int) -> Iterable[list[tuple[int, str]]]:
    for place in range(count):
        yield [(kind, token) for kind, segments in enumerate(lists) for token in segments[place]]


def _kinds(numbering: _Numbering) -> Integers:
    return np.array([kind for kind, _ in numbering.ids], np.int64)


def _table(cues: Sequence[Cue], zh: _Numbering, en: _Numbering) -> Table:
    found = sorted(
        (zh.ids[kind, source], en.ids[kind, target], probability)
        for kind, cue in enumerate(cues)
        for source, target, probability in cue.links(zh.of_kind(kind), en.of_kind(kind))
    )
    return Table(
        sources=np.array([source for source, _, _ in found], np.int64),
        targets=np.array([target for _, target, _ in found], np.int64),
        probabilities=np.array([probability for _, _, probability in found], np.float64),
        support=np.ones(len(found), np.int64),
    )


def _evidence(
    bags: Sequence[tuple[Bag, Bag]], table: Table, makers: tuple[Sequence[Cue], Integers, Integers]
) -> Evidence:
    cues, zh_kinds, en_kinds = makers
    weights = np.array([cue.weight for cue in cues], np.float32)
    zh_counts = _counts([zh.ids for zh, _ in bags], len(zh_kinds))
    en_counts = _counts([en.ids for _, en in bags], len(en_kinds))
    forth, back = _rows(table, zh_counts, en_counts)
    zh_rarity, en_rarity = _background(zh_counts), _background(en_counts)
    return Evidence(
        zh=tuple(
            Side(bag=bag, links=forth, background=zh_rarity, weights=weights[zh_kinds], kinds=zh_kinds)
            for bag, _ in bags
        ),
        en=tuple(
            Side(bag=bag, links=back, background=en_rarity, weights=weights[en_kinds], kinds=en_kinds)
            for _, bag in bags
        ),
        names=tuple(cue.name for cue in cues),
        table=table,
    )


def _counts(ids: Sequence[Integers], kinds: int) -> Integers:
    return np.bincount(np.concatenate([np.zeros(0, np.int64), *ids]), minlength=kinds).astype(np.int64)


def _background(counts: Integers) -> Floats:
    """How likely a token is anywhere, smoothed so that a short text does not make every word rare."""
    shares = (counts + _GENERIC * _GENERIC_TOKENS) / (counts.sum() + _GENERIC_TOKENS)
    likely: Floats = np.maximum(shares, _RAREST).astype(np.float32)
    return likely


def _rows(table: Table, zh_counts: Integers, en_counts: Integers) -> tuple[Links, Links]:
    """The links by Chinese token, and by English one with probabilities turned round by Bayes' rule."""
    forth = _links(table.sources, table.targets, table.probabilities, len(zh_counts))
    joint = table.probabilities * zh_counts[table.sources]
    explained = np.bincount(table.targets, joint, minlength=len(en_counts))
    scale = zh_counts.sum() / max(1, en_counts.sum())
    total = np.maximum(explained, en_counts * scale * _UNEXPLAINED)[table.targets]
    order = np.lexsort((table.sources, table.targets))
    reverse = np.divide(joint, total, out=np.zeros_like(joint), where=total > 0)
    return forth, _links(table.targets[order], table.sources[order], reverse[order], len(en_counts))


def _links(rows: Integers, columns: Integers, values: npt.NDArray[np.float64], count: int) -> Links:
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=count))]).astype(np.int64)
    return Links(starts=starts, columns=columns, values=values.astype(np.float32))


def mixed(evidence: Evidence, learned: Table, most: float) -> Evidence:
    """The evidence with its probabilities mixed with learnt ones.

    Those of a token seen once weigh nothing, because they only repeat the pair they came from; with more
    sightings their weight rises towards `most`.
    """
    base = evidence.table
    share = most * (learned.support - 1) / (learned.support + 1)
    taken = np.zeros(len(evidence.zh[0].kinds))
    taken[learned.sources] = share
    keys = np.concatenate([(base.sources << 32) | base.targets, (learned.sources << 32) | learned.targets])
    values = np.concatenate([base.probabilities * (1 - taken[base.sources]), learned.probabilities * share])
    pairs, place = np.unique(keys, return_inverse=True)
    probabilities = np.bincount(place, values, minlength=len(pairs)).astype(np.float64)
    kept = probabilities > _FAINTEST
    table = Table(
        sources=pairs[kept] >> 32,
        targets=pairs[kept] & 0xFFFFFFFF,
        probabilities=probabilities[kept],
        support=np.ones(int(kept.sum()), np.int64),
    )
    zh_counts = _counts([side.bag.ids for side in evidence.zh], len(evidence.zh[0].kinds))
    en_counts = _counts([side.bag.ids for side in evidence.en], len(evidence.en[0].kinds))
    forth, back = _rows(table, zh_counts, en_counts)
    return replace(
        evidence,
        zh=tuple(replace(side, links=forth) for side in evidence.zh),
        en=tuple(replace(side, links=back) for side in evidence.en),
    )
