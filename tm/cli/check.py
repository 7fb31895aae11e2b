"""`tm check`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from tm.checks import reports
from tm.cli.base import command, option
from tm.cli.findings import findings_summary, findings_text
from tm.cli.options import SEVERITIES
from tm.cli.output import binary_input, named_input, note, print_json, print_text
from tm.cli.projects import project_option
from tm.errors import ConfigError
from tm.model import Severity
from tm.project.checking import (
    Checked,
    CheckedDocument,
    check_documents,
    documents_in,
    monolingual,
    of_memory,
)
from tm.project.folder import Project
from tm.text.width import clip
from tm.version import __version__

_FINDINGS = 1
_CLIPPED = 60  # cells of a text that is quoted
_FORMATS = ("text", "json", "sarif", "junit", "github")


@command(
    epilog="""
    tm check draft.xlf
    tm check corpora/releases/sichuan/2021-07-16-flood-control-notice-3
    tm check --memory sichuan --select term --format json
    tm check --mono en.txt
    """
)
@click.argument("files", metavar="FILE…", nargs=-1)
@option("--memory", multiple=True, metavar="M", help="Memory to check, by name or path.")
@option("--terms", multiple=True, metavar="CSV", help="Term base (default: the project's).")
@option("--select", multiple=True, metavar="RULE", help="Rules, families or letters to run.")
@option("--ignore", multiple=True, metavar="RULE", help="Rules, families or letters to leave out.")
@option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="Exit with 1 when a finding is at least this severe (default: major).",
)
@option(
    "--waivers", type=click.Path(path_type=Path, exists=True), metavar="F", help="File of accepted findings."
)
@option(
    "--baseline",
    type=click.Path(path_type=Path, exists=True),
    metavar="F",
    help="JSON of an earlier run; only new findings count.",
)
@option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@option("--mono", is_flag=True, help="FILE is English text alone.")
@project_option
def check(  # noqa: PLR0913 - a command's options
    project: Project,
    *,
    files: tuple[str, ...],
    memory: tuple[str, ...],
    terms: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    waivers: Path | None,
    baseline: Path | None,
    form: str,
    mono: bool,
) -> int:
    """Check translations for wrong terms, numbers and slips.

    FILE is TMX, XLIFF, PO, TSV, CSV, a table in DOCX or a release folder. Every finding says where, what, and
    what would be right; `tm explain RULE` says why. Findings that somebody accepted stand in the waiver file.
    """
    documents = _documents(project, files, memory, mono=mono)
    checked = check_documents(
        project,
        documents,
        terms=terms,
        select=_split(select),
        ignore=_split(ignore),
        waivers=waivers,
        mono=mono,
    )
    if not mono and not checked.concepts:
        note(_("There is no term base here: no terms are checked. See `tm help terms`."))
    _note_unlinked(documents)
    _note_skipped(documents)
    if baseline:
        checked = _new_since(checked, baseline)
    _REPORTS[form](checked)
    worst = Severity(fail_on or project.settings.fail_on)
    return _FINDINGS if reports.failing(checked.findings, worst) else 0


def _documents(
    project: Project, files: Sequence[str], memories: Sequence[str], *, mono: bool
) -> list[CheckedDocument]:
    if not files and not memories:
        raise ConfigError(_("nothing to check"), hint=_("Give a file, a release folder, or --memory M."))
    documents = [document for name in memories for document in of_memory(project.memory(name))]
    for file in files:
        if mono:
            with binary_input(file) as stream:
                documents.append(monolingual(file, stream.read()))
        else:
            with named_input(file) as path:
                found = list(documents_in(project, str(_release_or_file(project, path))))
            documents += [replace(one, file=file) if file == "-" else one for one in found]
    return documents


def _note_unlinked(documents: Sequence[CheckedDocument]) -> None:
    """Name the Chinese segments of releases that have no English: dropped on purpose, or forgotten."""
    for one in (segment for document in documents for segment in document.unlinked):
        text = clip(one.segment.text, _CLIPPED)
        note(
            f"{one.place.file}:{one.place.line}: "
            + _("nothing in the English stands for “{text}”").format(text=text)
        )


def _note_skipped(documents: Sequence[CheckedDocument]) -> None:
    """Say how many units of a file could not be checked, and why."""
    for document in documents:
        for reason, count in sorted(document.skipped.items(), key=lambda one: (-one[1], one[0])):
            text = ngettext("{n} unit is not checked: {reason}", "{n} units are not checked: {reason}", count)
            note(f"{document.file}: " + text.format(n=count, reason=reason))


def _release_or_file(project: Project, name: str) -> Path | str:
    return project.releases.get(name, name)


def _split(names: Sequence[str]) -> list[str]:
    return [name for group in names for name in group.split(",") if name]


def _new_since(checked: Checked, path: Path) -> Checked:
    try:
        known = {one["fingerprint"] for one in json.loads(path.read_text(encoding="utf-8"))["findings"]}
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise ConfigError(
            _("this is no report of `tm check --format json`"),
            path=path,
            hint=_("Make one from a clean state."),
        ) from fault
    kept = tuple(finding for finding in checked.findings if finding.fingerprint not in known)
    return replace(checked, findings=kept)


def _text(checked: Checked) -> None:
    shown = [finding for finding in checked.findings if finding.waived is None]
    if shown:
        print_text(findings_text(shown, checked.units))
        print_text("")
    note(findings_summary(checked.findings, len(checked.units)))


def _json(checked: Checked) -> None:
    print_json(reports.as_json(checked.findings, units=len(checked.units)))


def _sarif(checked: Checked) -> None:
    print_json(reports.as_sarif(checked.findings, version=__version__))


def _junit(checked: Checked) -> None:
    print_text(reports.as_junit(checked.findings, units=len(checked.units)).rstrip())


def _github(checked: Checked) -> None:
    print_text(reports.as_github(checked.findings).rstrip())


_REPORTS: dict[str, Callable[[Checked], None]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
}
