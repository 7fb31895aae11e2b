from __future__ import annotations

import dataclasses
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.checks.runner import check, fingerprint
from tm.errors import ConfigError
from tm.model import Segment, Severity, Unit, Waiver
from tm.terms.base import TermBase

TERMS = TermBase.from_rows(
    [
        {"concept": "a", "zh": "错位发展", "en": "differentiated development"},
        {"concept": "a", "zh": "错位发展", "en": "dislocation development", "status": "forbidden"},
        {"concept": "b", "zh": "四大片区", "en": "four major areas", "severity": "critical"},
    ]
)


def unit(zh, en, name="1"):
    return Unit(id=name, source=Segment(lang="zh-CN", text=zh), target=Segment(lang="en", text=en))


def test_findings_are_sorted_by_unit_and_place():
    units = [unit("错位发展", "dislocation development of of it", "x"), unit("四大片区", "areas", "a")]
    found = check(units, TERMS, select=["T", "S"])
    assert [(f.unit_id, f.rule) for f in found] == [("x", "T102"), ("x", "S102"), ("a", "T101")]


def test_a_unit_is_told_from_its_twin_with_the_same_id():
    found = check([unit("四大片区", "areas"), unit("四大片区", "areas")], TERMS, select=["T101"])
    assert len(found) == 2


def test_one_concept_gives_one_finding_in_a_segment():
    found = check([unit("错位发展就是错位发展", "dislocation development, dislocation development")], TERMS)
    assert [f.rule for f in found if f.family == "term"] == ["T102"]


def test_the_term_base_decides_the_severity():
    (found,) = check([unit("四大片区", "areas")], TERMS, select=["T"])
    assert found.severity is Severity.CRITICAL


def test_select_and_ignore_take_ids_names_families_and_letters():
    units = [unit("错位发展", "dislocation development of of it")]
    for selector in ("T102", "term-forbidden", "term", "T"):
        assert {f.rule for f in check(units, TERMS, select=[selector])} == {"T102"}
        assert "T102" not in {f.rule for f in check(units, TERMS, ignore=[selector])}


def test_an_unknown_selector_is_an_error():
    with pytest.raises(ConfigError, match="T999"):
        check([], TERMS, select=["T999"])


def test_the_fingerprint_stays_when_a_unit_moves_and_changes_with_its_text():
    one, moved = unit("四大片区", "areas", "1"), unit("四大片区", "areas ", "77")
    assert fingerprint("T101", one, "四大片区") == fingerprint("T101", moved, "四大片区")
    assert fingerprint("T101", one, "四大片区") != fingerprint("T102", one, "四大片区")
    assert fingerprint("T101", one, "四大片区") != fingerprint("T101", unit("四大片区", "area"), "四大片区")


def test_a_waived_finding_stays_and_is_marked():
    units = [unit("四大片区", "areas")]
    (found,) = check(units, TERMS, select=["T"])
    waiver = Waiver(
        rule="T101",
        fingerprint=found.fingerprint,
        reason="quotation",
        who="editor",
        until=datetime.date(2021, 6, 30),
    )
    on_time = check(units, TERMS, select=["T"], waivers=[waiver], date=datetime.date(2021, 6, 30))
    too_late = check(units, TERMS, select=["T"], waivers=[waiver], date=datetime.date(2021, 7, 1))
    assert on_time == [dataclasses.replace(found, waived=waiver)]
    assert too_late == [found]


def test_nothing_to_check_gives_nothing():
    assert check([], TERMS) == []
    assert check([unit("", "")], None) == []


def test_one_missing_side_is_no_crash():
    assert {f.rule for f in check([unit("四大片区", "")], TERMS, ignore=["N"])} == {"O101"}
    assert check([unit("", "four major areas")], TERMS, ignore=["N"]) == []


def test_a_unit_of_a_megabyte_is_checked():
    long = unit("错位发展，" * 60_000, "differentiated development, " * 30_000)
    assert check([long], TERMS, select=["T", "S", "P", "O", "C"]) == []


def test_a_megabyte_of_near_misses_takes_no_quadratic_time():
    terms = TermBase.from_rows(
        [
            {"concept": "a", "zh": "补短板", "en": "shore up weak links", "pos": "verb"},
            {"concept": "b", "zh": "四大片区", "en": "area"},
            {"concept": "b", "zh": "四大片区", "en": "big area", "status": "forbidden"},
        ]
    )
    long = unit(
        "补短板" + "四大片区" * 100_000, "Shore. Up. Weak. Links. " * 30_000 + "area, big area; " * 30_000
    )
    assert {f.rule for f in check([long], terms, select=["T"])} == {"T101", "T102"}


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.text(alphabet="错位发展四大片区“”（） 1a", max_size=12),
            st.text(alphabet='abdelnoprt DIS-“”"()，。\u00ad错\n', max_size=24),
        ),
        max_size=4,
    ),
    st.booleans(),
)
def test_every_finding_lies_in_its_text_and_comes_again(pairs, mono):
    units = [unit(zh, en, str(number)) for number, (zh, en) in enumerate(pairs)]
    found = check(units, TERMS, mono=mono)
    for f in found:
        text = (units[int(f.unit_id)].source if f.side == "source" else units[int(f.unit_id)].target).text
        assert 0 <= f.start <= f.end <= len(text)
        assert f.message
    assert check(units, TERMS, mono=mono) == found
