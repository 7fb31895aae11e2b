"""Blocks of a document to placed segments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tm.model import Block, Place, Segment
from tm.segment.languages import split

__all__ = ["PlacedSegment", "segment_blocks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSegment:
    """A segment and where it stands."""

    segment: Segment
    place: Place


def segment_blocks(blocks: Sequence[Block], lang: str, *, file: str = "") -> list[PlacedSegment]:
    """The segments of a document in order; `paragraph` is the number of the block, `index` runs through."""
    return [
        PlacedSegment(
            segment=Segment(lang=lang, text=text),
            place=Place(file=file, line=line, block=number, paragraph=number, index=index),
        )
        for index, (number, line, text) in enumerate(_texts(blocks, lang))
    ]


def _texts(blocks: Sequence[Block], lang: str) -> Iterator[tuple[int, int, str]]:
    for number, block in enumerate(blocks):
        for start, end in split(block.text, lang):
            yield number, block.line + block.text.count("\n", 0, start), block.text[start:end]
