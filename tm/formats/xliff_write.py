"""Writes XLIFF 1.2, valid by its transitional schema: memories, and drafts with their matches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import BinaryIO

from tm.errors import FormatError
from tm.formats.xliff_codes import attributes_xml, content_xml, text_xml
from tm.formats.xliff_read import OWN
from tm.formats.xliff_states import DRAFT_STATES, STATES
from tm.model import Draft, DraftDocument, Match, MatchKind, Memory, Segment, Status, Unit

__all__ = ["write", "write_draft"]

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_TOOL = '      <tool tool-id="tm" tool-name="tm"/>\n'


def write(memory: Memory, stream: BinaryIO) -> None:
    """Writes the units; one without a translation has an empty target of state new.

    A target that only repeats the source, as some clients need it to begin with, has no state.
    """
    langs = (memory.header.source_lang, memory.header.target_lang)
    _document(memory.name or "-", langs, map(_unit, memory), stream)


def write_draft(document: DraftDocument, stream: BinaryIO, *, copy_source: bool = False) -> None:
    """Writes a draft: targets filled, matches as alt-trans, edits and findings as notes.

    Renderings of single terms are no translation: they are a note, and the target is left empty.
    `copy_source` fills a target without a match with its source, for clients that need one; its state is
    new all the same.
    """
    langs = (document.source_lang, document.target_lang)
    units = (_drafted(draft, document, copy_source=copy_source) for draft in document.drafts)
    _document(document.file or "-", langs, units, stream)


def _document(original: str, langs: tuple[str, str], units: Iterable[str], stream: BinaryIO) -> None:
    pairs = attributes_xml(
        (
            ("original", original),
            ("source-language", langs[0]),
            ("target-language", langs[1]),
            ("datatype", "plaintext"),
            ("tool-id", "tm"),
        )
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff version="1.2" xmlns="{_NAMESPACE}">\n'
        f"  <file{pairs}>\n    <header>\n{_TOOL}    </header>\n    <body>\n"
    )
    for part in chain((head,), units, ("    </body>\n  </file>\n</xliff>\n",)):
        stream.write(part.encode())


def _unit(unit: Unit) -> str:
    try:
        return _element(unit.id, list(_unit_lines(unit)), approved=unit.status is Status.APPROVED)
    except FormatError as error:
        raise _placed(error, unit.id) from None


def _unit_lines(unit: Unit) -> Iterator[str]:
    state = STATES[unit.status] if unit.target.text else "new"
    copied = unit.target.text == unit.source.text
    yield _side("source", unit.source)
    yield _side("target", unit.target, (("state", "" if copied else state),))
    yield from _group("context", OWN, _context(unit))
    yield from _group("prop", f"{OWN}:origin", _origin(unit))
    props: list[_Child] = [
        ((("prop-type", prop.type), ("xml:lang", prop.lang)), prop.text) for prop in unit.props
    ]
    yield from _group("prop", "", props)
    for note in unit.notes:
        yield f"<note{attributes_xml((('xml:lang', note.lang),))}>{text_xml(note.text)}</note>"


_Child = tuple[tuple[tuple[str, str], ...], str]


def _group(kind: str, name: str, children: Sequence[_Child]) -> Iterator[str]:
    if children:
        inside = "".join(
            f"<{kind}{attributes_xml(pairs)}>{text_xml(text)}</{kind}>" for pairs, text in children
        )
        yield f"<{kind}-group{attributes_xml((('name', name),))}>{inside}</{kind}-group>"


def _context(unit: Unit) -> list[_Child]:
    context = unit.context
    known = (("x-previous", context.previous), ("x-next", context.next), ("x-key", context.key))
    return [((("context-type", name),), text) for name, text in known if text]


def _origin(unit: Unit) -> list[_Child]:
    origin = unit.origin
    known = (
        ("release", origin.release),
        ("index", "" if origin.index is None else str(origin.index)),
        ("created", origin.created.isoformat() if origin.created else ""),
        ("creator", origin.creator),
        ("changed", origin.changed.isoformat() if origin.changed else ""),
        ("changer", origin.changer),
    )
    return [((("prop-type", name),), text) for name, text in known if text]


def _drafted(draft: Draft, document: DraftDocument, *, copy_source: bool) -> str:
    name = draft.place.segment_id
    try:
        return _element(name, list(_draft_lines(draft, document, copy_source=copy_source)))
    except FormatError as error:
        raise _placed(error, name) from None


def _draft_lines(draft: Draft, document: DraftDocument, *, copy_source: bool) -> Iterator[str]:
    kind = draft.kind if draft.target else MatchKind.NONE
    state, qualifier = DRAFT_STATES[kind]
    target = _target(draft, document.target_lang)
    if state == "new" and copy_source:
        target = replace(draft.segment, lang=document.target_lang)
    yield _side("source", replace(draft.segment, lang=document.source_lang))
    yield _side("target", target, (("state", state), ("state-qualifier", qualifier)))
    yield from _location(draft, document)
    for match in draft.matches:
        yield from _proposal(match)
    if kind is MatchKind.TERMS:
        yield _own_note(f"terms: {draft.target}")
    for edit in draft.edits:
        yield _own_note(f"{edit.kind}: {edit.before} → {edit.after}")
    for finding in draft.findings:
        yield _own_note(f"{finding.rule} {finding.name} ({finding.severity.value}): {finding.advice}")


def _target(draft: Draft, lang: str) -> Segment:
    """The drafted target, with the inline codes of the unit it was taken from unchanged."""
    if draft.kind is MatchKind.TERMS:
        return Segment(lang=lang, text="")
    if draft.matches and draft.matches[0].unit.target.text == draft.target:
        return replace(draft.matches[0].unit.target, lang=lang)
    return Segment(lang=lang, text=draft.target)


def _location(draft: Draft, document: DraftDocument) -> Iterator[str]:
    if draft.place.line:
        places = (("sourcefile", draft.place.file or document.file), ("linenumber", str(draft.place.line)))
        inside = "".join(
            f'<context context-type="{name}">{text_xml(text)}</context>' for name, text in places if text
        )
        yield f'<context-group purpose="location">{inside}</context-group>'


def _proposal(match: Match) -> Iterator[str]:
    pairs = attributes_xml(
        (
            ("match-quality", f"{match.score:.1f}"),
            ("origin", _where(match)),
            ("tool-id", "tm"),
            ("alttranstype", "proposal"),
        )
    )
    sides = _side("source", match.unit.source) + _side("target", match.unit.target)
    yield f"<alt-trans{pairs}>{sides}</alt-trans>"


def _where(match: Match) -> str:
    """Memory, release, unit and date of a match, as far as they are known."""
    origin = match.unit.origin
    release = "" if match.unit.id.startswith(f"{origin.release}/") else origin.release
    date = origin.date.isoformat() if origin.date else ""
    return " | ".join(part for part in (match.memory, release, match.unit.id, date) if part)


def _own_note(text: str) -> str:
    return f'<note from="{OWN}" annotates="target">{text_xml(text)}</note>'


def _side(name: str, segment: Segment, pairs: tuple[tuple[str, str], ...] = ()) -> str:
    return f"<{name}{attributes_xml((('xml:lang', segment.lang), *pairs))}>{content_xml(segment)}</{name}>"


def _element(name: str, lines: list[str], *, approved: bool = False) -> str:
    """A trans-unit with one child a line."""
    yes = ' approved="yes"' if approved else ""
    inside = "".join(f"        {line}\n" for line in lines)
    mark = attributes_xml((("id", name),)) or ' id=""'
    return f'      <trans-unit{mark}{yes} xml:space="preserve">\n{inside}      </trans-unit>\n'


def _placed(error: FormatError, unit: str) -> FormatError:
    return FormatError(error.message, unit=unit, hint=error.hint)
