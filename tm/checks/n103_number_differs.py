"""N103: a number that is another one in the English."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.checks.values import Fault, compared, english_side, fault_of, suggested
from tm.model import Severity, Unit
from tm.text.numbers import Value

__all__ = ["number_differs"]


@rule("N103", "number-differs", Severity.MAJOR, family="number", mqm="number")
def number_differs(unit: Unit, context: Context) -> Iterator[Problem]:
    """A number of the Chinese is another number in the English.

    What it finds: a value of the English that equals none of the Chinese, where one of the Chinese of the
        same kind is left over: a wrong digit (35 percent for 45%) or a wrong magnitude (2.6 billion for
        2600亿), which is named as such. Converted measures may differ by half of the last figure written,
        with fewer than four figures by 1 percent; all else must be equal.
    Why it matters: 万 and 亿 against thousand, million and billion are where figures go wrong by a factor of
        ten, and such a figure is quoted.
    Example: 投资5650亿元 with "56.5 billion yuan" is ten times too small: 565 billion yuan.
    How to fix: write the suggested number.
    When to allow: where the Chinese itself is wrong and the English was corrected on purpose.
    """
    found = compared(unit, context)
    for zh, en in found.differing:
        fault = fault_of(zh, en)
        if fault in {Fault.AMOUNT, Fault.MAGNITUDE}:
            yield Problem(
                english_side(unit),
                en.start,
                en.end,
                _message(zh, en, fault),
                term=zh.text,
                suggestion=suggested(found, zh, en),
                severity=Severity.CRITICAL if fault is Fault.MAGNITUDE else None,
            )


def _message(zh: Value, en: Value, fault: Fault) -> str:
    if fault is Fault.AMOUNT:
        return _("“{zh}” and “{en}” are different numbers").format(zh=zh.text, en=en.text)
    if en.amount > zh.amount:
        times = int(en.amount / zh.amount)
        return _("“{en}” is {times} times too large for “{zh}”").format(
            zh=zh.text, en=en.text, times=f"{times:,}"
        )
    times = int(zh.amount / en.amount)
    return _("“{en}” is {times} times too small for “{zh}”").format(
        zh=zh.text, en=en.text, times=f"{times:,}"
    )
