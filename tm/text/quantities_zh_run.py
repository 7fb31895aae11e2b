"""A run of Chinese numerals where it stands: what is around it, and the value it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from tm.text.numbers import Figure, Kind, Strength, Value

__all__ = ["HAN_DIGITS", "ONE", "Run", "in_place", "sums_up", "trace", "vague"]

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Run:
    """A text, folded; and the run of numerals being read, [start, end), with its number."""

    text: str
    folded: str
    start: int
    end: int
    figure: Figure | None

    @property
    def run(self) -> str:
        """The numerals themselves, folded."""
        return self.folded[self.start : self.end]

    @property
    def han(self) -> bool:
        """Whether the run is written without a figure."""
        return not any(sign.isdecimal() for sign in self.run)

    @property
    def after(self) -> int:
        """Where the text goes on after the run and one space."""
        return self.end + (self.folded[self.end : self.end + 1] == " ")

    def before(self, length: int) -> str:
        """The last characters before the run."""
        return self.folded[max(0, self.start - length) : self.start]

    def value(self, kind: Kind, amount: Fraction, *, end: int = 0, start: int = -1) -> Value:
        """A value of this run, up to `end`."""
        start = self.start if start < 0 else start
        end = end or self.end
        figure = self.figure
        return Value(
            start=start,
            end=end,
            kind=kind,
            amount=amount,
            text=self.text[start:end],
            figure=figure.amount if figure else amount,
            step=figure.step if figure else ONE,
            strength=Strength.FIRM if not self.han else Strength.LIKELY,
        )


def trace(scan: Run) -> Value | None:
    """A numeral that is no quantity and only excuses a number on the other side."""
    if scan.figure is None:
        return None
    return replace(scan.value(Kind.COUNT, scan.figure.amount), strength=Strength.TRACE)


HAN_DIGITS = frozenset("一二三四五六七八九十")


def vague(scan: Run) -> bool:
    """数千, 上百, 十几: no number of its own."""
    around = scan.before(1) in tuple("数几上成好") and not any(
        sign in "一二三四五六七八九" for sign in scan.run
    )
    return scan.han and (around or scan.folded[scan.end : scan.end + 1] == "几")


def sums_up(scan: Run) -> bool:
    """Whether the figure only counts what was listed before it: 成都、资阳、巴中3市."""
    if scan.figure is None or scan.figure.amount > 20:
        return False
    clause = re.split("[，。；：]", scan.folded[max(0, scan.start - 120) : scan.start])[-1]
    listed = clause.count("、") + len(re.findall("[和与及]", clause[-12:]))
    return clause.count("、") > 0 and listed + 1 >= scan.figure.amount


_PLACES = frozenset("县区市镇乡村街路桥坪坝湾沟山寺")
_COUNT_PLACES = frozenset("个大座条类批级家处片些")


def in_place(scan: Run, end: int) -> bool:
    """Whether a small numeral, up to `end` with its counter, begins the name of a place: 三台县, 七里坪."""
    small = scan.han and scan.figure is not None and scan.figure.amount <= 10
    return small and scan.folded[end : end + 1] in _PLACES and scan.folded[end - 1] not in _COUNT_PLACES
