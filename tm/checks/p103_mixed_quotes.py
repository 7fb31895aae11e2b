"""P103: straight and curly quotation marks in one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.model import Severity, Unit

__all__ = ["mixed_quotes"]

_CURLY = "“”"
_STRAIGHT = '"'


@rule(
    "P103",
    "mixed-quotes",
    Severity.MINOR,
    family="punct",
    mqm="punctuation",
    needs_source=False,
    scope="document",
)
def mixed_quotes(units: Sequence[Unit], context: Context) -> Iterator[tuple[Unit, Problem]]:  # noqa: ARG001
    """Straight and curly double quotation marks stand in one document.

    What it finds: the first double quotation mark in each segment that is of the kind the document uses
        less. A mark after a figure (inches, seconds) is none.
    Why it matters: readers see a text pasted together from two sources.
    Example: “One Main Area and Multiple Auxiliaries” in the lead, "One Main Area …" below.
    How to fix: write one kind throughout, curly in published releases.
    When to allow: where computer input is quoted.
    """
    marks = [(unit, at) for unit in units for at in _marks(unit.target.text)]
    curly = sum(unit.target.text[at] in _CURLY for unit, at in marks)
    straight = len(marks) - curly
    if not curly or not straight:
        return
    rare = _STRAIGHT if straight <= curly else _CURLY
    for unit in units:
        at = next((at for at in _marks(unit.target.text) if unit.target.text[at] in rare), None)
        if at is not None:
            message = _("straight quotation mark in a document with curly ones")
            if rare == _CURLY:
                message = _("curly quotation mark in a document with straight ones")
            mark = unit.target.text[at]
            better = _other_kind(unit.target.text, at)
            yield (
                unit,
                Problem("target", at, at + 1, message, term=mark, suggestion=better, key="quotes"),
            )


def _other_kind(text: str, at: int) -> str:
    """The mark of the other kind; a straight one opens at the beginning, after a space or a bracket."""
    if text[at] != _STRAIGHT:
        return _STRAIGHT
    before = text[:at][-1:]
    return _CURLY[0] if not before or before.isspace() or before in "([{—–-/‘" else _CURLY[1]


def _marks(text: str) -> list[int]:
    return [
        at
        for at, char in enumerate(text)
        if char in _CURLY or (char == _STRAIGHT and not text[at - 1 : at].isdigit())
    ]
