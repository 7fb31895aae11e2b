"""Context, status, release and dates, languages, namespaces and ids of foreign TMX."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace

import pytest
from lxml import etree

from tm.formats import tmx
from tm.model import (
    Context,
    Header,
    Memory,
    Origin,
    Prop,
    Segment,
    Status,
    Unit,
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


def one(unit: Unit) -> Unit:
    (found,) = tmx.read(io.BytesIO(written(memory_of(unit))), path="m.tmx")
    return found


def plain(origin: Origin) -> Unit:
    source, target = Segment(lang="zh-CN", text="甲"), Segment(lang="en", text="a")
    return Unit(id="u", source=source, target=target, origin=origin)


def shape(tu: etree._Element) -> bytes:
    """The C14N of a tu, without the white space that only indents."""
    for element in tu.iter():
        for name in ("text", "tail"):
            owner = element if name == "text" else element.getparent()
            if owner is not None and owner.tag in {"tu", "tuv", "body"}:
                setattr(element, name, (getattr(element, name) or "").strip() or None)
    tu.tail = None
    return etree.tostring(tu, method="c14n")


# --- Context, status, release, dates ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("prop", "found"),
    [
        ('<prop type="x-context-pre">前</prop>', Context(previous="前")),
        ('<prop type="prev">前</prop>', Context(previous="前")),
        ('<prop type="next" xml:lang="zh">后</prop>', Context(next="后")),
        ('<prop type="x-context-post">&lt;seg>后&lt;/seg></prop>', Context(next="后")),
        ('<prop type="x-context-post"><seg>后</seg></prop>', Context(next="后")),
        ('<prop type="x-previous-source-text">前</prop>', Context(previous="前")),
    ],
)
def test_context_is_understood_and_written_back_as_it_was(prop: str, found: Context) -> None:
    (unit,) = opened(f'<tu tuid="1">{prop}{PAIR}</tu>')
    assert unit.context == found
    assert unit.props == ()
    assert shape_of(written(memory_of(unit))) == shape_of(f'<b><tu tuid="1">{prop}{PAIR}</tu></b>'.encode())
    changed = replace(unit, context=replace(found, previous="新", next="新"))
    assert one(changed).context == replace(found, previous="新", next="新")
    assert one(replace(unit, context=Context())).context == Context()


def shape_of(raw: bytes) -> list[bytes]:
    return [shape(tu) for tu in etree.fromstring(raw).iter("tu")]


def test_phrase_context_stands_in_the_source_tuv_and_stays_there() -> None:
    xml = (
        '<tu tuid="1"><tuv xml:lang="zh-CN"><prop type="context_prev">前</prop>'
        '<prop type="context_next">后</prop><seg>甲</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv></tu>'
    )
    (unit,) = opened(xml)
    assert unit.context == Context(previous="前", next="后")
    out = written(memory_of(unit))
    assert shape_of(out) == shape_of(f"<b>{xml}</b>".encode())
    out = written(memory_of(replace(unit, context=Context(previous="新", next="后"))))
    assert out.decode().count("context_prev") == 1
    assert "新" in out.decode()
    assert "x-context" not in out.decode()


def test_a_second_prop_of_a_field_stays_a_prop() -> None:
    (unit,) = opened(
        f'<tu tuid="1"><prop type="prev">一</prop><prop type="x-context-pre">二</prop>{PAIR}</tu>'
    )
    assert unit.context.previous == "一"
    assert unit.props == (Prop(type="x-context-pre", text="二"),)
    assert one(unit) == unit


def test_an_unknown_status_stays_a_prop() -> None:
    (unit,) = opened(f'<tu tuid="1"><prop type="x-status">perhaps</prop>{PAIR}</tu>')
    assert unit.status is Status.TRANSLATED
    assert unit.props == (Prop(type="x-status", text="perhaps"),)


@pytest.mark.parametrize(
    "date",
    [
        *("20260230T000000Z", "20260105T250000Z", "2026-01-05T00:00:00Z", "20260105", "20260105T000000"),
        *("00000105T000000Z", "20260105t000000z", "20260105T000000+0800", "２0260105T000000Z", "soon"),
    ],
)
def test_an_invalid_date_is_no_date_and_comes_back_as_it_was(date: str) -> None:
    (unit,) = opened(f'<tu tuid="1" creationdate="{date}">{PAIR}</tu>')
    assert unit.origin.created is None
    assert f'creationdate="{date}"' in written(memory_of(unit)).decode()
    moment = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
    mended = written(memory_of(replace(unit, origin=Origin(created=moment)))).decode()
    assert 'creationdate="20260105T000000Z"' in mended
    assert f'"{date}"' not in mended


def test_dates_of_the_tuvs_count_where_the_tu_has_none_and_stay_there() -> None:
    xml = (
        '<tu tuid="1" creationid="li"><tuv xml:lang="zh-CN" creationdate="20200101T000000Z"><seg>甲'
        '</seg></tuv><tuv xml:lang="en" changedate="20210101T000000Z" creationdate="bad" changeid="wang">'
        "<seg>a</seg></tuv></tu>"
    )
    (unit,) = opened(xml)
    assert unit.origin == Origin(
        creator="li",
        created=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
        changed=datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC),
        changer="wang",
    )
    assert shape_of(written(memory_of(unit))) == shape_of(f"<b>{xml}</b>".encode())
    later = replace(unit.origin, changed=datetime.datetime(2022, 1, 1, tzinfo=datetime.UTC))
    out = written(memory_of(replace(unit, origin=later))).decode()
    assert out.count("20220101T000000Z") == 1
    assert "20210101" not in out


def test_a_moment_of_another_zone_is_written_in_utc() -> None:
    beijing = datetime.timezone(datetime.timedelta(hours=8))
    unit = plain(Origin(created=datetime.datetime(2026, 1, 5, 8, tzinfo=beijing)))
    assert b'creationdate="20260105T000000Z"' in written(memory_of(unit))


# --- Languages --------------------------------------------------------------------------------------


def tu(**texts: str) -> str:
    inside = "".join(
        f'<tuv xml:lang="{lang.replace("_", "-")}"><seg>{text}</seg></tuv>' for lang, text in texts.items()
    )
    return f"<tu>{inside}</tu>"


@pytest.mark.parametrize("lang", ["zh", "ZH-CN", "zh-Hans-CN", "cmn", "zho", "chi", "zh-SG"])
def test_simplified_chinese_is_found_however_it_is_spelt(lang: str) -> None:
    (unit,) = opened(
        f'<tu><tuv xml:lang="en-US"><seg>a</seg></tuv><tuv xml:lang="{lang}"><seg>甲</seg></tuv></tu>'
    )
    assert (unit.source.lang, unit.source.text, unit.target.lang) == (lang, "甲", "en-US")


def test_the_exact_language_wins_over_a_related_and_the_first_over_a_later() -> None:
    xml = tu(zh_SG="新", zh_CN="甲", fr="f", en_GB="b", en="a")
    (unit,) = opened(xml)
    assert (unit.source.text, unit.target.text) == ("甲", "a")
    assert [other.segment.lang for other in unit.others] == ["zh-SG", "fr", "en-GB"]
    assert shape_of(written(memory_of(unit))) == shape_of(f"<b>{xml}</b>".encode())


def test_a_tu_without_the_pair_is_reported_with_line_and_reason() -> None:
    skipped: list[tmx.Skipped] = []
    xml = f'{tu(zh_TW="甲", en="a")}\n\n<tu tuid="x">{PAIR}</tu>\n<tu tuid="y"><tuv><seg>a</seg></tuv></tu>'
    xml += '<tu tuid="z"><tuv xml:lang="zh"><seg>a</seg><seg>b</seg></tuv>'
    xml += '<tuv xml:lang="en"><seg>b</seg></tuv></tu>'
    assert [unit.id for unit in opened(xml, on_skip=skipped.append)] == ["x"]
    assert [(skip.line, skip.unit) for skip in skipped] == [(2, "#1"), (5, "y"), (5, "z")]
    assert skipped[0].languages == ("zh-TW", "en")
    assert "zh-CN" in skipped[0].reason
    assert "no xml:lang" in skipped[1].reason
    assert "one seg" in skipped[2].reason


def test_a_survey_tells_the_languages_as_spelt() -> None:
    whole = f"{HEAD}{tu(zh_TW='甲', en='a')}{tu(zh_TW='甲')}<tu><tuv lang='x'><seg/></tuv><tuv/></tu>{TAIL}"
    found = tmx.survey(io.BytesIO(whole.encode()))
    assert (found.units, found.languages) == (3, {"": 1, "en": 1, "x": 1, "zh-TW": 2})


def test_xml_lang_wins_over_lang_and_both_come_back() -> None:
    xml = '<tu tuid="1"><tuv lang="en" xml:lang="zh-CN"><seg>甲</seg></tuv>'
    xml += '<tuv lang="en"><seg>a</seg></tuv></tu>'
    (unit,) = opened(xml)
    assert (unit.source.text, unit.target.text) == ("甲", "a")
    assert shape_of(written(memory_of(unit))) == shape_of(f"<b>{xml}</b>".encode())


# --- Namespaces and remarks -------------------------------------------------------------------------


def test_a_foreign_prefix_goes_with_its_unit_into_another_file() -> None:
    xml = f'{HEAD}<tu tuid="1" ex:a="1">{PAIR}</tu>{TAIL}'.replace("<tmx", '<tmx xmlns:ex="urn:ex"')
    foreign = opened(xml)
    (unit,) = foreign
    root = etree.fromstring(written(memory_of(plain(Origin()), unit)))
    assert root.findall("body/tu")[1].get("{urn:ex}a") == "1"
    same = written(replace(foreign, units=(unit,)))
    assert same.count(b"xmlns:ex") == 1


def test_a_namespace_declared_on_a_tu_stays_there() -> None:
    xml = f'<tu tuid="1" xmlns:q="urn:q"><q:more q:b="1">x</q:more>{PAIR}</tu>'
    memory = opened(f'<tu tuid="0">{PAIR}</tu>{xml}<tu tuid="2">{PAIR}</tu>')
    units = list(memory)
    assert [unit.id for unit in units] == ["0", "1", "2"]
    tus = etree.fromstring(written(memory_of(*units))).findall("body/tu")
    assert shape(tus[1]) == shape(etree.fromstring(xml))


def test_a_tmx_in_a_default_namespace_is_read_and_written_in_it() -> None:
    xml = f'{HEAD}<tu tuid="1"><prop type="x-release">r</prop>{PAIR}</tu>{TAIL}'.replace(
        "<tmx", '<tmx xmlns="http://www.lisa.org/tmx14"'
    )
    memory = opened(xml)
    (unit,) = memory
    assert (unit.source.text, unit.origin.release) == ("甲", "r")
    out = written(replace(memory, units=(unit,)))
    assert etree.fromstring(out).tag == "{http://www.lisa.org/tmx14}tmx"
    assert list(tmx.read(io.BytesIO(out))) == [unit]


def test_comments_stay_with_the_unit_they_stand_before() -> None:
    memory = opened(f"<!-- one --><tu>{PAIR}</tu><!-- two --><?go on?><tu>{PAIR}</tu>")
    out = written(memory).decode()
    assert out.index("<!-- one -->") < out.index("<tu") < out.index("<!-- two -->") < out.index("<?go on?>")


def test_a_seg_with_a_comment_keeps_it_until_it_is_edited() -> None:
    pair = PAIR.replace("甲", "甲<!-- c -->乙")
    (unit,) = opened(f'<tu tuid="1">{pair}</tu>')
    assert unit.source.text == "甲乙"
    assert "甲<!-- c -->乙" in written(memory_of(unit)).decode()
    edited = replace(unit, source=Segment(lang="zh-CN", text="丙"))
    assert "<seg>丙</seg>" in written(memory_of(edited)).decode()


def test_an_unknown_inline_element_is_kept_with_its_text() -> None:
    pair = PAIR.replace("甲", '甲<g id="1">乙<x id="2"/></g>')
    (unit,) = opened(f'<tu tuid="1">{pair}</tu>')
    assert unit.source.text == "甲乙"
    assert [code.kind for code in unit.source.codes] == ["hi"]
    assert shape_of(written(memory_of(unit))) == shape_of(f'<b><tu tuid="1">{pair}</tu></b>'.encode())


# --- Ids --------------------------------------------------------------------------------------------


def test_a_tu_without_tuid_gets_an_id_from_its_texts_and_is_written_without() -> None:
    first, second = opened(f"<tu>{PAIR}</tu><tu>{PAIR.replace('甲', '乙')}</tu>")
    assert first.id
    assert first.id != second.id
    (again,) = opened(f"<tu>{PAIR}</tu>")
    assert again.id == first.id
    out = written(memory_of(first, replace(second, id="named")))
    assert b"<tu>" in out
    assert b'<tu tuid="named">' in out
