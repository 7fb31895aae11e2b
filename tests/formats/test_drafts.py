"""A leveraged draft in every format: what was found, how good it is, where it is from, and the way back."""

from __future__ import annotations

import datetime
import io
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tm.errors import FormatError
from tm.formats import bilingual_text, draft_json, po, xliff, xliff_2
from tm.formats.draft_json import analysis_json, finding_json, leverage_json
from tm.model import (
    Analysis,
    Band,
    Code,
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
    Status,
    Unit,
    Waiver,
)

GOLDEN = Path(__file__).parents[1] / "data"
NS = {"x": "urn:oasis:names:tc:xliff:document:1.2"}


def matched(source, target, kind, score, *, name="2019-04-23-a/1f0c93aa"):
    unit = Unit(
        id=name,
        source=Segment(lang="zh-CN", text=source),
        target=Segment(lang="en", text=target),
        origin=Origin(release="2019-04-23-a", created=datetime.datetime(2019, 4, 23, tzinfo=datetime.UTC)),
    )
    return Match(memory="sichuan", unit=unit, kind=kind, score=score, word_score=score)


def drafted(number, source, target="", kind=MatchKind.NONE, score=0.0, **fields):
    return Draft(
        segment=Segment(lang="zh-CN", text=source),
        place=Place(file="zh.txt", line=2 * number + 1, paragraph=number, index=number),
        target=target,
        kind=kind,
        score=score,
        word_score=score,
        **fields,
    )


FINDING = Finding(
    rule="T101",
    name="term-missing",
    family="term",
    mqm="terminology",
    severity=Severity.MAJOR,
    unit_id="4-4",
    side="source",
    start=0,
    end=4,
    term="一干多支",
    message="“One Main Area” & <Multiple> is missing",
    suggestion="One Main Area & Multiple Auxiliaries",
    fingerprint="abc",
)
DRAFTS = (
    drafted(
        0,
        "会议召开。",
        "The meeting was held.",
        MatchKind.CONTEXT,
        102.0,
        matches=(matched("会议召开。", "The meeting was held.", MatchKind.CONTEXT, 102.0),),
    ),
    drafted(
        1,
        "增长8.3%。",
        "It grew by 8.3 percent.",
        MatchKind.FUZZY,
        87.34,
        matches=(
            matched("增长7.6%。", "It grew by 7.6 percent.", MatchKind.FUZZY, 87.34),
            matched("增长 <7>。", "Growth: <7>.", MatchKind.FUZZY, 75.0, name="b/2"),
        ),
        edits=(Edit(kind="number", before="7.6", after="8.3"),),
    ),
    drafted(
        2,
        "增长7.6%。",
        "It grew by 7.6 percent.",
        MatchKind.EXACT,
        100.0,
        matches=(matched("增长7.6%。", "It grew by 7.6 percent.", MatchKind.EXACT, 100.0),),
    ),
    drafted(3, "“一干多支” & <发展>。", findings=(FINDING,)),
    drafted(4, "一干多支", "One Main Area", MatchKind.TERMS, 40.0),
)
ANALYSIS = Analysis(
    bands=(Band(name="100", segments=1, characters=5, words=3, weight=0.1),),
    repetitions=Band(name="repetitions"),
    internal=Band(name="internal"),
    total=Band(name="total", segments=1, characters=5, words=3),
    weighted=0.5,
)
DOCUMENT = DraftDocument(
    file="zh.txt", source_lang="zh-CN", target_lang="en", drafts=DRAFTS, analysis=ANALYSIS
)


def written(module, document=DOCUMENT, **options):
    stream = io.BytesIO()
    module.write_draft(document, stream, **options)
    return stream.getvalue()


def read(module, raw):
    return tuple(module.read(io.BytesIO(raw), path="a"))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (xliff, "draft.xlf"),
        (xliff_2, "draft-2.1.xlf"),
        (po, "draft.po"),
        (bilingual_text, "draft.txt"),
        (draft_json, "draft.json"),
    ],
)
def test_the_draft_is_written_as_the_golden_file(module, name, pytestconfig):
    if pytestconfig.getoption("--update-golden"):
        (GOLDEN / name).write_bytes(written(module))
    assert written(module).decode() == (GOLDEN / name).read_text(encoding="utf-8")


class TestXliff:
    def units(self, **options):
        root = etree.fromstring(written(xliff, **options))
        return root, root.findall(".//x:trans-unit", NS)

    def test_states_say_how_much_work_is_left(self):
        _root, units = self.units()
        targets = [unit.find("x:target", NS) for unit in units]
        assert [(target.get("state"), target.get("state-qualifier")) for target in targets] == [
            ("translated", "exact-match"),
            ("needs-review-translation", "fuzzy-match"),
            ("translated", "exact-match"),
            ("new", None),
            ("new", None),
        ]

    def test_matches_stand_in_alt_trans_with_score_and_origin(self):
        _root, units = self.units()
        found = units[1].findall("x:alt-trans", NS)
        assert [alt.get("match-quality") for alt in found] == ["87.3", "75.0"]
        assert found[0].get("origin") == "sichuan | 2019-04-23-a/1f0c93aa | 2019-04-23"
        assert found[1].get("origin") == "sichuan | 2019-04-23-a | b/2 | 2019-04-23"
        assert found[1].findtext("x:target", None, NS) == "Growth: <7>."

    def test_a_segment_without_a_match_has_an_empty_target_or_the_source_on_request(self):
        assert self.units()[1][3].findtext("x:target", None, NS) == ""
        units = self.units(copy_source=True)[1]
        assert units[3].findtext("x:target", None, NS) == "“一干多支” & <发展>。"
        assert units[3].find("x:target", NS).get("state") == "new"

    @pytest.mark.parametrize("copy", [False, True])
    def test_a_draft_that_comes_back_counts_only_what_was_translated(self, copy):
        found = read(xliff, written(xliff, copy_source=copy))
        assert [unit.id for unit in found] == ["1-1", "2-2", "3-3", "4-4", "5-5"]
        assert [unit.target.text for unit in found] == [
            *(draft.target for draft in DRAFTS[:3]),
            "",
            "",
        ]
        assert [unit.status for unit in found[:3]] == [Status.TRANSLATED, Status.DRAFT, Status.TRANSLATED]
        assert all(unit.notes == () for unit in found)

    def test_the_children_of_a_unit_stand_in_the_schema_s_order(self):
        for unit in self.units()[1]:
            names = [etree.QName(child).localname for child in unit]
            assert names[:2] == ["source", "target"]
            assert set(names[2:]) <= {"context-group", "alt-trans", "note"}

    def test_an_exact_match_brings_its_inline_codes(self):
        codes = (
            Code(offset=0, kind="bpt", i="1", text="<b>"),
            Code(offset=3, kind="ept", i="1", text="</b>"),
        )
        unit = Unit(
            id="u",
            source=Segment(lang="zh-CN", text="省"),
            target=Segment(lang="en", text="All", codes=codes),
        )
        match = Match(memory="m", unit=unit, kind=MatchKind.EXACT, score=100.0)
        draft = drafted(0, "省", "All", MatchKind.EXACT, 100.0, matches=(match,))
        document = DraftDocument(file="a", source_lang="zh-CN", target_lang="en", drafts=(draft,))
        (found,) = read(xliff, written(xliff, document))
        assert [(code.kind, code.offset, code.text) for code in found.target.codes] == [
            ("bpt", 0, "<b>"),
            ("ept", 3, "</b>"),
        ]

    def test_a_character_that_xml_cannot_hold_is_an_error_with_its_segment(self):
        document = DraftDocument(
            file="a", source_lang="zh-CN", target_lang="en", drafts=(drafted(6, "省\x0b政府"),)
        )
        with pytest.raises(FormatError, match=r"U\+000B") as caught:
            written(xliff, document)
        assert caught.value.unit == "7-7"

    def test_xmllint_reads_it(self, tmp_path, outside):
        program = outside("xmllint")
        path = tmp_path / "draft.xlf"
        path.write_bytes(written(xliff))
        done = subprocess.run([program, "--noout", str(path)], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


class TestPo:
    def test_msgfmt_accepts_it(self, tmp_path, outside):
        program = outside("msgfmt")
        path = tmp_path / "draft.po"
        twice = DraftDocument(
            file="省 a.txt",
            source_lang="zh-CN",
            target_lang="en",
            drafts=(*DRAFTS, drafted(5, "会议召开。"), drafted(6, "增长7.6%。")),
        )
        path.write_bytes(written(po, twice))
        done = subprocess.run(
            [program, "-c", "--statistics", "-o", str(tmp_path / "a.mo"), str(path)],
            capture_output=True,
            check=False,
            env={"LC_ALL": "C.UTF-8"},
        )
        assert done.returncode == 0, done.stderr.decode()
        assert b"warning" not in done.stderr
        assert b"2 translated messages, 1 fuzzy translation, 4 untranslated" in done.stderr

    def test_a_draft_that_comes_back_knows_its_paragraphs(self):
        found = read(po, written(po))
        assert [unit.id for unit in found] == ["1-1", "2-2", "3-3", "4-4", "5-5"]
        assert [unit.status for unit in found[:3]] == [Status.TRANSLATED, Status.DRAFT, Status.TRANSLATED]
        whole = [draft.target if draft.kind is not MatchKind.TERMS else "" for draft in DRAFTS]
        assert [unit.target.text for unit in found] == whole

    def test_renderings_of_terms_are_a_comment_and_no_translation(self):
        assert "#. terms: One Main Area\n" in written(po).decode()

    def test_a_fuzzy_match_shows_the_source_it_was_found_by(self):
        assert '#| msgid "增长7.6%。"' in written(po).decode()

    def test_obsolete_units_are_left_out(self):
        raw = written(po) + '#~ msgid "旧"\n#~ msgstr "Old"\n'.encode()
        assert "旧" not in [unit.source.text for unit in read(po, raw)]

    def test_broken_syntax_is_an_error_with_its_line(self):
        with pytest.raises(FormatError) as caught:
            read(po, b'msgid "a"\nmsgstr "b"\n\nmsgid "c\nnonsense\n')
        assert caught.value.line in (4, 5)

    @pytest.mark.parametrize("charset", ["GB18030", "UTF-8"])
    def test_the_declared_charset_is_used(self, charset):
        raw = written(po).decode().replace("charset=UTF-8", f"charset={charset}").encode(charset)
        assert [unit.source.text for unit in read(po, raw)] == [draft.segment.text for draft in DRAFTS]


class TestJson:
    def test_what_is_streamed_is_what_is_returned(self):
        assert json.loads(written(draft_json)) == leverage_json(DOCUMENT)

    def test_the_schema_comes_first_and_chinese_is_written_as_such(self):
        raw = written(draft_json).decode()
        assert raw.startswith('{"schema": "tm.leverage/1"')
        assert "会议召开。" in raw

    def test_a_segment_has_the_keys_of_the_contract(self):
        segment = leverage_json(DOCUMENT)["segments"][1]
        assert list(segment) == [
            *("n", "file", "line", "para", "source", "target", "kind", "score", "word_score", "unit"),
            *("penalties", "source_matched", "edits", "not_repaired", "alternatives", "findings"),
        ]
        assert segment["unit"] == {
            "memory": "sichuan",
            "id": "2019-04-23-a/1f0c93aa",
            "release": "2019-04-23-a",
            "date": "2019-04-23",
        }
        assert segment["edits"] == [{"kind": "number", "from": "7.6", "to": "8.3"}]
        assert (segment["score"], segment["source_matched"]) == (87.3, "增长7.6%。")
        assert [one["target"] for one in segment["alternatives"]] == ["Growth: <7>."]

    def test_a_segment_without_a_match_has_no_unit_and_an_empty_target(self):
        segment = leverage_json(DOCUMENT)["segments"][3]
        assert (segment["kind"], segment["target"], segment["unit"]) == ("none", "", None)
        assert segment["findings"] == [finding_json(FINDING)]

    def test_a_finding_has_the_keys_of_the_contract_and_says_who_waived_it(self):
        found = finding_json(FINDING)
        assert (found["unit"], found["severity"], "waived" in found) == ("4-4", "major", False)
        waiver = Waiver(rule="T101", fingerprint="abc", reason="quoted", who="Li")
        assert finding_json(replace(FINDING, waived=waiver))["waived"] == {
            "reason": "quoted",
            "who": "Li",
            "until": None,
        }

    def test_an_analysis_has_the_keys_of_the_contract(self):
        assert list(analysis_json(ANALYSIS)) == [
            *("schema", "bands", "repetitions", "internal", "total", "weighted")
        ]
        assert analysis_json(ANALYSIS)["bands"] == [
            {"band": "100", "segments": 1, "characters": 5, "words": 3, "weight": 0.1}
        ]


def test_the_note_of_a_finding_says_what_to_write():
    said = f"{FINDING.message} → {FINDING.suggestion}"
    root = etree.fromstring(written(xliff))
    notes = [note.text or "" for note in root.iter("{*}note")]
    assert any(note.endswith(said) for note in notes)
    comments = written(po).decode()
    assert said in re.sub(r"\s*\n#\.? *", " ", comments)
