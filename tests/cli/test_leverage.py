"""`tm leverage` over many sources, and what it does when something is wrong."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest

WITHOUT = ("--without", "2019-04-23-executive-meeting-28")


@pytest.fixture
def releases(sample_project):
    return sorted((sample_project / "corpora/releases/sichuan").glob("2019-0*/zh.txt"))


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_many_processes_write_what_one_writes(tm, sample_project, releases, tmp_path):
    one = tm("leverage", *releases, *WITHOUT, "-o", f"{tmp_path}/one/", "-j", "1", cwd=sample_project)
    many = tm("leverage", *releases, *WITHOUT, "-o", f"{tmp_path}/many/", "-j", "2", cwd=sample_project)
    assert (one.code, many.code) == (0, 0)
    assert one.out == many.out
    assert contents(tmp_path / "one") == contents(tmp_path / "many")
    assert len(contents(tmp_path / "one")) == len(releases)


def test_sources_of_one_name_have_drafts_of_different_names(tm, sample_project, tmp_path):
    for name in ("a/zh.txt", "A/zh.txt", "b/zh.md", "b/zh.txt", "a-b/zh.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name}会议召开。\n", encoding="utf-8")
    sources = sorted(tmp_path.glob("*/zh.*"))
    ran = tm("leverage", *sources, "-o", f"{tmp_path}/out/", cwd=sample_project)
    assert ran.code == 0
    written = [path.name.casefold() for path in (tmp_path / "out").iterdir()]
    assert len(set(written)) == len(sources)


def test_a_source_named_twice_is_refused(tm, sample_project, releases, tmp_path):
    again = releases[0].parent / ".." / releases[0].parent.name / "zh.txt"
    ran = tm("leverage", releases[0], again, "-o", f"{tmp_path}/out/", cwd=sample_project)
    assert ran.code == 2
    assert not (tmp_path / "out").exists()


def test_a_source_that_cannot_be_read_is_named_and_the_others_are_written(
    tm, sample_project, releases, tmp_path
):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    ran = tm(
        "leverage", releases[0], empty, tmp_path / "none.txt", "-o", f"{tmp_path}/out/", cwd=sample_project
    )
    assert ran.code == 3
    assert "empty.txt" in ran.err
    assert "none.txt" in ran.err
    assert "2 of 3" in ran.err
    assert len(contents(tmp_path / "out")) == 1


def test_a_folder_that_is_a_file_is_refused_before_any_work(tm, sample_project, releases, tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    ran = tm("leverage", *releases, "-o", f"{tmp_path}/out/", cwd=sample_project)
    assert ran.code in (2, 3)
    assert "out" in ran.err
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_disk_that_takes_no_more_leaves_no_half_draft(program, sample_project, releases, tmp_path):
    out = tmp_path / "out"
    assert program("leverage", releases[0], "-o", f"{out}/", cwd=sample_project).code == 0
    (whole,) = contents(out).values()
    assert len(whole) > 4096
    command = f'ulimit -f 4; exec "{sys.executable}" -m tm leverage "{releases[1]}" -o "{out}/more/"'
    ran = subprocess.run(
        ["bash", "-c", command], cwd=sample_project, capture_output=True, timeout=60, check=False
    )
    assert ran.returncode == 3
    assert b"Traceback" not in ran.stderr
    assert not list((out / "more").iterdir())


def test_odd_segments_have_their_draft(tm, sample_project, tmp_path):
    source = tmp_path / "odd.txt"
    source.write_text("一\n\n。\n\n" + "发展" * 10_000 + "\n\nＡ\n", encoding="utf-8")
    ran = tm("leverage", source, "-o", tmp_path / "odd.json", cwd=sample_project)
    assert ran.code == 0
    made = json.loads((tmp_path / "odd.json").read_text(encoding="utf-8"))
    assert "发展" * 10_000 in [one["source"] for one in made["segments"]]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupted_run_leaves_whole_files_and_no_process(sample_project, tmp_path):
    text = (sample_project / "corpora/releases/sichuan/2019-04-19-economy-q1/zh.txt").read_text(
        encoding="utf-8"
    )
    sources = []
    for number in range(40):
        sources.append(tmp_path / f"s{number}.txt")
        sources[-1].write_text(text.replace("四川", f"四川{number}"), encoding="utf-8")
    command = [sys.executable, "-m", "tm", "leverage", *sources, "-o", f"{tmp_path}/out/", "-j", "2"]
    run = subprocess.Popen(
        list(map(str, command)), cwd=sample_project, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    end = time.monotonic() + 60
    while not list(tmp_path.glob("out/*.xlf")) and time.monotonic() < end:
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    _out, err = run.communicate(timeout=20)
    assert run.returncode == 130, err.decode()
    assert b"Traceback" not in err
    drafts = list((tmp_path / "out").iterdir())
    assert 0 < len(drafts) < 40
    assert all(draft.read_bytes().rstrip().endswith(b"</xliff>") for draft in drafts)
