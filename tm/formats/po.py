"""PO files through polib: a hand-off for review, and for every tool of the gettext world.

A unit's id stands in an extracted comment, and as msgctxt only where its source occurs twice, because two
equal msgids are a fatal error. No clock is read: dates come from the units or are a fixed one.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from gettext import gettext as _
from pathlib import PurePath
from typing import BinaryIO

import polib

from tm.errors import FormatError
from tm.formats.base import LONGEST_TEXT, too_long
from tm.formats.po_comments import (
    FLAG,
    PREVIOUS,
    REFERENCE,
    comment_of,
    described,
    developers,
    fields_of,
    marks_of,
    origin_of,
    references,
)
from tm.model import (
    Context,
    Draft,
    DraftDocument,
    Header,
    MatchKind,
    Memory,
    Note,
    Prop,
    Segment,
    Status,
    Unit,
)
from tm.text.decode import decode
from tm.text.scripts import is_mostly_chinese

__all__ = ["read", "write", "write_draft"]

_NO_DATE = "2000-01-01 00:00+0000"
_ONE_FORM, _TWO_FORMS = "nplurals=1; plural=0;", "nplurals=2; plural=(n != 1);"
_SURE = (MatchKind.CONTEXT, MatchKind.EXACT)
_SEPARATORS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_HIDDEN = {ord(mark): 0xFDD0 + place for place, mark in enumerate(_SEPARATORS)}
"""polib ends lines where Python does; these stand for noncharacters while it reads."""
_SHOWN = {0xFDD0 + place: mark for place, mark in enumerate(_SEPARATORS)}
_LINE = re.compile(
    r"""\s*(?:\#.*|(?:(?:msgctxt|msgid_plural|msgid|msgstr(?:\[\d{1,2}\])?)\s*)?"(?:[^"\\]++|\\.)*+"\s*)?""",
    re.DOTALL,
)
_TAG = re.compile(r"[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*")
_LOOK = 200
"""So many texts are looked at to know their language."""
_CHARSET = re.compile(rb"charset=([\w.:-]+)")


def read(stream: BinaryIO, *, path: str = "-") -> Memory:
    """The units in order, obsolete ones aside: fuzzy ones are drafts, untranslated ones have an empty target.

    How many are obsolete stands in the header, as the property x-obsolete. A unit with a plural gives one
    unit for each form. Faults are FormatErrors with their line.
    """
    raw = stream.read()
    declared = _CHARSET.search(raw[:4096])
    text = decode(raw, declared=declared[1].decode() if declared else "", path=path).text
    _check_lines(text, path)
    catalogue = _parsed(text, path)
    langs = _languages(catalogue)
    units: list[Unit] = []
    for number, found in enumerate(catalogue, start=1):
        if not found.obsolete:
            _refuse_odd(found, path)
            found.linenum = found.linenum or number
            units += _units(found, langs, path)
    name = PurePath(path).stem if path != "-" else ""
    obsolete = sum(found.obsolete for found in catalogue)
    counted = (Prop(type="x-obsolete", text=str(obsolete)),) if obsolete else ()
    header = Header(source_lang=langs[0], target_lang=langs[1], props=counted)
    return Memory(name=name, header=header, units=tuple(units))


def write(memory: Memory, stream: BinaryIO) -> None:
    """Writes the units; the same memory always gives the same bytes."""
    units = tuple(memory)
    langs = _tags(memory.header, units)
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
                comment="\n".join(fields_of(unit)),
                tcomment=comment_of(unit.notes),
                occurrences=references(unit),
                flags=[
                    *(["fuzzy"] if unit.status is Status.DRAFT and unit.target.text else []),
                    *marks_of(unit, FLAG),
                ],
                previous_msgid=next(iter(marks_of(unit, PREVIOUS)), None),
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
        previous = draft.matches[0].source.text if fuzzy and draft.matches else None
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
    fields, props, others = described(_shown(found.comment))
    name = fields.get("id") or _shown(found.msgctxt or "") or str(found.linenum or "")
    for form, (source, target) in enumerate(forms):
        yield Unit(
            id=name if form == 0 else f"{name}[{form}]",
            source=Segment(lang=langs[0], text=_shown(source)),
            target=Segment(lang=langs[1], text=_shown(target)),
            status=_status(found, fields),
            origin=origin_of(fields, found.linenum, path),
            context=Context(
                previous=fields.get("previous", ""), next=fields.get("next", ""), key=fields.get("key", "")
            ),
            notes=(*developers(others), *_translators(found)),
            props=(*props, *_marks(found)),
            line=found.linenum or 0,
        )


def _translators(found: polib.POEntry) -> Iterator[Note]:
    if found.tcomment:
        yield Note(text=_shown(found.tcomment))


def _marks(found: polib.POEntry) -> Iterator[Prop]:
    """What PO has a place of its own for and the model has not."""
    for file, line in found.occurrences:
        yield Prop(type=REFERENCE, text=_shown(f"{file}:{line}" if line else file))
    for flag in found.flags:
        if flag not in ("fuzzy", ""):
            yield Prop(type=FLAG, text=_shown(flag))
    if found.previous_msgid:
        yield Prop(type=PREVIOUS, text=_shown(found.previous_msgid))


def _languages(catalogue: polib.POFile) -> tuple[str, str]:
    """The languages that the header names; where it does not, those that the texts look like."""
    said = (catalogue.metadata.get("X-Source-Language", ""), catalogue.metadata.get("Language", ""))
    sides = ([found.msgid for found in catalogue], [found.msgstr for found in catalogue])
    found = [
        lang.strip().replace("_", "-") or ("zh-CN" if is_mostly_chinese("".join(texts[:_LOOK])) else "en")
        for lang, texts in zip(said, sides, strict=True)
    ]
    if not said[1] and found[0] == found[1]:  # nothing is translated yet
        found[1] = "en" if found[0] == "zh-CN" else "zh-CN"
    return found[0], found[1]


def _tags(header: Header, units: Sequence[Unit]) -> tuple[str, str]:
    """The languages of the file; a header without, as in a TMX of all languages, leaves it to the units."""
    first = (units[0].source.lang, units[0].target.lang) if units else ("zh-CN", "en")
    said = (header.source_lang, header.target_lang)
    found = [lang if _TAG.fullmatch(lang) else usual for lang, usual in zip(said, first, strict=True)]
    return found[0], found[1]


def _status(found: polib.POEntry, fields: dict[str, str]) -> Status:
    if found.fuzzy:
        return Status.DRAFT
    said = fields.get("status", "")
    default = Status.TRANSLATED if found.msgstr or found.msgstr_plural else Status.DRAFT
    return Status(said) if said in tuple(Status) else default


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
        if draft.target and draft.kind is not MatchKind.TERMS:
            yield f"origin: {' | '.join(part for part in parts if part)}"
    for match in draft.matches:
        if match.parts:
            yield f"clause: {match.source.text} → {' '.join(match.target.text.split())}"
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
        "Plural-Forms": _ONE_FORM if langs[1].lower().startswith("zh") else _TWO_FORMS,
        "X-Source-Language": langs[0],
        "X-Generator": "tm",
    }
    return catalogue


def _save(catalogue: polib.POFile, stream: BinaryIO) -> None:
    stream.write(f"{catalogue}\n".encode())
