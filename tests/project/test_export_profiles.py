"""An exported TMX is valid, of one language pair, and says nothing that would mislead its reader."""

from __future__ import annotations

import datetime
import io
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.formats import tmx
from tm.formats.tmx_client import Client, common_tag
from tm.model import Context, Header, Memory, Origin, Segment, Status, Unit
from tm.project.exporting import as_tmx, chosen
from tm.project.folder import open_project
from tm.project.omegat_sources import occurrences
from tm.project.rivals import Rivals
from tm.project.selection import condition

DATA = os.environ.get("TM_TEST_DATA", "")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
UTC = datetime.UTC
MISLEADING = {"file", "id", "path", "prev", "next", "context", "x-ice", "x-100pc", "x-auto"}
FOREIGN = """<?xml version="1.0"?>
<tmx version="1.1" xmlns:ex="urn:example"><header creationtool="t" creationtoolversion="1" segtype="sentence"
 o-tmf="x" adminlang="en" srclang="*all*" datatype="html" ex:more="1"/><body>
<tu tuid="a" srclang="ZH_cn" usagecount="3" lastusagedate="soon" ex:mark="1">
 <tuv lang="EN-us" creationdate="20200102T030405Z"><prop type="prev">前</prop>
  <seg>a <ex:b>b</ex:b><ph>c</ph></seg><note>late</note></tuv>
 <prop type="file">one.txt</prop><prop type="id">7</prop><prop type="x-ice">9</prop><note>first</note>
 <tuv lang="zh_CN"><note>on the source</note>
  <seg>甲<bpt type="bold">&lt;b&gt;</bpt>乙<ept>&lt;/b&gt;</ept></seg></tuv>
 <tuv lang="fr"><seg>un</seg></tuv></tu>
<tu><tuv lang="zh-cn"><seg>𠀀 &amp; 丙</seg></tuv><tuv lang="en-US"><seg>𠀀 &amp; c</seg></tuv></tu>
<tu tuid="e"><tuv lang="zh-CN"><seg>丁</seg></tuv><tuv lang="en-US"><seg>  </seg></tuv></tu>
<tu tuid="f"><tuv lang="fr"><seg>deux</seg></tuv><tuv lang="de"><seg>zwei</seg></tuv></tu>
<tu tuid="d"><prop type="x-status">draft</prop>
 <tuv lang="zh-CN"><seg>戊</seg></tuv><tuv lang="en-US"><seg>d</seg></tuv></tu>
</body></tmx>"""


def exported(folder, names, client=Client.GENERIC, sources=None, on_change=None):
    """The bytes of an export, and the units it chose from."""
    project = open_project(folder)
    units = chosen(project, names)
    found = list(occurrences(sources or {}, "zh-CN"))
    stream = io.BytesIO()
    tmx.write(as_tmx(units, client, found=found, on_change=on_change), stream)
    return stream.getvalue(), units


def read_back(raw):
    return list(tmx.read(io.BytesIO(raw)))


@pytest.fixture
def foreign(tmp_path):
    (tmp_path / "tm.toml").write_text("", encoding="utf-8")
    (tmp_path / "tmx").mkdir()
    (tmp_path / "tmx/foreign.tmx").write_text(FOREIGN, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("client", list(Client))
def test_whatever_a_memory_brings_along_its_export_is_valid_and_plain(client, foreign, valid_tmx):
    changes: list[tmx.Change] = []
    raw, units = exported(foreign, ["foreign"], client, on_change=changes.append)
    root = valid_tmx(raw)
    assert root.find("header").get("srclang") == "zh-CN"
    assert {tuv.get(LANG) for tuv in root.iter("tuv")} == {"zh-CN", "en-US"}
    assert next(root.iter("tu")).get("tuid") == "a"
    assert all(tu.get("tuid") for tu in root.iter("tu"))
    assert not any(tu.get("srclang") for tu in root.iter("tu"))
    assert [note.text for note in root.iter("note")] == ["first", "on the source", "late"]
    assert not MISLEADING & {prop.get("type") for prop in root.iter("prop")}
    assert {"x-kept-file", "x-kept-id", "x-kept-ice"} <= {prop.get("type") for prop in root.iter("prop")}
    assert [[tuv.get(LANG) for tuv in tu.iter("tuv")] for tu in root.iter("tu")] == [["zh-CN", "en-US"]] * 2
    assert all(change.reason for change in changes)
    assert changes
    left = units.left
    assert (left.units, left.drafts, left.empty, left.unpaired) == (2, 1, 1, 1)
    assert dict(left.languages) == {"fr": 1, "de": 1}
    assert raw == exported(foreign, ["foreign"], client)[0]


def test_the_texts_and_codes_of_an_export_are_those_of_the_memory(foreign):
    units = read_back(exported(foreign, ["foreign"])[0])
    assert [(one.source.text, one.target.text) for one in units] == [("甲乙", "a b"), ("𠀀 & 丙", "𠀀 & c")]
    assert [(code.kind, code.text) for code in units[0].source.codes] == [("bpt", "<b>"), ("ept", "</b>")]
    assert units[0].origin.created == datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="TM_TEST_DATA is not set: third-party texts are not at hand")
def test_every_public_file_with_chinese_or_english_is_exported_valid(tmp_path, valid_tmx):
    (tmp_path / "tm.toml").write_text("", encoding="utf-8")
    count = 0
    for path in sorted((Path(DATA) / "tmx").glob("**/*.tmx*")):
        try:
            whole = list(tmx.read(io.BytesIO(path.read_bytes()), path=str(path)))
        except Exception:  # noqa: BLE001, S112 - other tests say which files are broken
            continue
        if whole:
            for client in Client:
                raw, units = exported(tmp_path, [str(path)], client)
                valid_tmx(raw)
                kept = {(one.source.text, one.target.text) for one in units}
                assert {(one.source.text, one.target.text) for one in read_back(raw)} == kept
            count += 1
    assert count >= 4


def test_further_moments_of_a_day_are_utc(memory_file, pair, valid_tmx):
    there = datetime.timezone(datetime.timedelta(hours=8))
    moment = datetime.datetime(2021, 3, 1, 7, 0, tzinfo=there)
    path = memory_file(pair("甲", "a", origin=Origin(created=moment, changed=moment, changer="王")))
    raw, _units = exported(path.parent.parent, ["mine"])
    tu = next(valid_tmx(raw).iter("tu"))
    assert tu.get("creationdate") == tu.get("changedate") == "20210228T230000Z"


def release_of(pair, *pairs, release="2021-01-01-a", **fields):
    day = datetime.datetime.fromisoformat(f"{release[:10]}T00:00:00+00:00")
    origin = Origin(release=release, created=day)
    return [
        pair(source, target, id=f"{release}/{n}", origin=origin, **fields)
        for n, (source, target) in enumerate(pairs)
    ]


def test_phrase_finds_neighbours_with_the_source_and_days_with_the_target(memory_file, pair, valid_tmx):
    one, two = release_of(pair, ("甲", "a"), ("乙", "b"))
    alone = pair("丙", "c", context=Context(previous="前", key="k"), status=Status.REVIEWED)
    path = memory_file(one, two, alone)
    root = valid_tmx(exported(path.parent.parent, ["mine"], Client.PHRASE)[0])
    props = [
        [[(prop.get("type"), prop.text) for prop in tuv.iter("prop")] for tuv in tu.iter("tuv")]
        for tu in root.iter("tu")
    ]
    assert props == [
        [[("context_next", "乙")], [("created_at", "1609459200000")]],
        [[("context_prev", "甲")], [("created_at", "1609459200000")]],
        [[("context_prev", "前"), ("x-context_seg_key", "k")], []],
    ]
    direct = [prop.get("type") for tu in root.iter("tu") for prop in tu.findall("prop")]
    assert direct == ["x-release", "x-release", "x-status"]


def test_what_phrase_gets_comes_back_with_its_context(memory_file, pair):
    path = memory_file(*release_of(pair, ("甲", "a"), ("乙", "b"), ("丙", "c")))
    units = read_back(exported(path.parent.parent, ["mine"], Client.PHRASE)[0])
    assert [(one.context.previous, one.context.next) for one in units] == [
        ("", "乙"),
        ("甲", "丙"),
        ("乙", ""),
    ]


def omegat_props(tu):
    return {
        prop.get("type"): prop.text or "" for prop in tu.findall("prop") if prop.get("type") in MISLEADING
    }


def test_for_omegat_a_place_is_told_only_where_a_source_file_has_it(memory_file, pair, valid_tmx):
    old = release_of(
        pair, ("会议召开", "The meeting opened"), ("强调。", "It stressed."), release="2020-01-01-a"
    )
    new = release_of(
        pair, ("大会开幕", "The congress opened"), ("强调。", "It underlined."), release="2021-01-01-a"
    )
    path = memory_file(*old, *new)
    text = "会议召开\n\n强调。\n\n大会开幕\n\n强调。\n"
    sources = {"zh.txt": text.encode()}
    root = valid_tmx(exported(path.parent.parent, ["mine"], Client.OMEGAT, sources)[0])
    told = [(tu.findall("tuv")[1].findtext("seg"), omegat_props(tu)) for tu in root.iter("tu")]
    assert told == [
        ("The meeting opened", {}),
        ("It stressed.", {"prev": "会议召开"}),
        ("The congress opened", {}),
        ("It underlined.", {}),
        ("It stressed.", {"file": "zh.txt", "prev": "会议召开", "next": "大会开幕"}),
    ]
    assert [tu.get("tuid") is None for tu in root.iter("tu")] == [False, False, False, False, True]


def test_for_omegat_the_better_of_two_translations_comes_last(memory_file, pair):
    best = pair("甲", "best", status=Status.APPROVED, id="1")
    path = memory_file(best, pair("甲", "other", id="2"), pair("乙", "b", id="3"))
    units = read_back(exported(path.parent.parent, ["mine"], Client.OMEGAT)[0])
    assert [one.target.text for one in units] == ["other", "best", "b"]


# --- Rivals -----------------------------------------------------------------------------------------

DAYS = st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2020, 1, 4))
UNITS = st.lists(
    st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("abc"), st.sampled_from(list(Status)), DAYS)
)


def made(number, source, target, status, day):
    created = datetime.datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    return Unit(
        id=str(number),
        source=Segment(lang="zh-CN", text=source),
        target=Segment(lang="en", text=target),
        status=status,
        origin=Origin(created=created),
    )


@given(UNITS)
def test_rivals_are_those_that_a_plain_comparison_finds(rows):
    units = [made(number, *row) for number, row in enumerate(rows)]
    rivals = Rivals(units)
    late = False
    for place, one in enumerate(units):
        same = [(number, other) for number, other in enumerate(units) if other.source == one.source]
        order = [(list(Status).index(u.status), u.origin.date or datetime.date.min, n, u) for n, u in same]
        best = max(order, key=lambda found: found[:3])[3]
        assert rivals.contested(place) is (len({other.target for _n, other in same}) > 1)
        assert rivals.beaten(place) is (one.target != best.target)
        late |= rivals.beaten(place) and any(n < place and other.target == best.target for n, other in same)
    assert rivals.any_beaten_is_late() is late


@pytest.mark.parametrize(
    ("tags", "tag"),
    [
        (["zh_CN", "zh-CN", "ZH-cn"], "zh-CN"),
        (["zh", "zh-Hans", "zh-SG"], "zh-CN"),
        (["zh-Hans"], "zh-Hans"),
        (["eng", "en"], "en"),
        (["en-US", "en_us"], "en-US"),
        (["en-US", "en-GB"], "en"),
        (["en-US", "en"], "en"),
        (["", "en-GB"], "en-GB"),
        ([], "xx"),
    ],
)
def test_one_tag_is_true_of_all_texts(tags, tag):
    assert common_tag(tags, "xx") == tag


def test_omegat_is_told_no_script():
    assert common_tag(["zh-Hans"], "", Client.OMEGAT) == "zh-CN"


# --- Size -------------------------------------------------------------------------------------------


def test_an_export_holds_a_few_numbers_of_a_unit(memory_file, pair):
    def units(count):
        return (
            pair(f"第{n}条规定。" * 4, f"Article {n} provides that. " * 4, id=str(n)) for n in range(count)
        )

    peaks = []
    for count in (2_000, 8_000):
        path = memory_file(*units(count), name=f"m{count}")
        tracemalloc.start()
        with (path.parent / "out").open("wb") as stream:
            found = chosen(open_project(path.parent.parent), [path.stem])
            tmx.write(as_tmx(found, Client.OMEGAT), stream)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[1] - peaks[0]) / 6_000 < 250  # bytes a further unit


def test_an_export_costs_little_more_than_reading_twice_and_writing(memory_file, pair, cpu_seconds, tmp_path):
    path = memory_file(
        *(pair(f"第{n}条规定。" * 6, f"Article {n} provides. " * 6, id=str(n)) for n in range(4_000))
    )
    project = open_project(path.parent.parent)

    def written(memory):
        with (tmp_path / "out").open("wb") as stream:
            tmx.write(memory, stream)

    def read():
        with path.open("rb") as stream:
            return list(tmx.read(stream))

    plain = Memory(name="m", header=Header(), units=read())
    bare = 2 * cpu_seconds(read) + cpu_seconds(lambda: written(plain))
    conditions = [condition("date!=2020..2021"), condition("status=*"), condition("office!=*x")]
    whole = cpu_seconds(lambda: written(as_tmx(chosen(project, ["mine"], conditions), Client.GENERIC)))
    assert whole < 2.5 * bare


def test_several_memories_give_each_pair_once_and_every_unit_an_id_of_its_own(memory_file, pair, tmp_path):
    memory_file(pair("一", "one", id="a"), pair("一", "one", id="b"), pair("二", "two", id="c"), name="first")
    placed = pair("二", "two", id="c", context=Context(previous="前"))
    memory_file(pair("一", "one", id="x"), pair("三", "three", id="a"), placed, name="second")
    units = chosen(open_project(tmp_path), ["first", "second"])
    found = [(unit.id, unit.target.text) for unit in units]
    assert found == [("a", "one"), ("b", "one"), ("c", "two"), ("a.2", "three"), ("c.2", "two")]
    assert (units.left.units, units.left.joined) == (5, 1)
    assert [(unit.id, unit.target.text) for unit in units] == found, "every loop gives the same"
