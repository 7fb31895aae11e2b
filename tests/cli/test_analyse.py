"""`tm analyse` in every form, of one text and of several."""

from __future__ import annotations

import csv
import io
import json

import pytest

WITHOUT = ("--without", "2019-04-23-executive-meeting-28")


@pytest.fixture
def releases(sample_project):
    return sorted((sample_project / "corpora/releases/sichuan").glob("2019-0*/zh.txt"))


@pytest.fixture
def report(tm, sample_project, releases):
    def _report(*words):
        ran = tm("analyse", *releases, *WITHOUT, *words, cwd=sample_project)
        assert ran.code == 0, ran.err
        return ran.out

    return _report


def test_the_parts_of_all_files_add_up_to_the_total(report, releases):
    found = json.loads(report("--json"))
    assert [part["file"] for part in found["files"]] == list(map(str, releases))
    for place, band in enumerate(found["bands"]):
        assert band["characters"] == sum(part["bands"][place]["characters"] for part in found["files"])
    for name in ("repetitions", "internal", "total"):
        for count in ("segments", "characters", "words"):
            assert found[name][count] == sum(part[name][count] for part in found["files"])
    assert found["repetitions"]["segments"] > 0


def test_every_form_says_the_same(report):
    found = json.loads(report("--format", "json"))
    lines = list(csv.DictReader(io.StringIO(report("--format", "csv").removeprefix("\ufeff"))))
    whole = {line["band"]: int(line["characters"]) for line in lines if line["file"] == "(all)"}
    assert whole["total"] == found["total"]["characters"]
    assert whole["repetition"] == found["repetitions"]["characters"]
    assert {band["band"]: band["characters"] for band in found["bands"]}.items() <= whole.items()
    for form in ("text", "html"):
        shown = report("--format", form).replace(",", "")
        assert str(found["total"]["characters"]) in shown


def test_many_processes_count_what_one_counts(report):
    assert report("--json", "-j", "1") == report("--json", "-j", "2")


def test_the_ending_says_the_form(report, tmp_path):
    report("-o", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbffile,band")
    report("-o", tmp_path / "a.html")
    assert (tmp_path / "a.html").read_bytes().startswith(b"<!DOCTYPE html>")
    report("-o", tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["schema"] == "tm.analyse/1"


@pytest.mark.parametrize("words", [("--json", "--format", "csv"), ("-o", "a.pdf"), ("--format", "xml")])
def test_a_form_that_is_none_is_refused(tm, sample_project, releases, words):
    assert tm("analyse", releases[0], *words, cwd=sample_project).code == 2


def test_a_source_is_never_overwritten(tm, sample_project, releases):
    before = releases[0].read_bytes()
    assert tm("analyse", releases[0], "-o", releases[0], cwd=sample_project).code == 2
    assert releases[0].read_bytes() == before


def test_a_file_name_is_no_formula_in_csv(tm, sample_project, tmp_path):
    for name in ("=1+1.txt", "2019-04-23", "@x.txt"):
        (tmp_path / name).write_text("会议召开。\n", encoding="utf-8")
    names = ["=1+1.txt", "2019-04-23", "@x.txt"]
    found = tm("analyse", "--project", sample_project, *names, "--format", "csv", cwd=tmp_path).out
    files = {line[0] for line in csv.reader(io.StringIO(found.removeprefix("\ufeff")))}
    assert files == {"file", "(all)", *(f"'{name}" for name in names)}
