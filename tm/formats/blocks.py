"""Lines of a plain text release to typed blocks, by rules that are data (`block_rules.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tm.model import Block, BlockKind

__all__ = ["typed_blocks"]

_STOPS = "。！？；，：;,:!?…"
_CLOSERS = "”’」』）)】》\"'"
_SHORT_SENTENCE = 60
"""A first line that ends with a full stop is a title only below this length."""


@dataclass(frozen=True, slots=True)
class _Rule:
    limit: int
    pattern: re.Pattern[str]

    def fits(self, text: str) -> bool:
        """True when the line is of this rule's kind."""
        return not (self.limit and _width(text) > self.limit) and self.pattern.match(text) is not None


def typed_blocks(lines: Iterable[tuple[int, str]]) -> tuple[Block, ...]:
    """One block for every line that is not blank, without the white space around it.

    `lines` are numbered from 1. The first line that is not boilerplate is the title, unless it is running
    text.
    """
    blocks: list[Block] = []
    titled = False
    for line, raw in lines:
        text = raw.strip()
        if not text:
            continue
        kind = _kind(text)
        if not titled and kind is not BlockKind.BOILERPLATE:
            titled = True
            if kind is not BlockKind.CAPTION and _is_title(text):
                kind = BlockKind.TITLE
        blocks.append(Block(kind=kind, text=text, line=line))
    return tuple(blocks)


def _kind(text: str) -> BlockKind:
    rules = _rules()
    if rules["boilerplate"].fits(text):
        return BlockKind.BOILERPLATE
    if rules["caption"].fits(text):
        return BlockKind.CAPTION
    if rules["heading"].fits(text) and not _ends_like_a_sentence(text):
        return BlockKind.HEADING
    return BlockKind.LIST_ITEM if rules["list"].fits(text) else BlockKind.PARAGRAPH


def _is_title(text: str) -> bool:
    if _width(text) > _rules()["title"].limit:
        return False
    return _width(text) <= _SHORT_SENTENCE or not _ends_like_a_sentence(text)


def _width(text: str) -> int:
    """How wide the text is in columns: a Chinese character takes two."""
    return len(text) + sum(char >= "\u2e80" for char in text)


def _ends_like_a_sentence(text: str) -> bool:
    core = text.rstrip(_CLOSERS)
    return core.endswith(tuple(_STOPS)) or (core.endswith(".") and not core.endswith(("Co.", "Ltd.", "Inc.")))


@cache
def _rules() -> dict[str, _Rule]:
    source = files("tm.formats").joinpath("block_rules.toml").read_text(encoding="utf-8")
    found = {}
    for name, group in tomllib.loads(source).items():
        pattern = "|".join(f"(?:{pattern})" for pattern in group["patterns"]) or r"(?!)"
        found[name] = _Rule(group["limit"], re.compile(pattern))
    return found
