"""N104: a date, time or period that is missing, added or another one."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.checks.values import Fault, chinese_side, compared, english_side, fault_of, is_time, suggested
from tm.model import Severity, Unit
from tm.text.quantities_write import english_value

__all__ = ["date_differs"]


@rule("N104", "date-differs", Severity.MAJOR, family="number", mqm="date-time")
def date_differs(unit: Unit, context: Context) -> Iterator[Problem]:
    """A date, time of day or period is not the same in both languages.

    What it finds: a year, month, day, weekday, time, quarter or half-year that the other side lacks or has
        differently. Dates are compared by their parts, in figures or Han digits (二〇一九年), years of the
        Republic too (民国95年 is 2006); 16时 is 4 p.m.; 前三季度 is the first three quarters or nine months.
        A year may be left out or added where the release's date or "this year" makes it known.
    Why it matters: people act on deadlines, and a flood warning for the wrong day is none.
    Example: 6月26日至28日 with "from June 26 to 29".
    How to fix: write the date of the Chinese.
    When to allow: where the English gives a date for a word such as 日前 (recently).
    """
    found = compared(unit, context)
    for value in found.missing:
        if is_time(value):
            message = _("“{value}” is missing in the English").format(value=value.text)
            yield Problem(
                chinese_side(unit),
                value.start,
                value.end,
                message,
                term=value.text,
                suggestion=english_value(value),
            )
    for value in found.extra:
        if is_time(value):
            message = _("“{value}” has no counterpart in the Chinese").format(value=value.text)
            yield Problem(english_side(unit), value.start, value.end, message, term=value.text)
    for zh, en in found.differing:
        if fault_of(zh, en) is Fault.DATE:
            message = _("“{zh}” and “{en}” are different dates or times").format(zh=zh.text, en=en.text)
            yield Problem(
                english_side(unit),
                en.start,
                en.end,
                message,
                term=zh.text,
                suggestion=suggested(found, zh, en),
            )
