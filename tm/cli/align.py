"""`tm align`."""

from __future__ import annotations

import io
from collections import Counter
from gettext import gettext as _

import click

from tm.alignment import Alignment
from tm.cli.base import command, option
from tm.cli.options import json_option
from tm.cli.output import binary_input, note, print_json, print_text, table, warn, write_result
from tm.cli.projects import project_option
from tm.formats.registry import format_for
from tm.project.aligning import TextFile, align_texts, alignment_json, doubts, memory_of
from tm.project.folder import Project

_SHOWN = 5


@command(epilog="tm align zh.txt en.txt -o pair.tmx\ntm align zh.txt en.txt --json")
@click.argument("zh", metavar="ZH")
@click.argument("en", metavar="EN")
@option("-o", "--output", metavar="OUT", help="File to write; .tmx, .tsv, .xlf … by its ending.")
@option("--terms", multiple=True, metavar="CSV", help="Term base (default: the project's).")
@option("--segmented", is_flag=True, help="One segment a line, blank line = paragraph.")
@json_option
@project_option
def align(  # noqa: PLR0913 - a command's options
    project: Project,
    *,
    zh: str,
    en: str,
    output: str | None,
    terms: tuple[str, ...],
    segmented: bool,
    as_json: bool,
) -> None:
    """Align a Chinese and an English release into units.

    Needs no model and no network. Every link has a confidence; segments without a counterpart are counted
    and stay out of OUT. To keep a pair in the project, put both texts into a release folder and run
    `tm build`; see `tm help releases`.
    """
    alignment = align_texts(project, _file(zh), _file(en), terms=terms, segmented=segmented)
    for doubt in doubts(alignment):
        warn(doubt)
    if output:
        _write(alignment, output)
    if as_json:
        print_json(alignment_json(alignment))
    elif output != "-":
        print_text(_summary(alignment))


def _file(path: str) -> TextFile:
    with binary_input(path) as stream:
        return TextFile(path=path, content=stream.read())


def _write(alignment: Alignment, output: str) -> None:
    stream = io.BytesIO()
    writer = format_for("-.tmx" if output == "-" else output, "write").writer
    writer(memory_of(alignment, "alignment"), stream)
    write_result(output, stream.getvalue())
    if output != "-":
        note(_("Written: {path}").format(path=output))


def _summary(alignment: Alignment) -> str:
    """The links by type, and the least certain ones."""
    types = Counter(f"{len(bead.source)}-{len(bead.target)}" for bead in alignment.beads)
    lines = [table([_("link"), _("number")], sorted(types.items()), numbers=(1,))]
    linked = sorted((b for b in alignment.beads if b.source and b.target), key=lambda bead: bead.score)
    records = [
        (
            f"{bead.score:.2f}",
            "".join(alignment.zh[n] for n in bead.source),
            " ".join(alignment.en[n] for n in bead.target),
        )
        for bead in linked[:_SHOWN]
    ]
    if records:
        lines += ["", _("Least certain:")]
        lines += [f"{score}  {source}\n      {target}" for score, source, target in records]
    return "\n".join(lines)
