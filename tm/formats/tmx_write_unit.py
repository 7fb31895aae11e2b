"""Writes one unit as a tu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from tm.formats.tmx_escape import attribute, value
from tm.formats.tmx_extra import HERE, Attributes, RawSeg, TuvExtra, UnitExtra
from tm.formats.tmx_fields import TYPES, UNIT_FIELDS, field_values, format_date
from tm.formats.tmx_write_children import Content, note_line, prop_line
from tm.formats.tmx_write_seg import seg_content
from tm.model import Context, Note, Origin, Prop, Segment, Status, Unit, Variant

__all__ = ["UnitWriter"]

_PLAIN = UnitExtra()
_PLAIN_TUV = TuvExtra()
_NO_CONTEXT = Context()
_NO_VALUES: Mapping[str, str] = {}
_ALL_FIELDS = frozenset(UNIT_FIELDS)
_IN_TU = "      "
_IN_TUV = "        "


class UnitWriter:
    """Writes units into a file whose root declares these namespaces (`xmlns:prefix` to URI)."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._namespaces = namespaces

    def write(self, unit: Unit) -> str:
        """The tu, indented, with its line ends."""
        return self.careful(unit) if unit.extra is not None or unit.others else _quick(unit)

    def careful(self, unit: Unit) -> str:
        """The same for any unit; the quick way must give the same for those that it is taken for."""
        extra = unit.extra if isinstance(unit.extra, UnitExtra) else _PLAIN
        values = field_values(unit)
        admin = _admin(unit.origin)
        done = _done(extra) if extra is not _PLAIN else frozenset()
        parts = [
            _half(unit.source, extra.source, _at("s", extra, admin), values),
            _half(unit.target, extra.target, _at("t", extra, admin), values),
            *[_variant(other) for other in unit.others],
        ]
        content = Content(unit.notes, unit.props, values, parts)
        inside = content.placed(extra.layout, _IN_TU, done) if extra.layout else content.usual(_IN_TU, done)
        own = (*self._spaces(extra), *extra.attributes)
        named = ""
        if not extra.made_id or extra.made_id != unit.id:
            named = f" tuid={value(unit.id)}"
            own = tuple(pair for pair in own if pair[0] != "tuid")  # an empty one that was read
        named += _attributes(_at("u", extra, admin), own)
        before = "".join([f"    {remark}\n" for remark in extra.before])
        return f"{before}    <tu{named}>\n{inside}    </tu>\n"

    def _spaces(self, extra: UnitExtra) -> list[tuple[str, str]]:
        """The namespaces that the unit needs and the root of this file does not declare."""
        named = [(f"xmlns:{prefix}", uri) for prefix, uri in extra.namespaces]
        return [
            (name, uri)
            for name, uri in named
            if self._namespaces.get(name) != uri and name not in dict(extra.attributes)
        ]


def _quick(unit: Unit) -> str:
    """The tu of a unit that the model says everything of."""
    origin = unit.origin
    named = f" tuid={value(unit.id)}"
    if origin.created or origin.creator or origin.changed or origin.changer:
        named += "".join([f" {name}={value(content)}" for name, content in _admin(origin) if content])
    lines = [f"    <tu{named}>\n"]
    lines += [note_line(note, _IN_TU) for note in unit.notes]
    if origin.release:
        lines.append(prop_line(Prop(type=TYPES["release"][0], text=origin.release), _IN_TU))
    if unit.status is not Status.TRANSLATED or unit.context != _NO_CONTEXT:
        values = field_values(unit).items()
        lines += [
            prop_line(Prop(type=TYPES[field][0], text=said), _IN_TU)
            for field, said in values
            if said and field != "release"
        ]
    lines += [prop_line(prop, _IN_TU) for prop in unit.props]
    for segment in (unit.source, unit.target):
        seg = seg_content(segment)
        lines.append(f"{_IN_TU}<tuv{_lang('xml:lang', segment.lang)}><seg>{seg}</seg></tuv>\n")
    lines.append("    </tu>\n")
    return "".join(lines)


def _half(
    segment: Segment, extra: TuvExtra, admin: Sequence[tuple[str, str]], values: Mapping[str, str]
) -> str:
    """The tuv of the source or the target."""
    if extra is _PLAIN_TUV and not admin:
        return f"{_IN_TU}<tuv{_lang('xml:lang', segment.lang)}><seg>{seg_content(segment)}</seg></tuv>\n"
    content = (extra.notes, extra.props)
    return _tuv(segment, extra, _attributes(admin, extra.attributes), content, values)


def _variant(other: Variant) -> str:
    """The tuv of a further language, or of a second one in the same language."""
    extra = other.extra if isinstance(other.extra, TuvExtra) else _PLAIN_TUV
    content = (other.notes, other.props)
    return _tuv(other.segment, extra, _attributes((), extra.attributes), content, _NO_VALUES)


def _tuv(
    segment: Segment,
    extra: TuvExtra,
    named: str,
    content: tuple[Sequence[Note], Sequence[Prop]],
    values: Mapping[str, str],
) -> str:
    lang = _lang(extra.lang_name, segment.lang)
    seg = _seg(segment, extra)
    if not extra.layout and not any(content):
        return f"{_IN_TU}<tuv{lang}{named}>{seg}</tuv>\n"
    inside = Content(*content, values, [f"{_IN_TUV}{seg}\n"])
    if extra.layout:
        lines = inside.placed(extra.layout, _IN_TUV, _ALL_FIELDS)
    else:
        lines = inside.usual(_IN_TUV, _ALL_FIELDS)
    return f"{_IN_TU}<tuv{lang}{named}>\n{lines}{_IN_TU}</tuv>\n"


def _seg(segment: Segment, extra: TuvExtra) -> str:
    for slot in extra.layout:
        if slot.kind == "seg":
            named = _attributes((), slot.attributes)
            if isinstance(slot.value, RawSeg) and slot.value.segment == segment:
                return f"<seg{named}>{slot.value.xml}</seg>"
            return f"<seg{named}>{seg_content(segment)}</seg>"
    return f"<seg>{seg_content(segment)}</seg>"


@lru_cache(maxsize=256)
def _lang(name: str, lang: str) -> str:
    return attribute(name, lang) if lang else ""


def _admin(origin: Origin) -> list[tuple[str, str]]:
    """The attributes that say who made and changed a unit, and when; "" where it is not known."""
    return [
        ("creationdate", format_date(origin.created) if origin.created else ""),
        ("creationid", origin.creator),
        ("changedate", format_date(origin.changed) if origin.changed else ""),
        ("changeid", origin.changer),
    ]


def _at(home: str, extra: UnitExtra, admin: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of the four that stand at home: u the tu, s and t the tuvs of source and target."""
    if extra.homes == HERE and home != "u":
        return []
    return [pair for pair, where in zip(admin, extra.homes, strict=True) if where == home and pair[1]]


def _attributes(first: Sequence[tuple[str, str]], others: Attributes) -> str:
    """Attributes of fields, then all others but those that a field stands for now."""
    if not others:
        return "".join([f" {name}={value(content)}" for name, content in first])
    known = {name for name, _content in first}
    rest = [pair for pair in others if pair[0] not in known]
    return "".join([attribute(name, content) for name, content in (*first, *rest)])


def _done(extra: UnitExtra) -> frozenset[str]:
    """The fields whose props have a place of their own."""
    layouts = (extra.layout, extra.source.layout, extra.target.layout)
    return frozenset(slot.field for layout in layouts for slot in layout if slot.field)
