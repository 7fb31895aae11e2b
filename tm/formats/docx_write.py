"""Writes review tables for Word: drafts with their matches and findings, and memories.

The table is what a reviewer needs and nothing else: number, Chinese, English, match, status, comment. What
the checks found and where a fuzzy match came from are Word comments at the words they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from pathlib import PurePath
from typing import Any, BinaryIO

from tm.errors import FormatError
from tm.formats.docx_cells import Piece
from tm.formats.docx_codes import shown
from tm.formats.docx_comments import AUTHOR
from tm.formats.docx_parts import HEADER, NAMESPACES, packed
from tm.formats.docx_record import mark_name, record_of, records_xml
from tm.formats.docx_status import SHOWN
from tm.formats.docx_xml import Anchor, attribute_xml, cell, paragraph, run, runs
from tm.model import Draft, DraftDocument, Match, MatchKind, Memory, Note, Segment, Status, Unit

__all__ = ["write", "write_draft"]

_MOST = 32_000
"""Word's tables end at 32,767 lines."""
_CONTROLS = 2_000
"""A longer table has no lists to choose a status from: Word opens tens of thousands of them slowly."""
_SURE = (MatchKind.CONTEXT, MatchKind.EXACT)
_KINDS = {
    MatchKind.CONTEXT: "context 语境",
    MatchKind.EXACT: "exact 完全",
    MatchKind.REPAIRED: "repaired 修补",
    MatchKind.FUZZY: "fuzzy 模糊",
    MatchKind.CLAUSE: "clause 拼合",
    MatchKind.TERMS: "terms 仅术语",
    MatchKind.NONE: "none 无匹配",
}
_FILLS = {MatchKind.CONTEXT: "D9EAD3", MatchKind.EXACT: "E6F2E0", MatchKind.REPAIRED: "E3EEF9"}
_BANDS = ((85, "FFF6D6"), (75, "FDE9CF"), (0, "F9DCD2"))
_EMPTY = "EDEDED"
_HEAD = "D9D9D9"
_ZH_HINT = '<w:rFonts w:hint="eastAsia"/>'
_WIDTHS = {"id": 850, "zh": 4500, "en": 5100, "match": 1304, "status": 1247, "comment": 2137}
_TITLES = {
    "id": "编号 ID",
    "zh": "中文 Chinese",
    "en": "英文 English",
    "match": "匹配 Match",
    "status": "状态 Status",
    "comment": "批注 Comment",
}
_GUIDE = (
    "只改英文、状态和批注三栏；修订和批注都会读回。 Change only the columns English, Status and Comment; "
    "tracked changes and comments are read back."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of the table, before it is XML. `remarks` are comments with the side they are about."""

    id: str
    source: Segment
    target: Segment
    status: Status | None
    match: tuple[str, ...] | None = None
    fill: str = ""
    notes: tuple[Note, ...] = ()
    remarks: tuple[tuple[str, int, int, str], ...] = ()
    record: dict[str, Any] = field(default_factory=dict)


def write(memory: Memory, stream: BinaryIO) -> None:
    """Writes the units with their status and notes; the same memory always gives the same bytes."""
    langs = (memory.header.source_lang, memory.header.target_lang)
    _document(memory.name, langs, tuple(map(_of_unit, memory)), stream)


def write_draft(document: DraftDocument, stream: BinaryIO) -> None:
    """Writes a draft: each segment with its match, edits and findings as comments.

    Renderings of single terms are a comment, and the English is left empty.
    """
    langs = (document.source_lang, document.target_lang)
    title = _title(PurePath(document.file)) if document.file != "-" else ""
    lines = tuple(_of_draft(draft, document.target_lang) for draft in document.drafts)
    _document(title, langs, lines, stream)


def _title(file: PurePath) -> str:
    """The name of the text; of a release's, whose texts all have the same name, with that of its folder."""
    return f"{file.parent.name}/{file.name}" if file.stem == "zh" and file.parent.name else file.name


def _document(title: str, langs: tuple[str, str], lines: Sequence[_Line], stream: BinaryIO) -> None:
    if len(lines) > _MOST:
        raise FormatError(
            _("{count} units do not fit into a table of Word, which ends at {most} lines").format(
                count=len(lines), most=_MOST
            ),
            hint=_("Write fewer, for example those of one release, or another format."),
        )
    table = _Table(draft=any(line.match for line in lines), controls=len(lines) <= _CONTROLS)
    body = "".join(table.line(number, line) for number, line in enumerate(lines, start=1))
    heading = paragraph("Title", run(title)) if title else ""
    document = (
        f"{HEADER}<w:document {NAMESPACES}><w:body>{heading}{paragraph('tmGuide', run(_GUIDE))}"
        f"{table.head()}{body}</w:tbl>\n{_SECTION}</w:body></w:document>"
    )
    records = {number: line.record for number, line in enumerate(lines, start=1) if line.record}
    stream.write(
        packed(
            document,
            comments=table.comments_part(),
            record=records_xml(records) if records else "",
            title=title,
            langs=langs,
        )
    )


_SECTION = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:p><w:sectPr>'
    '<w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="425" w:footer="425" '
    'w:gutter="0"/>'
    "</w:sectPr>"
)


class _Table:
    """Makes the lines of one table, and numbers its comments."""

    def __init__(self, *, draft: bool, controls: bool) -> None:
        self._columns = [name for name in _WIDTHS if draft or name != "match"]
        self._widths = dict(_WIDTHS)
        if not draft:
            self._widths["id"] += _WIDTHS["match"] // 2  # a memory's ids are longer than a draft's
            self._widths["comment"] += _WIDTHS["match"] // 2
        self._controls = controls
        self._comments: list[str] = []

    def head(self) -> str:
        """The beginning of the table and its header, which is repeated on every page."""
        grid = "".join(f'<w:gridCol w:w="{self._widths[name]}"/>' for name in self._columns)
        cells = "".join(
            cell(self._widths[name], paragraph("tmHeader", run(_TITLES[name])), fill=_HEAD)
            for name in self._columns
        )
        width = sum(self._widths[name] for name in self._columns)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="tmTable"/><w:tblW w:w="{width}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>\n'
            f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>\n"
        )

    def line(self, number: int, line: _Line) -> str:
        """One line; a character that it cannot hold is a FormatError with the unit."""
        try:
            cells = "".join(
                cell(self._widths[name], content, fill=self._fill(name, line))
                for name, content in self._cells(number, line)
                if name in self._columns
            )
        except FormatError as error:
            raise FormatError(error.message, unit=line.id, hint=error.hint) from None
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>\n"

    def comments_part(self) -> str:
        """The comments; empty when there are none."""
        if not self._comments:
            return ""
        return f"{HEADER}<w:comments {NAMESPACES}>{''.join(self._comments)}</w:comments>"

    def _fill(self, name: str, line: _Line) -> str:
        if name == "en" and not line.target.text:
            return _EMPTY
        return line.fill if name == "match" else ""

    def _cells(self, number: int, line: _Line) -> Iterator[tuple[str, str]]:
        zh, en = shown(line.source), shown(line.target)
        name = mark_name(number, _text(zh), _text(en), line.status)
        inside = runs(zh, self._anchors("source", line, zh), properties=_ZH_HINT)
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        end = f'<w:bookmarkEnd w:id="{number}"/>'
        yield "id", paragraph("tmId", run(line.id, "<w:noProof/>"))
        yield "zh", paragraph("tmSource", f"{start}{inside}{end}")
        yield "en", paragraph("tmTarget", runs(en, self._anchors("target", line, en)))
        match = line.match or ("",)
        yield (
            "match",
            "".join(
                paragraph("tmFrom" if place else "tmMatch", run(text)) for place, text in enumerate(match)
            ),
        )
        yield "status", paragraph("tmMatch", self._status(line.status))
        notes = [paragraph("tmComment", run(note.text)) for note in line.notes]
        yield "comment", "".join(notes) or paragraph("tmComment", "")

    def _status(self, status: Status | None) -> str:
        chosen = run(SHOWN[status] if status else "—")
        return f"{_CONTROL}{chosen}</w:sdtContent></w:sdt>" if self._controls else chosen

    def _anchors(self, side: str, line: _Line, pieces: Sequence[Piece]) -> list[Anchor]:
        anchors = []
        length = len(_text(pieces))
        for about, start, end, text in line.remarks:
            if about == side:
                whole = not 0 <= start < end <= length or any(piece.code for piece in pieces)
                bounds = (0, length) if whole else (start, end)
                anchors.append(Anchor(start=bounds[0], end=bounds[1], comment=len(self._comments)))
                self._comments.append(_comment(len(self._comments), text))
        return anchors


_CONTROL = (
    '<w:sdt><w:sdtPr><w:alias w:val="状态 Status"/><w:tag w:val="tm-status"/><w:dropDownList>'
    + "".join(
        f'<w:listItem w:displayText="{attribute_xml(text)}" w:value="{status.value}"/>'
        for status, text in SHOWN.items()
    )
    + "</w:dropDownList></w:sdtPr><w:sdtContent>"
)


def _comment(number: int, text: str) -> str:
    inside = "".join(paragraph("CommentText", run(part)) for part in text.split("\n"))
    return f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:initials="{AUTHOR}">{inside}</w:comment>'


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _of_unit(unit: Unit) -> _Line:
    return _Line(
        id=unit.id,
        source=unit.source,
        target=unit.target,
        status=unit.status if unit.target.text else None,
        notes=unit.notes,
        record=record_of(unit),
    )


def _of_draft(draft: Draft, lang: str) -> _Line:
    target = _target(draft, lang)
    status = None
    if target.text:
        status = Status.TRANSLATED if draft.kind in _SURE else Status.DRAFT
    unit = Unit(id=draft.place.segment_id, source=draft.segment, target=target)
    return _Line(
        id=unit.id,
        source=draft.segment,
        target=target,
        status=status,
        match=tuple(_match(draft)),
        fill=_fill_of(draft),
        remarks=tuple(_remarks(draft)),
        record=record_of(unit),
    )


def _target(draft: Draft, lang: str) -> Segment:
    """The drafted English, with the inline codes of the unit it was taken from unchanged."""
    if draft.kind is MatchKind.TERMS:
        return Segment(lang=lang, text="")
    if draft.matches and draft.matches[0].unit.target.text == draft.target:
        return replace(draft.matches[0].unit.target, lang=lang)
    return Segment(lang=lang, text=draft.target)


def _match(draft: Draft) -> Iterator[str]:
    """How good the match is, in figures and words, and the release it is from."""
    if draft.kind is MatchKind.NONE or not draft.target:
        yield _KINDS[MatchKind.NONE]
        return
    figure = f"{draft.score:.1f}".removesuffix(".0")
    yield _KINDS[draft.kind] if draft.kind is MatchKind.TERMS else f"{figure} {_KINDS[draft.kind]}"
    if draft.matches and draft.kind is not MatchKind.TERMS:
        best = draft.matches[0]
        yield best.unit.origin.release or best.memory


def _fill_of(draft: Draft) -> str:
    if draft.kind in (MatchKind.NONE, MatchKind.TERMS):
        return ""
    return _FILLS.get(draft.kind) or next(fill for least, fill in _BANDS if draft.score >= least)


def _remarks(draft: Draft) -> Iterator[tuple[str, int, int, str]]:
    """What the reviewer should know: side, stretch of its text, remark."""
    if draft.kind is MatchKind.TERMS and draft.target:
        yield "source", 0, 0, f"术语 Terms: {draft.target}"
    elif draft.target and draft.kind not in _SURE:
        yield "target", 0, 0, "\n".join(_provenance(draft))
    for match in draft.matches:
        if match.parts and draft.kind is not MatchKind.CLAUSE:
            yield "source", 0, 0, "\n".join((*_origin(match, MatchKind.CLAUSE), match.target.text))
    for finding in draft.findings:
        side = "source" if finding.side == "source" or not draft.target else "target"
        start, end = (finding.start, finding.end) if side == finding.side else (0, 0)
        yield side, start, end, f"{finding.rule} {finding.severity.value}: {finding.advice}"


def _origin(match: Match, kind: MatchKind) -> Iterator[str]:
    """Where a match is from, and what its source says."""
    names = (match.memory, match.unit.origin.release or match.unit.id)
    yield f"{_KINDS[kind]}: {' / '.join(name for name in names if name)}"
    yield f"原句 Source then: {match.source.text}"


def _provenance(draft: Draft) -> Iterator[str]:
    """Where a draft that is not an exact match comes from, and what was changed in it."""
    parts = len(draft.matches) if draft.kind is MatchKind.CLAUSE else 1
    for match in draft.matches[:parts]:
        yield from _origin(match, draft.kind)
    if not draft.matches:
        yield _KINDS[draft.kind]
    for edit in draft.edits:
        yield f"已改 {edit.kind}: {edit.before} → {edit.after}"
    for edit in draft.missed:
        yield f"未改 Not repaired {edit.kind}: {edit.before} → {edit.after}"
