"""How good an alignment is: precision, recall and F1 of beads, by the usual conventions.

Strict counts a bead that equals a gold bead, lax one that shares a segment with a gold bead on both sides
(Sennrich & Volk 2010). Precision counts all beads found, one-sided ones too; recall leaves one-sided gold
beads out. Because one-sided beads hardly matter there, they have figures of their own, as have linked pairs
of segments, which do not depend on how finely beads are cut.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from tm.model import Bead, Score

__all__ = ["score_alignment", "without_crossing"]

_CONVENTION = "tm.alignment|convention:sennrich-volk-2010"
Link = tuple[tuple[int, ...], tuple[int, ...]]


def score_alignment(gold: Sequence[Sequence[Bead]], test: Sequence[Sequence[Bead]]) -> list[Score]:
    """Strict, lax, pair and null figures and strict recall by bead type over documents in the same order.

    All are shares, 0-1, summed over the documents before dividing; `n` is what a share is of.
    """
    if len(gold) != len(test):
        raise ValueError(f"{len(gold)} gold documents, {len(test)} tested")
    pairs = [(_links(wanted), _links(found)) for wanted, found in zip(gold, test, strict=True)]
    signature = f"{_CONVENTION}|documents:{len(gold)}|beads:{sum(len(wanted) for wanted, _ in pairs)}"
    shares = [
        *_beads(pairs, "strict", _equal),
        *_beads(pairs, "lax", _overlapping),
        *_sets("pair", [(_segment_pairs(wanted), _segment_pairs(found)) for wanted, found in pairs]),
        *_sets("null", [(_alone(wanted), _alone(found)) for wanted, found in pairs]),
        *_by_type(pairs),
    ]
    return [Score(name=name, value=value, signature=signature, n=n) for name, value, n in shares]


def without_crossing(
    gold: Sequence[Sequence[Bead]], test: Sequence[Sequence[Bead]]
) -> tuple[list[list[Bead]], list[list[Bead]]]:
    """Both without the gold beads that break the target's order, and without what touches their segments."""
    kept: tuple[list[list[Bead]], list[list[Bead]]] = ([], [])
    for wanted, found in zip(gold, test, strict=True):
        crossing = _crossing(wanted)
        source = {place for bead in crossing for place in bead.source}
        target = {place for bead in crossing for place in bead.target}
        for beads, part in zip((wanted, found), kept, strict=True):
            part.append([b for b in beads if source.isdisjoint(b.source) and target.isdisjoint(b.target)])
    return kept


def _crossing(beads: Sequence[Bead]) -> list[Bead]:
    """The fewest two-sided beads that must go for the rest to be in order on both sides."""
    two_sided = sorted((b for b in beads if b.source and b.target), key=lambda bead: bead.source)
    best: list[tuple[int, int]] = []
    for number, bead in enumerate(two_sided):
        before = [k for k in range(number) if two_sided[k].target[-1] < bead.target[0]]
        previous = max(before, key=lambda k: best[k][0], default=-1)
        best.append((1 + (best[previous][0] if previous >= 0 else 0), previous))
    number = max(range(len(best)), key=lambda k: best[k][0], default=-1)
    ordered = set()
    while number >= 0:
        ordered.add(number)
        number = best[number][1]
    return [bead for number, bead in enumerate(two_sided) if number not in ordered]


def _links(beads: Iterable[Bead]) -> list[Link]:
    return [(tuple(sorted(b.source)), tuple(sorted(b.target))) for b in beads if b.source or b.target]


Pairs = Sequence[tuple[Sequence[Link], Sequence[Link]]]
Shares = Iterable[tuple[str, float, int]]


def _equal(links: Sequence[Link], others: Sequence[Link]) -> int:
    known = set(others)
    return sum(link in known for link in links)


def _overlapping(links: Sequence[Link], others: Sequence[Link]) -> int:
    partners: dict[int, set[int]] = defaultdict(set)
    for source, target in others:
        for place in source:
            partners[place].update(target)
    known = set(others)
    return sum(
        link in known
        or any(not partners[place].isdisjoint(link[1]) for place in link[0] if place in partners)
        for link in links
    )


def _beads(pairs: Pairs, name: str, count: Callable[[Sequence[Link], Sequence[Link]], int]) -> Shares:
    found = sum(len(set(test)) for _, test in pairs)
    right = sum(count(sorted(set(test)), gold) for gold, test in pairs)
    sides = [(_two_sided(gold), _two_sided(test)) for gold, test in pairs]
    wanted = sum(len(set(gold)) for gold, _ in sides)
    covered = sum(count(sorted(set(gold)), test) for gold, test in sides)
    yield from _named(name, (right, found), (covered, wanted))


def _sets(name: str, pairs: Sequence[tuple[set[tuple[int, int]], set[tuple[int, int]]]]) -> Shares:
    common = sum(len(wanted & found) for wanted, found in pairs)
    yield from _named(
        name,
        (common, sum(len(found) for _, found in pairs)),
        (common, sum(len(wanted) for wanted, _ in pairs)),
    )


def _named(name: str, precision: tuple[int, int], recall: tuple[int, int]) -> Shares:
    p, r = _share(*precision), _share(*recall)
    yield f"{name} precision", p, precision[1]
    yield f"{name} recall", r, recall[1]
    yield f"{name} F1", 2 * p * r / (p + r) if p + r else 0.0, recall[1]


def _by_type(pairs: Pairs) -> Shares:
    wanted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for gold, test in pairs:
        known = set(test)
        for source, target in gold:
            shape = f"{len(source)}-{len(target)}"
            wanted[shape] += 1
            right[shape] += (source, target) in known
    for shape, count in sorted(wanted.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"recall {shape}", _share(right[shape], count), count


def _two_sided(links: Iterable[Link]) -> list[Link]:
    return [link for link in links if link[0] and link[1]]


def _segment_pairs(links: Iterable[Link]) -> set[tuple[int, int]]:
    return {(i, j) for source, target in links for i in source for j in target}


def _alone(links: Iterable[Link]) -> set[tuple[int, int]]:
    """Segments in one-sided beads: (0, place) in the source, (1, place) in the target."""
    one_sided = [link for link in links if not (link[0] and link[1])]
    return set(chain.from_iterable([(side, p) for side in (0, 1) for p in link[side]] for link in one_sided))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
