"""Inline elements of XLIFF 1.2 and 2.x as codes, and codes as inline elements of XLIFF 1.2.

| XLIFF             | code                                                         |
|-------------------|--------------------------------------------------------------|
| ph bpt ept it sub | the same kind                                                |
| x · bx · ex       | ph · bpt · ept without native text                           |
| g, pc             | a pair of bpt and ept around the text                        |
| mrk               | hi over the text                                             |
| sc · ec · sm · em | bpt · ept · ph · ph                                          |
| cp                | its character                                                |

What only XLIFF says stands in `attributes` under names that begin with `xliff-`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from gettext import gettext as _
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from tm.errors import FormatError
from tm.model import Code, Segment

__all__ = ["attributes_xml", "content_of", "content_xml", "local", "text_xml"]

_MARK = "xliff-"
_ELEMENT = f"{_MARK}element"
_POSITIONS = {"open": "begin", "close": "end"}
_KINDS = {
    **{name: name for name in ("ph", "bpt", "ept", "it")},
    **{"x": "ph", "bx": "bpt", "ex": "ept", "sc": "bpt", "ec": "ept", "sm": "ph", "em": "ph", "ut": "ph"},
}
_WITHOUT_TEXT = {"x": "x", "bx": "bx", "ex": "ex", "sc": "bx", "ec": "ex", "sm": "x", "em": "x"}
_PAIRED = ("g", "pc")
_CTYPE_NAMES = "image pb lb bold italic underlined link checkbox combobox cursor date dialog group time table"
_CTYPES = frozenset(_CTYPE_NAMES.split())
_MTYPE_NAMES = (
    "abbrev abbreviated-form abbreviation acronym appellation collocation common-name datetime equation "
    "expanded-form formula head-term initialism international-scientific-term internationalism "
    "logical-expression materials-management-unit name near-synonym part-number phrase phraseological-unit "
    "protected romanized-form seg set-phrase short-form sku standard-text symbol synonym "
    "synonymous-phrase term transcribed-form transliterated-form truncated-term variant"
)
_MTYPES = frozenset(_MTYPE_NAMES.split())
_ALLOWED = frozenset(("id", "rid", "crc", "assoc", "xid", "equiv-text", "clone", "ts", "mid", "comment"))
"""The attributes of inline elements that XLIFF 1.2 knows, besides those made of a code's fields."""
_HEX = re.compile(r"[0-9A-Fa-f]{1,6}")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def local(element: Any) -> str:  # noqa: ANN401 - an lxml element or comment
    """The name of an element without its namespace; "" for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def content_of(element: Any, lang: str, native: dict[str, str] | None = None) -> Segment:  # noqa: ANN401 - lxml
    """The segment that a source, target or mrk element holds.

    `native` is XLIFF 2's original code by its id.
    """
    reader = _Reader(native or {})
    codes = reader.flow(element)
    return Segment(lang=lang, text="".join(reader.parts), codes=tuple(codes))


def text_xml(text: str) -> str:
    """The text as the content of an element; a character that XML cannot hold is a FormatError."""
    found = _ILLEGAL.search(text)
    if found:
        raise FormatError(
            _("the character U+{code:04X} cannot stand in XML").format(code=ord(found[0])),
            hint=_("Remove it from the text: {text}").format(text=ascii(text[:60])),
        )
    return escape(text, {"\r": "&#13;"})


def attributes_xml(pairs: Sequence[tuple[str, str]]) -> str:
    """The attributes, each with a blank in front; those without a value are left out."""
    for _name, value in pairs:
        text_xml(value)
    return "".join(f" {name}={quoteattr(value)}" for name, value in pairs if value)


def content_xml(segment: Segment) -> str:
    """The segment as the content of an XLIFF 1.2 source or target."""
    return _Writer().flow(segment.text, segment.codes, 0, len(segment.text))


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

    def __init__(self, native: dict[str, str]) -> None:
        self.parts: list[str] = []
        self._length = 0
        self._native = native

    def flow(self, element: Any) -> list[Code]:  # noqa: ANN401 - lxml
        """The codes of an element's content, whose text is added to what was read."""
        codes: list[Code] = []
        self._add(element.text)
        for child in element:
            codes += self._codes(child)
            self._add(child.tail)
        return codes

    def _add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self._length += len(text)

    def _codes(self, child: Any) -> list[Code]:  # noqa: ANN401 - lxml
        name = local(child)
        if name in _PAIRED:
            return self._pair(child)
        if name == "mrk":  # also XLIFF 2's
            start = self._length
            inner = tuple(self.flow(child))
            return [self._code(child, "hi", start, length=self._length - start, children=inner)]
        if name == "cp":
            self._add(_character(child))
            return []
        if name in _KINDS:
            return [self._native_code(child, name)]
        if name:
            whole = etree.tostring(child, encoding="unicode", with_tail=False)
            return [Code(offset=self._length, kind="ph", text=whole)]
        return []

    def _pair(self, child: Any) -> list[Code]:  # noqa: ANN401 - lxml
        start = self._code(child, "bpt", self._length, element="g")
        inner = self.flow(child)
        end = Code(offset=self._length, kind="ept", i=start.i, attributes=((_ELEMENT, "g"),))
        return [start, *inner, end]

    def _native_code(self, child: Any, name: str) -> Code:  # noqa: ANN401 - lxml
        inner = _Reader(self._native)
        inner._add(child.text)
        subs = []
        for sub in child:
            if local(sub) == "sub":
                subs.append(_sub_flow(sub, inner._length, self._native))
            inner._add(sub.tail)
        text = "".join(inner.parts) or self._native.get(child.get("dataRef", ""), "")
        return self._code(
            child,
            _KINDS[name],
            self._length,
            text=text,
            children=tuple(subs),
            element=_WITHOUT_TEXT.get(name, ""),
        )

    def _code(self, child: Any, kind: str, offset: int, *, element: str = "", **fields: Any) -> Code:  # noqa: ANN401 - lxml
        name = child.get("id") or ""
        own = [(_ELEMENT, element)] if element else []
        if kind == "it":
            own.append(("pos", _POSITIONS.get(child.get("pos", ""), "begin")))
        i = (child.get("rid") or child.get("startRef") or name) if kind in ("bpt", "ept") else ""
        x = name if name.isdecimal() and kind not in ("hi", "ept") else ""
        said = {"id": i if kind == "ept" else x, "rid": i}
        kept = (pair for pair in _kept(child) if said.get(pair[0].removeprefix(_MARK)) != pair[1])
        return Code(
            offset=offset,
            kind=kind,
            i=i,
            x=x,
            type=child.get("ctype") or child.get("mtype") or child.get("type") or "",
            attributes=(*own, *kept),
            **fields,
        )


def _sub_flow(sub: Any, offset: int, native: dict[str, str]) -> Code:  # noqa: ANN401 - lxml
    whole = _Reader(native)
    codes = tuple(whole.flow(sub))
    return Code(offset=offset, kind="sub", text="".join(whole.parts), children=codes, attributes=_kept(sub))


def _kept(element: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - lxml
    """The attributes that XLIFF 1.2 knows here and that have no place of their own in a code."""
    return tuple((f"{_MARK}{name}", value) for name, value in element.attrib.items() if name in _ALLOWED)


class _Writer:
    """Writes codes as elements, and gives an id to those that have none."""

    def __init__(self) -> None:
        self._count = 0

    def flow(self, whole: str, codes: Sequence[Code], start: int, end: int) -> str:
        """The text from start to end with the codes that stand in it."""
        parts = []
        at = start
        shapes = _shapes(codes)
        for code, shape in zip(codes, shapes, strict=True):
            stop = code.offset + code.length
            if not at <= code.offset <= stop <= end:
                raise FormatError(
                    _("the inline code {kind} at {offset} cannot stand there").format(
                        kind=code.kind, offset=code.offset
                    ),
                    hint=_("After an edit of the text its codes must be moved or taken out too."),
                )
            parts.append(text_xml(whole[at : code.offset]))
            parts.append(self._element(whole, code, shape))
            at = stop
        parts.append(text_xml(whole[at:end]))
        return "".join(parts)

    def _element(self, whole: str, code: Code, shape: str) -> str:
        if shape == "</g>":
            return shape
        pairs = attributes_xml(tuple(self._attributes(code, shape)))
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
            parts.append(text_xml(code.text[at : child.offset]))
            at = child.offset
            pairs = attributes_xml(tuple(_plain(child)))
            parts.append(f"<sub{pairs}>{self.flow(child.text, child.children, 0, len(child.text))}</sub>")
        parts.append(text_xml(code.text[at:]))
        return "".join(parts)

    def _attributes(self, code: Code, shape: str) -> Iterator[tuple[str, str]]:
        kept = dict(_plain(code))
        if shape == "mrk":
            yield "mtype", _listed(code.type or "x-hi", _MTYPES)
            yield from kept.items()
            return
        self._count += 1
        yield "id", kept.pop("id", "") or code.x or code.i or str(self._count)
        if shape in ("bpt", "ept", "bx", "ex"):
            yield "rid", kept.pop("rid", "") or code.i
        if shape == "it":
            yield "pos", "close" if dict(code.attributes).get("pos") == "end" else "open"
        yield "ctype", _listed(code.type, _CTYPES)
        yield from kept.items()


def _shapes(codes: Sequence[Code]) -> list[str]:
    """The element of every code; a pair that was a g is one again where it nests."""
    shapes = []
    opened: list[int] = []
    for place, code in enumerate(codes):
        element = dict(code.attributes).get(_ELEMENT, "")
        shapes.append(
            {"bpt": "bx", "ept": "ex"}.get(code.kind, "ph") if element == "g" else element or _shape(code)
        )
        if element != "g":
            continue
        if code.kind == "bpt":
            opened.append(place)
        elif opened and codes[opened[-1]].i == code.i:
            shapes[opened.pop()], shapes[place] = "g", "</g>"
        else:
            opened.clear()
    return shapes


def _shape(code: Code) -> str:
    return {"hi": "mrk", "ut": "ph"}.get(code.kind, code.kind)


def _plain(code: Code) -> Iterator[tuple[str, str]]:
    for name, value in code.attributes:
        if name.removeprefix(_MARK) in _ALLOWED and name.startswith(_MARK):
            yield name.removeprefix(_MARK), value


def _listed(name: str, known: frozenset[str]) -> str:
    """The name as the schema allows it: one of its list, or with x- in front."""
    return name if not name or name in known or name.startswith("x-") else f"x-{name}"
