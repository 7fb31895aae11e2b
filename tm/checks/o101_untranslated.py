"""O101: a segment that was not translated."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.checks.untranslated import is_untranslated
from tm.model import Severity, Unit

__all__ = ["untranslated"]


@rule("O101", "untranslated", Severity.CRITICAL, family="omission", mqm="untranslated")
def untranslated(unit: Unit, context: Context) -> Iterator[Problem]:  # noqa: ARG001 - every rule takes both
    """A segment has no translation.

    What it finds: a target that is empty, repeats the Chinese source, or is still mostly Chinese.
    Why it matters: the release goes out with a hole in it.
    Example: 加快建设西部金融中心 with an empty target.
    How to fix: translate the segment.
    When to allow: captions or notes that the English release leaves out on purpose.
    """
    if is_untranslated(unit):
        found = unit.target.text.strip()
        message = _("still in Chinese") if found else _("not translated")
        yield Problem("source", 0, len(unit.source.text), message, key="whole")
