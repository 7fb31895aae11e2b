"""The loop with a real CAT tool: draft, OmegaT, adopt, build, and the next draft knows it."""

from __future__ import annotations

import subprocess

import pytest

from tm.cli import language
from tm.cli.main import run
from tm.formats.registry import format_for

RELEASE = "2021-07-16-flood-control-notice-3"


def units_of(path):
    with path.open("rb") as stream:
        return list(format_for(str(path), "read").reader(stream, path=str(path)))


@pytest.mark.slow
def test_a_draft_finished_in_omegat_comes_back_as_a_release(
    outside, sample_project, monkeypatch, tmp_path, capsys
):
    language.speak("en")
    monkeypatch.chdir(sample_project)
    chinese = sample_project / "corpora/releases/sichuan" / RELEASE / "zh.txt"
    assert run(["leverage", str(chinese), "--without", RELEASE, "-o", "draft.xlf"]) == 0
    assert run(["export", "sichuan", "--profile", "omegat", "-o", "cat/", "--source", "draft.xlf"]) == 0
    subprocess.run(
        [
            outside("omegat"),
            str(sample_project / "cat"),
            "--mode=console-translate",
            "--quiet",
            f"--config-dir={tmp_path / 'config'}",
            "--disable-project-locking",
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    finished = sample_project / "cat/target/draft.xlf"
    done = units_of(finished)
    assert len(done) == 23
    assert all(unit.target.text for unit in done)
    new = sample_project / "corpora/releases/sichuan/2021-12-20-notice"
    assert run(["adopt", str(finished), "--release", str(new)]) == 0
    assert run(["build"]) == 0
    assert run(["leverage", str(new / "zh.txt"), "--without", RELEASE, "-o", "again.xlf"]) == 0
    capsys.readouterr()
    again = units_of(sample_project / "again.xlf")
    assert [unit.target.text for unit in again] == [unit.target.text for unit in done]
