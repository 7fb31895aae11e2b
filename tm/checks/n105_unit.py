"""N105: the right figure with the wrong unit or currency."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.checks.values import Fault, compared, english_side, fault_of, suggested
from tm.model import Severity, Unit

__all__ = ["unit_differs"]


@rule("N105", "unit-differs", Severity.MAJOR, family="number", mqm="unit-conversion")
def unit_differs(unit: Unit, context: Context) -> Iterator[Problem]:
    """A figure of the Chinese has another unit or currency in the English.

    What it finds: the same figure in a unit that is not the Chinese one: yuan as dollars, percentage points
        as percent, 亩 as hectares, 斤 as kilograms, months as years. A conversion is right when the figure
        was converted too (350万亩 is 3.5 million mu or about 233,000 hectares).
    Why it matters: one word makes the amount six or fifteen times larger.
    Example: 提高1.8个百分点 with "1.8 percent higher".
    How to fix: write the unit of the Chinese, or convert the figure.
    When to allow: where both units mean the same here, such as points in a score.
    """
    found = compared(unit, context)
    for zh, en in found.differing:
        if fault_of(zh, en) is Fault.UNIT:
            yield Problem(
                english_side(unit),
                en.start,
                en.end,
                _("“{zh}” and “{en}” differ in their unit").format(zh=zh.text, en=en.text),
                term=zh.text,
                suggestion=suggested(found, zh, en),
            )
