"""P102: full-width punctuation left in the English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.model import Severity, Unit
from tm.text.folding import is_han

__all__ = ["full_width"]

_HALF = {
    "，": ",",
    "。": ".",
    "、": ",",
    "；": ";",
    "：": ":",
    "？": "?",
    "！": "!",
    "（": "(",
    "）": ")",
    "％": "%",
}
_HALF |= {
    "－": "-",
    "～": "-",
    "．": ".",
    "＂": '"',
    "＇": "'",
    "＆": "&",
    "／": "/",
    "＋": "+",
    "［": "[",
    "］": "]",
}
_QUOTES = {
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "《": "",
    "》": "",
    "【": "[",
    "】": "]",
    "〈": "",
    "〉": "",
}
_SPACE = "\u3000"
_MARK = re.compile("[" + re.escape("".join(_HALF) + "".join(_QUOTES)) + r"]|\u3000+|[０-９Ａ-Ｚａ-ｚ]+")
_SPACED = frozenset("，。、；：？！")


@rule("P102", "full-width", Severity.MINOR, family="punct", mqm="punctuation", needs_source=False)
def full_width(unit: Unit, context: Context) -> Iterator[Problem]:  # noqa: ARG001 - every rule takes both
    """A full-width character stands in the English.

    What it finds: Chinese punctuation, full-width letters and figures, and the ideographic space in the
        target, outside runs of Chinese characters.
    Why it matters: full-width marks tear holes into Latin lines and break searching for figures.
    Example: "four major areas， and the whole province".
    How to fix: write the half-width mark.
    When to allow: around Chinese words that stay in Chinese.
    """
    text = unit.target.text
    for match in _MARK.finditer(text):
        if _belongs_to_chinese(text, match):
            continue
        half = _half(text, match)
        yield Problem(
            "target",
            match.start(),
            match.end(),
            _("full-width “{mark}” in English").format(mark=match.group()),
            term=match.group(),
            suggestion=half,
            fix=half if half.strip() or match.group()[0] == _SPACE else None,
        )


def _belongs_to_chinese(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return any(map(is_han, around))


def _half(text: str, match: re.Match[str]) -> str:
    """The half-width form, with the space that English puts after a mark, or before a bracket."""
    found = match.group()
    if found[0] == _SPACE:
        return " "
    if found in _QUOTES:
        return _QUOTES[found]
    half = "".join(_HALF.get(char) or chr(ord(char) - 0xFEE0) for char in found)
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if found in _SPACED and (after.isalnum() or after in "“‘("):
        return half + " " if after else half
    if found == "（" and before.isalnum():
        return " " + half
    return half + " " if found == "）" and after.isalnum() else half
