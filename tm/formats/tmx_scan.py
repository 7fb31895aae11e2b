"""Reads what stands in a header, tu or tuv: notes, props, and the places of everything else.

The layout is kept only where the children do not stand in the order in which they would be written: notes,
the props of fields, other props, then tuv or seg.
"""

from __future__ import annotations

from typing import Any

from tm.formats.tmx_extra import Layout, Slot
from tm.formats.tmx_fields import FIELD_OF_TYPE, RANKS, TYPES, meaning
from tm.formats.tmx_names import attributes, raw_xml
from tm.model import Note, Prop, Status

__all__ = ["Scan", "stray"]

_PROP_RANK = len(RANKS) + 1
_PART_RANK = _PROP_RANK + 1
_LANG_AND_ENCODING = {"xml:lang": "lang", "o-encoding": "encoding"}


def stray(text: str | None) -> bool:
    """True for text where TMX has only white space."""
    return bool(text) and not text.isspace()  # type: ignore[union-attr] # None is not truthy


class Scan:
    """The children of one element.

    `parts` are its tuv or seg elements; `values` maps the fields found in props to what they say.
    """

    __slots__ = (
        "_fields",
        "_namespace",
        "_plain",
        "_rank",
        "_slots",
        "_spaced",
        "notes",
        "parts",
        "props",
        "values",
    )

    def __init__(self, namespace: str, fields: frozenset[str], *, spaced: bool) -> None:
        self.notes: list[Note] = []
        self.props: list[Prop] = []
        self.parts: list[Any] = []
        self.values: dict[str, str] = {}
        self._fields = fields
        self._namespace = namespace
        self._spaced = spaced
        self._slots: list[tuple[Any, ...]] = []
        self._plain = True
        self._rank = 0

    def run(self, element: Any, part: str) -> None:  # noqa: ANN401 - an lxml element
        """Takes in the children; `part` is the name of those that are collected: tuv, seg, or - for none."""
        namespace = self._namespace
        if stray(element.text):
            self._raw(_escaped(element.text))
        for child in element:
            tag = child.tag
            name = tag.removeprefix(namespace) if isinstance(tag, str) else ""
            if name == part:
                self._part(child, part)
            elif name == "prop":
                self._prop(child)
            elif name == "note":
                self._note(child)
            else:
                self._raw(raw_xml(child))
            if stray(child.tail):
                self._raw(_escaped(child.tail))

    def layout(self) -> Layout:
        """The order of the children; empty when it is the usual one."""
        return () if self._plain else tuple(Slot(*slot) for slot in self._slots)

    def mark(self) -> None:
        """The layout is kept whatever the order is."""
        self._plain = False

    def _place(self, rank: int, *slot: object) -> None:
        if rank < self._rank:
            self._plain = False
        self._rank = rank
        self._slots.append(slot)

    def _raw(self, xml: str) -> None:
        self._plain = False
        self._slots.append(("raw", xml))

    def _part(self, child: Any, part: str) -> None:  # noqa: ANN401 - an lxml element
        self._place(_PART_RANK, part, len(self.parts))
        self.parts.append(child)

    def _note(self, child: Any) -> None:  # noqa: ANN401 - an lxml element
        if len(child):
            self._raw(raw_xml(child))
            return
        if child.keys() or self._spaced:
            known, others = self._known(child)
            note = Note(text=child.text or "", lang=known.get("lang", ""), encoding=known.get("encoding", ""))
            self._plain = self._plain and not others
        else:
            others = ()
            note = Note(text=child.text or "")
        self._place(0, "note", note, "", others)
        self.notes.append(note)

    def _prop(self, child: Any) -> None:  # noqa: ANN401 - an lxml element
        items = child.items()
        if len(child):
            self._nested(child)
        elif len(items) == 1 and items[0][0] == "type" and not self._spaced:
            self._plain_prop(Prop(type=items[0][1], text=child.text or ""))
        else:
            known, others = self._known(child)
            kind = dict(others).get("type", "")
            others = tuple(pair for pair in others if pair[0] != "type")
            prop = Prop(type=kind, text=child.text or "", **known)
            self._plain = self._plain and not others
            self._plain_prop(prop, others)

    def _plain_prop(self, prop: Prop, others: tuple[tuple[str, str], ...] = ()) -> None:
        field = FIELD_OF_TYPE.get(prop.type, "")
        if field and field in self._fields and field not in self.values:
            value = meaning(field, prop.text)
            if value:
                self.values[field] = value
                self._place(RANKS[field], "field", prop, field, others)
                said = field == "status" and value == Status.TRANSLATED  # which is never written
                if said or prop != Prop(type=TYPES[field][0], text=value):
                    self._plain = False
                return
        self._place(_PROP_RANK, "prop", prop, "", others)
        self.props.append(prop)

    def _nested(self, child: Any) -> None:  # noqa: ANN401 - an lxml element
        """A prop with elements in it, as MateCat writes the neighbours: kept raw, understood as text."""
        field = FIELD_OF_TYPE.get(child.get("type", ""), "")
        value = meaning(field, "".join(child.itertext())) if field else ""
        self._plain = False
        if value and field in self._fields and field not in self.values:
            self.values[field] = value
            self._slots.append(("raw", raw_xml(child), field, (("", value),)))
        else:
            self._slots.append(("raw", raw_xml(child)))

    def _known(self, child: Any) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:  # noqa: ANN401 - lxml's
        pairs = attributes(child, spaced=self._spaced)
        known = {_LANG_AND_ENCODING[n]: v for n, v in pairs if n in _LANG_AND_ENCODING and v}
        others = tuple((n, v) for n, v in pairs if _LANG_AND_ENCODING.get(n) not in known)
        return known, others


def _escaped(text: str) -> str:
    return text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
