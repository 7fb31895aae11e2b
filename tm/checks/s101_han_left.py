"""S101: Chinese characters left in the English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.model import Severity, Unit

__all__ = ["han_left"]

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff〇\U00020000-\U000323af]"
_RUN = re.compile(rf"{_HAN}+(?:[\s，、。·“”‘’《》（）：；！？]*{_HAN}+)*")
_BRACKETED = re.compile(r"[(（\[【《][^()（）\[\]【】《》]*$")


@rule("S101", "han-left", Severity.MAJOR, family="text", mqm="untranslated", needs_source=False)
def han_left(unit: Unit, context: Context) -> Iterator[Problem]:  # noqa: ARG001 - every rule takes both
    """Chinese characters stand in the English.

    What it finds: runs of Chinese characters in the target, except where they gloss the English in
        brackets, as in "shehui (社会)".
    Why it matters: a word was overlooked, or pasted from the source.
    Example: "promote 错位发展 among the areas".
    How to fix: translate the words, or put them in brackets after their English.
    When to allow: in a text about Chinese words or characters.
    """
    text = unit.target.text
    for run in _RUN.finditer(text):
        if not _is_gloss(text, run):
            yield Problem(
                "target",
                run.start(),
                run.end(),
                _("Chinese left in the English: {text}").format(text=run.group()),
                term=run.group(),
            )


def _is_gloss(text: str, run: re.Match[str]) -> bool:
    """True inside brackets that follow Latin letters."""
    opening = _BRACKETED.search(text, 0, run.start())
    return opening is not None and any(char.isascii() and char.isalpha() for char in text[: opening.start()])
