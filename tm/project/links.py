"""Links between two segmentations of the same texts, from stretches that are known to belong together."""

from __future__ import annotations

from collections.abc import Sequence

from tm.model import Bead

__all__ = ["beads_from_pairs", "spans_in"]

Stretch = tuple[int, int]


def spans_in(text: str, parts: Sequence[str]) -> list[Stretch]:
    """Where the parts stand in the text, one after another; each must be found at or after the last."""
    found, position = [], 0
    for part in parts:
        start = text.index(part, position)
        position = start + len(part)
        found.append((start, position))
    return found


def beads_from_pairs(
    pairs: Sequence[tuple[Stretch, Stretch]], source: Sequence[Stretch], target: Sequence[Stretch]
) -> list[Bead]:
    """Beads over segments, given pairs of stretches that translate each other.

    `source` and `target` are the segments' stretches. Segments that touch the same pair share a bead, and
    so do pairs that touch the same segment; every segment comes into exactly one bead, in source order,
    one-sided target beads after the bead before them.
    """
    groups = _Groups(len(source) + len(target))
    for pair in pairs:
        members = _touching(source, pair[0])
        members += [len(source) + position for position in _touching(target, pair[1])]
        for member in members[1:]:
            groups.join(members[0], member)
    beads = [
        Bead(
            source=tuple(m for m in members if m < len(source)),
            target=tuple(m - len(source) for m in members if m >= len(source)),
            locked=True,
        )
        for members in groups.members()
    ]
    return _ordered(beads)


def _touching(segments: Sequence[Stretch], stretch: Stretch) -> list[int]:
    return [n for n, (start, end) in enumerate(segments) if start < stretch[1] and stretch[0] < end]


def _ordered(beads: Sequence[Bead]) -> list[Bead]:
    """Two-sided and source-only beads by source; target-only beads after the bead before them."""
    ordered = sorted((b for b in beads if b.source), key=lambda bead: bead.source)
    for bead in sorted((b for b in beads if not b.source), key=lambda bead: bead.target):
        before = [n for n, other in enumerate(ordered) if other.target and other.target < bead.target]
        ordered.insert(max(before) + 1 if before else 0, bead)
    return ordered


class _Groups:
    """Disjoint groups of numbers that can be joined (union-find)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def join(self, left: int, right: int) -> None:
        """Make one group of two."""
        roots = sorted((self._root(left), self._root(right)))
        self._parent[roots[1]] = roots[0]

    def members(self) -> list[list[int]]:
        """The groups, by their smallest member."""
        groups: dict[int, list[int]] = {}
        for number in range(len(self._parent)):
            groups.setdefault(self._root(number), []).append(number)
        return [groups[root] for root in sorted(groups)]

    def _root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number
