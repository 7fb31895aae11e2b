"""`tm export`."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import BinaryIO

import click

from tm.cli.base import command, option
from tm.cli.options import json_option, refuse_version, xliff_option
from tm.cli.output import note, print_json, progress, warn
from tm.cli.projects import project_option
from tm.cli.terms_exchange import write_term_file
from tm.errors import ConfigError, ConflictError, StoreError
from tm.formats.base import Feature
from tm.formats.losses import Losses
from tm.formats.registry import FORMATS, format_for
from tm.formats.tmx_client import Client
from tm.project.exporting import Chosen, Left, as_tmx, chosen, count_units
from tm.project.folder import Project
from tm.project.omegat import omegat_files, write_folder
from tm.project.omegat_sources import Occurrence, occurrences
from tm.project.selection import condition
from tm.store.atomic import replacing
from tm.store.memory import opened

_TMX = ".tmx"
_TBX = ".tbx"
_ENDINGS = tuple(ending for form in FORMATS for ending in form.endings)
_LOST = frozenset({Feature.VARIANTS})
"""What a TMX of one language pair leaves out."""
_REASONS = ("joined", "unwanted", "drafts", "empty", "unpaired")
_TURNS = {Client.GENERIC: 2, Client.PHRASE: 2, Client.OMEGAT: 4}
"""How often the units are read, for the progress bar."""


@command(
    epilog="""
    tm export sichuan -o sichuan.xlsx
    tm export sichuan -o recent.tmx --where "date>=2021" --where "status=reviewed|approved"
    tm export -o office.tmx --where "office=*办公厅" --where date=2019..2020-06
    tm export sichuan --profile omegat -o project/ --source zh.txt
    tm export -o terms.tbx
    """
)
@click.argument("memories", metavar="MEMORY…", nargs=-1)
@option("-o", "--output", required=True, metavar="OUT|DIR/", help="File to write; its ending is the format.")
@option(
    "--profile",
    type=click.Choice([client.value for client in Client]),
    default=Client.GENERIC.value,
    show_default=True,
    help="Program that the TMX is for; omegat with DIR/ writes a whole project (see `tm help omegat`).",
)
@option("--where", multiple=True, metavar="CONDITION", help="Only units for which this holds.")
@option(
    "--source", "sources", multiple=True, metavar="FILE", help="For an OmegaT project: file to translate."
)
@option(
    "--terms", multiple=True, metavar="CSV", help="For OmegaT and .tbx: term base (default: the project's)."
)
@xliff_option
@json_option
@project_option
def export(  # noqa: PLR0913 - a command's options
    project: Project,
    *,
    memories: tuple[str, ...],
    output: str,
    profile: str,
    where: tuple[str, ...],
    sources: tuple[str, ...],
    terms: tuple[str, ...],
    xliff: str | None,
    as_json: bool,
) -> None:
    """Write memories or terms for another tool.

    MEMORY is a name or a path (default: all of the project). OUT ends in .tmx, .xlf, .po, .csv, .tsv,
    .xlsx or .docx; - is TMX on standard output; .tbx is the term base, as `tm terms export` writes it.
    CONDITION is NAME=VALUE, also != < <= > >=, with release, date, office, status or creator; VALUE may be a
    pattern (*办公厅), one of several (reviewed|approved) or a range (2019..2020-06). Drafts are left out
    unless a condition speaks of the status.
    """
    refuse_version(xliff, output)
    if output.lower().endswith(_TBX):
        _refuse_units(memories, where, sources)
        write_term_file(project, output, terms, as_json=as_json)
        return
    names = memories or tuple(project.memories)
    if not names:
        raise ConfigError(_("there is no memory to export"), hint=_("Run `tm build`, or name a TMX file."))
    client = Client(profile)
    whole = client is Client.OMEGAT and _is_folder(output)
    _refuse_unused(client, sources=bool(sources), terms=bool(terms) and not whole)
    if as_json and output == "-":
        raise ConfigError(_("--json and -o - both want standard output"), hint=_("Name a file with -o."))
    units = chosen(project, names, [condition(text) for text in where])
    length = count_units(project, names) * _TURNS[client] if sys.stderr.isatty() else 0
    with progress(_("Exporting"), length) as step:
        units.on_read = lambda _unit: step(1)
        if whole:
            lost = _write_project(project, units, Path(output), sources, terms)
        else:
            found = occurrences(_contents(sources), project.settings.source)
            lost = _write_file(units, client, output, list(found), xliff=xliff)
    _report(units.left, output, lost, as_json=as_json)
    if client is Client.PHRASE:
        note(_("The properties follow Phrase's documentation; they were not tried with the service itself."))


def _refuse_units(memories: Sequence[str], where: Sequence[str], sources: Sequence[str]) -> None:
    """Raise a ConfigError for what says which units are wanted, where the file holds terms."""
    if memories or where or sources:
        raise ConfigError(
            _("a .tbx file holds the term base, not the units of a memory"),
            hint=_("Leave out MEMORY, --where and --source, or give -o another ending."),
        )


def _is_folder(output: str) -> bool:
    """True for what has no ending of a file that could be written."""
    return output != "-" and not output.lower().endswith(_ENDINGS)


def _refuse_unused(client: Client, *, sources: bool, terms: bool) -> None:
    """Raise a ConfigError for an option that would do nothing."""
    if sources and client is not Client.OMEGAT:
        raise ConfigError(_("--source is for --profile omegat"), hint=_("See `tm help omegat`."))
    if terms:
        raise ConfigError(
            _("--terms is for a whole OmegaT project or a .tbx file"),
            hint=_("Leave it out, or add --profile omegat and a folder: -o DIR/"),
        )


def _write_project(
    project: Project, units: Chosen, folder: Path, sources: Sequence[str], terms: Sequence[str]
) -> list[str]:
    """Write an OmegaT project; what could not go into it, in words."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise ConflictError(
            _("the folder is not empty"), path=folder, hint=_("Name a new folder; nothing was written.")
        )
    losses = Losses(replace(format_for(_TMX, "write"), loses=_LOST))
    units.losses = losses
    write_folder(folder, omegat_files(project, units, sources=_contents(sources), terms=terms))
    return _lost(losses)


def _contents(paths: Sequence[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in paths:
        name = Path(path).name
        if name in found:
            raise ConfigError(
                _("two source files are called {name}").format(name=name), hint=_("Rename one of them.")
            )
        with opened(Path(path)) as stream:
            found[name] = stream.read()
    return found


def _write_file(
    units: Chosen, client: Client, output: str, found: Sequence[Occurrence], *, xliff: str | None
) -> list[str]:
    """Write one file; what could not go into it, in words."""
    form = format_for("-.tmx" if output == "-" else output, "write").in_version(xliff)
    if form.name != "TMX" and client is not Client.GENERIC:
        raise ConfigError(
            _("a profile is for TMX, not for {format}").format(format=form.name),
            hint=_("Give -o a name that ends in .tmx, or leave out --profile."),
        )
    changes: Counter[str] = Counter()
    losses = Losses(replace(form, loses=_LOST) if form.name == "TMX" else form)
    units.losses = losses
    memory = units.memory()
    if form.name == "TMX":
        memory = as_tmx(units, client, found=found, on_change=lambda change: changes.update([change.reason]))
    with _stream(output) as stream:
        form.writer(memory, stream)
    return [
        *_lost(losses, "" if form.name == "TMX" else form.name),
        *(f"{reason} (× {count})" for reason, count in sorted(changes.items())),
    ]


def _lost(losses: Losses, name: str = "") -> list[str]:
    """What a format by its name cannot carry, or what a profile leaves out of a TMX."""
    if not name:
        return [_("left out by the profile: {what}").format(what=what) for what in losses.found()]
    return [_("{format} cannot carry: {what}").format(format=name, what=what) for what in losses.found()]


@contextlib.contextmanager
def _stream(output: str) -> Iterator[BinaryIO]:
    """A stream to the file, which appears whole or not at all; for `-` standard output."""
    if output == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    folder = Path(output).parent
    if not folder.is_dir():
        raise StoreError(_("there is no folder “{folder}”").format(folder=folder), path=output)
    with replacing(Path(output)) as stream:
        yield stream


def _report(left: Left, output: str, lost: Sequence[str], *, as_json: bool) -> None:
    """Say what was written, what was left out, and what was lost."""
    if not left.units:
        warn(
            _("no unit is left to write; is a condition too narrow?")
            if left.unwanted
            else _("no unit to write")
        )
    if as_json:
        reasons = {name: getattr(left, name) for name in _REASONS}
        document = {"written": output, "units": left.units, "left_out": reasons, "lost": list(lost)}
        print_json({"schema": "tm.export/1", **document})
        return
    for text in (*_left_out(left), *lost):
        note(text)
    if output != "-":
        note(_("Written: {path}, {units}").format(path=output, units=_units(left.units)))


def _left_out(left: Left) -> Iterator[str]:
    words = {
        "drafts": _('Left out as drafts: {units}. To have them, choose by status: --where "status=*"'),
        "joined": _("Written once, although in several memories: {units}"),
        "empty": _("Left out without a text on both sides: {units}"),
        "unpaired": _("Left out for want of a pair of languages: {units} (there is {languages})"),
        "unwanted": _("Not chosen by the conditions: {units}"),
    }
    for name, text in words.items():
        count = getattr(left, name)
        if count:
            yield text.format(units=_units(count), languages=", ".join(sorted(left.languages)))


def _units(count: int) -> str:
    return ngettext("{n} unit", "{n} units", count).format(n=count)
