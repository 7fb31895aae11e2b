"""The program: its language, its commands, and the one place where an error becomes an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path

import click

from tm.cli import language
from tm.cli.base import Group, Option, common_options
from tm.cli.output import harmless
from tm.errors import ConfigError, ConflictError, InputError, StoreError, TMError
from tm.version import __version__

__all__ = ["cli", "main"]

DONE, FINDINGS, USAGE, INVALID_INPUT, CONFLICT, SERVICE, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130

_EXIT_CODES = (
    (ConfigError, USAGE),
    (InputError, INVALID_INPUT),
    (ConflictError, CONFLICT),
    (StoreError, INVALID_INPUT),
)

COMMANDS = {
    "init": ("tm.cli.init:init", "Start a new project"),
    "align": ("tm.cli.align:align", "Align a Chinese and an English release into units"),
    "build": ("tm.cli.build:build", "Make the memories from the releases and their links"),
    "adopt": ("tm.cli.adopt:adopt", "Take a finished translation back as a release"),
    "import": ("tm.cli.import_:import_", "Add units from files to a working memory"),
    "export": ("tm.cli.export:export", "Write memories or terms for another tool"),
    "validate": ("tm.cli.validate:validate", "Show every fault of a TMX: where, what, and how to mend it"),
    "leverage": ("tm.cli.leverage:leverage", "Make an English draft of a new Chinese release"),
    "analyse": ("tm.cli.analyse:analyse", "Count what the memories know of a text, by match bands"),
    "search": ("tm.cli.search:search", "Search the memories in both languages"),
    "check": ("tm.cli.check:check", "Check translations for wrong terms, numbers and slips"),
    "terms": ("tm.cli.terms:terms", "Show, lint, extend and exchange the term base"),
    "evaluate": ("tm.cli.evaluate:evaluate", "Measure drafts and alignments, with signatures"),
    "stats": ("tm.cli.stats:stats", "Show what the project holds"),
    "doctor": ("tm.cli.doctor:doctor", "Show what is installed and usable"),
    "explain": ("tm.cli.explain:explain", "Show the manual page of a rule"),
    "help": ("tm.cli.help:help_", "Show a manual page on a topic"),
}


@click.group(
    cls=Group,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""
    tm leverage zh.txt -o draft.xlf
    tm check draft.xlf
    tm adopt draft.xlf --release corpora/releases/sichuan/2021-12-20-notice
    """,
)
@click.version_option(__version__, prog_name="tm", message="%(prog)s %(version)s", cls=Option)
@common_options
def cli() -> None:
    """Translation memory, term checks and leveraged drafts for Chinese-English releases.

    A new Chinese release comes in; an English draft made from everything that was published before goes
    out to a CAT tool, checked against the term base. The finished translation comes back and the next
    release knows it.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `tm` and leave with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language.speak(language.choose(words, os.environ))
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by who started the program
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - to the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code = run(words)
    try:
        sys.stdout.flush()
    except OSError as error:
        code = code or _system_fault(error)
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """The exit code of `tm` with these arguments; errors are printed, never raised."""
    try:
        code = cli.main(args=list(arguments), prog_name="tm", standalone_mode=False)
    except TMError as error:
        if "--debug" in arguments:
            raise
        click.echo(harmless(_("Error: {error}").format(error=error)), err=True)
        return exit_code(error)
    except click.exceptions.Exit as left:
        code = left.exit_code
    except click.ClickException as error:
        error.show()
        code = USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo(_("Interrupted. No file was left half-written."), err=True)
        code = INTERRUPTED
    except OSError as error:
        if "--debug" in arguments:
            raise
        return _system_fault(error)
    return code if isinstance(code, int) else DONE


def exit_code(error: TMError) -> int:
    """The exit code that an error's class stands for."""
    return next((code for kind, code in _EXIT_CODES if isinstance(error, kind)), INVALID_INPUT)


def _system_fault(error: OSError) -> int:
    """The exit code of a fault of the system, which is said in one line; a closed pipe is none."""
    _close_output()
    if isinstance(error, BrokenPipeError):
        return DONE
    where = f"{error.filename}: " if error.filename else ""
    click.echo(_("Error: {error}").format(error=f"{where}{error.strerror or error}"), err=True)
    return INVALID_INPUT


def _close_output() -> None:
    """Keep Python from complaining about the closed pipe at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
