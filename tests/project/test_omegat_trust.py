"""How far a unit is trusted decides its folder in an OmegaT project, as the manual says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.cli import main
from tm.model import Prop, Segment, Status, Unit
from tm.project.omegat import Trust

TOPICS = Path(main.__file__).parent / "topics"
SCORED = Prop(type="x-align-score", text="0.9")
IMPORTED = Prop(type="x-imported-from", text="a.tmx")


def trusted(status, *props, contested=False, beaten=False):
    source, target = Segment(lang="zh-CN", text="甲"), Segment(lang="en", text="a")
    unit = Unit(id="u", source=source, target=target, status=status, props=props)
    return Trust.of(unit, contested=contested or beaten, beaten=beaten)


def test_what_was_approved_overrules_only_where_nothing_else_is_known():
    assert trusted(Status.APPROVED) is Trust.ENFORCE
    assert trusted(Status.APPROVED, contested=True) is Trust.AUTO
    assert trusted(Status.REVIEWED) is trusted(Status.REVIEWED, IMPORTED, SCORED) is Trust.AUTO


def test_what_nobody_reviewed_is_offered_the_lower_the_less_is_known_of_it():
    ways = [(), (SCORED,), (IMPORTED,), (IMPORTED, SCORED)]
    assert [trusted(Status.TRANSLATED, *props) for props in ways] == [
        Trust.UNREVIEWED,
        Trust.ALIGNED,
        Trust.IMPORTED,
        Trust.IMPORTED,
    ]
    assert trusted(Status.DRAFT, SCORED) is Trust.DRAFT


@given(
    status=st.sampled_from(list(Status)),
    beaten=st.booleans(),
    props=st.sets(st.sampled_from([SCORED, IMPORTED])),
)
def test_nothing_unreviewed_and_nothing_beaten_is_ever_filled_in(status, beaten, props):
    found = trusted(status, *props, beaten=beaten)
    assert (found in (Trust.AUTO, Trust.ENFORCE)) is (
        status in (Status.REVIEWED, Status.APPROVED) and not beaten
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_manual_names_the_folders_of_the_program(lang):
    text = (TOPICS / lang / "omegat.md").read_text(encoding="utf-8")
    folders = re.findall(r"^\| (tm/[\w-]+) ", text, re.MULTILINE)
    penalties = [f"tm/penalty-{level:02d}" for level in Trust if level > 0]
    assert folders == ["tm/enforce", "tm/auto", *penalties]
