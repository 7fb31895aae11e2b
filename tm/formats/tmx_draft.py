"""Writes a leveraged draft as TMX: its translations so far, and where each came from."""

from __future__ import annotations

from typing import BinaryIO

from tm.formats.tmx_write import write
from tm.model import Draft, DraftDocument, Header, MatchKind, Memory, Prop, Segment, Status, Unit

__all__ = ["write_draft"]


def write_draft(document: DraftDocument, stream: BinaryIO) -> None:
    """Nothing; the stream holds a unit for each segment of the draft that has a translation.

    Its tuid is the draft's id of the segment; the props x-match, x-score and x-origin say how good the match
    is and where it came from (release / memory / unit).
    """
    header = Header(source_lang=document.source_lang, target_lang=document.target_lang)
    units = (_unit(draft, document.target_lang) for draft in document.drafts if _translated(draft))
    write(Memory(name=document.file, header=header, units=units), stream)


def _translated(draft: Draft) -> bool:
    """True when the draft has a translation; renderings of single terms are none."""
    return bool(draft.target) and draft.kind is not MatchKind.TERMS


def _unit(draft: Draft, target_lang: str) -> Unit:
    return Unit(
        id=draft.place.segment_id,
        source=draft.segment,
        target=Segment(lang=target_lang, text=draft.target),
        status=Status.DRAFT,
        props=tuple(_props(draft)),
    )


def _props(draft: Draft) -> list[Prop]:
    props = [Prop(type="x-match", text=draft.kind.value), Prop(type="x-score", text=f"{draft.score:.1f}")]
    if draft.matches:
        best = draft.matches[0]
        names = (best.unit.origin.release, best.memory, best.unit.id)
        props.append(Prop(type="x-origin", text=" / ".join(name for name in names if name)))
    return props
