"""Workbooks that people and other programs made: what is shown is read, what cannot be told is refused."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tm.errors import FormatError
from tm.formats import xlsx


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return io.BytesIO(stream.getvalue())


def parse(*lines, change=None):
    """The units of a workbook with these lines, changed by hand."""
    book = openpyxl.Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    if change:
        change(book.worksheets[0])
    return tuple(xlsx.read(saved(book), path="a.xlsx"))


def shown(value, number_format="General"):
    """The text that is read of a value in a cell of this format."""

    def change(sheet):
        sheet["B2"].value = value
        sheet["B2"].number_format = number_format

    (unit,) = parse(["zh", "en"], ["省", ""], change=change)
    return unit.target.text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.5, "0%", "50%"),
        (0.0525, "0.00%", "5.25%"),
        (1234567, "#,##0", "1,234,567"),
        (1234.5, "#,##0.00", "1,234.50"),
        (7, "0", "7"),
        (7, "0.00", "7.00"),
        (0.1 + 0.2, "General", "0.3"),
        (12.0, "General", "12"),
        (123456789012, "General", "123456789012"),
        (True, "General", "TRUE"),
        (datetime.date(2019, 4, 23), "yyyy/m/d", "2019-04-23"),
        ("007", "@", "007"),
        ("_x0041_", "@", "A"),
    ],
)
def test_a_value_is_read_as_it_is_shown(value, number_format, text):
    assert shown(value, number_format) == text


def test_rich_text_is_read_without_its_fonts():
    rich = CellRichText("The ", TextBlock(InlineFont(b=True), "Provincial"), " Government")
    assert shown(rich) == "The Provincial Government"


@pytest.mark.parametrize(
    ("value", "said"), [("=A1", "formula in cell B2"), ("#N/A", "error value in cell B2")]
)
def test_what_is_no_text_is_refused_with_its_cell(value, said):
    with pytest.raises(FormatError, match=said) as caught:
        shown(value)
    assert caught.value.line == 2
    assert "paste as values" in caught.value.hint


def test_hidden_lines_and_columns_are_read():
    def hide(sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    (unit,) = parse(["zh", "en"], ["省", "Province"], change=hide)
    assert unit.target.text == "Province"


def test_a_hidden_sheet_with_content_is_named_as_such():
    book = openpyxl.Workbook()
    book.worksheets[0].append(["省", "Province"])
    hidden = book.create_sheet("old")
    hidden.append(["县", "County"])
    hidden.sheet_state = "hidden"
    with pytest.raises(FormatError, match=r"Sheet, old \(hidden\)"):
        xlsx.read(saved(book), path="a.xlsx")


def test_merged_cells_have_their_text_at_their_first_place():
    units = parse(
        ["一、总则", None],
        ["原文", "译文"],
        ["省", "Province"],
        [None, "Further"],
        change=lambda sheet: (sheet.merge_cells("A1:B1"), sheet.merge_cells("A3:A4")),
    )
    assert [(unit.source.text, unit.target.text, unit.line) for unit in units] == [
        ("省", "Province", 3),
        ("", "Further", 4),
    ]


def test_jottings_beside_the_table_are_kept_as_properties():
    (unit,) = parse(["zh", "en"], ["省", "Province", None, "ask Li"])
    assert [(prop.type, prop.text) for prop in unit.props] == [("column-4", "ask Li")]
