"""Inline codes as the document type of TMX allows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from gettext import gettext as _

from tm.formats.tmx_strict_children import Tell
from tm.formats.tmx_write_seg import native_xml
from tm.model import Code, Segment

__all__ = ["valid_segment"]

_ALLOWED = {
    "bpt": frozenset({"i", "x", "type"}),
    "ept": frozenset({"i"}),
    "it": frozenset({"pos", "x", "type"}),
    "ph": frozenset({"x", "assoc", "type"}),
    "hi": frozenset({"x", "type"}),
    "sub": frozenset({"datatype", "type"}),
    "ut": frozenset({"x"}),
}
_POSITIONS = frozenset({"begin", "end"})
_NATIVE = frozenset({"bpt", "ept", "it", "ph", "ut"})
_SILENT = "xliff-"  # what the writer leaves out anyway


def valid_segment(segment: Segment, tell: Tell) -> Segment:
    """The segment with elements and attributes that TMX has; its text is the same."""
    if not segment.codes:
        return segment
    codes = _Flow(segment.codes, tell).valid(segment.codes)
    return segment if codes == segment.codes else replace(segment, codes=codes)


class _Flow:
    """The codes of one segment; the numbers of its pairs are given where the file gives none."""

    def __init__(self, codes: tuple[Code, ...], tell: Tell) -> None:
        self._tell = tell
        self._used = {code.i for code in _every(codes) if code.i}
        self._open: list[str] = []

    def valid(self, codes: tuple[Code, ...]) -> tuple[Code, ...]:
        """Codes that stand in a seg, hi or sub."""
        return tuple([self._code(code) for code in codes])

    def _code(self, code: Code) -> Code:
        named = dict(code.attributes)
        name = named.get("", "")
        if name:
            self._tell(_("TMX has no inline element {name}; it becomes hi or ph").format(name=name))
            empty = code.kind == "hi" and not code.length and not code.children
            code = replace(code, kind="ph" if empty else code.kind, type=code.type or f"x-{name}")
        if code.kind in {"bpt", "ept"} and not code.i:
            code = replace(code, i=self._number(code.kind))
            self._tell(_("an inline code {name} without a number gets one").format(name=code.kind))
        if code.kind == "it":
            code = self._placed(code)
        if code.kind in _NATIVE:
            return self._clean(self._native(code))
        return self._clean(replace(code, children=self.valid(code.children)))

    def _native(self, code: Code) -> Code:
        """Native code whose only elements are sub; others in it are its text."""
        if all("" not in dict(child.attributes) for child in code.children):
            return replace(code, children=tuple([self._sub(child) for child in code.children]))
        self._tell(_("elements inside an inline code are written as its text"))
        parts: list[str] = []
        children: list[Code] = []
        at = 0
        for child in code.children:
            parts.append(code.text[at : child.offset])
            at = child.offset
            if "" in dict(child.attributes):
                parts.append(native_xml(child))
            else:
                children.append(replace(self._sub(child), offset=sum(map(len, parts))))
        parts.append(code.text[at:])
        return replace(code, text="".join(parts), children=tuple(children))

    def _sub(self, code: Code) -> Code:
        return self._clean(replace(code, children=self.valid(code.children)))

    def _placed(self, code: Code) -> Code:
        """An isolated code that says whether it begins or ends something; else a placeholder."""
        named = dict(code.attributes)
        said = named.get("pos", "").lower()
        if said == named.get("pos") and said in _POSITIONS:
            return code
        self._tell(_("an inline code it without begin or end becomes ph"))
        kept = tuple(pair for pair in code.attributes if pair[0] != "pos")
        if said in _POSITIONS:
            return replace(code, attributes=(("pos", said), *kept))
        return replace(code, kind="ph", attributes=kept)

    def _clean(self, code: Code) -> Code:
        """The code with the attributes that its element has."""
        names = _ALLOWED[code.kind]
        kept = tuple(pair for pair in code.attributes if pair[0] in names or pair[0].startswith(_SILENT))
        fields = {name: getattr(code, name) for name in ("i", "x", "type")}
        gone = [name for name, value in fields.items() if value and name not in names]
        gone += [name for name, _value in code.attributes if name and (name, _value) not in kept]
        for name in gone:
            self._tell(_("TMX has no attribute {name} in {element}").format(name=name, element=code.kind))
        fields = {name: value if name in names else "" for name, value in fields.items()}
        return replace(code, attributes=kept, **fields)

    def _number(self, kind: str) -> str:
        """A number for a code without one: a new one for a start, that of the last open start for an end."""
        if kind == "ept" and self._open:
            return self._open.pop()
        number = next(str(n) for n in range(1, len(self._used) + 2) if str(n) not in self._used)
        self._used.add(number)
        if kind == "bpt":
            self._open.append(number)
        return number


def _every(codes: tuple[Code, ...]) -> Iterator[Code]:
    for code in codes:
        yield code
        yield from _every(code.children)
