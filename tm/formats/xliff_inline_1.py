"""Codes as inline elements of XLIFF 1.2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from lxml import etree

from tm.formats.xliff_corrections import corrections
from tm.formats.xliff_inline import content_of, misplaced, own_id, woven
from tm.formats.xliff_names import ELEMENT, MARK, attributes_xml, text_xml
from tm.formats.xliff_pairs import apart, pairs_of
from tm.model import Code, Segment

__all__ = ["content_1"]

_DELIMITERS = frozenset({"bold", "italic", "underlined", "link"})
_PLACEHOLDERS = frozenset({"image", "pb", "lb"})
_MTYPE_NAMES = (
    "abbrev abbreviated-form abbreviation acronym appellation collocation common-name datetime equation "
    "expanded-form formula head-term initialism international-scientific-term internationalism "
    "logical-expression materials-management-unit name near-synonym part-number phrase phraseological-unit "
    "protected romanized-form set-phrase short-form sku standard-text symbol synonym "
    "synonymous-phrase term transcribed-form transliterated-form truncated-term variant"
)
_MTYPES = frozenset(_MTYPE_NAMES.split())
_COMMON = frozenset({"id", "xid", "equiv-text", "ctype"})
_SAID = {
    "g": _COMMON | {"clone"},
    "x": _COMMON | {"clone"},
    "bx": _COMMON | {"rid", "clone"},
    "ex": frozenset({"id", "rid", "xid", "equiv-text"}),
    "bpt": _COMMON | {"rid", "crc"},
    "ept": frozenset({"id", "rid", "crc", "xid", "equiv-text"}),
    "ph": _COMMON | {"assoc", "crc"},
    "it": _COMMON | {"pos", "rid", "crc"},
    "mrk": frozenset({"mtype", "comment"}),
    "sub": frozenset({"datatype", "ctype", "xid"}),
}
"""The attributes that each element may have, by the strict schema."""
_NOT_IN_TOKEN = re.compile(r"[^A-Za-z0-9._:-]")
_TOKENS = ("rid",)
_ASSOC = frozenset({"preceding", "following", "both"})


def content_1(segment: Segment) -> tuple[str, list[str]]:
    """The segment as the content of a source or target, and the notes to correct its codes by.

    Codes that cannot stand where they do are a FormatError.
    """
    if not segment.codes:
        return text_xml(segment.text), []
    xml = _Writer().whole(segment.text, apart(segment.codes))
    again = content_of(etree.fromstring(f"<source>{xml}</source>"), segment.lang)
    return xml, corrections(again, segment)


class _Writer:
    """Writes codes as elements, and gives an id to those that have none."""

    def __init__(self) -> None:
        self._count = 0
        self._pairs: dict[int, Code] = {}
        self._rids: dict[int, str] = {}

    def whole(self, text: str, codes: Sequence[Code]) -> str:
        """A text with its codes: that of a segment, or of a sub-flow."""
        self._pairs |= pairs_of(codes)
        return self.flow(text, codes, 0, len(text))

    def flow(self, whole: str, codes: Sequence[Code], start: int, end: int) -> str:
        """The text from start to end with the codes that stand in it."""
        shaped = zip(codes, self._shapes(codes), strict=True)
        return woven(whole[:end], shaped, partial(self._element, whole), text_xml, start)

    def _shapes(self, codes: Sequence[Code]) -> list[str]:
        """The element of every code; a pair that was a g is one again where it nests."""
        shapes = [self._shape(code) for code in codes]
        opened: list[int] = []
        for place, code in enumerate(codes):
            partner = self._pairs.get(id(code))
            if partner is None or not (_bare(code, "g") and _bare(partner, "g")):
                continue
            if code.kind == "bpt":
                opened.append(place)
            elif opened and codes[opened[-1]] is partner:
                shapes[opened.pop()], shapes[place] = "g", "</g>"
            else:
                opened.clear()
        return shapes

    def _shape(self, code: Code) -> str:
        """The element of a code by itself."""
        partner = self._pairs.get(id(code))
        if partner is None or code.kind not in ("bpt", "ept"):
            return _listed_shape(code)
        if all(_bare(one, "bx", "ex", "g") for one in (code, partner)):
            return {"bpt": "bx", "ept": "ex"}[code.kind]
        return code.kind

    def _element(self, whole: str, code: Code, shape: str) -> str:
        if shape == "</g>":
            return shape
        pairs = attributes_xml(self._attributes(code, shape))
        if shape == "g":
            return f"<g{pairs}>"
        if code.kind == "hi":
            inside = self.flow(whole, code.children, code.offset, code.offset + code.length)
        else:
            inside = self._native(code)
        return f"<{shape}{pairs}>{inside}</{shape}>" if inside else f"<{shape}{pairs}/>"

    def _native(self, code: Code) -> str:
        parts = []
        at = 0
        for child in code.children:
            if not at <= child.offset <= len(code.text):
                raise misplaced(child)
            parts.append(text_xml(code.text[at : child.offset]))
            at = child.offset
            kept = {**_plain(child, "sub"), "ctype": _listed(child.type, _DELIMITERS)}
            inside = self.whole(child.text, child.children)
            parts.append(f"<sub{attributes_xml(kept.items())}>{inside}</sub>")
        parts.append(text_xml(code.text[at:]))
        return "".join(parts)

    def _attributes(self, code: Code, shape: str) -> Iterator[tuple[str, str]]:
        kept = _plain(code, shape)
        if shape == "mrk":
            yield "mtype", _listed(code.type or "x-hi", _MTYPES)
            yield from kept.items()
            return
        ends = shape in ("ept", "ex")
        yield "id", kept.pop("id", "") or (code.i if ends else code.x) or self._next(code, shape)
        if shape in ("bpt", "ept", "bx", "ex"):
            yield "rid", self._rid(code, kept.pop("rid", "") or _NOT_IN_TOKEN.sub("_", code.i))
        if shape == "it":
            ends = code.kind == "ept" or dict(code.attributes).get("pos") == "end"
            yield "pos", "close" if ends else "open"
        if "ctype" in _SAID[shape]:
            yield "ctype", _listed(code.type, _PLACEHOLDERS if shape in ("ph", "x") else _DELIMITERS)
        yield from kept.items()

    def _rid(self, code: Code, wanted: str) -> str:
        """What both ends of a pair are known by, and no other pair."""
        partner = self._pairs[id(code)]
        if id(partner) not in self._rids:
            name = wanted
            while not name or name in self._rids.values():
                self._count += 1
                name = own_id(self._count)
            self._rids[id(code)] = name
        return self._rids.get(id(partner)) or self._rids[id(code)]

    def _next(self, code: Code, shape: str) -> str:
        """An id that nobody gave; of a g its i, by which both ends are known."""
        if shape == "g" and code.i:
            return code.i
        self._count += 1
        return own_id(self._count)


def _bare(code: Code, *elements: str) -> bool:
    """True for a code without native text that was one of these elements."""
    return not code.text and not code.children and dict(code.attributes).get(ELEMENT, "") in elements


def _listed_shape(code: Code) -> str:
    """The element of a code that is no end of a pair; an end that is alone is isolated."""
    if code.kind in ("hi", "it", "bpt", "ept"):
        return {"hi": "mrk"}.get(code.kind, "it")
    return "x" if _bare(code, "x", "sm", "em") and code.kind == "ph" else "ph"


def _plain(code: Code, shape: str) -> dict[str, str]:
    """The attributes of a code that its element may have."""
    kept = {
        name.removeprefix(MARK): value
        for name, value in code.attributes
        if name.startswith(MARK) and name.removeprefix(MARK) in _SAID[shape]
    }
    if kept.get("assoc", "both") not in _ASSOC:
        del kept["assoc"]
    return {name: _NOT_IN_TOKEN.sub("_", text) if name in _TOKENS else text for name, text in kept.items()}


def _listed(name: str, known: frozenset[str]) -> str:
    """The name as the schema allows it: one of its list, or with x- in front and without blanks."""
    if not name or name in known:
        return name
    plain = "-".join(name.split())
    return plain if plain.startswith("x-") else f"x-{plain}"
