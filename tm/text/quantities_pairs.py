"""Which Chinese value a wrong English one should be: by likeness, and in lists by the order of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from tm.text.numbers import Kind, Strength, Value
from tm.text.quantities_same import compatible_unit, same

__all__ = ["Leftovers", "affinity", "pair_differing"]

_SMALL = 200 * 200
_TIMES = frozenset({Kind.DATE, Kind.PERIOD, Kind.TIME, Kind.WEEKDAY})
_Pair = tuple[Value, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """Values without an equal on the other side, and the spare ones, whose equal another mention has."""

    zh: list[Value]
    en: list[Value]
    spare_zh: list[Value]
    spare_en: list[Value]


def pair_differing(
    zh: Sequence[Value], en: Sequence[Value], pairs: dict[int, int], left: Leftovers
) -> tuple[list[_Pair], list[_Pair]]:
    """Each wrong English value with the Chinese one it should be, and those of these pairs that are a guess.

    `pairs` are the places of equal values. In a list the order decides where both sides have as many values
    of a kind and what stands between shows that the order is the same; else more than one way is a guess.
    """
    differing = _by_likeness(left)
    alone = len(left.zh) == len(left.en) == 1
    guesses: list[_Pair] = [pair for pair in differing if not (alone or _alike(pair))]
    lists = {
        (one.kind, one.unit): _List.of(zh, en, one) for one, other in differing if one.kind is other.kind
    }
    for members in lists.values():
        inside = [pair for pair in differing if members.holds(pair)]
        loose = [pair for pair in inside if affinity(*pair) < 3]
        if not loose:
            continue
        ordered = members.in_order(zh, en, pairs, inside)
        if ordered:
            differing = [*(pair for pair in differing if pair not in inside), *ordered]
        elif not members.only(left, zh, pairs):
            guesses += loose
    return sorted(differing, key=_place), sorted(set(guesses) & set(differing), key=_place)


def _place(pair: _Pair) -> tuple[int, int]:
    return pair[1].start, pair[0].start


def _alike(pair: _Pair) -> bool:
    """Whether the values are of one kind, or the same figure."""
    zh, en = pair
    return zh.kind is en.kind or zh.figure == en.figure


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """The places of all values of one kind and unit on both sides, in order."""

    zh: tuple[int, ...]
    en: tuple[int, ...]
    ids: frozenset[int]

    @classmethod
    def of(cls, zh: Sequence[Value], en: Sequence[Value], like: Value) -> _List:
        """All members that are alike."""
        ours = tuple(
            i for i, one in enumerate(zh) if _counts(one) and (one.kind, one.unit) == (like.kind, like.unit)
        )
        theirs = tuple(
            j
            for j, one in enumerate(en)
            if _counts(one) and one.kind is like.kind and compatible_unit(like, one)
        )
        ids = frozenset([*(id(zh[i]) for i in ours), *(id(en[j]) for j in theirs)])
        return cls(zh=ours, en=theirs, ids=ids)

    def holds(self, pair: _Pair) -> bool:
        """Whether both of a pair are members."""
        return id(pair[0]) in self.ids and id(pair[1]) in self.ids

    def in_order(
        self, zh: Sequence[Value], en: Sequence[Value], pairs: dict[int, int], inside: list[_Pair]
    ) -> list[_Pair]:
        """The members that differ, place by place; none where the order of the two sides is not known."""
        if len(self.zh) != len(self.en):
            return []
        off = [(i, j) for i, j in zip(self.zh, self.en, strict=True) if not same(zh[i], en[j])]
        wrong = {id(value) for pair in inside for value in pair}
        found = [(zh[i], en[j]) for i, j in off]
        anchors = self.anchors(zh, pairs)
        if not _monotone(anchors) or not wrong <= {id(value) for pair in found for value in pair}:
            return []
        if wrong == {id(value) for pair in found for value in pair} or _held(off, anchors):
            return found
        return []

    def anchors(self, zh: Sequence[Value], pairs: dict[int, int]) -> list[tuple[int, int]]:
        """Equal values of other kinds; dates only inside the list, for English moves them to either end."""
        ours, theirs = range(self.zh[0], self.zh[-1]), range(self.en[0], self.en[-1])
        return [
            (i, j)
            for i, j in sorted(pairs.items())
            if i not in self.zh
            and j not in self.en
            and (zh[i].kind not in _TIMES or (i in ours and j in theirs))
        ]

    def only(self, left: Leftovers, zh: Sequence[Value], pairs: dict[int, int]) -> bool:
        """Whether nothing else could be meant: one value is left on each side, and all else is in order."""
        if len(self.zh) == len(self.en):
            return len(self.zh) == 1
        kept = [(i, pairs[i]) for i in self.zh if i in pairs and pairs[i] in self.en]
        counts = [sum(id(one) in self.ids for one in side) for side in (left.zh, left.en)]
        return max(counts) == 1 and _monotone(sorted([*kept, *self.anchors(zh, pairs)]))


def _counts(value: Value) -> bool:
    return value.strength >= Strength.LIKELY and value.unit != "relative"


def _monotone(places: list[tuple[int, int]]) -> bool:
    """Whether both sides name these in the same order."""
    return all(one[1] < other[1] for one, other in pairwise(places))


def _held(off: list[tuple[int, int]], anchors: list[tuple[int, int]]) -> bool:
    """Whether equal values of other kinds stand between all members on both sides and hold them in place."""
    zh_slots = [sum(anchor[0] < i for anchor in anchors) for i, _j in off]
    en_slots = [sum(anchor[1] < j for anchor in anchors) for _i, j in off]
    near = all(abs(one - other) <= 1 for one, other in zip(zh_slots, en_slots, strict=True))
    return near and all(one < other for slots in (zh_slots, en_slots) for one, other in pairwise(slots))


def _by_likeness(left: Leftovers) -> list[_Pair]:
    """Each wrong value with what it should be, the likeliest pairs first."""
    pairs = _best_pairs(left.zh, left.en)
    used = {id(value) for pair in pairs for value in pair}
    zh_free = [value for value in left.zh if id(value) not in used and value.strength is Strength.FIRM]
    en_free = [value for value in left.en if id(value) not in used and value.strength is Strength.FIRM]
    pairs += _best_pairs(left.spare_zh, en_free, least=2)
    pairs += _best_pairs(zh_free, left.spare_en, least=2)
    pairs += _balanced(left.spare_zh, left.spare_en)
    return sorted(pairs, key=lambda pair: (pair[1].start, pair[0].start))


def _best_pairs(zh: list[Value], en: list[Value], *, least: int = 1) -> list[_Pair]:
    ranked = sorted(
        ((-affinity(one, other), abs(i - j), i, j) for i, one in enumerate(zh) for j, other in enumerate(en)),
    ) if len(zh) * len(en) <= _SMALL else []  # fmt: skip
    used_zh: set[int] = set()
    used_en: set[int] = set()
    pairs = []
    for affine, _, i, j in ranked:
        if -affine >= least and i not in used_zh and j not in used_en:
            used_zh.add(i)
            used_en.add(j)
            pairs.append((zh[i], en[j]))
    return pairs


def affinity(zh: Value, en: Value) -> int:
    """How likely one value was meant to be the other: 0 not at all, 4 the same figure in another unit."""
    strengths = sorted((zh.strength, en.strength))
    if strengths[0] < Strength.LIKELY:
        return _weak_affinity(zh, en) if strengths[1] >= Strength.LIKELY else 0
    if zh.figure == en.figure and zh.figure not in {0, 1} and zh.kind is not Kind.DATE:
        return 4
    if zh.kind is not en.kind:
        return 1 if {zh.kind, en.kind} <= _PLAIN_OR_SO else 0
    if zh.kind is Kind.CODE or not compatible_unit(zh, en):
        return int(zh.kind is not Kind.CODE)
    return 3 if _power_of_ten(zh.amount, en.amount) else 2


def _weak_affinity(zh: Value, en: Value) -> int:
    """The same where one of the two may be paraphrased: only numbers of one kind are held to be one slip."""
    if {zh.kind, en.kind} == {Kind.COUNT, Kind.MULTIPLE}:
        return 1
    return 2 if zh.kind is en.kind and zh.kind is not Kind.CODE and compatible_unit(zh, en) else 0


_PLAIN_OR_SO = frozenset({Kind.COUNT, Kind.ORDINAL, Kind.MEASURE, Kind.MONEY, Kind.DURATION})


def _power_of_ten(one: Fraction, other: Fraction) -> bool:
    """Whether one amount is 10, 100, … times the other."""
    if not one or not other:
        return False
    ratio = one / other if one > other else other / one
    return (
        ratio.denominator == 1
        and ratio > 1
        and set(str(ratio.numerator)[1:]) == {"0"}
        and str(ratio)[0] == "1"
    )


def _balanced(spare_zh: list[Value], spare_en: list[Value]) -> list[_Pair]:
    """One mention too many of different values on both sides (3, 3, 4 for 3, 4, 4)."""
    pairs = []
    kinds = Counter(value.kind for value in spare_zh)
    for kind in kinds:
        zh = [value for value in spare_zh if value.kind is kind]
        en = [value for value in spare_en if value.kind is kind]
        if len(zh) == len(en) == 1 and compatible_unit(zh[0], en[0]) and not same(zh[0], en[0]):
            pairs.append((zh[0], en[0]))
    return pairs
