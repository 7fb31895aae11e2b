"""XLIFF as other tools write it: what is a translation, how far it has come, and inline codes whole."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.errors import FormatError
from tm.formats.xliff import read, write
from tm.model import Code, Header, Memory, Segment, Status, Unit

XLIFF = "urn:oasis:names:tc:xliff:document:1.2"


def document(units, *, spaces="", attributes='source-language="zh-CN" target-language="en-US"'):
    return (
        f'<?xml version="1.0"?><xliff version="1.2" xmlns="{XLIFF}" {spaces}>'
        f'<file original="a.docx" datatype="plaintext" {attributes}><body>{units}</body></file></xliff>'
    ).encode()


def parse(raw):
    return tuple(read(io.BytesIO(raw), path="a.xlf"))


def written(units):
    stream = io.BytesIO()
    write(Memory(name="a", header=Header(), units=units), stream)
    return stream.getvalue()


def one(inside, attributes='id="1"', **options):
    (unit,) = parse(document(f"<trans-unit {attributes}>{inside}</trans-unit>", **options))
    return unit


@pytest.mark.parametrize(
    ("target", "attributes", "text", "status"),
    [
        ("<target>A</target>", "", "A", Status.TRANSLATED),
        ('<target state="new">A</target>', "", "", Status.DRAFT),
        ('<target state="new">A</target>', ' approved="yes"', "", Status.DRAFT),
        ('<target state="needs-translation">A</target>', "", "", Status.DRAFT),
        ('<target state="needs-review-translation">A</target>', "", "A", Status.DRAFT),
        ('<target state="translated">A</target>', "", "A", Status.TRANSLATED),
        ('<target state="signed-off">A</target>', "", "A", Status.REVIEWED),
        ('<target state="final">A</target>', "", "A", Status.APPROVED),
        ("<target>A</target>", ' approved="yes"', "A", Status.APPROVED),
        ('<target state="x-own">A</target>', "", "A", Status.TRANSLATED),
        ("<target>省</target>", "", "", Status.DRAFT),
        ('<target state="translated">省</target>', "", "", Status.DRAFT),
        ("<target/>", "", "", Status.DRAFT),
        ("", "", "", Status.DRAFT),
    ],
)
def test_a_target_counts_as_what_its_state_says(target, attributes, text, status):
    unit = one(f"<source>省</source>{target}", f'id="1"{attributes}')
    assert (unit.target.text, unit.status) == (text, status)


def test_a_proposal_is_no_translation():
    unit = one("<source>省</source><alt-trans><source>省</source><target>P</target></alt-trans>")
    assert unit.target.text == ""


def test_languages_are_those_of_the_file_unless_a_side_has_its_own():
    assert one("<source>省</source><target>A</target>").target.lang == "en-US"
    unit = one('<source>省</source><target xml:lang="en-GB">A</target>')
    assert (unit.source.lang, unit.target.lang) == ("zh-CN", "en-GB")


def test_units_in_groups_stand_in_order_and_untranslatable_ones_are_left_out():
    raw = document(
        '<group id="g"><trans-unit id="2"><source>甲</source></trans-unit></group>'
        '<trans-unit id="s" translate="no"><source>code</source></trans-unit>'
        '<trans-unit id="1"><source>乙</source></trans-unit>'
    )
    assert [(unit.id, unit.source.text) for unit in parse(raw)] == [("2", "甲"), ("1", "乙")]


def test_units_of_several_files_say_which_they_are_from():
    langs = 'source-language="zh" target-language="en" datatype="plaintext"'
    inner = f'<file original="{{}}" {langs}><body>{{}}</body></file>'
    unit = '<trans-unit id="1"><source>省</source></trans-unit>'
    raw = f'<xliff version="1.2" xmlns="{XLIFF}">{inner.format("a", unit)}{inner.format("b", unit)}</xliff>'
    found = parse(raw.encode())
    assert [[(prop.type, prop.text) for prop in unit.props] for unit in found] == [
        [("x-file", "a")],
        [("x-file", "b")],
    ]


def test_trados_segments_are_units_with_their_confirmation():
    spaces = 'xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
    raw = document(
        '<trans-unit id="u"><source>甲。乙。丙。</source>'
        '<seg-source><g id="5"><mrk mtype="seg" mid="1">甲。</mrk><mrk mtype="seg" mid="2">乙。</mrk></g>'
        '<mrk mtype="seg" mid="3">丙。</mrk></seg-source>'
        '<target><g id="5"><mrk mtype="seg" mid="1">A.</mrk><mrk mtype="seg" mid="2">B.</mrk></g>'
        '<mrk mtype="seg" mid="3">C.</mrk></target>'
        '<sdl:seg-defs><sdl:seg id="1" conf="ApprovedSignOff"/><sdl:seg id="2" conf="Draft"/>'
        '<sdl:seg id="3"/></sdl:seg-defs></trans-unit>',
        spaces=spaces,
    )
    found = parse(raw)
    assert [(unit.id, unit.source.text, unit.target.text, unit.status) for unit in found] == [
        ("u.1", "甲。", "A.", Status.APPROVED),
        ("u.2", "乙。", "B.", Status.DRAFT),
        ("u.3", "丙。", "C.", Status.DRAFT),
    ]


@pytest.mark.parametrize(
    ("said", "text", "status"),
    [
        ("NotStarted", "", Status.DRAFT),
        ("Pretranslated", "A", Status.DRAFT),
        ("ManuallyConfirmed", "A", Status.TRANSLATED),
        ("Proofread", "A", Status.APPROVED),
    ],
)
def test_memoq_s_status_is_read(said, text, status):
    unit = one(
        "<source>省</source><target>A</target>", f'id="1" mq:status="{said}"', spaces='xmlns:mq="MQXliff"'
    )
    assert (unit.target.text, unit.status) == (text, status)


@pytest.mark.parametrize(("said", "status"), [("0", Status.DRAFT), ("1", Status.TRANSLATED)])
def test_phrase_s_confirmation_is_read(said, status):
    spaces = 'xmlns:m="http://www.memsource.com/mxlf/2.0"'
    unit = one("<source>省</source><target>A</target>", f'id="1" m:confirmed="{said}"', spaces=spaces)
    assert unit.status is status


def test_inline_codes_are_no_text_and_come_back_as_they_were():
    inside = (
        '<source>前<g id="1" ctype="bold">粗<x id="2"/>体</g>中<bpt id="3" rid="3">&lt;a&gt;</bpt>链'
        '<ept id="4" rid="3">&lt;/a&gt;</ept><ph id="5" ctype="image">img<sub>图题</sub></ph>'
        '<it id="6" pos="open">&lt;i&gt;</it><mrk mtype="term" comment="c">术<ph id="7"/>语</mrk>'
        '<bx id="8" rid="2"/>后<ex id="9" rid="2"/></source><target>A</target>'
    )
    unit = one(inside)
    assert unit.source.text == "前粗体中链术语后"
    again = written([unit]).decode()
    for element in (
        '前<g id="1" ctype="bold">粗<x id="2"/>体</g>中',
        "<sub>图题</sub></ph>",
        '<it id="6" pos="open">',
        '<mrk mtype="term" comment="c">术<ph id="7"/>语</mrk>',
    ):
        assert element in again
    assert parse(again.encode())[0].source == unit.source


CODES = st.recursive(
    st.text(alphabet="省a<&", max_size=3).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        inner.map(lambda text: f'<g id="1">{text}</g>'),
        inner.map(lambda text: f'<mrk mtype="x-a">{text}</mrk>'),
        st.just('<x id="2"/>'),
        inner.map(lambda text: f'<bx id="3"/>{text}<ex id="4" rid="3"/>'),
        inner.map(lambda text: f'<ph id="5">n<sub>{text}</sub>m</ph>'),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(CODES)
def test_any_nesting_of_codes_comes_back(content):
    unit = one(f"<source>省{content}</source><target>A</target>")
    (again,) = parse(written([unit]))
    assert again.source == unit.source


def test_codes_of_a_tmx_become_valid_elements():
    codes = (
        Code(offset=0, kind="bpt", i="1", x="1", type="bold", text="<b>"),
        Code(offset=1, kind="hi", length=1, type="t"),
        Code(offset=2, kind="ept", i="1", text="</b>"),
        Code(offset=2, kind="ut", text="{x}"),
    )
    unit = Unit(
        id="1", source=Segment(lang="zh-CN", text="省府", codes=codes), target=Segment(lang="en", text="A")
    )
    raw = written([unit]).decode()
    assert '<bpt id="1" rid="1" ctype="bold">&lt;b&gt;</bpt>省<mrk mtype="x-t">府</mrk>' in raw
    assert '<ept id="1" rid="1">&lt;/b&gt;</ept><ph id="tm1">{x}</ph>' in raw
    assert parse(raw.encode())[0].source == unit.source


def test_xliff_2_is_read():
    raw = """<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh-CN" trgLang="en">
    <file id="f"><unit id="u"><notes><note>N</note></notes>
    <originalData><data id="d">&lt;b&gt;</data></originalData>
    <segment id="s1" state="final"><source>甲<ph id="1" dataRef="d"/><pc id="2">乙</pc></source>
    <target>A</target></segment>
    <segment id="s2" state="initial"><source>丙</source><target>C</target></segment>
    </unit></file></xliff>""".encode()
    first, second = parse(raw)
    assert (first.id, first.source.text, first.target.text, first.status) == (
        "u.s1",
        "甲乙",
        "A",
        Status.APPROVED,
    )
    assert [code.text for code in first.source.codes] == ["<b>", "", ""]
    assert first.notes[0].text == "N"
    assert (second.target.text, second.status) == ("", Status.DRAFT)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'<tmx version="1.4"/>', "root element is tmx"),
        (b'<xliff version="3.0"/>', "version 3.0"),
        (b"<xliff/>", "cannot be read"),
        (b"", "empty"),
        (document('<trans-unit id="7"><target>A</target></trans-unit>'), "without source"),
    ],
)
def test_what_is_no_xliff_is_an_error_that_says_so(raw, said):
    with pytest.raises(FormatError, match=said):
        parse(raw)
