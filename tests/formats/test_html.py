"""Pages: what they show, that nothing in a text is ever markup, and that they need nothing from outside."""

from __future__ import annotations

import datetime
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from tm.formats.html import write_draft
from tm.formats.html_analysis import analysis_page
from tm.formats.html_marks import Mark, compared, marked
from tm.model import (
    Analysis,
    Band,
    Draft,
    DraftDocument,
    Edit,
    Finding,
    Match,
    MatchKind,
    Origin,
    Place,
    Segment,
    Severity,
    Span,
    Unit,
)

NASTY = '</p><script>alert("1")</script><img src=x onerror=y>&amp; {{ 7*7 }} {% raw %} " \''
ANALYSIS = Analysis(
    bands=(Band(name="100", segments=1, characters=5, words=3, weight=0.3), Band(name="new")),
    repetitions=Band(name="repetition"),
    internal=Band(name="internal"),
    total=Band(name="total", segments=1, characters=5, words=3),
    weighted=1.5,
)


def matched(source, target, score=90.0, parts=(), kind=MatchKind.FUZZY):
    unit = Unit(
        id="u/1",
        source=Segment(lang="zh-CN", text=source),
        target=Segment(lang="en", text=target),
        origin=Origin(release="2019-a", created=datetime.datetime(2019, 4, 23, tzinfo=datetime.UTC)),
    )
    return Match(memory="sichuan", unit=unit, kind=kind, score=score, parts=parts)


def drafted(source, target="", kind=MatchKind.NONE, **fields):
    return Draft(
        segment=Segment(lang="zh-CN", text=source), place=Place(), target=target, kind=kind, **fields
    )


def found(message, side="target", start=0, end=2, suggestion=""):
    return Finding(
        rule="T101",
        name="term-missing",
        family="term",
        mqm="terminology",
        severity=Severity.MAJOR,
        unit_id="1-1",
        side=side,
        start=start,
        end=end,
        message=message,
        suggestion=suggestion,
    )


def written(*drafts, file="zh.txt"):
    stream = io.BytesIO()
    write_draft(
        DraftDocument(file=file, source_lang="zh-CN", target_lang="en", drafts=drafts, analysis=ANALYSIS),
        stream,
    )
    return stream.getvalue()


def opened(content):
    return html.fromstring(content.decode())


def text_of(page, lang):
    return [node.text_content() for node in page.xpath(f"//article//p[@class='text'][@lang='{lang}']")]


def test_both_texts_stand_with_their_languages():
    page = opened(written(drafted("会议召开。", "The meeting was held.", MatchKind.EXACT, score=100.0)))
    assert text_of(page, "zh-Hans") == ["会议召开。"]
    assert text_of(page, "en") == ["The meeting was held."]
    assert page.get("lang") == "en"


def test_nothing_in_a_text_is_markup():
    draft = drafted(
        NASTY,
        NASTY,
        MatchKind.FUZZY,
        matches=(matched(NASTY + "x", NASTY + "y"), matched("b", NASTY)),
        edits=(Edit(kind=NASTY, before=NASTY, after=NASTY),),
        missed=(Edit(kind=NASTY, before=NASTY, after=NASTY),),
        findings=(found(NASTY, suggestion=NASTY),),
    )
    content = written(draft, file=NASTY)
    page = opened(content)
    assert not page.xpath("//script | //img | //@onerror")
    assert text_of(page, "zh-Hans") == [NASTY]
    assert not opened(analysis_page([(NASTY, ANALYSIS), (NASTY, ANALYSIS)], ANALYSIS)).xpath("//script")


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=40), st.text(min_size=1, max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_any_text_is_shown_whole(source, target, start, end):
    finding = found("m", start=min(start, len(target)), end=min(end, len(target)))
    page = opened(written(drafted(source, target, MatchKind.EXACT, findings=(finding,))))
    seen = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
    (shown,) = text_of(page, "en")
    expected = seen.sub(lambda one: chr(0x2400 + ord(one[0])) if ord(one[0]) < 32 else "\ufffd", target)
    assert shown == expected.replace("\r\n", "\n").replace("\r", "\n")


@settings(deadline=None)
@given(st.text(alphabet="ab 1.", max_size=12), st.text(alphabet="ab 1.", max_size=12))
def test_marks_of_a_comparison_tell_both_texts(before, after):
    pieces = compared(before, after)
    assert "".join(piece.text for piece in pieces if piece.tag != "del") == after
    assert "".join(piece.text for piece in pieces if piece.tag != "ins") == before


@settings(deadline=None)
@given(
    st.text(alphabet="ab 1", max_size=12),
    st.text(alphabet="ab 1", max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=3),
)
def test_marked_stretches_cover_exactly_what_they_are_about(before, after, spans):
    marks = [Mark(start, end, "here") for start, end in spans if start < end <= len(after)]
    pieces = [piece for piece in marked(compared(before, after), marks) if piece.tag != "del"]
    assert "".join(piece.text for piece in pieces) == after
    covered = [bool(piece.title) for piece in pieces for _char in piece.text]
    assert covered == [any(mark.start <= at < mark.end for mark in marks) for at in range(len(after))]


def test_an_edit_shows_what_was_and_what_is():
    draft = drafted(
        "增长8.3%。",
        "It grew by 8.3 percent.",
        MatchKind.REPAIRED,
        score=99.0,
        matches=(matched("增长7.6%。", "It grew by 7.6 percent."),),
        edits=(Edit(kind="number", before="7.6", after="8.3"),),
    )
    page = opened(written(draft))
    assert [node.text for node in page.xpath("//p[@class='text']/del")] == ["7.6"]
    assert [node.text for node in page.xpath("//p[@class='text']/ins")] == ["8.3"]
    assert page.xpath("//p[@class='text']/ins/@title") == ["number: 7.6 → 8.3"]
    assert "99" in page.xpath("//div[@class='match']/b/text()")
    assert page.xpath("//details/summary[contains(., '2019-a') and contains(., '2019-04-23')]")


def test_findings_misses_and_other_translations_are_told_in_words():
    draft = drafted(
        "增长8.3%。",
        "It grew.",
        MatchKind.FUZZY,
        score=80.0,
        matches=(matched("增长。", "It grew."), matched("增加。", "It rose.")),
        missed=(Edit(kind="number", before="7.6%", after="8.3%"),),
        findings=(found("8.3 is missing", side="source", start=2, end=5, suggestion="by 8.3 percent"),),
    )
    page = opened(written(draft))
    notes = [node.text_content() for node in page.xpath("//ul[@class='notes']/li")]
    assert "major" in notes[0]
    assert "by 8.3 percent" in notes[0]
    assert "7.6% → 8.3%" in notes[1]
    assert page.xpath("//mark/text()") == ["8.3"]
    assert "It rose." in page.xpath("//details[@class='others']")[0].text_content()


def test_a_segment_from_clauses_names_each_part():
    parts = (Span(side="source", start=0, end=2), Span(side="target", start=0, end=3))
    matches = (matched("甲乙，丙", "One, two", 80.0, parts, MatchKind.CLAUSE),) * 2
    page = opened(written(drafted("甲乙丁", "One four", MatchKind.CLAUSE, score=80.0, matches=matches)))
    assert len(page.xpath("//article//details")) == 2
    assert "甲乙，丙" not in page.text_content()


@pytest.mark.parametrize("content", [written(drafted("一")), analysis_page([("a", ANALYSIS)], ANALYSIS)])
def test_a_page_needs_nothing_from_outside(content):
    page = opened(content)
    assert not page.xpath("//script | //link | //img | //@src")
    assert b"url(" not in content
    assert b"@import" not in content
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']")


def test_every_colour_has_a_name_beside_it():
    page = opened(written(*(drafted("一", "One", kind, score=80.0) for kind in MatchKind)))
    assert all(node.text_content().strip() for node in page.xpath("//div[@class='match']/span"))


def test_a_long_text_is_not_compared_word_by_word():
    long = "发展" * 10_000
    assert [piece.text for piece in compared(long, long + "1")] == [long + "1"]
