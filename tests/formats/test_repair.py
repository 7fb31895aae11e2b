"""Mending a TMX: only what is certain, byte for byte elsewhere, never a unit lost, and nothing left to do."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tm.formats.tmx_repair import Repaired, repair
from tm.formats.tmx_rules.rule import Level
from tm.formats.tmx_validate import validate

DATA = os.environ.get("TM_TEST_DATA", "")
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="x"'
    ' creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="zh-CN" datatype="x"/>\n'
    "<body>\n"
)
UNIT = '<tu><tuv xml:lang="zh-CN"><seg>甲</seg></tuv>\n<tuv xml:lang="en"><seg>a</seg></tuv></tu>\n'
TAIL = "</body>\n</tmx>\n"


def mended(text: str | bytes, encoding: str = "utf-8") -> tuple[Repaired, bytes]:
    out = io.BytesIO()
    raw = text if isinstance(text, bytes) else text.encode(encoding)
    return repair(io.BytesIO(raw), out, path="f.tmx"), out.getvalue()


def units(count: int) -> list[str]:
    return [UNIT.replace("甲", f"甲{n}").replace(">a<", f">a{n}<") for n in range(count)]


CERTAIN = {
    "control character": ("甲", "甲\x01", "甲"),
    "vertical tab": ("甲", "甲\x0b乙", "甲 乙"),
    "reference to a control character": ("甲", "甲&#x2;", "甲"),
    "surrogates": ("甲", "&#xD83D;&#xDE00;", "&#x1F600;"),
    "half a surrogate": ("甲", "甲&#xD800;", "甲"),
    "ampersand": ("甲", "甲&乙", "甲&amp;乙"),
    "less than": ("甲", "p < 1", "p &lt; 1"),
    "html entity": ("甲", "1&nbsp;m&hellip;", "1&#160;m&#8230;"),
    "end of a section": ("甲", "甲]]>", "甲]]&gt;"),
    "date": ("<tu>", '<tu creationdate="2010-01-01T08:00:00+08:00">', '<tu creationdate="20100101T000000Z">'),
    "language": ('"zh-CN"><seg', '"zh_CN"><seg', '"zh-CN"><seg'),
    "lang": ('xml:lang="en"', 'lang="en"', 'xml:lang="en"'),
    "quotation marks": ('xml:lang="en"', "xml:lang=en", 'xml:lang="en"'),
    "open quotation mark": ('xml:lang="en"', 'xml:lang="en', 'xml:lang="en"'),
    "blank": ("<tu>", '<tu tuid="1"creationid="b">', '<tu tuid="1" creationid="b">'),
    "same attribute twice": ("<tu>", '<tu tuid="1" tuid="1">', '<tu tuid="1">'),
    "case of an attribute": ("<tu>", '<tu TUID="1">', '<tu tuid="1">'),
    "case of a value": ("<tu>", '<tu segtype="Sentence">', '<tu segtype="sentence">'),
    "case of an end tag": ("a</seg>", "a</SEG>", "a</seg>"),
    "missing end tag": ("a</seg></tuv>", "a</tuv>", "a</seg></tuv>"),
    "end tag too many": ("a</seg>", "a</seg></seg>", "a</seg>"),
    "order": ("<seg>a</seg>", '<seg>a</seg><prop type="x">b</prop>', '<prop type="x">b</prop><seg>a</seg>'),
    "begin alone": ("甲", '<bpt i="1" x="2">b</bpt>甲', '<it pos="begin" x="2">b</it>甲'),
    "end alone": ("甲", '甲<ept i="1"/>', '甲<it pos="end"/>'),
    "empty unit": (TAIL, "<tu></tu>\n" + TAIL, TAIL),
    "no header": (HEAD[HEAD.index("<header") : HEAD.index("<body")], "", None),
    "missing attribute": (' o-tmf="x"', "", None),
    "no version": (' version="1.4"', "", ' version="1.4"'),
    "version": ('version="1.4">\n<h', 'version="1.4b">\n<h', 'version="1.4">\n<h'),
    "zeros behind": ("</tmx>\n", "</tmx>\n\0\0\0", "</tmx>"),
    "blank before": ("<?xml", "\n\n<?xml", "<?xml"),
    "declared entity": ("<tmx ", '<!DOCTYPE tmx [<!ENTITY x "y">]>\n<tmx ', "<!DOCTYPE tmx []>\n<tmx "),
    "no body": ("<body>\n", "", None),
}


@pytest.mark.parametrize(("right", "wrong", "result"), CERTAIN.values(), ids=CERTAIN)
def test_what_is_certain_is_mended_and_nothing_else_changes(
    right: str, wrong: str, result: str | None
) -> None:
    good = HEAD + UNIT + UNIT.replace("甲", "乙二") + TAIL
    at = good.index(right)
    bad = good[:at] + wrong + good[at + len(right) :]
    repaired, raw = mended(bad)
    assert repaired.changes
    assert repaired.after.valid, [fault.message for fault in repaired.after.faults]
    assert repaired.after.units == 2
    if result is not None:
        assert (
            raw.decode() == good[:at] + result + good[at + len(right) :]
            or raw.decode().strip() == good.strip()
        )
    etree.fromstring(raw)


UNCERTAIN = {
    "two segs": ("<seg>a</seg>", "<seg>a</seg><seg>b</seg>"),
    "no seg": ("<seg>a</seg>", ""),
    "no language": (' xml:lang="en"', ""),
    "which Chinese": ('"zh-CN"><seg', '"Chinese"><seg'),
    "no time zone": ("<tu>", '<tu creationdate="20100101T000000">'),
    "no such day": ("<tu>", '<tu creationdate="20240230T000000Z">'),
    "unknown entity": ("甲", "&foo;"),
    "unknown element": ("甲", "<b>甲</b>"),
    "different values": ("<tu>", '<tu tuid="1" tuid="2">'),
    "crossed": ("甲", '<ept i="1"/>甲<bpt i="1"/>'),
    "text in a tuv": ("<seg>a</seg>", "b<seg>a</seg>"),
}


@pytest.mark.parametrize(("right", "wrong"), UNCERTAIN.values(), ids=UNCERTAIN)
def test_what_is_not_certain_stays_byte_for_byte_and_is_reported(right: str, wrong: str) -> None:
    bad = (HEAD + UNIT + TAIL).replace(right, wrong, 1)
    repaired, raw = mended(bad)
    assert raw.decode() == bad
    assert not repaired.changes
    assert repaired.after == repaired.before
    assert repaired.after.faults


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-32"])
def test_encoding_and_byte_order_mark_stay(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    good = HEAD.replace("UTF-8", name) + "".join(units(3)) + TAIL
    repaired, raw = mended(good.replace("a1", "a&1"), encoding)
    assert raw == good.replace("a1", "a&amp;1").encode(encoding)
    assert repaired.mended == 1


def test_bytes_without_meaning_stay_as_they_are() -> None:
    bad = (HEAD + "".join(units(3)) + TAIL).encode().replace(b"a1", b"\xff&")
    repaired, raw = mended(bad)
    assert raw == bad.replace(b"&", b"&amp;")
    assert set(repaired.after.counts) == {"V104"}


def test_a_wrong_declaration_is_corrected() -> None:
    text = "全省各级各部门要认真贯彻落实会议精神，切实加强组织领导。"
    good = HEAD + "".join(UNIT.replace("甲", f"{text}{n}") for n in range(9)) + TAIL
    repaired, raw = mended(good, "gb18030")
    assert raw == good.replace("UTF-8", "GB18030").encode("gb18030")
    assert repaired.after.faults == ()


def whole_units(raw: bytes) -> int:
    return raw.count(b"</tu>")


def test_a_file_cut_off_anywhere_gives_back_exactly_its_whole_units() -> None:
    whole = (HEAD + "".join(units(3)) + TAIL).encode()
    for cut in range(len(whole)):
        raw = whole[:cut]
        repaired, out = mended(raw)
        assert repaired.before.units == whole_units(raw)
        if whole_units(raw):
            assert repaired.written
            assert whole_units(out) == whole_units(raw)
            assert out.startswith(raw[: raw.rindex(b"</tu>") + 5])
            assert len(etree.fromstring(out).findall("body/tu")) == whole_units(raw)
            assert repaired.after.valid
        else:
            assert not repaired.before.valid


def test_what_is_no_tmx_is_not_written() -> None:
    for raw in (b"", b"<html><body>404</body></html>", b"Dear all", b"\x1f\x8bbroken"):
        repaired, out = mended(raw)
        assert not repaired.written
        assert out == b""


def test_of_units_that_never_close_no_unit_is_made() -> None:
    few, out = mended(HEAD + "<tu>" * 500)
    assert few.before.units == few.after.units == 0
    assert etree.fromstring(out).findall("body/tu") == []
    many, out = mended(HEAD + "<tu>" * 40_000)
    assert many.after.units == 0
    assert not many.written
    assert out == b""


DAMAGE = st.sampled_from(
    [
        *[
            b"<",
            b">",
            b"&",
            b'"',
            b"\x01",
            b"&nbsp;",
            b"</seg>",
            b"<tu>",
            b"</tu>",
            b"</tuv>",
            b"<!--",
            b"]]>",
        ],
        *[b"<b>", b"\xff", b'<bpt i="1"/>', b'<ept i="1"/>', b" a=b ", b"</body>", b"<note>n</note>"],
    ]
)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.floats(0, 1), DAMAGE), min_size=1, max_size=3))
def test_mending_loses_no_whole_pair_and_the_second_time_changes_nothing(
    damage: list[tuple[float, bytes]],
) -> None:
    whole = (HEAD + "".join(units(6)) + TAIL).encode()
    begin, end = len(HEAD.encode()), len(whole) - len(TAIL)
    raw = bytearray(whole)
    for share, piece in sorted(damage, reverse=True):
        at = begin + int((end - begin) * share)
        raw[at:at] = piece
    repaired, out = mended(bytes(raw))
    for unit in units(6):
        if unit.strip().encode() in bytes(raw):
            assert unit.strip().encode() in out
    again, once_more = mended(out)
    assert once_more == out
    assert again.mended == 0
    if repaired.after.valid:
        etree.fromstring(out)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.floats(0, 1), DAMAGE), min_size=1, max_size=3))
def test_mending_never_leaves_more_errors_than_there_were(damage: list[tuple[float, bytes]]) -> None:
    whole = bytearray((HEAD + "".join(units(3)) + TAIL).encode())
    for share, piece in damage:
        at = int(len(whole) * share)
        whole[at:at] = piece
    repaired, out = mended(bytes(whole))
    before, after = (one.levels.get(Level.ERROR, 0) for one in (repaired.before, repaired.after))
    assert after <= before or not repaired.written
    if repaired.written:
        assert validate(io.BytesIO(out), path="f.tmx") == repaired.after


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="TM_TEST_DATA is not set: no third-party files to read")
def test_public_files_lose_no_unit_and_are_mended_once() -> None:
    for path in sorted((Path(DATA) / "tmx/public").iterdir()):
        repaired, out = mended(path.read_bytes())
        assert repaired.after.units >= repaired.before.units, path.name
        if repaired.written:
            again, once_more = mended(out)
            assert (again.mended, once_more) == (0, out), path.name
        if not repaired.mended and repaired.written and path.suffix.lower() == ".tmx":
            assert out == path.read_bytes()
