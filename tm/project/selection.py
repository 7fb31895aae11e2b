"""Which units of memories are wanted: what `--where` says, and what a release's own file knows of it.

A condition is NAME SIGN VALUE. A value may have * and ? as patterns, several values are divided by |, and of
what has an order (dates, releases, statuses) FIRST..LAST is a range. A day may be given in part: 2021 is the
whole year, so that date<=2021 ends with its last day.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from gettext import gettext as _
from typing import Protocol

from tm.errors import ConfigError
from tm.formats.release import METADATA, read_metadata
from tm.model import Status, Unit
from tm.project.folder import Project

__all__ = ["Condition", "Selection", "condition"]

_CONDITION = re.compile(r"(?P<name>\w+)\s*(?P<sign><=|>=|!=|==?|<|>)\s*(?P<value>.*)", re.DOTALL)
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_RANKS = {status.value: str(rank) for rank, status in enumerate(Status)}
_NAMES = ("release", "date", "office", "status", "creator")
_ORDERED = ("release", "date", "status")
_CUT = ("release", "date")
"""What may be given in part: an order then goes by as much of the value as was given."""

Values = Callable[[Unit], Sequence[str]]


class _Test(Protocol):
    def __call__(self, value: str, /) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What `--where` asks of a unit; `wanted` are its values, of which one must do."""

    name: str
    sign: str
    wanted: tuple[str, ...]

    def test(self) -> _Test:
        """A function that says of a value of this name whether it is wanted."""
        if self.sign in ("=", "!="):
            tests = [_equal(self.name, value) for value in self.wanted]
            return lambda value: any(test(value) for test in tests)
        return _ordered(self.name, self.sign, self.wanted[0])


def condition(text: str) -> Condition:
    """The condition that `--where` states, such as date>=2020; anything else is a ConfigError."""
    found = _CONDITION.fullmatch(text.strip())
    if found is None or not found["name"].isascii():
        raise ConfigError(_("“{text}” is no condition").format(text=text), hint=_usage())
    name, sign = found["name"].lower(), found["sign"].replace("==", "=")
    if name not in _NAMES:
        near = difflib.get_close_matches(name, _NAMES, n=1)
        hint = _("Did you mean “{near}”?").format(near=near[0]) if near else _usage()
        raise ConfigError(_("units have no “{name}” to choose by").format(name=found["name"]), hint=hint)
    values = tuple(part.strip() for part in found["value"].split("|"))
    for value in values:
        _check(name, sign, value)
    if sign not in ("=", "!=") and (name not in _ORDERED or len(values) > 1):
        raise ConfigError(
            _("“{text}” is no condition").format(text=text),
            hint=_("With < <= > >= there is one value, and {names} are what has an order.").format(
                names=", ".join(_ORDERED)
            ),
        )
    return Condition(name=name, sign=sign, wanted=values)


@dataclass(frozen=True)
class Selection:
    """All conditions together; a unit must meet every one. `project` knows the releases."""

    project: Project
    conditions: tuple[Condition, ...] = field(default=())

    def names(self) -> set[str]:
        """What the conditions speak of."""
        return {one.name for one in self.conditions}

    def test(self, memory: str) -> Callable[[Unit], bool]:
        """A function that says whether a unit of this memory is wanted."""
        checks = [self._check(one, memory) for one in self.conditions]
        return lambda unit: all(check(unit) for check in checks)

    def _check(self, wanted: Condition, memory: str) -> Callable[[Unit], bool]:
        values, test = self._values(wanted.name, memory), wanted.test()
        if wanted.sign == "!=":
            return lambda unit: not any(map(test, values(unit)))
        return lambda unit: any(map(test, values(unit)))

    def _values(self, name: str, memory: str) -> Values:
        """What a unit has by this name; an office has several names."""
        if name == "office":
            known, other = self._offices, (memory.removesuffix("-working"),)
            return lambda unit: known.get(unit.origin.release, other)
        simple: Mapping[str, Callable[[Unit], str]] = {
            "release": lambda unit: unit.origin.release,
            "date": lambda unit: unit.origin.date.isoformat() if unit.origin.date else "",
            "status": lambda unit: unit.status.value,
            "creator": lambda unit: unit.origin.creator,
        }
        value = simple[name]
        return lambda unit: (value(unit),)

    @cached_property
    def _offices(self) -> dict[str, tuple[str, ...]]:
        """The names of the office of every release: of its folder, Chinese and English."""
        found = {}
        for release, folder in self.project.releases.items():
            metadata = folder / METADATA
            fields = {}
            if metadata.is_file():
                with metadata.open("rb") as stream:
                    fields = read_metadata(stream, path=str(metadata))
            names = (folder.parent.name, fields.get("office_zh", ""), fields.get("office_en", ""))
            found[release] = tuple(name for name in names if name)
        return found


def _equal(name: str, value: str) -> _Test:
    first, dots, last = value.partition("..")
    if dots and name in _ORDERED:
        return _between(name, first.strip(), last.strip())
    if "*" in value or "?" in value:
        pattern = re.compile(_pattern(value.casefold()), re.DOTALL)
        return lambda found: pattern.fullmatch(found.casefold()) is not None
    if name == "date" and value:
        return lambda found: found.startswith(value)
    wanted = value.casefold()
    return lambda found: found.casefold() == wanted


def _pattern(value: str) -> str:
    """A regular expression in which * is any text and ? one character; runs of * are one."""
    parts = re.split(r"(\*+|\?)", value)
    return "".join({"*": ".*", "?": "."}.get(part[:1], re.escape(part)) for part in parts)


def _between(name: str, first: str, last: str) -> _Test:
    tests = [_ordered(name, ">=", first)] if first else []
    tests += [_ordered(name, "<=", last)] if last else []
    return lambda found: bool(found) and all(test(found) for test in tests)


def _ordered(name: str, sign: str, value: str) -> _Test:
    compare: Callable[[str, str], bool] = {
        "<": lambda one, other: one < other,
        "<=": lambda one, other: one <= other,
        ">": lambda one, other: one > other,
        ">=": lambda one, other: one >= other,
    }[sign]
    if name == "status":
        rank = _RANKS[value.casefold()]
        return lambda found: compare(_RANKS[found], rank)
    cut = len(value)
    return lambda found: bool(found) and compare(found[:cut], value)


def _check(name: str, sign: str, value: str) -> None:
    """Raise a ConfigError for a value that no unit can have."""
    ranged = sign in ("=", "!=") and ".." in value and name in _ORDERED
    parts: Iterable[str] = (part.strip() for part in value.split("..")) if ranged else (value,)
    for part in parts:
        if not part and (ranged or sign in ("=", "!=")):
            continue
        if sign in ("=", "!=") and not ranged and ("*" in part or "?" in part):
            continue
        if name == "date" and not _DAY.fullmatch(part):
            raise ConfigError(
                _("“{text}” is no date").format(text=part),
                hint=_("A date is yyyy-mm-dd, yyyy-mm or yyyy; a range is 2019..2021-06."),
            )
        if name == "status" and part.casefold() not in _RANKS:
            raise ConfigError(
                _("there is no status “{name}”").format(name=part),
                hint=_("From low to high: {names}").format(names=", ".join(_RANKS)),
            )
        if not part:
            raise ConfigError(_("a condition needs a value behind {sign}").format(sign=sign), hint=_usage())


def _usage() -> str:
    return _("Conditions: NAME=VALUE, also != < <= > >=. Names: {names}").format(names=", ".join(_NAMES))
