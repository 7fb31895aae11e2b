"""Cells that a spreadsheet would not leave as they are: formulas, and texts it would read as another value.

An apostrophe in front keeps them, as people do it by hand; reading takes it away again, so every text comes
back exactly.
"""

from __future__ import annotations

import re

__all__ = ["guarded", "unguarded"]

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_FORMULA = r"\s*[=+\-@\t\r\n＝＋－＠]"
_SAME = r"(?!(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,9}[1-9])?\Z|TRUE\Z|FALSE\Z)"
"""Numbers and truth values that a spreadsheet shows and saves as they were."""
# 007, 1-2, 3E5, 5.0%, 2019/4/23 10:00; May 1, 2019
_VALUE = (
    r"\s*(?:"
    r"[($¥￥€£.\s]*+\d[\d,.\s/:%eE+\-年月日时分秒号()$¥￥€£]*+(?:[ap]m?)?"
    rf"|(?:\d{{1,2}}[-\s/.,]*)?{_MONTH}(?:[-\s/.,]*\d{{1,4}})?(?:[-\s/.,]+\d{{1,4}})?(?:[\s,]+[\d:]+)?"
    r"|true|false)\s*\Z"
)
_FORMULAS = re.compile(rf"'*+{_FORMULA}")
_ANY = re.compile(rf"'*+(?:{_FORMULA}|{_SAME}(?i:{_VALUE}))")


def guarded(cell: str, *, values: bool = False) -> str:
    """The cell as text that no spreadsheet takes for a formula nor, with `values`, for a number or date."""
    return f"'{cell}" if _pattern(values=values).match(cell) else cell


def unguarded(cell: str, *, values: bool = False) -> str:
    """The cell that `guarded` made this of."""
    return cell[1:] if cell.startswith("'") and _pattern(values=values).match(cell, 1) else cell


def _pattern(*, values: bool) -> re.Pattern[str]:
    return _ANY if values else _FORMULAS
