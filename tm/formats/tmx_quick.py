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
from tm.model import Note, Origin, Prop, Segment, Status, Unit

__all__ = ["QuickReader"]

_Setter = Callable[[object, object], None]
_Half = tuple[str, str, tuple[tuple[str, str], ...]]
_Bag = tuple[list[Note], list[Prop], dict[str, str], list[_Half]]
"""What has been taken from a tu: notes, props, the values of fields, the tuvs."""
_REMEMBERED = 4096
"""So many notes and props are kept to be used again."""
_PROP = len(RANKS) + 1
_PART = _PROP + 1
_IN_ORDER = (0, 1)
_FIELDS = frozenset(UNIT_FIELDS)


def _setter(kind: type, name: str) -> _Setter:
    """What sets one field of a frozen value; making values the usual way takes as long as all the reading."""
    found: _Setter = getattr(kind, name).__set__
    return found


def _rest(kind: type, *names: str) -> tuple[tuple[_Setter, object], ...]:
    """The setters of all other fields, with their defaults."""
    others = (field for field in fields(kind) if field.name not in names)
    return tuple((_setter(kind, field.name), field.default) for field in others)


_new = object.__new__
_set_lang, _set_text = (_setter(Segment, name) for name in ("lang", "text"))
_SEGMENT_REST = _rest(Segment, "lang", "text")
_set_id, _set_source, _set_target = (_setter(Unit, name) for name in ("id", "source", "target"))
_set_origin, _set_context, _set_status = (_setter(Unit, name) for name in ("origin", "context", "status"))
_set_notes, _set_props, _set_extra = (_setter(Unit, name) for name in ("notes", "props", "extra"))
_set_line = _setter(Unit, "line")
_UNIT_REST = _rest(
    *(Unit, "id", "source", "target", "origin", "context", "status", "notes", "props", "extra", "line")
)
_set_release, _set_creator, _set_changer = (
    _setter(Origin, name) for name in ("release", "creator", "changer")
)
_set_created, _set_changed = (_setter(Origin, name) for name in ("created", "changed"))
_ORIGIN_REST = _rest(Origin, "release", "creator", "changer", "created", "changed")


def _segment(lang: str, text: str) -> Segment:
    made = _new(Segment)
    _set_lang(made, lang)
    _set_text(made, text)
    for setter, value in _SEGMENT_REST:
        setter(made, value)
    return made


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
        field = FIELD_OF_TYPE.get(kind)
        if field is not None:
            place = RANKS[field]
            usual = kind == TYPES[field][0] and field in _FIELDS and text and meaning(field, text) == text
            if not usual or place <= rank or text == Status.TRANSLATED:
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

    def _take_tuv(self, child: Any, rank: int, bag: _Bag) -> int:  # noqa: ANN401 - an lxml element
        half = self._half(child)
        if half is None:
            return -1
        bag[3].append(half)
        return max(rank, _PART)

    def _half(self, tuv: Any) -> _Half | None:  # noqa: ANN401 - an lxml element
        """Language, text and further attributes of a plain tuv."""
        if len(tuv) != 1:
            return None
        seg = tuv[0]
        if seg.tag != self._seg or len(seg) or seg.keys():
            return None
        around = (tuv.text, seg.tail)
        if around != (None, None) and any(text and not text.isspace() for text in around):
            return None
        attributes = tuv.items()
        if len(attributes) == 1 and attributes[0][0] == XML_LANG:
            return attributes[0][1], seg.text or "", ()
        lang = tuv.get(XML_LANG)
        others = tuple([pair for pair in attributes if pair[0] != XML_LANG])
        if not lang or any(name[0] == "{" for name, _value in others):
            return None
        return lang, seg.text or "", others

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
    unit = _new(Unit)
    _set_id(unit, unit_id or made)
    _set_source(unit, _segment(source_lang, source))
    _set_target(unit, _segment(target_lang, target))
    _set_origin(unit, where)
    _set_context(unit, context_of(values))
    _set_status(unit, Status(values["status"]) if "status" in values else Status.TRANSLATED)
    _set_notes(unit, tuple(notes))
    _set_props(unit, tuple(props))
    _set_extra(unit, extra)
    _set_line(unit, line or 0)
    for setter, value in _UNIT_REST:
        setter(unit, value)
    return unit


def _origin(release: str, take: Callable[[str, str | None], str | None]) -> Origin | None:
    """The origin from the attributes, which are taken out; None when one is empty or no valid date."""
    created, creator = take("creationdate", None), take("creationid", None)
    changed, changer = take("changedate", None), take("changeid", None)
    if "" in (created, creator, changed, changer):
        return None
    made = _new(Origin)
    _set_release(made, release)
    _set_creator(made, creator or "")
    _set_changer(made, changer or "")
    for setter, date in ((_set_created, created), (_set_changed, changed)):
        moment = parse_date(date) if date else None
        if date and moment is None:
            return None
        setter(made, moment)
    for setter, value in _ORIGIN_REST:
        setter(made, value)
    return made
