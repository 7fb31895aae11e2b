"""Findings as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from gettext import gettext as _
from gettext import ngettext
from itertools import groupby

import click

from tm.cli.words import severity_name
from tm.model import Finding, Severity, Unit

__all__ = ["findings_summary", "findings_text"]

_COLOURS = {
    Severity.CRITICAL: "red",
    Severity.MAJOR: "yellow",
    Severity.MINOR: "cyan",
    Severity.NEUTRAL: "white",
}


def findings_text(findings: Sequence[Finding], units: Iterable[Unit]) -> str:
    """One block a segment: its place, each finding with what would be right, and both texts, marked."""
    known = {unit.id: unit for unit in units}
    groups = groupby(findings, key=lambda finding: (finding.file, finding.line, finding.unit_id))
    return "\n\n".join(_block(place, list(members), known.get(place[2])) for place, members in groups)


def findings_summary(findings: Sequence[Finding], units: int) -> str:
    """How many findings there are in how many units, by severity."""
    open_findings = [finding for finding in findings if finding.waived is None]
    parts = [
        f"{sum(finding.severity is severity for finding in open_findings)} {severity_name(severity)}"
        for severity in (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)
    ]
    counted = ngettext("{n} segment checked", "{n} segments checked", units).format(n=units)
    waived = len(findings) - len(open_findings)
    tail = _("; {n} waived").format(n=waived) if waived else ""
    return _("{counted}: {severities}{waived}").format(
        counted=counted, severities=", ".join(parts), waived=tail
    )


def _block(place: tuple[str, int, str], findings: Sequence[Finding], unit: Unit | None) -> str:
    file, line, unit_id = place
    head = ":".join(str(part) for part in (file, line) if part)
    lines = [f"{head} [{unit_id}]" if head else f"[{unit_id}]", *map(_line, findings)]
    if unit is not None:
        lines.append("  zh " + _marked(unit.source.text, findings, "source"))
        lines.append("  en " + _marked(unit.target.text, findings, "target"))
    return "\n".join(lines)


def _line(finding: Finding) -> str:
    severity = click.style(
        f"{severity_name(finding.severity)} {finding.rule}", fg=_COLOURS[finding.severity], bold=True
    )
    return f"  {severity} {finding.advice}"


def _marked(text: str, findings: Iterable[Finding], side: str) -> str:
    """The text on one line with the findings' stretches marked; overlapping ones are one."""
    spans = sorted((f.start, f.end) for f in findings if f.side == side and f.start < f.end)
    parts, at = [], 0
    for start, end in spans:
        if start >= at:
            parts += [text[at:start], "⟦", text[start:end], "⟧"]
            at = end
    return " ".join("".join([*parts, text[at:]]).split())
