from __future__ import annotations

import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tm.model import Code, Context, Origin, Segment, Unit
from tm.store.ledger import Ledger, Policy, Verdict


def _day(day: int) -> datetime.datetime:
    return datetime.datetime(2024, 5, day, tzinfo=datetime.UTC)


DAYS = st.none() | st.integers(1, 4).map(_day)
UNITS = st.lists(
    st.builds(
        lambda source, target, before, day: _unit(source, target, before=before, day=day),
        st.sampled_from("甲乙"),
        st.sampled_from("xyz"),
        st.sampled_from(["", "前"]),
        DAYS,
    ),
    max_size=8,
)


def _unit(source: str, target: str, *, before: str = "", day: datetime.datetime | None = None) -> Unit:
    return Unit(
        id="",
        source=Segment(lang="zh-CN", text=source),
        target=Segment(lang="en", text=target),
        origin=Origin(created=day),
        context=Context(previous=before),
    )


def _merge(memory: list[Unit], newcomers: list[Unit], policy: Policy) -> tuple[list[Unit], list[Verdict]]:
    """The memory after the newcomers, and what became of each of them in the end."""
    ledger = Ledger(policy)
    for unit in memory:
        ledger.know(unit)
    verdicts: list[Verdict] = []
    for number, unit in enumerate(newcomers):
        verdict, displaced = ledger.judge(unit, number)
        if displaced >= 0:
            verdicts[displaced] = Verdict.OLDER
        verdicts.append(verdict)
    guests = ledger.guests()
    after = [newcomers[guests[place]] if place in guests else unit for place, unit in enumerate(memory)]
    return after + [newcomers[number] for number in ledger.added()], verdicts


def _contents(units: list[Unit]) -> list[tuple[str, str, str]]:
    return [(unit.source.text, unit.target.text, unit.context.previous) for unit in units]


TWICE_THERE = [_unit("乙", "y"), _unit("乙", "y")]
REFRESHED_THEN_REPLACED = [_unit("乙", "y", day=_day(1)), _unit("乙", "x", day=_day(2))]


@pytest.mark.parametrize("policy", list(Policy))
@settings(deadline=None)
@given(memory=UNITS, newcomers=UNITS)
@example(memory=TWICE_THERE, newcomers=REFRESHED_THEN_REPLACED)
def test_the_memory_grows_by_what_was_added_and_a_second_time_by_nothing(policy, memory, newcomers):
    after, verdicts = _merge(memory, newcomers, policy)
    assert len(after) == len(memory) + verdicts.count(Verdict.ADDED)
    again, second = _merge(after, newcomers, policy)
    assert again == after
    assert Verdict.ADDED not in second
    assert Verdict.UPDATED not in second
    assert _merge(memory, newcomers + newcomers, policy)[0] == after


@settings(deadline=None)
@given(memory=UNITS, newcomers=UNITS)
def test_adding_loses_nothing_of_either_side(memory, newcomers):
    after, _verdicts = _merge(memory, newcomers, Policy.ADD)
    assert after[: len(memory)] == memory
    found = _contents(after)
    pairs = {(source, target) for source, target, _before in found}
    for source, target, before in _contents(newcomers):
        assert (source, target, before) in found or (not before and (source, target) in pairs)
    new = found[len(memory) :]
    assert len(set(new)) == len(new)


@settings(deadline=None)
@given(memory=UNITS, newcomers=UNITS)
def test_keeping_changes_no_unit_and_adds_only_what_was_unknown(memory, newcomers):
    after, _verdicts = _merge(memory, newcomers, Policy.KEEP)
    assert after[: len(memory)] == memory
    known = {(unit.source.text, unit.context) for unit in memory}
    assert all((unit.source.text, unit.context) not in known for unit in after[len(memory) :])


@settings(deadline=None)
@given(memory=UNITS, newcomers=UNITS)
def test_overwriting_lets_every_newcomer_stand_in_the_end(memory, newcomers):
    after, verdicts = _merge(memory, newcomers, Policy.OVERWRITE)
    pairs = {(source, target) for source, target, _before in _contents(after)}
    assert all((unit.source.text, unit.target.text) in pairs for unit in newcomers)
    assert verdicts.count(Verdict.UPDATED) <= len(memory)


@settings(deadline=None)
@given(memory=UNITS, newcomers=UNITS)
def test_the_newest_translation_is_there_in_the_end(memory, newcomers):
    after, _verdicts = _merge(memory, newcomers, Policy.NEWEST)

    def latest(units: list[Unit], like: Unit) -> datetime.datetime | None:
        same = [unit for unit in units if (unit.source, unit.context) == (like.source, like.context)]
        return max((unit.origin.created for unit in same if unit.origin.created), default=None)

    for unit in after:
        assert latest(after, unit) == latest([*memory, *after], unit)


@settings(deadline=None)
@given(memory=UNITS, newcomers=UNITS)
def test_by_date_a_unit_gives_way_only_to_a_newer_one_and_no_newcomer_takes_two_places(memory, newcomers):
    ledger = Ledger(Policy.NEWEST)
    for unit in memory:
        ledger.know(unit)
    for number, unit in enumerate(newcomers):
        ledger.judge(unit, number)
    guests = ledger.guests()
    for place, number in guests.items():
        before, after = memory[place], newcomers[number]
        assert (before.source, before.context) == (after.source, after.context)
        assert after.origin.created
        assert not before.origin.created or after.origin.created > before.origin.created
    taken = [*guests.values(), *ledger.added()]
    assert len(set(taken)) == len(taken)


def test_a_later_date_refreshes_the_unit_with_that_translation_and_no_other():
    memory = [_unit("甲", "x", day=_day(1)), _unit("甲", "y", day=_day(2)), _unit("甲", "x", day=_day(1))]
    later = _unit("甲", "x", day=_day(3))
    assert _merge(memory, [later], Policy.NEWEST) == ([*memory[:2], later], [Verdict.UPDATED])


def test_the_date_of_a_translation_that_is_not_the_newest_stays():
    memory = [_unit("甲", "x", day=_day(1)), _unit("甲", "y", day=_day(3))]
    assert _merge(memory, [_unit("甲", "x", day=_day(2))], Policy.NEWEST) == (memory, [Verdict.UNCHANGED])


def test_other_codes_make_another_translation():
    plain = _unit("甲", "x")
    coded = Unit(
        id="", source=plain.source, target=Segment(lang="en", text="x", codes=(Code(offset=0, kind="ph"),))
    )
    assert _merge([plain], [coded], Policy.ADD)[1] == [Verdict.ADDED]


def test_a_unit_without_context_that_is_known_in_some_context_is_nothing_new():
    known = _unit("甲", "x", before="前")
    assert _merge([known], [_unit("甲", "x")], Policy.ADD)[1] == [Verdict.UNCHANGED]
    assert _merge([_unit("甲", "x")], [known], Policy.ADD)[1] == [Verdict.ADDED]


def test_translations_equal_to_their_sources_are_not_taken_for_one_another():
    assert _merge([_unit("1", "1")], [_unit("2", "2")], Policy.ADD)[1] == [Verdict.ADDED]
    assert _merge([_unit("a", "b")], [_unit("b", "a")], Policy.ADD)[1] == [Verdict.ADDED]


def test_a_date_without_a_zone_is_universal_time():
    day = datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)
    bare = day.replace(tzinfo=None)
    assert _merge([_unit("甲", "x", day=day)], [_unit("甲", "y", day=bare)], Policy.NEWEST)[1] == [
        Verdict.OLDER
    ]
