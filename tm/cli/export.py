"""`tm export`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path

import click

from tm.cli.base import command, option
from tm.cli.output import note, print_text, write_result
from tm.cli.projects import project_option
from tm.errors import ConfigError, ConflictError
from tm.formats.losses import Losses
from tm.formats.registry import format_for
from tm.model import Memory
from tm.project.exporting import condition, exported, omegat_files
from tm.project.folder import Project
from tm.store.memory import opened
from tm.store.tree import write_tree


@command(
    epilog="""
    tm export sichuan -o sichuan.xlsx
    tm export sichuan -o recent.tmx --where "date>=2021-01-01" --where status=reviewed
    tm export sichuan --profile omegat -o project/ --source zh.txt
    """
)
@click.argument("memories", metavar="MEMORY…", nargs=-1)
@option("-o", "--output", required=True, metavar="OUT|DIR/", help="File to write; its ending is the format.")
@option(
    "--profile",
    type=click.Choice(["generic", "omegat"]),
    default="generic",
    show_default=True,
    help="omegat writes a whole OmegaT project into DIR/.",
)
@option("--where", multiple=True, metavar="CONDITION", help="Only units for which this holds.")
@option("--source", "sources", multiple=True, metavar="FILE", help="With omegat: file to translate.")
@option("--terms", multiple=True, metavar="CSV", help="With omegat: term base (default: the project's).")
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
) -> None:
    """Write memories or terms for another tool.

    MEMORY is a name or a path (default: all of the project). OUT ends in .tmx, .xlf, .po, .csv, .tsv or
    .xlsx. CONDITION is NAME=VALUE, also != < <= > >=, with release, date, office, status or creator; a value
    may end in *.
    """
    names = memories or tuple(project.memories)
    if not names:
        raise ConfigError(_("there is no memory to export"), hint=_("Run `tm build`, or name a TMX file."))
    memory = exported(project, names, [condition(text) for text in where])
    if profile == "omegat":
        files = omegat_files(project, memory, sources=_contents(sources), terms=terms)
        _write_folder(Path(output), files)
        print_text(_("{folder}: OmegaT project of {n} files").format(folder=output, n=len(files)))
        return
    _write(memory, output)


def _write(memory: Memory, output: str) -> None:
    stream = io.BytesIO()
    found = format_for("-.tmx" if output == "-" else output, "write")
    losses = Losses(found)
    found.writer(losses.watch(memory), stream)
    write_result(output, stream.getvalue())
    if output != "-":
        note(_("Written: {path}").format(path=output))
    for what in losses.found():
        note(_("{format} cannot carry: {what}").format(format=found.name, what=what))


def _contents(paths: Sequence[str]) -> dict[str, bytes]:
    found = {}
    for path in paths:
        with opened(Path(path)) as stream:
            found[Path(path).name] = stream.read()
    return found


def _write_folder(folder: Path, files: dict[str, bytes]) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise ConflictError(
            _("the folder is not empty"), path=folder, hint=_("Name a new folder; nothing was written.")
        )
    write_tree({folder / name: content for name, content in files.items() if not name.endswith("/")})
    for name in files:
        if name.endswith("/"):
            (folder / name).mkdir(parents=True, exist_ok=True)
