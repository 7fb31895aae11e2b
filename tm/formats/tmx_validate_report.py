"""Reports of the TMX validator for other programs: tm.validate/1 and SARIF 2.1.0; values in, values out."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from tm.formats.tmx_repair import Repaired
from tm.formats.tmx_rules import RULES
from tm.formats.tmx_rules.rule import Level, Rule
from tm.formats.tmx_validate import Fault, Report

__all__ = ["as_json", "as_sarif"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def as_json(reports: Sequence[Report], *, repaired: Repaired | None = None) -> dict[str, Any]:
    """The document `tm.validate/1`; of a file that was mended it says what it was like before.

    What was changed is in `repairs`, and what is still wrong with the mended file in `remaining`. `unlisted`
    says how many findings there are beyond those listed, and stands only where there are such.
    """
    files = [_file(report) for report in (reports if repaired is None else [repaired.before])]
    if repaired is not None:
        files[0]["remaining"] = [_finding(fault) for fault in repaired.after.faults]
        files[0]["repairs"] = [
            {
                "rule": change.rule,
                "line": change.line,
                "column": change.column,
                "unit": change.unit,
                "change": change.change,
            }
            for change in repaired.changes
        ]
        files[0]["repaired"] = repaired.mended
        files[0]["written"] = repaired.written
    return {"schema": "tm.validate/1", "files": files}


def as_sarif(reports: Sequence[Report], *, version: str) -> dict[str, Any]:
    """A SARIF 2.1.0 log with one run over all files; columns count code points."""
    places = {rule.id: place for place, rule in enumerate(RULES)}
    run = {
        "tool": {"driver": {"name": "tm", "version": version, "rules": [_rule(rule) for rule in RULES]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(fault, report.file, places) for report in reports for fault in report.faults],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _file(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = {
        "file": report.file,
        "units": report.units,
        "languages": report.languages,
        "findings": [_finding(fault) for fault in report.faults],
    }
    if report.unlisted:
        found["unlisted"] = report.unlisted
    return found


def _finding(fault: Fault) -> dict[str, Any]:
    return {
        "rule": fault.rule,
        "name": fault.name,
        "severity": fault.level.value,
        "line": fault.line,
        "column": fault.column,
        "unit": fault.unit,
        "message": fault.message,
        "fix": fault.fix,
    }


def _rule(rule: Rule[Any]) -> dict[str, Any]:
    manual = inspect.cleandoc(rule.manual)
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": manual.partition("\n")[0]},
        "help": {"text": manual},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"family": "structure"},
    }


def _result(fault: Fault, file: str, places: dict[str, int]) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": file.replace("\\", "/")},
            "region": {"startLine": fault.line, "startColumn": fault.column},
        }
    }
    if fault.unit:
        location["logicalLocations"] = [{"name": fault.unit, "kind": "unit"}]
    return {
        "ruleId": fault.rule,
        "ruleIndex": places[fault.rule],
        "level": _LEVELS[fault.level],
        "message": {"text": f"{fault.message}. {fault.fix}" if fault.fix else fault.message},
        "locations": [location],
    }
