"""OmegaT itself opens what we export: matches, contexts, notes, tags and terms arrive, and come back."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
from types import SimpleNamespace

import pytest

from tm.cli import language
from tm.cli.main import run
from tm.formats import tbx, tmx
from tm.formats.registry import format_for
from tm.model import Code, Header, Memory, Note, Origin, Prop, Segment, Status, Unit
from tm.terms.base import TermBase

UTC = datetime.UTC
FACTS = """
import groovy.json.JsonOutput
import org.omegat.core.events.IStopped
import org.omegat.core.statistics.FindMatches
import org.omegat.gui.glossary.GlossaryReaderTBX
import org.omegat.gui.glossary.GlossaryReaderTSV
def tell = { fact -> println "FACT " + JsonOutput.toJson(fact) }
def never = { false } as IStopped
def finder = new FindMatches(project.sourceTokenizer, 5, true, false)
project.allEntries.each { entry ->
  def known = project.getTranslationInfo(entry)
  def key = entry.key
  def matches = finder.search(project, entry.srcText, true, false, never)
  tell([file: key.file, source: key.sourceText, prev: key.prev, next: key.next, target: known.translation,
        linked: known.linked?.toString(), alone: !known.defaultTranslation, note: known.note,
        creator: known.creator, created: known.creationDate,
        changer: known.changer, changed: known.changeDate,
        matches: matches.collect { near -> [near.source, near.translation, near.scores[0].adjustedScore,
                                           near.projs[0]] }])
}
def glossary = new File(project.projectProperties.glossaryRoot, "glossary.txt")
tell([terms: GlossaryReaderTSV.read(glossary, false).collect { [it.srcText, it.locText, it.commentText] }])
def tbx = new File(project.projectProperties.glossaryRoot, "terms.tbx")
if (tbx.exists()) tell([tbx: GlossaryReaderTBX.read(tbx, false).collect { [it.srcText, it.locText] }])
"""
SETTINGS = '<?xml version="1.0" encoding="UTF-8"?><omegat><preference version="1.0">%s</preference></omegat>'
LEVEL2 = "<ext_tmx_show_level2>true</ext_tmx_show_level2>"
TEXT = """会议召开

强调要抓好落实。

大会开幕

强调要抓好落实。会后通过了《决定》。

全省增长40%，位居第一。
"""
HTML = "<html><body><p>会议<b>强调</b>：要<i>抓好</i>落实。</p></body></html>"


def omegat(program, folder, config):
    """Runs OmegaT over a project; the facts that the script tells, in their order."""
    script = config / "facts.groovy"
    script.write_text(FACTS, encoding="utf-8")
    (config / "omegat.prefs").write_text(SETTINGS % LEVEL2, encoding="utf-8")
    words = ["--mode=console-translate", "--quiet", f"--config-dir={config}", "--disable-project-locking"]
    done = subprocess.run(
        [program, str(folder), *words, f"--script={script}"], check=True, capture_output=True, timeout=180
    )
    told = [line for line in done.stdout.decode().splitlines() if line.startswith("FACT ")]
    return [json.loads(line[5:]) for line in dict.fromkeys(told)]


def at(year, month=1, day=1):
    return datetime.datetime(year, month, day, tzinfo=UTC)


def unit(number, source, target, **fields):
    known = {"status": Status.REVIEWED, **fields}
    return Unit(
        id=f"u{number}",
        source=Segment(lang="zh-CN", text=source),
        target=Segment(lang="en-US", text=target),
        **known,
    )


def paired(text, *spans):
    """A segment in which these stretches stand between codes."""
    codes = []
    for number, (first, last, kind) in enumerate(spans, start=1):
        name, tag = str(number), kind[0]
        codes.append(Code(offset=first, kind="bpt", i=name, x=name, type=kind, text=f"<{tag}>"))
        codes.append(Code(offset=last, kind="ept", i=name, text=f"</{tag}>"))
    return text, tuple(codes)


def tagged(number, source, target):
    made = unit(number, source[0], target[0])
    halves = [
        Segment(lang=half.lang, text=half.text, codes=codes)
        for half, codes in ((made.source, source[1]), (made.target, target[1]))
    ]
    return Unit(id=made.id, source=halves[0], target=halves[1], status=made.status)


def memory():
    """Units of every trust, of two releases that translate one sentence differently."""
    first, second = (Origin(release=f"{year}-01-01-a", created=at(year)) for year in (2020, 2021))
    worked = Origin(created=at(2019, 5, 6), creator="王芳", changed=at(2020, 7, 8), changer="J. Smith")
    return [
        unit(1, "会议召开", "The meeting opened", origin=first),
        unit(2, "强调要抓好落实。", "It stressed implementation.", origin=first),
        unit(3, "大会开幕", "The congress opened", origin=second),
        unit(4, "强调要抓好落实。", "It underlined implementation.", origin=second),
        unit(5, "会后通过了《决定》。", "The Decision 𠀀 was adopted.", origin=worked,
             notes=(Note(text="看原文"),), status=Status.APPROVED),
        unit(6, "全省增长50%，位居第一。", "The province grew by 50%, ranking first."),
        unit(7, "全省增长60%，位居第一。", "Up 60%, number one.", status=Status.TRANSLATED),
        unit(8, "全省增长70%，位居第一。", "Up 70%.", status=Status.TRANSLATED,
             props=(Prop(type="x-align-score", text="0.500"),)),
        unit(9, "全省增长80%，位居第一。", "Up 80%.", status=Status.DRAFT),
        tagged(10, paired("会议强调：要抓好落实。", (2, 4, "bold"), (6, 8, "italic")),
               paired("The meeting stressed implementation.", (12, 20, "bold"), (21, 35, "italic"))),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def opened(outside, tmp_path_factory):
    """The project that we exported, as OmegaT sees it; `before` and `after` are the files of its folder."""
    program = outside("omegat")
    folder = tmp_path_factory.mktemp("omegat")
    (folder / "tm.toml").write_text('terms = ["terms.csv"]\n', encoding="utf-8")
    (folder / "terms.csv").write_text(
        "concept,zh,en,status\n决定,决定,Decision,preferred\n决定,决定,Resolution,admitted\n"
        "决定,决定,Determination,deprecated\n决定,决定,Verdict,forbidden\n",
        encoding="utf-8",
    )
    (folder / "tmx").mkdir()
    with (folder / "tmx/mine.tmx").open("wb") as stream:
        tmx.write(Memory(name="mine", header=Header(), units=memory()), stream)
    (folder / "zh.txt").write_text(TEXT, encoding="utf-8")
    (folder / "zh.html").write_text(HTML, encoding="utf-8")
    language.speak("en")
    words = ["--project", folder, "--profile", "omegat", "--where", "status=*"]
    words += ["--source", folder / "zh.txt", "--source", folder / "zh.html"]
    assert run(["export", *map(str, words), "-o", str(folder / "cat")]) == 0
    with (folder / "cat/glossary/terms.tbx").open("wb") as stream:
        tbx.write(TermBase.read(folder / "terms.csv").concepts, stream, version=2)
    config = tmp_path_factory.mktemp("config")
    facts = omegat(program, folder / "cat", config)
    return SimpleNamespace(
        folder=folder,
        cat=folder / "cat",
        segments=[fact for fact in facts if "source" in fact],
        terms=next(fact["terms"] for fact in facts if "terms" in fact),
        tbx=next(fact["tbx"] for fact in facts if "tbx" in fact),
    )


def segment(opened, source, **fields):
    wanted = {"source": source, **fields}
    return next(one for one in opened.segments if wanted.items() <= one.items())


pytestmark = pytest.mark.slow


def test_the_units_lie_where_they_are_trusted(opened):
    files = sorted(str(path.relative_to(opened.cat)) for path in (opened.cat / "tm").glob("*/*"))
    assert files == [
        "tm/auto/mine-in-context.tmx",
        "tm/auto/mine.tmx",
        "tm/enforce/mine.tmx",
        "tm/penalty-05/mine.tmx",
        "tm/penalty-10/mine.tmx",
        "tm/penalty-15/mine.tmx",
        "tm/penalty-30/mine.tmx",
    ]


def test_exact_matches_are_the_translation(opened):
    assert segment(opened, "会议召开")["target"] == "The meeting opened"
    assert segment(opened, "大会开幕")["linked"] == "xAUTO"
    text = (opened.cat / "target/zh.txt").read_text(encoding="utf-8")
    assert text.split("\n")[0] == "The meeting opened"


def test_each_of_two_equal_segments_gets_the_translation_of_its_context(opened):
    first = segment(opened, "强调要抓好落实。", prev="会议召开")
    second = segment(opened, "强调要抓好落实。", prev="大会开幕")
    assert (first["target"], first["alone"]) == ("It stressed implementation.", True)
    assert (second["target"], second["alone"]) == ("It underlined implementation.", False)
    text = (opened.cat / "target/zh.txt").read_text(encoding="utf-8").split("\n")
    assert text[2].startswith("It stressed")
    assert text[6].startswith("It underlined")


def test_notes_names_and_days_arrive(opened):
    found = segment(opened, "会后通过了《决定》。")
    assert found["target"] == "The Decision 𠀀 was adopted."
    assert (found["note"], found["creator"], found["changer"]) == ("看原文", "王芳", "J. Smith")
    days = [datetime.datetime.fromtimestamp(found[key] / 1000, UTC) for key in ("created", "changed")]
    assert days == [at(2019, 5, 6), at(2020, 7, 8)]


def test_a_similar_sentence_is_offered_with_its_score_less_the_penalty_of_its_folder(opened):
    found = segment(opened, "全省增长40%，位居第一。")
    assert found["target"] is None
    scores = {target: score for _source, target, score, _file in found["matches"]}
    reviewed = scores["The province grew by 50%, ranking first."]
    assert reviewed >= 75
    assert scores["Up 60%, number one."] == reviewed - 10
    assert scores["Up 70%."] == reviewed - 15
    assert scores["Up 80%."] == reviewed - 30


def test_tags_of_a_source_come_back_whole(opened):
    page = (opened.cat / "target/zh.html").read_text(encoding="utf-8")
    assert "The meeting <b>stressed</b> <i>implementation</i>." in page


def test_the_glossary_offers_what_may_be_used(opened):
    assert [term[:2] for term in opened.terms] == [["决定", "Decision"], ["决定", "Resolution"]]


def test_our_tbx_is_read_with_all_its_terms(opened):
    """OmegaT knows no status, so it offers deprecated terms too: its own glossary leaves them out."""
    assert {tuple(term) for term in opened.tbx} == {
        ("决定", english) for english in ("Decision", "Resolution", "Determination", "Verdict")
    }


@pytest.mark.parametrize("name", ["omegat", "level1", "level2"])
def test_what_omegat_exports_is_imported_without_loss(opened, name):
    path = opened.cat / f"cat-{name}.tmx"
    back = opened.folder / f"back-{name}.tmx"
    assert run(["import", str(path), "--into", str(back)]) == 0
    with back.open("rb") as stream:
        found = {(one.source.text, one.target.text) for one in tmx.read(stream)}
    done = {(one["source"], one["target"]) for one in opened.segments if one["target"]}
    plain = {(left, right) for left, right in done if "<" not in left}
    assert plain <= found
    assert len(done) == len(found) == 6


def draft(folder, ending):
    """A draft of the text without its translations, which OmegaT would take before those of memories."""
    path = folder / f"draft.{ending}"
    assert run(["leverage", "zh.txt", "-o", str(path)]) == 0
    if ending == "po":
        head, units = path.read_text(encoding="utf-8").split("\n\n", 1)
        blank = re.sub(r"^msgstr .*$", 'msgstr ""', units, flags=re.MULTILINE)
        path.write_text(f"{head}\n\n{blank}", encoding="utf-8", newline="\n")
    return path


@pytest.mark.parametrize("ending", ["xlf", "po"])
def test_a_draft_comes_back_with_each_translation_in_its_place(
    outside, opened, tmp_path, monkeypatch, ending
):
    """XLIFF by a whole project; PO by one file in a project that holds no other memory."""
    monkeypatch.chdir(opened.folder)
    source, cat = draft(tmp_path, ending), tmp_path / "cat"
    words = ["export", "mine", "--profile", "omegat", "--source", str(source), "-o"]
    if ending == "po":
        assert run([*words, str(cat), "--where", "release=none"]) == 0
        assert run([*words, str(cat / "tm/auto/one.tmx")]) == 0
    else:
        assert run([*words, str(cat)]) == 0
    omegat(outside("omegat"), cat, tmp_path)
    found: dict[str, list[str]] = {}
    with (cat / "target" / source.name).open("rb") as stream:
        for one in format_for(source.name, "read").reader(stream, path=source.name):
            found.setdefault(one.source.text, []).append(one.target.text)
    assert found == {
        "会议召开": ["The meeting opened"],
        "强调要抓好落实。": ["It stressed implementation.", "It underlined implementation."],
        "大会开幕": ["The congress opened"],
        "会后通过了《决定》。": ["The Decision 𠀀 was adopted."],
        "全省增长40%，位居第一。": [""],
    }
