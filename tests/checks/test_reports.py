from __future__ import annotations

import dataclasses
import json

import pytest
from lxml import etree

from tm.checks.reports import as_github, as_json, as_junit, as_sarif, counts, failing
from tm.checks.runner import check
from tm.model import Segment, Severity, Unit, Waiver
from tm.terms.base import TermBase

TERMS = TermBase.from_rows([{"concept": "b", "zh": "四大片区", "en": "four major areas"}])
WAIVER = Waiver(rule="T101", fingerprint="x", reason="quo<ted>", who="editor")


@pytest.fixture
def findings():
    unit = Unit(
        id="r/1",
        source=Segment(lang="zh-CN", text="四大片区𠀀"),
        target=Segment(lang="en", text="areas \x07of of it, 100%"),
    )
    found = check([unit], TERMS, select=["T", "S"])
    assert [f.rule for f in found] == ["T101", "S102"]
    return [dataclasses.replace(f, file="a,b.tsv", line=3) for f in found]


def test_json_has_the_keys_of_the_contract(findings):
    document = as_json(findings, units=1)
    assert next(iter(document)) == "schema"
    assert document["schema"] == "tm.check/1"
    assert document["units"] == 1
    keys = {
        *("rule", "name", "family", "mqm", "severity", "file", "line", "unit", "side", "start", "end"),
        *("term", "message", "suggestion", "fingerprint"),
    }
    assert keys <= set(document["findings"][0])
    assert "waived" not in document["findings"][0]
    json.dumps(document)


def test_a_waived_finding_stays_in_json_and_does_not_count(findings):
    waived = [dataclasses.replace(findings[0], waived=WAIVER), findings[1]]
    assert as_json(waived, units=1)["findings"][0]["waived"] == {
        "reason": "quo<ted>",
        "who": "editor",
        "until": "",
    }
    assert counts(waived) == {"critical": 0, "major": 0, "minor": 1, "neutral": 0}
    assert failing(findings, Severity.MAJOR)
    assert not failing(waived, Severity.MAJOR)
    assert failing(waived, Severity.MINOR)


def test_sarif_points_to_its_rules(findings):
    run = as_sarif(findings, version="1.0")["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]["tm/1"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 3}


def test_sarif_suppresses_what_is_waived(findings):
    waived = [dataclasses.replace(findings[0], waived=WAIVER)]
    result = as_sarif(waived, version="1.0")["runs"][0]["results"][0]
    assert result["suppressions"] == [{"kind": "external", "justification": "quo<ted>"}]


def test_junit_is_well_formed_and_adds_up(findings):
    waived = [dataclasses.replace(findings[0], waived=WAIVER), findings[1]]
    suite = etree.fromstring(as_junit(waived, units=1).encode())
    assert suite.get("tests") == "2"
    assert suite.get("failures") == str(len(suite.findall(".//failure"))) == "1"
    assert [skipped.get("message") for skipped in suite.findall(".//skipped")] == ["quo<ted>"]


def test_junit_without_findings_has_a_passing_case():
    suite = etree.fromstring(as_junit([], units=4).encode())
    assert len(suite.findall("testcase")) == 1
    assert not suite.findall(".//failure")


def test_github_lines_escape_what_would_end_them(findings):
    odd = dataclasses.replace(findings[1], message="100%\nmore")
    lines = as_github([findings[0], odd]).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::error file=a%2Cb.tsv,line=3,title=T101 term-missing::r/1: ")
    assert lines[1].endswith("100%25%0Amore")


def test_github_leaves_waived_findings_out(findings):
    assert as_github([dataclasses.replace(findings[0], waived=WAIVER)]) == ""
