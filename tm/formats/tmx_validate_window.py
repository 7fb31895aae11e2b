"""A window on the text of a file: what is being looked at, and the line and column of every offset in it.

Offsets count code points from the beginning of the text. What stands before `hold` may be forgotten when
more text comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

__all__ = ["Window"]


class Window:
    """The text from `base` on, as far as it has been read; `ended` when there is no more.

    `forget` is called with the text that leaves the window and the offset where it begins.
    """

    def __init__(self, pieces: Iterator[str], forget: Callable[[str, int], None]) -> None:
        self.text = ""
        self.base = 0
        self.hold = 0
        self.ended = False
        self._pieces = pieces
        self._forget = forget
        self._anchor = (0, 1, 0)
        self._known = (0, 1, 0)
        self._absent: dict[str, int] = {}

    @property
    def end(self) -> int:
        """The offset behind the last character read."""
        return self.base + len(self.text)

    def more(self) -> bool:
        """True when further text has been read; what stands before `hold` is gone then."""
        if self.ended:
            return False
        piece = next(self._pieces, None)
        if piece is None:
            self.ended = True
            return False
        self._drop()
        self.text += piece
        return True

    def finish(self) -> None:
        """All text leaves the window."""
        self.hold = self.end
        self._drop()

    def slice(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self.text[start - self.base : end - self.base]

    def find(self, token: str, start: int, limit: int) -> int:
        """The offset of the first token from `start` on, read on for at most `limit` characters; else -1."""
        known = self._absent.get(token, 0)
        at = max(start, known - len(token) + 1)
        while True:
            found = self.text.find(token, at - self.base)
            if found >= 0:
                return found + self.base
            at = max(at, self.end - len(token) + 1)
            if self.end - start > limit or not self.more():
                self._absent[token] = self.end
                return -1

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the window, both from 1; cheap when offsets rise."""
        at, line, begin = self._known if offset >= self._known[0] else self._anchor
        low, high = at - self.base, offset - self.base
        lines = self.text.count("\n", low, high)
        if lines:
            line += lines
            begin = self.text.rfind("\n", low, high) + 1 + self.base
        self._known = (offset, line, begin)
        return line, offset - begin + 1

    def before(self, offset: int) -> int:
        """The offset behind the last character before this one that is no white space."""
        end = offset - self.base
        step = 64
        while end > 0:
            part = self.text[max(end - step, 0) : end]
            kept = part.rstrip(" \t\r\n")
            if kept:
                return self.base + end - len(part) + len(kept)
            end -= len(part)
            step *= 2
        return self.base

    def _drop(self) -> None:
        cut = self.hold - self.base
        if cut <= 0:
            return
        if self._known[0] < self.hold:
            self.place(self.hold)
        if self._known[0] > self.hold:
            known = self._known
            self._known = self._anchor
            self.place(self.hold)
            self._anchor, self._known = self._known, known
        else:
            self._anchor = self._known
        self._forget(self.text[:cut], self.base)
        self.text = self.text[cut:]
        self.base = self.hold
