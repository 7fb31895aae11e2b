"""A scanner that finds every tag, text and comment of a file, however broken, and what is wrong with each.

It never stops: what cannot be a tag is text, what is left out is put in by thought, and the fault is noted
with the edit that mends it. What it finds goes to a builder: start, end, text.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Protocol

from tm.formats.tmx_rules import xml as say
from tm.formats.tmx_rules.rule import Edit, Problem
from tm.formats.tmx_rules.words import _
from tm.formats.tmx_validate_broken import BrokenTag, doubles
from tm.formats.tmx_validate_doctype import entities
from tm.formats.tmx_validate_schema import ELEMENTS
from tm.formats.tmx_validate_text import TextReader
from tm.formats.tmx_validate_tree import Attribute
from tm.formats.tmx_validate_window import Window

__all__ = ["NAME", "TAG", "Builder", "Scanner"]

NAME = r"[A-Za-z_:\u00c0-\U0010ffff][\w:.\-\u00b7]*+"
TAG = re.compile(
    rf"<({NAME})((?>[ \t\r\n]++{NAME}[ \t\r\n]*+=[ \t\r\n]*+(?:\"[^\"<]*+\"|'[^'<]*+'))*+)[ \t\r\n]*+(/?)>"
)
"""A start tag without a fault; its name, its attributes, and the stroke of an empty element."""
_ATTRIBUTE = re.compile(rf"({NAME})[ \t\r\n]*+=[ \t\r\n]*+(?:\"([^\"<]*+)\"|'([^'<]*+)')")
_END = re.compile(rf"</({NAME})[ \t\r\n]*+>")
_LOOSE_END = re.compile(rf"</[ \t\r\n]*+({NAME})[^<>]*+(>?)")
_DECLARATION = re.compile(
    r"<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*([\"'])1\.[0-9]+\1"
    r"(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:\"[A-Za-z][\w.-]*\"|'[A-Za-z][\w.-]*'))?"
    r"(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:\"(?:yes|no)\"|'(?:yes|no)'))?[ \t\r\n]*\?>"
)
_TARGET = re.compile(rf"{NAME}(?:[ \t\r\n]|\Z)")
_DASHES = re.compile(r"-(?=-)")
_TAG_LIMIT = 8 << 20
_ASIDE_LIMIT = 8 << 20
_TEXT_LIMIT = 1 << 20
_AHEAD = 1 << 16
_EDITS = 1000


class Builder(Protocol):
    """What takes in the elements; offsets are those of the window."""

    def start(self, name: str, attributes: list[Attribute], place: tuple[int, int, int]) -> None:
        """An element begins: where the tag, the end of its name, and the end of the tag are."""

    def end(self, name: str, start: int, end: int) -> None:
        """An end tag, or the end of an empty element, where both offsets are the same."""

    def text(self, said: str, start: int, end: int) -> None:
        """Text, with its references resolved."""

    def found(self, problem: Problem) -> None:
        """A fault."""

    @property
    def begun(self) -> bool:
        """True when the root element has begun."""
        ...

    @property
    def over(self) -> bool:
        """True when the root element has ended."""
        ...


class Scanner:
    """Reads a window from its beginning to its end, step by step."""

    def __init__(self, window: Window, reader: TextReader, builder: Builder) -> None:
        self.at = 0
        self._window = window
        self._reader = reader
        self._builder = builder

    def step(self) -> bool:
        """False when everything has been read."""
        window = self._window
        mark = window.text.find("<", self.at - window.base)
        if mark < 0:
            return self._rest()
        mark += window.base
        if mark > self.at:
            self._text(self.at, mark)
        self.at = mark
        self._markup(mark)
        return True

    def _rest(self) -> bool:
        """Text to the end of what has been read."""
        window = self._window
        if window.end - self.at > _TEXT_LIMIT:
            near = window.text.rfind("&", len(window.text) - 64)
            stop = near + window.base if near > 0 else window.end - 2
            self._text(self.at, stop)
            self.at = stop
        if window.more():
            return True
        if self.at < window.end:
            self._text(self.at, window.end)
            self.at = window.end
        return False

    def _text(self, start: int, end: int) -> None:
        problems: list[Problem] = []
        raw = self._window.slice(start, end)
        if self._builder.begun and not self._builder.over:
            said = self._reader.read(raw, start, problems)
            self._note(problems)
        else:
            said = raw
        self._builder.text(said, start, end)

    def _note(self, problems: list[Problem]) -> None:
        for problem in problems:
            self._builder.found(problem)

    def _markup(self, at: int) -> None:
        window = self._window
        if window.end - at < 16:
            window.more()
        two = window.slice(at, at + 2)
        if two == "</":
            self._end_tag(at)
        elif two == "<!":
            self._aside(at)
        elif two == "<?":
            self._instruction(at)
        else:
            self._start_tag(at)

    # --- Tags ---------------------------------------------------------------------------------------

    def _start_tag(self, at: int) -> None:
        window = self._window
        found = TAG.match(window.text, at - window.base)
        if found is None and not window.ended:
            window.find(">", at, _TAG_LIMIT)
            while window.end - at < _AHEAD and window.more():
                pass
            found = TAG.match(window.text, at - window.base)
        if found is None:
            self._broken_tag(at)
            return
        base = window.base
        problems: list[Problem] = []
        attributes = self._attributes(found, base, problems) if found[2] else []
        name, end = found[1], found.end() + base
        self.at = end
        self._builder.start(name, attributes, (at, found.end(1) + base, end))
        self._note(problems)
        if found[3]:
            self._builder.end(name, end, end)

    def _attributes(self, found: re.Match[str], base: int, problems: list[Problem]) -> list[Attribute]:
        attributes = []
        for one in _ATTRIBUTE.finditer(found.string, found.start(2), found.end(2)):
            group = 2 if one[2] is not None else 3
            start = one.start(group) + base
            value = self._reader.read(one[group], start, problems, attribute=True)
            attributes.append(Attribute(one[1], value, one.start() + base, start, one.end(group) + base))
        problems += doubles(attributes, found.string, base)
        return attributes

    def _broken_tag(self, at: int) -> None:
        tag = BrokenTag(self._window, self._reader, at)
        if not tag.read():
            if self._builder.begun:
                self._builder.found(say.bare_less_than(at).mended(Edit(at, at + 1, "&lt;")))
            self._builder.text("<", at, at + 1)
            self.at = at + 1
            return
        self.at = tag.end
        if tag.cut_off:
            self._cut(at)
            return
        self._builder.start(tag.name, tag.attributes, (at, tag.name_end, tag.end))
        self._note(tag.problems)
        if tag.empty:
            self._builder.end(tag.name, tag.end, tag.end)

    def _cut(self, at: int) -> None:
        """Markup that the end of the file cut off; behind the end of the document it is text."""
        self.at = self._window.end
        if self._builder.over:
            self._builder.text(self._window.slice(at, self.at), at, self.at)

    def _end_tag(self, at: int) -> None:
        window = self._window
        found = _END.match(window.text, at - window.base)
        if found is None and not window.ended:
            while window.end - at < _AHEAD and window.more():
                pass
            found = _END.match(window.text, at - window.base)
        if found is None:
            self._broken_end(at)
            return
        self.at = found.end() + window.base
        self._builder.end(found[1], at, self.at)

    def _broken_end(self, at: int) -> None:
        window, builder = self._window, self._builder
        found = _LOOSE_END.match(window.text, at - window.base)
        name = found[1] if found else ""
        if found is None or (not found[2] and name.rpartition(":")[2] not in ELEMENTS):
            if window.ended and window.slice(at, at + 64).strip().isascii() and window.end - at < 64:
                self._cut(at)
                return
            builder.found(say.bare_less_than(at).mended(Edit(at, at + 1, "&lt;")))
            builder.text("<", at, at + 1)
            self.at = at + 1
            return
        end = found.end() + window.base
        if not found[2]:
            if window.ended and end >= window.end:
                self._cut(at)
                return
            end = found.end(1) + window.base
            problem = say.broken_tag(
                at, f"/{name}", _("its > is missing"), _("write </{name}>").format(name=name)
            )
            builder.found(problem.mended(Edit(end, end, ">")))
        else:
            what = _("an end tag holds its name only")
            problem = say.broken_tag(at, f"/{name}", what, _("write </{name}>").format(name=name))
            builder.found(problem.mended(Edit(at, end, f"</{name}>")))
        self.at = end
        builder.end(name, at, end)

    # --- Comments and the like ----------------------------------------------------------------------

    def _aside(self, at: int) -> None:
        window = self._window
        head = window.slice(at, at + 9)
        if head.startswith("<!--"):
            self._comment(at)
        elif head == "<![CDATA[":
            self._cdata(at)
        elif head.upper() == "<!DOCTYPE":
            self._doctype(at)
        elif window.ended and window.end - at < 9 and "<!DOCTYPE".startswith(head):
            self._cut(at)
        else:
            self._odd(at, _("<! begins nothing that XML knows"))

    def _odd(self, at: int, what: str) -> None:
        """Markup that is none; it is text."""
        problem = say.comment(at, what, _("write &lt; if it is text, else remove it"))
        self._builder.found(problem)
        self._builder.text("<", at, at + 1)
        self.at = at + 1

    def _comment(self, at: int) -> None:
        window = self._window
        end = window.find("-->", at + 4, _ASIDE_LIMIT)
        if end < 0:
            if window.ended and not self._builder.begun:
                self.at = window.end
                return
            self._odd(at, _("a comment is not closed"))
            return
        inside = window.slice(at + 4, end + 1)
        dashes = [found.start() + at + 5 for found in islice(_DASHES.finditer(inside), _EDITS)]
        if dashes:
            problem = say.comment(dashes[0] - 1, _("-- stands in a comment"), _("write - -"))
            self._builder.found(problem.mended(*(Edit(dash, dash, " ") for dash in dashes)))
        self._aside_text(inside[:-1], at + 4)
        self.at = end + 3

    def _aside_text(self, inside: str, start: int) -> None:
        """The characters of what is no text of the document: markup may stand in it."""
        problems: list[Problem] = []
        self._reader.read(inside, start, problems, attribute=True, plain=True)
        self._note([one for one in problems if one.rule is not say.bare_less_than])

    def _cdata(self, at: int) -> None:
        window = self._window
        end = window.find("]]>", at + 9, _ASIDE_LIMIT)
        if end < 0:
            self._odd(at, _("a CDATA section is not closed"))
            return
        problems: list[Problem] = []
        said = self._reader.read(window.slice(at + 9, end), at + 9, problems, plain=True)
        self._note(problems)
        self._builder.text(said, at, end + 3)
        self.at = end + 3

    def _instruction(self, at: int) -> None:
        window = self._window
        end = window.find("?>", at + 2, _ASIDE_LIMIT)
        if end < 0:
            if window.ended and not self._builder.begun:
                self.at = window.end
                return
            self._odd(at, _("a processing instruction is not closed"))
            return
        self.at = end + 2
        if re.match(r"<\?[xX][mM][lL][ \t\r\n?]", window.slice(at, at + 6)):
            self._declaration(at, self.at)
            return
        inside = window.slice(at + 2, end)
        if not _TARGET.match(inside):
            what = _("a processing instruction has no name")
            self._builder.found(say.comment(at, what, _("remove it, or write a name behind <?")))
        self._aside_text(inside, at + 2)

    def _declaration(self, at: int, end: int) -> None:
        """The XML declaration: at the very beginning, and only there."""
        raw = self._window.slice(at, end)
        if at:
            before = self._window.slice(0, at) if not self._window.base else "?"
            problem = say.xml_declaration(
                at, _("<?xml stands not at the beginning"), _("let the file begin with <?xml")
            )
            blank = not before.strip(" \t\r\n\ufeff\0")
            self._builder.found(problem.mended(Edit(0, at, "")) if blank else problem)
        elif not _DECLARATION.fullmatch(raw):
            self._builder.found(
                say.xml_declaration(at, _("the XML declaration is wrong"), _('write <?xml version="1.0"?>'))
            )
        elif re.match(r"<\?xml\s+version\s*=\s*[\"']1\.(?!0)", raw):
            what = _("XML 1.1 is read by few programs")
            problem = say.xml_declaration(at, what, _('write version="1.0"'))
            one = raw.index("1.")
            self._builder.found(problem.mended(Edit(at + one, at + one + 3, "1.0")))

    def _doctype(self, at: int) -> None:
        found = entities(self._window, at)
        if found is None:
            if self._window.ended and not self._builder.begun:
                self.at = self._window.end
                return
            self._odd(at, _("a document type is not closed"))
            return
        if self._builder.begun:
            what = _("a document type stands inside the document")
            self._builder.found(say.comment(at, what, _("move it before <tmx>, or remove it")))
        self._note(found.problems)
        self._aside_text(self._window.slice(at, found.end), at)
        self._reader.entities.update(found.entities)
        self.at = found.end
