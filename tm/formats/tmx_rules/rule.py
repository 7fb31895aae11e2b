"""What a validator rule is: a function that puts one fault into words; its docstring is the manual page.

    @rule("V107", "bare-ampersand", Level.ERROR)
    def bare_ampersand() -> Said:
        (the docstring: a first line, then the five headings of HEADINGS)
        return Said(_("…what is wrong"), _("…how to mend it"))

Whoever meets the fault calls the rule with the place, `bare_ampersand(offset)`, and gets a `Problem`. Where
mending is certain, the edits that do it are attached with `Problem.mended`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, ParamSpec

__all__ = ["HEADINGS", "Edit", "Level", "Problem", "Rule", "Said", "rule"]

HEADINGS = ("What it finds", "Why it matters", "Example", "How to fix", "When to allow")
"""What the docstring of every rule explains: paragraphs that begin with these words and a colon."""

P = ParamSpec("P")


class Level(StrEnum):
    """How bad a fault of a file is: an error breaks the format, a warning loses something in some tools."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the file's text, by offsets of code points, and what stands there when it is mended."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A fault in words: what is wrong, how to mend it, and a level if it is not the rule's."""

    message: str
    fix: str
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A fault at an offset of the file's text, and the edits that certainly mend it, all or none."""

    rule: Rule[...]
    start: int
    message: str
    fix: str
    level: Level
    edits: tuple[Edit, ...] = ()

    def mended(self, *edits: Edit) -> Problem:
        """The same problem with the edits that mend it."""
        return replace(self, edits=edits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[P]):
    """A rule by id and name; called with an offset and its facts, it gives the problem there."""

    id: str
    name: str
    level: Level
    say: Callable[P, Said]
    manual: str

    def __call__(self, start: int, /, *args: P.args, **kwargs: P.kwargs) -> Problem:
        """The problem at this offset."""
        said = self.say(*args, **kwargs)
        return Problem(
            rule=self, start=start, message=said.message, fix=said.fix, level=said.level or self.level
        )


def rule(rule_id: str, name: str, level: Level) -> Callable[[Callable[P, Said]], Rule[P]]:
    """A decorator that turns a function that says what is wrong into a Rule."""

    def made(say: Callable[P, Said]) -> Rule[P]:
        return Rule(id=rule_id, name=name, level=level, say=say, manual=say.__doc__ or "")

    return made
