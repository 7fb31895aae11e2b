"""Units as another program wants to find them in a TMX: one language pair, its own names for context.

Nothing is written under a name that would mislead a program: OmegaT takes a unit with a prop `file` for one
of that file alone, and never uses it elsewhere. What a unit brings along under such a name is kept under
another one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile

from tm.formats.tmx_extra import Attributes, Layout, TuvExtra, UnitExtra
from tm.formats.tmx_fields import parse_date
from tm.model import Context, Note, Origin, Prop, Segment, Status, Unit
from tm.text.languages import canonical, is_simplified

__all__ = ["Client", "Place", "Shape", "common_tag"]

_MISLEADING = frozenset(
    {"file", "id", "path", "prev", "next", "context", "tuid", "x-ice", "x-100pc", "x-auto"}
    | {"context_prev", "context_next", "created_at", "created_by", "modified_at", "modified_by"}
)
_KEPT = "x-kept-"
_NO_CONTEXT = Context()
_DATES = frozenset({"creationdate", "changedate", "lastusagedate"})
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MILLISECOND = datetime.timedelta(milliseconds=1)


class Client(StrEnum):
    """The program that a file is for."""

    GENERIC = "generic"
    OMEGAT = "omegat"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a segment stands among OmegaT's: None = OmegaT keeps no such thing for files of this kind."""

    file: str
    previous: str | None = None
    next: str | None = None
    path: str | None = None

    def props(self) -> tuple[Prop, ...]:
        """The properties by which OmegaT knows the segment again."""
        known = (("file", self.file), ("prev", self.previous), ("next", self.next), ("path", self.path))
        return tuple(Prop(type=name, text=text) for name, text in known if text is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How units are written for a client, in this language pair."""

    client: Client = Client.GENERIC
    source_lang: str = "zh-CN"
    target_lang: str = "en"

    def unit(self, unit: Unit, context: Context = _NO_CONTEXT) -> Unit:
        """The unit for the client; `context` are its neighbours, as far as the client shall know them."""
        plain = self._plain(unit)
        if self.client is Client.PHRASE:
            return _for_phrase(plain, context)
        if self.client is Client.OMEGAT and (context.previous or context.next):
            known = (("prev", context.previous), ("next", context.next))
            props = tuple(Prop(type=name, text=text) for name, text in known if text)
            return replace(plain, context=Context(key=plain.context.key), props=(*plain.props, *props))
        return plain

    def placed(self, unit: Unit, place: Place) -> Unit:
        """The unit as the translation of one segment of OmegaT's alone.

        It has no other properties: OmegaT 3.6 applies it only if it knows each of them as a part of the
        place. And it has no tuid, which newer versions take for the id of the segment.
        """
        plain = self._plain(unit)
        extra = plain.extra if isinstance(plain.extra, UnitExtra) else UnitExtra()
        return replace(
            plain,
            origin=replace(plain.origin, release=""),
            status=Status.TRANSLATED,
            context=_NO_CONTEXT,
            props=place.props(),
            extra=replace(extra, made_id=plain.id),
        )

    def _plain(self, unit: Unit) -> Unit:
        source = self._named(unit.source, self.source_lang)
        target = self._named(unit.target, self.target_lang)
        if source.lang != self.source_lang and self.client is Client.GENERIC:
            own = unit.extra if isinstance(unit.extra, UnitExtra) else UnitExtra()
            unit = replace(unit, extra=own)
        if unit.extra is None and not unit.others:
            props = unit.props
            if not _MISLEADING.isdisjoint([prop.type for prop in props]):
                props = tuple(map(_honest, props))
            elif source is unit.source and target is unit.target:
                return unit
            return replace(unit, source=source, target=target, props=props)
        extra = unit.extra if isinstance(unit.extra, UnitExtra) else UnitExtra()
        if self.client is Client.GENERIC:
            return self._as_it_was(replace(unit, source=source, target=target), extra)
        props = (*unit.props, *extra.source.props, *extra.target.props)
        kept = UnitExtra(
            attributes=_attributes(extra.attributes),
            source=TuvExtra(attributes=_attributes(extra.source.attributes)),
            target=TuvExtra(attributes=_attributes(extra.target.attributes)),
        )
        return replace(
            unit,
            source=source,
            target=target,
            notes=_once((*unit.notes, *extra.source.notes, *extra.target.notes)),
            props=tuple(map(_honest, props)),
            others=(),
            extra=None if kept == UnitExtra() else kept,
        )

    def _named(self, segment: Segment, lang: str) -> Segment:
        """The segment in the language of the pair; in a plain file under the name that it has."""
        own = self.client is Client.GENERIC and segment.lang.strip()
        return _labelled(segment, canonical(segment.lang) if own else lang)

    def _as_it_was(self, unit: Unit, extra: UnitExtra) -> Unit:
        """The unit with its comments and all its sides say, but with an id, one pair, the source first."""
        places = [slot.value for slot in extra.layout if slot.kind == "tuv" and slot.value in (0, 1)]
        lang = unit.source.lang
        own = () if lang == self.source_lang else (("srclang", lang),)
        kept = replace(
            extra,
            attributes=(*_attributes(extra.attributes), *own),
            made_id="",
            layout=_harmless(extra.layout) if places == [0, 1] else (),
            source=_tuv(extra.source),
            target=_tuv(extra.target),
        )
        return replace(unit, props=tuple(map(_honest, unit.props)), others=(), extra=kept)


def _tuv(extra: TuvExtra) -> TuvExtra:
    return replace(
        extra,
        attributes=_attributes(extra.attributes),
        props=tuple(map(_honest, extra.props)),
        layout=_harmless(extra.layout),
    )


def _harmless(layout: Layout) -> Layout:
    """The order of the children, unless there is a prop among them that gets another name."""
    misleading = any(isinstance(slot.value, Prop) and slot.value.type in _MISLEADING for slot in layout)
    return () if misleading else layout


def common_tag(tags: Iterable[str], default: str, client: Client = Client.GENERIC) -> str:
    """One BCP 47 tag that is true of texts in all these languages; `default` where none is given.

    Every spelling of Simplified Chinese is one language. OmegaT knows no scripts, so for it that is zh-CN.
    """
    found = sorted({canonical(tag) for tag in tags if tag.strip()}) or [canonical(default)]
    if all(map(is_simplified, found)) and (len(found) > 1 or client is Client.OMEGAT):
        return "zh-CN"
    subtags = zip(*(tag.split("-") for tag in found), strict=False)
    shared = takewhile(lambda pieces: len(set(pieces)) == 1, subtags)
    return "-".join(pieces[0] for pieces in shared) or canonical(default)


def _labelled(segment: Segment, lang: str) -> Segment:
    return segment if segment.lang == lang else replace(segment, lang=lang)


def _for_phrase(unit: Unit, context: Context) -> Unit:
    """Context on the source's tuv, dates in milliseconds on the target's, as Phrase documents them.

    Who made a unit is not among them: there Phrase takes names of its own users alone.
    """
    extra = unit.extra if isinstance(unit.extra, UnitExtra) else UnitExtra()
    source = (
        ("context_prev", context.previous),
        ("context_next", context.next),
        ("x-context_seg_key", unit.context.key),
    )
    made = replace(
        extra,
        source=replace(extra.source, props=_props(source)),
        target=replace(extra.target, props=_props(_moments(unit.origin))),
    )
    return replace(unit, context=Context(), extra=None if made == UnitExtra() else made)


def _moments(origin: Origin) -> tuple[tuple[str, str], ...]:
    return (
        ("created_at", _milliseconds(origin.created)),
        ("modified_at", _milliseconds(origin.changed)),
    )


def _milliseconds(moment: datetime.datetime | None) -> str:
    if moment is None:
        return ""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return str((aware - _EPOCH) // _MILLISECOND)


def _props(pairs: Iterable[tuple[str, str]]) -> tuple[Prop, ...]:
    return tuple(Prop(type=name, text=text) for name, text in pairs if text)


def _honest(prop: Prop) -> Prop:
    """The property under a name that no program takes for more than it is."""
    if prop.type not in _MISLEADING:
        return prop
    return replace(prop, type=_KEPT + prop.type.removeprefix("x-"))


def _attributes(pairs: Attributes) -> Attributes:
    """What a tu or tuv has besides: no source language of its own, no date that is none."""
    return tuple(
        (name, value)
        for name, value in pairs
        if name != "srclang" and not (name in _DATES and parse_date(value) is None)
    )


def _once(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    return tuple(dict.fromkeys(notes)) if len(notes) > 1 else notes
