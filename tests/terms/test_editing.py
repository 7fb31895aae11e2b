"""A term base file is changed in place: what nobody touched is byte for byte what it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tm.errors import StoreError
from tm.model import TermStatus
from tm.terms.base import TermBase
from tm.terms.editing import EMPTY, TermFile
from tm.terms.merge import Change, Merge, Policy

TEXT = 'zh,concept,EN,Status,note,checked by\n省委,c,Committee,,"two\nlines",Li\n\n县 ,k,county,preferred,,\n'


def table(text=TEXT, name="t.csv", encoding="utf-8"):
    return TermFile(text.encode(encoding), Path(name))


def added(file, concept, **cells):
    file.add(Change(concept=concept, cells={"concept": concept, **cells}))
    return file.content()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_that_is_not_changed_is_the_same_file(encoding, end):
    raw = TEXT.replace("\n", end).encode(encoding)
    assert TermFile(raw, Path("t.csv")).content() == raw


def test_a_row_stands_behind_the_last_of_its_concept_in_the_order_of_the_columns():
    new = added(table(), "c", zh="省委", en="PPC", status="admitted", note="a, b").decode()
    assert new == TEXT.replace("\n\n", '\n省委,c,PPC,admitted,"a, b",\n\n')


def test_a_row_of_a_new_concept_stands_at_the_end():
    file = table(TEXT.rstrip("\n"))
    file.add(Change(concept="x", cells={"concept": "x", "zh": "乡", "en": "township"}, first=True))
    assert file.content().decode() == TEXT + "乡,x,township,,," + "\n"


def test_a_missing_column_is_added_to_the_header_alone():
    new = added(table("zh,en\r\n省,province\r\n"), "省", zh="省", en="provinces", once="yes").decode()
    assert new == "zh,en,concept,once\r\n省,province\r\n省,provinces,省,yes\r\n"


def test_only_the_row_that_is_replaced_changes():
    file = table()
    file.update(
        Change(concept="c", cells={"status": "deprecated"}, replaces=("Committee", TermStatus.PREFERRED))
    )
    assert file.content().decode() == TEXT.replace("Committee,,", "Committee,deprecated,")


def test_a_row_that_was_just_added_can_be_replaced():
    file = table()
    added(file, "c", en="PPC", status="admitted")
    file.update(Change(concept="c", cells={"note": "n"}, replaces=("PPC", TermStatus.ADMITTED)))
    assert ",c,PPC,admitted,n,\n" in file.content().decode()


def test_a_fact_takes_the_place_of_all_that_said_otherwise():
    file = table("concept,zh,en,domain\nc,省,a,x\nc,省,b,\nc,省,d,y\n")
    file.update(Change(concept="c", cells={"domain": "z"}, replaces=("", TermStatus.PREFERRED)))
    assert file.content().decode() == "concept,zh,en,domain\nc,省,a,z\nc,省,b,\nc,省,d,z\n"


def test_a_formula_is_kept_from_running():
    assert ",'=1+1," in added(table(), "c", en="=1+1").decode()


def test_a_tsv_file_stays_one():
    new = added(table("concept\tzh\ten\nc\t省\ta\n", "t.tsv"), "c", zh="省", en="b")
    assert new == "concept\tzh\ten\nc\t省\ta\nc\t省\tb\n".encode()


def test_a_character_that_the_encoding_lacks_is_refused():
    file = table("concept,zh,en\nc,国务院发展研究中心,a\n", encoding="utf-16")
    with pytest.raises(StoreError, match="D800"):
        added(file, "c", en="\ud800")


def test_an_empty_file_takes_terms():
    file = TermFile(EMPTY, Path("t.csv"))
    file.add(Change(concept="c", cells={"concept": "c", "zh": "省", "en": "province"}, first=True))
    assert file.content() == EMPTY + "c,省,province,,,,,,,,\n".encode()


_WORDS = st.sampled_from(["省", "县", "省委"])
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "concept": st.sampled_from(["a", "b"]),
            "zh": _WORDS,
            "en": st.sampled_from(["province", "county", "committee", "a, b", '"q"']),
            "status": st.sampled_from([status.value for status in TermStatus]),
            "note": st.sampled_from(["", "n", "two\nlines"]),
            "domain": st.sampled_from(["", "d", "e"]),
            "once": st.sampled_from(["", "yes"]),
        }
    ),
    min_size=1,
    max_size=6,
)


def _claimed_twice(rows):
    """True when two concepts have the same Chinese and the same English term: then either may be meant."""
    zh, en = (
        {name: {row[key] for row in rows if row["concept"] == name} for name in "ab"} for key in ("zh", "en")
    )
    return bool(zh["a"] & zh["b"] and en["a"] & en["b"])


@settings(deadline=None)
@given(base=_ROWS, rows=_ROWS, how=st.sampled_from(Policy))
def test_a_second_merge_finds_nothing_left_to_do(base, rows, how, tmp_path_factory):
    assume(not _claimed_twice([*base, *rows]))
    path = tmp_path_factory.mktemp("terms") / "t.csv"
    file = TermFile(EMPTY, path)
    for concept in TermBase.from_rows(base):
        for row in base:
            if row["concept"] == concept.id:
                file.add(Change(concept=concept.id, cells=row))
    path.write_bytes(file.content())
    assert len(TermBase.read(path)) == len(TermBase.from_rows(base))
    incoming = TermBase.from_rows(rows).concepts
    for turn in (1, 2):
        merge = Merge(TermBase.read(path).concepts, how)
        for concept in incoming:
            merge.take(concept)
        file = TermFile(path.read_bytes(), path)
        for change in merge.changes:
            file.update(change) if change.replaces else file.add(change)
        if turn == 2:
            assert merge.counts["added"] == 0
            assert file.content() == path.read_bytes()
        path.write_bytes(file.content())
