"""Tables that are made to do harm: CSV, TSV and XLSX, through the library and the commands."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

import pytest

from tm.formats import xlsx
from tm.model import Header, Memory, Segment, Unit

FINDINGS = 1
LINES = (("甲", "a"), ("乙", "b"))


def table(name, lines=LINES, header=("zh", "en")):
    mark = {".csv": ",", ".tsv": "\t"}[PurePath(name).suffix]
    return "".join(mark.join(cells) + "\n" for cells in (header, *lines)).encode()


every_text = pytest.mark.parametrize("name", ["a.csv", "a.tsv"])


def read_or_refused(found, *, units=None):
    """Every way comes to the same: the file is read, with so many units, or refused."""
    codes = {0 if (way, tried.code) == ("check", FINDINGS) else tried.code for way, tried in found.items()}
    assert codes in ({0}, {3}), found
    if codes == {0} and units is not None:
        assert found["read"].out == f"{units}\n"
    return codes == {0}


# --- Text --------------------------------------------------------------------------------------------


@every_text
def test_a_cell_of_10_mb_is_refused_and_one_of_a_million_characters_read(tries, refused, name):
    refused(name, table(name, [("甲", "a"), ("乙", "x" * 10_000_000)]), "characters", line=3)
    assert read_or_refused(tries(name, table(name, [("甲", "x" * 1_000_000)])), units=1)


@every_text
@pytest.mark.parametrize("place", [0, 40, -1])
@pytest.mark.parametrize("count", [1, 5000])
def test_a_nul_is_refused(refused, name, place, count):
    raw = table(name, LINES * 20)
    place = place if place >= 0 else len(raw)
    refused(name, raw[:place] + b"\0" * count + raw[place:])


@every_text
@pytest.mark.parametrize("end", ["\r\n", "\r", "\n\r", "\r\r\n"])
def test_line_ends_of_several_kinds_end_lines(tries, name, end):
    raw = table(name).replace(b"\n", end.encode(), 2)
    assert read_or_refused(tries(name, raw), units=2)


def test_a_quotation_that_is_never_closed_is_refused_where_it_opens(refused):
    raw = table("a.csv", [("甲", "a"), ("乙", '"b'), *LINES * 1000])
    refused("a.csv", raw, '"', line=3)


def test_a_quotation_mark_in_tsv_is_text(tries):
    raw = table("a.tsv", [("甲", '"a'), *LINES * 1000])
    assert read_or_refused(tries("a.tsv", raw), units=2001)


QUOTES = {
    "quotes alone": '"' * 2_000_000,
    "quotes in a cell": '"' + '""' * 1_000_000,
    "quotes and a mark": '"' + '""' * 1_000_000 + "x",
    "quotes and letters": '"' + 'a""' * 700_000 + 'x"y',
    "apostrophes": "'" * 2_000_000,
    "apostrophes and a sign": "'" * 2_000_000 + "=",
    "blanks": " " * 2_000_000 + "x",
    "signs": "=" * 2_000_000,
    "escapes": "_x000D_" * 200_000,
}


@every_text
@pytest.mark.parametrize("text", QUOTES.values(), ids=QUOTES)
def test_marks_without_end_take_no_time(tries, name, text):
    read_or_refused(tries(name, table(name, [("甲", text), ("乙", "b", "x" * 9)])))


@every_text
def test_a_million_columns_are_refused_or_read_in_time(tries, name):
    mark = "," if name == "a.csv" else "\t"
    read_or_refused(tries(name, table(name) + (mark * 1_000_000).encode() + b"\n"))


@every_text
def test_a_header_of_a_hundred_thousand_columns_is_refused_or_read_in_time(tries, name):
    header = ("zh", "en", *(f"c{number}" for number in range(100_000)))
    read_or_refused(tries(name, table(name, header=header)))


@every_text
def test_half_a_million_empty_lines_are_passed_over(tries, name):
    assert read_or_refused(tries(name, table(name) + b"\n" * 500_000 + table(name)[6:]), units=4)


@every_text
@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("index", "9" * 5000),
        ("index", "²"),
        ("index", "-1"),
        ("date", "2021-02-30"),
        ("date", "20210230T000000Z"),
        ("date", "9" * 5000),
        ("date", "0001-01-01T00:00:00+23:59"),
        ("date", "9999-12-31T23:59:59-23:59"),
        ("changed", "yesterday"),
        ("status", "=1+1"),
    ],
)
def test_a_value_that_is_none_is_refused_with_its_line(tries, name, title, value):
    found = tries(name, table(name, [("甲", "a", ""), ("乙", "b", value)], ("zh", "en", title)))
    if not read_or_refused(found):
        for way, tried in found.items():
            assert f"{name}:3" in tried.err, (way, tried.err)


@every_text
@pytest.mark.parametrize("code", ["\x01", "\x1b[2J", "\ufffe", "\x85", "\u2028", "\u202e"])
def test_a_control_character_is_refused_or_kept_and_never_reaches_a_memory(tries, folder, name, code):
    found = tries(name, table(name, [("甲", f"a{code}b"), ("乙", "b")]))
    read_or_refused(found)
    assert "\x1b" not in found["check"].out + found["check"].err
    if (folder / "tmx/mine.tmx").exists():
        assert not {"\x01", "\x1b", "\ufffe"} & set((folder / "tmx/mine.tmx").read_text(encoding="utf-8"))


@every_text
def test_a_lone_surrogate_is_refused_or_kept_out_of_the_memory(tries, name):
    raw = table(name, [("甲", "a@b")]).replace(b"@", b"\xed\xa0\x80")
    read_or_refused(tries(name, raw))
    read_or_refused(tries(name, b"\xff\xfe" + table(name).decode().encode("utf-16-le") + b"\x00\xd8\n\0"))


# --- Workbooks ---------------------------------------------------------------------------------------

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


def workbook(members):
    """A workbook with some members replaced or added; None takes one away."""
    stream = io.BytesIO()
    units = [
        Unit(id=f"{n}", source=Segment(lang="zh-CN", text=zh), target=Segment(lang="en", text=en))
        for n, (zh, en) in enumerate(LINES)
    ]
    xlsx.write(Memory(name="m", header=Header(), units=units), stream)
    bent = io.BytesIO()
    with zipfile.ZipFile(stream) as given, zipfile.ZipFile(bent, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            if name not in members:
                archive.writestr(name, given.read(name))
        for name, content in members.items():
            if content is not None:
                archive.writestr(name, content)
    return bent.getvalue()


def text(place, value):
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


TITLES = f'<row r="1">{text("A1", "zh")}{text("B1", "en")}</row>'


def sheet(rows, before="", after=""):
    head = f'<?xml version="1.0"?><worksheet xmlns="{SPACE}">{before}'
    return f"{head}<sheetData>{TITLES}{rows}</sheetData>{after}</worksheet>"


def test_the_workbook_that_is_bent_here_is_whole(tries):
    raw = workbook({SHEET: sheet(f'<row r="2">{text("A2", "甲")}{text("B2", "a")}</row>')})
    assert read_or_refused(tries("a.xlsx", raw), units=1)


def test_what_a_sheet_says_of_its_size_is_not_believed(tries):
    rows = f'<row r="2">{text("A2", "甲")}{text("B2", "a")}</row>'
    raw = workbook({SHEET: sheet(rows, before='<dimension ref="A1:XFD1048576"/>')})
    assert read_or_refused(tries("a.xlsx", raw), units=1)


MANY = " ".join(f'a{n}="1"' for n in range(200_000))
BOMBS = {
    "a cell at the far end": sheet(f'<row r="1048576">{text("XFD1048576", "甲")}</row>'),
    "a row beyond all rows": sheet(f'<row r="2000000000">{text("A2000000000", "甲")}</row>'),
    "a column beyond all columns": sheet(f'<row r="2">{text("ZZZZZZ2", "甲")}</row>'),
    "a row beyond all rows under nothing": sheet("").replace(TITLES, '<row r="2000000000"><c/></row>'),
    "a row before the first": sheet(f'<row r="-5">{text("A2", "甲")}</row>'),
    "a row of no number": sheet(f'<row r="x">{text("A2", "甲")}</row>'),
    "a cell of no place": sheet(f'<row r="2">{text("??", "甲")}</row>'),
    "a cell in another row": sheet(f'<row r="2">{text("A99999999", "甲")}</row>'),
    "a hundred thousand cells in a row": sheet(f'<row r="2">{"<c/>" * 100_000}</row>'),
    "a million rows": sheet("<row/>" * 1_000_000),
    "far cells in every row": sheet(
        "".join(f'<row r="{n}">{text(f"XFD{n}", "x")}</row>' for n in range(2, 20_000))
    ),
    "a shared text that is not there": sheet('<row r="2"><c r="A2" t="s"><v>99999999</v></c></row>'),
    "a shared text before the first": sheet('<row r="2"><c r="A2" t="s"><v>-99</v></c></row>'),
    "a shared text of no number": sheet('<row r="2"><c r="A2" t="s"><v>x</v></c></row>'),
    "a number beyond all numbers": sheet('<row r="2"><c r="A2"><v>1e999</v></c></row>'),
    "a number of 5000 digits": sheet(f'<row r="2"><c r="A2"><v>{"9" * 5000}</v></c></row>'),
    "a number that is none": sheet('<row r="2"><c r="A2"><v>NaN</v></c></row>'),
    "half a surrogate": sheet(f'<row r="2">{text("A2", "_xD800_")}{text("B2", "a_xDC00_")}</row>'),
    "a control character": sheet(f'<row r="2">{text("A2", "_x0000_甲")}{text("B2", "_x001B_[2J")}</row>'),
    "a date that is none": sheet('<row r="2"><c r="A2" t="d"><v>2021-02-30</v></c></row>'),
    "a style that is not there": sheet('<row r="2"><c r="A2" s="99999999"><v>1</v></c></row>'),
    "a style before the first": sheet('<row r="2"><c r="A2" s="-9999"><v>1</v></c></row>'),
    "a kind that is none": sheet('<row r="2"><c r="A2" t="zz"><v>1</v></c></row>'),
    "a formula": sheet('<row r="2"><c r="A2"><f>WEBSERVICE("http://127.0.0.1:9")</f><v>1</v></c></row>'),
    "a shared formula": sheet('<row r="2"><c r="A2"><f t="shared" ref="A2:XFD9" si="0">1</f></c></row>'),
    "an array formula": sheet('<row r="2"><c r="A2"><f t="array" ref="A2:XFD1048576">1</f></c></row>'),
    "a table formula": sheet('<row r="2"><c r="A2"><f t="dataTable" ref="??">1</f></c></row>'),
    "merged cells": sheet("", after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "a link to another file": sheet("", after='<hyperlinks><hyperlink ref="A1" r:id="r9"/></hyperlinks>'),
    "a text of 40 MB": sheet(f'<row r="2">{text("A2", "甲" * 14_000_000)}</row>'),
    "deep runs": sheet(f'<row r="2"><c r="A2" t="inlineStr">{"<is>" * 90_000}{"</is>" * 90_000}</c></row>'),
    "many attributes": sheet(f"<row {MANY}/>"),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_sheet_that_is_made_to_do_harm_is_read_or_refused_in_time(tries, bomb):
    read_or_refused(tries("a.xlsx", workbook({SHEET: bomb})))


@pytest.mark.parametrize("name", ["a formula", "a shared formula", "an array formula", "a table formula"])
def test_a_formula_is_refused_with_its_line(refused, name):
    refused("a.xlsx", workbook({SHEET: BOMBS[name]}), "A2", line=2)


STRINGS = '<?xml version="1.0"?><sst xmlns="{space}" count="{count}">{texts}</sst>'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheets(count, target):
    """The parts that say that there are so many sheets, which lie there."""
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, count + 1))
    related = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="{target}"/>'
        for n in range(1, count + 1)
    )
    return {
        "xl/workbook.xml": f'<workbook xmlns="{SPACE}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
    }


PARTS = {
    "five million shared texts": {
        "xl/sharedStrings.xml": STRINGS.format(space=SPACE, count=9, texts="<si><t>x</t></si>" * 5_000_000)
    },
    "a count of shared texts that lies": {
        "xl/sharedStrings.xml": STRINGS.format(space=SPACE, count=2**62, texts="<si><t>x</t></si>")
    },
    "a million styles": {
        "xl/styles.xml": f'<styleSheet xmlns="{SPACE}"><cellXfs>{"<xf/>" * 1_000_000}</cellXfs></styleSheet>'
    },
    "no styles": {"xl/styles.xml": None},
    "no sheet": {SHEET: None},
    "no workbook": {"xl/workbook.xml": None},
    "no list of types": {"[Content_Types].xml": None},
    "ten thousand sheets in one": sheets(10_000, "worksheets/sheet1.xml"),
    "a sheet outside": sheets(1, "../../../../etc/hostname"),
    "a sheet at the root": sheets(1, "/etc/hostname"),
    "a sheet on a server": sheets(1, "http://127.0.0.1:9/sheet1.xml"),
    "a sheet that is the workbook": sheets(1, "workbook.xml"),
    "a chain of relations to itself": sheets(1, "_rels/workbook.xml.rels"),
}


@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS)
def test_a_workbook_that_is_made_to_do_harm_is_read_or_refused_in_time(tries, parts):
    found = tries("a.xlsx", workbook(parts))
    read_or_refused(found)
    for tried in found.values():
        assert not [line for line in tried.touched if "/etc/" in line or line.startswith("socket")]
