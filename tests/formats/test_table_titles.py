"""Columns by their titles, as people and other tools write them, and what stands in their cells."""

from __future__ import annotations

import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.errors import FormatError
from tm.formats import csv, tsv
from tm.formats.column_names import meaning_of
from tm.formats.column_values import moment_of, moment_text, status_of
from tm.model import Header, Memory, Note, Prop, Segment, Status, Unit

DAY = datetime.datetime(2019, 4, 23, tzinfo=datetime.UTC)


def parse(text):
    return tuple(tsv.read(io.BytesIO(text.encode()), path="a.tsv"))


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        ("中文\t英文", "zh en"),
        ("原文\t译文\t备注", "zh en note"),
        ("中文原文\t英文译文\t编号", "zh en id"),
        ("序号\t原文（中文）\t译文（英文）", "id zh en"),
        ("zh-CN\ten-US", "zh en"),
        ("ZH_CN\tEN_us\tDate", "zh en date"),
        ("Segment ID\tSegment status\tSource segment\tTarget segment", "id status zh en"),
        ("ID\tChinese (PRC)\tEnglish (United States)\tComment\tStatus", "id zh en note status"),
        ("Source: zh-cn\tTarget: en", "zh en"),
        ("Source (en-GB)\tTarget (zh-Hans)", "en zh"),
        ("source_text\tSourceLanguage\ttarget text", "zh zh en"),
        ("＃\t状态\t最后修改", "id status "),
        ("Zen\tchin\tentry", "  "),
    ],
)
def test_titles_of_other_tools_are_known(titles, names):
    assert [meaning_of(title) for title in titles.split("\t")] == names.split(" ")


def test_a_column_that_is_named_twice_counts_once_and_the_other_is_kept():
    (unit,) = parse("zh\ten\ttranslation\n省\tA\tB\n")
    assert (unit.target.text, unit.props) == ("A", (Prop(type="translation", text="B"),))


def test_traditional_chinese_never_takes_the_place_of_simplified():
    (unit,) = parse("繁体中文\t简体中文\tEnglish\n縣\t县\tCounty\n")
    assert (unit.source.lang, unit.source.text) == ("zh-CN", "县")
    (alone,) = parse("Chinese (Traditional)\tEnglish\n縣\tCounty\n")
    assert alone.source.lang == "zh-Hant"


def test_a_title_above_the_header_is_no_unit():
    units = parse("Glossary 2021\t\n\n原文\t译文\n省\tProvince\n")
    assert [(unit.source.text, unit.line) for unit in units] == [("省", 4)]


def test_missing_cells_at_the_end_of_a_line_are_empty_under_a_header():
    (unit,) = parse("zh\ten\tnote\n省\tA\n")
    assert (unit.target.text, unit.notes) == ("A", ())
    (unit,) = parse("note\tzh\ten\nn\t省\n")
    assert (unit.target.text, unit.notes) == ("", (Note(text="n"),))


def test_a_line_without_chinese_is_a_unit_without_a_source():
    units = parse("zh\ten\n省\tA\n\tB\n")
    assert [(unit.source.text, unit.target.text, unit.line) for unit in units] == [
        ("省", "A", 2),
        ("", "B", 3),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", Status.TRANSLATED),
        ("Translation Approved", Status.REVIEWED),
        ("signed-off", Status.APPROVED),
        ("Not Translated", Status.DRAFT),
        ("已审校", Status.REVIEWED),
        ("草稿", Status.DRAFT),
        *((str(status), status) for status in Status),
    ],
)
def test_states_of_other_tools_are_known(text, status):
    assert status_of(text) is status


@pytest.mark.parametrize(
    "text",
    [
        "2019-04-23",
        "2019/4/23",
        "2019.4.23",
        "2019年4月23日",
        "2019/4/23 0:00",
        "20190423",
        "2019-04-23T08:00+08:00",
    ],
)
def test_what_spreadsheets_make_of_a_date_is_read(text):
    assert moment_of(text) == DAY


@pytest.mark.parametrize(
    "text", ["4/23/2019", "23/4/2019", "2019-02-30", "2019年13月1日", "April 2019", "2019"]
)
def test_a_date_that_may_be_another_is_none(text):
    with pytest.raises(FormatError, match="no date"):
        moment_of(text)


@given(st.datetimes(timezones=st.just(datetime.UTC)))
def test_a_moment_comes_back(moment):
    assert moment_of(moment_text(moment)) == moment


@pytest.mark.parametrize("kind", ["en", "x-a", "zh-TW", " x ", "", "prop:", "原文", "column-9", "#"])
def test_a_property_of_any_type_comes_back(kind):
    unit = Unit(
        id="1",
        source=Segment(lang="zh-CN", text="省"),
        target=Segment(lang="en", text="A"),
        props=(Prop(type=kind, text="b"),),
    )
    for module in (csv, tsv):
        stream = io.BytesIO()
        module.write(Memory(name="m", header=Header(), units=[unit]), stream)
        assert tuple(module.read(io.BytesIO(stream.getvalue()), path="m")) == (unit,)


@pytest.mark.parametrize("lang", ["zh-CN", "zh-Hans", "zh-SG", "zh-TW", "zh-Hant", "cmn", "zh_CN"])
def test_the_spelling_of_a_language_comes_back(lang):
    unit = Unit(id="1", source=Segment(lang=lang, text="省"), target=Segment(lang="en-AU", text="A"))
    stream = io.BytesIO()
    csv.write(Memory(name="m", header=Header(), units=[unit]), stream)
    assert tuple(csv.read(io.BytesIO(stream.getvalue()), path="m")) == (unit,)
