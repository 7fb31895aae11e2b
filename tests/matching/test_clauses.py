from __future__ import annotations

import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from tm.matching.clauses import SHORTEST, ClauseShelf
from tm.matching.lookup import Lookup
from tm.matching.options import MatchOptions
from tm.text.clauses import chinese_clauses
from tm.text.normalise import match_form

SENTENCES = st.lists(st.text(alphabet="改革开放，。", max_size=24), max_size=8)


def _units(*sources: str):
    return [(source, f"English {n}", "r", "2018-01-01") for n, source in enumerate(sources)]


def _exhaustive(sources, form, threshold):
    """Every clause compared with the form: unit, start, end."""
    found = set()
    for unit, source in enumerate(sources):
        for start, end in chinese_clauses(source):
            known = match_form(source[start:end])
            if min(end - start, len(known)) >= SHORTEST:
                longest = max(len(known), len(form))
                if longest - Levenshtein.distance(known, form) >= threshold * longest - 1e-9:
                    found.add((unit, start, end))
    return found


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    SENTENCES, st.text(alphabet="改革开放", min_size=4, max_size=12), st.sampled_from([0.5, 0.6, 0.75, 0.9])
)
def test_the_clauses_found_are_those_of_exhaustive_comparison(table, sources, form, threshold):
    shelf = ClauseShelf(
        table(*_units(*sources), name="m" + sha256("\0".join(sources).encode()).hexdigest()[:12])
    )
    hits = list(shelf.search(form, threshold))
    assert {hit[:3] for hit in hits} == _exhaustive(sources, form, threshold)
    assert [hit.similarity for hit in hits] == sorted((hit.similarity for hit in hits), reverse=True)


@pytest.mark.parametrize("sources", [(), ("",), ("改",), ("改，革。",), ("改革开放",)])
def test_a_memory_with_next_to_nothing_can_be_searched(table, sources):
    shelf = ClauseShelf(table(*_units(*sources)))
    found = [hit[:3] for hit in shelf.search("改革开放", 0.5)]
    assert found == ([(0, 0, 4)] if sources == ("改革开放",) else [])


def test_a_clause_of_twenty_thousand_characters_is_found(table):
    shelf = ClauseShelf(table(*_units("国" * 20_000, "改革开放")))
    assert [hit.position for hit in shelf.search("国" * 20_000, 0.9)] == [0]


def _damage(path: Path, how: str) -> None:
    content = path.read_bytes()
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]
    path.write_bytes({"cut": content[:middle], "empty": b"", "flipped": flipped}[how])


@pytest.mark.parametrize("how", ["cut", "empty", "flipped"])
def test_damaged_files_are_made_again_with_the_same_answers(table, how):
    known = table(*_units("推进改革开放，保障民生。", "保障民生，推进改革。", "保障民生。"))
    before = list(ClauseShelf(known).search("保障民生", 0.5))
    for path in sorted(known.folder.glob("clauses-*/*")):
        _damage(path, how)
        assert list(ClauseShelf(known).search("保障民生", 0.5)) == before, path.name


def test_files_of_another_memory_are_not_believed(table):
    big = table(*_units("推进改革开放，保障民生。", "保障民生改善。"), name="big")
    small = table(*_units("保障民生。"), name="small")
    ClauseShelf(big)
    ClauseShelf(small)
    here, there = (next(known.folder.glob("clauses-*")) for known in (small, big))
    for path in sorted(there.iterdir()):
        (here / path.name).write_bytes(path.read_bytes())
    assert [hit[:3] for hit in ClauseShelf(small).search("保障民生", 0.9)] == [(0, 0, 4)]


_BUILD = """
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from tm.matching.clauses import ClauseShelf
from tm.store.units import UnitTable
with UnitTable.open(Path(sys.argv[1]), Path(sys.argv[2])) as table:
    shelf = ClauseShelf(table)
    print(list(map(tuple, shelf.search("改革开放", 0.5))))
    print({p.name: p.read_bytes().hex() for p in sorted(table.folder.glob("clauses-*/*"))})
"""


def _started(file: Path, cache: Path, seed: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _BUILD, str(file), str(cache)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={"PYTHONHASHSEED": seed})


def test_two_that_build_at_once_write_the_same_files_whatever_their_hashes(table, tmp_path):
    known = table(*_units(*(f"推进改革开放{n % 7}，保障民生{n}。" for n in range(300))))
    expected = list(map(tuple, ClauseShelf(known).search("改革开放", 0.5)))
    both = [_started(tmp_path / "office.tmx", tmp_path / "other", seed) for seed in ("1", "2")]
    said = [one.communicate(timeout=60)[0] for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert said[0] == said[1]
    assert said[0].startswith(f"{expected}\n")


def test_equal_clauses_come_newest_first_and_a_translation_once(table):
    known = table(
        ("保障民生，推进改革。", "b", "r2", "2019-01-01"),
        ("保障民生。", "a", "r1", "2018-01-01"),
        ("保障民生。", "a", "r3", "2020-01-01"),
        ("保障民生。", " ", "r4", "2021-01-01"),
    )
    found = Lookup.open([known]).clauses("保障民生", 0.6)
    assert [(match.unit.origin.release, match.unit.target.text) for match in found] == [
        ("r3", "a"),
        ("r2", "b"),
    ]


@pytest.mark.parametrize("copies", [60, 1500])
def test_what_is_not_allowed_does_not_crowd_out_what_is(table, copies):
    blocked = [("保障民生。", f"new {n}", "new", "2020-01-01") for n in range(copies)]
    lookup = Lookup.open([table(("保障民生。", "old", "old", "2017-01-01"), *blocked)])
    for options in (MatchOptions(without=("new",)), MatchOptions(before=date(2018, 1, 1))):
        assert [match.unit.target.text for match in lookup.clauses("保障民生", 0.6, options)] == ["old"]


def test_many_copies_of_one_translation_do_not_crowd_out_another(table):
    copies = [("保障民生。", "same", f"r{n}", "2020-01-01") for n in range(60)]
    lookup = Lookup.open([table(("保障民生。", "other", "old", "2017-01-01"), *copies)])
    assert [match.unit.target.text for match in lookup.clauses("保障民生", 0.6)] == ["same", "other"]


@pytest.mark.parametrize("text", ["", "民", "，", "民生"])
def test_what_is_too_short_to_be_a_clause_finds_nothing(table, text):
    assert Lookup.open([table(*_units("保障民生，民，民生"))]).clauses(text, 0.5) == []
