"""The band table of an analysis, as text."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _

from tm.cli.output import table
from tm.model import Analysis, Band

__all__ = ["bands_table", "files_table"]


def bands_table(analysis: Analysis) -> str:
    """The match bands, repetitions and total; internal matches and the weighted total below."""
    heads = [_("band"), _("segments"), _("characters"), _("words"), "%", _("weight")]
    listed = [*analysis.bands, analysis.repetitions, analysis.total]
    records = [_record(band, analysis.total) for band in listed]
    lines = [
        table(heads, records, numbers=(1, 2, 3, 4, 5)),
        _("Weighted: {count} characters. Similar inside the text: {segments} segments.").format(
            count=round(analysis.weighted), segments=analysis.internal.segments
        ),
    ]
    return "\n".join(lines)


def files_table(analyses: Iterable[tuple[str, Analysis]]) -> str:
    """One line a file: how much text it has, how much repeats, how much is new, and its weighted total."""
    heads = [_("file"), _("segments"), _("characters"), _("words"), _("repetition"), _("new"), _("weighted")]
    records = [
        (
            file,
            analysis.total.segments,
            analysis.total.characters,
            analysis.total.words,
            analysis.repetitions.characters,
            analysis.bands[-1].characters,
            round(analysis.weighted),
        )
        for file, analysis in analyses
    ]
    return table(heads, records, numbers=(1, 2, 3, 4, 5, 6))


def _record(band: Band, total: Band) -> tuple[object, ...]:
    share = 100 * band.characters / total.characters if total.characters else 0.0
    weight = "" if band is total else f"{band.weight:.2f}"
    return (_name(band.name), band.segments, band.characters, band.words, f"{share:.1f}", weight)


def _name(name: str) -> str:
    names = {"repetition": _("repetition"), "new": _("new"), "total": _("total")}
    return names.get(name, name)
