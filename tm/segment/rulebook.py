"""The rules of each language, read from the TOML files beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

__all__ = ["ChineseRules", "EnglishRules", "chinese_rules", "english_rules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnglishRules:
    """Word lists in lower case; abbreviations without their last stop."""

    longest_quotation: int
    titles: frozenset[str]
    numbered: frozenset[str]
    possible_ends: frozenset[str]
    times: frozenset[str]
    starters: frozenset[str]
    sayings: frozenset[str]
    bullets: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChineseRules:
    """What keeps a Chinese segment going after a stop inside quotation marks."""

    longest_quotation: int
    tags: tuple[str, ...]
    not_tags: tuple[str, ...]
    reports: tuple[str, ...]
    longest_speaker: int
    not_speakers: tuple[str, ...]
    continuations: tuple[str, ...]
    bullets: str


def _table(name: str) -> Mapping[str, object]:
    return tomllib.loads((files("tm.segment") / "rules" / name).read_text(encoding="utf-8"))


def _words(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", table[key]))


@cache
def english_rules() -> EnglishRules:
    """The English rules; read once."""
    table = _table("en.toml")
    lists = ("titles", "numbered", "possible_ends", "times", "starters", "sayings")
    sets = {key: frozenset(_words(table, key)) for key in lists}
    return EnglishRules(
        longest_quotation=cast("int", table["longest_quotation"]),
        bullets=cast("str", table["bullets"]),
        **sets,
    )


@cache
def chinese_rules() -> ChineseRules:
    """The Chinese rules; read once."""
    table = _table("zh.toml")
    lists = {
        key: _words(table, key) for key in ("tags", "not_tags", "reports", "not_speakers", "continuations")
    }
    return ChineseRules(
        longest_quotation=cast("int", table["longest_quotation"]),
        longest_speaker=cast("int", table["longest_speaker"]),
        bullets=cast("str", table["bullets"]),
        **lists,
    )
