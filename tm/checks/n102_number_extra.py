"""N102: a number of the English that the Chinese lacks."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.checks.values import compared, english_side, is_time
from tm.model import Severity, Unit

__all__ = ["number_extra"]


@rule("N102", "number-extra", Severity.MAJOR, family="number", mqm="addition")
def number_extra(unit: Unit, context: Context) -> Iterator[Problem]:
    """A number stands in the English and no equal one in the Chinese.

    What it finds: an amount of the English for which the Chinese has no value and no numeral at all. A
        converted amount beside the original one ("3.5 million mu (about 233,000 hectares)"), a second
        mention, "one" as a pronoun, "both" and a number that is part of a name (COVID-19) are no findings.
    Why it matters: the reader takes a figure for official that nobody published.
    Example: 新建农村公路 with "18,000 kilometers of rural roads were built" adds a figure.
    How to fix: take the number out, or correct the Chinese if it was lost there.
    When to allow: where the translation spells out for foreign readers what the Chinese implies.
    """
    for value in compared(unit, context).extra:
        if not is_time(value):
            yield Problem(
                english_side(unit),
                value.start,
                value.end,
                _("“{value}” has no counterpart in the Chinese").format(value=value.text),
                term=value.text,
            )
