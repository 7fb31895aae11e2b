"""What all tests share: a cache of their own, the repository, third-party texts, English messages."""

from __future__ import annotations

import gc
import hashlib
import json
import math
import os
import re
import shlex
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import settings

from tm.cli import language

ROOT = Path(__file__).parent.parent

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser):
    """--update-golden writes the golden files anew, to be read before they are committed."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory):
    """The cache folder of all tests of this run, so that none touches the user's own."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("TM_CACHE")
    os.environ["TM_CACHE"] = str(folder)
    yield folder
    if before is None:
        del os.environ["TM_CACHE"]
    else:
        os.environ["TM_CACHE"] = before


@pytest.fixture(autouse=True)
def english():
    """Messages are English again after a test that asked for Chinese."""
    yield
    language.speak("en")


@pytest.fixture(scope="session")
def root():
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def floors():
    """Holds scores against the floors in tests/eval/floors.json; see the README there."""
    return Floors(ROOT / "tests/eval/floors.json", lift=bool(os.environ.get("TM_LIFT_FLOORS")))


class Floors:
    """What was once measured on gold data and is never given up again."""

    def __init__(self, path, *, lift=False):
        self._path = path
        self._lift = lift
        self._sections = json.loads(path.read_text(encoding="utf-8"))

    def hold(self, section, gold, scores):
        """Fails unless every score is as good as its floor, measured on the same gold files and alike.

        Scores whose names end in one of FEWER are better the lower they are. When floors are lifted, they
        become what was measured, if that is better or was measured on other gold or in another way.
        """
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in gold)).hexdigest()
        measured = {f"{score.band} {score.name}".strip(): score for score in scores}
        if self._lift:
            self._raise(section, digest, measured)
        known = self._sections.get(section, {"gold": digest, "floors": {}})
        how = f"TM_LIFT_FLOORS=1 pytest {shlex.quote(os.environ['PYTEST_CURRENT_TEST'].rpartition(' ')[0])}"
        assert known["gold"] == digest, f"{section}: the gold is another, so measure anew: {how}"
        assert known["floors"].keys() == measured.keys(), f"{section}: other scores; set their floors: {how}"
        for name, floor in known["floors"].items():
            assert _plain(floor["signature"]) == _plain(measured[name].signature), f"{section}, {name}: {how}"
        low = {
            name: f"{measured[name].value:.4f} (n = {measured[name].n}), but the floor is {floor['value']}"
            for name, floor in known["floors"].items()
            if _worse(name, round(measured[name].value, 6), floor["value"])
        }
        assert not low, f"{section}: {low}. A floor is not lowered; a better score lifts it: {how}"

    def _raise(self, section, digest, measured):
        known = self._sections.get(section, {})
        old = known.get("floors", {}) if known.get("gold") == digest else {}
        floors = {name: _lifted(name, old.get(name), score) for name, score in measured.items()}
        self._sections[section] = {"gold": digest, "floors": floors}
        text = json.dumps(self._sections, ensure_ascii=False, indent=2) + "\n"
        self._path.write_text(text, encoding="utf-8", newline="\n")


FEWER = ("TER", "findings")


def _lifted(name, old, score):
    """The floor of a score: the old one, unless the score is better or measured in another way."""
    step = math.ceil if name.endswith(FEWER) else math.floor
    value = step(round(score.value * 10_000, 2)) / 10_000
    alike = old and _plain(old["signature"]) == _plain(score.signature)
    if alike and not _worse(name, old["value"], value):
        return old
    return {"value": value, "n": score.n, "signature": score.signature}


def _worse(name, value, than):
    return value > than if name.endswith(FEWER) else value < than


def _plain(signature):
    """A signature without the version of the measuring package, which need not be the same everywhere."""
    return re.sub(r"\|version:[^|]*", "", signature)


@pytest.fixture(scope="session")
def outside():
    """The path of an outside program; without it the test is skipped, or fails where all are required."""

    def found(name):
        path = shutil.which(name)
        if path:
            return path
        if os.environ.get("TM_REQUIRE_PROGRAMS"):
            pytest.fail(f"{name} is not installed, and TM_REQUIRE_PROGRAMS asks for it")
        return pytest.skip(f"{name} is not installed")

    return found


@pytest.fixture(scope="session")
def test_data():
    """The folder of third-party texts; without it the test is skipped."""
    folder = os.environ.get("TM_TEST_DATA")
    if not folder:
        pytest.skip("TM_TEST_DATA is not set: third-party texts are not at hand")
    return Path(folder)


@pytest.fixture
def cpu_seconds():
    """Measures the CPU seconds of a call: the least of `turns`, without the pauses of the collector.

    Other programs on the machine and the objects that other tests left do not count.
    """

    def measure(call, turns=3):
        def once():
            begin = time.process_time()
            call()
            return time.process_time() - begin

        collected = gc.isenabled()
        gc.disable()
        try:
            return min(once() for _turn in range(turns))
        finally:
            if collected:
                gc.enable()

    return measure


@pytest.fixture
def sample_project(tmp_path):
    """A copy of the repository's own project that a test may change."""
    folder = tmp_path / "project"
    for name in ("corpora", "tmx"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "tm.toml").write_text("", encoding="utf-8")
    return folder
