"""Segments know where they stand."""

from tm.model import Block, BlockKind
from tm.segment import segment_blocks


def test_paragraph_is_the_block_and_index_runs_through():
    blocks = [
        Block(kind=BlockKind.TITLE, text="标题", line=1),
        Block(kind=BlockKind.PARAGRAPH, text="第一句。第二句。\n第三句。", line=3),
        Block(kind=BlockKind.PARAGRAPH, text="  ", line=7),
        Block(kind=BlockKind.BOILERPLATE, text="主办单位", line=8),
    ]
    placed = segment_blocks(blocks, "zh-CN", file="zh.txt")
    assert [
        (p.segment.text, p.place.paragraph, p.place.block, p.place.index, p.place.line) for p in placed
    ] == [
        ("标题", 0, 0, 0, 1),
        ("第一句。", 1, 1, 1, 3),
        ("第二句。", 1, 1, 2, 3),
        ("第三句。", 1, 1, 3, 4),
        ("主办单位", 3, 3, 4, 8),
    ]
    assert {p.segment.lang for p in placed} == {"zh-CN"}
    assert {p.place.file for p in placed} == {"zh.txt"}


def test_no_blocks_give_no_segments():
    assert segment_blocks([], "en") == []
