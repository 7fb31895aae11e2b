"""Turns a tu element into a unit, or says why it cannot be one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Any

from tm.formats.tmx_extra import HERE, Attributes, Layout, RawSeg, Slot, TuvExtra, UnitExtra
from tm.formats.tmx_fields import UNIT_FIELDS, origin, parse_date
from tm.formats.tmx_names import XML_LANG, attributes, inner_xml, written
from tm.formats.tmx_pair import Pairing
from tm.formats.tmx_scan import Scan, stray
from tm.formats.tmx_seg import SegReader, has_remarks
from tm.model import Context, Origin, Segment, Status, Unit, Variant

__all__ = [
    "ADMIN",
    "PLAIN_TUV",
    "Skipped",
    "UnitReader",
    "context_of",
    "in_place_of",
    "made_id",
    "placed_origin",
]

ADMIN = ("creationdate", "creationid", "changedate", "changeid")
_ON_TU = frozenset(UNIT_FIELDS)
_ON_TUV = frozenset({"previous", "next", "key"})
_NO_FIELDS: frozenset[str] = frozenset()
PLAIN_TUV = TuvExtra()
_NO_CONTEXT = Context()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A tu that gave no unit: its line, its tuid or "#" and its number in the file, and why.

    `languages` are those of its tuvs, as spelt.
    """

    line: int
    unit: str
    reason: str
    languages: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tuv:
    """A tuv on its way: element, language, attributes beyond that, and how the language was spelt."""

    element: Any
    lang: str
    attributes: list[tuple[str, str]]
    lang_name: str = "xml:lang"


class UnitReader:
    """Reads tu elements for one pair of languages.

    `namespace` is that of the TMX elements (`{uri}` or ""). `spaced`: elements may declare further ones;
    `prefixed`: there are prefixes that a unit must know wherever it goes.
    """

    def __init__(self, namespace: str, pairing: Pairing, *, prefixed: bool = False) -> None:
        self.namespace = namespace
        self.spaced = False
        self.prefixed = prefixed
        self._pairing = pairing
        self._seg_tag = f"{namespace}seg"

    def read(self, tu: Any, number: int, before: Sequence[str]) -> Unit | Skipped:  # noqa: ANN401 - lxml's
        """The unit of a tu; `before` are comments in front of it."""
        scan = Scan(self.namespace, _ON_TU, spaced=self.spaced)
        scan.run(tu, "tuv")
        own = self._attributes(tu)
        tuvs = [self._tuv(part) for part in scan.parts]
        pair = self._pairing.choose([tuv.lang for tuv in tuvs], own.get("srclang"))
        if isinstance(pair, str):
            return _skipped(tu, number, own, tuvs, pair)
        halves = [self._segment(tuvs[k], scan.values, _ON_TUV) for k in pair]
        rest = [k for k in range(len(tuvs)) if k not in pair]
        others = [self._segment(tuvs[k], scan.values, _NO_FIELDS) for k in rest]
        if None in halves or None in others:
            reason = _("a tuv must have exactly one seg")
            return _skipped(tu, number, own, tuvs, reason)
        order = (*pair, *rest)
        if order != tuple(range(len(tuvs))):
            scan.mark()
        return self._unit(tu, own, scan, (halves, others, order), before)

    def _unit(
        self,
        tu: Any,  # noqa: ANN401 - an lxml element
        own: dict[str, str],
        scan: Scan,
        parts: tuple[list[Any], list[Any], tuple[int, ...]],
        before: Sequence[str],
    ) -> Unit:
        halves, others, order = parts
        (source, source_extra), (target, target_extra) = halves
        values = scan.values
        unit_id = own.get("tuid", "")
        if unit_id:
            del own["tuid"]
        made = "" if unit_id else made_id(source.text, target.text)
        where, homes, source_extra, target_extra = placed_origin(
            own, values.get("release", ""), source_extra, target_extra
        )
        layout = _numbered(scan.layout(), order)
        extra = None
        tuvs = (source_extra, target_extra)
        prefixed = self.prefixed or self.spaced
        if own or made or layout or before or homes is not HERE or tuvs != (PLAIN_TUV, PLAIN_TUV) or prefixed:
            extra = UnitExtra(
                attributes=tuple(own.items()),
                made_id=made,
                homes=homes,
                source=source_extra,
                target=target_extra,
                layout=layout,
                before=tuple(before),
                namespaces=_namespaces(tu) if prefixed else (),
            )
        return Unit(
            id=unit_id or made,
            source=source,
            target=target,
            origin=where,
            context=context_of(values),
            status=Status(values["status"]) if "status" in values else Status.TRANSLATED,
            notes=tuple(scan.notes),
            props=tuple(scan.props),
            others=tuple([_variant(*other) for other in others]),
            extra=extra,
            line=tu.sourceline or 0,
        )

    def _attributes(self, element: Any) -> dict[str, str]:  # noqa: ANN401 - an lxml element
        if self.spaced:
            return dict(attributes(element, spaced=True))
        return {written(name, element): value for name, value in element.items()}

    def _tuv(self, element: Any) -> _Tuv:  # noqa: ANN401 - an lxml element
        items = element.items()
        if len(items) == 1 and items[0][0] == XML_LANG and not self.spaced:
            return _Tuv(element, items[0][1], [])
        pairs = attributes(element, spaced=self.spaced)
        names = [name for name, _value in pairs]
        for name in ("xml:lang", "lang"):
            if name in names:
                _name, lang = pairs.pop(names.index(name))
                return _Tuv(element, lang, pairs, name)
        return _Tuv(element, "", pairs)

    def _segment(
        self, tuv: _Tuv, values: dict[str, str], fields: frozenset[str]
    ) -> tuple[Segment, TuvExtra] | None:
        element = tuv.element
        if len(element) == 1 and not self.spaced:
            seg = element[0]
            simple = seg.tag == self._seg_tag and not len(seg) and not seg.keys()
            if simple and not stray(element.text) and not stray(seg.tail):
                segment = Segment(lang=tuv.lang, text=seg.text or "")
                if not tuv.attributes and tuv.lang_name == "xml:lang":
                    return segment, PLAIN_TUV
                return segment, TuvExtra(attributes=tuple(tuv.attributes), lang_name=tuv.lang_name)
        return self._careful(tuv, values, fields)

    def _careful(
        self, tuv: _Tuv, values: dict[str, str], fields: frozenset[str]
    ) -> tuple[Segment, TuvExtra] | None:
        scan = Scan(self.namespace, fields - values.keys(), spaced=self.spaced)
        scan.run(tuv.element, "seg")
        if len(scan.parts) != 1:
            return None
        seg = scan.parts[0]
        reader = SegReader(self.namespace, self.spaced)
        text, codes = reader.flow(seg, 0)
        segment = Segment(lang=tuv.lang, text=text, codes=codes)
        raw = RawSeg(xml=inner_xml(seg), segment=segment) if has_remarks(seg) else None
        own = attributes(seg, spaced=self.spaced)
        if raw or own or scan.values:
            scan.mark()
        values.update(scan.values)
        extra = TuvExtra(
            attributes=tuple(tuv.attributes),
            lang_name=tuv.lang_name,
            notes=tuple(scan.notes),
            props=tuple(scan.props),
            layout=_with_seg(scan.layout(), raw, tuple(own)),
        )
        return segment, extra


def in_place_of(old: Unit, new: Unit) -> Unit:
    """The new unit where the old one stood: under its id, behind what stands in front of it."""
    extra = new.extra if isinstance(new.extra, UnitExtra) else UnitExtra()
    before = old.extra.before if isinstance(old.extra, UnitExtra) else ()
    if before != extra.before:
        return replace(new, id=old.id, extra=replace(extra, before=before))
    return replace(new, id=old.id)


def context_of(values: dict[str, str]) -> Context:
    """The context that the props of these fields give."""
    if not values or not (_ON_TUV & values.keys()):
        return _NO_CONTEXT
    return Context(
        previous=values.get("previous", ""), next=values.get("next", ""), key=values.get("key", "")
    )


def _variant(segment: Segment, extra: TuvExtra) -> Variant:
    bare = replace(extra, notes=(), props=())
    return Variant(
        segment=segment, notes=extra.notes, props=extra.props, extra=None if bare == PLAIN_TUV else bare
    )


def made_id(source: str, target: str) -> str:
    """An id for a tu without tuid, the same wherever the pair stands."""
    return hashlib.sha256(f"{source}\n{target}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _numbered(layout: Layout, order: tuple[int, ...]) -> Layout:
    """The layout with each tuv numbered by its place in the unit: source, target, others."""
    return tuple(
        slot._replace(value=order.index(slot.value)) if slot.kind == "tuv" else slot for slot in layout
    )


def _with_seg(layout: Layout, raw: RawSeg | None, own: Attributes) -> Layout:
    return tuple(Slot("seg", raw if raw else 0, "", own) if slot.kind == "seg" else slot for slot in layout)


def placed_origin(
    own: dict[str, str], release: str, source: TuvExtra, target: TuvExtra
) -> tuple[Origin, str, TuvExtra, TuvExtra]:
    """The origin, where its parts stand, and the tuvs without the attributes that it took from them."""
    if not source.attributes and not target.attributes:
        found = {name: _taken(own, name) for name in ADMIN if name in own}
        where = origin(release, *[found.get(name, "") for name in ADMIN])
        return where, HERE, source, target
    levels = {"u": own, "t": dict(target.attributes), "s": dict(source.attributes)}
    found, homes = {}, ""
    for name in ADMIN:
        for home, level in levels.items():
            value = _taken(level, name)
            if value:
                found[name] = value
                homes += home
                break
        else:
            homes += "u"
    where = origin(release, *[found.get(name, "") for name in ADMIN])
    source = replace(source, attributes=tuple(levels["s"].items()))
    target = replace(target, attributes=tuple(levels["t"].items()))
    return where, HERE if homes == HERE else homes, source, target


def _taken(level: dict[str, str], name: str) -> str:
    """The value of an attribute, taken out; "" and left where it is when it is no valid date."""
    value = level.get(name, "")
    if not value or (name.endswith("date") and parse_date(value) is None):
        return ""
    del level[name]
    return value


def _namespaces(tu: Any) -> Attributes:  # noqa: ANN401 - an lxml element
    return tuple(sorted((prefix, uri) for prefix, uri in tu.nsmap.items() if prefix))


def _skipped(tu: Any, number: int, own: dict[str, str], tuvs: list[_Tuv], reason: str) -> Skipped:  # noqa: ANN401
    languages = tuple(tuv.lang for tuv in tuvs)
    if "" in languages:
        reason = _("{reason}; a tuv has no xml:lang").format(reason=reason)
    return Skipped(
        line=tu.sourceline or 0, unit=own.get("tuid", "") or f"#{number}", reason=reason, languages=languages
    )
