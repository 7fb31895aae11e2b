"""What is written as XLIFF is built as its schemas and its specification ask, and reads as it was.

The schemas themselves are not at hand here; this is what they ask of the elements that we write.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tm.formats import xliff, xliff_2
from tm.model import Code, Context, Header, Memory, Note, Prop, Segment, Status, Unit

TOKEN = re.compile(r"[A-Za-z0-9._:-]+")
PREFIXED = re.compile(r"[^\s:]+:[^\s:]+")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
PLAIN = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))


# --- Anything that a memory can hold --------------------------------------------------------------------

WORDS = st.sampled_from(
    ["", "1", "2", "tm1", "s1", "a b", "é", "bold", "x-t", "fmt", "other", "term", "lb", "comment", "a:b"]
)
NAMES = ["id", "rid", "canCopy", "subType", "element", "disp", "mid", "type", "startRef", "value", "isolated"]
ATTRIBUTES = st.lists(
    st.tuples(
        st.sampled_from([*(f"xliff-{name}" for name in NAMES), "pos", "assoc", "o"]),
        st.sampled_from(["yes", "no", "g", "x", "sm", "em", "1", "end", "begin", "a:b", "é <"]),
    ),
    max_size=3,
    unique_by=lambda pair: pair[0],
).map(tuple)
TEXTS = st.text(alphabet="省a<&\t \n", max_size=4)
KINDS = ["bpt", "ept", "it", "ph", "ut", "hi"]


@st.composite
def codes(draw, end, *, start=0, depth=2):
    """Codes of any kind from start to end of a text, as deep as may be."""
    found = []
    for _turn in range(draw(st.integers(0, 4))):
        offset = draw(st.integers(start, end))
        code = Code(
            offset=offset, kind=draw(st.sampled_from(KINDS)), i=draw(WORDS), x=draw(WORDS),
            type=draw(WORDS), attributes=draw(ATTRIBUTES),
        )  # fmt: skip
        if code.kind == "hi":
            length = draw(st.integers(0, end - offset))
            inner = draw(codes(offset + length, start=offset, depth=depth - 1)) if depth else ()
            code = replace(code, length=length, children=inner)
        else:
            native = draw(TEXTS)
            code = replace(code, text=native, children=draw(subs(len(native), depth)))
        found.append(code)
        start = offset + code.length
    return tuple(found)


@st.composite
def subs(draw, end, depth):
    if not depth or draw(st.booleans()):
        return ()
    text = draw(TEXTS)
    inner = draw(codes(len(text), depth=depth - 1))
    return (
        Code(
            offset=draw(st.integers(0, end)), kind="sub", text=text, type=draw(WORDS), children=inner
        ),
    )  # fmt: skip


@st.composite
def segments(draw, lang, first):
    text = first + draw(TEXTS)
    return Segment(lang=lang, text=text, codes=draw(codes(len(text))))


NOTES = st.builds(
    Note,
    text=TEXTS,
    lang=st.sampled_from(["", "zh"]),
    attributes=st.sampled_from([(), (("priority", "3"),)]),
)
UNITS = st.builds(
    Unit,
    id=st.sampled_from(["", "a/b", "é x", "1.2", "unit", "a_b"]),
    source=segments("zh-CN", "省"),
    target=segments("en", "A"),
    status=st.sampled_from(Status),
    context=st.builds(Context, previous=TEXTS, key=WORDS),
    props=st.lists(st.builds(Prop, type=WORDS, text=TEXTS, lang=st.sampled_from(["", "zh"]))).map(tuple),
    notes=st.lists(NOTES, max_size=2).map(tuple),
)


def written(module, units):
    stream = io.BytesIO()
    module.write(Memory(name="m", header=Header(), units=units), stream)
    return stream.getvalue()


@pytest.mark.parametrize("module", [xliff, xliff_2])
@PLAIN
@given(units=st.lists(UNITS, max_size=3))
def test_every_unit_comes_back_as_it_was_with_all_its_codes(module, units):
    raw = written(module, units)
    assert tuple(module.read(io.BytesIO(raw), path="a.xlf")) == tuple(units)


@PLAIN
@given(units=st.lists(UNITS, max_size=3))
def test_a_memory_may_go_from_version_to_version(units):
    first = xliff.read(io.BytesIO(written(xliff, units)))
    second = xliff.read(io.BytesIO(written(xliff_2, first)))
    assert tuple(xliff.read(io.BytesIO(written(xliff, second)))) == tuple(units)


# --- How a file must be built ---------------------------------------------------------------------------


def name_of(element):
    return etree.QName(element).localname


def names(elements):
    return [name_of(element) for element in elements]


def in_order(found, *wanted):
    """True when the names stand in this order, each as often as it likes."""
    places = [wanted.index(name) for name in found]
    return places == sorted(places)


def different(values):
    found = [value for value in values if value is not None]
    return [value for value, count in Counter(found).items() if count > 1] == []


ATTRIBUTES_1 = {
    "g": "id xid equiv-text ctype clone",
    "x": "id xid equiv-text ctype clone",
    "bx": "id xid equiv-text ctype clone rid",
    "ex": "id xid equiv-text rid",
    "bpt": "id xid equiv-text ctype rid crc",
    "ept": "id xid equiv-text rid crc",
    "ph": "id xid equiv-text ctype assoc crc",
    "it": "id xid equiv-text ctype rid crc pos",
    "mrk": "mtype mid comment",
    "sub": "ctype datatype xid",
}
LISTS = {"ph": {"image", "pb", "lb"}, "x": {"image", "pb", "lb"}}
DELIMITERS = {"bold", "italic", "underlined", "link"}
COMMON = "id canCopy canDelete canReorder dataRef disp equiv subType type"
ATTRIBUTES_2 = {
    "ph": COMMON,
    "sc": f"{COMMON} canOverlap dir isolated",
    "ec": f"{COMMON} canOverlap dir isolated startRef",
    "pc": "id canCopy canDelete canReorder canOverlap dir dispStart dispEnd equivStart equivEnd "
    "dataRefStart dataRefEnd subType type",
    "mrk": "id translate type ref value",
    "sm": "id translate type ref value",
    "em": "startRef",
    "cp": "hex",
}


class Version1:
    """The strict schema of XLIFF 1.2."""

    def check(self, root):
        (file,) = root
        assert {"original", "source-language", "datatype"} <= set(file.attrib)
        assert all(LANGUAGE.fullmatch(file.get(f"{side}-language")) for side in ("source", "target"))
        units = list(root.iter("{*}trans-unit"))
        assert different(unit.get("id") for unit in units)
        assert different(group.get("name") for group in root.iter("{*}context-group"))
        tools = {tool.get("tool-id") for tool in root.iter("{*}tool")}
        assert {alt.get("tool-id") for alt in root.iter("{*}alt-trans")} <= tools
        for unit in units:
            self.unit(unit)

    def unit(self, unit):
        found = names(unit)
        assert found[:2] == ["source", "target"]
        assert set(found[2:]) <= {"context-group", "alt-trans", "note"}
        for context in unit.iter("{*}context"):
            kind = context.get("context-type")
            assert kind in ("sourcefile", "linenumber") or re.fullmatch(r"x-\S+", kind)
        for alt in unit.iter("{*}alt-trans"):
            assert names(alt) == ["source", "target"]
        for note in unit.iter("{*}note"):
            assert 1 <= int(note.get("priority", "1")) <= 10
            assert note.get("annotates", "general") in ("source", "target", "general")
        for side in (*unit.iter("{*}source"), *unit.iter("{*}target")):
            self.side(side)

    def side(self, side):
        assert LANGUAGE.fullmatch(side.get("{http://www.w3.org/XML/1998/namespace}lang"))
        for code in side.iter("{*}*"):
            if code is not side:
                self.code(code, name_of(code))
        for start, end in (("bpt", "ept"), ("bx", "ex")):
            rids = [code.get("rid") for code in side.iter(f"{{*}}{start}")]
            assert different(rids)
            assert {code.get("rid") for code in side.iter(f"{{*}}{end}")} <= set(rids)

    def code(self, code, name):
        assert set(code.attrib) <= set(ATTRIBUTES_1[name].split())
        assert name in ("mrk", "sub") or "id" in code.attrib
        assert name != "mrk" or code.get("mtype")
        assert name != "it" or code.get("pos") in ("open", "close")
        assert TOKEN.fullmatch(code.get("rid", "1"))
        kind = code.get("ctype", "bold" if name not in LISTS else "lb")
        assert kind in LISTS.get(name, DELIMITERS) or re.fullmatch(r"x-\S+", kind)
        inside = {"g", "x", "bx", "ex", "bpt", "ept", "ph", "it", "mrk"}
        allowed = inside if name in ("g", "mrk", "sub") else set() if name in ("x", "bx", "ex") else {"sub"}
        assert set(names(code)) <= allowed
        assert name not in ("x", "bx", "ex") or not code.text


class Version2:
    """The schemas of XLIFF 2.1's core, matches and metadata, and the constraints they cannot say."""

    def check(self, root):
        assert root.get("version") == "2.1"
        assert LANGUAGE.fullmatch(root.get("srcLang"))
        assert LANGUAGE.fullmatch(root.get("trgLang"))
        (file,) = root
        assert TOKEN.fullmatch(file.get("id"))
        assert len(file)
        units = list(root.iter("{*}unit"))
        assert different(unit.get("id") for unit in units)
        for unit in units:
            self.unit(unit)

    def unit(self, unit):
        assert TOKEN.fullmatch(unit.get("id"))
        assert in_order(names(unit), "matches", "metadata", "notes", "originalData", "segment")
        (segment,) = unit.findall("{*}segment")
        assert segment.get("state") in ("initial", "translated", "reviewed", "final")
        assert PREFIXED.fullmatch(segment.get("subState", "a:b"))
        assert names(segment) in (["source"], ["source", "target"])
        for group in unit.iter("{*}metaGroup", "{*}notes", "{*}originalData", "{*}matches"):
            assert len(group)
        for note in unit.iter("{*}note"):
            assert 1 <= int(note.get("priority", "1")) <= 10
            assert note.get("appliesTo", "source") in ("source", "target")
        assert all("type" in meta.attrib for meta in unit.iter("{*}meta"))
        self.pair(segment, unit, segment.get("id"))
        for match in unit.iter("{*}match"):
            self.match(match, segment)

    def match(self, match, segment):
        assert in_order(names(match), "metadata", "originalData", "source", "target")
        assert names(match)[-2:] == ["source", "target"]
        assert match.get("ref") == f"#{segment.get('id')}"
        assert match.get("type") in ("am", "mt", "icm", "idm", "tb", "tm", "other")
        for word in ("similarity", "matchQuality", "matchSuitability"):
            assert 0 <= float(match.get(word)) <= 100
        self.pair(match, match)

    def pair(self, pair, around, *taken):
        """Both sides of a segment or match, with the original data around them."""
        native = {part.get("id") for data in around.findall("{*}originalData") for part in data}
        for side in pair.findall("{*}source") + pair.findall("{*}target"):
            found = [code for code in side.iter("{*}*") if code is not side]
            assert different([*taken, *(code.get("id") for code in found)])
            for code in found:
                self.code(code, name_of(code), native)
            self.ends(found)

    def code(self, code, name, native):
        assert set(code.attrib) <= set(ATTRIBUTES_2[name].split())
        assert name in ("em", "cp", "ec") or TOKEN.fullmatch(code.get("id"))
        for word, value in code.attrib.items():
            assert not word.startswith("dataRef") or value in native
            assert not word.startswith("can") or value in ("yes", "no", "firstNo")
        assert ("dataRefStart" in code.attrib) == ("dataRefEnd" in code.attrib)
        assert PREFIXED.fullmatch(code.get("subType", "a:b"))
        assert "subType" not in code.attrib or "type" in code.attrib
        kind = code.get("type")
        if name in ("mrk", "sm"):
            assert kind in (None, "generic", "term", "comment") or PREFIXED.fullmatch(kind)
            assert kind != "comment" or {"value", "ref"} & set(code.attrib)
        else:
            assert kind in (None, "fmt", "ui", "quote", "link", "image", "other")
        assert name in ("pc", "mrk") or not (len(code) or code.text)

    def ends(self, found):
        """Every start has its end behind it, and every end its start; others are isolated."""
        for start, end in (("sc", "ec"), ("sm", "em")):
            places = {code.get("id"): at for at, code in enumerate(found) if name_of(code) == start}
            ended = {
                code.get("startRef"): at
                for at, code in enumerate(found)
                if name_of(code) == end and code.get("isolated") != "yes"
            }
            alone = {code.get("id") for code in found if code.get("isolated") == "yes"}
            assert set(ended) == set(places) - alone
            assert all(places[name] < at for name, at in ended.items())
        for code in found:
            assert (code.get("isolated") == "yes") <= ("id" in code.attrib)


@pytest.mark.parametrize(("module", "version"), [(xliff, Version1()), (xliff_2, Version2())])
@PLAIN
@given(units=st.lists(UNITS, max_size=3))
def test_what_is_written_is_built_as_the_specification_asks(module, version, units):
    version.check(etree.fromstring(written(module, units)))


@pytest.mark.parametrize(("name", "version"), [("draft.xlf", Version1()), ("draft-2.1.xlf", Version2())])
def test_the_golden_drafts_are_built_as_the_specification_asks(root, name, version):
    version.check(etree.parse(root / "tests/data" / name).getroot())


def test_native_code_is_original_data_that_the_elements_refer_to():
    codes = (
        Code(offset=0, kind="bpt", i="1", x="1", type="bold", text="<b>"),
        Code(offset=1, kind="hi", length=1, type="term"),
        Code(offset=2, kind="ept", i="1", text="</b>"),
        Code(
            offset=2,
            kind="ph",
            x="2",
            text="<img alt=''/>",
            children=(Code(offset=10, kind="sub", text="图"),),
        ),
        Code(offset=2, kind="it", x="3", text="<i>", attributes=(("pos", "begin"),)),
    )
    unit = Unit(
        id="1", source=Segment(lang="zh-CN", text="省府", codes=codes), target=Segment(lang="en", text="A")
    )
    raw = written(xliff_2, [unit]).decode()
    assert (
        '<originalData><data id="d1">&lt;b&gt;</data><data id="d2">&lt;/b&gt;</data>'
        '<data id="d3">&lt;img alt=\'图\'/&gt;</data><data id="d4">&lt;i&gt;</data></originalData>'
    ) in raw
    assert (
        '<source><pc id="1" type="fmt" subType="xlf:b" dataRefStart="d1" dataRefEnd="d2">省'
        '<mrk id="tm1" type="term">府</mrk></pc><ph id="2" dataRef="d3"/>'
        '<sc id="3" isolated="yes" dataRef="d4"/></source>'
    ) in raw


@pytest.mark.parametrize(("module", "version"), [(xliff, Version1()), (xliff_2, Version2())])
def test_languages_that_are_no_tags_are_written_as_tags(module, version):
    unit = Unit(
        id="1", source=Segment(lang="zh_CN", text="省"), target=Segment(lang="English (US)", text="A")
    )
    stream = io.BytesIO()
    module.write(Memory(name="m", header=Header(source_lang="*all*"), units=[unit]), stream)
    root = etree.fromstring(stream.getvalue())
    version.check(root)
    (found,) = module.read(io.BytesIO(stream.getvalue()))
    assert found.source.lang in ("zh-CN", "zh_CN")
