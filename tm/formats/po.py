"""PO files through polib: a hand-off for review, and for every tool of the gettext world.

A unit's id stands in an extracted comment, and as msgctxt only where its source occurs twice, because two
equal msgids are a fatal error. No clock is read: dates come from the units or are a fixed one.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from gettext import gettext as _
from pathlib import PurePath
from typing import BinaryIO

import polib

from tm.errors import FormatError
from tm.formats.base import LONGEST_TEXT, too_long
from tm.model import (
    Context,
    Draft,
    DraftDocument,
    Header,
    MatchKind,
    Memory,
    Note,
    Origin,
    Prop,
    Segment,
    Status,
    Unit,
)
from tm.text.decode import decode

__all__ = ["read", "write", "write_draft"]

_NO_DATE = "2000-01-01 00:00+0000"
_SURE = (MatchKind.CONTEXT, MatchKind.EXACT)
_FIELD = re.compile(r"(id|status|release|index|created|creator|changed|changer|previous|next|key): ?(.*)")
_PROP = re.compile(r"prop (\S+): ?(.*)")
_SEPARATORS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_HIDDEN = {ord(mark): 0xFDD0 + place for place, mark in enumerate(_SEPARATORS)}
"""polib ends lines where Python does; these stand for noncharacters while it reads."""
_SHOWN = {0xFDD0 + place: mark for place, mark in enumerate(_SEPARATORS)}
_LINE = re.compile(
    r"""\s*(?:\#.*|(?:(?:msgctxt|msgid_plural|msgid|msgstr(?:\[\d{1,2}\])?)\s*)?"(?:[^"\\]++|\\.)*+"\s*)?""",
    re.DOTALL,
)
_CHARSET = re.compile(rb"charset=([\w.:-]+)")


def read(stream: BinaryIO, *, path: str = "-") -> Memory:
    """The units in order, obsolete ones aside: fuzzy ones are drafts, untranslated ones have an empty target.

    A unit with a plural gives one unit for each form. Faults are FormatErrors with their line.
    """
    raw = stream.read()
    declared = _CHARSET.search(raw[:4096])
    text = decode(raw, declared=declared[1].decode() if declared else "", path=path).text
    _check_lines(text, path)
    catalogue = _parsed(text, path)
    target_lang = (catalogue.metadata.get("Language") or "en").replace("_", "-")
    source_lang = catalogue.metadata.get("X-Source-Language") or "zh-CN"
    units: list[Unit] = []
    for number, found in enumerate(catalogue, start=1):
        if not found.obsolete:
            _refuse_odd(found, path)
            found.linenum = found.linenum or number
            units += _units(found, (source_lang, target_lang), path)
    name = PurePath(path).stem if path != "-" else ""
    header = Header(source_lang=source_lang, target_lang=target_lang)
    return Memory(name=name, header=header, units=tuple(units))


def write(memory: Memory, stream: BinaryIO) -> None:
    """Writes the units; the same memory always gives the same bytes."""
    units = tuple(memory)
    langs = (memory.header.source_lang, memory.header.target_lang)
    dates = (unit.origin.date for unit in units)
    catalogue = _catalogue(memory.name, langs, dates)
    repeated = _repeated(unit.source.text for unit in units)
    seen: Counter[tuple[str, str]] = Counter()
    for unit in units:
        ambiguous = not unit.source.text or unit.source.text in repeated
        context = _unique(unit.id, unit.source.text, seen) if ambiguous else None
        catalogue.append(
            polib.POEntry(
                msgctxt=context,
                msgid=unit.source.text,
                msgstr=unit.target.text,
                comment="\n".join(_fields(unit)),
                tcomment=_comment(unit.notes),
                flags=["fuzzy"] if unit.status is Status.DRAFT and unit.target.text else [],
            )
        )
    _save(catalogue, stream)


def write_draft(document: DraftDocument, stream: BinaryIO) -> None:
    """Writes a draft: context and exact matches are translated, all others fuzzy with the matched source.

    Renderings of single terms are a comment, and the translation is left empty.
    """
    best = (draft.matches[0].unit.origin.date for draft in document.drafts if draft.matches)
    catalogue = _catalogue(document.file, (document.source_lang, document.target_lang), best)
    repeated = _repeated(draft.segment.text for draft in document.drafts)
    for draft in document.drafts:
        name = draft.place.segment_id
        target = "" if draft.kind is MatchKind.TERMS else draft.target
        fuzzy = bool(target) and draft.kind not in _SURE
        previous = draft.matches[0].unit.source.text if fuzzy and draft.matches else None
        catalogue.append(
            polib.POEntry(
                msgctxt=name if draft.segment.text in repeated else None,
                msgid=draft.segment.text,
                msgstr=target,
                comment="\n".join(_remarks(draft, name)),
                occurrences=_occurrences(draft, document.file),
                flags=["fuzzy"] if fuzzy else [],
                previous_msgid=previous,
            )
        )
    _save(catalogue, stream)


def _check_lines(text: str, path: str) -> None:
    """Raises for lines that polib would misread in silence, and for texts without end."""
    length = 0
    for number, line in enumerate(text.split("\n"), start=1):
        length = len(line) + (length if line.startswith('"') else 0)
        if length > LONGEST_TEXT:
            raise too_long(path=path, line=number)
        if not _LINE.fullmatch(line):
            raise FormatError(
                _("this line is none of a PO file"),
                path=path,
                line=number,
                hint=_('A line is # and a comment, or msgid, msgstr, msgctxt and a text in "…" on one line.'),
            )


def _parsed(text: str, path: str) -> polib.POFile:
    """The catalogue. The text ends with a line end, so that it is never taken for the name of a file."""
    try:
        return polib.pofile(f"{text.translate(_HIDDEN)}\n", wrapwidth=0)
    except (OSError, UnicodeError, ValueError, IndexError, AttributeError) as error:
        line = re.search(r"\(?line (\d+)\)?", str(error))
        raise FormatError(
            _("not a valid PO file"),
            path=path,
            line=int(line[1]) if line else None,
            hint=_("msgfmt -c names what is wrong with it."),
        ) from None


def _shown(text: str) -> str:
    return text.translate(_SHOWN)


def _refuse_odd(found: polib.POEntry, path: str) -> None:
    """Raises for forms of a plural that there is not, whose texts would be lost, and for endless texts."""
    texts = (found.msgid, found.msgid_plural, found.msgstr, *found.msgstr_plural.values())
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise too_long(path=path, line=found.linenum or 0)
    if found.msgstr_plural and not found.msgid_plural:
        raise FormatError(
            _("msgstr[0] without msgid_plural"),
            path=path,
            line=found.linenum,
            hint=_("Add the plural of the source, or write msgstr alone."),
        )


def _units(found: polib.POEntry, langs: tuple[str, str], path: str) -> Iterator[Unit]:
    forms = [(found.msgid, found.msgstr)]
    if found.msgid_plural:
        plurals = found.msgstr_plural
        forms = [
            (found.msgid if form == 0 else found.msgid_plural, text) for form, text in sorted(plurals.items())
        ]
    fields, props = _described(_shown(found.comment))
    name = fields.get("id") or _shown(found.msgctxt or "") or str(found.linenum or "")
    for form, (source, target) in enumerate(forms):
        yield Unit(
            id=name if form == 0 else f"{name}[{form}]",
            source=Segment(lang=langs[0], text=_shown(source)),
            target=Segment(lang=langs[1], text=_shown(target)),
            status=_status(found, fields),
            origin=_origin(fields, found.linenum, path),
            context=Context(
                previous=fields.get("previous", ""), next=fields.get("next", ""), key=fields.get("key", "")
            ),
            notes=(Note(text=_shown(found.tcomment)),) if found.tcomment else (),
            props=tuple(props),
            line=found.linenum or 0,
        )


def _status(found: polib.POEntry, fields: dict[str, str]) -> Status:
    if found.fuzzy:
        return Status.DRAFT
    said = fields.get("status", "")
    default = Status.TRANSLATED if found.msgstr or found.msgstr_plural else Status.DRAFT
    return Status(said) if said in tuple(Status) else default


def _described(comment: str) -> tuple[dict[str, str], list[Prop]]:
    """The fields and properties that an extracted comment holds."""
    fields: dict[str, str] = {}
    props = []
    for line in comment.split("\n"):
        prop = _PROP.fullmatch(line)
        if prop:
            props.append(Prop(type=prop[1], text=_read_value(prop[2])))
            continue
        field = _FIELD.fullmatch(line)
        if field:
            fields.setdefault(field[1], _read_value(field[2]))
    return fields, props


def _origin(fields: dict[str, str], line: int | None, path: str) -> Origin:
    try:
        return Origin(
            release=fields.get("release", ""),
            index=int(fields["index"]) if "index" in fields else None,
            created=_moment(fields.get("created")),
            creator=fields.get("creator", ""),
            changed=_moment(fields.get("changed")),
            changer=fields.get("changer", ""),
        )
    except ValueError as error:
        raise FormatError(
            _("broken comment: {reason}").format(reason=error),
            path=path,
            line=line,
            hint=_("Mend the comment above the text, or remove it."),
        ) from None


def _moment(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None


def _comment(notes: Iterable[Note]) -> str:
    """The notes as lines of a comment, whose outer blanks PO does not keep."""
    lines = [line.strip() for note in notes for line in re.split(r"[\r\n]", note.text)]
    return "\n".join(line for line in lines if line)


def _fields(unit: Unit) -> Iterator[str]:
    """What a unit is besides its texts, one comment line each."""
    origin, context = unit.origin, unit.context
    status = "" if unit.status is Status.TRANSLATED else unit.status.value
    known = (
        ("id", unit.id),
        ("status", status),
        ("release", origin.release),
        ("index", "" if origin.index is None else str(origin.index)),
        ("created", origin.created.isoformat() if origin.created else ""),
        ("creator", origin.creator),
        ("changed", origin.changed.isoformat() if origin.changed else ""),
        ("changer", origin.changer),
        ("previous", context.previous),
        ("next", context.next),
        ("key", context.key),
    )
    yield from (f"{name}: {_value(text)}" for name, text in known if text)
    yield from (f"prop {prop.type}: {_value(prop.text)}" for prop in unit.props)


def _value(text: str) -> str:
    """The text on one line; where that needs escapes, as a JSON string."""
    plain = text.isprintable() and text == text.strip() and not text.startswith('"')
    return text if plain else json.dumps(text, ensure_ascii=True)


def _read_value(text: str) -> str:
    if text.startswith('"'):
        try:
            value = json.loads(text)
            str(value).encode()  # half a surrogate is no text
        except ValueError:
            return text
        return value if isinstance(value, str) else text
    return text


def _remarks(draft: Draft, name: str) -> Iterator[str]:
    """The draft's id, how good it is, where it is from, what was changed and what was found."""
    yield f"id: {name}"
    if draft.kind is MatchKind.TERMS:
        yield f"terms: {' '.join(draft.target.split())}"
    elif draft.target:
        yield f"match: {draft.kind.value} {draft.score:.1f}"
    for match in draft.matches[:1]:
        date = match.unit.origin.date
        parts = (match.memory, match.unit.id, date.isoformat() if date else "")
        yield f"origin: {' | '.join(part for part in parts if part)}"
    for edit in draft.edits:
        yield f"edit: {edit.kind}: {edit.before} → {edit.after}"
    for edit in draft.missed:
        yield f"not repaired: {edit.kind}: {edit.before} → {edit.after}"
    for finding in draft.findings:
        yield f"finding: {finding.rule} {finding.name}: {' '.join(finding.advice.split())}"


def _occurrences(draft: Draft, file: str) -> list[tuple[str, str]]:
    name = draft.place.file or file
    line = str(draft.place.line) if draft.place.line else ""
    return [(name.replace(" ", "_"), line)] if name else []


def _repeated(texts: Iterable[str]) -> set[str]:
    return {text for text, count in Counter(texts).items() if count > 1}


def _unique(name: str, source: str, seen: Counter[tuple[str, str]]) -> str:
    """The id, numbered where this source has had it before."""
    seen[name, source] += 1
    count = seen[name, source]
    return name if count == 1 else f"{name}#{count}"


def _catalogue(name: str, langs: tuple[str, str], dates: Iterable[datetime.date | None]) -> polib.POFile:
    known = [date for date in dates if date]
    newest = f"{max(known).isoformat()} 00:00+0000" if known else _NO_DATE
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": " ".join(name.split()) or "tm",
        "POT-Creation-Date": newest,
        "PO-Revision-Date": newest,
        "Last-Translator": "tm",
        "Language-Team": langs[1],
        "Language": langs[1].replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
        "X-Source-Language": langs[0],
        "X-Generator": "tm",
    }
    return catalogue


def _save(catalogue: polib.POFile, stream: BinaryIO) -> None:
    stream.write(f"{catalogue}\n".encode())
