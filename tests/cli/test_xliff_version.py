"""--xliff 2.1 on the command line: written, worked on, taken back."""

from __future__ import annotations

import pytest
from lxml import etree

from tm.cli import language
from tm.cli.main import run
from tm.formats.registry import format_for
from tm.model import Status

RELEASE = "2021-07-16-flood-control-notice-3"
CORE = "{urn:oasis:names:tc:xliff:document:2.0}"


@pytest.fixture
def chinese(sample_project, monkeypatch):
    """The Chinese text of a release of a project in the current folder."""
    language.speak("en")
    monkeypatch.chdir(sample_project)
    return sample_project / "corpora/releases/sichuan" / RELEASE / "zh.txt"


def units_of(path):
    with path.open("rb") as stream:
        return list(format_for(str(path), "read").reader(stream, path=str(path)))


def test_a_draft_of_xliff_2_comes_back_as_a_release(chinese, sample_project):
    draft = sample_project / "draft.xlf"
    assert run(["leverage", str(chinese), "--without", RELEASE, "-o", "draft.xlf", "--xliff", "2.1"]) == 0
    tree = etree.parse(draft)
    assert tree.getroot().get("version") == "2.1"
    for segment in tree.iter(f"{CORE}segment"):
        target = segment.find(f"{CORE}target")
        if target is None:
            target = etree.SubElement(segment, f"{CORE}target")
            target.text = "Done."
        segment.attrib.pop("subState", None)
        segment.set("state", "reviewed")
    tree.write(draft, encoding="utf-8", xml_declaration=True)
    new = sample_project / "corpora/releases/sichuan/2021-12-20-notice"
    assert run(["adopt", "draft.xlf", "--release", str(new)]) == 0
    assert (new / "zh.txt").read_text(encoding="utf-8").split() == chinese.read_text(encoding="utf-8").split()


def test_a_draft_says_the_same_in_both_versions(chinese, sample_project):
    for version in ("1.2", "2.1"):
        words = ["leverage", str(chinese), "--without", RELEASE, "-o", f"{version}.xlf", "--xliff", version]
        assert run(words) == 0
    first, second = units_of(sample_project / "1.2.xlf"), units_of(sample_project / "2.1.xlf")
    assert [(unit.id, unit.source.text, unit.target.text, unit.status) for unit in first] == [
        (unit.id, unit.source.text, unit.target.text, unit.status) for unit in second
    ]
    assert {unit.status for unit in first if unit.target.text} == {Status.DRAFT, Status.TRANSLATED}


def test_a_memory_is_the_same_in_both_versions(chinese, sample_project):  # noqa: ARG001 - sets the folder
    for version in ("1.2", "2.1"):
        assert run(["export", "sichuan", "-o", f"{version}.xlf", "--xliff", version]) == 0
    assert units_of(sample_project / "1.2.xlf") == units_of(sample_project / "2.1.xlf")


@pytest.mark.parametrize(
    "words",
    [
        ["export", "sichuan", "-o", "a.po", "--xliff", "2.1"],
        ["export", "-o", "terms.tbx", "--xliff", "2.1"],
        ["export", "--profile", "omegat", "-o", "a.folder/", "--xliff", "2.1"],
        ["leverage", "{zh}", "-o", "a.docx", "--xliff", "1.2"],
        ["leverage", "{zh}", "--xliff", "2.1"],
    ],
)
def test_a_version_of_what_is_no_xliff_is_an_error(chinese, sample_project, capsys, words):
    assert run([word.format(zh=chinese) for word in words]) == 2
    assert "--xliff is for an .xlf file" in capsys.readouterr().err
    assert not [path for path in sample_project.iterdir() if path.name.startswith(("a.", "terms."))]
