"""Tables of units: columns by place or by name, faults with their line, and no formula anywhere."""

from __future__ import annotations

import datetime
import io
import sys

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.errors import FormatError, MissingExtraError
from tm.formats import csv, tsv, xlsx
from tm.formats.cell_guard import guarded, unguarded
from tm.model import Header, Memory, Note, Prop, Segment, Status, Unit

DANGEROUS = ("=1+1", "+1", "-1", "@a", "\ta", "\ra", "'", "'=1", "''=1", "'abc", "＝1")


def parse(text, module=tsv):
    return tuple(module.read(io.BytesIO(text.encode()), path="a.tsv"))


def written(module, *texts):
    units = [
        Unit(id=str(number), source=Segment(lang="zh-CN", text=text), target=Segment(lang="en", text="A"))
        for number, text in enumerate(texts)
    ]
    stream = io.BytesIO()
    module.write(Memory(name="a", header=Header(), units=units), stream)
    return stream.getvalue()


def test_without_a_header_the_columns_are_chinese_english_and_id():
    first, second = parse("省\tProvince\tu1\n\n县\tCounty\n")
    assert (first.source.text, first.target.text, first.id) == ("省", "Province", "u1")
    assert (second.id, second.line) == ("3", 3)


def test_columns_are_found_by_name_in_any_order_and_unknown_ones_kept():
    (unit,) = parse(
        "Status\tEnglish\tReviewer\t中文\tNote\tDate\trelease\nreviewed\tA\tLi\t省\tn\t2019-04-23\tr1\n"
    )
    assert (unit.source.text, unit.target.text, unit.status) == ("省", "A", Status.REVIEWED)
    assert unit.props == (Prop(type="Reviewer", text="Li"),)
    assert unit.notes == (Note(text="n"),)
    assert unit.origin.created == datetime.datetime(2019, 4, 23, tzinfo=datetime.UTC)
    assert unit.origin.release == "r1"


def test_languages_are_read_from_the_header():
    (unit,) = parse("zh-Hans\ten-GB\n省\tA\n")
    assert (unit.source.lang, unit.target.lang) == ("zh-Hans", "en-GB")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("省\tA\n县\n", 2, "one column"),
        ("zh\ten\tstatus\n省\tA\tgood\n", 2, "no status"),
        ("zh\ten\tdate\n省\tA\t30 Feb\n", 2, "no date"),
        ("zh\ten\n省\tA\tB\n", 2, "3 cells under a header of 2"),
        ("zh\ten\tindex\n省\tA\tsix\n", 2, "no number"),
        ("zh\tid\n省\t1\n", 1, "no column for en"),
        ("Province\t省\nCounty\t县\n", None, "swapped"),
        ("source\ttarget\nProvince\t省\n", None, "swapped"),
        ("1\t省\tProvince\n2\t县\tCounty\n", None, "swapped"),
        ("", None, "empty"),
    ],
)
def test_a_fault_is_an_error_with_its_line(text, line, said):
    with pytest.raises(FormatError, match=said) as caught:
        parse(text)
    assert caught.value.line == line


def test_quotation_marks_in_tsv_are_text():
    raw = '"省\tOne "two\t1\n市"\t"three"\t2\n'
    assert [(unit.source.text, unit.target.text) for unit in parse(raw)] == [
        ('"省', 'One "two'),
        ('市"', '"three"'),
    ]


def test_a_spreadsheet_s_quoted_cell_in_tsv_is_read_under_a_header():
    (unit,) = parse('zh\ten\n"省\n政府"\t"a ""b""\tc"\n')
    assert (unit.source.text, unit.target.text) == ("省\n政府", 'a "b"\tc')


def test_tabs_and_line_ends_survive_tsv():
    texts = ("甲\t乙", "甲\n乙", '"甲', "甲\r\n乙", '"', '甲"乙"')
    assert [unit.source.text for unit in parse(written(tsv, *texts).decode())] == list(texts)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_other_delimiters_is_read(delimiter):
    (unit,) = parse(delimiter.join(("zh", "en", "id")) + "\n" + delimiter.join(("省", "A", "1")), csv)
    assert (unit.source.text, unit.target.text, unit.id) == ("省", "A", "1")


def test_broken_quotation_in_csv_is_an_error_with_its_line():
    with pytest.raises(FormatError) as caught:
        parse('zh,en\n省,"A" b\n', csv)
    assert caught.value.line == 2


@given(st.text(alphabet="'=+-@\t\ra＝"))
def test_guarding_is_exactly_reversible(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


@pytest.mark.parametrize("module", [csv, xlsx])
def test_dangerous_texts_come_back_exactly(module):
    found = module.read(io.BytesIO(written(module, *DANGEROUS)), path="a")
    assert [unit.source.text for unit in found] == list(DANGEROUS)


def test_no_cell_of_a_written_workbook_is_a_formula():
    raw = written(xlsx, *DANGEROUS, "#N/A", "2019-04-23", "007")
    (sheet,) = openpyxl.load_workbook(io.BytesIO(raw)).worksheets
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells if cell.value} == {"s"}


def test_a_formula_in_a_workbook_is_refused_with_its_cell():
    book = openpyxl.Workbook()
    book.worksheets[0].append(["zh", "en"])
    book.worksheets[0].append(["省", '=HYPERLINK("http://example.org")'])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(FormatError, match="B2"):
        tuple(xlsx.read(io.BytesIO(stream.getvalue()), path="a.xlsx"))


def test_numbers_and_dates_in_a_workbook_are_read_as_text():
    book = openpyxl.Workbook()
    book.worksheets[0].append(["zh", "en", "id", "date"])
    book.worksheets[0].append(["省", 7.5, 12, datetime.date(2019, 4, 23)])
    stream = io.BytesIO()
    book.save(stream)
    (unit,) = xlsx.read(io.BytesIO(stream.getvalue()), path="a.xlsx")
    assert (unit.target.text, unit.id) == ("7.5", "12")
    assert unit.origin.created == datetime.datetime(2019, 4, 23, tzinfo=datetime.UTC)


def test_several_filled_sheets_are_refused():
    book = openpyxl.Workbook()
    book.worksheets[0].append(["省", "A"])
    book.create_sheet("b").append(["县", "B"])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(FormatError, match="several"):
        xlsx.read(io.BytesIO(stream.getvalue()), path="a.xlsx")


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut():
    with pytest.raises(FormatError, match="does not fit into cell A2"):
        written(xlsx, "省" * 32_768)


def test_without_the_extra_the_error_holds_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError) as caught:
        xlsx.read(io.BytesIO(b""), path="a.xlsx")
    assert caught.value.hint == "pip install 'bilingual-release-memory[office]'"
