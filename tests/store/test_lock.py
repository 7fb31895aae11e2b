from __future__ import annotations

import platform
import re
import sys
import threading
from pathlib import Path

import pytest

from tm.errors import ConflictError, LockedError, StoreError
from tm.store.lock import locked
from tm.store.owner import Owner, alive, myself

HOLD = """
import sys
from tm.store.lock import locked
with locked(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
COUNT = """
import sys
from pathlib import Path
from tm.store.lock import locked
counter = Path(sys.argv[1])
for _ in range(100):
    with locked(counter, timeout=60):
        number = int(counter.read_text())
        counter.write_text(str(number + 1))
"""


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "四川.tmx"


def test_a_lock_held_elsewhere_names_its_holder_and_how_to_go_on(memory, start):
    holder = start(HOLD, memory)
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LockedError) as caught, locked(memory, timeout=0.2):
        pass
    message = str(caught.value)
    assert str(holder.pid) in message
    assert platform.node() in message
    assert re.search(r"since \d{4}-\d\d-\d\dT", message)
    assert str(memory) in message
    assert "run the command again" in caught.value.hint
    assert isinstance(caught.value, ConflictError)


def test_the_lock_of_a_killed_process_is_free_at_once(memory, start):
    holder = start(HOLD, memory)
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.wait()
    with locked(memory, timeout=0):
        pass


def test_the_lock_is_free_after_an_error(memory):
    def fail() -> None:
        with locked(memory):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with locked(memory, timeout=0):
        pass


def test_a_thread_may_take_its_lock_again_and_holds_it_to_the_outer_end(memory):
    with locked(memory, timeout=0):
        with locked(memory, timeout=0):
            pass
        assert not _another_thread_gets(memory)
    assert _another_thread_gets(memory)


def _another_thread_gets(path: Path) -> bool:
    got = []

    def attempt() -> None:
        try:
            with locked(path, timeout=0):
                got.append(True)
        except LockedError:
            got.append(False)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    return got == [True]


def test_two_names_of_one_file_have_one_lock(memory, tmp_path):
    memory.touch()
    link = tmp_path / "link.tmx"
    link.symlink_to(memory)
    with locked(memory):
        assert not _another_thread_gets(link)


def test_different_files_have_different_locks(memory, tmp_path):
    with locked(memory):
        assert _another_thread_gets(tmp_path / "other.tmx")


def test_a_holder_waits_for_the_one_before(memory, start):
    holder = start(HOLD, memory)
    assert holder.stdout.readline() == "held\n"
    threading.Timer(0.3, holder.stdin.close).start()
    with locked(memory, timeout=10):
        assert holder.wait(timeout=10) == 0


def test_nothing_is_lost_among_four_programs_that_count(tmp_path, start):
    counter = tmp_path / "count"
    counter.write_text("0")
    children = [start(COUNT, counter) for _ in range(4)]
    assert [child.wait(timeout=60) for child in children] == [0] * 4
    assert counter.read_text() == "400"


def test_a_folder_that_does_not_exist_is_a_store_error(tmp_path):
    with pytest.raises(StoreError, match="folder does not exist"), locked(tmp_path / "absent" / "m.tmx"):
        pass
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize("note", ["", "{", "[]", '{"pid": "x"}', "null", "\x00"])
def test_a_note_that_is_no_note_leaves_the_holder_unnamed(memory, start, note):
    holder = start(HOLD, memory)
    assert holder.stdout.readline() == "held\n"
    memory.with_name(f".{memory.name}.tm-lock-holder").write_text(note)
    with pytest.raises(LockedError, match="another program"), locked(memory, timeout=0):
        pass


def test_an_owner_comes_back_from_its_note():
    owner = myself()
    assert Owner.from_json(owner.to_json()) == owner


def test_a_process_is_alive_until_it_ends(start):
    child = start("import sys; sys.stdin.read()")
    assert alive(child.pid)
    child.kill()
    child.communicate()
    assert not alive(child.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="process 1 of Linux")
def test_a_process_of_somebody_else_is_alive():
    assert alive(1)
