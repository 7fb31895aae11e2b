"""Random units and random foreign files go through TMX and come back."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tm.formats import tmx
from tm.formats.tmx_pair import Pairing
from tm.formats.tmx_quick import QuickReader
from tm.formats.tmx_read import TmxStream
from tm.formats.tmx_unit import UnitReader
from tm.formats.tmx_write_unit import UnitWriter
from tm.model import (
    Code,
    Context,
    Header,
    Memory,
    Note,
    Origin,
    Prop,
    Segment,
    Status,
    Unit,
    Variant,
)

# What the elements of TMX 1.4b may hold, in our own short form of the specification's content model.
DTD = """
<!ENTITY % admin "creationdate CDATA #IMPLIED creationid CDATA #IMPLIED changedate CDATA #IMPLIED
  changeid CDATA #IMPLIED creationtool CDATA #IMPLIED creationtoolversion CDATA #IMPLIED o-tmf CDATA #IMPLIED
  o-encoding CDATA #IMPLIED datatype CDATA #IMPLIED usagecount CDATA #IMPLIED lastusagedate CDATA #IMPLIED">
<!ENTITY % flow "#PCDATA | bpt | ept | ph | it | hi | ut">
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop | ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED o-tmf CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED adminlang CDATA #REQUIRED srclang CDATA #REQUIRED
  datatype CDATA #REQUIRED o-encoding CDATA #IMPLIED creationdate CDATA #IMPLIED creationid CDATA #IMPLIED
  changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT ude (map+)>
<!ATTLIST ude name CDATA #REQUIRED base CDATA #IMPLIED>
<!ELEMENT map EMPTY>
<!ATTLIST map unicode CDATA #REQUIRED code CDATA #IMPLIED ent CDATA #IMPLIED subst CDATA #IMPLIED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED srclang CDATA #IMPLIED segtype CDATA #IMPLIED %admin;>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED %admin;>
<!ELEMENT note (#PCDATA)>
<!ATTLIST note xml:lang CDATA #IMPLIED o-encoding CDATA #IMPLIED>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED xml:lang CDATA #IMPLIED o-encoding CDATA #IMPLIED>
<!ELEMENT seg (%flow;)*>
<!ELEMENT hi (%flow;)*>
<!ELEMENT sub (%flow;)*>
<!ELEMENT bpt (#PCDATA | sub)*>
<!ELEMENT ept (#PCDATA | sub)*>
<!ELEMENT ph (#PCDATA | sub)*>
<!ELEMENT it (#PCDATA | sub)*>
<!ELEMENT ut (#PCDATA | sub)*>
<!ATTLIST hi x CDATA #IMPLIED type CDATA #IMPLIED>
<!ATTLIST sub datatype CDATA #IMPLIED type CDATA #IMPLIED>
<!ATTLIST bpt i CDATA #REQUIRED x CDATA #IMPLIED type CDATA #IMPLIED>
<!ATTLIST ept i CDATA #REQUIRED>
<!ATTLIST ph x CDATA #IMPLIED assoc CDATA #IMPLIED type CDATA #IMPLIED>
<!ATTLIST it pos (begin | end) #REQUIRED x CDATA #IMPLIED type CDATA #IMPLIED>
<!ATTLIST ut x CDATA #IMPLIED>
"""

LEGAL = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.sampled_from(
    "\t\n\r\u3000\u00a0\u2028\u0085 <>&\"'𠀀万亿]"
)
TEXTS = st.text(LEGAL, max_size=12)
WORDS = st.text(LEGAL, min_size=1, max_size=6)
NAMES = st.sampled_from(["", "1", "2", "bold"])
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


# --- Random units -----------------------------------------------------------------------------------


def native(offset: int, inner: tuple[str, tuple[Code, ...]], kind: str, name: str) -> Code:
    attributes = {"it": (("pos", "begin"),), "bpt": (), "ept": ()}.get(kind, ())
    number = (name or "9") if kind in {"bpt", "ept"} else ""
    return Code(
        offset=offset,
        kind=kind,
        i=number,
        text=inner[0],
        children=inner[1],
        attributes=attributes,
        x=name if kind not in {"ept"} else "",
    )


@st.composite
def flows(draw: st.DrawFn, start: int = 0, depth: int = 2) -> tuple[str, tuple[Code, ...]]:
    """A text with codes, and codes inside them."""
    text = draw(TEXTS)
    codes = []
    for _code in range(draw(st.integers(0, 2)) if depth else 0):
        at = start + len(text)
        if draw(st.booleans()):
            inner, children = draw(flows(at, depth - 1))
            codes.append(Code(offset=at, kind="hi", length=len(inner), type=draw(NAMES), children=children))
            text += inner
        else:
            kind = draw(st.sampled_from(["bpt", "ept", "it", "ph", "ut"]))
            codes.append(native(at, draw(natives(depth - 1)), kind, draw(NAMES)))
        text += draw(TEXTS)
    return text, tuple(codes)


@st.composite
def natives(draw: st.DrawFn, depth: int) -> tuple[str, tuple[Code, ...]]:
    """Native code, and the sub-flows in it."""
    text = draw(TEXTS)
    subs = []
    for _sub in range(draw(st.integers(0, 1)) if depth else 0):
        inner, children = draw(flows(0, depth - 1))
        subs.append(Code(offset=len(text), kind="sub", text=inner, children=children, type=draw(NAMES)))
        text += draw(TEXTS)
    return text, tuple(subs)


def segments(lang: str) -> st.SearchStrategy[Segment]:
    return flows().map(lambda flow: Segment(lang=lang, text=flow[0], codes=flow[1]))


MOMENTS = st.none() | st.datetimes(
    min_value=datetime.datetime(1, 1, 2),  # noqa: DTZ001 - the zone is added below
    timezones=st.just(datetime.UTC),
).map(lambda moment: moment.replace(microsecond=0))
LANGS = st.sampled_from(["", "zh-CN", "en-us"])
NOTES = st.lists(
    st.builds(Note, text=TEXTS, lang=LANGS, encoding=st.sampled_from(["", "gb2312"])), max_size=2
)
PROPS = st.lists(
    st.builds(Prop, type=st.sampled_from(["x-domain", "Txt::Doc", 'Ü&"<', "x-a\tb"]), text=TEXTS, lang=LANGS),
    max_size=3,
)
VARIANTS = st.builds(
    Variant,
    segment=st.sampled_from(["fr", "ja-JP", "zh-TW", "en"]).flatmap(segments),
    notes=NOTES.map(tuple),
    props=PROPS.map(tuple),
)
UNITS = st.builds(
    Unit,
    id=WORDS,
    source=segments("zh-CN"),
    target=segments("en"),
    origin=st.builds(Origin, release=TEXTS, created=MOMENTS, creator=TEXTS, changed=MOMENTS, changer=TEXTS),
    context=st.builds(Context, previous=TEXTS, next=TEXTS, key=TEXTS),
    status=st.sampled_from(Status),
    notes=NOTES.map(tuple),
    props=PROPS.map(tuple),
    others=st.lists(VARIANTS, max_size=2).map(tuple),
)


@settings(max_examples=300)
@given(st.lists(UNITS, max_size=3))
def test_every_unit_comes_back_as_it_was_written(units: list[Unit]) -> None:
    once = written(memory_of(*units))
    found = tmx.read(io.BytesIO(once), path="m.tmx")
    back = list(found)
    assert back == units
    assert written(replace(found, units=back)) == once


@settings(max_examples=100)
@given(st.lists(UNITS, max_size=3))
def test_what_is_written_is_valid(units: list[Unit]) -> None:
    dtd = etree.DTD(io.StringIO(DTD))
    tree = etree.fromstring(written(memory_of(*units, header=Header(kind="built", notes=(Note(text="n"),)))))
    assert dtd.validate(tree), dtd.error_log


@settings(max_examples=200)
@given(st.lists(UNITS, max_size=4))
def test_the_quick_ways_do_what_the_careful_ways_do(units: list[Unit]) -> None:
    writer = UnitWriter({})
    assert [writer.write(unit) for unit in units] == [writer.careful(unit) for unit in units]
    compare_readers(written(memory_of(*units)), "zh-CN", "en")


def compare_readers(raw: bytes, source: str, target: str) -> int:
    """How many tus the quick reader took; all as the careful one reads them."""
    stream = TmxStream(io.BytesIO(raw))
    stream.header("en")
    quick = QuickReader(stream.namespace, Pairing(source, target))
    careful = UnitReader(stream.namespace, Pairing(source, target))
    taken = 0
    for tu in stream.elements():
        fast, slow = quick.read(tu), careful.read(tu, 1, ())
        if fast is not None and not stream.remarks():
            taken += 1
            assert isinstance(slow, Unit)
            assert (fast, fast.extra, fast.line) == (slow, slow.extra, slow.line)
    return taken


ATTRIBUTES = st.lists(
    st.sampled_from(
        [
            *(
                'creationdate="20260105T093000Z"',
                'creationdate="2026-01-05"',
                'creationid="li"',
                'creationid=""',
            ),
            *(
                'changedate="20260230T000000Z"',
                'changeid="wang"',
                'usagecount="3"',
                'srclang="en"',
                'tuid="1"',
            ),
        ]
    ),
    unique_by=lambda pair: pair.partition("=")[0],
    max_size=4,
).map(lambda pairs: "".join(f" {pair}" for pair in pairs))
CHILDREN = st.lists(
    st.sampled_from(
        [
            *("<note>n</note>", "<note>n</note>", '<note xml:lang="en">n</note>', "stray", "<!-- c -->"),
            *('<prop type="x-domain">d</prop>', '<prop type="x-domain">d</prop>', "<prop>d</prop>"),
            *(
                '<prop type="x-release">r</prop>',
                '<prop type="x-release"/>',
                '<prop type="x-release">translated</prop>',
                '<prop type="x-tm-kind">k</prop>',
            ),
            *('<prop type="x-status">draft</prop>', '<prop type="x-status">translated</prop>'),
            *('<prop type="x-status">odd</prop>', '<prop type="x-context-pre">&lt;seg>p&lt;/seg></prop>'),
            *(
                '<prop type="prev">p</prop>',
                '<prop type="x-context-post">q</prop>',
                '<prop type="next">q</prop>',
            ),
            '<prop type="x-context-pre"><seg>p</seg></prop>',
        ]
    ),
    max_size=4,
).map("".join)
SEGS = st.sampled_from(
    ["<seg>甲</seg>", "<seg/>", '<seg>a<ph x="1">&lt;br/&gt;</ph></seg>', "<seg>a<!-- c -->b</seg>"]
)


def tuvs(lang: str) -> st.SearchStrategy[str]:
    return st.tuples(ATTRIBUTES.filter(lambda found: "tuid" not in found), CHILDREN, SEGS).map(
        lambda parts: f'<tuv xml:lang="{lang}"{parts[0]}>{parts[1]}{parts[2]}</tuv>'
    )


PLAIN_TUVS = st.just(PAIR)
TUS = st.tuples(
    ATTRIBUTES,
    CHILDREN,
    PLAIN_TUVS
    | st.tuples(tuvs("zh-CN"), tuvs("en"), st.just("")).map("".join)
    | st.permutations(["zh-CN", "en", "fr", "en"])
    .flatmap(lambda langs: st.tuples(*map(tuvs, langs)))
    .map("".join),
).map(lambda parts: f"<tu{parts[0]}>{parts[1]}{parts[2]}</tu>")


@settings(max_examples=400)
@given(st.lists(TUS, max_size=3).map("".join))
def test_any_foreign_tu_comes_out_canonically_equal(xml: str) -> None:
    before = etree.fromstring(f"<body>{xml}</body>")
    memory = opened(xml)
    back = written(memory)
    after = etree.fromstring(back).find("body")
    assert after is not None
    assert [shape(tu) for tu in after] == [shape(tu) for tu in before]
    assert written(tmx.read(io.BytesIO(back))) == back


@settings(max_examples=300)
@given(st.lists(TUS, max_size=3).map("".join))
def test_the_quick_reader_reads_foreign_tus_as_the_careful_one_does(xml: str) -> None:
    compare_readers(f"{HEAD}{xml}{TAIL}".encode(), "zh-CN", "en")


def test_the_quick_reader_takes_what_is_plain() -> None:
    assert compare_readers(f'{HEAD}<tu tuid="1">{PAIR}</tu>{TAIL}'.encode(), "zh-CN", "en") == 1


def shape(tu: etree._Element) -> bytes:
    """The C14N of a tu, without the white space that only indents."""
    for element in tu.iter():
        for name in ("text", "tail"):
            owner = element if name == "text" else element.getparent()
            if owner is not None and owner.tag in {"tu", "tuv", "body"}:
                setattr(element, name, (getattr(element, name) or "").strip() or None)
    tu.tail = None
    return etree.tostring(tu, method="c14n")
