"""`tm adopt`."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from tm.cli.base import command, option
from tm.cli.findings import findings_summary, findings_text
from tm.cli.output import named_input, note, print_text, warn
from tm.cli.projects import project_option
from tm.project.adoption import adopt as adopt_draft
from tm.project.checking import check_documents, documents_in
from tm.project.folder import Project

_SHOWN = 5  # ids named in a warning


@command(epilog="tm adopt draft.xlf --release corpora/releases/sichuan/2021-12-20-executive-meeting")
@click.argument("draft", metavar="DRAFT")
@option(
    "--release",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder of the release to write: <office>/<yyyy-mm-dd>-<name>.",
)
@project_option
def adopt(project: Project, *, draft: str, folder: Path) -> None:
    """Take a finished translation back as a release.

    DRAFT is a draft of `tm leverage` that was finished in a CAT tool or in Word: XLIFF, PO, TMX or DOCX. It
    becomes release.toml, zh.txt, en.txt and align.tsv, whose links are known and reviewed, so that the next
    `tm build` puts it into the memory. A published translation is never overwritten. The checks run on the
    new release; what they find is shown.
    """
    project.refuse_misplaced(folder)
    with named_input(draft) as path:
        done = adopt_draft(Path(path), folder)
    print_text(
        _("{folder}: {units} segments, “{title}”").format(
            folder=done.folder, units=done.units, title=done.release.title_en
        )
    )
    if done.drafts:
        ids = ", ".join(done.drafts[:_SHOWN]) + ("…" if len(done.drafts) > _SHOWN else "")
        warn(
            _("{n} segments are matches that nobody confirmed; read them once more: {ids}").format(
                n=len(done.drafts), ids=ids
            )
        )
    if done.altered:
        ids = ", ".join(done.altered[:_SHOWN]) + ("…" if len(done.altered) > _SHOWN else "")
        warn(
            _("the Chinese of {n} segments was changed in the file; compare them: {ids}").format(
                n=len(done.altered), ids=ids
            )
        )
    checked = check_documents(project, list(documents_in(project, str(folder))))
    if checked.findings:
        print_text(findings_text(checked.findings, checked.units))
    note(findings_summary(checked.findings, len(checked.units)))
    note(_("Next: complete release.toml, then `tm build`."))
