"""A memory as the document type of TMX 1.4 allows it, and what had to go for that.

A memory keeps everything that a file brought along; other programs may refuse a file for it. Here foreign
attributes, elements and namespaces are left out, what stands in the wrong order is put right, and what can
be said in another way is said so: a prop with markup in it becomes text, an unknown inline element a hi or
ph. Comments and processing instructions stay, because every document may have them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from gettext import gettext as _

from tm.formats.tmx_extra import Attributes, HeaderExtra, TuvExtra, UnitExtra
from tm.formats.tmx_strict_children import Children, Tell, allowed, is_remark
from tm.formats.tmx_strict_codes import valid_segment
from tm.formats.tmx_tail import Tail, Where
from tm.model import Header, Memory, Segment, Unit, Variant

__all__ = ["Change", "strict"]

_PLAIN_TUV = TuvExtra()
_SEGTYPES = frozenset({"block", "paragraph", "sentence", "phrase"})
_ADMIN = frozenset(
    [
        *("o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool", "creationtoolversion"),
        *("creationdate", "creationid", "changedate", "changeid", "o-tmf"),
    ]
)
_TU = _ADMIN | {"segtype", "srclang", "tuid"}
_TUV = _ADMIN | {"lang"}
_HEADER = frozenset(["o-tmf", "o-encoding", "creationdate", "creationid", "changedate", "changeid"])
_UNKNOWN = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something of a unit (of the header: unit "") that TMX does not allow, and what became of it."""

    unit: str
    line: int
    reason: str


def strict(memory: Memory, *, on_change: Callable[[Change], None] | None = None) -> Memory:
    """The same memory as every program takes it; `tmx.write` makes a valid file of it.

    Its units are a stream that can be read as often as those of the memory. Each thing that is left out or
    said in another way goes to `on_change`, of the header now, of the units while they are read.
    """
    report = on_change or _ignore

    def tell(reason: str) -> None:
        report(Change(unit="", line=0, reason=reason))

    header = _header(memory.header, tell)
    return replace(memory, header=header, units=_Strict(memory, report))


@dataclass(frozen=True, slots=True)
class _Strict:
    """The units of a memory, made valid whenever they are read."""

    memory: Memory
    report: Callable[[Change], None]

    def __iter__(self) -> Iterator[Unit]:
        header = self.memory.header
        for unit in self.memory:
            yield unit if _is_plain(unit) else _Unit(unit, header, self.report).valid()


def _is_plain(unit: Unit) -> bool:
    """True for a unit in which there is nothing that could be wrong."""
    source, target = unit.source, unit.target
    if unit.extra is not None or unit.others or source.codes or target.codes:
        return False
    return bool(source.lang and target.lang) and all(prop.type for prop in unit.props)


class _Unit:
    """One unit on its way."""

    def __init__(self, unit: Unit, header: Header, report: Callable[[Change], None]) -> None:
        self._unit = unit
        self._header = header
        self._report = report

    def valid(self) -> Unit:
        """The unit with what TMX allows."""
        unit, header = self._unit, self._header
        extra = unit.extra if isinstance(unit.extra, UnitExtra) else UnitExtra()
        source = self._segment(unit.source, header.source_lang)
        target = self._segment(unit.target, header.target_lang)
        inside = Children(extra.layout, unit.notes, unit.props, self._tell).valid()
        kept = UnitExtra(
            attributes=self._attributes(extra.attributes, _TU, "tu"),
            made_id=extra.made_id,
            homes=extra.homes,
            source=self._tuv(extra.source, source),
            target=self._tuv(extra.target, target),
            layout=inside.layout,
            before=self._before(extra.before),
        )
        return replace(
            unit,
            source=source,
            target=target,
            notes=inside.notes,
            props=inside.props,
            others=tuple(self._variants()),
            extra=None if kept == UnitExtra() else kept,
        )

    def _tell(self, reason: str) -> None:
        self._report(Change(unit=self._unit.id, line=self._unit.line, reason=reason))

    def _segment(self, segment: Segment, lang: str) -> Segment:
        named = segment if segment.lang else replace(segment, lang=lang or _UNKNOWN)
        return valid_segment(named, self._tell)

    def _tuv(self, extra: TuvExtra, segment: Segment) -> TuvExtra:
        if extra == _PLAIN_TUV:
            return extra
        inside = Children(extra.layout, extra.notes, extra.props, self._tell, segment).valid()
        return TuvExtra(
            attributes=self._attributes(extra.attributes, _TUV, "tuv"),
            notes=inside.notes,
            props=inside.props,
            layout=inside.layout,
        )

    def _variants(self) -> Iterator[Variant]:
        for other in self._unit.others:
            if not other.segment.lang:
                self._tell(_("a tuv without a language is left out"))
                continue
            segment = valid_segment(other.segment, self._tell)
            extra = other.extra if isinstance(other.extra, TuvExtra) else _PLAIN_TUV
            made = self._tuv(replace(extra, notes=other.notes, props=other.props), segment)
            yield Variant(
                segment=segment, notes=made.notes, props=made.props, extra=replace(made, notes=(), props=())
            )

    def _attributes(self, pairs: Attributes, names: frozenset[str], element: str) -> Attributes:
        return _with_segtype(allowed(pairs, names, element, self._tell), self._tell)

    def _before(self, before: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(xml for xml in before if is_remark(xml))
        for _left_out in range(len(before) - len(kept)):
            self._tell(_("a unit of other languages is left out"))
        return kept


def _with_segtype(pairs: Attributes, tell: Tell) -> Attributes:
    """The attributes with a segtype that TMX knows, or none."""
    if not any(name == "segtype" and value not in _SEGTYPES for name, value in pairs):
        return pairs
    tell(_("a segtype that TMX does not know is mended or left out"))
    lower = [(name, value.lower() if name == "segtype" else value) for name, value in pairs]
    return tuple(pair for pair in lower if pair[0] != "segtype" or pair[1] in _SEGTYPES)


def _header(header: Header, tell: Tell) -> Header:
    """The header with what TMX allows."""
    extra = header.extra if isinstance(header.extra, HeaderExtra) else HeaderExtra()
    inside = Children(extra.layout, header.notes, header.props, tell, ude=True).valid()
    root = allowed(extra.root_attributes, frozenset(), "tmx", tell)
    segtype = header.segtype.lower()
    if header.segtype not in _SEGTYPES:
        tell(_("a segtype that TMX does not know is mended or left out"))
    return replace(
        header,
        source_lang=header.source_lang or "*all*",
        segtype=segtype if segtype in _SEGTYPES else "sentence",
        datatype=header.datatype or "unknown",
        adminlang=header.adminlang or "en",
        notes=inside.notes,
        props=inside.props,
        extra=replace(
            extra,
            version="1.4",
            attributes=allowed(extra.attributes, _HEADER, "header", tell),
            root_attributes=root,
            layout=inside.layout,
            tail=_Remarks(extra.tail, tell) if extra.tail else None,
        ),
    )


class _Remarks(Tail):
    """The comments and instructions of a tail, without the units of other languages."""

    def __init__(self, tail: Tail, tell: Tell) -> None:
        super().__init__()
        self._tail = tail
        self._tell = tell

    def pieces(self, where: Where) -> Iterator[str]:
        """What stands there, in order."""
        for xml in self._tail.pieces(where):
            if is_remark(xml):
                yield xml
            else:
                self._tell(_("a unit of other languages is left out"))


def _ignore(_change: Change) -> None:
    """Nothing."""
