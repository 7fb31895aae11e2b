"""Chinese numbers: figures with 万 and 亿, Han numerals, and what mixes them (1亿7千万)."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from tm.text.numbers import MOST_DIGITS, Figure, read_figure

__all__ = ["HAN", "fold_digits", "is_traditional", "read_chinese", "run_pattern"]

# One character for one, so that offsets stay: full-width forms, Traditional and formal numerals, units.
_FOLD = str.maketrans(
    {
        **dict(zip("０１２３４５６７８９．％：／（）＋－−–—～〜", "0123456789.%:/()+----~~", strict=True)),
        **{
            pair[0]: pair[1]
            for pair in [
                "萬万",
                "億亿",
                "兩两",
                "點点",
                "個个",
                "餘余",
                "幾几",
                "零〇",
                "○〇",
                "◯〇",
                "卄廿",
                "噸吨",
                "畝亩",
                "頃顷",
                "釐厘",
                "週周",
                "鐘钟",
                "時时",
                "級级",
                "屆届",
                "輪轮",
                "數数",
                "間间",
                "圓元",
                "圆元",
                "園园",
                "員员",
                "條条",
                "項项",
                "種种",
                "類类",
                "戶户",
                "處处",
                "筆笔",
                "發发",
                "師师",
                "雙双",
                "車车",
                "輛辆",
                "歲岁",
                "號号",
                "會会",
                "講讲",
                "區区",
                "縣县",
                "國国",
                "內内",
                "過过",
                "達达",
                "從从",
                "為为",
                "與与",
                "總总",
                "約约",
                "單单",
                "場场",
                "層层",
                "頁页",
                "頭头",
                "隻只",
                "張张",
                "塊块",
                "畫画",
                "歐欧",
                "鎊镑",
                "盧卢",
                "韓韩",
                "臺台",
                "幣币",
                "際际",
            ]
        },
    }
)
_TRADITIONAL = frozenset("萬億兩點個餘幾參貳陸畝頃噸時級屆輪數間圓員條項種類戶處筆邊發師雙車輛歲號國會為")
_FORMAL = str.maketrans("壹贰貳叁參参肆伍陆陸柒捌玖拾佰仟", "一二二三三三四五六六七八九十百千")
_FORMAL_SIGNS = frozenset("壹贰貳叁參肆柒捌玖拾佰仟")
_FORMAL_RUN = re.compile("[壹贰貳叁參参肆伍陆陸柒捌玖拾佰仟〇万亿]{2,}")
_DIGITS = {"〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_TENS = {"廿": 20, "卅": 30}
_ROUND = (["百", "万"], ["千", "万"], ["百", "亿"], ["千", "亿"], ["万", "亿"])
HAN = "〇一二两三四五六七八九十百千万亿廿卅"
_FIGURE = r"\d++(?:[,，]\d{3}(?!\d))*+(?:\.\d++)?+"
_RUN = re.compile(rf"(?>{_FIGURE}(?: (?=[万亿]))?+|[{HAN}])++(?: ?[多余来](?=[万亿千百])[万亿千百]++)?+")
_RUN_TRADITIONAL = re.compile(
    rf"(?>{_FIGURE}(?: (?=[万亿兆]))?+|[{HAN}兆])++(?: ?[多余来](?=[万亿兆千百])[万亿兆千百]++)?+"
)
_PART = re.compile(rf"{_FIGURE}|.", re.DOTALL)


def fold_digits(text: str) -> str:
    """The text with full-width, formal and Traditional numerals and units in plain form; offsets stay."""
    if text.isascii():
        return text
    folded = text.translate(_FOLD)
    if _FORMAL_SIGNS.isdisjoint(folded):
        return folded
    return _FORMAL_RUN.sub(lambda found: found.group().translate(_FORMAL), folded)


def is_traditional(text: str) -> bool:
    """Whether a text has characters that only Traditional Chinese writes, so that 兆 means 10^12."""
    return not _TRADITIONAL.isdisjoint(text) or "新台币" in text


def run_pattern(*, traditional: bool) -> re.Pattern[str]:
    """The pattern of a stretch of numerals."""
    return _RUN_TRADITIONAL if traditional else _RUN


@lru_cache(maxsize=4096)
def read_chinese(run: str) -> Figure | None:
    """The number a folded stretch of numerals writes; None where it writes none (万千, 三五)."""
    if run[0].isdecimal() and run[-1].isdecimal() and not any(sign in HAN for sign in run):
        return read_figure(run)
    run = re.sub("[多余来 ]", "", run)
    if all(sign in _DIGITS for sign in run):
        return _positional(run)
    return _composed(_PART.findall(run))


def _positional(run: str) -> Figure | None:
    """A numeral read digit by digit, as in 二〇一九; two digits alone are 七八, "seven or eight"."""
    if len(run) == 1:
        return Figure(amount=Fraction(_DIGITS[run]), step=Fraction(1))
    if "两" in run or (len(run) < 4 and "〇" not in run):
        return None
    return Figure(
        amount=Fraction(int("".join(str(_DIGITS[sign]) for sign in run[:MOST_DIGITS]))), step=Fraction(1)
    )


class _Sum:
    """The running sums of a composed numeral: 1亿 | 7千 | 3."""

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.section = Fraction(0)
        self.current: Figure | None = None
        self.unit = 0
        self.large = 0
        self.step = Fraction(1)
        self.nought = False

    def figure(self, figure: Figure) -> bool:
        """Takes a digit or figure; False where one stands already."""
        if self.current is not None:
            return False
        self.current = figure
        return True

    def small(self, unit: int) -> bool:
        """Takes 十, 百 or 千; False where the order is no number's."""
        if self.current is None and (self.section or self.total) and (unit != 10 or self.section % 100):
            return False
        amount = self.current or Figure(amount=Fraction(1), step=Fraction(1))
        self.section += amount.amount * unit
        self.step, self.unit, self.current, self.nought = amount.step * unit, unit, None, False
        return True

    def big(self, unit: int) -> bool:
        """Takes 万, 亿 or 兆."""
        if self.current:
            self.section += self.current.amount
            self.step = self.current.step
        if self.total and unit > self.large:
            self.total = (self.total + self.section) * unit
        else:
            self.total += (self.section or Fraction(1)) * unit
        self.step *= unit
        self.section, self.current = Fraction(0), None
        self.large, self.unit, self.nought = unit, unit, False
        return True

    def result(self) -> Figure | None:
        """The number; a last digit counts in the next lower place (三百五 is 350)."""
        total = self.total + self.section
        if self.current is None:
            return Figure(amount=total, step=self.step)
        last = self.current
        colloquial = (
            self.unit >= 100 and not self.nought and last.amount < 10 and last.amount.denominator == 1
        )
        worth = Fraction(self.unit, 10) if colloquial else Fraction(1)
        return Figure(amount=total + last.amount * worth, step=last.step * worth)


def _composed(parts: list[str]) -> Figure | None:
    """A numeral with 十百千万亿, in figures or Han numerals or both."""
    if len(parts) > 1 and parts[0] in "百千万亿" and parts not in _ROUND:
        return None
    result = _Sum()
    return result.result() if all(_take(result, part) for part in parts) else None


def _take(result: _Sum, part: str) -> bool:
    if part in _SMALL:
        return result.small(_SMALL[part])
    if part in _LARGE or part == "兆":
        return result.big(_LARGE.get(part, 10**12))
    if part == "〇":
        result.nought = True
        return True
    if part in _TENS:
        result.section += _TENS[part]
        result.unit = 10
        return True
    number = _DIGITS.get(part)
    figure = read_figure(part) if number is None else Figure(amount=Fraction(number), step=Fraction(1))
    return result.figure(figure)
