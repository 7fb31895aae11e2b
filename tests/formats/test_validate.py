"""The TMX validator: exact places, every fault in one run, oracles, bounded time and memory."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tm.formats import tmx
from tm.formats.tmx_rules.rule import Level
from tm.formats.tmx_validate import Report, validate
from tm.formats.tmx_validate_quick import Quick
from tm.formats.tmx_validate_report import as_json, as_sarif
from tm.formats.tmx_validate_schema import ELEMENTS, VERSIONS, Schema, schema

DATA = os.environ.get("TM_TEST_DATA", "")
FAULTS = Path(__file__).parent.parent / "data/validate"
SECONDS = 5
ATTRIBUTES = (
    'creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="zh-CN"'
    ' datatype="x"'
)
HEAD = f'<tmx version="1.4">\n<header {ATTRIBUTES}/>\n<body>\n'
UNIT = '<tu><tuv xml:lang="zh-CN"><seg>甲</seg></tuv>\n<tuv xml:lang="en"><seg>a</seg></tuv></tu>\n'
TAIL = "</body>\n</tmx>\n"


def report(text: str | bytes, encoding: str = "utf-8") -> Report:
    return validate(io.BytesIO(text if isinstance(text, bytes) else text.encode(encoding)), path="f.tmx")


def found(text: str | bytes) -> list[tuple[str, int, int, str]]:
    return [(fault.rule, fault.line, fault.column, fault.unit) for fault in report(text).faults]


# --- Golden files -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(FAULTS.glob("*.tmx")), ids=lambda path: path.stem)
def test_a_broken_file_has_exactly_the_findings_beside_it(path: Path, request: pytest.FixtureRequest) -> None:
    document = as_json([validate(io.BytesIO(path.read_bytes()), path=path.name)])
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    golden = path.with_suffix(".json")
    if request.config.getoption("--update-golden"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == text


# --- Places -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
def test_columns_count_characters_in_every_encoding(encoding: str, end: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?>\n{HEAD}{UNIT}{UNIT.replace("甲", "𠀀甲 & 乙")}{TAIL}'
    (fault,) = [one for one in report(text.replace("\n", end), encoding).faults if one.rule == "V107"]
    assert (fault.line, fault.column, fault.unit) == (7, 35, "#2")


def test_all_faults_are_found_in_one_run() -> None:
    bad = UNIT.replace("甲", "甲&").replace("<tu>", '<tu tuid="u" creationdate="20240230T000000Z">')
    text = HEAD + UNIT + bad.replace("en", "en_US") + "<b>\n</tuv>" + UNIT.replace("甲", "&nbsp;")
    assert found(text) == [
        ("V306", 6, 28, "u"),
        ("V107", 6, 74, "u"),
        ("V303", 7, 16, "u"),
        ("V204", 8, 1, ""),
        ("V111", 9, 1, ""),
        ("V501", 9, 33, "#3"),
        ("V109", 9, 38, "#3"),
        ("V115", 11, 1, ""),
    ]


def test_faults_stand_in_the_order_of_the_file() -> None:
    text = HEAD + (UNIT.replace("甲", "&").replace("en", "en_US") + UNIT.replace("a<", "<")) * 30 + TAIL
    places = [(line, column) for _rule, line, column, _unit in found(text)]
    assert places == sorted(places)
    assert len(places) >= 90


# --- Oracles ----------------------------------------------------------------------------------------


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="TM_TEST_DATA is not set: no third-party files to read")
def test_the_verdict_on_public_files_is_that_of_the_document_type() -> None:
    """Apart from what is only deprecated or foreign, and from codes whose pairs no document type can see."""
    folder = Path(DATA) / "tmx/public"
    with (folder / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        index = list(csv.DictReader(stream, delimiter="\t"))
    assert len(index) == 155
    lenient = {"omegat__en-ca.tmx", "omegat__test-omegat-invalid.tmx", "pytmx__namespaces.tmx"}
    for known in index:
        name, verdict = known["file"], known["valid by the TMX 1.4b DTD (lxml)"]
        start = time.process_time()
        got = report((folder / name).read_bytes())
        assert time.process_time() - start < SECONDS
        expected = known["a correct reader yields"]
        if not expected.startswith("error"):
            assert got.units == int(expected.split(" ", maxsplit=1)[0]), name
        if verdict == "valid":
            assert got.valid or set(got.counts) == {"V402", "V403"}, name
        elif verdict.startswith("INVALID"):
            assert not got.valid or name in lenient, name
        assert got.readable == (not expected.startswith("error") or name.endswith(".zip")), name


def dtd(model: Schema) -> etree.DTD:
    """The tables of a version as a document type, for libxml2 to judge by."""
    lines = []
    for name, element in model.elements.items():
        if name == "tmx":
            content = "(header, body)"
        elif element.text:
            content = "(#PCDATA" + "".join(f"|{child}" for child in element.children) + ")*"
        elif element.then:
            content = f"(({'|'.join(element.first)})*, {element.then[0]}{'+' if name == 'tu' else ''})"
        elif name == "ude":
            content = "(map+)"
        else:
            content = f"({'|'.join(element.first)})*" if element.first else "EMPTY"
        lines.append(f"<!ELEMENT {name} {content}>")
        values = dict(element.values)
        for attribute in element.attributes:
            kind = f"({'|'.join(values[attribute])})" if attribute in values else "CDATA"
            need = "#REQUIRED" if attribute in element.required else "#IMPLIED"
            lines.append(f"<!ATTLIST {name} {attribute} {kind} {need}>")
        if name in {"tuv", "note", "prop"}:
            need = "#REQUIRED" if name == "tuv" else "#IMPLIED"
            lines.append(f"<!ATTLIST {name} xml:lang CDATA {need}>")
    return etree.DTD(io.StringIO("\n".join(lines)))


NAMES = st.sampled_from(sorted(ELEMENTS - {"tmx", "header", "body", "ude", "map"}))
PAIRS = st.sampled_from(
    [
        'i="1"',
        'x="1"',
        'pos="begin"',
        'pos="middle"',
        'type="t"',
        'xml:lang="en"',
        'tuid="1"',
        'segtype="block"',
        'foo="1"',
    ]
)


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    name = draw(NAMES)
    pairs = " ".join(["", *draw(st.lists(PAIRS, max_size=3, unique_by=lambda pair: pair.split("=")[0]))])
    inside = draw(st.lists(elements(depth + 1) | st.sampled_from(["", "t"]), max_size=3)) if depth < 3 else []
    return f"<{name}{pairs}>{''.join(inside)}</{name}>"


@settings(max_examples=300)
@given(st.lists(elements() | st.just(UNIT), min_size=1, max_size=3), st.sampled_from(["1.2", "1.4"]))
def test_a_tree_is_valid_by_our_tables_when_libxml2_finds_it_valid(parts: list[str], version: str) -> None:
    text = HEAD.replace("1.4", version) + "".join(parts) + TAIL
    model = schema(version)
    valid = dtd(model).validate(etree.fromstring(text.encode()))
    got = report(text)
    ours = not {rule for rule in got.counts if rule[:2] == "V2" or rule == "V301"}
    assert ours == valid


def test_every_version_has_tables_for_every_element_it_knows() -> None:
    for version in VERSIONS:
        known = set(schema(version).elements)
        assert known == (ELEMENTS - {"hi"} if version == "1.1" else ELEMENTS)


PIECES = st.sampled_from(
    [
        *[
            "甲",
            "a",
            " ",
            "&amp;",
            "&lt;b&gt;",
            "&#32;",
            "&",
            "\ufffd",
            "<ph/>",
            "<ph>&lt;</ph>",
            "<hi>b</hi>",
        ],
        *['<bpt i="1"/>', '<ept i="1"/>', "<!-- > -->", "<?p ?>", "]]>", "\x0b", "<![CDATA[x]]>", "<b/>"],
    ]
)


@st.composite
def units(draw: st.DrawFn) -> str:
    texts = ["".join(draw(st.lists(PIECES, max_size=3))) for _side in range(2)]
    attribute = draw(
        st.sampled_from(
            [
                "",
                ' tuid="1"',
                ' tuid="2"',
                ' creationdate="20240101T000000Z"',
                ' changedate="2024"',
                ' srclang="fr"',
            ]
        )
    )
    lang = draw(st.sampled_from(["en", "en", "zh-CN", "en_US"]))
    between = draw(st.sampled_from(["", "\n", "x", '<prop type="a>b">c</prop>', "<note>n</note>"]))
    return (
        f'<tu{attribute}>{between}<tuv xml:lang="zh-CN"><seg>{texts[0]}</seg></tuv>'
        f'<tuv xml:lang="{lang}"><seg>{texts[1]}</seg></tuv></tu>\n'
    )


@settings(max_examples=300)
@given(st.lists(units(), max_size=4), st.integers(1, 3))
def test_the_quick_way_finds_what_the_slow_way_finds(some: list[str], times: int) -> None:
    text = HEAD + "".join(some) * times + TAIL
    quick = report(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Quick, "take", lambda _self, _at: -1)
        assert report(text) == quick


def test_clean_units_are_taken_the_quick_way() -> None:
    taken = []
    with pytest.MonkeyPatch.context() as patch:
        whole = Quick.take

        def counting(self: Quick, at: int) -> int:
            end = whole(self, at)
            taken.append(end >= 0)
            return end

        patch.setattr(Quick, "take", counting)
        text = "".join(UNIT.replace("甲", f"甲{n}").replace("<tu>", f'<tu tuid="{n}">') for n in range(50))
        assert report(HEAD + text + TAIL).units == 50
    assert sum(taken) == 49


def test_a_clean_file_costs_little_more_than_reading_it(cpu_seconds) -> None:
    body = "".join(
        f'<tu tuid="{n}" creationdate="20250101T000000Z"><prop type="x-release">{n % 7}</prop>'
        f'<tuv xml:lang="zh-CN"><seg>{"中国四川省人民政府" * 4}{n}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{"the provincial government " * 4}{n} &amp; a'
        '<ph x="1">&lt;br/&gt;</ph></seg></tuv></tu>\n'
        for n in range(6000)
    ).replace("</seg></tuv><tuv", '<ph x="1">&lt;br/&gt;</ph></seg></tuv><tuv')
    raw = (HEAD + body + TAIL).encode()
    assert not report(raw).faults
    reading = cpu_seconds(lambda: sum(1 for _unit in tmx.read(io.BytesIO(raw))))
    validating = cpu_seconds(lambda: report(raw))
    assert validating < 2.5 * reading


def test_units_that_stood_before_are_taken_the_quick_way_with_line_column_and_unit() -> None:
    one_line = UNIT.replace("</tuv>\n", "</tuv>")
    text = "".join(one_line.replace("<tu>", start) for start in ['<tu tuid="1">'] * 3 + ["<tu>"] * 2)
    taken: list[int] = []
    whole = Quick.take

    def noted(quick: Quick, at: int) -> int:
        taken.append(whole(quick, at))
        return taken[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Quick, "take", noted)
        repeated = report(HEAD + text + TAIL)
    assert sum(end >= 0 for end in taken) == 2
    line = HEAD.count("\n") + 1
    assert [(one.rule, one.line, one.column, one.unit) for one in repeated.faults] == [
        *[("V503", line + 1, 1, "1"), ("V504", line + 1, 5, "1")],
        *[("V503", line + 2, 1, "1"), ("V504", line + 2, 5, "1")],
        *[("V503", line + 3, 1, "#4"), ("V503", line + 4, 1, "#5")],
    ]
    assert f"line {line}" in repeated.faults[1].message


def test_a_file_of_repeated_units_costs_little_more_than_one_without(cpu_seconds) -> None:
    def raw(kinds: int) -> bytes:
        units = (
            f'<tu tuid="{n % kinds}">{UNIT.strip()[4:]}'.replace("甲", f"甲{n % kinds}") for n in range(6000)
        )
        return (HEAD + "\n".join(units) + TAIL).encode()

    clean, repeated = raw(6000), raw(5)
    assert report(repeated).counts == {"V503": 5995, "V504": 5995}
    assert cpu_seconds(lambda: report(repeated)) < 5 * cpu_seconds(lambda: report(clean))


def test_a_unit_that_never_closes_or_holds_no_tuv_is_no_whole_unit() -> None:
    assert report(HEAD + "<tu>" * 50).units == 0
    assert report(HEAD + "<tu></tu>" * 50 + TAIL).units == 0
    assert not report(HEAD + "<tu></tu>" * 50 + TAIL).readable
    inside = report(HEAD + f"<tu>{UNIT.strip()}</tu>" + TAIL)
    assert inside.units == 1
    assert not inside.valid


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
def test_memory_does_not_grow_with_the_file() -> None:
    peaks = []
    for count in (2_000, 60_000):
        raw = (HEAD + "".join(UNIT.replace("甲", f"甲{n}{'乙' * 200}") for n in range(count)) + TAIL).encode()
        done = subprocess.run([sys.executable, "-c", STREAMED], input=raw, capture_output=True, check=True)
        units, peak = map(int, done.stdout.split())
        assert units == count
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 24


# --- What a file may be -----------------------------------------------------------------------------


@pytest.mark.parametrize("pack", [gzip.compress, bytes])
def test_a_clean_file_has_no_findings_packed_or_not(pack) -> None:
    got = report(pack((HEAD + UNIT + TAIL).encode()))
    assert (got.units, got.languages, got.faults) == (1, {"en": 1, "zh-CN": 1}, ())
    assert got.valid
    assert got.readable


@pytest.mark.parametrize("keep", range(0, 100, 7))
def test_a_truncated_file_says_how_many_units_are_whole(keep: int) -> None:
    whole = (HEAD + UNIT * 20 + TAIL).encode()
    raw = whole[: len(whole) * keep // 100]
    got = report(raw)
    assert got.units == raw.count(b"</tu>")
    assert not got.valid
    if b"<tmx " in raw:
        said = next(fault.message for fault in got.faults if fault.rule == "V115")
        assert f"{got.units} whole unit" in said


@pytest.mark.parametrize(
    ("declared", "actual"),
    [("UTF-8", "gb18030"), ("GB18030", "utf-8"), ("klingon", "utf-8"), ("UTF-16", "utf-8")],
)
def test_a_wrong_declaration_is_one_finding_and_the_text_is_read(declared: str, actual: str) -> None:
    text = "全省各级各部门要认真贯彻落实会议精神，切实加强组织领导，确保各项工作任务落到实处。"
    body = "".join(UNIT.replace("甲", f"{text}{n}") for n in range(20))
    raw = f'<?xml version="1.0" encoding="{declared}"?>\n{HEAD}{body}{TAIL}'.encode(actual)
    got = report(raw)
    assert set(got.counts) == {"V103"}
    assert got.units == 20


def test_scattered_bad_bytes_are_named_one_by_one() -> None:
    raw = (HEAD + UNIT * 3 + TAIL).encode().replace(b">a<", b">caf\xe9 \xff\xfe!<")
    faults = [fault for fault in report(raw).faults if fault.rule == "V104"]
    assert len(faults) == 6
    assert "0xE9" in faults[0].message
    assert "0xFF 0xFE" in faults[1].message


def test_faults_beyond_the_limit_are_counted() -> None:
    text = (HEAD + UNIT.replace("甲", "&") * 50 + TAIL).encode()
    got = validate(io.BytesIO(text), limit=10)
    assert len(got.faults) == 10
    assert got.counts["V107"] == 50
    assert got.unlisted == sum(got.counts.values()) - 10
    assert got.levels[Level.ERROR] == 50
    assert as_json([got])["files"][0]["unlisted"] == got.unlisted


def test_sarif_names_every_rule_with_its_page_and_counts_code_points() -> None:
    run = as_sarif([report(HEAD + UNIT.replace("甲", "&"))], version="1")["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert all("How to fix: " in rule["help"]["text"] for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["region"]["startColumn"] >= 1


# --- Bad input --------------------------------------------------------------------------------------

MANY = 300_000
HOSTILE = {
    "depth": HEAD + "<a>" * 100_000,
    "depth in a seg": HEAD + UNIT.replace(">a<", ">" + "<hi>" * 100_000 + "</hi>" * 100_000 + "<") + TAIL,
    "long text": HEAD + UNIT.replace(">a<", ">" + "x" * 11_000_000 + "<") + TAIL,
    "ampersands": HEAD + UNIT.replace(">a<", ">" + "&" * MANY + "<") + TAIL,
    "attributes": HEAD
    + UNIT.replace("<tuv", "<tuv " + " ".join(f'a{n}="1"' for n in range(200_000)), 1)
    + TAIL,
    "elements": HEAD + "<tu>" + "<a/>" * MANY,
    "comments": HEAD + "<!--" * MANY,
    "sections": HEAD + "<![CDATA[" * MANY,
    "tags": HEAD + "<tu " * MANY,
    "quotes": HEAD + '<tu a="' * MANY,
    "ends": HEAD + "</tu>" * MANY,
    "units": HEAD + "<tu>" * MANY,
    "doctypes": "<!DOCTYPE tmx [" * MANY,
    "bomb": '<!DOCTYPE tmx [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30))
    + f"]>{HEAD}&a29;{TAIL}",
    "controls": HEAD + UNIT.replace(">a<", ">" + "\x01" * 3_000_000 + "<") + TAIL,
    "dashes": HEAD + "<!--" + "-" * 3_000_000 + "-->" + TAIL,
    "zeros behind": HEAD + UNIT + TAIL + "\0" * 10_000_000,
    "variants": HEAD + "<tu>" + '<tuv xml:lang="en"><seg>a</seg></tuv>' * 40_000 + "</tu>" + TAIL,
}
STREAMED = """
import sys
from pathlib import Path
from tm.formats.tmx_validate import validate
got = validate(sys.stdin.buffer)
status = Path("/proc/self/status").read_text()
print(got.units, int(status.split("VmHWM:")[1].split()[0]) >> 10)
"""
PEAK = """
import io, sys, time
from pathlib import Path
from tm.formats.tmx_validate import validate
raw = sys.stdin.buffer.read()
start = time.process_time()
got = validate(io.BytesIO(raw))
status = Path("/proc/self/status").read_text()
print(time.process_time() - start, int(status.split("VmHWM:")[1].split()[0]) >> 10, len(got.faults) > 0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_costs_little_time_and_memory(raw: str) -> None:
    done = subprocess.run([sys.executable, "-c", PEAK], input=raw.encode(), capture_output=True, check=True)
    seconds, peak, faulty = done.stdout.split()
    assert float(seconds) < SECONDS
    assert int(peak) < 256
    assert faulty == b"True"


@settings(max_examples=300)
@given(st.data())
def test_whatever_is_changed_in_a_file_there_is_a_report(data: st.DataObject) -> None:
    raw = bytearray((f'<?xml version="1.0"?><!DOCTYPE tmx>{HEAD}{UNIT * 3}{TAIL}').encode())
    for _change in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 4))] = data.draw(
            st.binary(max_size=3)
            | st.sampled_from([b"<", b">", b"&", b'"', b"</seg>", b"<tu>", b"<!--", b"]]>"])
        )
    got = report(bytes(raw))
    assert 0 <= got.units <= 4
    well_formed = True
    try:
        etree.fromstring(bytes(raw), etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        well_formed = False
    assert well_formed or not got.valid, "what libxml2 cannot read has an error"
