"""The elements of TBX as values: one view of both versions and both styles.

A data category is the `type` of an element in version 2 and in the style DCA of version 3, and the name of
an element from a module's namespace in the style DCT.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tm.errors import FormatError
from tm.formats.tbx_fields import CUSTOM
from tm.text.languages import canonical

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Aux", "TermElement", "fields", "language", "local"]

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPED = frozenset({"admin", "adminNote", "descrip", "descripNote", "termNote", "ref", "xref"})
_GROUPS = {"descripGrp": "descrip", "adminGrp": "admin", "termNoteGrp": "termNote"}
_OWN = frozenset({"tig", "ntig", "termSec", "termGrp", "langSet", "langSec", "term"})
_CATEGORIES = {"descripGrp": "source of a description", "transacGrp": "transaction"}
_CUSTOM_NOTE = re.compile(rf"{CUSTOM}([^:\s][^:]*): ?(.*)", re.DOTALL)
_BLANKS = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Aux:
    """A field by its data category, such as definition or note; `line` is where it stands."""

    category: str
    text: str
    line: int = 0

    @property
    def custom(self) -> str:
        """The name of a field of the term base that TBX has no category for; else empty."""
        return self.category.removeprefix(CUSTOM) if self.category.startswith(CUSTOM) else ""


@dataclass(frozen=True, slots=True)
class TermElement:
    """A term with its fields."""

    text: str
    fields: tuple[Aux, ...]
    line: int

    @classmethod
    def of(cls, element: _Element) -> TermElement:
        """The term of a tig, ntig or termSec; one without a text has an empty one."""
        group = next((child for child in element if local(child) == "termGrp"), None)
        term = next((child for child in _children(element, group) if local(child) == "term"), None)
        word = "" if term is None else " ".join(_unfolded(_content(term)).split("\n"))
        found = [*(fields(group) if group is not None else ()), *fields(element)]
        return cls(word.replace("\t", " ").strip(), tuple(found), element.sourceline or 0)


def local(element: _Element) -> str:
    """The name without its namespace; empty for a comment or a processing instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def language(section: _Element, path: str) -> str:
    """The language of a section as BCP 47 writes it; a section without one is a FormatError."""
    found = section.get(_XML_LANG) or section.get("lang")
    concept = section.getparent()
    if not found:
        raise FormatError(
            _("a {element} without xml:lang").format(element=local(section)),
            path=path,
            line=section.sourceline,
            unit=None if concept is None else concept.get("id"),
            hint=_('Say which language its terms are in, for example xml:lang="zh-CN".'),
        )
    return canonical(found)


def fields(element: _Element) -> Iterator[Aux]:
    """The fields that stand directly in an element or in a group of it."""
    for child in element:
        name = local(child)
        if not name or name in _OWN:
            continue
        if name in _GROUPS:
            yield from _group(child, _GROUPS[name])
        else:
            yield _field(child, name)


def _group(group: _Element, name: str) -> Iterator[Aux]:
    """The field of a group; what else stands in it says something of that field."""
    children = [child for child in group if local(child)]
    for place, child in enumerate(children):
        if place == 0:
            yield _field(child, local(child))
        else:
            yield Aux(f"{name}Grp/{_field(child, local(child)).category}", "", child.sourceline or 0)


def _field(element: _Element, name: str) -> Aux:
    line = element.sourceline or 0
    if name.endswith("Grp"):
        return Aux(name, "", line)
    kind = element.get("type", "") if name in _TYPED else ""
    content = _unfolded(_content(element)).strip(_BLANKS)
    if name == "note":
        found = _CUSTOM_NOTE.fullmatch(content)
        return Aux(CUSTOM + unquote(found[1]), found[2], line) if found else Aux(name, content, line)
    if kind.startswith(CUSTOM):
        return Aux(unquote(kind), content, line)
    return Aux(kind or name, content, line)


def _unfolded(text: str) -> str:
    """The text without line ends that are followed by an indentation: those were made to fit a width."""
    first, *rest = text.split("\n")
    parts = [first]
    for line in rest:
        if line[:1] in ("\t", " "):
            parts[-1] = parts[-1].rstrip(_BLANKS)
            parts += [" ", line.lstrip(_BLANKS)] if line.strip(_BLANKS) else []
        else:
            parts += ["\n", line]
    return "".join(parts)


def _content(element: _Element) -> str:
    """The text of an element and of what stands inside it, without comments."""
    if not len(element):
        return element.text or ""
    return str(element.xpath("string()"))


def _children(element: _Element, group: _Element | None) -> Iterator[_Element]:
    if group is not None:
        yield from group
    yield from element
