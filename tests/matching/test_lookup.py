from __future__ import annotations

import datetime

import pytest
from rapidfuzz.distance import Levenshtein

from tm.errors import ConfigError
from tm.matching.figures import FIGURES_NAME
from tm.matching.index import FILE_NAME
from tm.matching.lookup import Lookup
from tm.matching.options import MatchOptions
from tm.matching.scoring import IMPORTED_FROM
from tm.matching.shelf import FORMS_NAME
from tm.model import Context, Header, MatchKind, Memory, Origin, Prop, Segment, Status, Unit
from tm.store.memory import save_memory
from tm.store.units import UnitTable

ALONE = Context()

R1 = ("2018-11-21-four-areas", "2018-11-21")
R2 = ("2019-01-24-meeting", "2019-01-24")


def found(tables, text, context=ALONE, **options):
    return Lookup.open(tables).matches([(text, context)], MatchOptions(**options))[0]


def test_an_identical_source_is_exact(table):
    match = found([table(("全省经济平稳运行。", "The economy ran steadily.", *R1))], "全省经济平稳运行。")[0]
    assert (match.kind, match.score, match.word_score, match.penalties) == (MatchKind.EXACT, 100, 100, ())
    assert match.memory == "office"
    assert match.unit.origin.release == R1[0]


@pytest.fixture
def document(table):
    return table(
        ("标题", "Title", *R1),
        ("第一句。", "First.", *R1),
        ("第二句。", "Second.", *R1),
        ("完。", "End.", *R2),
    )


@pytest.mark.parametrize(
    ("text", "before", "after", "score"),
    [
        ("第一句。", "标题", "第二句。", 102),
        ("第一句。", "标题", "别的。", 101),
        ("第一句。", "别的。", "第二句。", 101),
        ("第一句。", "别的。", "别的。", 100),
        ("第一句。", "标 题", "第二句．", 102),  # neighbours are compared by match form
        ("标题", "", "第一句。", 102),  # the edge of a document equals an edge
        ("第二句。", "第一句。", "", 102),
        ("第二句。", "", "", 100),  # a segment without any context
        ("完。", "", "第一句。", 100),  # a unit without any context
    ],
)
def test_equal_neighbours_make_a_context_match(document, text, before, after, score):
    match = found([document], text, Context(previous=before, next=after))[0]
    assert match.score == score
    assert match.kind == (MatchKind.CONTEXT if score > 100 else MatchKind.EXACT)


@pytest.mark.parametrize(
    ("text", "penalties", "score"),
    [
        ("GDP增长８%，超过预期。", {"width": 0.5}, 99.5),
        ("GDP 增长8%，超过预期。", {"space": 0.5}, 99.5),
        ("GDP增长8%，超过预期．", {"punctuation": 1.0}, 99.0),
        ("GDP 增长8%，超过预期．", {"space": 0.5, "punctuation": 1.0}, 98.5),
    ],
)
def test_what_differs_in_form_only_is_below_100_and_says_why(table, text, penalties, score):
    match = found([table(("GDP增长8%，超过预期。", "GDP grew by 8%.", *R1))], text)[0]
    assert match.kind == MatchKind.FUZZY
    assert {penalty.name: penalty.points for penalty in match.penalties} == penalties
    assert match.score == score


def test_the_score_is_the_similarity_of_characters_in_percent(table):
    source, text = "坚持稳中求进工作总基调", "坚持稳中有进的工作总基调"
    match = found([table((source, "Seek progress.", *R1))], text)[0]
    assert match.score == round(100 - 100 * Levenshtein.distance(source, text) / len(text), 1)
    assert 0 < match.word_score < match.score


def test_a_long_text_with_one_difference_is_never_100(table):
    long = "高质量发展是全面建设社会主义现代化国家的首要任务" * 100
    match = found([table((long, "Long.", *R1))], long + "！")[0]
    assert match.score == 99.9
    assert match.word_score <= 99.9


@pytest.mark.parametrize(
    ("source", "text", "names"),
    [
        ("增长了百分之八点五左右。", "增长了百分之七点五左右。", {"number"}),
        ("2018年经济增长8%。", "2019年经济增长8%。", {"number"}),
        ("各部门应当公开有关信息。", "各部门不应当公开有关信息。", {"negation"}),
        ("各部门应当公开有关信息。", "各部门应当公布有关信息。", set()),
        ("经济非常好，不断增长。", "经济很好，持续增长。", set()),
        ("全省经济增长百分之八点五左右。", "全省经济增长8.5%左右。", set()),
        ("全省一些地区经济一般。", "全省部分地区经济一般。", set()),
    ],
)
def test_another_number_and_a_negation_are_pointed_out(table, source, text, names):
    match = found([table((source, "…", *R1))], text, threshold=50)[0]
    assert {penalty.name for penalty in match.penalties} == names


def test_penalties_can_be_set(table):
    memory = table(("2018年全省经济平稳增长。", "…", *R1))
    plain = found([memory], "2019年全省经济平稳增长。")[0]
    punished = found([memory], "2019年全省经济平稳增长。", penalties={"number": 5.0})[0]
    assert punished.score == round(plain.score - 5, 1)
    assert found([memory], "2019年全省经济平稳增长。", penalties={"number": 50.0}) == []


def test_all_translations_of_an_exact_match_are_kept_the_newest_first(table):
    memory = table(
        ("新闻发布会", "News conference", *R1),
        ("新闻发布会", "Press conference", *R2),
        ("新闻发布会", "News conference", "2017-01-01-x", "2017-01-01"),
    )
    matches = found([memory], "新闻发布会", limit=1)
    assert [match.unit.target.text for match in matches] == ["Press conference", "News conference"]
    assert [match.unit.origin.release for match in matches] == [R2[0], R1[0]]
    assert {penalty.name for match in matches for penalty in match.penalties} == {"alternatives"}
    assert {match.score for match in matches} == {100.0}


def test_a_working_memory_wins_over_a_built_one_at_equal_score(table):
    built = table(("新闻发布会", "News conference", *R2), name="a")
    working = table(("新闻发布会", "Press conference", *R1), name="b", kind="working")
    assert [match.memory for match in found([built, working], "新闻发布会")] == ["b", "a"]


def test_a_better_score_wins_over_a_working_memory(table):
    built = table(("新闻发布会", "News conference", *R2), name="a")
    working = table(("新闻发布会议", "Press meeting", *R1), name="b", kind="working")
    assert [match.memory for match in found([built, working], "新闻发布会")] == ["a", "b"]


def test_releases_can_be_left_out(document):
    assert found([document], "第一句。", without=(R1[0],)) == []
    assert found([document], "完。", without=(R1[0],))[0].score == 100


def test_only_older_units_are_offered_before_a_day(document, table):
    undated = table(("完。", "The end.", "", ""), name="undated")
    day = datetime.date(2019, 1, 24)
    assert found([document, undated], "完。", before=day) == []
    later = found([document, undated], "完。", before=day + datetime.timedelta(1))
    assert [match.unit.target.text for match in later] == ["End."]


def test_the_limit_counts_different_translations(table):
    units = [(f"全省第{n}次会议在成都召开", f"Meeting {n % 4}", *R1) for n in range(30)]
    matches = found([table(*units)], "全省第99次会议在成都召开", limit=3)
    assert len({match.unit.target.text for match in matches}) == len(matches) == 3
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)


def test_a_unit_without_a_translation_is_not_offered(table):
    assert found([table(("第一句。", " ", *R1))], "第一句。") == []


def test_an_empty_source_has_no_matches(document):
    assert found([document], "") == found([document], "  ") == []


def test_an_empty_memory_has_no_matches(table):
    assert found([table()], "第一句。") == []


def test_no_memories_give_no_matches():
    assert found([], "第一句。") == []


def test_the_index_is_built_once(document):
    folder = document.folder / "matching-1-source"
    Lookup.open([document])
    stamps = {name: (folder / name).stat().st_mtime_ns for name in (FILE_NAME, FORMS_NAME)}
    Lookup.open([document])
    assert stamps == {name: (folder / name).stat().st_mtime_ns for name in (FILE_NAME, FORMS_NAME)}


@pytest.mark.parametrize("name", [FILE_NAME, FORMS_NAME])
@pytest.mark.parametrize(
    "damage", [lambda old: old[:0], lambda old: old[:-70], lambda old: old[:99] + b"?" + old[100:]]
)
def test_a_damaged_index_is_built_again(document, name, damage):
    before = found([document], "第一句！")
    path = document.folder / "matching-1-source" / name
    good = path.read_bytes()
    path.write_bytes(damage(good))
    assert found([document], "第一句！") == before != []
    assert path.read_bytes() == good


def test_a_folder_that_cannot_be_written_costs_only_time(document):
    document.folder.mkdir(parents=True, exist_ok=True)
    (document.folder / "matching-1-source").write_text("in the way", encoding="utf-8")
    assert found([document], "第一句。")[0].score == 100


def test_progress_counts_the_segments(document):
    told: list[int] = []
    Lookup.open([document]).matches([("完。", ALONE)] * 3, progress=told.append)
    assert sum(told) == 3


@pytest.mark.parametrize(
    "options", [{"threshold": 0}, {"limit": 0}, {"threshold": 101}, {"penalties": {"colour": 1.0}}]
)
def test_options_that_mean_nothing_are_refused(options):
    with pytest.raises(ConfigError):
        MatchOptions(**options)


def renumbered(tables, text, **options):
    return Lookup.open(tables).renumbered((text, ALONE), MatchOptions(**options))


def test_a_unit_that_differs_in_numbers_only_is_found_however_little_alike_it_is(table):
    memory = table(("增长8.2%", "Up 8.2%", *R1), ("下降10.35%", "Down 10.35%", *R1), ("完。", "End.", *R2))
    assert found([memory], "增长10.35%", threshold=80) == []
    matches = renumbered([memory], "增长10.35%", threshold=80)
    assert [match.unit.target.text for match in matches] == ["Up 8.2%"]
    assert matches[0].kind == MatchKind.FUZZY
    assert matches[0].score == round(100 * (1 - Levenshtein.distance("增长8.2%", "增长10.35%") / 8), 1)
    assert [penalty.name for penalty in matches[0].penalties] == ["number"]


def test_chinese_numerals_and_figures_are_numbers_alike(table):
    memory = table(("投资三千二百亿元", "Investment of 320 billion yuan", *R1))
    assert [match.unit.id for match in renumbered([memory], "投资1.6万亿元")] == [f"{R1[0]}/0"]


def test_units_of_other_numbers_come_best_first_without_repeats_and_as_allowed(table):
    memory = table(
        ("增长8.2%", "Up 8.2%", *R1),
        ("增长10.3%", "Up 10.3%", *R1),
        ("增长9%", "Up 9%", *R2),
        ("增长77%", "Up 8.2%", *R2),
        ("增长10.4%", " ", *R2),
    )
    targets = [match.unit.target.text for match in renumbered([memory], "增长10.35%")]
    assert targets == ["Up 10.3%", "Up 8.2%", "Up 9%"]
    assert [match.unit.target.text for match in renumbered([memory], "增长10.35%", limit=1)] == ["Up 10.3%"]
    allowed = renumbered([memory], "增长10.35%", without=(R1[0],))
    assert {match.unit.origin.release for match in allowed} == {R2[0]}


def test_a_text_without_numbers_has_no_units_of_other_numbers(document):
    assert renumbered([document], "完。") == renumbered([document], "") == []


@pytest.mark.parametrize("damage", [lambda old: old[:0], lambda old: old[:-70], lambda old: old[::-1]])
def test_a_damaged_table_of_figures_is_made_again(table, damage):
    memory = table(("增长8.2%", "Up 8.2%", *R1))
    before = renumbered([memory], "增长10.35%")
    path = memory.folder / "matching-1-source" / FIGURES_NAME
    good = path.read_bytes()
    path.write_bytes(damage(good))
    assert renumbered([memory], "增长10.35%") == before != []
    assert path.read_bytes() == good


@pytest.fixture
def origins(tmp_path):
    """A memory with a unit as published, one imported, and one that is a draft, of different years."""
    path = tmp_path / "origins.tmx"
    made = [
        ("新闻发布会", "Press conference", 2018, Status.TRANSLATED, ()),
        ("新闻发布会", "News conference", 2021, Status.TRANSLATED, (Prop(type=IMPORTED_FROM, text="a.tmx"),)),
        ("新闻发布会", "News briefing", 2020, Status.DRAFT, ()),
    ]
    units = [
        Unit(
            id=str(number),
            source=Segment(lang="zh-CN", text=source),
            target=Segment(lang="en", text=target),
            origin=Origin(created=datetime.datetime(year, 6, 1, tzinfo=datetime.UTC)),
            status=status,
            props=props,
        )
        for number, (source, target, year, status, props) in enumerate(made)
    ]
    save_memory(path, Memory(name="origins", header=Header(kind="working"), units=units))
    with UnitTable.open(path, tmp_path / "cache") as opened:
        yield opened


def remarks(match):
    return {penalty.name: penalty.points for penalty in match.penalties}


def test_imports_and_drafts_are_pointed_out_and_cost_nothing_unless_set(origins):
    matches = found([origins], "新闻发布会")
    assert [match.score for match in matches] == [100, 100, 100]
    assert [set(remarks(match)) - {"alternatives"} for match in matches] == [{"imported"}, {"draft"}, set()]


def test_penalties_for_the_origin_set_the_order_of_exact_matches_and_all_are_kept(origins):
    matches = found([origins], "新闻发布会", limit=1, penalties={"imported": 2.0, "draft": 10.0})
    assert [(match.unit.target.text, match.score) for match in matches] == [
        ("Press conference", 100),
        ("News conference", 98),
        ("News briefing", 90),
    ]
    assert {match.kind for match in matches} == {MatchKind.EXACT}


def test_a_penalty_for_age_counts_full_years_before_the_newest_unit(origins):
    matches = found([origins], "新闻发布会。", penalties={"age": 1.5})
    years = {match.unit.id: remarks(match).get("age") for match in matches}
    assert years == {"0": 4.5, "1": None, "2": 1.5}
    assert "age" not in {name for match in found([origins], "新闻发布会。") for name in remarks(match)}
