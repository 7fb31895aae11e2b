"""P101: brackets and quotation marks without their partner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.model import Severity, Unit

__all__ = ["unbalanced"]

_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "（": "）", "【": "】", "《": "》"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_NUMBERED = re.compile(r"(?:^|[\s;:,.“\"])(?:\d{1,3}\.?|[A-Za-z]|[ivxIVX]{1,5}|[:;]-?)$")
_REACH = 6
"""How many segments a quotation or an aside may run over."""


@rule(
    "P101",
    "unbalanced",
    Severity.MINOR,
    family="punct",
    mqm="punctuation",
    needs_source=False,
    scope="document",
)
def unbalanced(units: Sequence[Unit], context: Context) -> Iterator[tuple[Unit, Problem]]:  # noqa: ARG001
    """A bracket or quotation mark has no partner.

    What it finds: round, square and curly brackets, curly double and straight double quotation marks whose
        opening or closing half is missing, unless it stands in one of the next segments, or the source is
        open in the same way: a quotation may run over several segments. Numbering such as "1)" is no bracket;
        a quotation that is curly at one end and straight at the other is P103's.
    Why it matters: readers cannot tell where the quotation or the aside ends.
    Example: the “One Main Area and Multiple Auxiliaries strategy.
    How to fix: add the missing half.
    When to allow: in tables and formulas.
    """
    lonely = [(number, at) for number, unit in enumerate(units) for at in _lonely(unit.target.text)]
    paired = _paired(units, lonely)
    for number, at in lonely:
        unit = units[number]
        mark = unit.target.text[at]
        if (number, at) not in paired and not _lonely(unit.source.text):
            message = _("{mark} has no partner").format(mark=mark)
            yield unit, Problem("target", at, at + 1, message, term=mark)


def _paired(units: Sequence[Unit], lonely: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """The lonely marks that have their partner in a segment close by."""
    paired: set[tuple[int, int]] = set()
    waiting: dict[str, tuple[int, int]] = {}
    for number, at in lonely:
        mark = units[number].target.text[at]
        opening = waiting.get(_CLOSING.get(mark, mark))
        if mark not in _PAIRS and opening and 0 < number - opening[0] <= _REACH:
            paired |= {opening, (number, at)}
            waiting.pop(_CLOSING.get(mark, mark))
        elif mark not in _CLOSING:
            waiting[mark] = (number, at)
    return paired


def _lonely(text: str) -> list[int]:
    """Where marks without a partner stand."""
    opened: dict[str, list[int]] = {mark: [] for mark in _PAIRS}
    lonely: list[int] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            opened[char].append(at)
        elif char in _CLOSING:
            partners = opened[_CLOSING[char]]
            if partners:
                partners.pop()
            elif char != ")" or not _NUMBERED.search(text[max(0, at - 8) : at]):
                lonely.append(at)
    straight = [at for at, char in enumerate(text) if char == '"']
    feet = [at for at in straight if text[at - 1 : at].isdigit()] if len(straight) % 2 else []
    odd = straight[-1:] if len(straight) % 2 and not feet else []
    lonely = [*(at for places in opened.values() for at in places), *lonely]
    return sorted(_unmixed(text, lonely, odd))


def _unmixed(text: str, lonely: list[int], odd: list[int]) -> list[int]:
    """The marks without those of a quotation that is curly at one end and straight at the other (P103)."""
    for straight in odd:
        for at in lonely:
            if (text[at] == "“" and at < straight) or (text[at] == "”" and at > straight):
                return [other for other in lonely if other != at]
    return [*lonely, *odd]
