"""`tm terms import`, `export` and `add` as people and programs call them."""

from __future__ import annotations

import json
import os
import threading

import pytest

from tm.store.lock import locked
from tm.terms.base import TermBase

HEADER = "concept,zh,en,status,case,pos,acronym,domain,unless,note,source,checked\n"
ROWS = (
    "pc,省委,Provincial Committee,preferred,,,,institution,,,,Li\n"
    "pc,省委,province committee,forbidden,,,,institution,,,,Li\n"
)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "tm.toml").write_text('terms = ["terms/*.csv"]\n', encoding="utf-8", newline="\n")
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "a.csv").write_text(HEADER + ROWS, encoding="utf-8", newline="\n")
    return tmp_path


@pytest.fixture
def base(project):
    return project / "terms" / "a.csv"


def given(project, text, name="in.csv"):
    path = project / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def test_import_adds_and_says_so_in_json(tm, project, base):
    path = given(project, "zh,en,status\n省委,Provincial Committee,\n省委,PPC,admitted\n县,county,\n乡,\n")
    ran = tm("terms", "import", path, "--json", cwd=project)
    report = json.loads(ran.out)
    assert ran.code == 0
    assert report["schema"] == "tm.terms/1"
    assert report["read"] == report["added"] + report["updated"] + report["unchanged"] + report["skipped"]
    assert (report["added"], report["unchanged"], report["skipped"]) == (3, 2, 1)
    assert report["into"] == ["terms/a.csv"]
    assert [(one["kind"], one["line"]) for one in report["issues"]] == [("left-out", 5)]
    assert base.read_text(encoding="utf-8") == (
        HEADER + ROWS + "pc,省委,PPC,admitted,insensitive,,,institution,,,,\n"
        "县,县,county,preferred,insensitive,,,,,,,\n"
    )


def test_the_same_file_twice_changes_nothing(tm, project, base):
    path = given(project, "zh,en\n县,county\n")
    tm("terms", "import", path, cwd=project)
    before = base.read_bytes()
    ran = tm("terms", "import", path, "--json")
    assert json.loads(ran.out)["into"] == []
    assert base.read_bytes() == before


def test_a_dry_run_saves_nothing(tm, project, base):
    before = base.read_bytes()
    ran = tm("terms", "import", given(project, "zh,en\n县,county\n"), "--dry-run", cwd=project)
    assert base.read_bytes() == before
    assert "terms/a.csv" in ran.err
    assert "added          2" in ran.out


def test_a_fault_in_one_file_saves_nothing_of_any(tm, project, base):
    before = base.read_bytes()
    good, bad = (
        given(project, "zh,en\n县,county\n"),
        given(project, "concept,zh,en,status\na,乡,b,c\n", "b.csv"),
    )
    ran = tm("terms", "import", good, bad, cwd=project)
    assert ran.code == 3
    assert "b.csv:2" in ran.err
    assert base.read_bytes() == before


def test_a_conflict_is_listed_and_not_taken(tm, project, base):
    path = given(project, "concept,zh,en,status\npc,省委,province committee,preferred\n")
    before = base.read_bytes()
    ran = tm("terms", "import", path, cwd=project)
    assert "conflict" in ran.out
    assert "in.csv:2" in ran.out
    assert base.read_bytes() == before
    tm("terms", "import", path, "--on-conflict", "overwrite")
    assert base.read_text(encoding="utf-8") == (HEADER + ROWS).replace("forbidden", "preferred")


def test_into_another_file_of_the_term_base_looks_at_all_of_it(tm, project, base):
    other = project / "terms" / "b.csv"
    path = given(project, "zh,en,status\n省委,Provincial Committee,\n省委,PPC,admitted\n县,county,\n")
    before = base.read_bytes()
    tm("terms", "import", path, "--into", other, cwd=project)
    assert base.read_bytes() != before  # the new rendering stands with its concept
    assert [concept.id for concept in TermBase.read(other)] == ["县"]


def test_into_a_file_elsewhere_knows_nothing_of_the_term_base(tm, project, base):
    before = base.read_bytes()
    path = given(project, "zh,en\n省委,Provincial Committee\n")
    (project / "away").mkdir()
    tm("terms", "import", path, "--into", project / "away" / "x.csv", cwd=project)
    assert base.read_bytes() == before
    assert len(TermBase.read(project / "away" / "x.csv")) == 1


def test_outside_a_project_the_term_base_must_be_named(tm, tmp_path):
    ran = tm("terms", "import", given(tmp_path, "zh,en\n县,county\n"), cwd=tmp_path)
    assert ran.code == 2
    assert "--into" in ran.err


def test_a_locked_term_base_is_waited_for_and_then_named(tm, project, base, monkeypatch):
    monkeypatch.setattr("tm.project.terms.LOCK_TIMEOUT", 0.1)
    path = given(project, "zh,en\n县,county\n")
    ready, done = threading.Event(), threading.Event()

    def hold():
        with locked(base):
            ready.set()
            done.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    ready.wait(20)
    try:
        ran = tm("terms", "import", path, cwd=project)
    finally:
        done.set()
        thread.join()
    assert ran.code == 4
    assert str(os.getpid()) in ran.err


def test_standard_input_is_read(program, project):
    ran = program("terms", "import", "-", "--json", cwd=project, stdin="县\tcounty\tnote\n".encode())
    assert json.loads(ran.out)["added"] == 2


@pytest.mark.parametrize("version", ["2", "3"])
def test_tbx_on_standard_input_is_known_by_its_root(tm, program, project, version):
    content = tm("terms", "export", "-o", "-", "--tbx-version", version, cwd=project).out.encode()
    ran = program("terms", "import", "-", "--json", cwd=project, stdin=content)
    assert json.loads(ran.out)["unchanged"] == 3


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "tbx"])
def test_what_is_exported_comes_back_unchanged(tm, project, ending):
    out = project / f"out.{ending}"
    assert tm("terms", "export", "-o", out, cwd=project).code == 0
    report = json.loads(tm("terms", "import", out, "--json").out)
    assert report["unchanged"] == report["read"] == 3
    assert report["issues"] == []


def test_export_says_what_a_glossary_cannot_carry(tm, project):
    ran = tm("terms", "export", "-o", project / "g.txt", cwd=project)
    assert "deprecated and forbidden terms (1)" in ran.err
    assert (project / "g.txt").read_text(encoding="utf-8") == "省委\tProvincial Committee\tinstitution\n"


def test_approved_leaves_wrong_terms_out(tm, project):
    ran = tm("terms", "export", "-o", project / "t.tbx", "--approved", "--json", cwd=project)
    report = json.loads(ran.out)
    assert (report["concepts"], report["terms"], report["left_out"]) == (1, 2, 1)
    assert "province committee" not in (project / "t.tbx").read_text(encoding="utf-8")


def test_version_3_of_tbx_is_written_on_demand(tm, project):
    ran = tm("terms", "export", "-o", "-", "--tbx-version", "3", cwd=project)
    assert "urn:iso:std:iso:30042:ed-2" in ran.out


def test_an_unknown_ending_names_those_that_can(tm, project):
    ran = tm("terms", "export", "-o", project / "t.pdf", cwd=project)
    assert ran.code == 3
    assert ".tbx" in ran.err
    assert not (project / "t.pdf").exists()


def test_add_appends_a_concept_and_leaves_all_else(tm, project, base):
    ran = tm("terms", "add", "县域经济", "county economy", "--domain", "economy", "--json", cwd=project)
    added = json.loads(ran.out)
    assert (added["concept"], added["new"], added["file"]) == ("xianyu-jingji", True, "terms/a.csv")
    assert base.read_text(encoding="utf-8") == (
        HEADER + ROWS + "xianyu-jingji,县域经济,county economy,preferred,insensitive,,,economy,,,,\n"
    )


def test_add_gives_a_known_concept_another_rendering(tm, project, base):
    ran = tm("terms", "add", "省委", "PPC", "--status", "admitted", "--note", "short", cwd=project)
    assert "pc" in ran.out
    assert base.read_text(encoding="utf-8").endswith(",PPC,admitted,insensitive,,,institution,,short,,\n")


def test_add_takes_the_part_of_speech_of_the_concept(tm, project, base):
    base.write_text(
        (HEADER + ROWS)
        .replace("preferred,,,", "preferred,,proper,")
        .replace("forbidden,,,", "forbidden,,proper,"),
        encoding="utf-8",
        newline="\n",
    )
    tm("terms", "add", "省委", "PPC", "--status", "admitted", cwd=project)
    assert {term.pos for concept in TermBase.read(base) for term in concept.en} == {"proper"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("省委", "Provincial Committee"), "already"),
        (("省委", "province committee"), "forbidden"),
        (("省委", "Provincial Committee", "--status", "forbidden"), "preferred"),
        (("省", "province committee"), "pc: province committee: forbidden here"),
        (("、", "pause mark"), "no letter"),
        (("县", "county", "--status", "forbidden"), "no preferred"),
    ],
)
def test_add_refuses_what_contradicts_the_term_base_and_says_why(tm, project, base, words, said):
    before = base.read_bytes()
    ran = tm("terms", "add", *words, cwd=project)
    assert ran.code == 3
    assert said in ran.err
    assert base.read_bytes() == before


def test_add_in_spite_of_a_warning(tm, project, base):
    assert tm("terms", "add", "省", "province committee", "--force", cwd=project).code == 0
    assert "省,province committee" in base.read_text(encoding="utf-8")


def test_add_asks_which_of_several_concepts_is_meant(tm, project, base):
    with base.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write("other,省委,other thing,preferred,,,,,,,,\n")
    ran = tm("terms", "add", "省委", "PPC", cwd=project)
    assert ran.code == 3
    assert "--concept" in ran.err
    assert tm("terms", "add", "省委", "PPC", "--concept", "other").code == 0


def test_the_first_term_makes_the_term_base(tm, tmp_path):
    (tmp_path / "tm.toml").write_text('terms = ["words/*.csv"]\n', encoding="utf-8", newline="\n")
    (tmp_path / "words").mkdir()
    assert tm("terms", "add", "县", "county", cwd=tmp_path).code == 0
    assert len(TermBase.read(tmp_path / "words" / "terms.csv")) == 1


def test_export_to_tbx_is_the_term_base(tm, project):
    ran = tm("export", "-o", project / "t.tbx", "--json", cwd=project)
    assert json.loads(ran.out)["terms"] == 3
    assert "省委" in (project / "t.tbx").read_text(encoding="utf-8")


def test_export_of_a_memory_to_tbx_is_refused(tm, project):
    ran = tm("export", "-o", project / "t.tbx", "--where", "date>=2020", cwd=project)
    assert ran.code == 2
    assert not (project / "t.tbx").exists()


def test_import_says_what_a_term_base_cannot_keep(tm, project):
    path = given(
        project,
        '<martif type="TBX" xml:lang="en"><text><body><termEntry id="1"><langSet xml:lang="zh">'
        "<tig><term>县</term></tig><tig><term>旧县</term>"
        '<termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>'
        '</langSet><langSet xml:lang="en"><tig><term>county</term><termNote type="grammaticalNumber">singular'
        "</termNote></tig></langSet></termEntry></body></text></martif>",
        "in.tbx",
    )
    ran = tm("terms", "import", path, cwd=project)
    assert "Not kept: status of a Chinese form (1)" in ran.err
    assert "Not kept: grammaticalNumber (1)" in ran.err
