"""Options that several commands share."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import wraps
from gettext import gettext as _
from typing import Any

import click

from tm.cli.base import option
from tm.cli.output import warn
from tm.errors import ConfigError
from tm.project.drafting import Sources, unknown_releases
from tm.project.folder import Project

__all__ = [
    "fail_on_option",
    "jobs_option",
    "json_option",
    "refuse_version",
    "source_options",
    "warn_unknown",
    "xliff_option",
]

XLIFF_VERSIONS = ("1.2", "2.1")
_XLIFF = (".xlf", ".xliff")
SEVERITIES = ("minor", "major", "critical")

_Function = Callable[..., Any]


class IsoDate(click.ParamType[datetime.date]):
    """A day as yyyy-mm-dd."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        """The day, or a usage error."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(str(value))
        except ValueError:
            self.fail(_("“{text}” is no date (yyyy-mm-dd)").format(text=value), param, ctx)


def source_options(function: _Function) -> _Function:
    """Give the command `chosen`: what --memory, --without, --before, --terms and --threshold say.

    The last two are options of the commands that use them.
    """

    @wraps(function)
    def call(
        *args: Any,  # noqa: ANN401 - passes them through
        memory: tuple[str, ...],
        without: tuple[str, ...],
        before: datetime.date | None,
        terms: tuple[str, ...] = (),
        threshold: float | None = None,
        **options: Any,  # noqa: ANN401 - passes them through
    ) -> Any:  # noqa: ANN401 - what the command returns
        chosen = Sources(memories=memory, terms=terms, without=without, before=before, threshold=threshold)
        return function(*args, chosen=chosen, **options)

    decorators = (
        option(
            "--memory",
            multiple=True,
            metavar="M",
            help="Memory by name or path (default: all of the project).",
        ),
        option("--without", multiple=True, metavar="RELEASE", help="Leave a release out of the memories."),
        option(
            "--before", type=IsoDate(), metavar="DATE", help="Use only what was published before this day."
        ),
    )
    for decorate in reversed(decorators):
        call = decorate(call)
    return call


def fail_on_option(default: str | None) -> Callable[[_Function], _Function]:
    """--fail-on: the lowest severity that makes the command exit with 1."""
    return option(
        "--fail-on",
        type=click.Choice(SEVERITIES),
        default=default,
        help="Exit with 1 when a finding is at least this severe.",
    )


def xliff_option(function: _Function) -> _Function:
    """--xliff: the version of XLIFF that is written; None where nobody chose."""
    return option(
        "--xliff",
        type=click.Choice(XLIFF_VERSIONS),
        help="Version of an .xlf file to write (default: 1.2).",
    )(function)


def jobs_option(function: _Function) -> _Function:
    """--jobs: how many processes work on several sources; 0 = as many as are worth it."""
    return option(
        "-j",
        "--jobs",
        type=click.IntRange(0, 256),
        default=0,
        metavar="N",
        help="Processes for several sources (default: as many as there are cores and work for).",
    )(function)


def refuse_version(xliff: str | None, output: str | None) -> None:
    """Raise a ConfigError where a version of XLIFF is chosen for a file that is none."""
    if xliff and not (output or "").lower().endswith(_XLIFF):
        raise ConfigError(
            _("--xliff is for an .xlf file"),
            hint=_("Give -o a name that ends in .xlf, or leave out --xliff."),
        )


def json_option(function: _Function) -> _Function:
    """--json: print JSON."""
    return option("--json", "as_json", is_flag=True, help="Print JSON.")(function)


def warn_unknown(project: Project, chosen: Sources) -> None:
    """Warn of releases to leave out that are nowhere."""
    for name in unknown_releases(project, chosen):
        warn(_("there is no release “{name}” to leave out").format(name=name))
