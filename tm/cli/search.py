"""`tm search`."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext

import click

from tm.cli.base import command, option
from tm.cli.options import json_option, source_options, warn_unknown
from tm.cli.output import note, print_json, print_text
from tm.cli.projects import project_option
from tm.matching.concordance import Concordance
from tm.matching.concordance import search as concordance
from tm.model import Span
from tm.project.drafting import Sources, match_options, open_tables
from tm.project.folder import Project


@command(
    epilog="""
tm search 一干多支
tm search "Belt and Road" --limit 50
tm search --fuzzy 会议强调，要推动四大片区协同发展。
"""
)
@click.argument("text")
@option("--fuzzy", is_flag=True, help="Rank segments that are like TEXT and mark the differences.")
@option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Most hits shown.")
@source_options
@json_option
@project_option
def search(  # noqa: PLR0913 - a command's options
    project: Project, *, text: str, fuzzy: bool, limit: int, chosen: Sources, as_json: bool
) -> None:
    """Search the memories in both languages.

    Shows the segments that hold TEXT, in Chinese or English, with their translation, release and date.
    """
    options = match_options(project, chosen, limit=limit, threshold=50.0)
    warn_unknown(project, chosen)
    with open_tables(project, chosen.memories) as tables:
        hits = concordance(tables, text, fuzzy=fuzzy, options=options)
    if as_json:
        print_json({"schema": "tm.search/1", "query": text, "hits": [_json(hit) for hit in hits]})
        return
    print_text("\n\n".join(_block(hit) for hit in hits))
    note(ngettext("{n} hit", "{n} hits", len(hits)).format(n=len(hits)))
    if len(hits) == limit:
        note(_("There may be more: --limit {n}").format(n=limit * 5))


def _block(hit: Concordance) -> str:
    origin = "  ".join(part for part in (hit.date, hit.release or hit.unit.id, hit.memory) if part)
    score = f"{hit.score:.1f}  " if hit.kind == "fuzzy" else ""
    remarks = "".join(
        f"  {penalty.name} −{penalty.points:g}" if penalty.points else f"  {penalty.name}"
        for penalty in hit.penalties
    )
    return "\n".join(
        [
            click.style(score + origin + remarks, dim=True),
            "  zh " + _marked(hit.unit.source.text, hit.spans, "source"),
            "  en " + _marked(hit.unit.target.text, hit.spans, "target"),
        ]
    )


def _marked(text: str, spans: Sequence[Span], side: str) -> str:
    """The text on one line with the stretches of this side marked."""
    for span in sorted((s for s in spans if s.side == side), key=lambda s: -s.start):
        text = f"{text[: span.start]}⟦{text[span.start : span.end]}⟧{text[span.end :]}"
    return " ".join(text.split())


def _json(hit: Concordance) -> dict[str, object]:
    return {
        "memory": hit.memory,
        "unit": hit.unit.id,
        "release": hit.release,
        "date": hit.date,
        "source": hit.unit.source.text,
        "target": hit.unit.target.text,
        "score": round(hit.score, 1),
        "kind": hit.kind,
        "penalties": {penalty.name: penalty.points for penalty in hit.penalties},
        "spans": {
            side: [[span.start, span.end] for span in hit.spans if span.side == side]
            for side in ("source", "target")
        },
    }
