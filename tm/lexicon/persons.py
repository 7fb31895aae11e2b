"""How names of persons are spelt in pinyin: the family name first, then the given name in one word."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["family_name", "is_person", "joined", "person", "readings", "sure"]

_MOST_GIVEN = 2


class _Surnames(NamedTuple):
    known: frozenset[str]
    readings: dict[str, str]
    unsure: frozenset[str]


def is_person(name: str) -> bool:
    """True when the characters may be a family name and a given name of one or two characters."""
    surname = _surname(name)
    return surname in _surnames().known and 1 <= len(name) - len(surname) <= _MOST_GIVEN


def sure(name: str, *, given: bool = False) -> bool:
    """True when no character of the name is read in more than one way in names.

    Of a person (`given`), only the given name is asked for: how a family name is read is known.
    """
    return _surnames().unsure.isdisjoint(name[len(_surname(name)) :] if given else name)


def family_name(name: str) -> str:
    """The family name in pinyin: Peng."""
    return person(name).partition(" ")[0]


def person(name: str) -> str:
    """The name in pinyin, family name first: Peng Qinghua."""
    surname = _surname(name)
    parts = _syllables(name)
    first = _surnames().readings.get(surname, "".join(parts[: len(surname)]))
    return f"{first.capitalize()} {_one_word(parts[len(surname) :])}"


def joined(name: str) -> str:
    """The characters as one word in pinyin, with an apostrophe where it is needed: Xi'an."""
    return _one_word(_syllables(name))


def readings(name: str) -> Iterator[str]:
    """How the characters may be read, in small letters without marks; a family name may be read otherwise."""
    parts = _syllables(name)
    yield "".join(parts).replace("ü", "u")
    if "ü" in "".join(parts):
        yield "".join(parts).replace("ü", "yu")
    surname = _surname(name)
    first = _surnames().readings.get(surname)
    if first:
        yield (first + "".join(parts[len(surname) :])).replace("ü", "u")


def _surname(name: str) -> str:
    return name[:2] if name[:2] in _surnames().known else name[:1]


def _one_word(syllables: Sequence[str]) -> str:
    marks = ("'" if n and syllable[:1] in "aeo" else "" for n, syllable in enumerate(syllables))
    return "".join(f"{mark}{part}" for mark, part in zip(marks, syllables, strict=True)).capitalize()


def _syllables(name: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables take long to load, and few drafts need them

    return list(lazy_pinyin(name, v_to_u=True))


@cache
def _surnames() -> _Surnames:
    found = tomllib.loads((files("tm.lexicon") / "surnames.toml").read_text(encoding="utf-8"))
    return _Surnames(
        known=frozenset([*found["single"], *found["double"]]),
        readings=found["readings"],
        unsure=frozenset(found["unsure"]),
    )
