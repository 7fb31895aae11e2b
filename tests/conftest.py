"""What all tests share: an own cache folder, the repository, third-party texts, Hypothesis' profile."""

from __future__ import annotations

import gc
import os
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
