"""`tm import`."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from tm.cli.base import command, option
from tm.cli.output import named_input, note, print_json, print_text, progress, shown_path, table
from tm.cli.projects import project_option
from tm.cli.words import counter_name
from tm.errors import TMError
from tm.project.folder import Project
from tm.project.imports import FileReport, ImportReport, Issue, import_files

_COUNTS = ("read", "added", "updated", "unchanged", "skipped", "failed")
_SHOWN = 20
"""So many units that were not taken are named to people; programs get all."""


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
@option(
    "--srclang",
    type=click.Choice(["any", "strict"]),
    default="any",
    show_default=True,
    help="strict: only TMX units whose stated source language is the memory's.",
)
@option("--dry-run", is_flag=True, help="Count only, save nothing.")
@option("--json", "as_json", is_flag=True, help="Print JSON.")
@project_option
def import_(  # noqa: PLR0913 - a command's options
    project: Project,
    *,
    files: tuple[str, ...],
    memory: str,
    on_conflict: str,
    srclang: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add units from files to a working memory.

    FILE is TMX (also .gz, .zip), XLIFF, PO, CSV, TSV, XLSX or DOCX, or - for standard input. All or nothing:
    a fault saves nothing. The same file twice adds nothing. Memories that `tm build` makes from releases
    take no imports.
    """
    into = project.memory_to_write(memory)
    with _named(files) as (paths, names), progress(_("Importing, KiB"), _kib(paths)) as step:
        report = import_files(
            paths,
            into,
            on_conflict=on_conflict,
            dry_run=dry_run,
            strict=srclang == "strict",
            progress=lambda count: step(count >> 10),
        )
    if as_json:
        print_json(_json(report, names))
        return
    print_text(_counts(report, names))
    for line in _issues(report.issues, names):
        print_text(line)
    _say_remarks(report, names)
    _say_what_was_saved(report, into, dry_run=dry_run)


def _kib(paths: Sequence[Path]) -> int:
    """The size of the files together; what cannot be read is said when it is."""
    return sum(path.stat().st_size for path in paths if path.is_file()) >> 10


@contextlib.contextmanager
def _named(files: Sequence[str]) -> Iterator[tuple[list[Path], Mapping[str, str]]]:
    """The files to read, and what people call those that stand for standard input."""
    with contextlib.ExitStack() as stack:
        paths = [Path(stack.enter_context(named_input(file))) for file in files]
        names = {str(path): "-" for path, file in zip(paths, files, strict=True) if file == "-"}
        try:
            yield paths, names
        except TMError as error:
            error.path = names.get(error.path or "", error.path)
            raise


def _json(report: ImportReport, names: Mapping[str, str]) -> dict[str, object]:
    shown: dict[str, object] = {"schema": "tm.import/1", **_counted(report)}
    if len(report.files) > 1:
        shown["files"] = [{"file": names.get(one.file, one.file), **_counted(one)} for one in report.files]
    return shown


def _counted(report: ImportReport | FileReport) -> dict[str, object]:
    issues = [{"line": one.line, "unit": one.unit, "reason": one.reason} for one in report.issues]
    remarks = [{"line": one.line, "unit": one.unit, "reason": one.reason} for one in report.remarks]
    return {**{name: getattr(report, name) for name in _COUNTS}, "issues": issues, "remarks": remarks}


def _counts(report: ImportReport, names: Mapping[str, str]) -> str:
    """The counters: below each other for one file, and beside each other for several with their total."""
    if len(report.files) == 1:
        counters = [(counter_name(name), getattr(report, name)) for name in _COUNTS]
        return table([_("counter"), _("units")], counters, numbers=(1,))
    heads = [_("file"), *map(counter_name, _COUNTS)]
    lines: list[tuple[object, ...]] = [
        (names.get(file.file, file.file), *_numbers(file)) for file in report.files
    ]
    lines.append((_("all files"), *_numbers(report)))
    return table(heads, lines, numbers=range(1, len(heads)))


def _numbers(report: ImportReport | FileReport) -> tuple[int, ...]:
    return tuple(getattr(report, name) for name in _COUNTS)


def _issues(issues: Sequence[Issue], names: Mapping[str, str]) -> Iterator[str]:
    """The first units that were not taken, each with its reason; and how many there are of every reason."""
    for issue in issues[:_SHOWN]:
        yield _said(issue, names)
    rest = len(issues) - _SHOWN
    if rest > 0:
        yield ngettext("… and {n} unit more; of all:", "… and {n} units more; of all:", rest).format(n=rest)
        reasons = Counter(issue.reason for issue in issues)
        lines = [
            (count, reason) for reason, count in sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
        ]
        yield table([_("units"), _("reason")], lines, numbers=(0,))


def _said(issue: Issue, names: Mapping[str, str]) -> str:
    """One unit with its place and reason."""
    file = names.get(issue.file, issue.file)
    place = f"{file}:{issue.line}" if issue.line else file
    return f"{place}: {issue.reason}" + (f" [{issue.unit}]" if issue.unit else "")


def _say_remarks(report: ImportReport, names: Mapping[str, str]) -> None:
    """Names the first of what was taken as it stands although it cannot be right, and counts the rest."""
    for remark in report.remarks[:_SHOWN]:
        note(_said(remark, names))
    rest = report.remarked - _SHOWN
    if rest > 0:
        note(ngettext("… and {n} such date more", "… and {n} such dates more", rest).format(n=rest))


def _say_what_was_saved(report: ImportReport, into: Path, *, dry_run: bool) -> None:
    if dry_run:
        note(_("Nothing was saved (--dry-run)."))
    elif report.added or report.updated:
        note(_("Saved: {path}").format(path=shown_path(into)))
    else:
        note(_("Nothing is new; nothing was saved."))
