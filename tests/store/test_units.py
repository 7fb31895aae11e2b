from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tm.errors import ConflictError, FormatError, InputError, StoreError
from tm.model import Code, Context, Header, Memory, Note, Origin, Prop, Segment, Status, Unit
from tm.store import side_file
from tm.store.memory import digest, open_memory, save_memory
from tm.store.units import UnitTable


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "缓存 #1?%"


@pytest.fixture
def builds(monkeypatch):
    """The memories that were read to build a side file."""
    seen = []

    def opening(path: Path) -> Memory:
        seen.append(path)
        return open_memory(path)

    monkeypatch.setattr(side_file, "open_memory", opening)
    return seen


def _answers(table: UnitTable) -> list[object]:
    """Everything a table can be asked."""
    return [
        *(len(table), table.name, table.digest, table.header),
        *(list(table.sources()), list(table.targets()), list(table.releases()), list(table.dates())),
        table.units(range(len(table))),
        table.exact(table.sources()),
        list(table.containing("2届", "source")),
        list(table.containing("SENTENCE 1", "target")),
    ]


def test_every_unit_is_there_in_the_order_of_the_memory(saved, cache):
    stored = list(open_memory(saved))
    with UnitTable.open(saved, cache) as table:
        assert len(table) == len(stored) == 120
        assert table.name == "四川"
        assert table.digest == digest(saved)
        assert table.header == open_memory(saved).header
        assert list(table.sources()) == [unit.source.text for unit in stored]
        assert list(table.targets()) == [unit.target.text for unit in stored]
        assert list(table.releases()) == [unit.origin.release for unit in stored]
        assert list(table.dates()) == ["2024-05-01"] * 120
        assert table.folder.is_dir()
        without_context = [replace(unit, context=Context()) for unit in table.units(range(120))]
        assert without_context == stored


def test_a_unit_comes_back_with_codes_notes_and_props(tmp_path, cache, unit, memory):
    rich = unit("一项", release="r")
    rich = replace(
        rich,
        source=replace(rich.source, codes=(Code(offset=1, kind="ph", x="1", text="<br/>"),)),
        status=Status.REVIEWED,
        notes=(Note(text="注", lang="zh"),),
        props=(Prop(type="x-a", text="1"), Prop(type="x-a", text="2")),
        context=Context(previous="前", next="后", key="k"),
        origin=replace(rich.origin, creator="李", changer="王"),
    )
    save_memory(tmp_path / "m.tmx", memory([rich]))
    with UnitTable.open(tmp_path / "m.tmx", cache) as table:
        assert table.unit(0) == next(iter(open_memory(tmp_path / "m.tmx")))
        assert table.unit(0).source.codes
        assert table.unit(0).notes


def test_the_context_is_that_of_the_neighbours_in_the_same_release(tmp_path, cache, unit, memory):
    units = [
        *(unit("甲", release="r1"), unit("乙", release="r1"), unit("丙", release="r1")),
        *(unit("丁", release="r2"), unit("戊", release="r2", context=Context(previous="别的"))),
        *(unit("己"), unit("庚")),
        unit("辛", release="r3", context=Context(key="k")),
        unit("壬", release="r3"),
    ]
    save_memory(tmp_path / "m.tmx", memory(units))
    with UnitTable.open(tmp_path / "m.tmx", cache) as table:
        found = [(unit.context.previous, unit.context.next) for unit in table.units(range(9))]
        assert table.unit(7).context.key == "k"
    assert found == [
        *(("", "乙"), ("甲", "丙"), ("乙", "")),
        *(("", "戊"), ("别的", "")),
        *(("", ""), ("", "")),
        *(("", "壬"), ("辛", "")),
    ]


def test_units_are_given_in_the_order_asked_for_however_many(saved, cache):
    with UnitTable.open(saved, cache) as table:
        wanted = [5, 0, 119, 5] * 300
        assert [unit.source.text for unit in table.units(wanted)] == [
            list(table.sources())[at] for at in wanted
        ]
        assert table.units([]) == []


@pytest.mark.parametrize("position", [-1, 120])
def test_a_position_that_does_not_exist_is_an_index_error(saved, cache, position):
    with UnitTable.open(saved, cache) as table, pytest.raises(IndexError):
        table.unit(position)


def test_streams_may_be_read_while_other_questions_are_asked(saved, cache):
    with UnitTable.open(saved, cache) as table:
        both = list(zip(table.sources(), table.targets(), strict=True))
        assert [(table.unit(at).source.text, table.unit(at).target.text) for at in range(120)] == both


ALPHABET = st.sampled_from("法国家aAbB%_\\É éß'\"*。1")


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(ALPHABET, min_size=1, max_size=6), max_size=30),
    needles=st.lists(st.text(ALPHABET, min_size=1, max_size=3), min_size=1, max_size=8),
    limit=st.none() | st.integers(0, 3),
)
def test_what_is_found_is_what_a_plain_search_finds(tmp_path_factory, texts, needles, limit):
    folder = tmp_path_factory.mktemp("found")
    units = [_plain(number, text) for number, text in enumerate(texts)]
    save_memory(folder / "m.tmx", Memory(name="m", header=Header(kind="working"), units=units))
    with UnitTable.open(folder / "m.tmx", folder / "cache") as table:
        for needle in needles:
            expected = [at for at, text in enumerate(texts) if needle.casefold() in text.casefold()]
            assert list(table.containing(needle, "source", limit=limit)) == expected[:limit]
            assert list(table.containing(needle, "target")) == expected
        wanted = [*texts, *needles]
        expected_exact = {text: [at for at, other in enumerate(texts) if other == text] for text in wanted}
        assert table.exact(wanted) == expected_exact


def _plain(number: int, text: str) -> Unit:
    source, target = Segment(lang="zh-CN", text=text), Segment(lang="en", text=text)
    return Unit(id=str(number), source=source, target=target, origin=Origin(release="r"))


def test_texts_with_the_same_mark_are_told_apart(saved, cache, monkeypatch):
    monkeypatch.setattr(side_file, "mark", lambda _text: 7)
    monkeypatch.setattr("tm.store.units.mark", lambda _text: 7)
    with UnitTable.open(saved, cache) as table:
        assert table.exact(["1届第3句。", "没有"]) == {"1届第3句。": [3], "没有": []}


@pytest.mark.parametrize("needle", ["\0", "x" * 60_000, "\ud800", ""])
def test_odd_questions_have_an_answer(saved, cache, needle):
    with UnitTable.open(saved, cache) as table:
        assert len(list(table.containing(needle, "source"))) == (120 if needle == "" else 0)
        assert table.exact([needle]) == {needle: []}


def test_releases_and_dates_are_sequences(saved, cache):
    with UnitTable.open(saved, cache) as table:
        releases = table.releases()
        assert releases[0] == "2024-01-会议"
        assert releases[-1] == "2024-03-会议"
        assert list(releases[38:42]) == ["2024-01-会议"] * 2 + ["2024-02-会议"] * 2
        assert len(releases) == 120


def test_an_empty_memory_has_an_empty_table(tmp_path, cache, memory):
    save_memory(tmp_path / "m.tmx", memory([]))
    with UnitTable.open(tmp_path / "m.tmx", cache) as table:
        assert len(table) == 0
        assert list(table.sources()) == []
        assert table.exact(["一"]) == {"一": []}
        assert list(table.containing("一", "source")) == []


# --- Building and building anew -----------------------------------------------------------------------


def test_a_memory_is_read_once_and_again_when_it_has_changed(saved, cache, builds, unit, memory):
    UnitTable.open(saved, cache).close()
    UnitTable.open(saved, cache).close()
    assert len(builds) == 1
    save_memory(saved, memory([unit("新")]))
    with UnitTable.open(saved, cache) as table:
        assert list(table.sources()) == ["新"]
    assert len(builds) == 2


def test_a_table_in_use_keeps_its_answers_while_the_memory_changes(saved, cache, unit, memory):
    with UnitTable.open(saved, cache) as table:
        before = _answers(table)
        save_memory(saved, memory([unit("新")]))
        assert _answers(table) == before


def test_two_copies_of_a_memory_share_their_file_and_keep_their_names(saved, cache, builds):
    other = saved.with_name("other.tmx")
    other.write_bytes(saved.read_bytes())
    with UnitTable.open(saved, cache) as one, UnitTable.open(other, cache) as two:
        assert one.folder == two.folder
        assert (one.name, two.name) == ("四川", "other")
    assert len(builds) == 1


def _remove(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def _older(path: Path) -> None:
    seal = path.with_name("seal.json")
    found = json.loads(seal.read_text())
    seal.write_text(json.dumps({**found, "form": "tm.units/0-little"}))


def _newer(path: Path) -> None:
    seal = path.with_name("seal.json")
    found = json.loads(seal.read_text())
    seal.write_text(json.dumps({**found, "form": "tm.units/999-little", "more": 1}))


def _other_memory(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE sources SET text = 'x'")
    connection.close()


def _no_seal(path: Path) -> None:
    path.with_name("seal.json").unlink()


def _broken_seal(path: Path) -> None:
    path.with_name("seal.json").write_text('{"form": ')


def _no_database(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)


DAMAGES = [
    *(_remove, _empty, _cut, _older, _newer, _other_memory, _no_seal, _broken_seal, _no_database),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_side_file_is_built_anew_with_the_same_answers(saved, cache, builds, damage):
    with UnitTable.open(saved, cache) as table:
        before = _answers(table)
        path = table.folder / "units.sqlite"
    damage(path)
    with UnitTable.open(saved, cache) as table:
        assert _answers(table) == before
    assert len(builds) == 2
    UnitTable.open(saved, cache).close()
    assert len(builds) == 2


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(saved, cache, place, bit):
    with UnitTable.open(saved, cache) as table:
        before = _answers(table)
        path = table.folder / "units.sqlite"
    content = bytearray(path.read_bytes())
    stat = path.stat()
    content[int(place * len(content))] ^= 1 << bit
    path.write_bytes(content)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    with UnitTable.open(saved, cache) as table:
        assert _answers(table) == before


def test_a_file_that_was_only_copied_is_believed(saved, cache, builds):
    with UnitTable.open(saved, cache) as table:
        path = table.folder / "units.sqlite"
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    UnitTable.open(saved, cache).close()
    assert len(builds) == 1


QUESTIONS: list[Callable[[UnitTable], object]] = [
    lambda table: table.units(range(120)),
    lambda table: list(table.sources()),
    lambda table: list(table.containing("2届", "source")),
    lambda table: table.exact(["1届第3句。"]),
    lambda table: list(table.releases()),
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_damage_while_a_table_is_in_use_is_mended_once(saved, cache, builds, question):
    with UnitTable.open(saved, cache) as table:
        expected = question(table)
    with UnitTable.open(saved, cache) as table:
        path = table.folder / "units.sqlite"
        with path.open("r+b") as stream:  # in place: the open connection sees it
            stream.seek(100)
            stream.write(b"\xff" * (path.stat().st_size - 100))
        assert question(table) == expected
        assert _answers(table)
    assert len(builds) == 2


def test_missing_units_are_damage(saved, cache, builds):
    UnitTable.open(saved, cache).close()
    with UnitTable.open(saved, cache) as table:
        with sqlite3.connect(table.folder / "units.sqlite") as connection:
            connection.execute("DELETE FROM sources WHERE position = 7")
        connection.close()
        assert len(list(table.sources())) == 120
    assert len(builds) == 2


def test_damage_after_the_memory_has_changed_is_a_conflict(saved, cache, unit, memory):
    with UnitTable.open(saved, cache) as table:
        save_memory(saved, memory([unit("新")]))
        path = table.folder / "units.sqlite"
        with path.open("r+b") as stream:
            stream.seek(100)
            stream.write(b"\xff" * (path.stat().st_size - 100))
        with pytest.raises(ConflictError, match="changed"):
            list(table.sources())


def test_a_memory_that_is_replaced_while_it_is_read_is_read_again(saved, cache, monkeypatch, unit, memory):
    replaced: list[bool] = []

    def opening(path: Path) -> Memory:
        found = open_memory(path)
        if not replaced:
            replaced.append(True)
            units = list(found)
            save_memory(path, memory([unit("新")]))
            return replace(found, units=units)
        return found

    monkeypatch.setattr(side_file, "open_memory", opening)
    with UnitTable.open(saved, cache) as table:
        assert list(table.sources()) == ["新"]
        assert table.digest == digest(saved)


def test_four_programs_that_build_at_once_all_have_their_answers(saved, cache, start):
    program = """
import sys
from pathlib import Path
from tm.store.units import UnitTable
sys.stdin.readline()
with UnitTable.open(sys.argv[1], Path(sys.argv[2])) as table:
    print(len(list(table.sources())), len(table.units(range(120))))
"""
    children = [start(program, saved, cache) for _ in range(4)]
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    assert [child.stdout.readline() for child in children] == ["120 120\n"] * 4
    folder = cache / "memories" / digest(saved)
    assert sorted(path.name for path in folder.iterdir()) == ["seal.json", "units.sqlite"]


def test_a_build_that_was_killed_leaves_nothing_behind_after_the_next(saved, cache, start, litter):
    program = """
import os, signal, sys
from pathlib import Path
from tm.store import side_file
from tm.store.units import UnitTable
side_file.digest = lambda path: os.kill(os.getpid(), signal.SIGKILL)
UnitTable.open(sys.argv[1], Path(sys.argv[2]))
"""
    start(program, saved, cache).wait(timeout=30)
    assert litter(cache) != []
    with UnitTable.open(saved, cache) as table:
        assert len(table) == 120
    assert litter(cache) == []


def test_a_cache_that_cannot_be_written_is_a_store_error(saved, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as caught:
        UnitTable.open(saved, tmp_path / "file")
    assert str(tmp_path / "file") in str(caught.value)


def test_an_absent_or_broken_memory_is_an_error_and_leaves_no_file(saved, cache, litter):
    with pytest.raises(InputError):
        UnitTable.open(saved.with_name("absent.tmx"), cache)
    saved.write_bytes(saved.read_bytes()[:-200])
    with pytest.raises(FormatError):
        UnitTable.open(saved, cache)
    assert not list(cache.rglob("units.sqlite"))
    assert litter(cache) == []


def test_another_thread_may_not_use_the_table_and_does_not_cause_a_build(saved, cache, builds):
    caught = []
    with UnitTable.open(saved, cache) as table:

        def use() -> None:
            try:
                list(table.sources())
            except sqlite3.ProgrammingError as error:
                caught.append(error)

        thread = threading.Thread(target=use)
        thread.start()
        thread.join()
    assert len(caught) == len(builds) == 1


def test_opening_a_table_that_is_there_takes_no_time_to_speak_of(saved, cache, cpu_seconds):
    UnitTable.open(saved, cache).close()
    assert cpu_seconds(lambda: UnitTable.open(saved, cache).close()) < 0.5
