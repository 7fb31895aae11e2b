"""Cue: numbers as values, so that 2600亿 is 260 billion, 百分之三 3 percent, and 十一月 November."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tm.align.cues.base import Link, Tokens, same
from tm.align.document import Document

__all__ = ["Values", "chinese_values", "english_values"]

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "百": 100}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_ZH_NUMBER = re.compile(
    r"百分之(?P<of100>[零〇一二三四五六七八九十百点]+|\d+(?:\.\d+)?)"
    r"|(?P<figures>\d+(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>[十百千]?万亿|[十百千]?万|[十百千]?亿)?"
    r"(?P<after>\s*(?:[%％]|个百分点|月(?!份?[以之]))?)"
    r"|(?P<roman>[Ⅰ-Ⅻ])"
    r"|(?P<words>[零〇一二两三四五六七八九十百千万亿]{2,}|(?<=第)[一二三四五六七八九十]|[一二三四五六七八九十](?=[、月季是项个级次届部条区])|[二三四五六七八九]"
    r"(?=[大中全省市州者方年位名家人批类种]))(?P<month>月)?"
)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_MONTH_NAMES = "january february march april may june july august september october november december"
_EN_WORDS = {word: number for number, word in enumerate(_ONES.split())}
_EN_WORDS |= {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_EN_WORDS |= {word: number for number, word in enumerate(_ORDINALS.split(), 1)} | {"both": 2, "twice": 2}
_EN_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}
_WORD = "|".join(sorted(_EN_WORDS, key=len, reverse=True))
_EN_NUMBER = re.compile(
    rf"(?P<month>\b(?:{'|'.join(m.capitalize() for m in _MONTHS)})\b(?=\s|,|\.|$))"
    r"|(?<![A-Za-z\d.])(?P<figures>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:st|nd|rd|th)?"
    rf"(?P<scale>(?:[ -](?:{'|'.join(_EN_SCALES)}))*)(?P<after>\s*(?:%|percent|per cent|percentage))?"
    rf"|(?i:\b(?P<words>(?:{_WORD})(?:[ -](?:{_WORD}|and|{'|'.join(_EN_SCALES)}))*)\b)"
    r"|(?<![\w.])(?P<roman>[IVX]{1,4})(?=\.\s|\b(?![\w'’.]))",
)


class Values:
    """Numbers, percentages and months."""

    name = "values"
    weight = 1.3
    certainty = 0.9

    def tokens(self, document: Document) -> Tokens:
        """The values of each segment, each once."""
        return Tokens(
            zh=[sorted(set(chinese_values(text))) for text in document.simplified],
            en=[sorted(set(english_values(text))) for text in document.en],
        )

    def links(self, zh: Sequence[str], en: Sequence[str]) -> Iterator[Link]:
        """A value with itself."""
        return same(zh, en, self.certainty)


def chinese_values(text: str) -> Iterator[str]:
    """The values of a Chinese text: `9612.35亿` is 961235000000, `7.6%` is 7.6%, `4月` is month 4."""
    for found in _ZH_NUMBER.finditer(text):
        if found["of100"]:
            yield _written(_chinese_number(found["of100"])) + "%"
        elif found["figures"]:
            yield _with_unit(
                _figures(found["figures"]) * _scale(found["scale"] or ""), found["after"].strip()
            )
        elif found["roman"]:
            yield str(ord(found["roman"]) - ord("Ⅰ") + 1)
        else:
            number = _chinese_number(found["words"])
            yield f"month {number}" if found["month"] else _written(number)


def english_values(text: str) -> Iterator[str]:
    """The values of an English text, written as those of a Chinese one."""
    for found in _EN_NUMBER.finditer(text):
        if found["month"]:
            yield f"month {_MONTHS[found['month'].lower()]}"
        elif found["figures"]:
            number = _figures(found["figures"])
            for scale in found["scale"].replace("-", " ").split():
                number *= _EN_SCALES[scale]
            yield _with_unit(number, "%" if found["after"] else "")
        elif found["roman"]:
            if found["roman"] in _ROMAN and (found["roman"] != "I" or found.start() == 0):
                yield str(_ROMAN[found["roman"]])
        else:
            yield _written(_english_number(found["words"]))


def _with_unit(number: Decimal, unit: str) -> str:
    if unit == "月":
        return f"month {_written(number)}"
    return _written(number) + ("%" if unit else "")


def _figures(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", ""))


def _scale(scale: str) -> int:
    factor = 1
    for char in scale:
        factor *= _SCALES[char]
    return factor


def _chinese_number(text: str) -> Decimal:
    whole, _, decimals = text.partition("点")
    if not any(char in _SCALES for char in whole):
        number = Decimal("".join(str(_DIGITS[char]) for char in whole) or "0")
    else:
        number = Decimal(_scaled(whole))
    return number + Decimal("0." + "".join(str(_DIGITS[char]) for char in decimals)) if decimals else number


def _scaled(text: str) -> int:
    total = section = digit = 0
    for char in text:
        if char in "万亿":
            total = (total + section + digit or 1) * _SCALES[char]
            section = digit = 0
        elif char in _SCALES:
            section += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + section + digit


def _english_number(text: str) -> Decimal:
    total = current = 0
    for word in re.split(r"[ -]", text.lower()):
        if word == "hundred":
            current = (current or 1) * 100
        elif word in _EN_SCALES:
            total += (current or 1) * _EN_SCALES[word]
            current = 0
        elif word != "and":
            current += _EN_WORDS[word]
    return Decimal(total + current)


def _written(number: Decimal) -> str:
    text = format(number.normalize(), "f")
    return text or "0"
