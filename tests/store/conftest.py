"""Programs that tests start, watch, interrupt and kill."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
        child = subprocess.Popen(  # noqa: S603 - our own interpreter
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
