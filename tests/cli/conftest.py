"""Running `tm` in tests: in this process for speed, or as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

from tm.cli import language
from tm.cli.main import run as run_tm


@dataclass(frozen=True)
class Ran:
    """What a run left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def tm(capfdbinary, monkeypatch):
    """Call `tm` with these words in this process; `cwd` is its folder, `stdin` its input."""

    def call(*words, cwd=None):
        if cwd is not None:
            monkeypatch.chdir(cwd)
        capfdbinary.readouterr()
        language.speak(language.choose([str(word) for word in words], {"TM_LANG": "en"}))
        code = run_tm([str(word) for word in words])
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return call


@pytest.fixture
def program():
    """Call `python -m tm` as a program of its own."""

    def call(*words, cwd=None, env=None, stdin=b""):
        done = subprocess.run(
            [sys.executable, "-m", "tm", *map(str, words)],
            cwd=cwd,
            env={**os.environ, "TM_LANG": "en", **(env or {})},
            input=stdin,
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call
