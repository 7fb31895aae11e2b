"""Drafts of several releases in a folder: each under the name of its source, in the format that is wanted."""

from __future__ import annotations

import pytest


@pytest.fixture
def sources(sample_project):
    """Two short releases under different names."""
    for name, text in (("a", "现将有关要求通知如下。\n"), ("b", "会议强调，要抓好落实。\n")):
        (sample_project / f"{name}.txt").write_text(text, encoding="utf-8")
    return sample_project


@pytest.mark.parametrize("words", [[], ["--to", "docx"], ["--to", "po"], ["--to", "json"]])
def test_a_folder_gets_one_draft_a_source_in_the_format_that_is_wanted(tm, sources, words):
    ran = tm("leverage", "a.txt", "b.txt", "-o", "out/", *words, cwd=sources)
    ending = words[-1] if words else "xlf"
    assert ran.code == 0
    assert sorted(path.name for path in (sources / "out").iterdir()) == [f"a.{ending}", f"b.{ending}"]
    assert tm("leverage", "a.txt", "-o", f"a.{ending}", cwd=sources).code == 0
    if ending == "po":
        assert (sources / "a.po").read_bytes() == (sources / "out/a.po").read_bytes()


@pytest.mark.parametrize("output", [[], ["-o", "a.xlf"], ["-o", "-"]])
def test_a_format_for_a_folder_needs_a_folder(tm, sources, output):
    ran = tm("leverage", "a.txt", *output, "--to", "docx", cwd=sources)
    assert ran.code == 2
    assert "-o DIR/" in ran.err
    assert not (sources / "a.xlf").exists()
