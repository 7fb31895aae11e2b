"""An analysis as CSV: a line for each band of each text, and of all together."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from tm.formats.cell_guard import guarded
from tm.model import Analysis

__all__ = ["ALL", "analysis_csv"]

ALL = "(all)"
"""The name of the lines that count all texts together."""
_HEAD = ("file", "band", "segments", "characters", "words", "weight")
_MARK = "\ufeff"  # Excel takes a file without it for one in the encoding of the office
_UNPAID = ("internal", "total")


def analysis_csv(files: Sequence[tuple[str, Analysis]], total: Analysis) -> bytes:
    """The lines under a header; names of files are kept from being read as formulas, numbers or dates.

    The bands and `repetition` add up to `total`; `internal` is reported beside them and in none.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEAD)
    for name, analysis in (*files, (ALL, total)):
        writer.writerows(_lines(guarded(name, values=True), analysis))
    return (_MARK + text.getvalue()).encode(errors="replace")


def _lines(name: str, analysis: Analysis) -> Iterator[tuple[object, ...]]:
    for band in (*analysis.bands, analysis.repetitions, analysis.internal, analysis.total):
        weight = "" if band.name in _UNPAID else f"{band.weight:.2f}"
        yield name, band.name, band.segments, band.characters, band.words, weight
