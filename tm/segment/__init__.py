"""Segmentation: text to segments with their offsets.

split(text, lang)                   offsets of the segments of a text
segment_blocks(blocks, lang)        segments of a document with their places
"""

from tm.segment.blocks import PlacedSegment, segment_blocks
from tm.segment.languages import split

__all__ = ["PlacedSegment", "segment_blocks", "split"]
