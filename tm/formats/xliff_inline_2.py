"""Codes as inline elements of XLIFF 2.1: pc, sc and ec, ph, mrk, sm and em, and their original data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import count

from lxml import etree

from tm.formats.xliff_corrections import corrections
from tm.formats.xliff_inline import SUBTYPES, content_of, misplaced, own_id, woven
from tm.formats.xliff_names import ELEMENT, ILLEGAL, MARK, attributes_xml, illegal, text_xml
from tm.formats.xliff_pairs import apart, pairs_of, wanted_id
from tm.model import Code, Segment

__all__ = ["InlineIds", "Originals", "content_2", "text_2"]

_TOKEN = re.compile(r"[A-Za-z0-9._-]+")
_PREFIXED = re.compile(r"[^\s:]+:[^\s:]+")
_TYPES = frozenset({"fmt", "ui", "quote", "link", "image", "other"})
_YES_NO = frozenset({"yes", "no"})
_VALUES = {
    **dict.fromkeys(("canCopy", "canDelete", "canOverlap"), _YES_NO),
    "canReorder": frozenset({"yes", "firstNo", "no"}),
    "dir": frozenset({"ltr", "rtl", "auto"}),
    "translate": _YES_NO,
}
_SHOWN = ("disp", "equiv")
_SPANNING = frozenset({"canCopy", "canDelete", "canOverlap", "canReorder", "dir", *_SHOWN})
_SAID = {
    "ph": _SPANNING - {"canOverlap", "dir"},
    **dict.fromkeys(("pc", "sc", "ec"), _SPANNING),
    **dict.fromkeys(("mrk", "sm"), frozenset({"translate", "value", "ref"})),
    "em": frozenset(),
}
"""The attributes that each element may have and that say nothing about other elements."""
_END = "/pc"


class InlineIds:
    """The ids of the inline elements of a unit: different ones, and the same on both sides of a code."""

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)
        self._before: dict[tuple[str, str, int], str] = {}
        self._mine: dict[tuple[str, str, int], str] = {}
        self._turns: Counter[tuple[str, str]] = Counter()
        self._numbers = count(1)

    def turn(self) -> None:
        """Go on to the other side."""
        self._before, self._mine = self._mine, {}
        self._turns.clear()

    def take(self, kind: str, wanted: str) -> str:
        """The id of the next code of this kind and name."""
        self._turns[kind, wanted] += 1
        key = (kind, wanted, self._turns[kind, wanted])
        name = self._before.get(key) or self._new(wanted)
        self._taken.add(name)
        self._mine[key] = name
        return name

    def _new(self, wanted: str) -> str:
        if _TOKEN.fullmatch(wanted) and wanted not in self._taken:
            return wanted
        return next(name for name in map(own_id, self._numbers) if name not in self._taken)


class Originals:
    """The native codes of a unit, each once, by their ids."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def reference(self, text: str) -> str:
        """The id of this native code."""
        return self._ids.setdefault(text, f"d{len(self._ids) + 1}")

    @property
    def by_id(self) -> Mapping[str, str]:
        """The native codes by their ids."""
        return {name: text for text, name in self._ids.items()}

    def xml(self) -> Iterator[str]:
        """The originalData element, where there is anything in it."""
        if self._ids:
            inside = "".join(f'<data id="{name}">{text_2(text)}</data>' for text, name in self._ids.items())
            yield f"<originalData>{inside}</originalData>"


def text_2(text: str) -> str:
    """The text as the content of an element, with a cp for each character that XML cannot hold."""
    parts = []
    at = 0
    for found in ILLEGAL.finditer(text):
        if 0xD800 <= ord(found[0]) <= 0xDFFF:
            raise illegal(found[0], text)
        parts.append(f'{text_xml(text[at : found.start()])}<cp hex="{ord(found[0]):04X}"/>')
        at = found.end()
    parts.append(text_xml(text[at:]))
    return "".join(parts)


def content_2(segment: Segment, ids: InlineIds, originals: Originals) -> tuple[str, list[str]]:
    """The segment as the content of a source or target, and the notes to correct its codes by.

    Codes that cannot stand where they do are a FormatError.
    """
    if not segment.codes:
        return text_2(segment.text), []
    codes = apart(segment.codes)
    xml = _Writer(ids, originals, pairs_of(codes)).flow(segment.text, codes, 0, len(segment.text))
    again = content_of(etree.fromstring(f"<source>{xml}</source>"), segment.lang, originals.by_id)
    return xml, corrections(again, segment)


class _Writer:
    """Writes the codes of one side."""

    def __init__(self, ids: InlineIds, originals: Originals, pairs: Mapping[int, Code]) -> None:
        self._ids = ids
        self._originals = originals
        self._pairs = pairs
        self._names: dict[int, str] = {}

    def flow(self, whole: str, codes: Sequence[Code], start: int, end: int) -> str:
        """The text from start to end with the codes that stand in it."""
        shaped = zip(codes, self._shapes(codes), strict=True)
        return woven(whole[:end], shaped, partial(self._element, whole), text_2, start)

    def _element(self, whole: str, code: Code, shape: str) -> str:
        if shape == _END:
            return "</pc>"
        pairs = attributes_xml(self._attributes(code, shape))
        if shape == "pc":
            return f"<pc{pairs}>"
        if shape == "mrk":
            inside = self.flow(whole, code.children, code.offset, code.offset + code.length)
            return f"<mrk{pairs}>{inside}</mrk>"
        return f"<{shape}{pairs}/>"

    def _shapes(self, codes: Sequence[Code]) -> list[str]:
        """The element of every code; a pair that nests is a pc."""
        shapes = [self._shape(code) for code in codes]
        opened: list[int] = []
        for place, code in enumerate(codes):
            partner = self._pairs.get(id(code))
            if shapes[place] == "sc" and partner:
                opened.append(place)
            elif shapes[place] == "ec" and partner:
                start = next((one for one in opened if codes[one] is partner), None)
                if start is not None:
                    shapes[start], shapes[place] = "pc", _END
                    del opened[opened.index(start) :]  # what began in it and ends behind it stays apart
        return shapes

    def _shape(self, code: Code) -> str:
        if code.kind in ("bpt", "ept", "hi"):
            return {"bpt": "sc", "ept": "ec", "hi": "mrk"}[code.kind]
        if code.kind == "it":
            return "ec" if dict(code.attributes).get("pos") == "end" else "sc"
        element = dict(code.attributes).get(ELEMENT, "")
        return element if element in ("sm", "em") and id(code) in self._pairs else "ph"

    def _attributes(self, code: Code, shape: str) -> Iterator[tuple[str, str]]:
        partner = self._pairs.get(id(code))
        if shape in ("ec", "em") and partner:
            yield "startRef", self._names[id(partner)]
        else:
            self._names[id(code)] = self._ids.take(code.kind, wanted_id(code))
            yield "id", self._names[id(code)]
        if shape in ("sc", "ec") and not partner:
            yield "isolated", "yes"
        yield from _kind(code, shape)
        if shape == "pc":
            yield from self._of_pair(code, partner)
            return
        if _native(code):
            yield "dataRef", self._originals.reference(_native(code))
        yield from _kept(code, shape).items()

    def _of_pair(self, code: Code, partner: Code | None) -> Iterator[tuple[str, str]]:
        """What a pc says of its two ends; either both or none of them refer to native code."""
        ends = {"Start": code, "End": partner or code}
        if any(_native(one) for one in ends.values()):
            for end, one in ends.items():
                yield f"dataRef{end}", self._originals.reference(_native(one))
        for name, value in _kept(code, "pc").items():
            if name not in _SHOWN:
                yield name, value
        for end, one in ends.items():
            kept = _kept(one, "pc")
            yield from ((f"{name}{end}", kept[name]) for name in _SHOWN if name in kept)


def _native(code: Code) -> str:
    """The native code with the text of its sub-flows, as it once stood in the document."""
    parts = []
    at = 0
    for child in code.children if code.kind != "hi" else ():
        if not at <= child.offset <= len(code.text):
            raise misplaced(child)
        parts += [code.text[at : child.offset], child.text]
        at = child.offset
    return "".join([*parts, code.text[at:]])


def _kind(code: Code, shape: str) -> Iterator[tuple[str, str]]:
    """The type and subType of a code."""
    said = dict(code.attributes)
    subtype = said.get(f"{MARK}subType", "")
    if shape in ("mrk", "sm"):
        commented = any(f"{MARK}{name}" in said for name in ("value", "ref"))
        plain = code.type in ("generic", "term") or (code.type == "comment" and commented)
        yield "type", code.type if plain or not code.type or _PREFIXED.fullmatch(code.type) else "generic"
    elif shape != "em" and code.type:
        pair = SUBTYPES.get(code.type, (code.type if code.type in _TYPES else "other", ""))
        yield "type", pair[0]
        yield "subType", pair[1] or (subtype if _PREFIXED.fullmatch(subtype) else "")


def _kept(code: Code, shape: str) -> dict[str, str]:
    """The attributes of a code that its element may have."""
    found = {name.removeprefix(MARK): value for name, value in code.attributes if name.startswith(MARK)}
    return {
        name: value
        for name, value in found.items()
        if name in _SAID[shape] and value in _VALUES.get(name, (value,))
    }
