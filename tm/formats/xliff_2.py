"""XLIFF 2.1, written: core, and the modules for translation candidates (matches) and metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import BinaryIO

from tm.errors import FormatError
from tm.formats.xliff_inline_2 import InlineIds, Originals, content_2
from tm.formats.xliff_names import (
    CORE_2,
    MATCHES,
    METADATA,
    OWN,
    Names,
    attributes_xml,
    language_tag,
    prop_name,
    text_xml,
    with_languages,
)
from tm.formats.xliff_read import read
from tm.formats.xliff_remarks import Remark, drafted_target, origin_fields, origin_of_match, remarks
from tm.formats.xliff_states import DRAFT_STATES_2, STATES_2
from tm.model import Draft, DraftDocument, Match, MatchKind, Memory, Note, Segment, Unit

__all__ = ["read", "write", "write_draft"]

_SEGMENT = "s1"
"""The id of the one segment of a unit, to which its matches refer."""
_BEST = 102.0
"""The score of the best match there can be; XLIFF counts to 100."""
_MATCH_TYPES = {MatchKind.CONTEXT: "icm", MatchKind.CLAUSE: "am", MatchKind.TERMS: "tb"}
"""In-context, assembled, term base; all others are of a translation memory."""
_PRIORITIES = frozenset(map(str, range(1, 11)))

_Pairs = list[tuple[str, str]]


def write(memory: Memory, stream: BinaryIO) -> None:
    """Writes the units; one without a translation is initial and has no target."""
    langs, units = with_languages(memory)
    names = Names(tokens=True)
    _document(memory.name, langs, (_unit(unit, names, langs) for unit in units), stream)


def write_draft(document: DraftDocument, stream: BinaryIO) -> None:
    """Writes a draft: targets filled, matches as candidates, edits and findings as notes.

    Only context and exact matches count as translated; all other targets are initial, with a subState that
    says they are drafts. Renderings of single terms are no translation: they are a note.
    """
    langs = (language_tag(document.source_lang), language_tag(document.target_lang))
    units = (_drafted(draft, document) for draft in document.drafts)
    _document(document.file, langs, units, stream)


def _document(original: str, langs: tuple[str, str], units: Iterable[str], stream: BinaryIO) -> None:
    named = attributes_xml((("original", original),))
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff version="2.1" srcLang="{langs[0]}" trgLang="{langs[1]}" xmlns="{CORE_2}"'
        f' xmlns:mtc="{MATCHES}" xmlns:mda="{METADATA}">\n'
        f'  <file id="f1"{named} canResegment="no" xml:space="preserve">\n'
    )
    written = 0
    for part in chain((head,), units):
        stream.write(part.encode())
        written += 1
    if written == 1:  # a file must hold something
        stream.write(b'    <group id="g1"/>\n')
    stream.write(b"  </file>\n</xliff>\n")


def _unit(unit: Unit, names: Names, langs: tuple[str, str]) -> str:
    name = names.take(unit.id)
    pairs = [("id", name), ("name", unit.context.key)]
    return _element(pairs, unit.id, lambda: _unit_lines(unit, name, langs))


def _unit_lines(unit: Unit, name: str, langs: tuple[str, str]) -> Iterator[str]:
    translated = bool(unit.target.text)
    state, substate = STATES_2[unit.status] if translated else ("initial", "")
    originals = Originals()
    segment, noted = _segment(unit.source, unit.target, (state, substate), originals)
    groups = (
        (f"{OWN}:unit", _facts(unit, name, langs)),
        (f"{OWN}:props", [(prop_name(prop), prop.text) for prop in unit.props]),
        (f"{OWN}:codes", noted),
    )
    yield from _metadata(groups)
    yield from _notes(map(_note, unit.notes))
    yield from originals.xml()
    yield segment


def _facts(unit: Unit, name: str, langs: tuple[str, str]) -> _Pairs:
    """What the core has no place for: an id that is no name token, origin, context, odd languages."""
    sides = zip(("source-lang", "target-lang"), (unit.source.lang, unit.target.lang), langs, strict=True)
    return [
        *([("id", unit.id)] if name != unit.id else []),
        *origin_fields(unit.origin),
        *((kind, text) for kind in ("previous", "next") if (text := getattr(unit.context, kind))),
        *((kind, lang) for kind, lang, usual in sides if lang != usual),
    ]


def _segment(
    source: Segment, target: Segment, states: tuple[str, str], originals: Originals
) -> tuple[str, _Pairs]:
    """The segment element, and the notes to correct its codes by."""
    ids = InlineIds(_SEGMENT)
    sides, noted = _sides(source, target, ids, originals)
    pairs = attributes_xml((("id", _SEGMENT), ("state", states[0]), ("subState", states[1])))
    return f"<segment{pairs}>{sides}</segment>", noted


def _sides(source: Segment, target: Segment, ids: InlineIds, originals: Originals) -> tuple[str, _Pairs]:
    """Source and target; an empty target is left out."""
    left, left_notes = content_2(source, ids, originals)
    ids.turn()
    right, right_notes = content_2(target, ids, originals)
    noted = [*(("source", text) for text in left_notes), *(("target", text) for text in right_notes)]
    return f"<source>{left}</source>" + (f"<target>{right}</target>" if right else ""), noted


def _metadata(groups: Iterable[tuple[str, _Pairs]]) -> Iterator[str]:
    parts = []
    for category, pairs in groups:
        inside = "".join(f'<mda:meta{attributes_xml((("type", kind),))}>{text_xml(text)}</mda:meta>'
                         for kind, text in pairs)  # fmt: skip
        if inside:
            parts.append(f'<mda:metaGroup category="{category}">{inside}</mda:metaGroup>')
    if parts:
        yield f"<mda:metadata>{''.join(parts)}</mda:metadata>"


def _notes(notes: Iterable[str]) -> Iterator[str]:
    inside = "".join(notes)
    if inside:
        yield f"<notes>{inside}</notes>"


def _note(note: Note) -> str:
    said = dict(note.attributes)
    priority = said.get("priority", "")
    applies = said.get("appliesTo") or said.get("annotates", "")
    pairs = (
        ("xml:lang", language_tag(note.lang) if note.lang else ""),
        ("appliesTo", applies if applies in ("source", "target") else ""),
        ("category", said.get("category") or said.get("from", "")),
        ("priority", priority if priority in _PRIORITIES else ""),
    )
    return f"<note{attributes_xml(pairs)}>{text_xml(note.text)}</note>"


def _drafted(draft: Draft, document: DraftDocument) -> str:
    name = draft.place.segment_id
    return _element([("id", name)], name, lambda: _draft_lines(draft, document))


def _draft_lines(draft: Draft, document: DraftDocument) -> Iterator[str]:
    kind = draft.kind if draft.target else MatchKind.NONE
    originals = Originals()
    target = drafted_target(draft, document.target_lang)
    segment, noted = _segment(draft.segment, target, DRAFT_STATES_2[kind], originals)
    candidates = "".join(_candidate(match, number) for number, match in enumerate(draft.matches, start=1))
    if candidates:
        yield f"<mtc:matches>{candidates}</mtc:matches>"
    yield from _metadata(((f"{OWN}:draft", _found(draft, document, kind)), (f"{OWN}:codes", noted)))
    yield from _notes(map(_own_note, remarks(draft)))
    yield from originals.xml()
    yield segment


def _found(draft: Draft, document: DraftDocument, kind: MatchKind) -> _Pairs:
    """How the draft was made, and where its source stands."""
    line = str(draft.place.line) if draft.place.line else ""
    score = f"{draft.score:.1f}" if kind not in (MatchKind.NONE, MatchKind.TERMS) else ""
    known = (
        ("kind", kind.value),
        ("score", score),
        ("file", draft.place.file if draft.place.file != document.file else ""),
        ("line", line),
    )
    return [(name, text) for name, text in known if text]


def _candidate(match: Match, number: int) -> str:
    """A match of the segment. Penalties lower its quality, not the likeness of its source."""
    originals = Originals()
    likeness = match.score + sum(penalty.points for penalty in match.penalties)
    pairs = attributes_xml(
        (
            ("id", f"m{number}"),
            ("ref", f"#{_SEGMENT}"),
            ("type", _MATCH_TYPES.get(match.kind, "tm")),
            ("similarity", _percent(likeness)),
            ("matchQuality", _percent(match.score)),
            ("matchSuitability", _percent(match.score / _BEST * 100)),
            ("origin", origin_of_match(match)),
        )
    )
    sides, noted = _sides(match.source, _some(match.target), InlineIds(), originals)
    meta = _metadata(((f"{OWN}:match", _provenance(match)), (f"{OWN}:codes", noted)))
    return f"<mtc:match{pairs}>{''.join((*meta, *originals.xml()))}{sides}</mtc:match>"


def _some(target: Segment) -> Segment:
    """The target of a candidate, which must be there."""
    return target if target.text else replace(target, text=" ", codes=())


def _provenance(match: Match) -> _Pairs:
    """Where a match is from; `score` is the one of the project, with 101 and 102 for its context."""
    unit = match.unit
    known = (
        ("memory", match.memory),
        ("unit", unit.id),
        ("release", unit.origin.release),
        ("date", unit.origin.date.isoformat() if unit.origin.date else ""),
        ("status", unit.status.value),
        ("score", f"{match.score:.1f}"),
        *(("penalty", f"{penalty.name} {penalty.points:g}") for penalty in match.penalties),
    )
    return [(name, text) for name, text in known if text]


def _percent(score: float) -> str:
    return f"{min(max(score, 0.0), 100.0):.1f}"


def _own_note(remark: Remark) -> str:
    pairs = (("appliesTo", remark.side), ("category", f"{OWN}:{remark.kind}"), ("priority", remark.priority))
    return f"<note{attributes_xml(pairs)}>{text_xml(remark.text)}</note>"


def _element(pairs: Sequence[tuple[str, str]], unit: str, lines: Callable[[], Iterator[str]]) -> str:
    """A unit with one child a line; an error names the unit."""
    try:
        mark = attributes_xml(pairs)
        inside = "".join(f"      {line}\n" for line in lines())
    except FormatError as error:
        raise FormatError(error.message, unit=unit, hint=error.hint) from None
    return f"    <unit{mark}>\n{inside}    </unit>\n"
