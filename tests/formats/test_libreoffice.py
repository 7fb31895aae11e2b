"""A real spreadsheet program opens what we write and saves it again: every text is there, none was run."""

from __future__ import annotations

import io
import subprocess

import openpyxl
import pytest

from tm.formats import csv, xlsx
from tm.model import Header, Memory, Segment, Unit

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "－1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org")',
)
VALUES = (
    *(
        "007",
        "1234567890123456789",
        "7.50",
        "5.0%",
        "1,000",
        "1-2",
        "1/2",
        "3E5",
        "12e45678",
        "12:30",
        "true",
    ),
    *(
        "2019-04-23",
        "2019/4/23",
        "2021年12月20日",
        "二〇二一年十二月二十日",
        "December 20, 2021",
        "May 1",
        "April 2019",
    ),
    *("(5)", "¥5,000", "$5", "１２３", "1 1/2", "Mar-5", "#N/A", "TRUE", "7.5", "123456789012345"),
)
OTHERS = (
    "'=1",
    "'abc",
    "''",
    " lead",
    "trail ",
    "a,b;c\td",
    "a\nb",
    'He said "yes"',
    '"',
    "sep=;",
    "😀𠮷",
    "省" * 3000,
)
TEXTS = (*FORMULAS, *VALUES, *OTHERS)
_CSV = "44,34,76,1,,{language},false,{detect},false"


@pytest.fixture(scope="module")
def converted(outside, tmp_path_factory):
    """Has the program open a file's bytes and save them with another ending, in a profile of its own."""
    program = outside("soffice")
    home = tmp_path_factory.mktemp("profile")

    def convert(raw, ending, to, opened_as=""):
        folder = tmp_path_factory.mktemp("converted")
        (folder / f"in{ending}").write_bytes(raw)
        words = [program, f"-env:UserInstallation={home.as_uri()}", "--headless"]
        words += [f"--infilter={opened_as}"] if opened_as else []
        words += ["--convert-to", to, "--outdir", str(folder / "out"), str(folder / f"in{ending}")]
        subprocess.run(words, check=True, capture_output=True, timeout=120)
        (result,) = (folder / "out").iterdir()
        return result.read_bytes()

    return convert


def written(module):
    units = [
        Unit(id=f"u{place}", source=Segment(lang="zh-CN", text=text), target=Segment(lang="en", text=text))
        for place, text in enumerate(TEXTS)
    ]
    stream = io.BytesIO()
    module.write(Memory(name="m", header=Header(), units=units), stream)
    return stream.getvalue()


def texts(module, raw):
    return [(unit.source.text, unit.target.text) for unit in module.read(io.BytesIO(raw), path="a")]


def cells(raw):
    """The cells of the first two columns below the header."""
    (sheet,) = openpyxl.load_workbook(io.BytesIO(raw)).worksheets
    return [cell for line in sheet.iter_rows(min_row=2, max_col=2) for cell in line]


def as_is(cell, text):
    """True when the cell shows this text, at most behind an apostrophe, and is no formula."""
    value = str(cell.value).upper() if cell.data_type == "b" else str(cell.value)
    return cell.data_type != "f" and value in (text, f"'{text}")


@pytest.mark.slow
@pytest.mark.parametrize(("language", "detect"), [(1033, "false"), (1033, "true"), (2052, "true")])
def test_a_spreadsheet_shows_every_cell_of_our_csv_as_it_is_or_behind_an_apostrophe(
    converted, language, detect
):
    opened_as = "CSV:" + _CSV.format(language=language, detect=detect)
    shown = cells(converted(written(csv), ".csv", "xlsx", opened_as))
    wanted = [text for text in TEXTS for _side in range(2)]
    odd = [(cell.value, text) for cell, text in zip(shown, wanted, strict=True) if not as_is(cell, text)]
    assert odd == []


@pytest.mark.slow
def test_our_csv_comes_back_from_a_spreadsheet_with_every_text(converted):
    plain = _CSV.format(language=1033, detect="true")
    raw = converted(written(csv), ".csv", f"csv:Text - txt - csv (StarCalc):{plain}", f"CSV:{plain}")
    assert texts(csv, raw) == [(text, text) for text in TEXTS]


@pytest.mark.slow
def test_our_workbook_comes_back_from_a_spreadsheet_with_every_text_and_no_formula(converted):
    raw = converted(written(xlsx), ".xlsx", "xlsx")
    assert {cell.data_type for cell in cells(raw)} == {"s"}
    assert texts(xlsx, raw) == [(text, text) for text in TEXTS]
