"""`tm init`."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from tm.cli.base import command
from tm.cli.output import note, print_text
from tm.project.scaffold import create_project


@command(epilog="tm init ~/releases")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Start a new project.

    Writes tm.toml, corpora/, tmx/ and a small term base into DIR (default: this folder). Files that are
    there are never overwritten.
    """
    for path in create_project(folder):
        print_text(str(path))
    note(_("Next: put releases into corpora/releases/<office>/<date>-<name>/ as zh.txt and en.txt,"))
    note(_("then run `tm build`."))
