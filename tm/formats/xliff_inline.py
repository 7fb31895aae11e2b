"""Inline elements of XLIFF 1.2 and 2.x as codes.

| XLIFF             | code                                                         |
|-------------------|--------------------------------------------------------------|
| ph bpt ept it sub | the same kind                                                |
| x · bx · ex       | ph · bpt · ept without native text                           |
| g, pc             | a pair of bpt and ept around the text                        |
| mrk               | hi over the text                                             |
| sc · ec           | bpt · ept; isolated ones are it                              |
| sm · em           | ph without native text                                       |
| cp                | its character                                                |

What only XLIFF says stands in `attributes` under names that begin with `xliff-`. An id that begins with `tm`
and a number was made by the writers here for a code that had none.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from gettext import gettext as _
from typing import Any

from lxml import etree

from tm.errors import FormatError
from tm.formats.xliff_names import ELEMENT, MARK, OWN, local
from tm.model import Code, Segment

__all__ = [
    "SUBTYPES",
    "Fields",
    "content_of",
    "fields_1",
    "fields_2",
    "misplaced",
    "own_id",
    "text_of",
    "woven",
]

_HEX = re.compile(r"[0-9A-Fa-f]{1,6}")
_OWN_ID = re.compile(rf"{OWN}\d+")
_POSITIONS = {"open": "begin", "close": "end"}
_NATIVE_1 = {
    **{name: name for name in ("ph", "bpt", "ept", "it")},
    **{"x": "ph", "bx": "bpt", "ex": "ept", "ut": "ph"},
}
_EMPTY_1 = frozenset({"x", "bx", "ex"})
_NATIVE_2 = {"ph": "ph", "sc": "bpt", "ec": "ept", "sm": "ph", "em": "ph"}
_DELETED = "x-sdl-deleted"
"""The mark of Trados over what a tracked change has taken out."""
SUBTYPES = {
    "bold": ("fmt", "xlf:b"),
    "italic": ("fmt", "xlf:i"),
    "underlined": ("fmt", "xlf:u"),
    "lb": ("fmt", "xlf:lb"),
    "pb": ("fmt", "xlf:pb"),
}
"""XLIFF 2's type and subType of what a code's type names."""
_SUBTYPES_BACK = {pair: name for name, pair in SUBTYPES.items()}

Fields = dict[str, Any]
"""The kind, i, x, type and attributes of a code."""


def content_of(
    element: Any,  # noqa: ANN401 - lxml
    lang: str,
    native: Mapping[str, str] | None = None,
) -> Segment:
    """The segment that a source, target or mrk element holds.

    `native` is the original code of XLIFF 2 by its id; None = the element is of XLIFF 1.
    """
    reader = _Reader1() if native is None else _Reader2(native)
    codes = reader.flow(element)
    return Segment(lang=lang, text="".join(reader.parts), codes=tuple(codes))


def text_of(element: Any) -> str:  # noqa: ANN401 - lxml
    """The text of an element without marks, with the characters that its cp elements stand for."""
    parts = [element.text or ""]
    for child in element:
        parts += [_character(child) if local(child) == "cp" else "", child.tail or ""]
    return "".join(parts)


def own_id(number: int) -> str:
    """The id of a code that has none."""
    return f"{OWN}{number}"


def fields_1(name: str, said: Mapping[str, str]) -> Fields:
    """The fields of the code that an element of XLIFF 1.2 with these attributes is."""
    kind = "hi" if name == "mrk" else "bpt" if name == "g" else _NATIVE_1[name]
    number = "" if _OWN_ID.fullmatch(said.get("id", "")) else said.get("id", "")
    own = [(ELEMENT, name)] if name in (*_EMPTY_1, "g") else []
    if kind == "it":
        own.append(("pos", _POSITIONS.get(said.get("pos", ""), "begin")))
    i = (said.get("rid") or said.get("id", "")) if kind in ("bpt", "ept") else ""
    x = number if number.isdecimal() and kind not in ("hi", "ept") else ""
    known = {
        **{"id": (number, (i if kind == "ept" else x) if number else ""), "rid": (said.get("rid", ""), i)},
        **dict.fromkeys(("pos", "ctype", "mtype"), ("", "")),
    }
    return {
        **{"kind": kind, "i": i, "x": x, "type": said.get("ctype") or said.get("mtype") or ""},
        "attributes": (*own, *_kept(said, known)),
    }


def fields_2(name: str, said: Mapping[str, str]) -> Fields:
    """The fields of the code that an element of XLIFF 2 with these attributes is; of a pc, of its start."""
    kind = "hi" if name == "mrk" else "bpt" if name == "pc" else _NATIVE_2[name]
    own = [(ELEMENT, name)] if name in ("sm", "em") else []
    isolated = said.get("isolated") == "yes" and kind in ("bpt", "ept")
    number = "" if _OWN_ID.fullmatch(said.get("id", "")) else said.get("id", "")
    i = (said.get("startRef") or said.get("id", "")) if kind in ("bpt", "ept") and not isolated else ""
    if isolated:
        own.append(("pos", "begin" if kind == "bpt" else "end"))
        kind = "it"
    x = number if number.isdecimal() and kind not in ("hi", "ept") else ""
    pair = (said.get("type", ""), said.get("subType", ""))
    kind_known = pair in _SUBTYPES_BACK
    known = {
        **{"id": (number, (x or i) if number else ""), "type": (pair[0], pair[0])},
        "subType": (pair[1], pair[1] if kind_known else ""),
        **({"startRef": (i, i)} if kind == "ept" else {}),
        **({"isolated": ("yes", "yes")} if isolated else {}),
    }
    return {
        **{"kind": kind, "i": i, "x": x, "type": _SUBTYPES_BACK.get(pair, pair[0])},
        "attributes": (*own, *_kept(said, known)),
    }


def _kept(said: Mapping[str, str], known: Mapping[str, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The attributes that have no place in a code: those whose value is not the one that it is known for."""
    return tuple(
        (f"{MARK}{name}", value)
        for name, value in said.items()
        if name not in known or known[name][0] != known[name][1]
    )


def _character(element: Any) -> str:  # noqa: ANN401 - lxml
    """The character that a cp element stands for."""
    digits = element.get("hex", "")
    code = int(digits, 16) if _HEX.fullmatch(digits) else -1
    if not 0 <= code <= sys.maxunicode or 0xD800 <= code <= 0xDFFF:
        raise FormatError(
            _("cp has no number of a character: {hex}").format(hex=digits[:20]),
            line=element.sourceline,
            hint=_('It must be four to six hexadecimal digits, as in <cp hex="001B"/>.'),
        )
    return chr(code)


class _Reader:
    """Collects the text of an element and makes its codes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def flow(self, element: Any) -> list[Code]:  # noqa: ANN401 - lxml
        """The codes of an element's content, whose text is added to what was read."""
        codes: list[Code] = []
        self.add(element.text)
        for child in element:
            codes += self._codes(child, local(child))
            self.add(child.tail)
        return codes

    def add(self, text: str | None) -> None:
        """Add text."""
        if text:
            self.parts.append(text)
            self.length += len(text)

    def _codes(self, child: Any, name: str) -> list[Code]:  # noqa: ANN401 - lxml
        if name == "cp":
            self.add(_character(child))
        elif name:
            whole = etree.tostring(child, encoding="unicode", with_tail=False)
            return [Code(offset=self.length, kind="ph", text=whole)]
        return []


class _Reader1(_Reader):
    """Reads a flow of XLIFF 1.2."""

    def _codes(self, child: Any, name: str) -> list[Code]:  # noqa: ANN401 - lxml
        if name == "mrk" and child.get("mtype") == _DELETED:
            return []
        if name == "mrk":
            start = self.length
            inner = tuple(self.flow(child))
            fields = fields_1(name, child.attrib)
            return [Code(offset=start, length=self.length - start, children=inner, **fields)]
        if name == "g":
            start_code = Code(offset=self.length, **fields_1(name, child.attrib))
            inner = tuple(self.flow(child))
            end = Code(offset=self.length, kind="ept", i=start_code.i, attributes=((ELEMENT, "g"),))
            return [start_code, *inner, end]
        if name in _NATIVE_1:
            return [self._native_code(child, name)]
        return super()._codes(child, name)

    def _native_code(self, child: Any, name: str) -> Code:  # noqa: ANN401 - lxml
        inner = _Reader()
        inner.add(child.text)
        subs = []
        for sub in child:
            if local(sub) == "sub":
                subs.append(_sub_flow(sub, inner.length))
            inner.add(sub.tail)
        fields = fields_1(name, child.attrib)
        return Code(offset=self.length, text="".join(inner.parts), children=tuple(subs), **fields)


def _sub_flow(sub: Any, offset: int) -> Code:  # noqa: ANN401 - lxml
    whole = _Reader1()
    codes = tuple(whole.flow(sub))
    kept = _kept(sub.attrib, {"ctype": ("", "")})
    text = "".join(whole.parts)
    return Code(
        offset=offset, kind="sub", type=sub.get("ctype", ""), text=text, children=codes, attributes=kept
    )


class _Reader2(_Reader):
    """Reads a flow of XLIFF 2."""

    def __init__(self, native: Mapping[str, str]) -> None:
        super().__init__()
        self._native = native

    def _codes(self, child: Any, name: str) -> list[Code]:  # noqa: ANN401 - lxml
        if name == "mrk":
            start = self.length
            inner = tuple(self.flow(child))
            fields = fields_2(name, child.attrib)
            return [Code(offset=start, length=self.length - start, children=inner, **fields)]
        if name == "pc":
            return self._pair(child)
        if name in _NATIVE_2:
            fields = fields_2(name, self._unresolved(child.attrib, "dataRef"))
            return [Code(offset=self.length, text=self._original(child, "dataRef"), **fields)]
        return super()._codes(child, name)

    def _pair(self, child: Any) -> list[Code]:  # noqa: ANN401 - lxml
        said = self._unresolved(child.attrib, "dataRefStart", "dataRefEnd")
        fields = fields_2("pc", end_of(said, "Start"))
        start = Code(offset=self.length, text=self._original(child, "dataRefStart"), **fields)
        inner = self.flow(child)
        ends = tuple((f"{MARK}{name}", value) for name, value in end_of(said, "End").items())
        text = self._original(child, "dataRefEnd")
        return [
            *(start, *inner),
            Code(offset=self.length, kind="ept", i=start.i, text=text, attributes=ends),
        ]

    def _original(self, child: Any, reference: str) -> str:  # noqa: ANN401 - lxml
        return self._native.get(child.get(reference, ""), "")

    def _unresolved(self, said: Mapping[str, str], *references: str) -> dict[str, str]:
        """The attributes without the references to native code that there is."""
        return {
            name: value for name, value in said.items() if name not in references or value not in self._native
        }


def end_of(said: Mapping[str, str], end: str) -> dict[str, str]:
    """The attributes of a pc that belong to its start, by the names that they have there, or to its end."""
    if end == "Start":
        return {name.removesuffix("Start"): value for name, value in said.items() if not name.endswith("End")}
    return {name.removesuffix("End"): value for name, value in said.items() if name.endswith("End")}


def woven(
    text: str,
    shaped: Iterable[tuple[Code, str]],
    element: Callable[[Code, str], str],
    escaped: Callable[[str], str],
    start: int,
) -> str:
    """The text from start on with its codes in their places, each written by its shape."""
    parts: list[str] = []
    at = start
    for code, shape in shaped:
        stop = code.offset + code.length
        if not at <= code.offset <= stop <= len(text):
            raise misplaced(code)
        parts += (escaped(text[at : code.offset]), element(code, shape))
        at = stop
    return "".join([*parts, escaped(text[at:])])


def misplaced(code: Code) -> FormatError:
    """The error about a code that stands where it cannot."""
    return FormatError(
        _("the inline code {kind} at {offset} cannot stand there").format(kind=code.kind, offset=code.offset),
        hint=_("After an edit of the text its codes must be moved or taken out too."),
    )
