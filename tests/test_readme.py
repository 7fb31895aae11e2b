"""Every example of the READMEs runs, in order, and prints what it is said to print."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

import pytest

from tm.cli import language
from tm.cli.main import COMMANDS, run
from tm.formats.registry import format_for

READMES = ("README.md", "README.zh-CN.md")
BLOCK = re.compile(r"<!-- (tour|use|test)[^>]*-->\n```\w+\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Example:
    command: str
    output: tuple[str, ...]


def blocks(root, name, kind):
    text = (root / name).read_text(encoding="utf-8")
    return [body for found, body in BLOCK.findall(text) if found == kind]


def examples(root, name):
    for body in blocks(root, name, "tour"):
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, *output = part.rstrip("\n").split("\n")
            yield Example(command, tuple(line for line in output if line))


def finish(draft, finished):
    """Translate what the draft left open and confirm the rest, as a translator would in a CAT tool."""
    text = draft.read_text(encoding="utf-8")
    made = re.sub(
        r'(<trans-unit id="([^"]+)"(?:(?!</trans-unit>).)*?<target[^>]*)state="(?:new|needs-translation)"'
        r"([^>]*)(?:/>|>[^<]*</target>)",
        r'\1state="translated"\3>Finished by hand, segment \2.</target>',
        text,
        flags=re.DOTALL,
    )
    made = made.replace('state="needs-review-translation"', 'state="translated"')
    finished.write_text(made, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("name", READMES)
def test_the_tour_runs_and_prints_what_it_shows(root, name, sample_project, monkeypatch, capsys):
    monkeypatch.chdir(sample_project)
    language.speak("zh" if "zh" in name else "en")
    ran = list(examples(root, name))
    assert len(ran) >= 12
    for example in ran:
        words = shlex.split(example.command)
        assert words[0] == "tm"
        if "finished.xlf" in words:
            finish(sample_project / "draft.xlf", sample_project / "finished.xlf")
        code = run(words[1:])
        shown = capsys.readouterr().out
        assert code == 0, (example.command, shown)
        for line in example.output:
            assert line in shown.splitlines(), (example.command, line)


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_are_one_line_each(root, name):
    for kind in ("use", "test"):
        (body,) = blocks(root, name, kind)
        assert body.count("\n") == 1


def test_both_readmes_run_the_same_commands(root):
    english, chinese = (
        [example.command for example in examples(root, name)]
        + blocks(root, name, "use")
        + blocks(root, name, "test")
        for name in READMES
    )
    assert english == chinese


def test_the_adopted_draft_is_known_to_the_next_one(sample_project, monkeypatch, capsys):
    """The loop closes: adopt, build, leverage the same text: all context or exact."""
    monkeypatch.chdir(sample_project)
    language.speak("en")
    release = sample_project / "corpora/releases/sichuan/2021-07-16-flood-control-notice-3"
    assert run(["leverage", str(release / "zh.txt"), "--without", release.name, "-o", "draft.xlf"]) == 0
    finish(sample_project / "draft.xlf", sample_project / "finished.xlf")
    new = sample_project / "corpora/releases/sichuan/2021-12-20-notice"
    assert run(["adopt", "finished.xlf", "--release", str(new)]) == 0
    assert run(["build"]) == 0
    assert run(["leverage", str(new / "zh.txt"), "--without", release.name, "-o", "again.xlf"]) == 0
    capsys.readouterr()
    with (sample_project / "again.xlf").open("rb") as stream:
        again = list(format_for("again.xlf", "read").reader(stream, path="again.xlf"))
    with (sample_project / "finished.xlf").open("rb") as stream:
        finished = list(format_for("finished.xlf", "read").reader(stream, path="finished.xlf"))
    assert [unit.target.text for unit in again] == [unit.target.text for unit in finished]
    text = (sample_project / "again.xlf").read_text(encoding="utf-8")
    assert "leveraged-glossary" not in text
    assert 'state="new"' not in text


def test_every_command_stands_in_the_readme(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\btm ([a-z]+)", text))
    assert set(COMMANDS) - named <= {"doctor", "stats", "import", "help"}
