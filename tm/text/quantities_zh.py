"""Values in Chinese text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from tm.text.dates import CLOCK, NUMERIC_DATE, chinese_time, is_year, read_chinese_date
from tm.text.numbers import Figure, Kind, Role, Strength, Value
from tm.text.numbers_zh import fold_digits, is_traditional, read_chinese, run_pattern
from tm.text.quantities_units import (
    CHINESE,
    CHINESE_LONGEST,
    CHINESE_MONEY_BEFORE,
    COUNTERS,
    NOT_COUNTED,
    Measure,
)

__all__ = ["scan_chinese"]

_ONE = Fraction(1)
_HEDGES_BEFORE = ("约", "近", "超", "逾", "超过", "过", "将近", "大约", "不足", "至少", "突破", "上", "达到")
_HEDGES_AFTER = ("以上", "以下", "以内", "左右", "上下", "许", "之多")
_AFTER_TENTH = "立为功果都本员绩套长熟品交就人渝不分年灾员因份"
_PLAN = re.compile(r"十?[一二三四五六七八九]五|二?十五")
_PLAN_AFTER = ("时期", "规划", "期间", "末", "以来", "计划", "纲要", "开局", "收官")
_WORD = re.compile(
    "(?P<half>上半年|下半年)|(?P<halfyear>半年)|(?P<ratio>一半|过半|半数)|(?P<doubled>翻番|倍增)"
    "|(?P<weekday>(?:星期|周|礼拜)[一二三四五六日天])(?!年|期|岁|边|围|全|刊|到|密)"
    "|(?P<roman>[Ⅰ-Ⅻ]+)|(?P<trace>[双首半单俩仨])"
)
_TRACES = {
    "双": Fraction(2),
    "首": _ONE,
    "半": Fraction(1, 2),
    "单": _ONE,
    "俩": Fraction(2),
    "仨": Fraction(3),
}
_ROMAN = {sign: number for number, sign in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", start=1)}
_ENUMERATES = re.compile(r"(?:^|[。；;：:，,、“])[（(]?$")
_RISE = re.compile(r"(?:增长|增加|提高|上升|高出|扩大|上涨|增|涨|多)(?:了|近|约|超过|超|逾)?$")
_FROM = ("由", "从", "自")
_TO = ("到", "至", "为", "达", "达到", "成", "-", "~")


@dataclass(frozen=True, slots=True)
class _Scan:
    """A text, folded; and the run of numerals being read, [start, end), with its number."""

    text: str
    folded: str
    start: int
    end: int
    figure: Figure | None

    @property
    def run(self) -> str:
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
            step=figure.step if figure else _ONE,
            strength=Strength.FIRM if not self.han else Strength.LIKELY,
        )


_Reader = Callable[[_Scan], Value | None]


def scan_chinese(text: str, lang: str = "zh-CN") -> list[Value]:
    """The values of a Chinese text in order, traces included."""
    folded = fold_digits(text)
    traditional = is_traditional(text) or lang.lower().startswith(("zh-tw", "zh-hk", "zh-mo", "zh-hant"))
    values = sorted(
        [*_numerals(text, folded, run_pattern(traditional=traditional))], key=lambda value: value.start
    )
    covered = [(value.start, value.end) for value in values]
    words = [word for word in _words(text, folded) if not _inside(word, covered)]
    if words:
        kept = [value for value in values if not _inside(value, [(w.start, w.end) for w in words])]
        values = sorted([*kept, *words], key=lambda value: value.start)
    return _propagated(values, folded)


def _inside(value: Value, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= value.start and value.end <= end for start, end in stretches)


def _numerals(text: str, folded: str, pattern: re.Pattern[str]) -> Iterator[Value]:
    place = 0
    while found := pattern.search(folded, place):
        scan = _Scan(text, folded, found.start(), found.end(), read_chinese(found.group()))
        value = _read(scan)
        place = max(found.end(), value.end if value else 0)
        if value is not None:
            yield _hedged(value, folded)


def _read(scan: _Scan) -> Value | None:
    """What the run means where it stands."""
    for reader in _HAN_READERS if scan.han else _FIGURE_READERS:
        value = reader(scan)
        if value is not None:
            return value
    return None


# --- What is no quantity ----------------------------------------------------------------------------


def _phrase(scan: _Scan) -> Value | None:
    """A trace where an idiom or a name covers the numeral."""
    folded, start, end = scan.folded, scan.start, scan.end
    for begin in range(max(0, start - 3), start + 1):
        for stop in range(max(end, begin + 2), min(len(folded), begin + 5) + 1):
            if folded[begin:stop] in NOT_COUNTED:
                return _trace(scan)
    return None


def _trace(scan: _Scan) -> Value | None:
    if scan.figure is None:
        return None
    return replace(scan.value(Kind.COUNT, scan.figure.amount), strength=Strength.TRACE)


def _code(scan: _Scan) -> Value | None:
    """A figure that is part of a name: 5G, A380, COVID-19."""
    folded = scan.folded
    before = folded[: scan.start].rstrip("-")[-1:]
    after = folded[scan.end : scan.end + 1]
    latin_before = before.isascii() and before.isalpha()
    latin_after = after.isascii() and after.isalpha() and _measure(scan)[0] is None
    if (not latin_before and not latin_after) or scan.figure is None:
        return None
    match = re.compile(r"[A-Za-z]*").match(folded, scan.end)
    end = match.end() if match and latin_after else scan.end
    return replace(scan.value(Kind.CODE, scan.figure.amount, end=end), strength=Strength.SOFT)


def _label(scan: _Scan) -> Value | None:
    """The number of a heading or list point: 一、 （二） 三是 第四，"""
    if scan.figure is None or scan.figure.amount > 99:
        return None
    after = scan.folded[scan.end : scan.end + 1]
    before = scan.before(2)
    bracketed = before[-1:] in ("(", "（")
    leading = not scan.folded[: scan.start].strip(" (（\u3000")
    heading = leading and ((after and after in "、.．)") or (bracketed and after == ")"))
    if heading and (bracketed or after != ")" or leading):
        return scan.value(Kind.LABEL, scan.figure.amount)
    if after == "是" and scan.han and _ENUMERATES.search(before):
        return replace(scan.value(Kind.LABEL, scan.figure.amount), strength=Strength.SOFT)
    return None


# --- Dates, times, periods ----------------------------------------------------------------------------


def _date(scan: _Scan) -> Value | None:
    numeric = NUMERIC_DATE.match(scan.folded, scan.start)
    if numeric and int(numeric[3]) <= 12 and int(numeric[4]) <= 31:
        parts = (int(numeric[1]), int(numeric[3]), int(numeric[4]))
        return _dated(scan, parts, numeric.end())
    after = scan.folded[scan.after : scan.after + 2]
    if not after or after[0] not in "年月日号" or after == "年代":
        return None
    date = read_chinese_date(scan.folded, scan.start)
    if date is None or not any(date.parts):
        return None
    if after[0] == "号" and scan.before(1) != "月":
        return None
    return _dated(scan, date.parts, date.end)


def _dated(scan: _Scan, parts: tuple[int, int, int], end: int) -> Value:
    number = Fraction(parts[0] * 10000 + parts[1] * 100 + parts[2])
    value = scan.value(Kind.DATE, number, end=end)
    return replace(
        value, date=parts, figure=Fraction(parts[0] or parts[1] or parts[2]), strength=Strength.FIRM
    )


def _decade(scan: _Scan) -> Value | None:
    if not scan.folded.startswith("年代", scan.after) or scan.figure is None:
        return None
    amount = scan.figure.amount if scan.figure.amount > 99 else scan.figure.amount % 100
    return replace(scan.value(Kind.DECADE, amount, end=scan.after + 2), strength=Strength.LIKELY)


def _time(scan: _Scan) -> Value | None:
    clock = CLOCK.match(scan.folded, scan.start)
    if clock:
        return replace(
            scan.value(Kind.TIME, Fraction(int(clock[1]) * 60 + int(clock[2])), end=clock.end()),
            others=() if int(clock[1]) > 12 else (Fraction(int(clock[1]) * 60 + int(clock[2]) + 720),),
        )
    after = scan.folded[scan.after : scan.after + 1]
    if not after or after not in "时点":
        return None
    read = chinese_time(scan.folded, scan.start)
    if read is None:
        return None
    minutes, end, certain, word = read
    spoken = scan.folded[end - 1] in "钟整半分" or word or after == "时"
    if not spoken and (scan.han or scan.before(1) in "涨跌升降至到共"):
        return None
    if after == "时" and not word and scan.han and not certain and scan.folded[end - 1] == "时":
        return None
    value = scan.value(Kind.TIME, Fraction(minutes), end=end, start=scan.start - word)
    others = () if certain else (Fraction(minutes + 720),)
    return replace(value, others=others, strength=Strength.FIRM)


def _period(scan: _Scan) -> Value | None:
    """第一季度 is quarter 1; 前三季度 and 前三个季度 are quarters up to 3."""
    found = re.compile(r" ?个?季度?").match(scan.folded, scan.end)
    if not found or scan.figure is None or not 1 <= scan.figure.amount <= 4:
        return None
    tail = found.group().strip()
    first = scan.before(1) == "前"
    if tail in ("季", "个季") or ("个" in tail and not first):
        return None
    value = scan.value(Kind.PERIOD, scan.figure.amount, end=found.end())
    return replace(value, unit="quarters" if first else "quarter", strength=Strength.FIRM)


# --- Ratios, multiples, orders ------------------------------------------------------------------------


def _fraction(scan: _Scan) -> Value | None:
    if not scan.folded.startswith("分之", scan.end):
        return None
    found = run_pattern(traditional=False).match(scan.folded, scan.end + 2)
    below = scan.figure
    above = read_chinese(found.group()) if found else None
    if below is None or above is None or found is None or not below.amount:
        return None
    end = found.end()
    amount = above.amount
    more = re.compile(r"点[〇一二三四五六七八九]+").match(scan.folded, end)
    if more:
        amount, end = _with_decimals(amount, more.group()[1:]), more.end()
    value = scan.value(Kind.RATIO, amount / below.amount, end=end)
    return replace(
        value,
        figure=amount,
        step=above.step / below.amount,
        strength=Strength.SOFT if amount == below.amount else Strength.FIRM,
        written="百分之" if below.amount == 100 else "分之",
    )


def _with_decimals(amount: Fraction, decimals: str) -> Fraction:
    digits = "".join(str("〇一二三四五六七八九".index(sign)) for sign in decimals)
    return amount + Fraction(int(digits), 10 ** len(digits))


def _tenths(scan: _Scan) -> Value | None:
    folded, after = scan.folded, scan.after
    if folded[after : after + 1] != "成" or scan.figure is None or scan.figure.amount > 10:
        return None
    if folded[after + 1 : after + 2] in _AFTER_TENTH and folded[after + 1 : after + 2]:
        return None
    value = scan.value(Kind.RATIO, scan.figure.amount / 10, end=after + 1)
    return replace(value, step=Fraction(1, 10), written="成", strength=Strength.FIRM)


def _plan(scan: _Scan) -> Value | None:
    """“十四五” is the 14th Five-Year Plan."""
    if not _PLAN.fullmatch(scan.run):
        return None
    quoted = scan.before(1) in tuple("“\"'‘「") and scan.folded[scan.end : scan.end + 1] in tuple("”\"'’」")
    if not quoted and (scan.run == "十五" or not scan.folded.startswith(_PLAN_AFTER, scan.end)):
        return None
    number = read_chinese(scan.run[:-1])
    if number is None:
        return None
    value = replace(scan, figure=number).value(Kind.ORDINAL, number.amount)
    return replace(value, unit="plan", strength=Strength.FIRM)


def _ordinal(scan: _Scan) -> Value | None:
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


def _order_strength(scan: _Scan) -> Strength:
    if not scan.han:
        return Strength.FIRM
    amount = scan.figure.amount if scan.figure else 0
    if amount <= 2:
        return Strength.SOFT
    return Strength.FIRM if amount > 10 else Strength.LIKELY


# --- Units and counters -------------------------------------------------------------------------------


def _measure(scan: _Scan) -> tuple[Measure | None, int, bool]:
    """The unit after the run, where it ends, and whether 多 or 余 stands between."""
    place = scan.after
    hedged = scan.folded[place : place + 1] in ("多", "余", "来")
    place += hedged
    for length in range(CHINESE_LONGEST, 0, -1):
        word = scan.folded[place : place + length]
        unit = CHINESE.get(word) if len(word) == length else None
        if unit is not None and not _continues(scan.folded, word, place + length):
            return unit, place + length, hedged
    return None, place, hedged


def _continues(folded: str, word: str, end: int) -> bool:
    """Whether a unit's word goes on as another: 米粉, 年级, 5GB and 里程 are no units."""
    after = folded[end : end + 1]
    if word[-1].isascii() and word[-1].isalpha():
        return after.isascii() and after.isalnum()
    return (word[-1] + after) in _LONGER_WORDS


_LONGER_WORDS = frozenset(
    [
        "年级",
        "年代",
        "年份",
        "年龄",
        "元素",
        "元首",
        "元旦",
        "元老",
        "里程",
        "里面",
        "里约",
        "米粉",
        "米饭",
        "米兰",
        "克拉",
        "克里",
        "克服",
        "周边",
        "周围",
        "周岁",
        "周年",
        "周期",
        "周密",
        "周一",
        "周二",
        "周三",
        "周四",
        "周五",
        "周六",
        "周日",
        "周末",
        "天然",
        "天气",
        "天津",
        "天府",
        "担当",
        "担心",
        "担任",
        "尺寸",
        "码头",
        "升级",
        "升学",
        "升至",
        "秒杀",
        "月份",
        "瓦解",
        "瓦斯",
        "斤两",
        "丈夫",
        "载体",
        "载人",
        "载客",
        "载重",
        "公里时",
    ]
)


def _quantity(scan: _Scan) -> Value | None:
    """A number with a unit of money, time or measure."""
    if scan.figure is None:
        return None
    rest = scan.folded[scan.after : scan.after + 1]
    if rest and rest in "%‰":
        return _percent(scan, rest)
    if scan.folded.startswith(("个百分点", "百分点"), scan.after):
        return _point(scan)
    unit, end, hedged = _measure(scan)
    if unit is None:
        return _money_before(scan) or _multiple(scan)
    halves = (
        Fraction(1, 2) if unit.kind is Kind.DURATION and scan.folded[end : end + 1] == "半" else Fraction(0)
    )
    end += bool(halves)
    value = scan.value(unit.kind, (scan.figure.amount + halves) * unit.factor, end=end)
    weak = scan.han and scan.figure.amount == 1
    before = _currency_before(scan)
    return replace(
        value,
        unit=before if before and unit.kind is Kind.MONEY else unit.unit,
        step=scan.figure.step * unit.factor,
        approximate=hedged,
        written=scan.text[scan.after : end],
        strength=Strength.SOFT if weak else _amount_strength(scan),
    )


def _amount_strength(scan: _Scan) -> Strength:
    """A Han numeral up to ten before a unit may be paraphrased (两天, 三年来); a figure may not."""
    small = scan.han and scan.figure is not None and scan.figure.amount <= 10
    return Strength.LIKELY if small else Strength.FIRM


def _percent(scan: _Scan, sign: str) -> Value:
    below = 100 if sign == "%" else 1000
    figure = scan.figure or Figure(amount=_ONE, step=_ONE)
    value = scan.value(Kind.RATIO, figure.amount / below, end=scan.after + 1)
    return replace(value, step=figure.step / below, written=sign)


def _point(scan: _Scan) -> Value:
    figure = scan.figure or Figure(amount=_ONE, step=_ONE)
    end = scan.folded.index("点", scan.after) + 1
    return replace(scan.value(Kind.POINT, figure.amount, end=end), strength=Strength.FIRM, written="百分点")


def _currency_before(scan: _Scan) -> str:
    before = scan.before(4).rstrip(" ")
    return next((code for sign, code in CHINESE_MONEY_BEFORE.items() if before.endswith(sign)), "")


def _money_before(scan: _Scan) -> Value | None:
    code = _currency_before(scan)
    if not code or scan.figure is None:
        return None
    return replace(scan.value(Kind.MONEY, scan.figure.amount), unit=code, strength=Strength.FIRM)


def _multiple(scan: _Scan) -> Value | None:
    """2倍 is 2 times; after a word of rising it is the increase, so that the whole is 3 times."""
    if scan.figure is None:
        return None
    if scan.folded[scan.after : scan.after + 1] == "番" and scan.before(1) == "翻" and scan.figure.amount < 9:
        amount = Fraction(2 ** int(scan.figure.amount))
        return replace(
            scan.value(Kind.MULTIPLE, amount, end=scan.after + 1, start=scan.start - 1),
            strength=Strength.FIRM,
        )
    place = scan.after + (scan.folded[scan.after : scan.after + 1] in ("多", "余"))
    if scan.folded[place : place + 1] != "倍" or scan.folded[place : place + 2] in ("倍数", "倍增", "倍率"):
        return None
    value = scan.value(Kind.MULTIPLE, scan.figure.amount, end=place + 1)
    rise = _RISE.search(scan.before(6)) is not None
    others = (scan.figure.amount + 1,) if rise else ()
    return replace(value, unit="rise" if rise else "", others=others, strength=Strength.FIRM)


def _counted(scan: _Scan) -> Value | None:
    """A Han numeral before a counter: 七个, 三千二百多人."""
    if scan.figure is None:
        return None
    place = scan.after
    hedged = scan.folded[place : place + 1] in ("多", "余", "来")
    place += hedged
    if scan.folded[place : place + 1] not in COUNTERS:
        return None
    amount = scan.figure.amount
    small = amount <= 2 or scan.run in ("千万", "百万", "万", "亿", "千", "百")
    strength = Strength.SOFT if small else Strength.LIKELY if amount <= 10 else Strength.FIRM
    value = scan.value(Kind.COUNT, amount)
    return replace(value, strength=strength, approximate=hedged)


def _bare(scan: _Scan) -> Value | None:
    """A figure counts wherever it stands; a Han numeral of two characters and more may."""
    if scan.figure is None:
        return None
    amount = scan.figure.amount
    if scan.han:
        strength = Strength.SOFT if amount > 10 and len(scan.run) > 1 else Strength.TRACE
        return replace(scan.value(Kind.COUNT, amount), strength=strength)
    if is_year(int(amount)) and amount.denominator == 1 and len(scan.run) == 4:
        value = scan.value(Kind.COUNT, amount)
        return value
    value = scan.value(Kind.COUNT, amount)
    return replace(value, strength=Strength.SOFT) if amount == 1 or _sums_up(scan) else value


def _sums_up(scan: _Scan) -> bool:
    """Whether the figure only counts what was listed before it: 成都、资阳、巴中3市."""
    if scan.figure is None or scan.figure.amount > 20:
        return False
    clause = re.split("[，。；：]", scan.folded[max(0, scan.start - 120) : scan.start])[-1]
    listed = clause.count("、") + len(re.findall("[和与及]", clause[-12:]))
    return clause.count("、") > 0 and listed + 1 >= scan.figure.amount


_HAN_READERS: tuple[_Reader, ...] = (
    _plan, _label, _fraction, _period, _ordinal, _phrase, _date, _decade, _time, _tenths, _quantity, _counted, _bare,
)  # fmt: skip
_FIGURE_READERS: tuple[_Reader, ...] = (
    _code, _label, _date, _decade, _time, _fraction, _period, _ordinal, _tenths, _quantity, _bare,
)  # fmt: skip


# --- Words without a numeral --------------------------------------------------------------------------


def _words(text: str, folded: str) -> Iterator[Value]:
    for found in _WORD.finditer(folded):
        name, start, end = found.lastgroup, found.start(), found.end()
        scan = _Scan(text, folded, start, end, None)
        if name == "half":
            amount = _ONE if folded[start] == "上" else Fraction(2)
            yield replace(scan.value(Kind.PERIOD, amount), unit="half", strength=Strength.FIRM)
        elif name == "halfyear":
            yield replace(scan.value(Kind.DURATION, Fraction(6)), unit="month", strength=Strength.SOFT)
        elif name == "ratio":
            yield replace(scan.value(Kind.RATIO, Fraction(1, 2)), strength=Strength.SOFT)
        elif name == "doubled":
            yield replace(scan.value(Kind.MULTIPLE, Fraction(2)), strength=Strength.SOFT)
        elif name == "weekday":
            yield replace(
                scan.value(Kind.WEEKDAY, Fraction("一二三四五六日天".index(folded[end - 1]) % 7 + 1)),
                strength=Strength.SOFT,
            )
        elif name == "roman":
            amount = Fraction(_ROMAN[folded[start]])
            yield replace(scan.value(Kind.ORDINAL, amount), figure=amount, strength=Strength.FIRM)
        else:
            yield replace(scan.value(Kind.COUNT, _TRACES[found.group()]), strength=Strength.TRACE)


# --- Hedges, roles, ranges ----------------------------------------------------------------------------


def _hedged(value: Value, folded: str) -> Value:
    """The value with what stands around it: hedges and its end of a change."""
    before = folded[max(0, value.start - 3) : value.start].rstrip(" ")
    after = folded[value.end : value.end + 2]
    approximate = value.approximate or before.endswith(_HEDGES_BEFORE) or after.startswith(_HEDGES_AFTER)
    approximate = approximate or any(sign in value.text for sign in "多余来几")
    role = Role.START if before.endswith(_FROM) else Role.END if before.endswith(_TO) else Role.NONE
    if approximate or role:
        return replace(value, approximate=approximate, role=role)
    return value


_RANGE = re.compile(r" ?(?:至|到|-|~|、|和|或|与|及) ?")
_SCALE = re.compile(r"[万亿兆]+$")


def _propagated(values: list[Value], folded: str) -> list[Value]:
    """The values, with the unit of 120至200毫米 or 1至11月 on both numbers."""
    for place in range(len(values) - 2, -1, -1):
        left, right = values[place], values[place + 1]
        if _RANGE.fullmatch(folded, left.end, right.start):
            values[place], values[place + 1] = _shared(left, right, folded)
    return values


def _shared(left: Value, right: Value, folded: str) -> tuple[Value, Value]:
    start, end = left, right
    if left.kind is Kind.DATE and right.kind is Kind.DATE:
        year, month, _ = left.date
        mine = right.date
        if mine[2] and not mine[1] and month:
            end = replace(right, date=(mine[0] or year, month, mine[2]))
        return start, end
    if left.kind is not Kind.COUNT or left.strength is Strength.TRACE:
        return start, end
    if right.kind is Kind.DATE:
        return _dated_left(left, right), end
    if right.kind in _SHARED_KINDS and left.written == "":
        return _measured_left(left, right, folded), end
    return start, end


_SHARED_KINDS = frozenset(
    {Kind.RATIO, Kind.POINT, Kind.MONEY, Kind.MEASURE, Kind.DURATION, Kind.COUNT, Kind.MULTIPLE}
)


def _dated_left(left: Value, right: Value) -> Value:
    amount = int(left.amount)
    year, month, day = right.date
    parts = (
        (amount, 0, 0)
        if is_year(amount) and year
        else (0, amount, 0)
        if month and not day
        else (0, 0, amount)
    )
    if parts[1] > 12 or parts[2] > 31:
        return left
    return replace(
        left, kind=Kind.DATE, date=parts, amount=Fraction(parts[0] * 10000 + parts[1] * 100 + parts[2])
    )


def _measured_left(left: Value, right: Value, folded: str) -> Value:
    """The left number with the right one's unit and, where it reads so, its 万 or 亿."""
    factor = right.amount / right.figure if right.figure else _ONE
    figure, step = left.figure, left.step
    scale = _SCALE.search(
        read_scale := folded[right.start : right.end].rstrip("元人个吨亩米公里斤平方美欧顷户名次 ")
    )
    written = _SCALE.search(folded[left.start : left.end])
    others: tuple[Fraction, ...] = ()
    if scale and not written and read_scale:
        worth = read_chinese("1" + scale.group())
        if worth is not None and figure * worth.amount < right.figure:
            others = (figure * factor,)
            figure, step = figure * worth.amount, step * worth.amount
    if right.kind is Kind.COUNT and not others:
        return left
    return replace(
        left,
        kind=right.kind,
        unit=right.unit,
        amount=figure * factor,
        figure=figure,
        step=step * factor,
        others=others,
    )
