"""`tm analyse`."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

import click

from tm.cli.bands import bands_table
from tm.cli.base import command, option
from tm.cli.options import json_option, source_options, warn_unknown
from tm.cli.output import binary_input, print_json, print_text
from tm.cli.projects import project_option
from tm.formats.draft_json import analysis_json
from tm.project.drafting import Sources, analyse_text, read_segments
from tm.project.folder import Project
from tm.segment import PlacedSegment


@command(epilog="tm analyse zh.txt\ntm analyse *.txt --json")
@click.argument("sources", metavar="SOURCE…", nargs=-1, required=True)
@source_options
@option("--segmented", is_flag=True, help="One segment a line, blank line = paragraph.")
@json_option
@project_option
def analyse(
    project: Project, *, sources: Sequence[str], chosen: Sources, segmented: bool, as_json: bool
) -> None:
    """Count what the memories know of a text, by match bands.

    Several SOURCE are counted as one text, so that what repeats between them shows. Characters are counted
    as a word processor does; see `tm help bands`.
    """
    placed: list[PlacedSegment] = []
    warn_unknown(project, chosen)
    for source in sources:
        with binary_input(source) as stream:
            placed += read_segments(project, source, stream.read(), segmented=segmented)
    analysis = analyse_text(project, placed, chosen)
    if as_json:
        print_json(analysis_json(analysis))
        return
    print_text(_("{files} files, {segments} segments").format(files=len(sources), segments=len(placed)))
    print_text(bands_table(analysis))
