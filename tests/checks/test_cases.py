"""One runner for the cases of all rules: `cases/<RULE>.toml`.

A file holds

    terms = '''...'''       the term base of all its cases as CSV with a header (optional)

    [[case]]
    name = "a sentence that says what the case shows"
    zh = "推动错位发展"
    en = "promote ⟦dislocation development⟧"

A stretch in ⟦…⟧ is where the rule of the file must report a problem, exactly that stretch and side; a case
without marks must be left alone by the rule. A document of several units has, in place of zh and en,

    units = [["zh", "en"], ["zh", "en"]]

Optional keys of a case: `terms` (instead of the file's), `date` (a TOML date), `mono` (true: English
alone), `suggestion` and `fix` (those of the first problem found; fix = false means that there is none).
The brackets are taken out before the rule sees the text. Half the cases or more must be left alone.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from pathlib import Path

import pytest

from tm.checks import RULES
from tm.checks.runner import check
from tm.model import Segment, Unit
from tm.terms.base import TermBase

CASES = Path(__file__).parent / "cases"
KEYS = {"name", "zh", "en", "units", "terms", "date", "mono", "suggestion", "fix"}


def _all_cases():
    for path in sorted(CASES.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, case in enumerate(table["case"]):
            yield pytest.param(
                path.stem,
                {"terms": table.get("terms", ""), **case},
                id=f"{path.stem}-{number}-{case['name']}",
            )


def _unmarked(text, side):
    spans, plain = set(), ""
    for part in re.split(r"(⟦.*?⟧)", text, flags=re.DOTALL):
        if part.startswith("⟦") and part.endswith("⟧"):
            spans.add((side, len(plain), len(plain) + len(part) - 2))
            plain += part[1:-1]
        else:
            plain += part
    return plain, spans


def _terms(text):
    return TermBase.from_rows(csv.DictReader(io.StringIO(text.strip()))) if text.strip() else TermBase()


@pytest.mark.parametrize(("rule", "case"), list(_all_cases()))
def test_a_rule_finds_exactly_the_marked_stretches(rule, case):
    assert set(case) <= KEYS
    pairs = case.get("units") or [[case.get("zh", ""), case["en"]]]
    units, wanted = [], set()
    for number, (zh, en) in enumerate(pairs):
        source, in_source = _unmarked(zh, "source")
        target, in_target = _unmarked(en, "target")
        units.append(
            Unit(
                id=str(number),
                source=Segment(lang="zh-CN", text=source),
                target=Segment(lang="en", text=target),
            )
        )
        wanted |= {(str(number), *span) for span in in_source | in_target}
    options = {"date": case.get("date"), "mono": case.get("mono", False)}
    findings = check(units, _terms(case["terms"]), select=[rule], **options)
    assert {(f.unit_id, f.side, f.start, f.end) for f in findings} == wanted, [f.message for f in findings]
    if "suggestion" in case:
        assert findings[0].suggestion == case["suggestion"]
    if "fix" in case:
        assert (findings[0].fix or False) == case["fix"]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_rule_has_cases_of_both_kinds(path):
    cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    marked = [case for case in cases if "⟦" in str(case)]
    assert marked
    assert len(cases) - len(marked) >= len(marked) / 2


def test_case_files_belong_to_rules():
    assert {path.stem for path in CASES.glob("*.toml")} == {rule.id for rule in RULES}
