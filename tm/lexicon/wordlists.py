"""The word lists beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["families", "listed"]


def listed(name: str) -> tuple[str, ...]:
    """The words of a list, in its order."""
    return tuple(_lists()[name].split())


def families(name: str) -> tuple[tuple[str, ...], ...]:
    """The groups of words of a list, in its order."""
    return tuple(tuple(group.split()) for group in _lists()[name].split(";"))


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads((files("tm.lexicon") / "words.toml").read_text(encoding="utf-8"))
