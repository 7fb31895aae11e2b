"""N101: a number of the Chinese that the English lacks."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.checks.values import chinese_side, compared, is_time
from tm.model import Severity, Unit
from tm.text.quantities_write import english_value

__all__ = ["number_missing"]


@rule("N101", "number-missing", Severity.MAJOR, family="number", mqm="omission")
def number_missing(unit: Unit, context: Context) -> Iterator[Problem]:
    """A number stands in the Chinese and no equal one in the English.

    What it finds: an amount, percentage, measure, sum of money or ordinal of the Chinese that the English
        has nowhere, in figures or words, in the same or a converted unit. Numbers are compared by value:
        2600亿 is 260 billion, 三成 is 30 percent, 增长1.5倍 is "rose by 150 percent". Numerals in idioms and
        names (三农, 一带一路) are no quantities, and what only counts a list (成都、资阳、巴中3市) may go.
    Why it matters: a figure that is left out is left out for good; nobody who reads the English misses it.
    Example: 新建农村公路1.8万公里 with "rural roads were built" lacks "18,000 kilometers".
    How to fix: write the number.
    When to allow: where the English says the same in words that hold no number ("every quarter" for
        每三个月); waive it with the reason.
    """
    for value in compared(unit, context).missing:
        if not is_time(value):
            yield Problem(
                chinese_side(unit),
                value.start,
                value.end,
                _("“{value}” is missing in the English").format(value=value.text),
                term=value.text,
                suggestion=english_value(value),
            )
