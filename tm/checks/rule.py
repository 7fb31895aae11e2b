"""What a rule is: a record around a generator, whose docstring is the rule's manual page.

A rule lives in a file of its own, called by its id and name (`n101_number_missing.py`), and is made by
decorating a generator:

    @rule("N101", "number-missing", Severity.MAJOR, family="number", mqm="omission")
    def number_missing(unit: Unit, context: Context) -> Iterator[Problem]:
        (the docstring: a first line, then the five headings of HEADINGS)
        yield Problem("source", 0, 3, _("…"), term="80%")

With `scope="document"` the generator gets all units in order and yields `(unit, problem)`. The runner
alone sorts, resolves severities, makes fingerprints, applies waivers, and keeps rules away from blank and
untranslated texts, so that a rule may take both sides (or, without `needs_source`, the target) for granted.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, cast

from tm.model import Severity, Unit
from tm.terms.base import TermBase

__all__ = ["FAMILIES", "HEADINGS", "Context", "DocumentCheck", "Problem", "Rule", "UnitCheck", "rule"]

HEADINGS = ("What it finds", "Why it matters", "Example", "How to fix", "When to allow")
"""What the docstring of every rule explains: paragraphs that begin with these words and a colon."""

FAMILIES = {
    "T": ("term",),
    "N": ("number",),
    "C": ("name", "consistency", "acronym"),
    "P": ("punct",),
    "O": ("omission",),
    "S": ("text", "structure"),
    "V": ("structure",),
}
"""The families that the rules of a letter may belong to, as they stand in JSON."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule yields: a half-open stretch of one side, in code points, and what is wrong with it.

    `side` is source or target. What is missing is reported on the source at the Chinese words, what is
    written wrongly on the target at the English words. `term` names what the problem is about,
    `suggestion` says in words what would be right; `fix` is given only where replacing exactly the stretch
    by it is certain to be right. `severity` overrides the rule's. `key` tells problems of one rule in one
    unit apart: the runner keeps one problem for each key (default: `term` and place).
    """

    side: str
    start: int
    end: int
    message: str
    term: str = ""
    suggestion: str = ""
    fix: str | None = None
    severity: Severity | None = None
    key: str = ""


@dataclass(slots=True, kw_only=True)
class Context:
    """What rules may look at beside the unit: the terms, the release's date, and what was worked out before.

    `terms` holds only the concepts that are valid on `date`. `mono` is true when there is no source.
    """

    terms: TermBase
    date: datetime.date | None = None
    mono: bool = False
    _memo: dict[tuple[str, str], object] = field(default_factory=dict, repr=False)

    def once(self, name: str, text: str, make: Callable[[str], _T]) -> _T:
        """What `make` returns for this text, worked out at most once for each name and text."""
        key = (name, text)
        if key not in self._memo:
            self._memo[key] = make(text)
        return cast("_T", self._memo[key])

    def forget(self) -> None:
        """Nothing is remembered any more; the runner calls this when a batch of units is done."""
        self._memo.clear()


class UnitCheck(Protocol):
    """A generator that looks at one unit."""

    def __call__(self, unit: Unit, context: Context) -> Iterator[Problem]:
        """The unit's problems."""
        ...


class DocumentCheck(Protocol):
    """A generator that looks at all units of a document, in order."""

    def __call__(self, units: Sequence[Unit], context: Context) -> Iterator[tuple[Unit, Problem]]:
        """Every problem with the unit it stands in."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule by id and name. `needs_source` rules are left out when English is checked alone."""

    id: str
    name: str
    severity: Severity
    family: str
    mqm: str
    needs_source: bool
    scope: str
    check: UnitCheck | DocumentCheck
    manual: str

    def on_unit(self, unit: Unit, context: Context) -> Iterator[Problem]:
        """The problems of one unit; none for a rule that looks at whole documents."""
        return cast("UnitCheck", self.check)(unit, context) if self.scope == "unit" else iter(())

    def on_document(self, units: Sequence[Unit], context: Context) -> Iterator[tuple[Unit, Problem]]:
        """The problems of a whole document with their units; none for a rule that looks at units."""
        return cast("DocumentCheck", self.check)(units, context) if self.scope == "document" else iter(())


def rule(  # noqa: PLR0913 - a rule has this many facts, all but three by keyword
    rule_id: str,
    name: str,
    severity: Severity,
    *,
    family: str,
    mqm: str,
    needs_source: bool = True,
    scope: str = "unit",
) -> Callable[[UnitCheck | DocumentCheck], Rule]:
    """A decorator that turns a generator into a Rule; its docstring becomes the manual page."""
    if family not in FAMILIES.get(rule_id[:1], ()):
        raise ValueError(f"{rule_id}: no rule of this letter belongs to family {family!r}")
    if scope not in {"unit", "document"}:
        raise ValueError(f"{rule_id}: unknown scope {scope!r}")

    def made(check: UnitCheck | DocumentCheck) -> Rule:
        return Rule(
            id=rule_id,
            name=name,
            severity=severity,
            family=family,
            mqm=mqm,
            needs_source=needs_source,
            scope=scope,
            check=check,
            manual=check.__doc__ or "",
        )

    return made
