"""Chinese numerals that name or order: idioms, codes, labels, annexes, plans, 第三次."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tm.text.numbers import Kind, Strength, Value
from tm.text.numbers_zh import read_chinese
from tm.text.quantities_units import COUNTERS, HOLIDAYS, NOT_COUNTED
from tm.text.quantities_zh_run import HAN_DIGITS, Run, trace
from tm.text.quantities_zh_units import measure

__all__ = ["annex", "code", "label", "ordinal", "phrase", "plan"]

_PLAN = re.compile(r"十?[一二三四五六七八九]五|二?十五")


_PLAN_AFTER = ("时期", "规划", "期间", "末", "以来", "计划", "纲要", "开局", "收官")


_INDENT = 8
_LONGEST = 7
_BEFORE_LABEL = tuple("。；：: \n\u3000")


_ENUMERATES = re.compile(r"(?:^|[。；;：:，,、“])[（(]?$")


def phrase(scan: Run) -> Value | None:
    """A trace where an idiom or a name covers the numeral."""
    folded, start, end = scan.folded, scan.start, scan.end
    for begin in range(max(0, start - 3), start + 1):
        for stop in range(max(end, begin + 2), min(len(folded), begin + _LONGEST) + 1):
            found = folded[begin:stop]
            if found in NOT_COUNTED:
                return _holiday(scan) if found in HOLIDAYS else trace(scan)
    return None


def _holiday(scan: Run) -> Value | None:
    """A day that is called by its date, as 八一 is: a trace of that date."""
    month, day = HOLIDAYS.get(scan.run, (0, 0))
    value = scan.value(Kind.DATE, Fraction(month * 100 + day))
    return replace(value, date=(0, month, day), strength=Strength.TRACE) if month else trace(scan)


_DOTTED = re.compile(r"(1[0-2]|[1-9])[·.](3[01]|[12]\d|[1-9])(?=[”\"’'」]|[\u4e00-\u9fff])")


def dotted(scan: Run) -> Value | None:
    """A day called by its date in figures: 5·12, “4·20”."""
    found = _DOTTED.match(scan.folded, scan.start)
    if found is None or "·" not in found.group():
        return None
    parts = (0, int(found[1]), int(found[2]))
    value = scan.value(Kind.DATE, Fraction(parts[1] * 100 + parts[2]), end=found.end())
    return replace(value, date=parts, strength=Strength.LIKELY)


def code(scan: Run) -> Value | None:
    """A figure that is part of a name: 5G, A380, COVID-19."""
    folded = scan.folded
    before = scan.before(3).rstrip("-")[-1:]
    after = folded[scan.end : scan.end + 1]
    latin_before = before.isascii() and before.isalpha()
    latin_after = after.isascii() and after.isalpha() and measure(scan)[0] is None
    if (not latin_before and not latin_after) or scan.figure is None:
        return None
    match = re.compile(r"[A-Za-z]*").match(folded, scan.end)
    end = match.end() if match and latin_after else scan.end
    return replace(scan.value(Kind.CODE, scan.figure.amount, end=end), strength=Strength.SOFT)


def label(scan: Run) -> Value | None:
    """The number of a heading or list point: 一、, （二）, 三是."""
    if scan.figure is None or scan.figure.amount > 99:
        return None
    after = scan.folded[scan.end : scan.end + 1]
    before = scan.before(2)
    bracketed = before[-1:] in ("(", "（")
    leading = scan.start <= _INDENT and not scan.folded[: scan.start].strip(" (（\u3000")
    heading = leading and ((after and after in "、.．)") or (bracketed and after == ")"))
    if heading and (bracketed or after != ")" or leading):
        return scan.value(Kind.LABEL, scan.figure.amount)
    if after == "、" and scan.han and before[-1:] in _BEFORE_LABEL:
        return replace(scan.value(Kind.LABEL, scan.figure.amount), strength=Strength.SOFT)
    if after == "是" and scan.han and _ENUMERATES.search(before):
        return replace(scan.value(Kind.LABEL, scan.figure.amount), strength=Strength.SOFT)
    return None


_ANNEXES = ("附件", "附表", "格式", "附图", "附录", "表", "图", "式", "条之", "项之", "款之")


def annex(scan: Run) -> Value | None:
    """附件三, 第四十四条之五, 格式八之二: a number in a name that English writes in figures."""
    before = scan.before(2)
    numbered = before.endswith(_ANNEXES) or (before[1:] == "之" and before[0] in HAN_DIGITS)
    if scan.figure is None or not numbered:
        return None
    return replace(scan.value(Kind.ORDINAL, scan.figure.amount), strength=Strength.SOFT)


_SPANS = frozenset("天年元分秒万亿")


def plan(scan: Run) -> Value | None:
    """“十四五” is the 14th Five-Year Plan."""
    if not _PLAN.fullmatch(scan.run):
        return None
    quoted = scan.before(1) in tuple("“\"'‘「") and scan.folded[scan.end : scan.end + 1] in tuple("”\"'’」")
    after = scan.folded[scan.after : scan.after + 1]
    counted = after in COUNTERS or after in _SPANS
    named = scan.folded.startswith(_PLAN_AFTER, scan.end) or (scan.run != "十五" and not counted)
    if not quoted and (not named or scan.figure is not None):
        return None
    number = read_chinese(scan.run[:-1])
    if number is None:
        return None
    value = replace(scan, figure=number).value(Kind.ORDINAL, number.amount)
    return replace(value, unit="plan", strength=Strength.FIRM)


def ordinal(scan: Run) -> Value | None:
    """A place in an order: 第三, 十一届, 三中全会, 二十大, 21世纪."""
    if scan.figure is None:
        return None
    amount = scan.figure.amount
    if scan.before(1) == "第":
        value = scan.value(Kind.ORDINAL, amount, start=scan.start - 1)
        if scan.folded.startswith("世纪", scan.after):
            return replace(value, unit="century", strength=Strength.FIRM)
        return replace(value, strength=_order_strength(scan))
    rest = scan.folded[scan.after : scan.after + 2]
    congress = rest[:1] == "大" and amount >= 10 and rest != "大部" and scan.run != "百"
    if rest in ("中全", "世纪") or (rest[:1] == "届" and rest != "届时") or congress:
        century = rest == "世纪" and scan.before(1) != "半"
        value = scan.value(Kind.ORDINAL, amount, end=scan.after + (2 if rest in ("中全", "世纪") else 1))
        return replace(value, unit="century" if century else "", strength=_order_strength(scan))
    return None


def _order_strength(scan: Run) -> Strength:
    if not scan.han:
        return Strength.FIRM
    amount = scan.figure.amount if scan.figure else 0
    if amount <= 2:
        return Strength.SOFT
    return Strength.FIRM if amount > 10 else Strength.LIKELY
