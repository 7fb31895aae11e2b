from __future__ import annotations

import hashlib
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tm.errors import ConfigError, ConflictError, FormatError, InputError, LockedError
from tm.model import Unit
from tm.store.lock import locked
from tm.store.memory import digest, kind, open_memory, refuse_built, save_memory, working_path

THIRD_LANGUAGE = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x"
 adminlang="en" srclang="zh-CN" datatype="plaintext"/><body>
<tu tuid="1"><tuv xml:lang="zh-CN"><seg>一</seg></tuv><tuv xml:lang="en"><seg>one</seg></tuv></tu>
<tu tuid="2"><tuv xml:lang="ja"><seg>二</seg></tuv><tuv xml:lang="fr"><seg>deux</seg></tuv></tu>
</body></tmx>
"""


def test_a_saved_memory_comes_back_under_the_name_of_its_file(tmp_path, unit, memory):
    path = tmp_path / "四川.v2.tmx"
    units = (unit("一", release="r"), unit("二"))
    save_memory(path, memory(units))
    opened = open_memory(path)
    assert opened.name == "四川.v2"
    assert opened.header.kind == kind(path) == "working"
    assert tuple(opened.units) == units


def test_the_units_are_read_anew_by_every_loop(saved):
    opened = open_memory(saved)
    assert list(opened.units) == list(opened.units)
    assert next(iter(opened.units)) == next(iter(opened.units))


def test_saving_the_same_memory_again_gives_the_same_bytes(saved):
    before = saved.read_bytes()
    assert save_memory(saved, open_memory(saved)) == hashlib.sha256(before).hexdigest()
    assert saved.read_bytes() == before


def test_the_digest_is_the_sha256_of_the_file_and_empty_without_one(saved):
    assert digest(saved) == hashlib.sha256(saved.read_bytes()).hexdigest()
    assert digest(saved.with_name("absent.tmx")) == ""


def test_a_memory_that_somebody_changed_meanwhile_is_not_overwritten(saved, unit, memory):
    seen = digest(saved)
    save_memory(saved, memory([unit("别人的")]), expected_digest=seen)
    theirs = saved.read_bytes()
    with pytest.raises(ConflictError) as caught:
        save_memory(saved, memory([unit("我的")]), expected_digest=seen)
    assert caught.value.path == str(saved)
    assert caught.value.hint
    assert saved.read_bytes() == theirs


def test_a_memory_that_should_not_exist_yet_is_not_overwritten(saved, unit, memory):
    with pytest.raises(ConflictError):
        save_memory(saved, memory([unit("一")]), expected_digest="")
    save_memory(saved.with_name("new.tmx"), memory([unit("一")]), expected_digest="")


def test_an_error_while_units_are_written_leaves_the_old_memory(saved, unit, memory, litter):
    before = saved.read_bytes()

    def broken() -> Iterator[Unit]:
        yield unit("一")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_memory(saved, replace(memory([]), units=broken()))
    assert saved.read_bytes() == before
    assert litter(saved.parent) == []


def test_a_memory_is_not_saved_while_another_program_writes_it(saved, unit, memory, start, monkeypatch):
    hold = """
import sys
from tm.model import Unit
from tm.store.lock import locked
with locked(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
    holder = start(hold, saved)
    assert holder.stdout.readline() == "held\n"
    before = saved.read_bytes()
    monkeypatch.setattr("tm.store.memory.locked", lambda path: locked(path, timeout=0.1))
    with pytest.raises(LockedError, match=str(holder.pid)):
        save_memory(saved, memory([unit("一")]))
    assert saved.read_bytes() == before


def test_a_built_memory_is_not_edited_and_the_working_one_is_named(saved, unit, memory):
    built = saved.with_name("sichuan.tmx")
    save_memory(built, memory([unit("一")], kind="built"))
    for edit in (lambda: refuse_built(built), lambda: save_memory(built, memory([unit("二")]))):
        with pytest.raises(ConfigError) as caught:
            edit()
        assert str(saved.with_name("sichuan-working.tmx")) in caught.value.hint
    save_memory(built, memory([unit("二")], kind="built"))
    refuse_built(saved)
    refuse_built(saved.with_name("absent.tmx"))


def test_a_build_does_not_overwrite_a_working_memory(saved, unit, memory):
    with pytest.raises(ConfigError, match="build"):
        save_memory(saved, memory([unit("一")], kind="built"))


def test_a_built_memory_with_a_merge_conflict_can_be_built_anew(saved, unit, memory):
    built = saved.with_name("sichuan.tmx")
    save_memory(built, memory([unit("一"), unit("二")], kind="built"))
    _conflict(built, "<tu ")
    save_memory(built, memory([unit("三")], kind="built"))
    assert [found.source.text for found in open_memory(built)] == ["三"]


def test_the_working_memory_stands_beside_the_built_one(tmp_path):
    assert working_path(tmp_path / "a.b.tmx") == tmp_path / "a.b-working.tmx"


def _conflict(path: Path, before: str) -> int:
    """The line of the conflict put before the last place where these characters stand."""
    text = path.read_text(encoding="utf-8")
    at = text.rindex("\n", 0, text.rindex(before)) + 1
    marked = f"<<<<<<< HEAD\n{text[at:]}=======\n{text[at:]}>>>>>>> theirs\n"
    path.write_text(text[:at] + marked, encoding="utf-8", newline="\n")
    return text[:at].count("\n") + 1


@pytest.mark.parametrize("before", ["<tu ", "<header "])
def test_conflict_markers_of_git_are_recognised_with_their_line(saved, before):
    line = _conflict(saved, before)
    with pytest.raises(FormatError, match="merge conflict") as caught:
        list(open_memory(saved).units)
    assert caught.value.line == line
    assert "tm build" in caught.value.hint


def test_a_memory_that_is_cut_off_is_a_format_error_of_xml(saved):
    content = saved.read_bytes()
    saved.write_bytes(content[: len(content) // 2])
    with pytest.raises(FormatError) as caught:
        list(open_memory(saved).units)
    assert "merge conflict" not in str(caught.value)
    assert caught.value.line


@pytest.mark.parametrize("path", ["absent.tmx", ".", "absent/a.tmx"])
def test_what_is_no_file_is_an_input_error_that_says_what_there_is(saved, path):
    with pytest.raises(InputError) as caught:
        open_memory(saved.parent / path)
    assert saved.name in caught.value.hint or "folder does not exist" in caught.value.hint


def test_an_empty_file_is_an_input_error(tmp_path):
    (tmp_path / "empty.tmx").touch()
    with pytest.raises(InputError):
        open_memory(tmp_path / "empty.tmx")


def test_a_memory_is_saved_under_its_own_ending_only(tmp_path, unit, memory):
    with pytest.raises(ConfigError, match="tmx"):
        save_memory(tmp_path / "m.tmx.gz", memory([unit("一")]))
    assert list(tmp_path.iterdir()) == []


def test_a_unit_of_other_languages_is_passed_over_but_never_lost(tmp_path):
    path = tmp_path / "m.tmx"
    path.write_text(THIRD_LANGUAGE, encoding="utf-8")
    assert [unit.source.text for unit in open_memory(path).units] == ["一"]
    before = path.read_text(encoding="utf-8")
    save_memory(path, open_memory(path, whole=True))
    assert "deux" in before, "what this test is about"
    assert "deux" in path.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_an_interrupt_while_a_memory_is_saved_leaves_the_old_one(saved, start, litter):
    program = """
import sys
from itertools import count
from tm.model import Header, Memory, Segment, Unit
from tm.store.memory import save_memory
def endless():
    for number in count():
        if number == 5000:
            print("writing", flush=True)
        segment = Segment(lang="zh-CN", text=f"第{number}句")
        yield Unit(id=str(number), source=segment, target=Segment(lang="en", text="x" * 100))
save_memory(sys.argv[1], Memory(name="m", header=Header(kind="working"), units=endless()))
"""
    before = saved.read_bytes()
    process = start(program, saved)
    assert process.stdout.readline() == "writing\n"
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, message = process.communicate(timeout=30)
    assert process.returncode in {-signal.SIGINT, 130}
    assert "KeyboardInterrupt" in message
    assert saved.read_bytes() == before
    assert litter(saved.parent) == []
    save_memory(saved, open_memory(saved))
