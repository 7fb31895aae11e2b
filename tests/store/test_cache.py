from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tm.errors import InputError
from tm.store import cache as cache_module
from tm.store.cache import digest_folder, known_digest, sweep_cache
from tm.store.memory import digest


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def old(tmp_path):
    """A file that has not been touched for a while."""
    path = tmp_path / "m.tmx"
    path.write_bytes(b"one")
    long_ago = time.time() - 3600
    os.utime(path, (long_ago, long_ago))
    return path


@pytest.fixture
def read(monkeypatch):
    """The files that were read to know their digest."""
    seen = []

    def reading(path):
        seen.append(path)
        return digest(path)

    monkeypatch.setattr(cache_module, "digest", reading)
    return seen


def test_an_unchanged_file_is_read_once(old, cache, read):
    assert known_digest(old, cache) == known_digest(old, cache) == digest(old)
    assert len(read) == 1


def test_a_changed_file_is_read_again_even_with_the_same_size_and_time(old, cache, read):
    before = old.stat()
    known_digest(old, cache)
    old.write_bytes(b"two")
    os.utime(old, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert known_digest(old, cache) == digest(old)
    assert len(read) == 2


def test_a_file_of_this_very_moment_is_not_remembered(old, cache, read):
    old.write_bytes(b"new")
    known_digest(old, cache)
    known_digest(old, cache)
    assert len(read) == 2


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff", b'{"a": 1}', b"null"])
def test_a_damaged_list_of_digests_is_forgotten(old, cache, damage):
    known_digest(old, cache)
    (cache / "known.json").write_bytes(damage)
    assert known_digest(old, cache) == digest(old)


def test_a_cache_that_cannot_be_written_is_no_error(old, tmp_path):
    (tmp_path / "file").touch()
    assert known_digest(old, tmp_path / "file" / "cache") == digest(old)


def test_an_absent_file_is_an_input_error(cache, tmp_path):
    with pytest.raises(InputError):
        known_digest(tmp_path / "absent", cache)


def test_what_has_no_folder_any_more_is_forgotten(old, cache, tmp_path):
    known_digest(old, cache)
    other = tmp_path / "other"
    os.link(old, other)
    digest_folder(cache, known_digest(other, cache)).mkdir(parents=True)
    known_digest(tmp_path / "m.tmx", cache)
    (cache / "memories").joinpath(digest(old)).rmdir()
    third = tmp_path / "third"
    os.link(old, third)
    known_digest(third, cache)
    assert str(third) in (cache / "known.json").read_text(encoding="utf-8")
    assert str(other) not in (cache / "known.json").read_text(encoding="utf-8")


def _folders(cache: Path, names: str) -> None:
    for age, name in enumerate(names):
        folder = digest_folder(cache, name)
        folder.mkdir(parents=True)
        (folder / "units.sqlite").write_bytes(b"x" * 1000)
        os.utime(folder, (1000 - age, 1000 - age))


def test_the_digests_used_longest_ago_go_first(cache):
    _folders(cache, "abcd")
    assert sorted(sweep_cache(cache, most=2)) == ["c", "d"]
    assert sorted(path.name for path in (cache / "memories").iterdir()) == ["a", "b"]


def test_digests_go_when_there_are_too_many_bytes(cache):
    _folders(cache, "abcd")
    assert sorted(sweep_cache(cache, most_bytes=3500)) == ["d"]


def test_what_is_kept_stays_and_counts(cache):
    _folders(cache, "abcd")
    assert sorted(sweep_cache(cache, keep=["c", "d"], most=3)) == ["b"]
    assert sorted(sweep_cache(cache, keep=["c", "d"], most=1)) == ["a"]


def test_a_cache_within_its_limits_or_absent_is_left_alone(cache):
    assert sweep_cache(cache) == []
    _folders(cache, "ab")
    assert sweep_cache(cache) == []
