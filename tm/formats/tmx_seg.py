"""Reads a seg: its text, and its inline codes as a tree.

Text inside bpt, ept, it, ph and ut is native code and not the segment's; sub inside it is translatable.
An element that TMX does not know is kept as a `hi` (within native code as a `sub`) whose own name stands in
its attributes under the empty name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tm.formats.tmx_names import attributes, spelt
from tm.model import Code

__all__ = ["NATIVE", "SegReader", "has_remarks"]

NATIVE = frozenset({"bpt", "ept", "it", "ph", "ut"})
_FIELDS = frozenset({"i", "x", "type"})


@dataclass(frozen=True, slots=True)
class SegReader:
    """Reads segs of a file whose TMX elements have this namespace (`{uri}` or "").

    `spaced` says that elements may declare namespaces of their own.
    """

    namespace: str
    spaced: bool

    def flow(self, element: Any, start: int) -> tuple[str, tuple[Code, ...]]:  # noqa: ANN401 - an lxml element
        """The text of a seg, hi or sub, and its codes with offsets that count from `start`."""
        text = element.text or ""
        parts = [text]
        at = start + len(text)
        codes = []
        for child in element:
            if isinstance(child.tag, str):
                name = child.tag.removeprefix(self.namespace)
                if name in NATIVE:
                    codes.append(self._native(child, name, at))
                else:
                    content = self.flow(child, at)
                    codes.append(self._code(child, "hi", at, content))
                    parts.append(content[0])
                    at += len(content[0])
            if child.tail:
                parts.append(child.tail)
                at += len(child.tail)
        return "".join(parts), tuple(codes)

    def _native(self, element: Any, kind: str, offset: int) -> Code:  # noqa: ANN401 - an lxml element
        parts = [element.text or ""]
        at = len(parts[0])
        children = []
        for child in element:
            if isinstance(child.tag, str):
                children.append(self._code(child, "sub", at, self.flow(child, 0)))
            if child.tail:
                parts.append(child.tail)
                at += len(child.tail)
        return self._code(element, kind, offset, ("".join(parts), tuple(children)))

    def _code(
        self,
        element: Any,  # noqa: ANN401 - an lxml element
        kind: str,
        offset: int,
        content: tuple[str, tuple[Code, ...]],
    ) -> Code:
        pairs = attributes(element, spaced=self.spaced)
        known = {name: value for name, value in pairs if name in _FIELDS and value}
        others = [(name, value) for name, value in pairs if name not in known]
        if element.tag.removeprefix(self.namespace) != kind:
            others.insert(0, ("", spelt(element)))
        text, children = content
        return Code(
            offset=offset,
            kind=kind,
            text="" if kind == "hi" else text,
            length=len(text) if kind == "hi" else 0,
            children=children,
            attributes=tuple(others),
            **known,
        )


def has_remarks(seg: Any) -> bool:  # noqa: ANN401 - an lxml element
    """True when a seg holds a comment or a processing instruction, which no code stands for."""
    return any(not isinstance(child.tag, str) for child in seg.iter())
