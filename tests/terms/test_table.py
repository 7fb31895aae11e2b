from __future__ import annotations

import datetime

import pytest

from tm.errors import TermBaseError
from tm.model import Severity, TermStatus
from tm.terms.base import TermBase

HEADER = "concept,zh,en,status,case,pos,acronym,domain,unless,note,source"


def written(tmp_path, text, name="t.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def test_rows_of_one_concept_belong_together(tmp_path):
    base = TermBase.read(
        written(
            tmp_path,
            f"{HEADER}\na,省委,CPC Committee,preferred,,,,,,,\na,四川省委,Party Committee,admitted,,,,,,,\n",
        )
    )
    (concept,) = base.concepts
    assert [term.text for term in concept.zh] == ["省委", "四川省委"]
    assert [(term.text, term.status) for term in concept.en] == [
        ("CPC Committee", TermStatus.PREFERRED),
        ("Party Committee", TermStatus.ADMITTED),
    ]


def test_rows_without_a_concept_belong_together_by_their_chinese():
    base = TermBase.from_rows([{"zh": "省委", "en": "a"}, {"zh": "省委", "en": "b", "status": "admitted"}])
    assert [concept.id for concept in base.concepts] == ["省委"]


def test_optional_columns_are_read():
    (concept,) = TermBase.from_rows(
        [
            {
                "concept": "a",
                "zh": "省委",
                "en": "Committee",
                "once": "yes",
                "severity": "critical",
                "from": "2020-01-01",
                "until": "2021-12-31",
                "mono": "no",
                "domain": "post",
            }
        ]
    ).concepts
    assert concept.once
    assert concept.severity is Severity.CRITICAL
    assert concept.valid_from == datetime.date(2020, 1, 1)
    assert concept.valid_until == datetime.date(2021, 12, 31)
    assert concept.mono is False
    assert concept.domain == "post"


def test_unknown_columns_are_kept():
    (concept,) = TermBase.from_rows([{"zh": "省委", "en": "Committee", "reviewer": "L"}]).concepts
    assert concept.others == (("reviewer", "L"),)


def test_tabs_semicolons_marks_and_other_encodings_are_read(tmp_path):
    tabs = written(tmp_path, "zh\ten\n省委\tCommittee\n", "t.tsv")
    semicolons = written(tmp_path, "zh;en\n省委;Committee\n", "s.csv")
    marked = written(tmp_path, "\ufeffzh,en\r\n省委,Committee\r\n", "m.csv")
    chinese = written(tmp_path, "zh,en\n省委省政府工作会议,Committee\n", "g.csv", "gb18030")
    for path in (tabs, semicolons, marked):
        assert TermBase.read(path).concepts[0].zh[0].text == "省委"
    assert TermBase.read(chinese).concepts[0].zh[0].text == "省委省政府工作会议"


def test_several_files_make_one_term_base(tmp_path):
    one = written(tmp_path, "concept,zh,en\na,省委,Committee\n", "1.csv")
    two = written(tmp_path, "concept,zh,en,status\na,省委,Commission,forbidden\nb,市委,City\n", "2.csv")
    base = TermBase.read(one, two)
    assert [(concept.id, len(concept.en)) for concept in base.concepts] == [("a", 2), ("b", 1)]


def test_a_header_alone_is_an_empty_term_base(tmp_path):
    base = TermBase.read(written(tmp_path, HEADER + "\n"))
    assert len(base) == 0
    assert base.find_zh("省委") == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "zh, en"),
        ("concept,chinese,english\n", 1, "zh, en"),
        ("zh,en,zh\n", 1, "twice"),
        ("concept,zh,en\na,省委,Committee\nb,,\n", 3, "neither"),
        ("concept,zh,en\na,省委,\n", 2, "column en"),
        ("concept,zh,en\na,,Committee\n", 2, "column zh"),
        ("zh,en,status\n省委,Committee,prefered\n", 2, "preferred"),
        ("zh,en,case\n省委,Committee,upper\n", 2, "sensitive"),
        ("zh,en,severity\n省委,Committee,fatal\n", 2, "critical"),
        ("zh,en,once\n省委,Committee,maybe\n", 2, "maybe"),
        ("zh,en,from\n省委,Committee,2021-13-01\n", 2, "2021-13-01"),
        ("zh,en,from,until\n省委,Committee,2021-01-02,2021-01-01\n", 2, "ends before"),
        ("zh,en\n省委,Committee, and more\n", 2, "3 cells"),
        ('zh,en\n省委,"Committee\n', 2, "read further"),
        ('zh,en\n"省\n委",Committee\n市委,b,c\n', 4, "3 cells"),
    ],
)
def test_a_bad_row_is_an_error_with_its_line(tmp_path, text, line, says):
    with pytest.raises(TermBaseError) as caught:
        TermBase.read(written(tmp_path, text))
    assert caught.value.line == line
    assert str(caught.value.path).endswith("t.csv")
    assert says in str(caught.value)


def test_a_missing_file_is_an_error_of_ours(tmp_path):
    with pytest.raises(TermBaseError, match=r"none\.csv"):
        TermBase.read(tmp_path / "none.csv")


def test_a_bad_mapping_is_an_error_with_its_number():
    with pytest.raises(TermBaseError) as caught:
        TermBase.from_rows([{"zh": "省委", "en": "a"}, {"zh": "市委", "en": "b", "status": "good"}])
    assert caught.value.line == 2


@pytest.mark.parametrize("ending", ["tbx", "xlsx"])
def test_a_term_file_of_another_kind_says_how_to_bring_it_in(tmp_path, ending):
    with pytest.raises(TermBaseError) as caught:
        TermBase.read(tmp_path / f"agency.{ending}")
    assert f"tm terms import agency.{ending}" in caught.value.hint
