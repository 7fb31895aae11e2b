"""`tm adopt`."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from tm.cli.base import command, option
from tm.cli.output import note, print_text, warn
from tm.project.adoption import adopt as adopt_draft

_SHOWN = 5


@command(epilog="tm adopt draft.xlf --release corpora/releases/sichuan/2021-12-20-executive-meeting")
@click.argument("draft", metavar="DRAFT", type=click.Path(path_type=Path))
@option(
    "--release",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder of the release to write: <office>/<yyyy-mm-dd>-<name>.",
)
def adopt(draft: Path, folder: Path) -> None:
    """Take a finished translation back as a release.

    DRAFT is a draft of `tm leverage` that was finished in a CAT tool: XLIFF, PO or TMX. It becomes
    release.toml, zh.txt, en.txt and align.tsv, whose links are known and reviewed, so that the next
    `tm build` puts it into the memory. A published translation is never overwritten.
    """
    done = adopt_draft(draft, folder)
    print_text(
        _("{folder}: {units} segments, “{title}”").format(
            folder=done.folder, units=done.units, title=done.release.title_en
        )
    )
    if done.drafts:
        ids = ", ".join(done.drafts[:_SHOWN]) + ("…" if len(done.drafts) > _SHOWN else "")
        warn(_("{n} segments still carry the state of a draft: {ids}").format(n=len(done.drafts), ids=ids))
    note(_("Next: complete release.toml, then `tm build`."))
