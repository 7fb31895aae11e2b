"""A review table in Word comes back: into a memory, and as a release."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from tm.errors import FormatError
from tm.formats import docx
from tm.model import Draft, DraftDocument, MatchKind, Place, Segment
from tm.project.adoption import adopt
from tm.project.imports import import_files
from tm.store.memory import open_memory

PAIRS = (
    ("防汛工作会议召开", "Meeting on Flood Control Held", 0),
    ("省政府召开会议。", "The government held a meeting.", 1),
    ("会议强调安全。", "The meeting stressed safety.", 1),
    ("会议要求落实。", "The meeting called for action.", 2),
)


def sheet(change=lambda xml: xml):
    """A draft in Word, with its document changed as somebody did."""
    drafts = tuple(
        Draft(
            segment=Segment(lang="zh-CN", text=source),
            place=Place(paragraph=paragraph, index=index),
            target=target,
            kind=MatchKind.EXACT,
            score=100.0,
        )
        for index, (source, target, paragraph) in enumerate(PAIRS)
    )
    stream, result = io.BytesIO(), io.BytesIO()
    docx.write_draft(DraftDocument(file="a", source_lang="zh-CN", target_lang="en", drafts=drafts), stream)
    with zipfile.ZipFile(stream) as sent, zipfile.ZipFile(result, "w") as back:
        for name in sent.namelist():
            part = sent.read(name)
            back.writestr(name, change(part.decode()).encode() if name == "word/document.xml" else part)
    return result.getvalue()


def turned(xml):
    """The lines of the table in the opposite order."""
    head, *lines = re.findall(r"<w:tr>.*?</w:tr>", xml, re.DOTALL)
    return re.sub(r"<w:tr>.*</w:tr>", head + "".join(lines[::-1]), xml, flags=re.DOTALL)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "releases/sichuan/2021-07-16-flood-control"


def adopted(tmp_path, folder, raw):
    (tmp_path / "draft.docx").write_bytes(raw)
    return adopt(tmp_path / "draft.docx", folder)


@pytest.mark.parametrize("change", [str, turned])
def test_a_table_becomes_a_release_with_its_paragraphs_even_when_it_was_sorted(tmp_path, folder, change):
    done = adopted(tmp_path, folder, sheet(change))
    assert (folder / "zh.txt").read_text(encoding="utf-8").split("\n\n")[
        1
    ] == "省政府召开会议。会议强调安全。"
    assert (folder / "en.txt").read_text(encoding="utf-8").split("\n\n")[1] == (
        "The government held a meeting. The meeting stressed safety."
    )
    assert (done.units, done.drafts, done.altered) == (4, (), ())


def test_chinese_that_was_changed_is_named(tmp_path, folder):
    done = adopted(tmp_path, folder, sheet(lambda xml: xml.replace("会议强调安全", "会议强调安全第一")))
    assert done.altered == ("2-3",)


def test_a_line_without_english_stops_the_adoption(tmp_path, folder):
    with pytest.raises(FormatError, match="not translated"):
        adopted(tmp_path, folder, sheet(lambda xml: xml.replace("The meeting stressed safety.", "")))


def test_an_import_takes_what_is_translated_and_says_why_not_the_rest(tmp_path):
    raw = sheet(
        lambda xml: xml.replace("会议强调安全", "会议强调安全第一").replace(
            "The meeting called for action.", ""
        )
    )
    (tmp_path / "back.docx").write_bytes(raw)
    memory = tmp_path / "m.tmx"
    report = import_files([tmp_path / "back.docx"], memory)
    reasons = [issue.reason for issue in report.files[0].issues]
    assert len(reasons) == 2
    assert "Chinese was changed" in reasons[0]
    assert "no translation" in reasons[1]
    assert [unit.target.text for unit in open_memory(memory)] == [PAIRS[0][1], PAIRS[1][1]]
    again = import_files([tmp_path / "back.docx"], memory)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
