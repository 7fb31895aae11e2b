"""What `strict` gives is valid by the content model of TMX 1.4, which is written down here once more."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tm.formats import tmx
from tm.model import Header, Memory, Prop, Segment, Unit, Variant

DATA = os.environ.get("TM_TEST_DATA", "")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FLOW = {"bpt", "ept", "ph", "it", "hi", "ut"}
ADMIN = {
    *("o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool", "creationtoolversion"),
    *("creationdate", "creationid", "changedate", "changeid", "o-tmf"),
}
REQUIRED = {
    "tmx": {"version"},
    "header": {
        *("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"),
    },
    "ude": {"name"},
    "map": {"unicode"},
    "prop": {"type"},
    "tuv": {XML_LANG},
    "bpt": {"i"},
    "ept": {"i"},
    "it": {"pos"},
}
OPTIONAL = {
    "header": {"o-encoding", "creationdate", "creationid", "changedate", "changeid"},
    "note": {"o-encoding", XML_LANG, "lang"},
    "ude": {"base"},
    "map": {"code", "ent", "subst"},
    "prop": {"o-encoding", XML_LANG, "lang"},
    "tu": {*ADMIN, "tuid", "segtype", "srclang"},
    "tuv": {*ADMIN, "lang"},
    "bpt": {"x", "type"},
    "sub": {"datatype", "type"},
    "it": {"x", "type"},
    "ph": {"x", "assoc", "type"},
    "hi": {"x", "type"},
    "ut": {"x"},
}
CHILDREN = {
    "tmx": {"header", "body"},
    "header": {"note", "prop", "ude"},
    "ude": {"map"},
    "body": {"tu"},
    "tu": {"note", "prop", "tuv"},
    "tuv": {"note", "prop", "seg"},
    **dict.fromkeys(("seg", "hi", "sub"), FLOW),
    **{name: {"sub"} for name in FLOW - {"hi"}},
}
WITH_TEXT = {"note", "prop", "seg", "sub", *FLOW}
VALUES = {
    "segtype": {"block", "paragraph", "sentence", "phrase"},
    "pos": {"begin", "end"},
    "version": {"1.4"},
}


def faults(raw: bytes) -> list[str]:
    """All that the content model forbids."""
    found = []
    for element in etree.fromstring(raw).iter(etree.Element):
        name = str(element.tag)
        names = [str(child.tag) for child in element.iterchildren(etree.Element)]
        found += [f"{child} in {name}" for child in names if child not in CHILDREN.get(name, set())]
        required = REQUIRED.get(name, set())
        allowed = required | OPTIONAL.get(name, set())
        found += [f"{name} lacks {missing}" for missing in required - set(element.attrib)]
        found += [f"{name} has {extra}" for extra in set(element.attrib) - allowed]
        said = [(str(key), str(value)) for key, value in element.attrib.items()]
        found += [f"{key} is {value}" for key, value in said if value not in VALUES.get(key, {value})]
        text = [element.text, *(child.tail for child in element)]
        if name not in WITH_TEXT and any((part or "").strip() for part in text):
            found.append(f"text in {name}")
        found += order_faults(name, names)
    return found


def order_faults(name: str, names: list[str]) -> list[str]:
    """What stands too early, too late, too often or not at all."""
    if name == "tmx":
        return [] if names == ["header", "body"] else ["the parts of tmx"]
    if name not in {"tu", "tuv"}:
        return []
    part = "tuv" if name == "tu" else "seg"
    first = names.index(part) if part in names else len(names)
    right = set(names[first:]) == {part} and (part == "tuv" or names.count("seg") == 1)
    return [] if right else [f"the order in {name}: {names}"]


def strictly(memory: Memory) -> tuple[bytes, list[tmx.Change]]:
    changes: list[tmx.Change] = []
    stream = io.BytesIO()
    tmx.write(tmx.strict(memory, on_change=changes.append), stream)
    return stream.getvalue(), changes


HEAD = (
    '<tmx version="1.3" xmlns:ex="urn:x"><header creationtool="t" segtype="Sentence" srclang="zh" ex:a="1">'
    '<prop>no type</prop><ude name="u" ex:b="2"><map unicode="#x1" odd="3"/></ude><ude name="empty"/>stray'
    "<!-- kept --></header><body>"
)
TAIL = "</body></tmx>"


def read(xml: str) -> Memory:
    return tmx.read(io.BytesIO(f"{HEAD}{xml}{TAIL}".encode()), path="a.tmx")


def tu(zh: str, *, attributes: str = "", before: str = "", after: str = "") -> str:
    english = '<tuv xml:lang="en"><seg>a</seg></tuv>'
    return f'<tu {attributes}>{before}<tuv xml:lang="zh-CN"><seg>{zh}</seg></tuv>{english}{after}</tu>'


CASES = {
    tu("甲", attributes='tuid="1" id="7" segtype="Block" ex:c="1"'): ["id in tu", "segtype", "ex:c in tu"],
    tu("甲", attributes='segtype="line"'): ["segtype"],
    tu("甲", after="<note>late</note>"): ["behind the text"],
    tu("甲", before='<prop type="x-a"><b>bold</b></prop>'): ["inside a prop"],
    tu("甲", before='<prop type="x-context-pre"><seg>前</seg></prop>'): ["inside a prop"],
    tu("甲", before="<other/>stray"): ["no element other", "text between"],
    tu('<g id="1">甲</g><x id="2"/>'): ["inline element g", "id in hi", "inline element x", "id in ph"],
    tu("<bpt>&lt;b></bpt>甲<ept>&lt;/b></ept>"): ["bpt without a number", "ept without a number"],
    tu('<it pos="Begin">&lt;b></it><it>?</it>甲'): ["becomes ph", "becomes ph"],
    tu('<bpt i="1"><b id="4">x</b>y</bpt>甲<ept i="1" type="b"/>'): ["written as its text", "type in ept"],
    tu('<ph id="1"/>甲<!-- c -->'): ["id in ph", "comments inside"],
    '<tu><tuv lang="zh-CN"><seg a="1">甲</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv>'
    "<tuv><seg>?</seg></tuv></tu>": ["a in seg", "without a language"],
}


@pytest.mark.parametrize(("xml", "reasons"), CASES.items())
def test_what_the_document_type_forbids_is_mended_or_left_out_and_told(xml: str, reasons: list[str]) -> None:
    assert faults(f"{HEAD}{xml}{TAIL}".encode())
    raw, changes = strictly(read(xml))
    assert faults(raw) == []
    (unit,) = read(xml)
    told = [change for change in changes if change.unit]
    assert {change.unit for change in told} == {unit.id}
    assert all(change.line for change in told)
    assert len(told) == len(reasons)
    for reason in reasons:
        assert any(reason in change.reason for change in told), reason


@pytest.mark.parametrize("xml", CASES)
def test_what_is_valid_already_stays_to_the_byte(xml: str) -> None:
    once, _changes = strictly(read(xml))
    again, changes = strictly(tmx.read(io.BytesIO(once)))
    assert again == once
    assert changes == []


@pytest.mark.parametrize("xml", CASES)
def test_the_texts_stay(xml: str) -> None:
    raw, _changes = strictly(read(xml))
    (before,), (after,) = read(xml), tmx.read(io.BytesIO(raw))
    assert (after.source.text, after.target.text) == (before.source.text, before.target.text)


def test_the_header_is_mended_too() -> None:
    raw, changes = strictly(read(""))
    header = etree.fromstring(raw).find("header")
    assert header is not None
    assert header.get("segtype") == "sentence"
    assert [child.get("type") for child in header.iter("prop")] == ["x-unknown"]
    assert [child.get("name") for child in header.iter("ude")] == ["u"]
    assert b"<!-- kept -->" in raw
    assert {change.unit for change in changes} == {""}
    assert len(changes) == 8


def test_a_unit_of_another_format_gets_the_languages_of_its_memory() -> None:
    unit = Unit(
        id="1",
        source=Segment(lang="", text="甲"),
        target=Segment(lang="", text="a"),
        props=(Prop(type="", text="p"),),
        others=(Variant(segment=Segment(lang="", text="?")),),
    )
    header = Header(segtype="", adminlang="", datatype="", source_lang="zh-CN")
    raw, changes = strictly(Memory(name="m", header=header, units=[unit]))
    assert faults(raw) == []
    assert raw.count(b"<tuv ") == 2
    assert len(changes) == 3


NAMES = st.sampled_from(["bpt", "ept", "it", "ph", "hi", "sub", "ut", "g", "x", "ex:y"])
ATTRIBUTES = st.lists(
    st.sampled_from(['i="1"', 'x="1"', 'type="b"', 'pos="end"', 'pos="END"', 'id="1"', 'ex:z="1"']),
    unique_by=lambda pair: pair.partition("=")[0],
    max_size=3,
).map(" ".join)
FLOWS = st.recursive(
    st.sampled_from(["甲", "", "a ", "<!-- c -->"]),
    lambda inner: st.tuples(NAMES, ATTRIBUTES, inner, inner, inner).map(
        lambda found: f"{found[4]}<{found[0]} {found[1]}>{found[2]}</{found[0]}>{found[3]}"
    ),
    max_leaves=8,
)
EXTRAS = st.lists(
    st.sampled_from(
        [
            *("<note>n</note>", "<note><b>n</b></note>", '<prop type="x-a">p</prop>', "<prop>p</prop>"),
            *('<prop type="prev"><seg>p</seg></prop>', "<ex:e/>", "stray", "<!-- c -->", "<?p i?>"),
        ]
    ),
    max_size=3,
).map("".join)


@settings(deadline=None, max_examples=300)
@given(FLOWS, EXTRAS, EXTRAS)
def test_whatever_a_foreign_file_holds_what_comes_out_is_valid(flow: str, before: str, after: str) -> None:
    memory = read(tu(flow, before=before, after=after))
    units = list(memory)
    raw, _changes = strictly(Memory(name="m", header=memory.header, units=units))
    assert faults(raw) == []
    (back,) = tmx.read(io.BytesIO(raw))
    assert (back.source.text, back.target.text) == (units[0].source.text, units[0].target.text)


@cache
def public() -> list[str]:
    if not DATA:
        return []
    with (Path(DATA) / "tmx/public/INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        found = [
            (line["file"], line["a correct reader yields"]) for line in csv.DictReader(stream, delimiter="\t")
        ]
    return [name for name, expected in found if not expected.startswith("error")]


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="TM_TEST_DATA is not set: no third-party files to read")
@pytest.mark.parametrize("name", public())
def test_every_public_file_is_written_validly(name: str) -> None:
    raw = (Path(DATA) / "tmx/public" / name).read_bytes()
    spoken = Counter(lang for lang in tmx.survey(io.BytesIO(raw), path=name).languages if lang)
    source, target = (*spoken, "en", "fr")[:2]
    memory = tmx.read(io.BytesIO(raw), path=name, source_lang=source, target_lang=target)
    assert faults(strictly(memory)[0]) == []
