"""Brackets and quotation marks that belong together."""

from __future__ import annotations

__all__ = ["matched_pairs"]

_CLOSER_OF = dict(zip("“‘「『《〈（(【〔［[", "”’」』》〉）)】〕］]", strict=True))
_OPENER_OF = {closer: opener for opener, closer in _CLOSER_OF.items()}
_DEEPEST = 40


def matched_pairs(text: str, *, single_quotes: bool = True) -> dict[int, int]:
    """Positions of opening marks with those of the marks that close them; what is not closed is left out.

    Straight double quotes open and close in turns. Curly single quotes count only on demand, because in
    English the closing one is the apostrophe. Linear in the text.
    """
    pairs: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for position, char in enumerate(text):
        if char == '"':
            _close_or_open(stack, pairs, position)
        elif char in _CLOSER_OF and (single_quotes or char != "‘"):
            stack.append((char, position))
            del stack[:-_DEEPEST]
        elif char in _OPENER_OF:
            _close(stack, pairs, (_OPENER_OF[char], position))
    return pairs


def _close_or_open(stack: list[tuple[str, int]], pairs: dict[int, int], position: int) -> None:
    if not _close(stack, pairs, ('"', position)):
        stack.append(('"', position))
        del stack[:-_DEEPEST]


def _close(stack: list[tuple[str, int]], pairs: dict[int, int], mark: tuple[str, int]) -> bool:
    opener, position = mark
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth][0] == opener:
            pairs[stack[depth][1]] = position
            del stack[depth:]
            return True
    return False
