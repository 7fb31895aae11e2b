"""What both versions of XLIFF say of a unit's origin and of a draft, in the same words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tm.model import Draft, Match, MatchKind, Origin, Segment, Severity

__all__ = ["Remark", "drafted_target", "origin_fields", "origin_from", "origin_of_match", "remarks"]

_PRIORITY = {Severity.CRITICAL: "1", Severity.MAJOR: "2", Severity.MINOR: "5", Severity.NEUTRAL: "9"}
"""XLIFF counts from 1, the highest, to 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note of a draft: terms, edit or finding; the side that it is about; XLIFF's priority, or ""."""

    kind: str
    text: str
    side: str = "target"
    priority: str = ""


def remarks(draft: Draft) -> Iterator[Remark]:
    """What a translator should know of a draft: renderings of terms, what was changed, what was found."""
    if draft.kind is MatchKind.TERMS and draft.target:
        yield Remark(kind="terms", text=f"terms: {draft.target}")
    for edit in draft.edits:
        yield Remark(kind="edit", text=f"{edit.kind}: {edit.before} → {edit.after}")
    for edit in draft.missed:
        text = f"not repaired: {edit.kind}: {edit.before} → {edit.after}"
        yield Remark(kind="edit", text=text, priority=_PRIORITY[Severity.MAJOR])
    for finding in draft.findings:
        text = f"{finding.rule} {finding.name} ({finding.severity.value}): {finding.advice}"
        yield Remark(kind="finding", text=text, side=finding.side, priority=_PRIORITY[finding.severity])


def drafted_target(draft: Draft, lang: str) -> Segment:
    """The drafted target, with the inline codes of the unit it was taken from unchanged."""
    if draft.kind is MatchKind.TERMS:
        return Segment(lang=lang, text="")
    if draft.matches and draft.matches[0].unit.target.text == draft.target:
        return replace(draft.matches[0].unit.target, lang=lang)
    return Segment(lang=lang, text=draft.target)


def origin_of_match(match: Match) -> str:
    """Memory, release, unit and date of a match, as far as they are known."""
    origin = match.unit.origin
    release = "" if match.unit.id.startswith(f"{origin.release}/") else origin.release
    date = origin.date.isoformat() if origin.date else ""
    return " | ".join(part for part in (match.memory, release, match.unit.id, date) if part)


def origin_fields(origin: Origin) -> list[tuple[str, str]]:
    """What is known of a unit's origin, by name."""
    known = (
        ("release", origin.release),
        ("index", "" if origin.index is None else str(origin.index)),
        ("created", origin.created.isoformat() if origin.created else ""),
        ("creator", origin.creator),
        ("changed", origin.changed.isoformat() if origin.changed else ""),
        ("changer", origin.changer),
    )
    return [(name, text) for name, text in known if text]


def origin_from(kept: Mapping[str, str]) -> Origin:
    """The origin that these fields say; ValueError for what is no number or date."""
    return Origin(
        release=kept.get("release", ""),
        index=int(kept["index"]) if "index" in kept else None,
        created=_moment(kept.get("created")),
        creator=kept.get("creator", ""),
        changed=_moment(kept.get("changed")),
        changer=kept.get("changer", ""),
    )


def _moment(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None
