"""Writes XLIFF 1.2, valid by its strict schema: memories, and drafts with their matches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import BinaryIO

from tm.errors import FormatError
from tm.formats.xliff_inline_1 import content_1
from tm.formats.xliff_names import (
    CORE_1,
    OWN,
    Names,
    attributes_xml,
    language_tag,
    prop_name,
    text_xml,
    with_languages,
)
from tm.formats.xliff_remarks import Remark, drafted_target, origin_fields, origin_of_match, remarks
from tm.formats.xliff_states import DRAFT_STATES, STATES
from tm.model import Draft, DraftDocument, Match, MatchKind, Memory, Note, Segment, Status, Unit

__all__ = ["write", "write_draft"]

_TOOL = '      <tool tool-id="tm" tool-name="tm"/>\n'
_ANNOTATED = frozenset({"source", "target", "general"})
_PRIORITIES = frozenset(map(str, range(1, 11)))


def write(memory: Memory, stream: BinaryIO) -> None:
    """Writes the units; one without a translation has an empty target of state new.

    A target that only repeats the source, as some clients need it to begin with, has no state.
    """
    langs, units = with_languages(memory)
    names = Names()
    _document(memory.name or "-", langs, (_unit(unit, names) for unit in units), stream)


def write_draft(document: DraftDocument, stream: BinaryIO, *, copy_source: bool = False) -> None:
    """Writes a draft: targets filled, matches as alt-trans, edits and findings as notes.

    Renderings of single terms are no translation: they are a note, and the target is left empty.
    `copy_source` fills a target without a match with its source, for clients that need one; its state is
    new all the same.
    """
    langs = (language_tag(document.source_lang), language_tag(document.target_lang))
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
        f'<xliff version="1.2" xmlns="{CORE_1}">\n'
        f"  <file{pairs}>\n    <header>\n{_TOOL}    </header>\n    <body>\n"
    )
    for part in chain((head,), units, ("    </body>\n  </file>\n</xliff>\n",)):
        stream.write(part.encode())


def _unit(unit: Unit, names: Names) -> str:
    name = names.take(unit.id)
    approved = unit.status is Status.APPROVED
    return _element(name, unit.id, lambda: _unit_lines(unit, name), approved=approved)


def _unit_lines(unit: Unit, name: str) -> Iterator[str]:
    state = STATES[unit.status] if unit.target.text else "new"
    copied = unit.target.text == unit.source.text
    source, source_codes = _side("source", unit.source)
    target, target_codes = _side("target", unit.target, (("state", "" if copied else state),))
    yield source
    yield target
    yield from _group(
        [
            *_context(unit, name),
            *((f"origin.{key}", text) for key, text in origin_fields(unit.origin)),
            *((f"props.{prop_name(prop)}", prop.text) for prop in unit.props),
            *(("codes.source", text) for text in source_codes),
            *(("codes.target", text) for text in target_codes),
        ]
    )
    yield from map(_note, unit.notes)


def _note(note: Note) -> str:
    said = dict(note.attributes)
    priority = said.get("priority", "")
    annotates = said.get("annotates") or said.get("appliesTo", "")
    pairs = (
        ("xml:lang", language_tag(note.lang) if note.lang else ""),
        ("from", said.get("from") or said.get("category", "")),
        ("priority", priority if priority in _PRIORITIES else ""),
        ("annotates", annotates if annotates in _ANNOTATED else ""),
    )
    return f"<note{attributes_xml(pairs)}>{text_xml(note.text)}</note>"


def _group(contexts: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What only this package reads, in one group; groups with names must have different ones in a file."""
    if contexts:
        inside = "".join(
            f"<context{attributes_xml((('context-type', f'x-{OWN}.{kind}'),))}>{text_xml(text)}</context>"
            for kind, text in contexts
        )
        yield f"<context-group>{inside}</context-group>"


def _context(unit: Unit, name: str) -> list[tuple[str, str]]:
    context = unit.context
    known = (("previous", context.previous), ("next", context.next), ("key", context.key))
    own = [("id", unit.id)] if name != unit.id else []
    return [*own, *((kind, text) for kind, text in known if text)]


def _drafted(draft: Draft, document: DraftDocument, *, copy_source: bool) -> str:
    name = draft.place.segment_id
    return _element(name, name, lambda: _draft_lines(draft, document, copy_source=copy_source))


def _draft_lines(draft: Draft, document: DraftDocument, *, copy_source: bool) -> Iterator[str]:
    kind = draft.kind if draft.target else MatchKind.NONE
    state, qualifier = DRAFT_STATES[kind]
    target = drafted_target(draft, document.target_lang)
    if state == "new" and copy_source:
        target = replace(draft.segment, lang=document.target_lang)
    yield _side("source", replace(draft.segment, lang=document.source_lang))[0]
    yield _side("target", target, (("state", state), ("state-qualifier", qualifier)))[0]
    yield from _location(draft, document)
    for match in draft.matches:
        yield _proposal(match)
    yield from map(_own_note, remarks(draft))


def _location(draft: Draft, document: DraftDocument) -> Iterator[str]:
    if draft.place.line:
        places = (("sourcefile", draft.place.file or document.file), ("linenumber", str(draft.place.line)))
        inside = "".join(
            f'<context context-type="{name}">{text_xml(text)}</context>' for name, text in places if text
        )
        yield f'<context-group purpose="location">{inside}</context-group>'


def _proposal(match: Match) -> str:
    pairs = attributes_xml(
        (
            ("match-quality", f"{match.score:.1f}"),
            ("origin", origin_of_match(match)),
            ("tool-id", "tm"),
            ("alttranstype", "proposal"),
            ("extype", "x-clause" if match.kind is MatchKind.CLAUSE else ""),
        )
    )
    sides = _side("source", match.source)[0] + _side("target", match.target)[0]
    return f"<alt-trans{pairs}>{sides}</alt-trans>"


def _own_note(remark: Remark) -> str:
    pairs = (("from", OWN), ("priority", remark.priority), ("annotates", remark.side))
    return f"<note{attributes_xml(pairs)}>{text_xml(remark.text)}</note>"


def _side(name: str, segment: Segment, pairs: tuple[tuple[str, str], ...] = ()) -> tuple[str, list[str]]:
    """The element of one side, and the notes to correct its codes by."""
    inside, noted = content_1(segment)
    said = attributes_xml((("xml:lang", language_tag(segment.lang) if segment.lang else ""), *pairs))
    return f"<{name}{said}>{inside}</{name}>", noted


def _element(name: str, unit: str, lines: Callable[[], Iterator[str]], *, approved: bool = False) -> str:
    """A trans-unit with one child a line; an error names the unit."""
    yes = ' approved="yes"' if approved else ""
    try:
        mark = attributes_xml((("id", name),))
        inside = "".join(f"        {line}\n" for line in lines())
    except FormatError as error:
        raise FormatError(error.message, unit=unit, hint=error.hint) from None
    return f'      <trans-unit{mark}{yes} xml:space="preserve">\n{inside}      </trans-unit>\n'
