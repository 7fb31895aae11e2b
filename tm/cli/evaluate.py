"""`tm evaluate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from gettext import gettext as _

import click

from tm.cli.base import Group, command, common_options, option
from tm.cli.options import json_option, source_options
from tm.cli.output import note, print_json, print_text, progress, table
from tm.cli.projects import project_option
from tm.evaluate.releases import score_aligner, score_releases
from tm.model import Score
from tm.project.drafting import Sources
from tm.project.folder import Project


@click.group(cls=Group)
@common_options
def evaluate() -> None:
    """Measure drafts and alignments, with signatures."""


@command(
    evaluate,
    name="leverage",
    epilog="""
tm evaluate leverage
tm evaluate leverage --by-year
tm evaluate leverage 2021-12-08-press-conference-economic-circle --json
""",
)
@click.argument("releases", metavar="[RELEASE]…", nargs=-1)
@source_options
@option("--threshold", type=click.FloatRange(1, 100), help="Lowest score of a match, in percent.")
@option("--by-year", is_flag=True, help="Use only what was published in earlier years than the release.")
@json_option
@project_option
def leverage_(
    project: Project, *, releases: tuple[str, ...], chosen: Sources, by_year: bool, as_json: bool
) -> None:
    """Compare drafts of published releases with what was published.

    Each release (default: all) is drafted from the memories without itself. BLEU, chrF and TER are given by
    match band, for the draft and for the raw best match beside it; once more for the segments that were
    repaired or assembled from clauses. Higher is better for BLEU and chrF, lower for TER.
    """
    folders = [project.release(name) for name in releases] or list(project.releases.values())
    with progress(_("Evaluating"), len(folders)) as step:
        scores = score_releases(project, folders, chosen, by_year=by_year, progress=step)
    _show("leverage", scores, as_json=as_json)


@command(evaluate, name="align", epilog="tm evaluate align\ntm evaluate align --json")
@click.argument("releases", metavar="[RELEASE]…", nargs=-1)
@option("--crossing/--no-crossing", default=True, help="Count crossing links as well.")
@json_option
@project_option
def align_(project: Project, *, releases: tuple[str, ...], crossing: bool, as_json: bool) -> None:
    """Compare the aligner with reviewed links.

    The releases (default: all whose links are reviewed) are aligned anew, each by itself, and compared with
    their align.tsv: precision, recall and F1, strict (equal links) and lax (overlapping ones).
    """
    folders = [project.release(name) for name in releases] or list(project.releases.values())
    with progress(_("Aligning"), len(folders)) as step:
        scores = score_aligner(project, folders, crossing=crossing, progress=step)
    if as_json:
        _show("align", scores, as_json=True)
        return
    records = [(score.name, f"{score.value:.4f}", score.n) for score in scores]
    print_text(table([_("score"), _("value"), "n"], records, numbers=(1, 2)))
    note(scores[0].signature)


def _show(what: str, scores: Sequence[Score], *, as_json: bool) -> None:
    if as_json:
        print_json({"schema": "tm.evaluate/1", "what": what, "scores": [_json(score) for score in scores]})
        return
    bands = list(dict.fromkeys(score.band for score in scores))
    names = list(dict.fromkeys(score.name for score in scores))
    known = {(score.band, score.name): score for score in scores}
    records = [_record(band, names, known) for band in bands]
    print_text(table([_("band"), "n", *names], records, numbers=range(1, len(names) + 2)))
    for signature in dict.fromkeys(score.signature for score in scores):
        note(signature)


def _record(band: str, names: Sequence[str], known: Mapping[tuple[str, str], Score]) -> tuple[object, ...]:
    """A line of the table: the band, how many it is over, and each score it has."""
    found = [known.get((band, name)) for name in names]
    count = max(score.n for score in found if score)
    return (band, count, *(f"{score.value:.1f}" if score else "" for score in found))


def _json(score: Score) -> dict[str, object]:
    shown = {"name": score.name, "value": round(score.value, 4), "signature": score.signature}
    return {**shown, "band": score.band, "n": score.n}
