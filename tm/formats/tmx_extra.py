"""What TMX carries and no field of the model stands for; it lives in `extra`, which only this format reads.

`extra` is None wherever the model says everything. A `layout` is there only when an element's children do
not stand in the order in which they would be written anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tm.formats.tmx_tail import Tail
from tm.model import Note, Prop, Segment

__all__ = ["HERE", "Attributes", "HeaderExtra", "Layout", "RawSeg", "Slot", "TuvExtra", "UnitExtra"]

Attributes = tuple[tuple[str, str], ...]
"""Names (with their prefix, as written) and values; xmlns declarations are among them."""

HERE = "uuuu"
"""Creation date and creator, change date and changer all stand on the tu."""


class Slot(NamedTuple):
    """The place of one child: a note, a prop, a field's prop, tuv number `value`, the seg, or raw XML.

    `field` names the field of the model that a prop stands for. `attributes` are further ones of the child.
    """

    kind: str
    value: Note | Prop | RawSeg | int | str
    field: str = ""
    attributes: Attributes = ()


Layout = tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSeg:
    """A seg with comments or instructions in it: written as it was read while its segment is the same."""

    xml: str
    segment: Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class TuvExtra:
    """A tuv beyond its segment; notes and props of a `Variant` stand in the variant itself."""

    attributes: Attributes = ()
    lang_name: str = "xml:lang"
    notes: tuple[Note, ...] = ()
    props: tuple[Prop, ...] = ()
    layout: Layout = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitExtra:
    """A tu beyond the model.

    `made_id` is the id that the reader gave to a tu without tuid. `homes` says for each of creationdate,
    creationid, changedate and changeid where it was read: u the tu, s the source's tuv, t the target's.
    `before` are comments in front of the tu, and tus of other languages; `namespaces` those that hold where
    it stood.
    """

    attributes: Attributes = ()
    made_id: str = ""
    homes: str = HERE
    source: TuvExtra = TuvExtra()
    target: TuvExtra = TuvExtra()
    layout: Layout = ()
    before: tuple[str, ...] = ()
    namespaces: Attributes = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderExtra:
    """A header beyond the model, what its root element says, and what stands around both.

    Comments and instructions are those in front of the root element (`preamble`), of the header (`before`)
    and of the body (`between`). `tail` is known when the units have been read to their end.
    """

    version: str = "1.4"
    attributes: Attributes = ()
    root_attributes: Attributes = ()
    layout: Layout = ()
    preamble: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    tail: Tail | None = None
