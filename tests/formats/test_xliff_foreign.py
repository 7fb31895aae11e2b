"""XLIFF of other programs, and odd XLIFF: what is read from it, and what it is refused for."""

from __future__ import annotations

import datetime
import importlib
import io
import warnings

import pytest

from tm.errors import FormatError
from tm.formats import xliff, xliff_2
from tm.model import Header, Memory, Note, Prop, Segment, Status, Unit

CORE_1 = "urn:oasis:names:tc:xliff:document:1.2"
CORE_2 = "urn:oasis:names:tc:xliff:document:2.0"
LANGS_1 = 'source-language="zh-CN" target-language="en"'
LANGS_2 = 'srcLang="zh-CN" trgLang="en"'


def one(inside, *, attributes=LANGS_1, spaces="", before="", head=""):
    """A file of XLIFF 1.2."""
    return (
        f'<xliff version="1.2" xmlns="{CORE_1}" {spaces}>{before}'
        f'<file original="a" datatype="plaintext" {attributes}>{head}<body>{inside}</body></file></xliff>'
    ).encode()


def two(inside, *, attributes=LANGS_2, spaces="", version="2.0"):
    """A file of XLIFF 2."""
    return (
        f'<xliff version="{version}" xmlns="{CORE_2}" {attributes} {spaces}><file id="f">'
        f"{inside}</file></xliff>"
    ).encode()


def read(raw, **options):
    return tuple(xliff.read(io.BytesIO(raw), path="a.xlf", **options))


def said(raw, **options):
    return [(unit.id, unit.source.text, unit.target.text, unit.status.value) for unit in read(raw, **options)]


def fault(raw):
    with pytest.raises(FormatError) as caught:
        read(raw)
    assert caught.value.path == "a.xlf"
    assert caught.value.hint
    return caught.value


# --- How far a translation has come ---------------------------------------------------------------------


def segment(attributes, target="<target>A</target>"):
    return f'<unit id="u"><segment {attributes}><source>省</source>{target}</segment></unit>'


@pytest.mark.parametrize(
    ("attributes", "text", "status"),
    [
        ('state="initial"', "", "draft"),
        ('state="initial" subState="tm:draft"', "A", "draft"),
        ('state="initial" subState="tm:fuzzy"', "A", "draft"),
        ('state="initial" subState="other:new"', "", "draft"),
        ('state="initial" subState="other:needs-review-translation"', "A", "draft"),
        ('state="translated"', "A", "translated"),
        ('state="translated" subState="tm:exact"', "A", "translated"),
        ('state="translated" subState="tm:fuzzy"', "A", "translated"),
        ('state="translated" subState="x:needs-review-translation"', "A", "draft"),
        ('state="reviewed"', "A", "reviewed"),
        ('state="final"', "A", "approved"),
        ('subState="tm:draft"', "A", "draft"),
    ],
)
def test_a_segment_of_xliff_2_counts_as_what_its_states_say(attributes, text, status):
    assert said(two(segment(attributes))) == [("u", "省", text, status)]


def test_segments_without_a_state_are_initial_where_the_file_writes_states_and_translated_elsewhere():
    bare = segment("")
    assert said(two(bare)) == [("u", "省", "A", "translated")]
    stated = segment('state="final"').replace('"u"', '"v"')
    assert [unit[2] for unit in said(two(bare + stated))] == ["", "A"]
    assert [unit[2] for unit in said(two(bare + stated), finished=True)] == ["A", "A"]


def test_a_finished_file_of_xliff_2_has_translations_where_it_says_initial_and_drafts_stay_drafts():
    units = segment('state="initial"') + segment('state="initial" subState="tm:fuzzy"').replace('"u"', '"v"')
    assert [unit[2:] for unit in said(two(units), finished=True)] == [("A", "translated"), ("A", "draft")]


@pytest.mark.parametrize(
    ("attributes", "status"),
    [
        ('state-qualifier="exact-match"', "translated"),
        ('state-qualifier="fuzzy-match"', "draft"),
        ('state-qualifier="mt-suggestion"', "draft"),
        ('state="translated" state-qualifier="fuzzy-match"', "translated"),
        ('state="translated" state-qualifier="rejected-grammar"', "draft"),
    ],
)
def test_a_qualifier_counts_where_there_is_no_state_and_a_rejection_always(attributes, status):
    unit = f'<trans-unit id="1"><source>省</source><target {attributes}>A</target></trans-unit>'
    assert said(one(unit))[0][3] == status


# --- What other programs write --------------------------------------------------------------------------


def test_what_trados_has_deleted_in_a_tracked_change_is_no_text_and_its_comments_are_notes():
    sdl = 'xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
    comments = (
        "<doc-info><cmt-defs><cmt-def id='c1'><Comments><Comment severity='Low' user='李'>看这里</Comment>"
        "</Comments></cmt-def></cmt-defs></doc-info>"
    )
    inside = (
        '<trans-unit id="u"><source>省政府</source>'
        '<seg-source><mrk mtype="seg" mid="1">省政府</mrk></seg-source>'
        '<target><mrk mtype="seg" mid="1">The <mrk mtype="x-sdl-deleted" sdl:revid="r">state </mrk>'
        '<mrk mtype="x-sdl-added" sdl:revid="q">provincial </mrk>'
        '<mrk mtype="x-sdl-comment" sdl:cid="c1">government</mrk></mrk></target>'
        '<sdl:seg-defs><sdl:seg id="1" conf="Translated"/></sdl:seg-defs></trans-unit>'
    )
    (unit,) = read(one(inside, spaces=sdl, before=comments))
    assert unit.target.text == "The provincial government"
    assert unit.notes == (Note(text="看这里", attributes=(("from", "李"),)),)


def test_notes_keep_who_wrote_them_how_urgent_they_are_and_what_they_are_about():
    raw = one(
        '<trans-unit id="1"><source>省</source><target>A</target>'
        '<note from="李" priority="2" annotates="target" xml:lang="zh">改</note></trans-unit>'
    )
    (unit,) = read(raw)
    kept = (("from", "李"), ("priority", "2"), ("annotates", "target"))
    assert unit.notes == (Note(text="改", lang="zh", attributes=kept),)
    stream = io.BytesIO()
    xliff.write(Memory(name="m", header=Header(), units=[unit]), stream)
    assert read(stream.getvalue()) == (unit,)


def test_notes_of_xliff_2_keep_category_and_priority_and_foreign_metadata_become_properties():
    raw = two(
        '<unit id="1" name="key"><mda:metadata><mda:metaGroup category="row"><mda:meta type="id">7</mda:meta>'
        '</mda:metaGroup></mda:metadata><notes><note category="c" priority="3" appliesTo="source">N</note>'
        '</notes><segment state="final"><source>省</source><target>A</target></segment></unit>',
        spaces='xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"',
    )
    (unit,) = read(raw)
    assert unit.props == (Prop(type="row:id", text="7"),)
    assert unit.context.key == "key"
    assert dict(unit.notes[0].attributes) == {"category": "c", "priority": "3", "appliesTo": "source"}
    stream = io.BytesIO()
    xliff_2.write(Memory(name="m", header=Header(), units=[unit]), stream)
    (again,) = read(stream.getvalue())
    assert (again.props, again.context.key, sorted(again.notes[0].attributes)) == (
        unit.props,
        "key",
        sorted(unit.notes[0].attributes),
    )


def test_the_phase_of_a_target_says_who_worked_on_it_and_when():
    head = (
        '<header><phase-group><phase phase-name="p" process-name="review" contact-name="王"'
        ' date="2020-03-04T05:06:07Z"/></phase-group>'
        '<tool tool-id="t" tool-name="T" tool-version="3"/></header>'
    )
    raw = one(
        '<trans-unit id="1"><source>省</source><target phase-name="p">A</target></trans-unit>', head=head
    )
    memory = xliff.read(io.BytesIO(raw))
    (unit,) = memory
    assert unit.origin.changer == "王"
    assert unit.origin.changed == datetime.datetime(2020, 3, 4, 5, 6, 7, tzinfo=datetime.UTC)
    assert (memory.header.tool, memory.header.tool_version) == ("T", "3")


def test_proposals_of_both_versions_are_no_translations():
    assert said(
        one(
            '<trans-unit id="1"><source>省</source><alt-trans match-quality="100%" origin="tm">'
            "<source>省</source><target>P</target></alt-trans></trans-unit>"
        )
    ) == [("1", "省", "", "draft")]
    assert said(
        two(
            '<unit id="1"><mtc:matches><mtc:match ref="#s"><source>省</source><target>P</target></mtc:match>'
            '</mtc:matches><segment id="s"><source>省</source></segment></unit>',
            spaces='xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"',
        )
    ) == [("1", "省", "", "draft")]


def test_segments_of_a_unit_keep_their_own_states_and_their_own_pairs_whatever_their_order():
    raw = two(
        '<unit id="u"><segment id="a" state="final"><source>甲。</source>'
        '<target order="3">A.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="initial"><source>乙。</source><target order="1">B.</target></segment></unit>'
    )
    assert said(raw) == [("u.a", "甲。", "A.", "approved"), ("u.2", "乙。", "", "draft")]


@pytest.mark.parametrize("place", ["file", "group", "unit"])
def test_what_is_not_for_translation_is_left_out_wherever_that_is_said(place):
    marks = {name: ' translate="no"' if name == place else "" for name in ("file", "group", "unit")}
    raw = (
        f'<xliff version="2.1" xmlns="{CORE_2}" {LANGS_2}><file id="f"{marks["file"]}>'
        f'<group id="g"{marks["group"]}><unit id="1"{marks["unit"]}><segment><source>甲</source></segment>'
        '</unit><unit id="2" translate="yes"><segment><source>乙</source></segment></unit>'
        "</group></file></xliff>"
    )
    assert [unit.id for unit in read(raw.encode())] == ["2"]


def test_the_characters_that_cp_stands_for_are_text_and_native_code():
    raw = two(
        '<unit id="u"><originalData><data id="d">a<cp hex="0002"/>b</data></originalData>'
        '<segment state="final"><source>省<cp hex="001B"/>府<ph id="1" dataRef="d"/></source>'
        "<target>A</target></segment></unit>"
    )
    (unit,) = read(raw)
    assert unit.source.text == "省\x1b府"
    assert unit.source.codes[0].text == "a\x02b"
    stream = io.BytesIO()
    xliff_2.write(Memory(name="m", header=Header(), units=[unit]), stream)
    assert read(stream.getvalue()) == (unit,)


def test_codes_of_xliff_2_come_back_as_they_were():
    source = (
        '省<pc id="1" canCopy="no" type="fmt" subType="xlf:b" dispStart="[b]" dataRefStart="d1"'
        ' dataRefEnd="d2">政<sc id="2" canOverlap="yes"/>府</pc>会<ec startRef="2"/>议'
        '<sm id="m1" type="term"/>召<ph id="3" disp="x" equiv="y"/><em startRef="m1"/>'
        '<mrk id="m2" type="comment" value="v">开</mrk><ec id="4" isolated="yes"/>'
    )
    raw = two(
        '<unit id="u"><originalData><data id="d1">&lt;b&gt;</data><data id="d2">&lt;/b&gt;</data>'
        f'</originalData><segment state="final"><source>{source}</source><target>A</target></segment></unit>'
    )
    (unit,) = read(raw)
    assert unit.source.text == "省政府会议召开"
    stream = io.BytesIO()
    xliff_2.write(Memory(name="m", header=Header(), units=[unit]), stream)
    assert read(stream.getvalue()) == (unit,)
    again = stream.getvalue().decode()
    for piece in (
        '<sc id="2" canOverlap="yes"/>',
        '<ec startRef="2"/>',
        '<sm id="m1" type="term"/>',
        "</pc>会",
    ):
        assert piece in again
    assert "tm:codes" not in again


# --- Odd files ------------------------------------------------------------------------------------------


def test_a_language_that_only_the_target_names_is_that_of_the_file():
    raw = one(
        '<trans-unit id="1"><source>省</source><target xml:lang="en-GB">A</target></trans-unit>',
        attributes='source-language="zh-CN"',
    )
    memory = xliff.read(io.BytesIO(raw))
    assert memory.header.target_lang == "en-GB"
    assert [unit.target.lang for unit in memory] == ["en-GB"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (one('<trans-unit id="1"><source>省</source><target>A</target></trans-unit>',
             attributes='source-language="zh-CN"'), "language of its translations"),
        (one('<trans-unit id="1"><source>省</source></trans-unit>', attributes=""), "of its sources"),
        (two(segment(""), attributes='srcLang="zh-CN"'), "language of its translations"),
        (two(segment(""), attributes='trgLang="en"'), "language of its sources"),
        (one('<bin-unit id="b" mime-type="image/png"><bin-source/></bin-unit>'), "binary object"),
        (two('<unit id="u"><segment><target>A</target></segment></unit>'), "segment without source"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_line(raw, words):
    found = fault(raw)
    assert words in found.message
    assert found.line == 1


def test_a_file_without_translations_needs_no_target_language():
    raw = one('<trans-unit id="1"><source>省</source></trans-unit>', attributes='source-language="zh-CN"')
    assert [unit.target for unit in read(raw)] == [Segment(lang="en", text="")]


def test_units_of_the_same_id_are_all_read():
    twice = '<trans-unit id="1"><source>甲</source><target>A</target></trans-unit>'
    units = read(one(twice + twice.replace("甲", "乙").replace("A", "B")))
    assert [unit.target.text for unit in units] == ["A", "B"]
    for module in (xliff, xliff_2):
        stream = io.BytesIO()
        module.write(Memory(name="m", header=Header(), units=units), stream)
        assert read(stream.getvalue()) == units


def test_cdata_and_comments_are_what_they_are():
    raw = one(
        "<trans-unit id='1'><source><![CDATA[<省>]]></source>"
        "<target>A<!-- no --> &amp; B</target></trans-unit>"
    )
    assert said(raw) == [("1", "<省>", "A & B", "translated")]


@pytest.mark.parametrize(
    "note", ["[]", "5", '[["ph"],{"kind":"evil"}]', "[" * 5000, '[["ph","","",""],7]', "{"]
)
def test_notes_on_codes_that_make_no_sense_change_nothing(note):
    group = f'<context-group><context context-type="x-tm.codes.source">{note}</context></context-group>'
    plain = '<trans-unit id="1"><source>省<ph id="a"/></source><target>A</target>{}</trans-unit>'
    assert read(one(plain.format(group))) == read(one(plain.format("")))


# --- Another reader -------------------------------------------------------------------------------------

TEXTS = [
    ("会议召开", "The meeting opened"),
    ("强调要抓好落实。", "It stressed implementation."),
    ("强调要抓好落实。", "It underlined implementation."),
    ("𠀀𫝀 & <甲> “引号”", "𝒜 & <a> “quotes”"),
    ("全省增长50%，位居第一。", "The province grew by 50%, ranking first."),
]


@pytest.mark.parametrize(
    ("module", "name", "kind"), [(xliff, "xliff", "xlifffile"), (xliff_2, "xliff2", "Xliff2File")]
)
def test_the_translate_toolkit_reads_the_same_pairs(module, name, kind):
    units = [
        Unit(
            id=f"2019-04-23-a/{number}",
            source=Segment(lang="zh-CN", text=source),
            target=Segment(lang="en", text=target),
            status=Status.DRAFT if number == 1 else Status.TRANSLATED,
            notes=(Note(text="看"),),
        )
        for number, (source, target) in enumerate(TEXTS)
    ]
    stream = io.BytesIO()
    module.write(Memory(name="m", header=Header(), units=units), stream)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        storage = importlib.import_module(f"translate.storage.{name}")
        store = getattr(storage, kind).parsestring(stream.getvalue())
    assert [(str(unit.source), str(unit.target)) for unit in store.units] == TEXTS
    if module is xliff_2:  # of 1.2 the toolkit takes everything for fuzzy that is not approved
        assert [bool(unit.isfuzzy()) for unit in store.units] == [number == 1 for number in range(len(TEXTS))]
    else:  # of 2.x it looks for notes in the segment, where there are none
        assert all(unit.getnotes() == "看" for unit in store.units)
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("zh-CN", "en")
