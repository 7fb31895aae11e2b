"""The engine: walks over the possible ends of segments and lets a language decide each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

__all__ = ["Language", "Stop", "cut", "past_space"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place where a segment may end.

    `start` is where the segment begins, `mark` where its stop begins, `closed` where the closing marks
    begin and `end` where they end: text[mark:closed] is the stop, text[closed:end] what stays with it.
    `opened` is where the pair opens that the last closing mark closes, or -1.
    """

    text: str
    start: int
    mark: int
    closed: int
    end: int
    opened: int = -1

    @property
    def marks(self) -> str:
        """The stop itself."""
        return self.text[self.mark : self.closed]

    @property
    def following(self) -> int:
        """Where the text goes on after white space; the end of the text when nothing follows."""
        return past_space(self.text, self.end)


class Language(Protocol):
    """What the engine asks of a language."""

    @property
    def stops(self) -> re.Pattern[str]:
        """Finds stops; its group `stop` leaves the closing marks out."""
        ...

    def starts(self, text: str) -> list[int]:
        """Places where a segment begins in any case: lines, bullets, numbers of a list; in order."""
        ...

    def pairs(self, text: str) -> dict[int, int]:
        """Marks that open, with those that close them."""
        ...

    def holds(self, text: str, opener: int, start: int) -> bool:
        """True when no segment that began at `start` ends inside the pair opened at `opener`."""
        ...

    def ends(self, stop: Stop) -> bool:
        """True when the segment ends at this stop."""
        ...


def cut(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Half-open offsets of the segments, white space around them left out. Linear in the text."""
    edges = [0, *language.starts(text), len(text)]
    for begin, end in pairwise(edges):
        for first, last in _sentences(text[begin:end], language):
            yield begin + first, begin + last


def _sentences(text: str, language: Language) -> Iterator[tuple[int, int]]:
    shelter = _Shelter(text, language)
    start = past_space(text, 0)
    for found in language.stops.finditer(text):
        stop = shelter.stop(start, found)
        if not shelter.covers(stop) and language.ends(stop):
            yield start, stop.end
            start = stop.following
            shelter.reach = -1
    end = len(text.rstrip())
    if start < end:
        yield start, end


class _Shelter:
    """How far the pairs opened so far in a segment reach; every opener is looked at once."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.reach = -1
        self.pairs = language.pairs(text)
        self.opener_of = {closer: opener for opener, closer in self.pairs.items()}
        self._openers = sorted(self.pairs, reverse=True)

    def stop(self, start: int, found: re.Match[str]) -> Stop:
        """The stop found; closing marks that in truth open something are left out."""
        closed = end = found.end("stop")
        while end < found.end() and end not in self.pairs:
            end += 1
        opened = self.opener_of.get(end - 1, -1)
        return Stop(text=self.text, start=start, mark=found.start(), closed=closed, end=end, opened=opened)

    def covers(self, stop: Stop) -> bool:
        """True when the stop lies inside a pair that holds its text together."""
        while self._openers and self._openers[-1] < stop.mark:
            opener = self._openers.pop()
            if self.language.holds(self.text, opener, stop.start):
                self.reach = max(self.reach, self.pairs[opener])
        return stop.end <= self.reach


def past_space(text: str, position: int) -> int:
    """The next position that holds no white space."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position
