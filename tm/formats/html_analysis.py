"""An analysis as a page: the bands of all texts, and of each."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext

from tm.formats.html_bands import band_labels, band_lines
from tm.formats.html_page import page
from tm.model import Analysis
from tm.version import __version__

__all__ = ["analysis_page"]


def analysis_page(files: Sequence[tuple[str, Analysis]], total: Analysis) -> bytes:
    """The page: the bands of all texts together, then those of each by name where there are several."""
    count = ngettext("{n} file", "{n} files", len(files)).format(n=len(files))
    return page(
        "analysis.html",
        title=_("Analysis") if len(files) > 1 else files[0][0],
        say=band_labels(),
        lead=count if len(files) > 1 else _("Analysis"),
        rule=_("What stood in an earlier file of this list counts as a repetition in a later one."),
        total=(list(band_lines(total)), total),
        files=[(name, list(band_lines(analysis)), analysis) for name, analysis in files],
        made=_("Made with tm {version}.").format(version=__version__),
    )
