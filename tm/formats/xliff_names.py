"""What the readers and writers of XLIFF share: namespaces, names, and text as XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from gettext import gettext as _
from itertools import chain
from typing import Any
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape, quoteattr

from tm.errors import FormatError
from tm.model import Memory, Prop, Unit

__all__ = [
    "CORE_1",
    "CORE_2",
    "ELEMENT",
    "ILLEGAL",
    "LANG",
    "MARK",
    "MATCHES",
    "METADATA",
    "OWN",
    "Names",
    "attributes_xml",
    "child_of",
    "children_of",
    "illegal",
    "language_tag",
    "local",
    "prop_name",
    "prop_of",
    "text_xml",
    "with_languages",
]

OWN = "tm"
"""Names the groups, notes and ids that this package wrote."""
CORE_1 = "urn:oasis:names:tc:xliff:document:1.2"
CORE_2 = "urn:oasis:names:tc:xliff:document:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MARK = "xliff-"
"""Begins the names of what only XLIFF says of a code."""
ELEMENT = f"{MARK}element"
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold."""

_NO_LANGUAGE = "und"
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9._-]")
_KEPT_PLAIN = "/:+,;=!()*'~#$&?[]"


def local(element: Any) -> str:  # noqa: ANN401 - an lxml element or comment
    """The name of an element without its namespace; "" for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children_of(element: Any, name: str) -> list[Any]:  # noqa: ANN401 - lxml
    """The children of this name, in whatever namespace."""
    return list(element.iterchildren(f"{{*}}{name}"))


def child_of(element: Any, name: str) -> Any:  # noqa: ANN401 - lxml
    """The first child of this name, or None."""
    return next(element.iterchildren(f"{{*}}{name}"), None)


def illegal(character: str, text: str) -> FormatError:
    """The error about a character that XML cannot hold."""
    return FormatError(
        _("the character U+{code:04X} cannot stand in XML").format(code=ord(character)),
        hint=_("Remove it from the text: {text}").format(text=ascii(text[:60])),
    )


def text_xml(text: str) -> str:
    """The text as the content of an element; a character that XML cannot hold is a FormatError."""
    found = ILLEGAL.search(text)
    if found:
        raise illegal(found[0], text)
    return escape(text, {"\r": "&#13;"})


def attributes_xml(pairs: Iterable[tuple[str, str]]) -> str:
    """The attributes, each with a blank in front; those without a value are left out."""
    parts = []
    for name, value in pairs:
        if value:
            text_xml(value)
            parts.append(f" {name}={quoteattr(value)}")
    return "".join(parts)


def language_tag(lang: str) -> str:
    """The language as XML's schema allows it: with hyphens, or `und` where it is no tag at all."""
    tag = lang.replace("_", "-")
    return tag if _TAG.fullmatch(tag) else _NO_LANGUAGE


def prop_name(prop: Prop) -> str:
    """A property's type and language as one word, which `prop_of` takes apart."""
    lang = f"@{quote(prop.lang, safe='')}" if prop.lang or not prop.type else ""
    return quote(prop.type, safe=_KEPT_PLAIN) + lang


def prop_of(name: str, text: str) -> Prop:
    """The property that was written under this word."""
    kind, _at, lang = name.partition("@")
    return Prop(type=unquote(kind), lang=unquote(lang), text=text)


def with_languages(memory: Memory) -> tuple[tuple[str, str], Iterator[Unit]]:
    """The languages of a memory, as tags, and its units.

    A header that names none, as in a TMX of all languages, leaves it to the first unit.
    """
    units = iter(memory)
    first = next(units, None)
    sides = (first.source.lang, first.target.lang) if first else ("", "")
    named = (memory.header.source_lang, memory.header.target_lang)
    tags = [
        tag if (tag := language_tag(lang)) != _NO_LANGUAGE else language_tag(side)
        for lang, side in zip(named, sides, strict=True)
    ]
    return (tags[0], tags[1]), chain(() if first is None else (first,), units)


class Names:
    """Gives every unit of a file an id that no other has, as near to its own as may be.

    With `tokens` the ids are name tokens, as XLIFF 2 asks for.
    """

    def __init__(self, *, tokens: bool = False) -> None:
        self._tokens = tokens
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """An id like the wanted one."""
        plain = _NOT_IN_NAME.sub("_", wanted) if self._tokens else wanted
        plain = plain or "unit"
        name = plain
        while name in self._taken:
            self._counts[plain] = self._counts.get(plain, 1) + 1
            name = f"{plain}.{self._counts[plain]}"
        self._taken.add(name)
        return name
