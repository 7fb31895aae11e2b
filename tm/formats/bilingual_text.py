"""A leveraged draft as plain text to read: every segment, its target, and where that is from."""

from __future__ import annotations

from typing import BinaryIO

from tm.model import Draft, DraftDocument, MatchKind

__all__ = ["write_draft"]


def write_draft(document: DraftDocument, stream: BinaryIO) -> None:
    """Writes every segment: id, `[kind score origin]`, source, target, edits made and missed, findings."""
    for draft in document.drafts:
        stream.write(("\n".join(_lines(draft)) + "\n\n").encode())


def _lines(draft: Draft) -> list[str]:
    name = draft.place.segment_id
    lines = [f"{name}  [{_said(draft)}]", _line(draft.segment.text), _line(draft.target)]
    lines += [f"  * {edit.kind}: {edit.before} → {edit.after}" for edit in draft.edits]
    lines += [f"  ? {edit.kind}: {edit.before} → {edit.after} (not repaired)" for edit in draft.missed]
    lines += [f"  ! {finding.rule} {finding.name}: {_line(finding.advice)}" for finding in draft.findings]
    lines += [
        f"  ~ {match.source.text} → {_line(match.target.text)}" for match in draft.matches if match.parts
    ]
    return lines


def _said(draft: Draft) -> str:
    """Kind, score and origin, as far as there are any."""
    if not draft.target:
        return draft.kind.value
    parts = [draft.kind.value, f"{draft.score:.1f}"]
    if draft.matches and draft.kind is not MatchKind.TERMS:
        best = draft.matches[0]
        date = best.unit.origin.date
        parts += [part for part in (best.memory, best.unit.id, date.isoformat() if date else "") if part]
    return " ".join(parts)


def _line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.splitlines())
