"""`tm import` as a translator meets it: counts that add up, reasons with lines, help with mistakes."""

from __future__ import annotations

import gzip
import json

import pytest

from tm.project.imports import import_files


def numbers(out):
    """The counters that a run printed for one file."""
    return {
        words[0]: int(words[1])
        for words in map(str.split, out.splitlines())
        if len(words) == 2 and words[1].isdigit()
    }


@pytest.fixture
def project(tm, tmp_path):
    """An empty project."""
    assert tm("init", tmp_path / "p").code == 0
    return tmp_path / "p"


@pytest.fixture
def rough(project):
    """A table as people make them: 30 good lines, 20 without a translation, 10 without Chinese."""
    lines = [f"省{n},Province {n},{n}" for n in range(30)] + [f"市{n},,{n}" for n in range(20)]
    text = "\n".join(["原文,译文,序号", *lines, *(f",County {n},{n}" for n in range(10))])
    (project / "rough.csv").write_text(text, encoding="utf-8")
    return project / "rough.csv"


def test_the_counts_add_up_and_the_first_issues_are_named_the_rest_counted(tm, project, rough):
    ran = tm("import", rough.name, "--into", "mine", cwd=project)
    found = numbers(ran.out)
    assert (ran.code, found["read"], found["added"], found["skipped"]) == (0, 60, 30, 30)
    assert ran.out.count("rough.csv:") == 20
    assert "rough.csv:32: there is no translation [0]" in ran.out
    assert "… and 10 units more" in ran.out
    assert "20  there is no translation" in ran.out
    assert "10  there is no source text" in ran.out
    assert "Saved: tmx/mine.tmx" in ran.err


def test_programs_get_every_issue(tm, project, rough):
    found = json.loads(tm("import", rough.name, "--into", "mine", "--json", cwd=project).out)
    assert len(found["issues"]) == found["skipped"] == 30
    assert found["read"] == sum(
        found[name] for name in ("added", "updated", "unchanged", "skipped", "failed")
    )


def test_several_files_have_a_line_each_and_their_total(tm, project, rough):
    (project / "again.csv").write_bytes(rough.read_bytes())
    ran = tm("import", rough.name, "again.csv", "--into", "mine", cwd=project)
    lines = [line.split() for line in ran.out.splitlines()]
    assert ["rough.csv", "60", "30", "0", "0", "30", "0"] in lines
    assert ["again.csv", "60", "0", "0", "30", "30", "0"] in lines
    assert ["all", "files", "120", "30", "0", "30", "60", "0"] in lines


def test_the_second_time_nothing_is_new_and_a_dry_run_saves_nothing(tm, project, rough):
    tried = tm("import", rough.name, "--into", "mine", "--dry-run", cwd=project)
    assert "Nothing was saved" in tried.err
    assert not (project / "tmx/mine.tmx").exists()
    tm("import", rough.name, "--into", "mine", cwd=project)
    before = (project / "tmx/mine.tmx").read_bytes()
    again = tm("import", rough.name, "--into", "mine", cwd=project)
    assert "Nothing is new" in again.err
    assert (project / "tmx/mine.tmx").read_bytes() == before


@pytest.mark.parametrize(
    "content", ["县\tCounty\n", "zh,en\n县,County\n", "zh;en\n县;County\n", "县,County\n"]
)
def test_standard_input_is_read_in_the_format_it_has(program, project, content):
    ran = program("import", "-", "--into", "mine", "--json", cwd=project, stdin=content.encode())
    assert json.loads(ran.out)["added"] == 1


def test_a_fault_in_standard_input_is_told_of_no_passing_file(program, project):
    ran = program("import", "-", "--into", "mine", cwd=project, stdin="County\t县\nCity\t市\n".encode())
    assert ran.code == 3
    assert ran.err.startswith("Error: -: Chinese and English are swapped")
    assert "Put Chinese first" in ran.err


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("tmx", 3, "it is a folder"),
        ("nowhere.csv", 3, "there is no such file"),
        ("prose.txt", 3, "tm align"),
        ("swapped.csv", 3, "swapped"),
        ("half.tsv", 3, "half.tsv:2: one column"),
        ("wide.tsv", 3, "wide.tsv:3: 3 cells under a header of 2"),
        ("french.tmx", 3, "fr (1)"),
    ],
)
def test_a_mistake_is_named_with_the_way_on_and_nothing_is_saved(tm, project, name, code, said):
    texts = {
        "prose.txt": "省政府召开会议。\n",
        "swapped.csv": "County,县\nCity,市\n",
        "half.tsv": "省\tA\n县\n",
        "wide.tsv": "zh\ten\n省\tA\n县\tB\tC\n",
        "french.tmx": '<tmx version="1.4"><header srclang="en"/><body><tu>'
        '<tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="fr"><seg>b</seg></tuv></tu></body></tmx>',
    }
    for file, text in texts.items():
        (project / file).write_text(text, encoding="utf-8")
    ran = tm("import", name, "--into", "mine", cwd=project)
    assert ran.code == code
    assert said in ran.err
    assert ran.out == ""
    assert not (project / "tmx/mine.tmx").exists()


def test_a_packed_tmx_is_read(tm, project):
    text = (
        '<tmx version="1.4"><header srclang="zh-CN"/><body><tu><tuv xml:lang="zh-CN"><seg>省</seg></tuv>'
        '<tuv xml:lang="en"><seg>Province</seg></tuv></tu></body></tmx>'
    )
    (project / "a.tmx.gz").write_bytes(gzip.compress(text.encode()))
    assert numbers(tm("import", "a.tmx.gz", "--into", "mine", cwd=project).out)["added"] == 1


def dated(count):
    """A TMX whose units were made on the 30th of February."""
    units = "".join(
        f'<tu tuid="u{n}" creationdate="20200230T000000Z"><tuv xml:lang="zh-CN"><seg>省{n}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>Province {n}</seg></tuv></tu>\n'
        for n in range(count)
    )
    return (
        '<tmx version="1.4"><header creationtool="a" creationtoolversion="1" segtype="sentence" o-tmf="a" '
        f'adminlang="en" srclang="zh-CN" datatype="plaintext"/><body>\n{units}</body></tmx>'
    )


def test_a_date_that_is_none_is_kept_and_said(tm, project):
    (project / "a.tmx").write_text(dated(25), encoding="utf-8")
    ran = tm("import", "a.tmx", "--into", "mine", cwd=project)
    found = numbers(ran.out)
    assert (ran.code, found["read"], found["added"], found["skipped"]) == (0, 25, 25, 0)
    assert "a.tmx:2: creationdate is no date: 20200230T000000Z; it is kept as it is [u0]" in ran.err
    assert ran.err.count("is no date") == 20
    assert "… and 5 such dates more" in ran.err
    assert (project / "tmx/mine.tmx").read_text(encoding="utf-8").count('"20200230T000000Z"') == 25
    again = tm("import", "a.tmx", "--into", "mine", cwd=project)
    assert "is no date" not in again.err


def test_programs_get_the_remarks_too(tm, project):
    (project / "a.tmx").write_text(dated(1), encoding="utf-8")
    found = json.loads(tm("import", "a.tmx", "--into", "mine", "--json", cwd=project).out)
    (remark,) = found["remarks"]
    assert (remark["line"], remark["unit"], found["issues"]) == (2, "u0", [])
    assert "20200230T000000Z" in remark["reason"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_progress_of_an_import_comes_near_the_size_of_its_files(project, pack):
    path = project / ("a.tmx" if pack is bytes else "a.tmx.gz")
    path.write_bytes(pack(dated(8000).encode()))
    steps: list[int] = []
    import_files([path], project / "tmx/mine.tmx", progress=steps.append)
    assert all(step > 0 for step in steps)
    assert 0.5 < sum(steps) / path.stat().st_size <= 1
