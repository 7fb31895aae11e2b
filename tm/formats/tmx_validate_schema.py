"""What TMX 1.1 to 1.4 allow: the children and the attributes of every element, by version.

Written from the specifications: 1.2 brought hi and the attributes of sub, and took sub out of seg; 1.3 put
xml:lang beside lang, which is deprecated since; 1.4 deprecated ut.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

__all__ = ["ELEMENTS", "INLINE", "VERSIONS", "Element", "Schema", "schema"]

VERSIONS = ("1.1", "1.2", "1.3", "1.4")
INLINE = frozenset({"bpt", "ept", "it", "ph", "hi", "ut", "sub"})
"""The elements of content markup."""

_ADMIN = (
    *("o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool", "creationtoolversion"),
    *("creationdate", "creationid", "changedate", "changeid", "o-tmf"),
)
_SEGTYPES = ("block", "paragraph", "sentence", "phrase")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: what it may hold, in which order, and its attributes.

    `first` children stand before `then`; `text` says whether it may hold text. `values` maps attributes
    to the values allowed.
    """

    first: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    text: bool = False
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def children(self) -> tuple[str, ...]:
        """Every child allowed."""
        return self.first + self.then

    @property
    def attributes(self) -> tuple[str, ...]:
        """Every attribute allowed, the languages apart."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The elements of a version, and where it looks for languages."""

    version: str
    elements: dict[str, Element]
    xml_lang: bool


ELEMENTS = frozenset(
    {"tmx", "header", "body", "note", "prop", "ude", "map", "tu", "tuv", "seg", *INLINE},
)
"""The names of all elements of TMX."""


@cache
def schema(version: str) -> Schema:
    """What a version of TMX allows; an unknown one is taken for 1.4."""
    known = version if version in VERSIONS else "1.4"
    elements = {**_frame(), **_content(known)}
    return Schema(version=known, elements=elements, xml_lang=known in {"1.3", "1.4"})


def _frame() -> dict[str, Element]:
    remarks = ("note", "prop")
    segtype = (("segtype", _SEGTYPES),)
    return {
        "tmx": Element(first=("header",), then=("body",), required=("version",)),
        "header": Element(
            first=("note", "prop", "ude"),
            required=(
                *("creationtool", "creationtoolversion", "segtype", "o-tmf"),
                *("adminlang", "srclang", "datatype"),
            ),
            optional=("o-encoding", "creationdate", "creationid", "changedate", "changeid"),
            values=segtype,
        ),
        "body": Element(first=("tu",)),
        "note": Element(text=True, optional=("o-encoding",)),
        "prop": Element(text=True, required=("type",), optional=("o-encoding",)),
        "ude": Element(first=("map",), required=("name",), optional=("base",)),
        "map": Element(required=("unicode",), optional=("code", "ent", "subst")),
        "tu": Element(
            first=remarks,
            then=("tuv",),
            optional=("tuid", "segtype", "srclang", *_ADMIN),
            values=segtype,
        ),
        "tuv": Element(first=remarks, then=("seg",), optional=_ADMIN),
    }


def _content(version: str) -> dict[str, Element]:
    old = version == "1.1"
    codes = ("bpt", "ept", "ph", "it", "ut") if old else ("bpt", "ept", "ph", "it", "hi", "ut")
    marked = ("x", "type")
    found = {
        "seg": Element(text=True, first=(*codes, "sub") if old else codes),
        "bpt": Element(text=True, first=("sub",), required=("i",), optional=marked),
        "ept": Element(text=True, first=("sub",), required=("i",)),
        "it": Element(
            text=True,
            first=("sub",),
            required=("pos",),
            optional=marked,
            values=(("pos", ("begin", "end")),),
        ),
        "ph": Element(text=True, first=("sub",), optional=("assoc", *marked)),
        "ut": Element(text=True, first=() if old else ("sub",), optional=("x",)),
        "sub": Element(text=True, first=codes, optional=() if old else ("datatype", "type")),
    }
    if not old:
        found["hi"] = Element(text=True, first=codes, optional=marked)
    return found
