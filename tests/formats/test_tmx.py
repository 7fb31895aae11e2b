"""TMX is read and written without loss."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from tm.errors import FormatError
from tm.formats import tmx
from tm.model import (
    Code,
    Draft,
    DraftDocument,
    Header,
    Match,
    MatchKind,
    Memory,
    Note,
    Origin,
    Place,
    Prop,
    Segment,
    Status,
    Unit,
    Variant,
)

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="t" '
    'creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="zh-CN" '
    'datatype="plaintext"/><body>'
)
TAIL = "</body></tmx>"
PAIR = '<tuv xml:lang="zh-CN"><seg>甲</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv>'


def opened(xml: str, **options: object) -> Memory:
    whole = f"{HEAD}{xml}{TAIL}" if not xml.startswith("<?xml") else xml
    return tmx.read(io.BytesIO(whole.encode()), path="a.tmx", **options)  # type: ignore[arg-type] # a test's


def written(memory: Memory) -> bytes:
    stream = io.BytesIO()
    tmx.write(memory, stream)
    return stream.getvalue()


def memory_of(*units: Unit, header: Header | None = None) -> Memory:
    return Memory(name="m", header=header or Header(), units=units)


def plain(**changes: object) -> Unit:
    unit = Unit(id="u", source=Segment(lang="zh-CN", text="甲"), target=Segment(lang="en", text="a"))
    return replace(unit, **changes)  # type: ignore[arg-type] # a test's


# --- The header -------------------------------------------------------------------------------------


def test_a_header_comes_back_whole() -> None:
    xml = (
        '<?xml version="1.0"?>\n<tmx version="1.4"><header creationtool="t" creationtoolversion="2" '
        'segtype="block" o-tmf="o" adminlang="en" srclang="*all*" datatype="html" o-encoding="gbk" '
        'creationid="li"><prop type="x-tm-kind">working</prop><note xml:lang="zh">注</note>'
        '<ude name="u" base="b"><map unicode="#xF8FF" code="#xF0"/></ude></header><body/></tmx>'
    )
    memory = opened(xml)
    assert memory.header.kind == "working"
    assert memory.header.source_lang == "*all*"
    assert memory.header.notes == (Note(text="注", lang="zh"),)
    out = written(memory)
    before, after = (etree.fromstring(raw).find("header") for raw in (xml.encode(), out))
    assert before is not None
    assert after is not None
    for element in after.iter():
        element.tail = None
        element.text = (element.text or "").strip() or None
    assert etree.tostring(after, method="c14n") == etree.tostring(before, method="c14n")
    assert tmx.read(io.BytesIO(out)).header == memory.header


def test_a_changed_kind_changes_its_prop_and_nothing_twice() -> None:
    memory = opened(f"{HEAD.replace('/><body>', '><note>n</note></header><body>')}{TAIL}")
    out = written(replace(memory, header=replace(memory.header, kind="working")))
    assert out.count(b"x-tm-kind") == 1
    again = tmx.read(io.BytesIO(out)).header
    out = written(memory_of(header=replace(again, kind="built")))
    assert out.count(b"x-tm-kind") == 1
    assert tmx.read(io.BytesIO(out)).header.kind == "built"


def test_a_file_without_a_header_is_read() -> None:
    xml = f'<?xml version="1.0"?><tmx version="1.4"><body><tu>{PAIR}</tu><tu>{PAIR}</tu></body></tmx>'
    memory = opened(xml)
    assert len(list(memory)) == 2
    assert memory.header.tool == "unknown"


# --- Writing ----------------------------------------------------------------------------------------


def test_a_memory_is_one_line_for_each_part() -> None:
    unit = plain(
        id="2026-01/0a1b2c3d",
        origin=Origin(release="2026-01", created=datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)),
        status=Status.REVIEWED,
        notes=(Note(text="looked at", lang="en"),),
        props=(Prop(type="x-domain", text="a & b"),),
    )
    assert written(memory_of(unit, header=Header(kind="built"))).decode().splitlines() == [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        '  <header creationtool="tm" creationtoolversion="1" segtype="sentence" o-tmf="tm" adminlang="en" '
        'srclang="zh-CN" datatype="plaintext">',
        '    <prop type="x-tm-kind">built</prop>',
        "  </header>",
        "  <body>",
        '    <tu tuid="2026-01/0a1b2c3d" creationdate="20260105T000000Z">',
        '      <note xml:lang="en">looked at</note>',
        '      <prop type="x-release">2026-01</prop>',
        '      <prop type="x-status">reviewed</prop>',
        '      <prop type="x-domain">a &amp; b</prop>',
        '      <tuv xml:lang="zh-CN"><seg>甲</seg></tuv>',
        '      <tuv xml:lang="en"><seg>a</seg></tuv>',
        "    </tu>",
        "  </body>",
        "</tmx>",
    ]


def test_an_edit_changes_the_lines_of_its_unit_only() -> None:
    units = [plain(id=str(number)) for number in range(600)]
    before = written(memory_of(*units)).splitlines()
    units[300] = replace(units[300], target=Segment(lang="en", text="b"))
    after = written(memory_of(*units)).splitlines()
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert changed == [
        (b'      <tuv xml:lang="en"><seg>a</seg></tuv>', b'      <tuv xml:lang="en"><seg>b</seg></tuv>')
    ]


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
@pytest.mark.parametrize(
    "make",
    [
        lambda text: plain(id="bad", target=Segment(lang="en", text=text)),
        lambda text: plain(id="bad", notes=(Note(text=text),)),
        lambda text: plain(id="bad", others=(Variant(segment=Segment(lang="fr", text=text)),)),
        lambda text: plain(
            id="bad", source=Segment(lang="zh", text="", codes=(Code(offset=0, kind="ph", text=text),))
        ),
    ],
)
def test_a_character_that_xml_cannot_hold_is_refused_with_unit_and_offset(
    character: str, make: Callable[[str], Unit]
) -> None:
    units = [plain(id=str(number)) for number in range(5)]
    with pytest.raises(FormatError) as caught:
        written(memory_of(*units, make(f"ab{character}")))
    assert caught.value.unit == "bad"
    assert "offset 2" in caught.value.message
    assert f"U+{ord(character):04X}" in caught.value.message


def test_a_code_beyond_the_text_is_refused() -> None:
    segment = Segment(lang="en", text="ab", codes=(Code(offset=3, kind="ph"),))
    with pytest.raises(FormatError, match="cannot stand there"):
        written(memory_of(plain(target=segment)))


def test_an_attribute_name_that_is_none_is_refused() -> None:
    code = Code(offset=0, kind="ph", attributes=(("a b", "c"),))
    with pytest.raises(FormatError, match="name of an XML attribute"):
        written(memory_of(plain(target=Segment(lang="en", text="", codes=(code,)))))


def test_units_are_written_as_they_come() -> None:
    seen: list[int] = []
    stream = io.BytesIO()

    def units() -> object:
        for number in range(2000):
            seen.append(stream.tell())
            yield plain(id=str(number))

    tmx.write(Memory(name="m", header=Header(), units=units()), stream)  # type: ignore[arg-type] # a generator
    assert len(set(seen)) > 5


# --- Drafts -----------------------------------------------------------------------------------------


def test_a_draft_is_written_with_where_it_came_from() -> None:
    match = Match(
        memory="sichuan", unit=plain(id="r1/x", origin=Origin(release="r1")), kind=MatchKind.FUZZY, score=88.2
    )
    drafts = (
        Draft(
            segment=Segment(lang="zh-CN", text="甲"),
            place=Place(paragraph=2, index=4),
            target="A",
            kind=MatchKind.FUZZY,
            score=88.23,
            matches=(match,),
        ),
        Draft(segment=Segment(lang="zh-CN", text="乙"), place=Place(paragraph=2, index=5)),
    )
    stream = io.BytesIO()
    tmx.write_draft(
        DraftDocument(file="zh.txt", source_lang="zh-CN", target_lang="en", drafts=drafts), stream
    )
    (unit,) = tmx.read(io.BytesIO(stream.getvalue()))
    assert (unit.id, unit.source.text, unit.target.text, unit.status) == ("3-5", "甲", "A", Status.DRAFT)
    assert {prop.type: prop.text for prop in unit.props} == {
        "x-match": "fuzzy",
        "x-score": "88.2",
        "x-origin": "r1 / sichuan / r1/x",
    }
