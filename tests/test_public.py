"""What other programs may rely on in Python."""

from __future__ import annotations

import subprocess
import sys

import pytest

import tm


@pytest.mark.parametrize("name", tm.__all__)
def test_every_promised_name_is_there(name):
    assert getattr(tm, name) is not None


def test_importing_the_package_imports_nothing_heavy():
    heavy = ("click", "lxml", "numpy", "sacrebleu", "polib")
    code = f"import sys, tm; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_promised_functions_stay_functions_whatever_is_imported_before():
    code = (
        "import tm.alignment, tm.drafting, tm.project.build, tm; "
        "assert tm.align(['你好。'], ['Hello.']).beads; assert callable(tm.leverage)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError):
        tm.nothing  # noqa: B018 - the look-up is what is tested


def test_units_need_three_fields_only_and_are_checked_as_a_document():
    unit = tm.Unit(
        id="1",
        source=tm.Segment(lang="zh-CN", text="实施一干多支发展战略，投资2600亿元。"),
        target=tm.Segment(
            lang="en", text="Implement the one trunk strategy, with 2.6 billion yuan invested."
        ),
    )
    rows = [
        {
            "concept": "a",
            "zh": "一干多支",
            "en": "One Main Area and Multiple Auxiliaries",
            "status": "preferred",
        },
        {"concept": "a", "zh": "一干多支", "en": "one trunk", "status": "forbidden"},
    ]
    found = tm.check([unit], tm.TermBase.from_rows(rows))
    assert [finding.rule for finding in found] == ["T102", "N103"]
    assert {finding.unit_id for finding in found} == {"1"}
    assert unit.target.text[found[1].start : found[1].end] == "2.6 billion yuan"


def test_align_takes_segments_and_gives_beads_with_both_names():
    alignment = tm.align(
        ["会议强调，要推动发展。", "四川2019年增长7.5%。"],
        ["The meeting stressed development.", "Sichuan grew by 7.5 percent in 2019."],
        zh_para=[0, 1],
        en_para=[0, 1],
    )
    assert [(bead.zh, bead.en) for bead in alignment.beads] == [((0,), (0,)), ((1,), (1,))]
    assert all(0 <= bead.score <= 1 for bead in alignment.beads)


def test_the_match_index_gives_positions_and_similarities():
    index = tm.MatchIndex(["会议强调发展", "会议指出问题", "谢谢"])
    hits = index.search("会议强调发展。", 0.5)
    assert [(hit.index, round(hit.similarity, 4)) for hit in hits] == [(0, 0.8571)]


def test_leverage_takes_strings_and_memories(root):
    document = tm.leverage(["现将有关要求通知如下。", "这一句没有人翻译过。"], [root / "tmx/sichuan.tmx"])
    assert document.drafts[0].target == "The requirements are as follows."
    assert document.drafts[1].target == ""


def test_a_file_is_read_and_written_by_its_ending(root, tmp_path):
    memory = tm.read(root / "tmx/sichuan.tmx")
    tm.write(memory, tmp_path / "copy.tmx")
    assert (tmp_path / "copy.tmx").read_bytes() == (root / "tmx/sichuan.tmx").read_bytes()


def test_validate_says_what_is_wrong_with_a_stream(root, tmp_path):
    with (root / "tmx/sichuan.tmx").open("rb") as stream:
        report = tm.validate(stream, path="sichuan.tmx")
    assert report.valid
    assert report.units > 300
    broken = tmp_path / "broken.tmx"
    broken.write_bytes(
        (root / "tmx/sichuan.tmx").read_bytes().replace(b"</body>", b"").replace(b"</tmx>", b"")
    )
    with broken.open("rb") as stream:
        report = tm.validate(stream, path="broken.tmx")
    assert not report.valid
    assert [fault.rule for fault in report.faults if fault.name == "truncated"]
