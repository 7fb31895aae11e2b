"""Tables as text: encodings, separators, guarded cells, and reading and writing without holding it all."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.errors import EncodingError, FormatError
from tm.formats import csv, tsv, xlsx
from tm.formats.cell_guard import guarded, unguarded
from tm.formats.table_text import opened_text
from tm.model import Header, Memory, Segment, Unit

CHANGED = (
    *("007", "1-2", "1/2", "3E5", "5.0%", "1,000", "7.50", "2019-04-23", "2021年12月20日", "12:30", "true"),
    *("¥5,000", "(5)", "May 1", "1 May", "April 2019", "December 20, 2021", "Mar-5", "1234567890123456789"),
    *(" 007", "１２３", "'007", "'=1", "''=1"),
)
LEFT_ALONE = (
    "省",
    "7",
    "0",
    "7.5",
    "123456789012345",
    "TRUE",
    "May the force",
    "第1条",
    "1、省",
    "A-1",
    "10 counties",
)
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "\t=1",
    "\r",
    "\n",
    " =1",
    "=cmd|' /C calc'!A0",
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(str.strip)


def unit(number, text="省", target="A"):
    return Unit(
        id=f"u{number}", source=Segment(lang="zh-CN", text=text), target=Segment(lang="en", text=target)
    )


def parse(text, module=csv, encoding="utf-8"):
    return [
        (one.source.text, one.target.text) for one in module.read(io.BytesIO(text.encode(encoding)), path="a")
    ]


def written(module, units):
    stream = io.BytesIO()
    module.write(Memory(name="m", header=Header(), units=units), stream)
    return stream.getvalue()


@pytest.mark.parametrize("cell", [*FORMULAS, *CHANGED])
def test_what_a_spreadsheet_would_change_is_guarded_once(cell):
    assert guarded(cell, values=True) == f"'{cell}"
    assert unguarded(f"'{cell}", values=True) == cell


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_other_cells_are_left_alone(cell):
    assert guarded(cell, values=True) == cell


@given(st.text(alphabet="'=+-@0123456789./:,%eE年月 MayJun１＝\t\r\n"))
def test_guarding_is_exactly_reversible(text):
    for values in (False, True):
        assert unguarded(guarded(text, values=values), values=values) == text
        assert unguarded(text, values=values) == text or text.startswith("'")


@pytest.mark.parametrize("module", [csv, tsv])
@given(st.lists(ANY_TEXT))
def test_any_text_comes_back_from_a_text_table(module, texts):
    units = [unit(number, text) for number, text in enumerate(texts)]
    try:
        raw = written(module, units)
    except FormatError as error:
        if "TSV cannot carry" not in error.message:
            raise
        return
    assert [one.source.text for one in module.read(io.BytesIO(raw), path="a")] == texts


@pytest.mark.parametrize("module", [csv, tsv])
@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_a_character_that_no_text_file_holds_is_an_error_with_its_unit(module, text):
    with pytest.raises(FormatError, match=r"U\+") as caught:
        written(module, [unit(0), unit(1, "省", text)])
    assert caught.value.unit == "u1"


def test_excel_s_line_that_names_the_separator_is_believed_and_no_unit():
    assert parse("sep=;\r\n省;A, B and C\r\n县;D\r\n") == [("省", "A, B and C"), ("县", "D")]
    assert parse('"sep=|"\n省|A\n') == [("省", "A")]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_what_parts_chinese_from_english(mark):
    lines = [("省政府", "Government; one | two"), ("县", "County, as it was"), ("市", "City")]
    text = "".join(f'{zh}{mark}"{en}"\n' if mark in en else f"{zh}{mark}{en}\n" for zh, en in lines)
    assert parse(text) == lines


def test_chinese_excel_s_csv_is_read():
    assert parse("中文,英文\r\n省政府,Government\r\n", encoding="gb18030") == [("省政府", "Government")]


def test_excel_s_unicode_text_is_read_with_its_quotation():
    text = '原文\t译文\r\n省\t"A, ""B"""\r\n市\t"A\nB"\r\n'
    assert parse(text, tsv, "utf-16") == [("省", 'A, "B"'), ("市", "A\nB")]


def test_a_text_file_without_tabs_is_no_table_and_the_error_says_what_to_do():
    with pytest.raises(FormatError, match="without tabs") as caught:
        tsv.read(io.BytesIO("省政府召开会议。\n".encode()), path="zh.txt")
    assert "tm align" in caught.value.hint


def test_quoted_cells_over_many_lines_keep_the_numbers_of_the_lines():
    units = tuple(tsv.read(io.BytesIO('zh\ten\n"甲\n乙\n丙"\tA\n"\tB\n丁\tC\n'.encode()), path="a"))
    assert [(one.source.text, one.line) for one in units] == [("甲\n乙\n丙", 2), ('"', 5), ("丁", 6)]


def test_a_long_file_of_one_encoding_until_its_last_byte_is_read_whole():
    head = "省政府召开会议。\tThe meeting was held.\n" * 5000
    assert len(parse(head, tsv, "gb18030")) == 5000
    late = ("A\tB\n" * 30_000).encode() + "省政府召开会议\tA\n".encode("gb18030") * 50
    text, encoding = opened_text(io.BytesIO(late))
    assert (encoding, text.read().endswith("省政府召开会议\tA\n")) == ("gb18030", True)


def test_a_file_with_a_nul_far_inside_is_refused():
    with pytest.raises(EncodingError, match="NUL"):
        parse("省\tA\n" * 30_000 + "\0", tsv)


@pytest.mark.parametrize("module", [csv, tsv])
def test_reading_holds_a_part_of_the_file_only(module):
    mark = "," if module is csv else "\t"
    raw = f"省政府召开会议。{mark}The meeting was held.\n".encode() * 200_000
    tracemalloc.start()
    count = sum(1 for _unit in module.read(io.BytesIO(raw), path="a"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 200_000
    assert peak < len(raw)


@pytest.mark.parametrize("module", [csv, tsv, xlsx])
def test_units_that_can_be_read_once_are_written(module):
    raw = written(module, iter([unit(1), unit(2)]))
    assert [one.id for one in module.read(io.BytesIO(raw), path="a")] == ["u1", "u2"]
