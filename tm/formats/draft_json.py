"""Drafts, analyses and findings as the JSON that other programs rely on (tm.leverage/1, tm.analyse/1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

from tm.model import Analysis, Band, Draft, DraftDocument, Finding, Match, MatchKind

__all__ = ["analysis_json", "finding_json", "leverage_json", "write_draft"]


def leverage_json(document: DraftDocument) -> dict[str, Any]:
    """The draft as tm.leverage/1; scores are percent with one decimal."""
    return {
        "schema": "tm.leverage/1",
        "segments": [_segment(number, draft, document.file) for number, draft in enumerate(document.drafts)],
        "analysis": _analysis(document.analysis) if document.analysis else None,
    }


def analysis_json(analysis: Analysis, files: Sequence[tuple[str, Analysis]] = ()) -> dict[str, Any]:
    """The analysis as tm.analyse/1, with the part of each file by name where they are given."""
    parts = [{"file": name, **_analysis(part)} for name, part in files]
    return {"schema": "tm.analyse/1", **_analysis(analysis), **({"files": parts} if parts else {})}


def finding_json(finding: Finding) -> dict[str, Any]:
    """The finding as in tm.check/1; `waived` only where somebody did."""
    keys = ("rule", "name", "family", "mqm", "severity", "file", "line", "unit", "side", "start", "end")
    further = ("term", "message", "suggestion", "fingerprint")
    found = {key: getattr(finding, "unit_id" if key == "unit" else key) for key in (*keys, *further)}
    found["severity"] = finding.severity.value
    if finding.waived:
        until = finding.waived.until
        found["waived"] = {
            "reason": finding.waived.reason,
            "who": finding.waived.who,
            "until": until.isoformat() if until else None,
        }
    return found


def write_draft(document: DraftDocument, stream: BinaryIO) -> None:
    """Writes tm.leverage/1, one segment a line."""
    stream.write(b'{"schema": "tm.leverage/1", "segments": [')
    for number, draft in enumerate(document.drafts):
        stream.write((",\n" if number else "\n").encode() + _dumped(_segment(number, draft, document.file)))
    analysis = _analysis(document.analysis) if document.analysis else None
    stream.write(b'\n], "analysis": ' + _dumped(analysis) + b"}\n")


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _segment(number: int, draft: Draft, file: str) -> dict[str, Any]:
    translated = draft.kind not in (MatchKind.NONE, MatchKind.TERMS)
    used = draft.matches[0] if draft.matches and translated else None
    rest = draft.matches[1:] if used else draft.matches
    return {
        "n": number,
        "file": draft.place.file or file,
        "line": draft.place.line,
        "para": draft.place.paragraph,
        "source": draft.segment.text,
        "target": draft.target,
        "kind": draft.kind.value,
        "score": round(draft.score, 1),
        "word_score": round(draft.word_score, 1),
        "unit": _unit(used) if used else None,
        "penalties": _penalties(used) if used else {},
        "source_matched": used.source.text if used else "",
        "edits": [{"kind": edit.kind, "from": edit.before, "to": edit.after} for edit in draft.edits],
        "not_repaired": [{"kind": edit.kind, "from": edit.before, "to": edit.after} for edit in draft.missed],
        "alternatives": [_alternative(match) for match in rest],
        "findings": [finding_json(finding) for finding in draft.findings],
    }


def _alternative(match: Match) -> dict[str, Any]:
    """A further match; of a clause the parts of the unit that are meant, with `kind` and `source`."""
    found = {"target": match.target.text, "score": round(match.score, 1), "unit": _unit(match)}
    part = {"kind": match.kind.value, "source": match.source.text} if match.parts else {}
    return {**found, **part}


def _penalties(match: Match) -> dict[str, float]:
    """The points taken off the match by name; with 0 the difference is only pointed out."""
    return {penalty.name: penalty.points for penalty in match.penalties}


def _unit(match: Match) -> dict[str, Any]:
    origin = match.unit.origin
    return {
        "memory": match.memory,
        "id": match.unit.id,
        "release": origin.release,
        "date": origin.date.isoformat() if origin.date else None,
    }


def _analysis(analysis: Analysis) -> dict[str, Any]:
    return {
        "bands": [{"band": band.name, **_counts(band)} for band in analysis.bands],
        "repetitions": _counts(analysis.repetitions),
        "internal": _counts(analysis.internal),
        "total": _counts(analysis.total),
        "weighted": round(analysis.weighted, 1),
    }


def _counts(band: Band) -> dict[str, Any]:
    return {
        "segments": band.segments,
        "characters": band.characters,
        "words": band.words,
        "weight": band.weight,
    }
