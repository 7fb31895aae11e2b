"""The document type of a file: what it declares is found, and never expanded or loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tm.formats.tmx_rules import xml as say
from tm.formats.tmx_rules.rule import Edit, Problem
from tm.formats.tmx_rules.words import _
from tm.formats.tmx_validate_window import Window

__all__ = ["Doctype", "entities"]

_LIMIT = 1 << 20
_HEAD = re.compile(r"(?:[^\"'\[<>]++|\"[^\"]*+\"|'[^']*+')*+([\[>])")
_WELL = re.compile(
    r"<!DOCTYPE[ \t\r\n]+[A-Za-z_:][A-Za-z0-9_:.-]*"
    r"(?:[ \t\r\n]+(?:SYSTEM|PUBLIC[ \t\r\n]+(?:\"[^\"<&]*\"|'[^'<&]*'))"
    r"[ \t\r\n]+(?:\"[^\"]*\"|'[^']*'))?[ \t\r\n]*[\[>]"
)
_PART = re.compile(
    r"[ \t\r\n]++|%[\w:.-]++;|<!--.*?-->|<\?.*?\?>"
    r"|(?P<declaration><![A-Z]++(?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+>)",
    re.DOTALL,
)
_ENTITY = re.compile(r"<!ENTITY\s+(?P<percent>%\s+)?(?P<name>[^\s\"'<>]+)\s*(?P<rest>.*)>\Z", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"&%<]*)\"\s*|'([^'&%<]*)'\s*")
_TAIL = re.compile(r"\][ \t\r\n]*+>")

_MARKUP = re.compile("[&<%]")


@dataclass(slots=True)
class Doctype:
    """Where a document type ends, and the entities it declares: their text when it is plain, else None."""

    end: int
    entities: dict[str, str | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def entities(window: Window, at: int) -> Doctype | None:
    """What the document type at this offset declares; None when it has no end."""
    if window.find(">", at, _LIMIT) < 0:
        return None
    while window.end - at < _LIMIT and window.more():
        pass
    text, start = window.text, at - window.base
    head = _HEAD.match(text, start + 9, start + _LIMIT)
    if head is None:
        return None
    found = Doctype(head.end() + window.base)
    if not _WELL.match(text, start):
        what = _("the document type is not written as XML wants it")
        found.problems.append(say.comment(at, what, _('write <!DOCTYPE tmx SYSTEM "tmx14.dtd">')))
    if head[1] == ">":
        return found
    place = head.end()
    while part := _PART.match(text, place, start + _LIMIT):
        if part["declaration"]:
            _declared(part, window.base, found)
        place = part.end()
    tail = _TAIL.match(text, place)
    if tail is None:
        return None
    if None in found.entities.values():  # one may stand for the others
        found.problems = [replace(problem, edits=()) for problem in found.problems]
    found.end = tail.end() + window.base
    return found


def _declared(part: re.Match[str], base: int, found: Doctype) -> None:
    entity = _ENTITY.match(part[0])
    if entity is None:
        return
    at = part.start() + base
    name, rest = entity["name"], entity["rest"]
    plain = _QUOTED.fullmatch(rest)
    lasting = False
    if entity["percent"]:
        kind = _("the parameter entity")
    elif rest[:1] in {'"', "'"}:
        kind = _("the entity")
        said = (plain[1] if plain[1] is not None else plain[2]) if plain else None
        said = said if said is not None and not _MARKUP.search(said) else None
        lasting = said is None
        found.entities.setdefault(name, said)
    else:
        kind = _("the external entity")
        lasting = True
        found.entities.setdefault(name, None)
    problem = say.declared_entity(at, name, kind)
    found.problems.append(problem if lasting else problem.mended(Edit(at, part.end() + base, "")))
