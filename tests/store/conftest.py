"""Programs that tests start, watch, interrupt and kill."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tm.model import Header, Memory, Origin, Segment, Unit
from tm.store.memory import save_memory

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a Python program; what still runs when the test ends is killed."""
    running: list[subprocess.Popen[str]] = []

    def _start(program: str, *arguments: object, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        command = [*before, sys.executable, "-c", program, *map(str, arguments)]
        # nothing is compiled on the way, so that injected faults hit what the program itself does
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
        pipe = subprocess.PIPE
        child = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=environment
        )
        running.append(child)
        return child

    yield _start
    for child in running:
        child.kill()
        child.wait()
        for end in (child.stdin, child.stdout, child.stderr):
            if end is not None:
                end.close()


@pytest.fixture
def litter() -> Callable[[Path], list[str]]:
    """The names of temporary files in a folder and below."""
    return lambda folder: sorted(path.name for path in folder.rglob("*") if ".tm-tmp-" in path.name)


@pytest.fixture
def unit() -> Callable[..., Unit]:
    """Makes a unit of two texts; the id comes from the number given or from the source."""

    def _unit(source: str, target: str = "", *, release: str = "", **fields: Any) -> Unit:
        made = Unit(
            id=f"{release}/{source}",
            source=Segment(lang="zh-CN", text=source),
            target=Segment(lang="en", text=target or f"EN {source}"),
            origin=Origin(release=release, created=datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)),
        )
        return replace(made, **fields)

    return _unit


@pytest.fixture
def memory() -> Callable[..., Memory]:
    """Makes a working memory of units."""

    def _memory(units: Iterable[Unit], kind: str = "working") -> Memory:
        return Memory(name="m", header=Header(kind=kind), units=tuple(units))

    return _memory


@pytest.fixture
def saved(tmp_path: Path, unit: Callable[..., Unit], memory: Callable[..., Memory]) -> Path:
    """A memory of three releases on the disk."""
    folder = tmp_path / "tmx"
    folder.mkdir()
    units = [
        unit(
            f"{release}届第{number}句。", f"Sentence {number} of {release}.", release=f"2024-0{release}-会议"
        )
        for release in (1, 2, 3)
        for number in range(40)
    ]
    save_memory(folder / "四川.tmx", memory(units))
    return folder / "四川.tmx"
