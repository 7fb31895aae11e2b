"""Where English segments end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tm.segment.engine import Stop
from tm.segment.pairs import matched_pairs
from tm.segment.rulebook import EnglishRules, english_rules

__all__ = ["English"]

_STOPS = re.compile(r"(?P<stop>\.(?:[ \u00a0]\.)+|[.!?…。！？]+)['’”\")\]»›]*")
_LINES = re.compile(r"[\n\r\v\f\x85\u2028\u2029]+\s*")
_NUMBER = re.compile(r"(?<!\S)(?P<number>\d{1,2}|[a-z])(?P<sign>\.\)|[.)])[ \u00a0]+(?=[A-Z“\"])")
_HEAD = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[IVXLC]{1,6}|[ivxlc]{1,5})\)?")
_ABBREVIATION = re.compile(r"[(\[“‘\"'/—–-]*(?P<word>[^\s(\[“\"/—–]+)\Z")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_OPENS = re.compile(r"[“‘\"'(\[«*_—–-]*\s?")
_GLUED = re.compile(r"[“\"(]?[A-Z](?:[a-z’']|[A-Z0-9]*\b(?!\.))")
_DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]")
_ADDRESS = re.compile(r"www\.|://|@|/")
_FOUR_DOTS = 4
_LOOK_BACK = 40
_LONG_LINE = 50


class English:
    """English, British or American."""

    stops = _STOPS

    def __init__(self, rules: EnglishRules | None = None) -> None:
        self.rules = rules or english_rules()
        self._bullets = re.compile(rf"(?<!\S)[{self.rules.bullets}](?=\s*\w)")

    def starts(self, text: str) -> list[int]:
        """Lines that do not run on, bullets, and the numbers of a list written in one line."""
        found = {*self._line_starts(text), *_list_starts(text)}
        found.update(bullet.start() for bullet in self._bullets.finditer(text))
        return sorted(found - {0})

    def pairs(self, text: str) -> dict[int, int]:
        """Brackets and double quotation marks."""
        longest = self.rules.longest_quotation
        pairs = matched_pairs(text, single_quotes=False)
        return {opener: closer for opener, closer in pairs.items() if closer - opener <= longest}

    def holds(self, text: str, opener: int, start: int) -> bool:
        """True for every pair but a bracket around whole sentences."""
        return opener != start or text[opener] not in "(["

    def ends(self, stop: Stop) -> bool:
        """True when what follows can begin a segment and the stop is not that of an abbreviation."""
        following = stop.following
        if following >= len(stop.text):
            return True
        if _is_number_head(stop) or _is_omission(stop):
            return False
        if following == stop.end:
            return self._ends_glued(stop)
        return _can_begin(stop.text, following) and not self._goes_on(stop, following)

    def _goes_on(self, stop: Stop, following: int) -> bool:
        if stop.marks == ".":
            return self._is_abbreviation(stop, following)
        if "." in stop.marks or "…" in stop.marks:
            return not _ends_with_ellipsis(stop, following)
        return self._is_said(stop, following)

    def _line_starts(self, text: str) -> Iterator[int]:
        start = 0
        for line in _LINES.finditer(text):
            if not _runs_on(text[start : line.start()], text[line.end() : line.end() + 1], line[0]):
                yield line.end()
            start = line.end()

    def _ends_glued(self, stop: Stop) -> bool:
        """True at a stop with no space after it between a word and a capital, as in `growth.We`."""
        text = stop.text
        before = _word_before(stop)
        token = before + text[stop.mark : stop.mark + _LOOK_BACK].split(maxsplit=1)[0]
        if _ADDRESS.search(token) or not _GLUED.match(text, stop.end):
            return False
        last = text[stop.mark - 2 : stop.mark]
        if not re.fullmatch(r"[a-z][a-z%)”’]|[\d%][\d%)]|[)”].|.[)”]|\b[A-Z]{2}", last):
            return False
        return before.lower() not in self.rules.titles and "." not in before.rstrip("0123456789,.")

    def _is_abbreviation(self, stop: Stop, following: int) -> bool:
        if stop.end > stop.closed and stop.text[stop.closed] in '”"':
            return False
        written = _word_before(stop)
        word, next_word = written.lower(), _next_word(stop.text, following)
        starts = next_word.lower() in self.rules.starters
        if len(written) == 1 and written.isupper():
            return not starts
        if word in self.rules.titles:
            return True
        if word in self.rules.numbered:
            return stop.text[following].isdigit() or bool(re.fullmatch(r"[IVXLC]+|[A-Z]", next_word))
        if word in self.rules.times:
            return not starts and _word_count(stop) < 5
        possible = word in self.rules.possible_ends or _DOTTED.fullmatch(word)
        return bool(possible) and not starts and stop.text[following] not in '“"•'

    def _is_said(self, stop: Stop, following: int) -> bool:
        """True when a quotation that ends in ? or ! is followed by who said it."""
        if stop.opened < 0 or stop.text[stop.opened] not in '“"':
            return False
        words = _WORD.findall(stop.text[following : following + _LOOK_BACK])[:4]
        return any(word in self.rules.sayings for word in words[1:])


def _runs_on(line: str, first: str, gap: str) -> bool:
    """True when a line break inside a sentence was made by hand or by a page's width."""
    line = line.strip()
    if not line or not first or len(re.findall(r"\n|\r(?!\n)|\u2029", gap)) > 1:
        return False
    if line[-1] in '.!?:;…”")' or not (first.isalnum() or first in '“"(‘'):
        return False
    return len(line) >= _LONG_LINE or (first.islower() and line[0].isupper()) or line[-1] == ","


def _list_starts(text: str) -> list[int]:
    """Where the numbers of a list stand that counts up from its first word: `1. One 2. Two`."""
    marks = list(_NUMBER.finditer(text))
    if len(marks) < 2 or text[: marks[0].start()].strip():
        return []
    starts = [marks[0]]
    for mark in marks[1:]:
        if mark["sign"] == starts[-1]["sign"] and mark["number"] == _successor(starts[-1]["number"]):
            starts.append(mark)
    return [mark.start() for mark in starts[1:]]


def _successor(number: str) -> str:
    return str(int(number) + 1) if number.isdigit() else chr(ord(number) + 1)


def _is_number_head(stop: Stop) -> bool:
    """True at the stop of `1.`, `II.`, `(a).` at the beginning of a segment."""
    begin = stop.start
    while begin < stop.mark and not (stop.text[begin].isalnum() or stop.text[begin] == "("):
        begin += 1
    return stop.mark - begin <= 12 and bool(_HEAD.fullmatch(stop.text, begin, stop.mark))


def _is_omission(stop: Stop) -> bool:
    """True at `[...]`: something was left out here."""
    return stop.text[stop.mark - 1 : stop.mark] == "[" and stop.text[stop.closed : stop.closed + 1] == "]"


def _can_begin(text: str, position: int) -> bool:
    """True when a segment can begin here: a capital, a figure, a bracket, another script."""
    after = _OPENS.match(text, position)
    position = after.end() if after else position
    letters = text[position : position + 2]
    if not letters:
        return False
    if letters[0].islower():
        return letters[1:].isupper()
    return letters[0] not in ",;:.!?%)]”’"


def _word_before(stop: Stop) -> str:
    begin = max(stop.start, stop.mark - _LOOK_BACK)
    found = _ABBREVIATION.search(stop.text[begin : stop.mark])
    return found["word"] if found else ""


def _next_word(text: str, position: int) -> str:
    opened = _OPENS.match(text, position)
    found = _WORD.match(text, opened.end() if opened else position)
    return found[0] if found else ""


def _word_count(stop: Stop) -> int:
    return len(stop.text[max(stop.start, stop.mark - 2 * _LOOK_BACK) : stop.mark].split())


def _ends_with_ellipsis(stop: Stop, following: int) -> bool:
    if stop.marks.count(".") >= _FOUR_DOTS:
        return True
    return _next_word(stop.text, following) != "I"
