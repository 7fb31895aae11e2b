"""Units and headers as compact JSON, for the files beside a memory that can be made anew.

Only what differs from the model's defaults is written. Left out are `extra`, which belongs to the format,
and `others`, the further languages, which the memory's own file keeps.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import Any

from tm.model import Code, Context, Header, Note, Origin, Prop, Segment, Status, Unit

__all__ = ["decode_header", "decode_unit", "encode_header", "encode_unit"]

_Json = Any  # what json gives; all of it goes straight into the values of the model


def encode_unit(unit: Unit, header: Header) -> str:
    """What `decode_unit` needs besides the id, the texts and the release; "" for nothing."""
    source, target = unit.source, unit.target
    found = {
        "o": _encode_origin(unit.origin),
        "c": _filled(unit.context.previous, unit.context.next, unit.context.key),
        "s": "" if unit.status is Status.TRANSLATED else unit.status.value,
        "n": _encode_notes(unit.notes),
        "p": _encode_props(unit.props),
        "a": _encode_codes(source.codes),
        "b": _encode_codes(target.codes),
    }
    kept: dict[str, object] = {key: value for key, value in found.items() if value}
    if source.lang != header.source_lang:
        kept["l"] = source.lang
    if target.lang != header.target_lang:
        kept["m"] = target.lang
    return _dump(kept) if kept else ""


def decode_unit(text: str, header: Header, unit: Unit) -> Unit:
    """The unit given, which has its id, texts and release, with all that `encode_unit` wrote."""
    found = json.loads(text) if text else {}
    source = found.get("l", header.source_lang)
    target = found.get("m", header.target_lang)
    return Unit(
        id=unit.id,
        source=Segment(lang=source, text=unit.source.text, codes=_decode_codes(found.get("a", ()))),
        target=Segment(lang=target, text=unit.target.text, codes=_decode_codes(found.get("b", ()))),
        origin=_decode_origin(unit.origin.release, found.get("o")),
        context=_decode_context(found.get("c")),
        status=Status(found.get("s", Status.TRANSLATED)),
        notes=_decode_notes(found.get("n", ())),
        props=_decode_props(found.get("p", ())),
    )


def encode_header(header: Header) -> str:
    """What `decode_header` turns into an equal header."""
    names = ("source_lang", "target_lang", "segtype", "tool", "tool_version", "datatype", "adminlang", "kind")
    plain = {name: getattr(header, name) for name in names}
    return _dump({**plain, "notes": _encode_notes(header.notes), "props": _encode_props(header.props)})


def decode_header(text: str) -> Header:
    """The header that `encode_header` wrote."""
    found = json.loads(text)
    notes, props = _decode_notes(found.pop("notes")), _decode_props(found.pop("props"))
    return Header(**found, notes=notes, props=props)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _filled(*values: object) -> list[object]:
    """The values as a list, which is empty when none of them says anything."""
    return list(values) if any(value not in {"", None} for value in values) else []


def _encode_origin(origin: Origin) -> list[object]:
    created, changed = _encode_moment(origin.created), _encode_moment(origin.changed)
    return _filled(origin.index, created, origin.creator, changed, origin.changer)


def _decode_origin(release: str, found: _Json) -> Origin:
    if not found:
        return Origin(release=release)
    index, created, creator, changed, changer = found
    return Origin(
        release=release,
        index=index,
        created=_decode_moment(created),
        creator=creator,
        changed=_decode_moment(changed),
        changer=changer,
    )


def _encode_moment(moment: datetime.datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _decode_moment(text: str) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None


def _decode_context(found: _Json) -> Context:
    if not found:
        return Context()
    previous, following, key = found
    return Context(previous=previous, next=following, key=key)


def _encode_notes(notes: Iterable[Note]) -> list[list[str]]:
    return [[note.text, note.lang, note.encoding] for note in notes]


def _decode_notes(found: _Json) -> tuple[Note, ...]:
    return tuple(Note(text=text, lang=lang, encoding=encoding) for text, lang, encoding in found)


def _encode_props(props: Iterable[Prop]) -> list[list[str]]:
    return [[prop.type, prop.text, prop.lang, prop.encoding] for prop in props]


def _decode_props(found: _Json) -> tuple[Prop, ...]:
    return tuple(
        Prop(type=kind, text=text, lang=lang, encoding=encoding) for kind, text, lang, encoding in found
    )


def _encode_codes(codes: Iterable[Code]) -> list[list[object]]:
    return [
        [
            *(code.offset, code.kind, code.i, code.x, code.type, code.text, code.length),
            _encode_codes(code.children),
            code.attributes,
        ]
        for code in codes
    ]


def _decode_codes(found: _Json) -> tuple[Code, ...]:
    return tuple(
        Code(
            offset=offset,
            kind=kind,
            i=i,
            x=x,
            type=type_,
            text=text,
            length=length,
            children=_decode_codes(children),
            attributes=tuple((name, value) for name, value in attributes),
        )
        for offset, kind, i, x, type_, text, length, children, attributes in found
    )
