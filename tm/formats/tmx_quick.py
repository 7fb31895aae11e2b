"""Reads the tu that most files are full of, fast; everything else is left to the careful reader.

That is: notes and props with nothing but a type, in the usual order, then two tuvs, source first,
with one seg each that has no inline codes. The units are the same as the careful reader's: tests hold one
against the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from tm.formats.tmx_extra import HERE, TuvExtra, UnitExtra
from tm.formats.tmx_fields import FIELD_OF_TYPE, RANKS, TYPES, UNIT_FIELDS, meaning, parse_date
from tm.formats.tmx_names import XML_LANG
from tm.formats.tmx_pair import Pairing
from tm.formats.tmx_unit import PLAIN_TUV, context_of, made_id, placed_origin
from tm.model import Context, Note, Origin, Prop, Segment, Status, Unit

__all__ = ["QuickReader"]

_Half = tuple[str, str, tuple[tuple[str, str], ...]]
_Bag = tuple[list[Note], list[Prop], dict[str, str], list[_Half]]
"""What has been taken from a tu: notes, props, the values of fields, the tuvs."""
_REMEMBERED = 4096
"""So many notes and props are kept to be used again."""
_PROP = len(RANKS) + 1
_PART = _PROP + 1
_IN_ORDER = (0, 1)
_USUAL = {TYPES[field][0]: (field, RANKS[field], field in {"release", "key"}) for field in UNIT_FIELDS}
"""By the type of a prop: its field, its rank, and whether its text is always the field's whole value."""
_UNUSUAL = ("", -1, False)
_NO_CONTEXT = Context()


def _open(kind: type) -> Any:  # noqa: ANN401 - a class made here
    """A class whose values have the fields of this frozen one and can be filled; then they become frozen.

    Setting a field of a frozen value, or making it with keywords, takes as long as all the reading.
    """
    names = tuple(field.name for field in fields(kind))
    return type(f"Open{kind.__name__}", (), {"__slots__": names})


_OpenUnit, _OpenSegment, _OpenOrigin = _open(Unit), _open(Segment), _open(Origin)


def _segment(lang: str, text: str) -> Segment:
    made = _OpenSegment()
    made.lang = lang
    made.text = text
    made.codes = ()
    made.__class__ = Segment
    return made  # type: ignore[no-any-return] # it is one now


def _says_all(field: str, text: str) -> bool:
    """True when a prop with this text is written for its field again."""
    return text != Status.TRANSLATED and meaning(field, text) == text


class QuickReader:
    """Reads plain tus of a file whose TMX elements have this namespace (`{uri}` or "")."""

    def __init__(self, namespace: str, pairing: Pairing) -> None:
        self._seg = f"{namespace}seg"
        self._take = {
            f"{namespace}note": self._take_note,
            f"{namespace}prop": self._take_prop,
            f"{namespace}tuv": self._take_tuv,
        }.get
        self._pairing = pairing
        self._in_order: dict[tuple[str, str, str | None], bool] = {}
        self._notes: dict[str, Note] = {}
        self._props: dict[tuple[str, str], Prop] = {}

    def read(self, tu: Any) -> Unit | None:  # noqa: ANN401 - an lxml element
        """The unit of a plain tu; None for a tu that the careful reader must read."""
        lead = tu.text
        if lead and not lead.isspace():
            return None
        bag: _Bag = [], [], {}, []
        rank = 0
        take = self._take
        for child in tu:
            tail = child.tail
            taker = take(child.tag)
            if taker is None or (tail and not tail.isspace()):
                return None
            rank = taker(child, rank, bag)
            if rank < 0:
                return None
        own = dict(tu.items())
        if len(bag[3]) != 2 or not self._ordered(bag[3], own.get("srclang")):
            return None
        return _unit(tu.sourceline, own, bag)

    def _take_note(self, child: Any, rank: int, bag: _Bag) -> int:  # noqa: ANN401 - an lxml element
        """The rank of the child among its siblings when it was taken; -1 when it is not a plain one."""
        if rank or len(child) or child.keys():
            return -1
        text = child.text or ""
        note = self._notes.get(text)
        if note is None:
            if len(self._notes) > _REMEMBERED:
                self._notes.clear()
            note = self._notes[text] = Note(text=text)
        bag[0].append(note)
        return 0

    def _take_prop(self, child: Any, rank: int, bag: _Bag) -> int:  # noqa: ANN401 - an lxml element
        attributes = child.items()
        if len(attributes) != 1 or attributes[0][0] != "type" or rank > _PROP or len(child):
            return -1
        kind, text = attributes[0][1], child.text or ""
        if kind in FIELD_OF_TYPE:
            field, place, plain = _USUAL.get(kind, _UNUSUAL)
            if not text or place <= rank or not (plain or _says_all(field, text)):
                return -1
            bag[2][field] = text
            return place
        found = self._props.get((kind, text))
        if found is None:
            if len(self._props) > _REMEMBERED:
                self._props.clear()
            found = self._props[kind, text] = Prop(type=kind, text=text)
        bag[1].append(found)
        return _PROP

    def _take_tuv(self, child: Any, _rank: int, bag: _Bag) -> int:  # noqa: ANN401 - an lxml element
        if len(child) != 1:
            return -1
        seg = child[0]
        lead, tail = child.text, seg.tail
        if seg.tag != self._seg or len(seg) or seg.keys():
            return -1
        if (lead and not lead.isspace()) or (tail and not tail.isspace()):
            return -1
        attributes = child.items()
        if len(attributes) == 1 and attributes[0][0] == XML_LANG:
            bag[3].append((attributes[0][1], seg.text or "", ()))
            return _PART
        lang = child.get(XML_LANG)
        others = tuple([pair for pair in attributes if pair[0] != XML_LANG])
        if not lang or any(name[0] == "{" for name, _value in others):
            return -1
        bag[3].append((lang, seg.text or "", others))
        return _PART

    def _ordered(self, halves: list[_Half], srclang: str | None) -> bool:
        """True when the first tuv is the source and the second the target."""
        key = (halves[0][0], halves[1][0], srclang)
        known = self._in_order.get(key)
        if known is None:
            known = self._pairing.choose([key[0], key[1]], srclang) == _IN_ORDER
            if len(self._in_order) < _REMEMBERED:
                self._in_order[key] = known
        return known


def _unit(line: int | None, own: dict[str, str], bag: _Bag) -> Unit | None:
    notes, props, values, halves = bag
    (source_lang, source, source_more), (target_lang, target, target_more) = halves
    release = values.get("release", "")
    unit_id = own.get("tuid", "")
    if unit_id:
        del own["tuid"]
    homes, first, second = HERE, PLAIN_TUV, PLAIN_TUV
    if source_more or target_more:
        first, second = TuvExtra(attributes=source_more), TuvExtra(attributes=target_more)
        where: Origin | None
        where, homes, first, second = placed_origin(own, release, first, second)
    else:
        where = _origin(release, own.pop)
    if where is None or "tuid" in own:
        return None
    made = "" if unit_id else made_id(source, target)
    extra = None
    if own or made or source_more or target_more:
        if any(name[0] == "{" for name in own):
            return None
        extra = UnitExtra(
            attributes=tuple(own.items()), made_id=made, homes=homes, source=first, target=second
        )
    unit = _OpenUnit()
    unit.id = unit_id or made
    unit.source = _segment(source_lang, source)
    unit.target = _segment(target_lang, target)
    unit.origin = where
    unit.context = context_of(values) if values else _NO_CONTEXT
    unit.status = Status(values["status"]) if "status" in values else Status.TRANSLATED
    unit.notes = tuple(notes)
    unit.props = tuple(props)
    unit.others = ()
    unit.extra = extra
    unit.line = line or 0
    unit.__class__ = Unit
    return unit  # type: ignore[no-any-return] # it is one now


def _origin(release: str, take: Callable[[str, str | None], str | None]) -> Origin | None:
    """The origin from the attributes, which are taken out; None when one is empty or no valid date."""
    created, creator = take("creationdate", None), take("creationid", None)
    changed, changer = take("changedate", None), take("changeid", None)
    if "" in (created, creator, changed, changer):
        return None
    made = _OpenOrigin()
    made.release = release
    made.index = None
    made.created = parse_date(created) if created else None
    made.creator = creator or ""
    made.changed = parse_date(changed) if changed else None
    made.changer = changer or ""
    if (created and made.created is None) or (changed and made.changed is None):
        return None
    made.__class__ = Origin
    return made  # type: ignore[no-any-return] # it is one now
