"""Terms that come in: known concepts are found, contradictions are named, a second time nothing changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.errors import ConfigError
from tm.model import TermStatus
from tm.terms.base import TermBase
from tm.terms.merge import Merge, Policy, policy

HERE = [
    {"concept": "c", "zh": "省委", "en": "Provincial Committee", "status": "preferred", "note": "n"},
    {"concept": "c", "zh": "省委", "en": "province committee", "status": "forbidden"},
    {"concept": "p", "zh": "省", "en": "province", "status": "preferred"},
]


def concepts(*rows):
    return TermBase.from_rows(rows).concepts


def merged(*rows, how=Policy.ADD, base=HERE):
    merge = Merge(concepts(*base), how)
    for concept in concepts(*rows):
        merge.take(concept)
    assert merge.counts["read"] == sum(merge.counts.values()) - merge.counts["read"]
    return merge


def counted(merge):
    return {name: count for name, count in merge.counts.items() if count and name != "read"}


def row(zh, en, status="preferred", **cells):
    return {"zh": zh, "en": en, "status": status, **cells}


def test_the_same_terms_change_nothing():
    merge = merged(*HERE)
    assert counted(merge) == {"unchanged": 5}
    assert not merge.changes


def test_a_concept_is_found_by_a_chinese_and_an_english_term():
    merge = merged(
        row("省委", "Provincial Committee", concept="x"), row("省委", "PPC", "admitted", concept="x")
    )
    (change,) = merge.changes
    assert (change.concept, change.cells["en"], change.cells["zh"]) == ("c", "PPC", "省委")
    assert counted(merge) == {"added": 1, "unchanged": 2}


def test_capitals_and_quotation_marks_make_no_other_term():
    assert not merged(row("“省委”", "provincial committee")).changes


def test_the_same_id_alone_is_no_evidence():
    merge = merged(row("县", "county", concept="c"))
    assert {change.concept for change in merge.changes} == {"县"}
    assert merge.new_concepts == 1


def test_an_id_that_is_taken_gets_a_number():
    merge = merged(row("c", "county", concept="c"))
    assert {change.concept for change in merge.changes} == {"c.2"}


def test_the_same_chinese_with_other_english_is_a_concept_of_its_own_and_said():
    merge = merged(row("省委", "provincial party organisation"))
    assert merge.new_concepts == 1
    assert [(one.kind, "concept c" in one.reason) for one in merge.remarks] == [("note", True)]


def test_a_rendering_that_is_right_here_and_wrong_there_is_a_conflict_and_not_taken():
    merge = merged(
        row("省委", "Provincial Committee", concept="c"), row("省委", "province committee", concept="c")
    )
    assert counted(merge) == {"unchanged": 2, "skipped": 1}
    (remark,) = merge.remarks
    assert (remark.kind, remark.term) == ("conflict", "province committee")
    assert not merge.changes


def test_overwriting_takes_the_status_and_all_that_is_said():
    merge = merged(
        row("省委", "province committee", "admitted", concept="c", source="Li"), how=Policy.OVERWRITE
    )
    (change,) = merge.changes
    assert change.replaces == ("province committee", TermStatus.FORBIDDEN)
    assert change.cells == {"status": "admitted", "source": "Li"}
    assert counted(merge) == {"unchanged": 1, "updated": 1}


def test_overwriting_with_nothing_erases_nothing():
    assert not merged(row("省委", "Provincial Committee", concept="c"), how=Policy.OVERWRITE).changes


def test_keeping_leaves_known_concepts_alone_and_adds_new_ones():
    merge = merged(
        row("省委", "Provincial Committee", concept="c"),
        row("四川省委", "PPC", concept="c"),
        row("县", "county", concept="x"),
        how=Policy.KEEP,
    )
    assert counted(merge) == {"unchanged": 2, "skipped": 2, "added": 2}
    assert {change.concept for change in merge.changes} == {"x"}


def test_keeping_takes_no_second_concept_for_a_known_chinese_term():
    merge = merged(row("省委", "provincial party organisation"), how=Policy.KEEP)
    assert counted(merge) == {"skipped": 2}
    assert [one.kind for one in merge.remarks] == ["kept"]


def test_a_second_preferred_rendering_is_said():
    merge = merged(row("省委", "Provincial Committee", concept="c"), row("省委", "PPC", concept="c"))
    assert [one.kind for one in merge.remarks] == ["note"]
    assert "Provincial Committee" in merge.remarks[0].reason


def test_what_is_preferred_here_and_forbidden_in_another_concept_is_said():
    merge = merged(row("省委会", "province committee", concept="x"))
    assert [(one.kind, "concept c" in one.reason) for one in merge.remarks] == [("note", True)]


def test_a_concept_that_contradicts_itself_comes_in_without_the_contradiction():
    merge = merged(row("县", "county", concept="x"), row("县", "county", "forbidden", concept="x"))
    assert counted(merge) == {"added": 2, "skipped": 1}
    assert merge.remarks[0].kind == "conflict"


def test_facts_of_a_known_concept_change_only_when_overwritten():
    new = row("省", "province", concept="p", domain="place", definition="what it is")
    assert not merged(new).changes
    (change,) = merged(new, how=Policy.OVERWRITE).changes
    assert change.cells == {"domain": "place", "definition": "what it is"}


def test_a_policy_that_there_is_not_is_refused():
    with pytest.raises(ConfigError, match="newest"):
        policy("newest")


_ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["省", "县", "省委", "乡"]),
        st.sampled_from(["province", "Province", "county", "committee", "PPC"]),
        st.sampled_from([status.value for status in TermStatus]),
        concept=st.sampled_from(["a", "b", "c"]),
        note=st.sampled_from(["", "n", "m"]),
        domain=st.sampled_from(["", "d", "e"]),
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None)
@given(base=_ROWS, rows=_ROWS, how=st.sampled_from(Policy))
def test_counts_add_up_whatever_comes_in(base, rows, how):
    merge = merged(*rows, how=how, base=base)
    terms = sum(len(one.zh) + len(one.en) for one in concepts(*rows))
    assert merge.counts["read"] == terms
    if not any(merge.counts[kind] for kind in ("added", "updated")):
        assert not merge.changes
