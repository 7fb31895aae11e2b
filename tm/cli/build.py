"""`tm build`."""

from __future__ import annotations

from gettext import gettext as _

from tm.cli.base import command, option
from tm.cli.output import note, print_text, progress, shown_path, table, warn
from tm.cli.projects import project_option
from tm.project.build import BuildReport
from tm.project.build import build as build_project
from tm.project.folder import Project

_NOT_UP_TO_DATE = 1


@command(epilog="tm build\ntm build --check")
@option("--realign", is_flag=True, help="Align every release anew; reviewed links are kept.")
@option("--check", is_flag=True, help="Write nothing; exit with 1 when something is not up to date.")
@project_option
def build(project: Project, *, realign: bool, check: bool) -> int:
    """Make the memories from the releases and their links.

    Only releases whose align.tsv is absent or out of date are aligned. Each office gets one memory,
    tmx/<office>.tmx. The same releases give the same bytes.
    """
    with progress(_("Aligning"), len(project.releases)) as step:
        report = build_project(project, realign=realign, check=check, progress=step)
    _show(report, check=check)
    return _NOT_UP_TO_DATE if check and not report.up_to_date else 0


def _show(report: BuildReport, *, check: bool) -> None:
    changed = _("not up to date") if check else _("written")
    state = {True: changed, False: _("up to date")}
    records = [
        (memory.name, memory.units, state[memory.changed], shown_path(memory.path))
        for memory in report.memories
    ]
    print_text(table([_("memory"), _("units"), _("state"), _("file")], records, numbers=(1,)))
    if report.aligned:
        said = _("Not aligned, or changed since: {ids}") if check else _("Aligned: {ids}")
        note(said.format(ids=", ".join(report.aligned)))
    for path in report.left_over:
        warn(_("{path}: its releases are gone; delete it").format(path=shown_path(path)))
    if report.without_english:
        note(_("Without English, left out: {ids}").format(ids=", ".join(report.without_english)))
