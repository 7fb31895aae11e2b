"""What of the values of a Chinese text is missing, added, different or swapped in its English."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tm.text.numbers import Kind, Role, Strength, Value
from tm.text.quantities import scan_values
from tm.text.quantities_pairs import Leftovers, pair_differing
from tm.text.quantities_same import carried, same

__all__ = ["Comparison", "compare_texts", "compare_values"]

_BRACKET = 24
_WINDOW = 60
_SMALL = 200 * 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How the values of two texts agree; the first of a pair is the Chinese one.

    `matched` pairs equal values; `differing` pairs one that is wrong with what it should be; `missing` are
    Chinese values that the English lacks, `extra` English ones that the Chinese lacks; `swapped` pairs the
    values that stand in each other's place (from 45 to 60 for 从60到45). `unsure` are those of `differing`
    whose English value is wrong, but perhaps for another of the Chinese ones.
    """

    matched: tuple[tuple[Value, Value], ...] = ()
    missing: tuple[Value, ...] = ()
    extra: tuple[Value, ...] = ()
    differing: tuple[tuple[Value, Value], ...] = ()
    swapped: tuple[tuple[Value, Value], ...] = ()
    unsure: tuple[tuple[Value, Value], ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.missing or self.extra or self.differing or self.swapped)


_CLEAN = Comparison()


def compare_texts(zh: str, en: str, *, year: int | None = None) -> Comparison:
    """The comparison of a Chinese text and its English; `year` is the year the document speaks from."""
    return compare_values(scan_values(zh, "zh-CN"), scan_values(en, "en"), year=year)


def compare_values(zh: Sequence[Value], en: Sequence[Value], *, year: int | None = None) -> Comparison:
    """The comparison of two texts' values, best with their traces (`scan_values`).

    A value that is there once satisfies every mention on the other side. Time is linear in long texts.
    """
    if not zh and not en:
        return _CLEAN
    links = _links(zh, en)
    pairs = _one_to_one(links)
    zh_left, en_left = _left_over(zh, en, links, year=year)
    zh_left, en_left = _without_excuses(zh_left, en_left, (zh, en))
    spare_zh, spare_en = _spare(zh, en, pairs, links)
    left = Leftovers(zh=zh_left, en=en_left, spare_zh=spare_zh, spare_en=spare_en)
    differing, unsure = pair_differing(zh, en, pairs, left)
    wrong = {id(value) for pair in differing for value in pair}
    matched = tuple((zh[i], en[j]) for i, j in sorted(pairs.items()) if not {id(zh[i]), id(en[j])} & wrong)
    return Comparison(
        matched=matched,
        missing=tuple(value for value in zh_left if _missed(value, _DEMANDED_ZH) and id(value) not in wrong),
        extra=tuple(value for value in en_left if _missed(value, _DEMANDED_EN) and id(value) not in wrong),
        differing=tuple(differing),
        swapped=_swapped(matched),
        unsure=tuple(unsure),
    )


_DEMANDED_EN = frozenset({Kind.COUNT, Kind.DURATION, Kind.MEASURE, Kind.MONEY})
_DEMANDED_ZH = frozenset({Kind.ORDINAL, Kind.RATIO, Kind.MULTIPLE, *_DEMANDED_EN})


def _missed(value: Value, demanded: frozenset[Kind]) -> bool:
    """Whether the other side must have the value: figures always, small numbers in words where they count."""
    if value.kind is Kind.LABEL:
        return False
    return value.strength is Strength.FIRM or (value.strength is Strength.LIKELY and value.kind in demanded)


# --- Equal values -------------------------------------------------------------------------------------


def _links(zh: Sequence[Value], en: Sequence[Value]) -> list[list[int]]:
    """For each Chinese value, the places of the English ones that say the same."""
    links = [[j for j in _window(i, len(zh), len(en)) if _equal(value, en[j])] for i, value in enumerate(zh)]
    return _with_carried(zh, en, links)


def _window(place: int, zh_count: int, en_count: int) -> range:
    """The places of the English values near a Chinese one; all of them in texts of common length."""
    if zh_count * en_count <= _SMALL:
        return range(en_count)
    middle = place * en_count // max(1, zh_count)
    return range(max(0, middle - _WINDOW), min(en_count, middle + _WINDOW))


def _equal(zh: Value, en: Value) -> bool:
    """Whether the values are equal; a trace only excuses what need not be there."""
    if (zh.strength is Strength.TRACE and en.strength is Strength.FIRM and en.text[:1].isdecimal()) or (
        en.strength is Strength.TRACE
        and zh.strength is Strength.FIRM
        and zh.kind not in {Kind.DURATION, Kind.ORDINAL}
    ):
        return False
    return same(zh, en)


def _with_carried(zh: Sequence[Value], en: Sequence[Value], links: list[list[int]]) -> list[list[int]]:
    """The links, with a number whose unit another value of its text carries (5, 6 and 7 percent)."""
    linked = {j for places in links for j in places}
    zh_units = {(value.kind, value.unit) for value in zh if carried(value.kind)}
    en_units = {(value.kind, value.unit) for value in en if carried(value.kind)}
    for i, value in enumerate(zh):
        if links[i] or value.strength is Strength.TRACE:
            continue
        for j in _window(i, len(zh), len(en)):
            other = en[j]
            if j in linked or value.figure != other.figure:
                continue
            bare_en = other.kind is Kind.COUNT and (value.kind, value.unit) in en_units
            bare_zh = value.kind is Kind.COUNT and (other.kind, other.unit) in zh_units
            if (bare_en and carried(value.kind)) or (bare_zh and carried(other.kind)):
                links[i].append(j)
    return links


def _one_to_one(links: list[list[int]]) -> dict[int, int]:
    """Each Chinese value's own English one, in order, as far as there are enough."""
    taken: set[int] = set()
    pairs: dict[int, int] = {}
    for i, places in enumerate(links):
        free = next((j for j in places if j not in taken), None)
        if free is not None:
            pairs[i] = free
            taken.add(free)
    return pairs


# --- Values without an equal --------------------------------------------------------------------------


def _left_over(
    zh: Sequence[Value], en: Sequence[Value], links: list[list[int]], *, year: int | None
) -> tuple[list[Value], list[Value]]:
    """The values that nothing on the other side equals, dates part by part."""
    back: list[list[int]] = [[] for _ in en]
    for i, places in enumerate(links):
        for j in places:
            back[j].append(i)
    en_years, zh_years = _years(en, year), _years(zh, year)
    zh_left = [value for i, value in enumerate(zh) if _unmet(value, [en[j] for j in links[i]], en_years)]
    en_left = [
        value for j, value in enumerate(en) if _unmet(value, [zh[i] for i in back[j]], zh_years, added=True)
    ]
    return zh_left, en_left


def _unmet(value: Value, equals: list[Value], years: _Years, *, added: bool = False) -> bool:
    """Whether a value, or a part of a date, is nowhere on the other side, whose years are given."""
    if value.strength is Strength.TRACE:
        return False
    if value.kind is Kind.DATE:
        return _date_unmet(value, equals, years, added=added)
    return not equals


def _date_unmet(value: Value, equals: list[Value], years: _Years, *, added: bool) -> bool:
    """Whether a part of a date is missing: a year may be known, and may be added as a month may."""
    written, month, day = value.date
    if not equals:
        known = years.known(written) or (added and years.near(written))
        return not (written and not month and known)
    dates = [other.date for other in equals if other.kind is Kind.DATE]
    if len(dates) < len(equals):
        return False
    if day and not any(date[2] for date in dates):
        return True
    if added:
        return False
    no_month = bool(month) and not any(date[1] for date in dates)
    no_year = bool(written) and not any(date[0] for date in dates)
    return no_month or (no_year and not years.known(written))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Years:
    """The years a text makes known: those it writes, the document's, and whether it says "this year"."""

    document: int | None
    written: frozenset[int]
    relative: bool

    def known(self, year: int) -> bool:
        """Whether a year need not be written again."""
        if year == self.document or year in self.written:
            return True
        recent = abs(year - self.document) <= 2 if self.document is not None else 1950 <= year <= 2100
        return self.relative and recent

    def near(self, year: int) -> bool:
        """Whether a year is the document's or next to it."""
        return self.document is not None and abs(year - self.document) <= 1


def _years(values: Sequence[Value], document: int | None) -> _Years:
    dates = [value for value in values if value.kind is Kind.DATE]
    written = frozenset(value.date[0] for value in dates if value.date[0])
    return _Years(document=document, written=written, relative=any(d.unit == "relative" for d in dates))


def _without_excuses(
    zh_left: list[Value], en_left: list[Value], both: tuple[Sequence[Value], Sequence[Value]]
) -> tuple[list[Value], list[Value]]:
    """What is left when conversions and other ways of saying the same are taken out."""
    zh, en = both
    ends = {value.date[1] for value in (*zh, *en) if value.kind is Kind.DATE}
    if any(v.kind is Kind.DURATION and v.unit == "month" and v.amount in ends for v in (*zh, *en)):
        zh_left = [value for value in zh_left if value.date != (0, 1, 0)]
        en_left = [value for value in en_left if value.date != (0, 1, 0)]
    if any(value.unit == "reference" and value.strength is Strength.TRACE for value in zh):
        en_left = [value for value in en_left if value.unit != "reference"]
    planned = {year for value in zh if value.unit == "plan" for year in _plan_years(int(value.amount))}
    en_left = [value for value in en_left if not (value.kind is Kind.DATE and value.date[0] in planned)]
    years = {value.date[0] for value in en if value.kind is Kind.DATE}
    zh_left = [value for value in zh_left if not (value.unit == "plan" and _spans_plan(value, years))]
    converted_zh, converted_en = _conversions(zh), _conversions(en)
    en_left = [value for value in en_left if value.start not in converted_en]
    zh_left = [value for value in zh_left if value.start not in converted_zh]
    return zh_left, en_left


def _plan_years(number: int) -> range:
    """The years of a Five-Year Plan: the 14th is 2021 to 2025."""
    first = 2021 + 5 * (number - 14)
    return range(first, first + 5)


def _spans_plan(value: Value, years: set[int]) -> bool:
    """Whether the first and last year of a plan stand for its number."""
    span = _plan_years(int(value.amount))
    return span[0] in years and span[-1] in years


def _conversions(values: Sequence[Value]) -> frozenset[int]:
    """Where amounts of money start that only repeat, in another currency, the one just before."""
    money = [value for value in values if value.kind is Kind.MONEY]
    return frozenset(
        second.start
        for first, second in itertools.pairwise(money)
        if first.unit != second.unit and 0 < second.start - first.end <= _BRACKET
    )


def _spare(
    zh: Sequence[Value], en: Sequence[Value], pairs: dict[int, int], links: list[list[int]]
) -> tuple[list[Value], list[Value]]:
    """Values with an equal on the other side that belongs to another mention."""
    taken = set(pairs.values())
    linked = {j for places in links for j in places}
    spare_zh = [zh[i] for i, places in enumerate(links) if places and i not in pairs]
    spare_en = [en[j] for j in sorted(linked - taken)]
    firm = Strength.FIRM
    return [v for v in spare_zh if v.strength is firm], [v for v in spare_en if v.strength is firm]


# --- What is swapped ----------------------------------------------------------------------------------


def _swapped(matched: Iterable[tuple[Value, Value]]) -> tuple[tuple[Value, Value], ...]:
    """The two pairs of a change whose ends stand in each other's place."""
    ends = [(zh, en) for zh, en in matched if zh.role and en.role]
    wrong = [(zh, en) for zh, en in ends if zh.role is not en.role]
    starts = [pair for pair in wrong if pair[0].role is Role.START]
    stops = [pair for pair in wrong if pair[0].role is Role.END]
    found = []
    for start, stop in zip(starts, stops, strict=False):
        if start[0].kind is stop[0].kind and start[0].amount != stop[0].amount:
            found += [start, stop]
    return tuple(found)
