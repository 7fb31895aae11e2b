"""Help: light, complete, in both languages, never wider than its width."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from tm.cli.base import Group
from tm.cli.main import COMMANDS, cli
from tm.text.width import display_width

HEAVY = ("lxml", "numpy", "sacrebleu", "polib", "rapidfuzz", "rjieba", "sqlite3", "pypinyin")


def commands(group=cli, before=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        yield (*before, name), found
        if isinstance(found, Group):
            yield from commands(found, (*before, name))


ALL = dict(commands())


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from tm.cli.main import run; run(['--help']); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_command_says_of_itself(name):
    assert ALL[(name,)].get_short_help_str() == COMMANDS[name][1]


@pytest.mark.parametrize("words", [words for words, found in ALL.items() if not isinstance(found, Group)])
def test_every_command_has_help_an_example_quiet_and_language(tm, words):
    shown = tm(*words, "--help")
    assert shown.code == 0
    assert "Examples:\n  tm " in shown.out
    assert "--quiet" in shown.out
    assert "--lang" in shown.out


@pytest.mark.parametrize("words", [(), *ALL])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_help_is_never_wider_than_eighty_cells(tm, words, lang, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    shown = tm(*words, "--help", "--lang", lang)
    prose = shown.out.split("Examples:")[0].split("示例")[0]
    assert max(map(display_width, prose.splitlines())) <= 80


def test_an_unknown_command_is_a_usage_error_that_names_the_nearest(tm):
    ran = tm("buld")
    assert ran.code == 2
    assert "build" in ran.err


def test_an_unknown_option_is_a_usage_error(tm):
    assert tm("stats", "--no-such-option").code == 2


def test_help_topics_are_listed_and_shown(tm):
    listed = tm("help").out
    assert "settings" in listed
    assert tm("help", "settings").out.startswith("# Settings")
    assert tm("help", "setings").code == 2
