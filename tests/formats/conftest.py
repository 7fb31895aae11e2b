"""What the tests of bad input share: a cell in which a file is tried, and what must come of a bad one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

CELL = Path(__file__).parents[1] / "fuzz/cell.py"
MEMORY = 256
"""MiB that a bad file may cost, the program itself included."""
READING = 2
"""A message has at least so many lines: what is wrong, and what to do."""


@dataclass(frozen=True)
class Tried:
    """What became of a case: negative `code` = killed by that signal; `cpu` in seconds, `peak` in MiB."""

    code: int
    cpu: float
    peak: int
    out: str
    err: str
    touched: list[str]


class Cell:
    """The program that tries cases; see tests/fuzz/cell.py."""

    def __init__(self, *wrapper):
        env = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "TM_LANG": "en", "MALLOC_ARENA_MAX": "1"}
        self._program = subprocess.Popen(
            [*wrapper, sys.executable, str(CELL)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env
        )

        assert self._program.stdin
        assert self._program.stdout
        self._to, self._from = self._program.stdin, self._program.stdout

    def __call__(self, *words, cwd, stdin=os.devnull):
        case = {"words": [str(word) for word in words], "cwd": str(cwd), "stdin": str(stdin)}
        self._to.write(json.dumps(case).encode() + b"\n")
        self._to.flush()
        return Tried(**json.loads(self._from.readline()))

    def close(self):
        """Ends the program."""
        self._to.close()
        self._program.wait(timeout=30)
        self._from.close()


@pytest.fixture(scope="session")
def cell(cache):  # noqa: ARG001 - its folder is handed on in the environment
    """Tries `tm` with these words, or `read` and a path, in a process with bounds of its own."""
    if not hasattr(os, "fork") or not Path("/proc/self/statm").exists():
        pytest.skip("the bounds of a process are set here as Linux does")
    made = Cell()
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path):
    """An empty project with an empty term base."""
    (tmp_path / "tm.toml").write_text("", encoding="utf-8")
    (tmp_path / "tmx").mkdir()
    terms = tmp_path / "corpora/terms/terms.csv"
    terms.parent.mkdir(parents=True)
    terms.write_text("concept,zh,en,status\n1,省,province,preferred\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def tries(cell, folder, request):
    """Reads a file in every way: library, `check`, `import`, `export`; each within its bounds."""

    def call(name, raw):
        path = folder / name
        if raw is not None:
            path.write_bytes(raw)
        ways = _ways(name)
        found = {}
        for words in ways:
            tried = cell(*words, cwd=folder)
            assert tried.code >= 0, f"{words}: killed by signal {-tried.code} after {tried.cpu:.1f} s"
            assert "Traceback" not in tried.err, tried.err
            assert tried.peak < MEMORY, f"{words}: {tried.peak} MiB"
            _note_down(request.node.name, words[0], name, tried)
            found[words[0]] = tried
        return found

    return call


@pytest.fixture
def refused(tries, folder):
    """A file that must be refused in every way: exit code 3, its place, these words, and a way on."""

    def call(name, raw, *words, line=None):
        for way, tried in tries(name, raw).items():
            assert tried.code == 3, (way, tried)
            assert not tried.out, (way, tried)
            place = name if line is None else f"{name}:{line}"
            for word in (place, *words):
                assert word in tried.err, (way, word, tried.err)
            assert len(tried.err.strip().splitlines()) >= READING, (way, tried.err)
        assert not list((folder / "tmx").glob("*.tmx"))
        assert not (folder / "out.tmx").exists()

    return call


def _ways(name):
    """The commands that read a file of this name."""
    ending = name.lower()
    if ending.endswith(".tbx"):
        return [("terms", "import", name, "--dry-run")]
    ways = [("read", name), ("check", name), ("import", name, "--into", "mine", "--json")]
    if ending.endswith((".tmx", ".tmx.gz", ".tmx.zip")):
        ways.append(("export", name, "-o", "out.tmx"))
    return ways


def _note_down(test, way, name, tried):
    """Adds what a case took to the file that TM_FIGURES names, for whoever wants the figures."""
    if path := os.environ.get("TM_FIGURES"):
        with Path(path).open("a", encoding="utf-8", errors="replace") as stream:
            stream.write(f"{test}\t{way}\t{name}\t{tried.code}\t{tried.cpu:.2f}\t{tried.peak}\n")
