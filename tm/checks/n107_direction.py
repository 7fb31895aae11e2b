"""N107: a rise of the Chinese that is a fall in the English, or the reverse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.checks.values import chinese_side, compared, english_side
from tm.model import Severity, Unit
from tm.text.directions import chinese_direction, english_direction
from tm.text.numbers import Kind, Value

__all__ = ["direction_differs"]

_CHANGES = frozenset({Kind.RATIO, Kind.POINT, Kind.MULTIPLE, Kind.MONEY, Kind.COUNT, Kind.MEASURE})


@rule("N107", "direction-differs", Severity.CRITICAL, family="number", mqm="mistranslation")
def direction_differs(unit: Unit, context: Context) -> Iterator[Problem]:
    """A figure that rises in the Chinese falls in the English, or the reverse.

    What it finds: a figure that both sides have, with one clear word of direction right at it on each side,
        such as 增长, 低 and "rose by", "lower", where the two disagree. Clauses that turn a direction round
        (降幅收窄, 逆差减少, 负增长) and figures that stand twice are left alone.
    Why it matters: in a text made from last quarter's, the figures are replaced and the verbs stay.
    Example: 出口下降9.8% with "exports rose by 9.8 percent".
    How to fix: write the direction of the Chinese.
    When to allow: where the English says the opposite of the opposite, such as efficiency for consumption.
    """
    zh_text, en_text = unit.source.text, unit.target.text
    if chinese_side(unit) == "target":
        zh_text, en_text = en_text, zh_text
    for zh, en in _pairs(unit, context):
        chinese, english = chinese_direction(zh_text, zh), english_direction(en_text, en)
        if chinese and english and chinese.up is not english.up:
            said = zh_text[chinese.start : zh.end]
            yield Problem(
                english_side(unit),
                english.start,
                english.end,
                _("“{zh}” goes the other way than “{en}”").format(
                    zh=said, en=en_text[min(english.start, en.start) : max(english.end, en.end)]
                ),
                term=said,
                suggestion=english.opposite,
            )


def _pairs(unit: Unit, context: Context) -> list[tuple[Value, Value]]:
    """The pairs of figures that certainly belong together: those that stand once, and clear slips."""
    found = compared(unit, context)
    sure = [*found.matched, *(pair for pair in found.differing if pair not in found.unsure)]
    ours = Counter((zh.kind, zh.figure) for zh, _en in sure)
    theirs = Counter((en.kind, en.figure) for _zh, en in sure)
    return [
        (zh, en)
        for zh, en in sure
        if zh.kind in _CHANGES and ours[zh.kind, zh.figure] == 1 and theirs[en.kind, en.figure] == 1
    ]
