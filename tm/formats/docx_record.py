"""What a review table keeps for the machine: a mark on every line, and a hidden part for what no one reviews.

The mark is the name of a bookmark around the Chinese text: the number of the line, digests of both texts as
they were sent out, and the status. It stays with the text when lines are sorted, added or taken out. The
hidden part (a custom XML part, which Word and LibreOffice keep) holds per line, as JSON, what the table does
not show: inline codes, origin, context, properties.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Any, BinaryIO

from tm.errors import FormatError
from tm.formats.safe_xml import SafeXml
from tm.formats.tmx_escape import text as escaped
from tm.model import Code, Context, Note, Origin, Prop, Segment, Status, Unit

__all__ = [
    "SOURCE_CHANGED",
    "SPACE",
    "Mark",
    "Record",
    "digest",
    "mark_name",
    "marked",
    "record_of",
    "records_in",
    "records_xml",
    "source_changed",
]

SPACE = "urn:bilingual-release-memory:sheet:1"
SOURCE_CHANGED = "x-source-changed"
"""The prop of a unit whose Chinese is no longer what was sent out."""
_MARK = re.compile(r"tm_(\d{1,9})_([0-9a-f]{8})_([0-9a-f]{8})_([ndtra])")
_LETTERS = {"d": Status.DRAFT, "t": Status.TRANSLATED, "r": Status.REVIEWED, "a": Status.APPROVED}
_CODE_FIELDS = ("kind", "i", "x", "type", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What was sent out: the line's number, digests of its texts, its status (None = no translation)."""

    line: int
    source: str
    target: str
    status: Status | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the table does not show of a line."""

    id: str = ""
    source: Segment | None = None
    target: Segment | None = None
    origin: Origin = field(default_factory=Origin)
    context: Context = field(default_factory=Context)
    notes: tuple[Note, ...] = ()
    props: tuple[Prop, ...] = ()


def source_changed(unit: Unit) -> bool:
    """True when the unit's Chinese is no longer what was sent out: somebody wrote into the wrong column."""
    return any(prop.type == SOURCE_CHANGED for prop in unit.props)


def digest(text: str) -> str:
    """Eight figures that tell one text from another; blanks do not count, word processors change them."""
    return hashlib.sha256("".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def mark_name(line: int, source: str, target: str, status: Status | None) -> str:
    """The name of the bookmark of a line whose texts are shown like this."""
    return f"tm_{line}_{digest(source)}_{digest(target)}_{status.value[0] if status else 'n'}"


def marked(names: Iterable[str]) -> Mark | None:
    """The mark among the names of bookmarks; None when there is none."""
    for found in filter(None, map(_MARK.fullmatch, names)):
        status = _LETTERS.get(found[4])
        return Mark(line=int(found[1]), source=found[2], target=found[3], status=status)
    return None


def record_of(unit: Unit) -> dict[str, Any]:
    """What is to be kept of a unit besides what its line shows; empty when that is all."""
    origin, context = unit.origin, unit.context
    found: dict[str, Any] = {
        "id": unit.id if unit.id != unit.id.strip() or not unit.id else "",
        "source": _segment(unit.source, "zh-CN"),
        "target": _segment(unit.target, "en"),
        "release": origin.release,
        "index": origin.index,
        "created": _written(origin.created),
        "creator": origin.creator,
        "changed": _written(origin.changed),
        "changer": origin.changer,
        "previous": context.previous,
        "next": context.next,
        "key": context.key,
        "notes": _kept_notes(unit.notes),
        "props": [[prop.type, prop.text, prop.lang, prop.encoding] for prop in unit.props],
    }
    return {name: value for name, value in found.items() if value not in ("", None, [], {})}


def records_xml(records: dict[int, dict[str, Any]]) -> str:
    """The hidden part; the numbers are those of the lines."""
    lines = "".join(
        f'<line n="{number}">{escaped(json.dumps(record, sort_keys=True))}</line>\n'
        for number, record in sorted(records.items())
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sheet xmlns="{SPACE}">\n{lines}</sheet>\n'


def records_in(streams: Iterable[BinaryIO], *, path: str = "-") -> dict[int, Record]:
    """The records of the hidden part among these parts; a FormatError where it is not as it was written."""
    found: dict[int, Record] = {}
    for stream in streams:
        xml = SafeXml(stream, path=path)
        if (xml.prolog.root, xml.prolog.namespace) == ("sheet", SPACE):
            for batch in xml.batches(f"{{{SPACE}}}line", kinds=("end",)):
                for _kind, line in batch:
                    number, record = _read_line(line, path)
                    found[number] = record
                    xml.units += 1
                    line.clear()
    return found


def _read_line(line: Any, path: str) -> tuple[int, Record]:  # noqa: ANN401 - lxml
    try:
        return int(line.get("n", "")), _record(json.loads(line.text or ""))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise FormatError(
            _("the hidden part of the table is damaged"),
            path=path,
            line=line.sourceline,
            hint=_("Export the table again, or copy it into a new Word file and read that."),
        ) from None


def _record(kept: dict[str, Any]) -> Record:
    return Record(
        id=str(kept.get("id", "")),
        source=_read_segment(kept.get("source"), "zh-CN"),
        target=_read_segment(kept.get("target"), "en"),
        origin=Origin(
            release=str(kept.get("release", "")),
            index=int(kept["index"]) if "index" in kept else None,
            created=_moment(kept.get("created")),
            creator=str(kept.get("creator", "")),
            changed=_moment(kept.get("changed")),
            changer=str(kept.get("changer", "")),
        ),
        context=Context(
            previous=str(kept.get("previous", "")),
            next=str(kept.get("next", "")),
            key=str(kept.get("key", "")),
        ),
        notes=tuple(
            Note(text=str(text), lang=str(lang), encoding=str(code))
            for text, lang, code in kept.get("notes", ())
        ),
        props=tuple(
            Prop(type=str(kind), text=str(text), lang=str(lang), encoding=str(code))
            for kind, text, lang, code in kept.get("props", ())
        ),
    )


def _kept_notes(notes: tuple[Note, ...]) -> list[list[str]]:
    """Nothing for one plain note, which the table shows whole; else all notes."""
    if len(notes) == 1 and not (notes[0].lang or notes[0].encoding) and notes[0].text.strip():
        return []
    return [[note.text, note.lang, note.encoding] for note in notes]


def _segment(segment: Segment, lang: str) -> dict[str, Any]:
    """The text and its codes, where it has some, and a language other than the usual one."""
    found: dict[str, Any] = {}
    if segment.codes:
        found = {"text": segment.text, "codes": [_code(code) for code in segment.codes]}
    if segment.lang != lang:
        found["lang"] = segment.lang
    return found


def _read_segment(kept: dict[str, Any] | None, lang: str) -> Segment | None:
    if kept is None:
        return None
    codes = tuple(_read_code(code) for code in kept.get("codes", ()))
    return Segment(lang=str(kept.get("lang", lang)), text=str(kept.get("text", "")), codes=codes)


def _code(code: Code) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(code, name) for name in _CODE_FIELDS if getattr(code, name)}
    found["at"] = code.offset
    if code.length:
        found["length"] = code.length
    if code.children:
        found["children"] = [_code(child) for child in code.children]
    if code.attributes:
        found["attributes"] = [list(pair) for pair in code.attributes]
    return found


def _read_code(kept: dict[str, Any]) -> Code:
    fields = {name: str(kept.get(name, "")) for name in _CODE_FIELDS}
    return Code(
        offset=int(kept["at"]),
        length=int(kept.get("length", 0)),
        children=tuple(_read_code(child) for child in kept.get("children", ())),
        attributes=tuple((str(name), str(value)) for name, value in kept.get("attributes", ())),
        **fields,
    )


def _written(moment: datetime.datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None
