"""Locked beads as hard anchors: they split a document into regions that are aligned on their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tm.model import Bead

__all__ = ["Region", "regions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The segments of both sides between two anchors."""

    zh: tuple[int, ...]
    en: tuple[int, ...]


def regions(locked: Sequence[Bead], zh: int, en: int) -> Iterator[Region]:
    """The regions between the locked beads that are in order; locked segments are in none of them.

    Locked beads that cross others or have one side only take their segments away and split nothing.
    """
    taken_zh = {place for bead in locked for place in bead.source}
    taken_en = {place for bead in locked for place in bead.target}
    first_zh = first_en = 0
    for last_zh, last_en, next_zh, next_en in [*_anchors(locked), (zh, en, zh, en)]:
        yield Region(
            zh=tuple(place for place in range(first_zh, last_zh) if place not in taken_zh),
            en=tuple(place for place in range(first_en, last_en) if place not in taken_en),
        )
        first_zh, first_en = next_zh, next_en


def _anchors(locked: Sequence[Bead]) -> Iterator[tuple[int, int, int, int]]:
    """Where each locked bead that is in order begins and ends on both sides."""
    ordered = sorted(
        (bead for bead in locked if bead.source and bead.target), key=lambda bead: min(bead.source)
    )
    spans = [(min(b.source), min(b.target), max(b.source) + 1, max(b.target) + 1) for b in ordered]
    for number, span in enumerate(spans):
        before, after = spans[:number], spans[number + 1 :]
        if all(b[3] <= span[1] and b[2] <= span[0] for b in before) and all(
            span[3] <= a[1] and span[2] <= a[0] for a in after
        ):
            yield span
