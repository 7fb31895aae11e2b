"""What holds for every rule."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import tm.checks
from tm.checks import RULES
from tm.checks.explain import explain, find_rule
from tm.checks.rule import FAMILIES, HEADINGS, rule
from tm.errors import ConfigError
from tm.model import Severity

HERE = Path(inspect.getfile(tm.checks)).parent


def test_every_file_that_defines_a_rule_is_in_the_list():
    defined = {
        match.group(1)
        for path in HERE.glob("*.py")
        if path.name != "rule.py"
        for match in re.finditer(r"^@rule\(\s*\"([A-Z]\d+)\"", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert defined == {known.id for known in RULES}


def test_a_file_is_called_by_its_rule():
    for known in RULES:
        path = Path(inspect.getfile(known.check))
        assert path.name.startswith(known.id.lower() + "_"), path.name


def test_ids_and_names_are_used_once():
    assert len({known.id for known in RULES}) == len(RULES)
    assert len({known.name for known in RULES}) == len(RULES)


@pytest.mark.parametrize("known", RULES, ids=lambda known: known.id)
def test_every_rule_has_a_manual_page_with_all_headings(known):
    page = explain(known.id)
    assert [heading for heading in HEADINGS if f"\n{heading}: " in page] == list(HEADINGS)
    assert page.startswith(f"{known.id} {known.name} ")
    first = inspect.cleandoc(known.manual).partition("\n")[0]
    assert first.endswith(".")


@pytest.mark.parametrize("known", RULES, ids=lambda known: known.id)
def test_every_rule_is_found_by_id_and_by_name(known):
    assert find_rule(known.id.lower()) is known
    assert find_rule(known.name) is known


def test_an_unknown_rule_is_an_error_that_names_a_near_one():
    with pytest.raises(ConfigError, match="T101"):
        find_rule("T1O1")


def test_a_rule_of_the_wrong_family_cannot_be_made():
    with pytest.raises(ValueError, match="family"):
        rule("T999", "odd", Severity.MINOR, family="number", mqm="x")
    with pytest.raises(ValueError, match="scope"):
        rule("T999", "odd", Severity.MINOR, family="term", mqm="x", scope="page")


def test_families_are_those_of_the_contract():
    known = {name for names in FAMILIES.values() for name in names}
    assert known == {
        *("term", "number", "name", "consistency", "omission", "punct", "text", "acronym", "structure")
    }
