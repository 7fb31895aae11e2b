"""P101: brackets and quotation marks without their partner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.model import Severity, Unit

__all__ = ["unbalanced"]

_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "（": "）", "【": "】", "《": "》"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_NUMBERED = re.compile(r"(?:^|(?<=[\s;:,.]))(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})\)")
_SMILEY = re.compile(r"[:;]-?[()]")


@rule("P101", "unbalanced", Severity.MINOR, family="punct", mqm="punctuation", needs_source=False)
def unbalanced(unit: Unit, context: Context) -> Iterator[Problem]:  # noqa: ARG001 - every rule takes both
    """A bracket or quotation mark has no partner.

    What it finds: round, square and curly brackets, curly double and straight double quotation marks whose
        opening or closing half is missing in the segment, unless the source is open in the same way: a
        quotation may run over several segments. Numbering such as "1)" is no bracket.
    Why it matters: readers cannot tell where the quotation or the aside ends.
    Example: the “One Main Area and Multiple Auxiliaries strategy.
    How to fix: add the missing half.
    When to allow: where the other half stands in a neighbouring segment.
    """
    text = unit.target.text
    if _is_open(unit.source.text):
        return
    for at in _lonely(text):
        yield Problem(
            "target",
            at,
            at + 1,
            _("“{mark}” has no partner").format(mark=text[at]),
            term=text[at],
        )


def _lonely(text: str) -> list[int]:
    """Where marks without a partner stand."""
    skipped = {
        at for pattern in (_NUMBERED, _SMILEY) for m in pattern.finditer(text) for at in range(*m.span())
    }
    open_marks: list[int] = []
    lonely: list[int] = []
    for at, char in enumerate(text):
        if at in skipped and char in "()":
            continue
        if char in _PAIRS:
            open_marks.append(at)
        elif char in _CLOSING:
            partner = next((o for o in reversed(open_marks) if text[o] == _CLOSING[char]), None)
            if partner is None:
                lonely.append(at)
            else:
                open_marks.remove(partner)
    straight = [at for at, char in enumerate(text) if char == '"' and not _is_inch(text, at)]
    return sorted([*open_marks, *lonely, *(straight[-1:] if len(straight) % 2 else [])])


def _is_inch(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[:at].count('"') % 2 == 0


def _is_open(source: str) -> bool:
    """True when the source, too, has an odd bracket or quotation mark."""
    return bool(_lonely(source))
