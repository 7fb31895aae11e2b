"""Whether a figure is said to rise or to fall, in Chinese and English: the word that stands right at it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tm.text.numbers import Value

__all__ = ["Direction", "chinese_direction", "english_direction"]

_ZH_UP = "增长|上升|提高|增加|上涨|加快|提升|攀升|高出|高于|高|快|增|涨|升"
_ZH_DOWN = "下降|减少|降低|回落|下跌|下滑|放缓|减缓|低于|低|慢|减|跌|降"
_ZH_BETWEEN = r"(?:了|约|近|超过|超|达|逾|接近|至少|大约|将近)?\s*$"
_ZH_BEFORE = re.compile(f"(?:(?P<up>{_ZH_UP})|(?P<down>{_ZH_DOWN})){_ZH_BETWEEN}")
_ZH_TURNED = re.compile(r"幅|差|亏|负|收窄|扩大|缩小|不|未|免|停|节|升降|增减|涨跌|高低")
"""Words that turn a direction round or measure something else: 降幅收窄, 逆差减少, 负增长."""
_ZH_CLAUSE = re.compile(r"[，。；：、！？,;:\n]")
# English words of direction, each with its opposite.
_EN_UP = {
    "rose": "fell", "risen": "fallen", "rise": "fall", "rises": "falls", "rising": "falling",
    "increased": "decreased", "increase": "decrease", "increases": "decreases", "increasing": "decreasing",
    "grew": "declined", "grown": "declined", "growing": "declining", "growth": "decline",
    "climbed": "dropped", "jumped": "dropped", "surged": "dropped", "gained": "lost", "up": "down",
    "higher": "lower", "faster": "slower",
}  # fmt: skip
_EN_DOWN = {
    "fell": "rose", "fallen": "risen", "fall": "rise", "falls": "rises", "falling": "rising",
    "decreased": "increased", "decrease": "increase", "decreases": "increases", "decreasing": "increasing",
    "declined": "increased", "decline": "increase", "declines": "increases", "declining": "increasing",
    "dropped": "rose", "drop": "rise", "drops": "rises", "shrank": "grew", "reduction": "increase",
    "down": "up", "lower": "higher", "slower": "faster",
}  # fmt: skip
_EN_WORDS = {**_EN_UP, **_EN_DOWN}
_EN_WORD = "|".join(sorted(_EN_WORDS, key=lambda word: (-len(word), word)))
_EN_BEFORE = re.compile(
    rf"(?<![\w-])({_EN_WORD})(?:\s+(?:by|of|about|around|nearly|almost|over|some|a|an|another|further|only"
    r"|roughly|approximately|more than|less than|year[- ]on[- ]year|y/y|a total of))*\s*$",
    re.IGNORECASE,
)
_EN_AFTER = re.compile(rf"\s*(?:year[- ]on[- ]year\s+|annual\s+)?({_EN_WORD})(?![\w-])", re.IGNORECASE)
_REACH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Up or down, the half-open stretch of the word that says so, and the word for the opposite, if any."""

    up: bool
    start: int
    end: int
    opposite: str = ""


def chinese_direction(text: str, value: Value) -> Direction | None:
    """The direction of a Chinese value; None without a word right before it or where the clause turns it."""
    clause = _ZH_CLAUSE.split(text[max(0, value.start - _REACH) : value.start])[-1]
    if _ZH_TURNED.search(clause):
        return None
    found = _ZH_BEFORE.search(clause)
    if found is None:
        return None
    word = found["up"] or found["down"]
    start = value.start - len(clause) + found.start()
    return Direction(up=bool(found["up"]), start=start, end=start + len(word))


def english_direction(text: str, value: Value) -> Direction | None:
    """The direction of an English value; None where no word right at it says one, or two disagree."""
    offset = max(0, value.start - _REACH)
    before = _EN_BEFORE.search(text[offset : value.start])
    after = _EN_AFTER.match(text, value.end, value.end + _REACH)
    places = [(before[1], offset + before.start(1))] if before else []
    places += [(after[1], after.start(1))] if after else []
    found = [
        Direction(up=word.lower() in _EN_UP, start=at, end=at + len(word), opposite=_EN_WORDS[word.lower()])
        for word, at in places
    ]
    return found[0] if len({one.up for one in found}) == 1 else None
