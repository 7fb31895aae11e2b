"""Findings as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from gettext import gettext as _
from gettext import ngettext

import click

from tm.cli.words import severity_name
from tm.model import Finding, Severity, Unit

__all__ = ["findings_summary", "findings_text", "reached"]

_COLOURS = {
    Severity.CRITICAL: "red",
    Severity.MAJOR: "yellow",
    Severity.MINOR: "cyan",
    Severity.NEUTRAL: "white",
}


def reached(findings: Iterable[Finding], fail_on: str) -> bool:
    """True when a finding that nobody waived is at least this severe."""
    floor = Severity(fail_on).weight
    return any(finding.severity.weight >= floor for finding in findings if finding.waived is None)


def findings_text(findings: Sequence[Finding], units: Iterable[Unit]) -> str:
    """One block a finding: its place, the rule, what is wrong, what would be right, and both texts."""
    known = {unit.id: unit for unit in units}
    return "\n\n".join(_block(finding, known.get(finding.unit_id)) for finding in findings)


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


def _block(finding: Finding, unit: Unit | None) -> str:
    place = ":".join(str(part) for part in (finding.file, finding.line) if part)
    head = click.style(
        f"{severity_name(finding.severity)} {finding.rule}", fg=_COLOURS[finding.severity], bold=True
    )
    lines = [f"{place or finding.unit_id} [{finding.unit_id}] {head} {finding.message}"]
    if finding.suggestion:
        lines.append("  → " + finding.suggestion)
    if finding.waived:
        lines.append(
            "  " + _("waived by {who}: {reason}").format(who=finding.waived.who, reason=finding.waived.reason)
        )
    if unit is not None:
        lines.append("  zh " + _marked(unit.source.text, finding, "source"))
        lines.append("  en " + _marked(unit.target.text, finding, "target"))
    return "\n".join(lines)


def _marked(text: str, finding: Finding, side: str) -> str:
    """The text on one line with the finding's stretch marked."""
    if finding.side != side or finding.start == finding.end:
        return " ".join(text.split())
    before, inside, after = text[: finding.start], text[finding.start : finding.end], text[finding.end :]
    return " ".join(f"{before}⟦{inside}⟧{after}".split())
