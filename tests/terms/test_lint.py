from __future__ import annotations

from pathlib import Path

import pytest

from tm.terms.base import TermBase
from tm.terms.lint import lint

ROOT = Path(__file__).parents[2]


def faults(*rows):
    keys = ("concept", "zh", "en", "status", "unless", "acronym")
    found = lint(TermBase.from_rows(dict(zip(keys, row, strict=False)) for row in rows))
    return {(fault.name, fault.concept) for fault in found}


@pytest.mark.parametrize(
    ("name", "concept", "rows"),
    [
        ("conflict", "a", [("a", "甲", "big area"), ("a", "甲", "Big-Area", "forbidden")]),
        ("duplicate", "a", [("a", "甲", "big area"), ("a", "甲", "Big-Area", "admitted")]),
        ("homonym", "b", [("a", "甲", "one"), ("b", "甲", "two")]),
        (
            "forbidden-elsewhere-right",
            "b",
            [("a", "甲", "one"), ("b", "乙", "two"), ("b", "乙", "one", "forbidden")],
        ),
        ("no-preferred", "a", [("a", "甲", "one", "forbidden")]),
        ("unreachable", "a", [("a", "，", "one")]),
        ("unreachable", "a", [("a", "甲", "…")]),
        ("unreachable", "a", [("a", "甲", "area"), ("a", "甲", "areas", "forbidden")]),
        ("idle-unless", "a", [("a", "甲", "one", "", "乙丙")]),
        ("nested", "b", [("a", "甲", "one"), ("b", "甲乙", "two")]),
        ("acronym-clash", "b", [("a", "甲", "one", "", "", "AB"), ("b", "乙", "two", "", "", "AB")]),
    ],
)
def test_a_fault_is_found(name, concept, rows):
    assert (name, concept) in faults(*rows)


def test_a_sound_term_base_has_no_faults():
    assert faults(("a", "甲", "one"), ("a", "甲", "two words", "forbidden"), ("b", "乙", "three")) == set()


def test_a_misspelt_column_is_guessed():
    (fault,) = lint(TermBase.from_rows([{"zh": "甲", "en": "one", "acronim": "AB"}]))
    assert "acronym" in fault.message


def test_the_shipped_term_base_has_no_errors_and_no_warnings():
    base = TermBase.read(ROOT / "corpora/terms/sichuan-government.csv")
    assert [fault for fault in lint(base) if fault.level != "info"] == []
