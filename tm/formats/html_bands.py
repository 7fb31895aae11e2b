"""What pages say of match kinds, bands and their counts, in the language of the messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _

from tm.model import Analysis, Band, Draft, MatchKind

__all__ = ["Line", "band_class", "band_labels", "band_lines", "draft_class", "figure", "kind_name"]

_CLASSES = {
    "102": "context",
    "101": "context",
    "repetition": "repetition",
    "100": "exact",
    "95-99": "f95",
    "85-94": "f85",
    "75-84": "f75",
    "50-74": "f50",
    "new": "none",
}
_FUZZY = ((95.0, "f95"), (85.0, "f85"), (75.0, "f75"), (0.0, "f50"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a band table; `share` is percent of the characters, None where weights have no meaning."""

    name: str
    css: str
    band: Band
    share: float
    weight: str


def band_labels() -> Mapping[str, str]:
    """The heads of a band table, in the language of the messages."""
    return {
        "analysis": _("Analysis"),
        "band": _("band"),
        "segments": _("segments"),
        "characters": _("characters"),
        "words": _("words"),
        "weight": _("weight"),
        "weighted": _("Weighted: {count} characters. Similar inside the text: {segments} segments."),
    }


def band_lines(analysis: Analysis) -> Iterator[Line]:
    """The bands, the repetitions and the total."""
    names = {"repetition": _("repetition"), "new": _("new"), "total": _("total")}
    for band in (*analysis.bands, analysis.repetitions, analysis.total):
        whole = band is analysis.total
        yield Line(
            name=names.get(band.name, band.name.replace("-", "–")),
            css="" if whole else band_class(band.name),
            band=band,
            share=100 * band.characters / analysis.total.characters if analysis.total.characters else 0.0,
            weight="" if whole else f"{band.weight:.2f}",
        )


def band_class(name: str) -> str:
    """The class that gives a band its colour."""
    return _CLASSES.get(name, "none")


def draft_class(draft: Draft) -> str:
    """The class that gives a draft its colour: its kind, or for a fuzzy match its band."""
    if draft.kind is not MatchKind.FUZZY:
        return draft.kind.value
    return next(css for least, css in _FUZZY if draft.score >= least)


def kind_name(kind: MatchKind) -> str:
    """The kind of a match in words."""
    names = {
        MatchKind.CONTEXT: _("same context"),
        MatchKind.EXACT: _("exact"),
        MatchKind.REPAIRED: _("repaired"),
        MatchKind.FUZZY: _("similar"),
        MatchKind.CLAUSE: _("from clauses"),
        MatchKind.TERMS: _("terms only"),
        MatchKind.NONE: _("no match"),
    }
    return names[kind]


def figure(score: float) -> str:
    """A score in percent, without a decimal that is nought."""
    return f"{score:.1f}".removesuffix(".0")
