"""A leveraged draft as a page: both texts side by side, and beside each segment what is to be known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext
from pathlib import PurePath
from typing import BinaryIO

from tm.formats.html_bands import band_labels, band_lines, draft_class, figure, kind_name
from tm.formats.html_marks import Mark, Piece, compared, marked
from tm.formats.html_page import page, text_language
from tm.model import Draft, DraftDocument, Edit, Finding, Match, MatchKind, Severity, Span

__all__ = ["write_draft"]

_SCORED = (MatchKind.CONTEXT, MatchKind.EXACT, MatchKind.REPAIRED, MatchKind.FUZZY, MatchKind.CLAUSE)
_SURE = (MatchKind.CONTEXT, MatchKind.EXACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _From:
    """Where a translation is from: the match with what people want to know of it."""

    score: str
    target: str
    names: tuple[str, ...]
    unit: str
    source: Sequence[Piece] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """A segment as the page shows it."""

    id: str
    css: str
    kind: str
    score: str
    opens: bool
    drafted: bool
    source: Sequence[Piece]
    target: Sequence[Piece]
    origins: tuple[_From, ...] = ()
    others: tuple[_From, ...] = ()
    missed: tuple[tuple[str, Edit], ...] = ()
    findings: tuple[tuple[str, Finding], ...] = ()


def write_draft(document: DraftDocument, stream: BinaryIO) -> None:
    """Writes the page; the same draft always gives the same bytes in the same language of messages."""
    views = list(_views(document.drafts))
    stream.write(
        page(
            "draft.html",
            title=_title(PurePath(document.file)) if document.file not in ("", "-") else _("Draft"),
            path=document.file,
            source_lang=text_language(document.source_lang),
            target_lang=text_language(document.target_lang),
            views=views,
            attention=[view for view in views if view.findings or view.missed or not view.drafted],
            bands=list(band_lines(document.analysis)) if document.analysis else [],
            analysis=document.analysis,
            say=_labels(len(views)),
        )
    )


def _title(file: PurePath) -> str:
    """The name of the text; of a release's, whose texts all have the same name, that of its folder."""
    return file.parent.name if file.stem == "zh" and file.parent.name else file.name


def _labels(count: int) -> Mapping[str, str]:
    """What the page says, in the language of the messages."""
    return {
        "draft": _("Draft from memory, not revised"),
        "count": ngettext("{n} segment", "{n} segments", count).format(n=count),
        "attention": _("Segments to look at"),
        "source": _("Source"),
        "target": _("Draft"),
        "empty": _("No translation found"),
        "terms": _("Terms"),
        "from": _("From"),
        "then": _("Source, then and now"),
        "unit": _("Unit {id}"),
        "others": _("Other translations"),
        "parts": _("Translations of parts"),
        "missed": _("Not mended"),
        "made": _("Made with tm {version}. A draft to be revised by a translator."),
        "match": _("Match"),
        **band_labels(),
    }


def _views(drafts: Sequence[Draft]) -> Iterator[_View]:
    paragraph = -1
    for draft in drafts:
        yield _view(draft, opens=draft.place.paragraph != paragraph)
        paragraph = draft.place.paragraph


def _view(draft: Draft, *, opens: bool) -> _View:
    parts = len(draft.matches) if draft.kind is MatchKind.CLAUSE else 1
    used = draft.matches[:parts] if draft.kind in _SCORED else ()
    return _View(
        id=draft.place.segment_id,
        css=draft_class(draft),
        kind=kind_name(draft.kind),
        score=figure(draft.score) if draft.kind in _SCORED else "",
        opens=opens,
        drafted=bool(draft.target) and draft.kind is not MatchKind.TERMS,
        source=marked([Piece(draft.segment.text)], _marks(draft, "source")),
        target=_target(draft),
        origins=tuple(_from(match, draft) for match in used),
        others=tuple(_from(match, draft) for match in draft.matches[len(used) :]),
        missed=tuple((_edit_name(edit.kind), edit) for edit in draft.missed),
        findings=tuple((_severity_name(finding.severity), finding) for finding in _open(draft)),
    )


def _target(draft: Draft) -> Sequence[Piece]:
    """The English in pieces, with what was changed in the matched translation; empty without any."""
    if not draft.target:
        return ()
    whole = [Piece(draft.target)]
    if draft.edits and draft.matches and draft.kind in (MatchKind.REPAIRED, MatchKind.FUZZY):
        whole = [
            _named(piece, draft.edits) for piece in compared(draft.matches[0].unit.target.text, draft.target)
        ]
    return marked(whole, _marks(draft, "target"))


def _named(piece: Piece, edits: Sequence[Edit]) -> Piece:
    """The piece; one that was put in or taken out says by which edit."""
    for edit in edits if piece.tag else ():
        side = edit.after if piece.tag == "ins" else edit.before
        if piece.text in side or side in piece.text:
            title = f"{_edit_name(edit.kind)}: {edit.before} → {edit.after}"
            return replace(piece, title=title)
    return piece


def _marks(draft: Draft, side: str) -> list[Mark]:
    return [
        Mark(finding.start, finding.end, finding.advice)
        for finding in _open(draft)
        if finding.side == side and finding.start < finding.end
    ]


def _open(draft: Draft) -> list[Finding]:
    return [finding for finding in draft.findings if finding.waived is None]


def _from(match: Match, draft: Draft) -> _From:
    origin = match.unit.origin
    date = origin.date.isoformat() if origin.date else ""
    source = _part(match, "source", match.unit.source.text)
    differs = draft.kind not in _SURE and source != draft.segment.text
    whole = draft.kind is not MatchKind.CLAUSE
    return _From(
        score=figure(match.score),
        target=_part(match, "target", match.unit.target.text),
        names=tuple(name for name in (match.memory, origin.release, date) if name),
        unit=match.unit.id,
        source=(compared(source, draft.segment.text) if whole else [Piece(source)]) if differs else (),
    )


def _part(match: Match, side: str, text: str) -> str:
    """The stretch of the text that the match is about."""
    span = next((part for part in match.parts if part.side == side), Span(side=side, start=0, end=len(text)))
    return text[span.start : span.end]


def _edit_name(kind: str) -> str:
    names = {
        "number": _("number"),
        "date": _("date"),
        "name": _("name"),
        "term": _("term"),
        "place": _("place"),
    }
    return names.get(kind, kind)


def _severity_name(severity: Severity) -> str:
    names = {
        Severity.NEUTRAL: _("neutral"),
        Severity.MINOR: _("minor"),
        Severity.MAJOR: _("major"),
        Severity.CRITICAL: _("critical"),
    }
    return names[severity]
