"""Writes what stands in a header, tu or tuv, in the usual order or in the one that was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from tm.formats.tmx_escape import attribute, text, value
from tm.formats.tmx_extra import Attributes, Layout, Slot
from tm.formats.tmx_fields import TYPES, with_value
from tm.model import Note, Prop

__all__ = ["Content", "note_line", "prop_line"]

_T = TypeVar("_T", Note, Prop)


def note_line(note: Note, indent: str, others: Attributes = ()) -> str:
    """A note on a line of its own."""
    if not note.lang and not note.encoding and not others:
        return f"{indent}<note>{text(note.text)}</note>\n"
    named = _named((("xml:lang", note.lang), ("o-encoding", note.encoding)), others)
    return f"{indent}<note{named}>{text(note.text)}</note>\n"


def prop_line(prop: Prop, indent: str, others: Attributes = ()) -> str:
    """A prop on a line of its own."""
    if prop.type and not prop.lang and not prop.encoding and not others:
        return f"{indent}<prop type={value(prop.type)}>{text(prop.text)}</prop>\n"
    fields = (("type", prop.type), ("xml:lang", prop.lang), ("o-encoding", prop.encoding))
    return f"{indent}<prop{_named(fields, others)}>{text(prop.text)}</prop>\n"


def _named(fields: Iterable[tuple[str, str]], others: Attributes) -> str:
    return "".join(
        attribute(name, said) for name, said in (*fields, *others) if said or (name, said) in others
    )


class Content:
    """The children of one element: notes, props, the values of fields, and `parts` written already."""

    def __init__(
        self, notes: Sequence[Note], props: Sequence[Prop], values: Mapping[str, str], parts: Sequence[str]
    ) -> None:
        self._notes = notes
        self._props = props
        self._values = values
        self._parts = parts

    def usual(self, indent: str, done: frozenset[str] = frozenset()) -> str:
        """Notes, the props of all fields that are not `done` elsewhere, further props, parts."""
        lines = [note_line(note, indent) for note in self._notes]
        lines += self._fields(indent, done)
        lines += [prop_line(prop, indent) for prop in self._props]
        return "".join([*lines, *self._parts])

    def placed(self, layout: Layout, indent: str, done: frozenset[str] = frozenset()) -> str:
        """Everything where it was read; what is new stands before the first part, or at the end."""
        notes, props = Counter(self._notes), Counter(self._props)
        before: list[str] = []
        after: list[str] = []
        open_parts = dict(enumerate(self._parts))
        for slot in layout:
            lines = after if after or slot.kind in {"tuv", "seg"} else before
            if slot.kind == "note" and isinstance(slot.value, Note) and _taken(notes, slot.value):
                lines.append(note_line(slot.value, indent, slot.attributes))
            elif slot.kind == "prop" and isinstance(slot.value, Prop) and _taken(props, slot.value):
                lines.append(prop_line(slot.value, indent, slot.attributes))
            elif slot.kind in {"tuv", "seg"}:
                lines.append(open_parts.pop(slot.value if isinstance(slot.value, int) else 0, ""))
            elif slot.kind in {"field", "raw"}:
                lines.append(self._special(slot, indent))
        new = [note_line(note, indent) for note in notes.elements()]
        new += self._fields(indent, done)
        new += [prop_line(prop, indent) for prop in props.elements()]
        return "".join([*before, *new, *after, *open_parts.values()])

    def _special(self, slot: Slot, indent: str) -> str:
        value = self._values.get(slot.field, "")
        if slot.kind == "raw":
            said = dict(slot.attributes).get("", "")
            if not slot.field or said == value:
                return f"{indent}{slot.value}\n"
            return prop_line(Prop(type=TYPES[slot.field][0], text=value), indent) if value else ""
        prop = with_value(slot.value, slot.field, value) if isinstance(slot.value, Prop) else None
        return prop_line(prop, indent, slot.attributes) if prop else ""

    def _fields(self, indent: str, done: frozenset[str]) -> list[str]:
        return [
            prop_line(Prop(type=TYPES[field][0], text=value), indent)
            for field, value in self._values.items()
            if value and field not in done
        ]


def _taken(left: Counter[_T], value: _T) -> bool:
    """True when one of this value is left, which then is one less."""
    if left[value] <= 0:
        return False
    left[value] -= 1
    return True
