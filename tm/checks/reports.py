"""Findings for other programs: tm.check/1, SARIF 2.1.0, JUnit, GitHub annotations; values in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tm.checks import RULES
from tm.model import Finding, Severity

__all__ = ["as_github", "as_json", "as_junit", "as_sarif", "counts", "failing"]

_SARIF_LEVEL = {"neutral": "note", "minor": "warning", "major": "error", "critical": "error"}
_GITHUB_LEVEL = {"neutral": "notice", "minor": "warning", "major": "error", "critical": "error"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_FORBIDDEN_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity count, worst first; waived ones do not."""
    found = [finding.severity for finding in findings if finding.waived is None]
    return {severity.value: found.count(severity) for severity in sorted(Severity, key=_by_weight)}


def failing(findings: Iterable[Finding], threshold: Severity) -> bool:
    """True when a finding that is not waived is as bad as the threshold or worse."""
    return any(f.waived is None and f.severity.weight >= threshold.weight for f in findings)


def as_json(findings: Iterable[Finding], *, units: int) -> dict[str, Any]:
    """The document `tm.check/1` over a number of units."""
    return {"schema": "tm.check/1", "units": units, "findings": [_json(finding) for finding in findings]}


def as_sarif(findings: Sequence[Finding], *, version: str) -> dict[str, Any]:
    """A SARIF 2.1.0 log with one run; columns count code points."""
    driver = {
        "name": "tm",
        "version": version,
        "rules": [
            {
                "id": rule.id,
                "name": rule.name,
                "shortDescription": {"text": rule.manual.partition("\n")[0]},
                "defaultConfiguration": {"level": _SARIF_LEVEL[rule.severity.value]},
                "properties": {"family": rule.family, "mqm": rule.mqm},
            }
            for rule in RULES
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif(finding) for finding in findings],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def as_junit(findings: Sequence[Finding], *, units: int) -> str:
    """A JUnit report: one test case for each finding, failed unless waived, and one for the clean rest."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    failures = sum(finding.waived is None for finding in findings)
    tests = len(findings) or 1
    lines.append(f'<testsuite name="tm check" tests="{tests}" failures="{failures}" errors="0">')
    lines.append(f'  <properties><property name="units" value="{units}"/></properties>')
    lines.extend(_junit(finding) for finding in findings)
    if not findings:
        lines.append('  <testcase classname="tm.check" name="no findings"/>')
    return "\n".join([*lines, "</testsuite>", ""])


def as_github(findings: Iterable[Finding]) -> str:
    """Workflow commands that annotate files, one a line; waived findings are left out."""
    return "".join(f"{_github(finding)}\n" for finding in findings if finding.waived is None)


def _by_weight(severity: Severity) -> int:
    return -severity.weight


def _json(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {
        "rule": finding.rule,
        "name": finding.name,
        "family": finding.family,
        "mqm": finding.mqm,
        "severity": finding.severity.value,
        "file": finding.file,
        "line": finding.line,
        "unit": finding.unit_id,
        "side": finding.side,
        "start": finding.start,
        "end": finding.end,
        "term": finding.term,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "fix": finding.fix,
        "fingerprint": finding.fingerprint,
    }
    if finding.waived:
        until = finding.waived.until.isoformat() if finding.waived.until else ""
        found["waived"] = {"reason": finding.waived.reason, "who": finding.waived.who, "until": until}
    return found


def _sarif(finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {
        "logicalLocations": [{"name": finding.unit_id, "kind": "unit", "fullyQualifiedName": _side(finding)}]
    }
    if finding.file:
        physical: dict[str, Any] = {"artifactLocation": {"uri": finding.file.replace("\\", "/")}}
        if finding.line:
            physical["region"] = {"startLine": finding.line}
        location["physicalLocation"] = physical
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": next((at for at, rule in enumerate(RULES) if rule.id == finding.rule), -1),
        "level": _SARIF_LEVEL[finding.severity.value],
        "message": {"text": finding.message},
        "locations": [location],
        "partialFingerprints": {"tm/1": finding.fingerprint},
        "properties": {
            "side": finding.side,
            "start": finding.start,
            "end": finding.end,
            "term": finding.term,
        },
    }
    if finding.waived:
        result["suppressions"] = [{"kind": "external", "justification": finding.waived.reason}]
    return result


def _side(finding: Finding) -> str:
    return f"{finding.unit_id}/{finding.side}"


def _junit(finding: Finding) -> str:
    name = quoteattr(_clean(f"{finding.rule} {finding.unit_id} {finding.term}".rstrip()))
    where = quoteattr(_clean(finding.file or "tm.check"))
    head = f"  <testcase classname={where} name={name}>"
    if finding.waived:
        return f"{head}<skipped message={quoteattr(_clean(finding.waived.reason))}/></testcase>"
    message = quoteattr(_clean(finding.message))
    body = escape(_clean(finding.suggestion))
    return f'{head}<failure type="{finding.severity.value}" message={message}>{body}</failure></testcase>'


def _clean(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _FORBIDDEN_IN_XML.sub("\ufffd", text)


def _github(finding: Finding) -> str:
    facts = {"file": finding.file, "line": str(finding.line or ""), "title": f"{finding.rule} {finding.name}"}
    shown = ",".join(f"{key}={_property(value)}" for key, value in facts.items() if value)
    message = f"{finding.unit_id}: {finding.message}" if finding.unit_id else finding.message
    return f"::{_GITHUB_LEVEL[finding.severity.value]} {shown}::{_command(message)}"


def _command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command(text).replace(":", "%3A").replace(",", "%2C")
