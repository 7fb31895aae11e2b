"""`tm export` writes what was asked for, whole or not at all, and says what it left out."""

from __future__ import annotations

import csv
import io
import json

import polib
import pytest

from tm.cli import language
from tm.cli.main import run
from tm.formats import tmx
from tm.formats.registry import format_for
from tm.model import Code, Note, Segment, Status, Unit, Variant


@pytest.fixture
def export(capfdbinary, monkeypatch):
    """Calls `tm export` in a folder; its exit code, standard output and standard error."""

    def call(folder, *words):
        language.speak("en")
        monkeypatch.chdir(folder)
        capfdbinary.readouterr()
        code = run(["export", *map(str, words)])
        out, err = capfdbinary.readouterr()
        return code, out, err.decode()

    return call


def units_of(path):
    with path.open("rb") as stream:
        return list(format_for(str(path), "read").reader(stream, path=str(path)))


def messy(pair):
    """Units of every kind that is left out or loses something."""
    codes = (Code(offset=0, kind="ph", x="1", text="<br/>"),)
    others = (Variant(segment=Segment(lang="fr", text="un")),)
    left = Segment(lang="zh-CN", text="乙", codes=codes)
    return [
        pair("甲", "a", others=others, notes=(Note(text="1"), Note(text="2"))),
        Unit(id="c", source=left, target=Segment(lang="en", text="b", codes=codes)),
        pair("丙", "c", status=Status.DRAFT),
        pair("丁", ""),
    ]


@pytest.mark.parametrize("ending", ["tmx", "csv", "tsv", "xlsx", "po", "xlf"])
def test_every_format_obeys_the_conditions(export, sample_project, ending):
    code, out, err = export(
        sample_project, "sichuan", "-o", f"some.{ending}", "--where", "date=2019-01..2019-04"
    )
    assert (code, out) == (0, b"")
    found = units_of(sample_project / f"some.{ending}")
    with (sample_project / "tmx/sichuan.tmx").open("rb") as stream:
        wanted = [one for one in tmx.read(stream) if "2019-01" <= str(one.origin.date)[:7] <= "2019-04"]
    assert [(one.source.text, one.target.text) for one in found] == [
        (one.source.text, one.target.text) for one in wanted
    ]
    assert f"some.{ending}, {len(wanted)} units" in err
    assert f"Not chosen by the conditions: {364 - len(wanted)} units" in err


def test_what_is_left_out_and_lost_is_said_with_counts(export, memory_file, pair):
    folder = memory_file(*messy(pair)).parent.parent
    _code, _out, err = export(folder, "-o", "out.tmx")
    assert "Left out as drafts: 1 unit." in err
    assert "Left out without a text on both sides: 1 unit" in err
    assert "left out by the profile: further languages or translations of a unit (1 unit)" in err
    assert "inline codes" not in err
    assert "out.tmx, 2 units" in err
    _code, _out, err = export(folder, "-o", "out.po")
    assert "inline codes (1 unit)" in err
    assert "the bounds between several notes (1 unit)" in err


def test_units_of_other_languages_are_named(export, memory_file, pair):
    path = memory_file(pair("甲", "a"))
    path.write_text(path.read_text(encoding="utf-8").replace('"en"', '"de"'), encoding="utf-8")
    _code, _out, err = export(path.parent.parent, "-o", "out.tmx")
    assert "Left out for want of a pair of languages: 1 unit (there is de, zh-CN)" in err
    assert "Warning: no unit to write" in err


def test_a_plain_memory_loses_nothing_and_nothing_is_said(export, memory_file, pair):
    folder = memory_file(pair("甲", "a")).parent.parent
    for ending in ("tmx", "csv", "po"):
        _code, _out, err = export(folder, "-o", f"out.{ending}")
        assert err == f"Written: out.{ending}, 1 unit\n"


def test_drafts_come_along_when_the_status_is_asked_for(export, memory_file, pair):
    folder = memory_file(*messy(pair)).parent.parent
    export(folder, "-o", "out.tmx", "--where", "status=draft")
    assert [one.id for one in units_of(folder / "out.tmx")] == ["丙"]
    export(folder, "-o", "all.tmx", "--where", "status=*")
    assert [one.id for one in units_of(folder / "all.tmx")] == ["甲", "c", "丙"]


def test_standard_output_is_the_file_alone(export, memory_file, pair, valid_tmx):
    folder = memory_file(pair("甲", "a")).parent.parent
    code, out, err = export(folder, "-o", "-")
    assert (code, err) == (0, "")
    export(folder, "-o", "out.tmx")
    valid_tmx(out)
    assert out == (folder / "out.tmx").read_bytes()


def test_json_says_the_same_in_numbers(export, memory_file, pair):
    folder = memory_file(*messy(pair)).parent.parent
    code, out, _err = export(folder, "-o", "out.tmx", "--json")
    told = json.loads(out)
    assert (code, told["schema"], told["written"], told["units"]) == (0, "tm.export/1", "out.tmx", 2)
    assert told["left_out"] == {"joined": 0, "unwanted": 0, "drafts": 1, "empty": 1, "unpaired": 0}
    assert len(told["lost"]) == 1


def test_an_export_of_nothing_is_a_warning(export, memory_file, pair):
    folder = memory_file(pair("甲", "a")).parent.parent
    code, _out, err = export(folder, "-o", "out.tmx", "--where", "release=none", "-q")
    assert code == 0
    assert err.startswith("Warning: no unit is left to write")


def test_the_properties_for_phrase_are_said_to_be_untried(export, memory_file, pair):
    folder = memory_file(pair("甲", "a")).parent.parent
    assert "not tried with the service" in export(folder, "-o", "out.tmx", "--profile", "phrase")[2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "out.csv", "--profile", "omegat"], "a profile is for TMX, not for CSV"),
        (["-o", "out.po", "--profile", "phrase"], "a profile is for TMX, not for PO"),
        (["-o", "out.tmx", "--source", "zh.txt"], "--source is for --profile omegat"),
        (["-o", "out.tmx", "--terms", "t.csv"], "--terms is for a whole OmegaT project"),
        (["-o", "-", "--json"], "standard output"),
        (["-o", "no/out.tmx"], "there is no folder"),
        (["-o", "out.tmx", "--where", "date>=soon"], "no date"),
        (
            ["-o", "cat", "--profile", "omegat", "--source", "a/zh.txt", "--source", "b/zh.txt"],
            "called zh.txt",
        ),
        (["-o", "tmx", "--profile", "omegat"], "the folder is not empty"),
    ],
)
def test_what_makes_no_sense_writes_nothing(export, memory_file, pair, words, said):
    folder = memory_file(pair("甲", "a")).parent.parent
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / "zh.txt").write_text("会议召开\n", encoding="utf-8")
    before = sorted(folder.rglob("*"))
    code, out, err = export(folder, *words)
    assert code in {2, 3, 4}, err
    assert not out
    assert said in err
    assert sorted(folder.rglob("*")) == before


def test_a_memory_that_breaks_off_leaves_the_old_file(export, memory_file, pair):
    path = memory_file(*[pair(f"第{n}", f"no. {n}") for n in range(500)])
    path.write_bytes(path.read_bytes()[:-900])
    folder = path.parent.parent
    (folder / "out.tmx").write_text("old", encoding="utf-8")
    code, _out, err = export(folder, "-o", "out.tmx")
    assert code == 3
    assert "mine.tmx:" in err
    assert (folder / "out.tmx").read_text(encoding="utf-8") == "old"
    assert export(folder, "-o", "cat", "--profile", "omegat")[0] == 3
    assert not (folder / "cat").exists()


def test_the_same_memory_gives_the_same_bytes_in_every_format(export, sample_project):
    for words in ("a.tmx", "a.csv", "a.xlsx", "a.po", "a.xlf"):
        export(sample_project, "-o", words)
        first = (sample_project / words).read_bytes()
        export(sample_project, "-o", words)
        assert (sample_project / words).read_bytes() == first


def test_other_programs_read_the_tables_as_written(export, memory_file, pair):
    folder = memory_file(pair("𠀀, “甲”", "=1+1"), pair("乙", "b\nc")).parent.parent
    export(folder, "-o", "out.csv")
    lines = list(csv.DictReader(io.StringIO((folder / "out.csv").read_text(encoding="utf-8-sig"))))
    assert [line["zh"] for line in lines] == ["𠀀, “甲”", "乙"]
    export(folder, "-o", "out.po")
    catalogue = polib.pofile(str(folder / "out.po"))
    assert [(one.msgid, one.msgstr) for one in catalogue] == [("𠀀, “甲”", "=1+1"), ("乙", "b\nc")]
