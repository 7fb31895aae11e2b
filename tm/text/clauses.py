"""Where the clauses of a sentence stand: between commas, semicolons and colons, in Chinese and English."""

from __future__ import annotations

import re

__all__ = ["chinese_clauses", "english_clauses"]

_CHINESE = re.compile(r"[^，；：。！？,;:!?…—\s]+(?:(?<=\d)[,:](?=\d)[^，；：。！？,;:!?…—\s]+)*")
_WITHIN = re.compile(r"[“《（(「『][^“”《》（）()「」『』。！？；;!?\n]{0,40}[”》）)」』]")
_MARK = re.compile(r"[，：,:…—\s]")
_MARKS = re.compile(
    r"[,;:!?—][”\"’')\]]*\s+|—|[.](?<!\b[A-Z]\.)(?<!\bNo\.)(?<!\bMr\.)(?<!\bDr\.)[”\"’')\]]*\s+(?=[\"“‘A-Z\d])"
)
_JOINTS = re.compile(r"\s+(?=(?:and|while|so as to|in order to|with)\b)")


def chinese_clauses(text: str) -> list[tuple[int, int]]:
    """Half-open stretches of the clauses of a Chinese text, without the marks between them.

    Short quotations, titles and what stands in brackets stay whole, as do figures.
    """
    masked = _WITHIN.sub(lambda match: match[0][0] + _MARK.sub("X", match[0][1:]), text)
    return [match.span() for match in _CHINESE.finditer(masked)]


def english_clauses(text: str, *, least: int = 0) -> list[tuple[int, int]]:
    """Half-open stretches of the clauses of an English text, each with the mark that ends it.

    Where they are fewer than `least`, they also end before `and`, `while` and the like.
    """
    found = _cut(text, _MARKS)
    return found if len(found) >= least else _cut(text, _MARKS, _JOINTS)


def _cut(text: str, *borders: re.Pattern[str]) -> list[tuple[int, int]]:
    ends = sorted({match.end() for border in borders for match in border.finditer(text)} | {len(text)})
    stretches = []
    start = 0
    for end in ends:
        part = text[start:end]
        if part.strip():
            stretches.append((start + len(part) - len(part.lstrip()), start + len(part.rstrip())))
        start = end
    return stretches
