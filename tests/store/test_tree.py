from __future__ import annotations

import os
from pathlib import Path

import pytest

from tm.errors import StoreError
from tm.store import tree
from tm.store.tree import write_tree


def _snapshot(folder: Path) -> dict[str, bytes | None]:
    found = sorted(folder.rglob("*"))
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in found}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return tmp_path / "releases" / "四川" / "2024-05-01-会议"


def test_a_new_release_is_there_with_all_its_files(release):
    write_tree({release / "zh.txt": b"zh", release / "en.txt": b"en", release / "review" / "a": b""})
    assert _snapshot(release) == {"zh.txt": b"zh", "en.txt": b"en", "review": None, "review/a": b""}


def test_files_of_a_release_that_exists_are_replaced(release):
    release.mkdir(parents=True)
    (release / "zh.txt").write_bytes(b"old")
    (release / "note").write_bytes(b"kept")
    write_tree({release / "zh.txt": b"new", release / "en.txt": b"en"})
    assert _snapshot(release) == {"zh.txt": b"new", "en.txt": b"en", "note": b"kept"}


def test_no_files_are_no_work(tmp_path):
    write_tree({})
    assert _snapshot(tmp_path) == {}


@pytest.mark.parametrize("present", [(), ("zh.txt",), ("zh.txt", "en.txt", "release.toml")])
@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_whatever_step_fails_everything_is_as_it_was(release, tmp_path, monkeypatch, present, call, error):
    """Each step in turn fails once, until a run needs no more steps."""
    for name in present:
        release.mkdir(parents=True, exist_ok=True)
        (release / name).write_bytes(b"old " + name.encode())
    before = _snapshot(tmp_path)
    new = {release / name: b"new" for name in ("zh.txt", "en.txt", "release.toml")}
    failures = 0
    while _fails(new, monkeypatch, call=call, after=failures, error=error):
        after = _snapshot(tmp_path)
        complete = {name: content for name, content in after.items() if content == b"new"}
        if len(complete) < len(new):  # once all are in place, only the folder was left to be forced
            assert after == before
        failures += 1
        assert failures < 20
    assert failures >= 1
    assert all(path.read_bytes() == b"new" for path in new)


def _fails(new: dict[Path, bytes], monkeypatch, *, call: str, after: int, error: type[BaseException]) -> bool:
    owner = os if call == "fsync" else Path
    real, seen = getattr(owner, call), []

    def once(*arguments: object) -> object:
        seen.append(1)
        if len(seen) == after + 1:
            raise error(5, "broken")
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(owner, call, once)
        try:
            write_tree(new)
        except (StoreError, KeyboardInterrupt):
            return True
    return False


def test_a_file_where_a_folder_should_be_is_a_store_error_and_nothing_is_left(tmp_path):
    (tmp_path / "file").write_bytes(b"1")
    before = _snapshot(tmp_path)
    with pytest.raises(StoreError):
        write_tree({tmp_path / "a.txt": b"1", tmp_path / "file" / "b.txt": b"2"})
    assert _snapshot(tmp_path) == before


def test_only_the_one_function_is_promised():
    assert tree.__all__ == ["write_tree"]
