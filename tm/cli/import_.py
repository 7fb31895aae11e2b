"""`tm import`."""

from __future__ import annotations

import contextlib
from gettext import gettext as _
from pathlib import Path

import click

from tm.cli.base import command, option
from tm.cli.output import named_input, note, print_json, print_text, table
from tm.cli.projects import project_option
from tm.cli.words import counter_name
from tm.project.folder import Project
from tm.project.imports import FileReport, ImportReport, import_files

_COUNTS = ("read", "added", "updated", "unchanged", "skipped", "failed")


@command(
    name="import", epilog="tm import agency.tmx --into working --dry-run\ntm import *.tmx --into working"
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@option("--into", "memory", required=True, metavar="MEMORY", help="Working memory, by name or path.")
@option(
    "--on-conflict",
    type=click.Choice(["add", "overwrite", "keep", "newest"]),
    default="add",
    show_default=True,
    help="What to do with another translation of a known source.",
)
@option("--dry-run", is_flag=True, help="Count only, save nothing.")
@option("--json", "as_json", is_flag=True, help="Print JSON.")
@project_option
def import_(  # noqa: PLR0913 - a command's options
    project: Project, *, files: tuple[str, ...], memory: str, on_conflict: str, dry_run: bool, as_json: bool
) -> None:
    """Add units from files to a working memory.

    FILE is TMX (also .gz, .zip), XLIFF, PO, CSV, TSV or XLSX. All or nothing: a fault saves nothing. The
    same file twice adds nothing. Memories that `tm build` makes from releases take no imports.
    """
    path = project.memory_to_write(memory)
    with contextlib.ExitStack() as stack:
        paths = [Path(stack.enter_context(named_input(file))) for file in files]
        report = import_files(paths, path, on_conflict=on_conflict, dry_run=dry_run)
    if as_json:
        print_json(_json(report))
        return
    print_text(_report(report))
    if dry_run:
        note(_("Nothing was saved (--dry-run)."))


def _json(report: ImportReport) -> dict[str, object]:
    shown: dict[str, object] = {"schema": "tm.import/1", **_counted(report)}
    if len(report.files) > 1:
        shown["files"] = [{"file": file.file, **_counted(file)} for file in report.files]
    return shown


def _counted(report: ImportReport | FileReport) -> dict[str, object]:
    issues = [{"line": one.line, "unit": one.unit, "reason": one.reason} for one in report.issues]
    return {**{name: getattr(report, name) for name in _COUNTS}, "issues": issues}


def _report(report: ImportReport) -> str:
    counts = table(
        [_("counter"), _("units")],
        [(counter_name(name), getattr(report, name)) for name in _COUNTS],
        numbers=(1,),
    )
    issues = [f"{issue.file}:{issue.line}: {issue.reason} [{issue.unit}]" for issue in report.issues]
    return "\n".join([counts, *issues])
