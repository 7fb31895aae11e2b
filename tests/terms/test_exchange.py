"""Term bases go out to every format and come back as they were, and tables of other tools are understood."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.errors import FormatError, TermBaseError
from tm.model import Concept, Severity, Term, TermStatus
from tm.terms.base import TermBase
from tm.terms.reading import read_terms
from tm.terms.rows import rows_of
from tm.terms.table import COLUMNS
from tm.terms.writing import write_terms

CORPUS = sorted((Path(__file__).parents[2] / "corpora" / "terms").glob("*.csv"))
FORMATS = [("t.tbx", 2), ("t.tbx", 3), ("t.csv", 2), ("t.tsv", 2), ("t.xlsx", 2)]

_CELL = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters=" 省委一干多支=+-@'&<>\"|;,:%_x"),
    max_size=12,
).map(lambda text: text.strip().strip("'"))
_WORD = _CELL.filter(lambda text: bool(text) and "|" not in text)
_NAME = _WORD.map(str.lower).filter(lambda text: text not in COLUMNS)


@st.composite
def concepts(draw):
    """A concept as a term base can hold it."""
    pos = st.sampled_from(["", "noun", "proper", "adj", "slogan", "adjective", "other"])
    chinese = draw(st.lists(_WORD, min_size=1, max_size=3, unique=True))
    keys = st.tuples(_WORD, st.sampled_from(TermStatus))
    english = draw(st.lists(keys, min_size=1, max_size=4, unique=True))
    dates = st.none() | st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 1, 1))
    begin, end = draw(dates), draw(dates)
    unless = st.lists(_WORD, max_size=2, unique=True).map(tuple)
    return Concept(
        id=draw(_WORD),
        zh=tuple(
            Term(
                lang="zh-CN",
                text=text,
                status=TermStatus.ADMITTED if place else TermStatus.PREFERRED,
                pos=draw(pos),
                unless=draw(unless),
                note=draw(_CELL),
                source=draw(_CELL),
            )
            for place, text in enumerate(chinese)
        ),
        en=tuple(
            Term(
                lang="en",
                text=text,
                status=status,
                case=draw(st.sampled_from(["insensitive", "sensitive"])),
                pos=draw(pos),
                acronym=draw(st.just("") | _WORD),
                note=draw(_CELL | st.just("x-tm-case: no")),
                source=draw(_CELL),
            )
            for text, status in english
        ),
        domain=draw(_CELL),
        once=draw(st.booleans()),
        severity=draw(st.sampled_from([None, Severity.MINOR, Severity.MAJOR, Severity.CRITICAL])),
        valid_from=begin,
        valid_until=end if begin is None or end is None or end >= begin else begin,
        mono=draw(st.sampled_from([None, True, False])),
        others=tuple(draw(st.lists(st.tuples(_others(), _WORD), max_size=3, unique=True))),
    )


def _others():
    named = ["definition", "definition-zh", "context-en", "note-zh", "concept-note", "term-fr", "term-zh-tw"]
    stripped = _NAME.map(str.strip).filter(bool)  # the titles of columns have no blanks around them
    return stripped | st.sampled_from(named)


def plain(concept):
    """The concept without lines; the order of its unknown columns says nothing."""
    return replace(
        concept,
        zh=tuple(replace(term, line=0) for term in concept.zh),
        en=tuple(replace(term, line=0) for term in concept.en),
        others=tuple(sorted(concept.others)),
    )


def through(found, name, version=2):
    stream = io.BytesIO()
    lost = write_terms(found, stream, path=name, tbx_version=version)
    assert not lost
    return read_terms(io.BytesIO(stream.getvalue()), path=name)


def read(text, name="t.csv", encoding="utf-8"):
    return read_terms(io.BytesIO(text.encode(encoding)), path=name)


@pytest.mark.parametrize(("name", "version"), FORMATS)
@settings(deadline=None, max_examples=60)
@given(found=st.lists(concepts(), min_size=1, max_size=3, unique_by=lambda one: one.id))
def test_concepts_come_back_from_every_format(name, version, found):
    again = through(found, name, version)
    assert [plain(one) for one in again.concepts] == [plain(one) for one in found]
    assert not again.left_out
    assert not again.lost


@pytest.mark.parametrize(("name", "version"), FORMATS)
@pytest.mark.parametrize(
    "text", ["two  blanks", "a\u00a0b", "a\u3000b", "'tis", "a;b", "1.10", "TRUE", "_x000D_"]
)
def test_a_text_comes_back_exactly(name, version, text):
    concept = Concept(
        id=text, zh=(Term(lang="zh-CN", text=f"省{text}"),), en=(Term(lang="en", text=text, note=text),)
    )
    assert plain(through([concept], name, version).concepts[0]) == plain(concept)


@settings(deadline=None)
@given(concept=concepts())
def test_the_rows_of_a_concept_make_up_the_concept(concept):
    assert [plain(one) for one in TermBase.from_rows(rows_of(concept))] == [plain(concept)]


@pytest.mark.parametrize(("name", "version"), FORMATS)
def test_the_term_base_of_this_project_comes_back(name, version):
    base = TermBase.read(*CORPUS)
    assert len(base) > 200
    assert [plain(one) for one in through(base.concepts, name, version).concepts] == [
        plain(one) for one in base
    ]


def test_an_exported_table_is_a_term_base(tmp_path):
    base = TermBase.read(*CORPUS)
    path = tmp_path / "t.csv"
    with path.open("wb") as stream:
        write_terms(base.concepts, stream, path=path.name)
    assert [plain(one) for one in TermBase.read(path)] == [plain(one) for one in base]


def test_a_glossary_says_what_it_cannot_carry():
    term = Term(lang="en", text="a", pos="noun", source="s")
    wrong = Term(lang="en", text="b", status=TermStatus.FORBIDDEN)
    concept = Concept(id="c", zh=(Term(lang="zh-CN", text="省"),), en=(term, wrong), once=True)
    stream = io.BytesIO()
    lost = write_terms([concept], stream, path="g.txt")
    assert lost == {"deprecated and forbidden terms": 1, "once": 1, "pos": 1, "source": 1}
    assert stream.getvalue().decode() == "省\ta\t\n"


def test_a_table_says_when_the_status_of_a_chinese_form_is_lost():
    zh = (Term(lang="zh-CN", text="省"), Term(lang="zh-CN", text="旧省", status=TermStatus.DEPRECATED))
    concept = Concept(id="c", zh=zh, en=(Term(lang="en", text="a"),))
    assert write_terms([concept], io.BytesIO(), path="t.csv") == {"status of a Chinese form": 1}


@pytest.mark.parametrize(
    "text",
    [
        "Chinese (PRC);English (United States);Status\n省委;Provincial Committee;approved\n",
        "zh-CN,en-US\n省委,Provincial Committee\n",
        "zh_CN,en_GB,备注\n省委,Provincial Committee,\n",
        "中文,英文\n省委,Provincial Committee\n",
        "Term (en),Term (zh-Hans)\nProvincial Committee,省委\n",
        "Entry_ID,Chinese_PRC,English_United_States\n省委,省委,Provincial Committee\n",
        "Source,Target\nProvincial Committee,省委\n",
        "术语,译名\n省委,Provincial Committee\n",
        "en,zh,comment\nProvincial Committee,省委,\n",
    ],
)
def test_headers_of_other_tools_are_recognised(text):
    (concept,) = read(text).concepts
    assert [(term.text, term.status) for term in concept.zh] == [("省委", TermStatus.PREFERRED)]
    assert [(term.text, term.status) for term in concept.en] == [
        ("Provincial Committee", TermStatus.PREFERRED)
    ]


def test_columns_of_other_tools_find_their_fields():
    (concept,) = read(
        "conceptId,zh-CN,en-US,zh-TW,Forbidden,Case sensitive,Part of Speech,Definition,Note,Reviewer\n"
        "7,省委,Provincial Committee,省委會,no,yes,Noun,what it is,n,Li\n"
        "7,省委,province committee,,yes,,,,,\n"
    ).concepts
    good, bad = concept.en
    assert (concept.id, good.case, good.pos, good.note) == ("7", "sensitive", "noun", "n")
    assert bad.status is TermStatus.FORBIDDEN
    assert dict(concept.others) == {"term-zh-tw": "省委會", "definition": "what it is", "reviewer": "Li"}


def test_a_source_beside_named_languages_is_where_a_term_comes_from():
    (concept,) = read("中文,英文,Source\n省委,Provincial Committee,外办\n").concepts
    assert concept.en[0].source == "外办"


def test_further_columns_of_a_language_are_admitted_terms():
    (concept,) = read("zh,en,synonyms\n省委,Provincial Committee,Party Committee; PPC\n").concepts
    assert [(term.text, term.status.value) for term in concept.en] == [
        ("Provincial Committee", "preferred"),
        ("Party Committee", "admitted"),
        ("PPC", "admitted"),
    ]


def test_a_status_nobody_knows_is_admitted_and_said():
    glossary = read("Chinese,English,Status\n省,province,whatever\n")
    assert glossary.concepts[0].en[0].status is TermStatus.ADMITTED
    assert [name for name, _count in glossary.lost] == ["status=whatever"]


def test_an_unknown_status_in_our_own_columns_is_an_error_with_its_line():
    with pytest.raises(TermBaseError, match="preferd") as caught:
        read("concept,zh,en,status\na,省,province,preferd\n")
    assert caught.value.line == 2


def test_traditional_chinese_alone_is_refused():
    with pytest.raises(FormatError):
        read("zh-TW,en\n省委會,Provincial Committee\n")


def test_a_line_without_english_is_left_out_with_its_number():
    glossary = read("zh,en\n省,province\n县,\n")
    assert [(left.line, left.concept) for left in glossary.left_out] == [(3, "县")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_glossary_is_read_in_local_encodings_too(encoding):
    text = "# comment\n中国共产党四川省委员会\tCPC Sichuan Committee\tn\n发展\tdevelopment\n发展\tgrowth\n"
    glossary = read(text, "g.txt", encoding)
    assert [(one.id, [term.text for term in one.en]) for one in glossary.concepts] == [
        ("中国共产党四川省委员会", ["CPC Sichuan Committee"]),
        ("发展", ["development", "growth"]),
    ]
    assert glossary.concepts[0].en[0].note == "n"


def test_a_glossary_in_the_other_direction_is_turned():
    (concept,) = read('province\t省\t"quoted\n', "g.utf8").concepts
    assert (concept.zh[0].text, concept.en[0].text, concept.en[0].note) == ("省", "province", '"quoted')


def test_what_is_no_glossary_is_refused():
    with pytest.raises(FormatError, match="side by side"):
        read("only English\there\n", "g.txt")


def test_an_ending_that_nobody_reads_is_refused_with_those_that_can():
    with pytest.raises(FormatError) as caught:
        read("", "terms.docx")
    assert ".tbx" in caught.value.hint


@pytest.mark.parametrize("formula", ["=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "＝1"])
def test_no_cell_of_a_table_is_a_formula(formula):
    concept = Concept(
        id="c", zh=(Term(lang="zh-CN", text="省"),), en=(Term(lang="en", text=formula, note=formula),)
    )
    stream = io.BytesIO()
    write_terms([concept], stream, path="t.csv")
    assert f",{formula}" not in stream.getvalue().decode()
    assert f"'{formula[0]}" in stream.getvalue().decode()
    assert plain(read_terms(io.BytesIO(stream.getvalue()), path="t.csv").concepts[0]) == plain(concept)
