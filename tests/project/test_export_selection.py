"""A condition chooses by release, day, office, status and creator; what no unit can meet is a clear error."""

from __future__ import annotations

import datetime
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.errors import ConfigError
from tm.model import Origin, Segment, Status, Unit
from tm.project.exporting import chosen
from tm.project.folder import Project, open_project
from tm.project.selection import Selection, condition

DAYS = st.dates(datetime.date(1999, 12, 25), datetime.date(2002, 1, 10))


def unit(**fields):
    return Unit(
        id="u", source=Segment(lang="zh-CN", text="甲"), target=Segment(lang="en", text="a"), **fields
    )


def on(day):
    return unit(origin=Origin(created=datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)))


def meets(one, *texts, root=None, memory="m"):
    project = Project(root=root) if root else Project(root=None, found=False)  # type: ignore[arg-type] # unused
    return Selection(project, tuple(map(condition, texts))).test(memory)(one)


@given(day=DAYS, first=DAYS, last=DAYS)
def test_a_range_of_days_holds_both_ends(day, first, last):
    wanted = first <= day <= last
    assert meets(on(day), f"date={first}..{last}") is wanted
    assert meets(on(day), f"date>={first}", f"date <= {last}") is wanted
    assert meets(on(day), f"date!={first}..{last}") is not wanted
    assert meets(on(day), f"date>{first}") is (day > first)
    assert meets(on(day), f"date<{first}") is (day < first)


@given(day=DAYS, year=st.sampled_from([2000, 2001]), month=st.integers(1, 12))
def test_a_part_of_a_day_is_the_whole_year_or_month(day, year, month):
    assert meets(on(day), f"date={year}") is (day.year == year)
    assert meets(on(day), f"date<={year}") is (day.year <= year)
    assert meets(on(day), f"date>{year}-{month:02}") is ((day.year, day.month) > (year, month))
    assert meets(on(day), f"date=2000-03..{year}") is (
        datetime.date(2000, 3, 1) <= day <= datetime.date(year, 12, 31)
    )
    assert meets(on(day), f"date=..{year}-{month:02}") is ((day.year, day.month) <= (year, month))


@pytest.mark.parametrize("text", ["date>=1900", "date<3000", "date=..3000", "date=1900..", "date=2*"])
def test_a_unit_without_a_day_is_in_no_time(text):
    assert not meets(unit(), text)
    assert meets(unit(), "date=")
    assert not meets(on(datetime.date(2020, 1, 1)), "date=")


def test_a_status_has_an_order_and_may_be_one_of_several():
    found = {
        text: [status.value for status in Status if meets(unit(status=status), text)]
        for text in (
            "status>=reviewed",
            "status<translated",
            "status=draft|Approved",
            "status!=draft",
            "status=*ed",
        )
    }
    assert found == {
        "status>=reviewed": ["reviewed", "approved"],
        "status<translated": ["draft"],
        "status=draft|Approved": ["draft", "approved"],
        "status!=draft": ["translated", "reviewed", "approved"],
        "status=*ed": ["translated", "reviewed", "approved"],
    }


def test_a_pattern_takes_its_other_characters_as_they_are():
    made = unit(origin=Origin(creator="A.B (Office)"))
    assert meets(made, "creator=a.? (*)")
    assert not meets(made, "creator=a..")
    assert not meets(made, "creator=*x*|*y")
    assert meets(made, "creator!=*x*|*y")


def test_the_office_is_that_of_the_release_under_each_of_its_names(sample_project):
    project = open_project(sample_project)
    said = {}
    for folder in project.releases.values():
        table = tomllib.loads((folder / "release.toml").read_text(encoding="utf-8"))
        said[folder.name] = str(table.get("office") or table.get("office_zh"))
    some = said["2021-06-10-leading-group-plenary-3"]
    wanted = {release for release, office in said.items() if office == some}
    assert 0 < len(wanted) < len(said)

    def releases(*texts):
        return {found.origin.release for found in chosen(project, ["sichuan"], map(condition, texts))}

    assert releases(f"office={some}") == wanted
    assert releases(f"office={some[:3]}*{some[-2:]}") >= wanted
    assert releases(f"office!={some}") == set(said) - wanted
    assert releases("office=sichuan") == set(said)
    assert releases("office=chengdu") == set()
    assert releases(f"office={some}", "date<2020") == {name for name in wanted if name < "2020"}


def test_a_unit_of_no_known_release_is_of_its_memory(sample_project):
    stranger = unit(origin=Origin(release="2001-01-01-elsewhere"))
    assert meets(stranger, "office=mianyang", root=sample_project, memory="mianyang-working")


def test_a_release_may_be_a_range_of_days_too(sample_project):
    units = chosen(open_project(sample_project), ["sichuan"], [condition("release=2019..2019-06")])
    found = {one.origin.release[:7] for one in units}
    assert found == {"2019-01", "2019-03", "2019-04"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2020", ["no condition", "NAME=VALUE"]),
        ("dates>=2020", ["dates", "Did you mean “date”?"]),
        ("colour=red", ["colour", "release, date, office, status, creator"]),
        ("date>=last year", ["last year", "yyyy-mm-dd"]),
        ("date=2020-13-01", ["2020-13-01", "yyyy-mm-dd"]),
        ("date=2020..soon", ["soon", "range"]),
        ("status=final", ["final", "draft, translated, reviewed, approved"]),
        ("status>=draft|approved", ["one value"]),
        ("office>=a", ["an order", "release, date, status"]),
        ("date>=", ["no date"]),
        ("status>", ["no status"]),
        ("release>", ["a value"]),
    ],
)
def test_a_condition_that_makes_no_sense_says_what_would(text, words):
    with pytest.raises(ConfigError) as caught:
        condition(text)
    for word in words:
        assert word in str(caught.value)
