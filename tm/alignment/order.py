"""The order in which beads are given, and which of them cross others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from tm.model import Bead

__all__ = ["in_order"]


def in_order(beads: Sequence[Bead]) -> tuple[Bead, ...]:
    """Beads by their first Chinese segment; a one-sided English bead after the bead before it in English.

    `crossing` is set on the fewest beads that break the order of the English side.
    """
    with_source = sorted((bead for bead in beads if bead.source), key=lambda bead: min(bead.source))
    kept = _longest_rising([bead for bead in with_source if bead.target])
    marked = [replace(b, crossing=bool(b.target) and id(b) not in kept) for b in with_source]
    return tuple(_woven(marked, sorted((b for b in beads if not b.source), key=lambda bead: bead.target)))


def _woven(beads: Sequence[Bead], english: Sequence[Bead]) -> list[Bead]:
    """The beads with each one-sided English bead put after the last bead that precedes it in English."""
    after: dict[int, list[Bead]] = {}
    rising = [
        (max(bead.target), number) for number, bead in enumerate(beads) if bead.target and not bead.crossing
    ]
    for lonely in english:
        before = bisect_left(rising, (min(lonely.target), -1))
        number = rising[before - 1][1] if before else -1
        after.setdefault(number, []).append(replace(lonely, crossing=False))
    woven = after.get(-1, [])
    for number, bead in enumerate(beads):
        woven += [bead, *after.get(number, [])]
    return woven


def _longest_rising(beads: Sequence[Bead]) -> set[int]:
    """The ids of the largest set of beads whose English sides follow one another."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for number, bead in enumerate(beads):
        place = bisect_left(ends, min(bead.target))
        previous.append(tails[place - 1] if place else -1)
        if place == len(tails):
            tails.append(number)
            ends.append(max(bead.target))
        elif max(bead.target) < ends[place]:
            tails[place], ends[place] = number, max(bead.target)
    kept, number = set(), tails[-1] if tails else -1
    while number >= 0:
        kept.add(id(beads[number]))
        number = previous[number]
    return kept
