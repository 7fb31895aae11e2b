"""Programs that import are killed, interrupted, run out of disk, and run at once; the memory stays whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tm.model import Header, Memory, Segment, Unit
from tm.project.imports import import_files
from tm.store.memory import open_memory, save_memory

KILLS = 50
TOGETHER = 25  # units in one imported file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

PROGRAM = """
import sys
from itertools import count, islice
from pathlib import Path
from tm.errors import TMError
from tm.model import Header, Memory, Segment, Unit
from tm.project.imports import import_files
from tm.store.memory import save_memory

memory, file, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
first, times, together = map(int, sys.argv[4:])

def units(turn):
    for number in range(together):
        text = f"{name} 第{turn}批第{number}句。"
        yield Unit(id=text, source=Segment(lang="zh-CN", text=text), target=Segment(lang="en", text="x" * 50))

try:
    for turn in islice(count(first), times or None):
        save_memory(file, Memory(name="in", header=Header(), units=units(turn)))
        print("begin", turn, flush=True)
        report = import_files([file], memory, timeout=100)  # the machine may be slow, and eight may wait
        assert report.added == together, report
        print("done", turn, flush=True)
except TMError as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    """A memory large enough that a save takes a while."""
    folder = tmp_path / "tmx"
    folder.mkdir()
    path = folder / "四川-working.tmx"
    units = (_unit(f"本来的第{number}句。") for number in range(1500))
    save_memory(path, Memory(name="m", header=Header(kind="working"), units=units))
    return path


def _unit(text: str) -> Unit:
    return Unit(id=text, source=Segment(lang="zh-CN", text=text), target=Segment(lang="en", text="x" * 50))


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path, memory: Path) -> Iterator[Start]:
    """Starts a program that imports `times` files (0 = for ever) of its own, from number `first` on."""
    running: list[subprocess.Popen[str]] = []

    def _start(
        name: str,
        *,
        first: int = 0,
        times: int = 0,
        together: int = TOGETHER,
        before: str = "",
        prefix: str = "",
    ) -> subprocess.Popen[str]:
        arguments = (memory, tmp_path / f"{name}.tmx", name, first, times, together)
        command = [*prefix.split(), sys.executable, "-c", before + PROGRAM, *map(str, arguments)]
        pipe = subprocess.PIPE
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
        child = subprocess.Popen(
            command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=environment
        )
        running.append(child)
        return child

    yield _start
    for child in running:
        child.kill()
        child.wait()
        for end in (child.stdout, child.stderr):
            if end is not None:
                end.close()


def _litter(memory: Path) -> list[Path]:
    return [path for path in memory.parent.iterdir() if ".tm-tmp-" in path.name]


def _sources(memory: Path) -> list[str]:
    return [unit.source.text for unit in open_memory(memory)]


@pytest.mark.slow
def test_after_any_of_fifty_kills_the_memory_is_whole_and_has_all_that_was_acknowledged(
    memory, start, tmp_path
):
    moments = random.Random(20240501)  # noqa: S311 - moments to kill at
    before, first, left_behind = 1500, 0, 0
    for _kill in range(KILLS):
        child = start("killed", first=first)
        assert child.stdout.readline() == f"begin {first}\n"
        time.sleep(moments.uniform(0, 0.25))
        child.kill()
        acknowledged = child.stdout.read().count("done")
        child.wait()
        left_behind += bool(_litter(memory))
        found = _sources(memory)
        added, rest = divmod(len(found) - before, TOGETHER)
        assert rest == 0, "a file is there whole or not at all"
        assert acknowledged <= added <= acknowledged + 1
        assert len(set(found)) == len(found)
        before, first = len(found), first + added
    assert left_behind, "no kill came in the middle of a save"
    last = tmp_path / "last.tmx"
    save_memory(last, Memory(name="last", header=Header(), units=[_unit("最后一句")]))
    assert import_files([last], memory).added == 1
    assert _litter(memory) == []
    assert len(_sources(memory)) == before + 1


@pytest.mark.parametrize("writers", [2, 8])
def test_of_programs_that_import_at_once_nothing_is_lost(memory, start, writers):
    names = [f"writer{number}" for number in range(writers)]
    children = [start(name, times=5) for name in names]
    messages = [child.communicate(timeout=120)[1] for child in children]
    assert [child.returncode for child in children] == [0] * writers, messages
    found = _sources(memory)
    expected = {f"{name} 第{turn}批第{n}句。" for name in names for turn in range(5) for n in range(TOGETHER)}
    assert expected <= set(found)
    assert len(found) == 1500 + len(expected)
    assert _litter(memory) == []


def test_an_interrupt_leaves_the_memory_and_no_litter(memory, start):
    before = memory.read_bytes()
    child = start("interrupted", times=1, together=20_000)
    assert child.stdout.readline() == "begin 0\n"
    deadline = time.monotonic() + 60
    while not _litter(memory):
        assert time.monotonic() < deadline
        assert child.poll() is None
        time.sleep(0.005)
    child.send_signal(signal.SIGINT)
    message = child.communicate(timeout=60)[1]
    assert "KeyboardInterrupt" in message
    assert child.returncode in {-signal.SIGINT, 130}, message
    assert memory.read_bytes() == before
    assert _litter(memory) == []


def test_a_full_disk_leaves_the_memory_and_says_what_to_do(memory, start):
    before = memory.read_bytes()
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))\n".format(
        len(before) + 100
    )
    message = start("full", times=1, before=limit).communicate(timeout=60)[1]
    assert message.startswith(f"StoreError: {memory}: cannot be saved")
    assert memory.read_bytes() == before
    assert _litter(memory) == []


@pytest.mark.parametrize(
    "fault", ["fsync:error=EIO:when=3", "rename:error=EIO:when=2", "fsync:error=ENOSPC:when=3"]
)
def test_a_disk_error_leaves_the_memory_and_names_it(memory, start, fault):
    """The first file written is the one to import: two calls of fsync, one of rename."""
    strace = shutil.which("strace")
    probe = [strace or "strace", "-o", os.devnull, "-e", "inject=fsync:error=EIO", "true"]
    if not strace or subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("NOT TESTED: strace is absent or may not trace, so disk errors cannot be injected")
    before = memory.read_bytes()
    child = start("broken", times=1, prefix=f"{strace} -f -o {os.devnull} -e inject={fault}")
    message = child.communicate(timeout=60)[1]
    assert child.returncode == 1
    assert message.startswith(f"StoreError: {memory}: cannot be saved")
    assert memory.read_bytes() == before
    assert _litter(memory) == []


def test_after_the_holder_of_the_lock_was_killed_the_next_import_goes_on_at_once(memory, start, tmp_path):
    hold = """
import sys, time
from tm.store.lock import locked
with locked(sys.argv[1]):
    print("held", flush=True)
    time.sleep(600)
"""
    child = start("holder", before=hold)
    assert child.stdout.readline() == "held\n"
    child.kill()
    child.wait()
    one = tmp_path / "one.tmx"
    save_memory(one, Memory(name="one", header=Header(), units=[_unit("一")]))
    assert import_files([one], memory, timeout=0).added == 1
