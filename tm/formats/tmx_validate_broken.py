"""A start tag that XML would refuse: its name and attributes as they were meant, each fault with its edit."""

from __future__ import annotations

import re

from tm.formats.tmx_rules import xml as say
from tm.formats.tmx_rules.rule import Edit, Problem
from tm.formats.tmx_rules.words import _
from tm.formats.tmx_validate_schema import ELEMENTS
from tm.formats.tmx_validate_text import TextReader
from tm.formats.tmx_validate_tree import Attribute
from tm.formats.tmx_validate_window import Window

__all__ = ["BrokenTag", "doubles"]

_NAME = re.compile(r"[A-Za-z_:\u00c0-\U0010ffff][\w:.\-\u00b7]*+")
_BLANK = re.compile(r"[ \t\r\n]*+")
_EQUALS = re.compile(r"[ \t\r\n]*+=[ \t\r\n]*+")
_UNQUOTED = re.compile(r"(?:[^ \t\r\n<>\"'/]|/(?!>))++")
_LONGEST = 1 << 20
_FAULTS = 20


class BrokenTag:
    """A tag read with patience; `read` is false when it is no tag at all, but text with a <."""

    def __init__(self, window: Window, reader: TextReader, at: int) -> None:
        self.name = ""
        self.name_end = self.end = at
        self.attributes: list[Attribute] = []
        self.problems: list[Problem] = []
        self.empty = False
        self.cut_off = False
        self._reader = reader
        self._base = window.base
        self._text = window.text
        self._at = at - window.base
        self._start = at
        self._ended = window.ended

    def read(self) -> bool:
        """True when it is a tag of TMX, or at least one without a fault in its writing."""
        found = _NAME.match(self._text, self._at + 1)
        if found is None:
            self.cut_off = self._ended and self._at + 1 >= len(self._text)
            self.end = len(self._text) + self._base
            return self.cut_off
        self.name = found[0]
        self._at = found.end()
        self.name_end = self._at + self._base
        known = self.name.rpartition(":")[2] in ELEMENTS
        while self._part():
            if not known and any(problem.rule is say.broken_tag for problem in self.problems):
                return False
            if len(self.problems) > _FAULTS or self._at + self._base - self._start > _LONGEST:
                break
        if not known and not self.cut_off:
            return not any(problem.rule is say.broken_tag for problem in self.problems)
        self.end = self._at + self._base
        self.problems += doubles(self.attributes, self._text, self._base)
        return True

    def _part(self) -> bool:
        """Reads one attribute, or the end of the tag: then false."""
        text = self._text
        before = self._at
        self._at = _BLANK.match(text, before).end()  # type: ignore[union-attr] # matches nothing at least
        if self._at >= len(text):
            self.cut_off = self._ended
            if not self._ended:
                self._fault(_("it has no end"), _("write the > where it ends"))
            return False
        char = text[self._at]
        if char == ">":
            self._at += 1
            return False
        if text.startswith("/>", self._at):
            self._at += 2
            self.empty = True
            return False
        if char == "<":
            self._at = before
            fix = _("write > at its end")
            self._fault(_("its > is missing"), fix, Edit(before + self._base, before + self._base, ">"))
            return False
        return self._attribute(blank=self._at > before)

    def _attribute(self, *, blank: bool) -> bool:
        text = self._text
        found = _NAME.match(text, self._at)
        if found is None:
            what = _("“{char}” has no place in it").format(char=text[self._at])
            self._fault(what, _('write every attribute as name="value"'))
            self._at += 1
            return True
        begin = self._at + self._base
        if not blank:
            fix = _("write a blank before {name}").format(name=found[0])
            what = _("a blank is missing before {name}").format(name=found[0])
            self._fault(what, fix, Edit(begin, begin, " "))
        self._at = found.end()
        equals = _EQUALS.match(text, self._at)
        if equals is None:
            if self._ended and self._at >= len(text):
                self.cut_off = True
                return False
            what = _("the attribute {name} has no value").format(name=found[0])
            self._fault(what, _('write {name}="…"').format(name=found[0]))
            return True
        self._at = equals.end()
        self._value(found[0], begin)
        return not self.cut_off

    def _value(self, name: str, begin: int) -> None:
        text, at = self._text, self._at
        quote = text[at : at + 1]
        if quote not in {'"', "'"} or not quote:
            self._unquoted(name, begin)
            return
        end = text.find(quote, at + 1, at + _LONGEST)
        if end < 0 and self._ended and not _found(text, ("<", ">"), at + 1, len(text)):
            self.cut_off = True
            self._at = len(text)
            return
        stop = end if end >= 0 else min(at + _LONGEST, len(text))
        less, more = text.find("<", at + 1, stop), text.find(">", at + 1, stop)
        if end < 0 or (less >= 0 and 0 <= more < less):
            self._unclosed(name, begin, quote, more if more >= 0 else less)
            return
        self._keep(name, begin, at + 1, end)
        self._at = end + 1

    def _unclosed(self, name: str, begin: int, quote: str, end: int) -> None:
        """A value whose closing quote is missing: it ends where the tag does."""
        at = self._at + 1
        if end < 0:
            end = len(self._text)
        if self._text[end - 1] == "/" and self._text[end : end + 1] == ">":
            end -= 1
        end = at + len(self._text[at:end].rstrip(" \t\r\n"))
        place = end + self._base
        what = _("the value of {name} has no closing quotation mark").format(name=name)
        fix = _("write {quote} at the end of the value").format(quote=quote)
        self._fault(what, fix, Edit(place, place, quote))
        self._keep(name, begin, at, end)
        self._at = end

    def _unquoted(self, name: str, begin: int) -> None:
        found = _UNQUOTED.match(self._text, self._at)
        start = self._at
        end = found.end() if found else start
        if self._ended and end >= len(self._text):
            self.cut_off = True
            self._at = len(self._text)
            return
        what = _("the value of {name} has no quotation marks").format(name=name)
        value = self._text[start:end]
        fix = _('write {name}="{value}"').format(name=name, value=value)
        edits = (
            Edit(start + self._base, start + self._base, '"'),
            Edit(end + self._base, end + self._base, '"'),
        )
        self._fault(what, fix, *edits)
        self._keep(name, begin, start, end)
        self._at = end

    def _keep(self, name: str, begin: int, start: int, end: int) -> None:
        place = start + self._base
        value = self._reader.read(self._text[start:end], place, self.problems, attribute=True)
        self.attributes.append(Attribute(name, value, begin, place, end + self._base))

    def _fault(self, what: str, fix: str, *edits: Edit) -> None:
        problem = say.broken_tag(
            min(self._at + self._base, self._base + len(self._text)), self.name, what, fix
        )
        self.problems.append(problem.mended(*edits) if edits else problem)


def _found(text: str, tokens: tuple[str, ...], start: int, end: int) -> bool:
    return any(text.find(token, start, end) >= 0 for token in tokens)


def doubles(attributes: list[Attribute], text: str, base: int) -> list[Problem]:
    """The attributes that stand twice; a second one that says the same can be taken out."""
    if len({one.name for one in attributes}) == len(attributes):
        return []
    first: dict[str, Attribute] = {}
    problems = []
    for one in attributes:
        known = first.setdefault(one.name, one)
        if known is one:
            continue
        same = known.value == one.value
        problem = say.duplicate_attribute(one.start, one.name, same=same)
        if same:
            begin = one.start
            while text[begin - 1 - base] in " \t\r\n":
                begin -= 1
            problem = problem.mended(Edit(begin, one.value_end + 1, ""))
        problems.append(problem)
    return problems
