"""N106: the two ends of a change stand in each other's place."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.checks.values import compared, english_side
from tm.model import Severity, Unit
from tm.text.quantities_write import english_value

__all__ = ["numbers_swapped"]


@rule("N106", "numbers-swapped", Severity.MAJOR, family="number", mqm="number")
def numbers_swapped(unit: Unit, context: Context) -> Iterator[Problem]:
    """The start and the end of a change or range are swapped in the English.

    What it finds: "from … to …" whose two values are those of the Chinese 从…到…, 由…提高到…, in each other's
        place. English may name the end first ("to 60 percent from 45 percent"): that is no finding.
    Why it matters: a rise becomes a fall, and every single figure looks right.
    Example: 从45%提高到60% with "from 60 percent to 45 percent".
    How to fix: exchange the two values.
    When to allow: never, if the Chinese is right.
    """
    pairs = compared(unit, context).swapped
    for place, (zh, en) in enumerate(pairs):
        right = pairs[place ^ 1][0]
        yield Problem(
            english_side(unit),
            en.start,
            en.end,
            _("“{en}” stands at the wrong end of the change").format(en=en.text),
            term=zh.text,
            suggestion=english_value(right),
        )
