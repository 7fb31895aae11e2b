from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tm.errors import StoreError
from tm.matching.arrays import CacheError, load_arrays, save_arrays
from tm.matching.index import FILE_NAME, MatchIndex

TEXTS = ["一干多支", "五区协同", "四向拓展", "全域开放", ""]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return MatchIndex(TEXTS).save(tmp_path)


def test_arrays_come_back_as_they_were_saved(tmp_path):
    arrays: dict[str, np.ndarray] = {
        "numbers": np.arange(7, dtype=np.int32),
        "none": np.zeros((0, 4), dtype=np.uint64),
        "table": np.arange(6, dtype=np.uint16).reshape(2, 3),
        "big": np.arange(4, dtype=">i8"),
    }
    loaded = load_arrays(save_arrays(tmp_path / "a", "kind", arrays), "kind")
    assert list(loaded) == list(arrays)
    for name, array in arrays.items():
        assert loaded[name].shape == array.shape
        assert (loaded[name] == array).all()
        assert not loaded[name].flags.writeable


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 1 << 20), bit=st.integers(0, 7))
def test_every_flipped_bit_is_detected(saved, place, bit):
    content = bytearray(saved.read_bytes())
    good = bytes(content)
    content[place % len(content)] ^= 1 << bit
    saved.write_bytes(content)
    try:
        with pytest.raises(CacheError):
            MatchIndex.load(saved.parent, TEXTS)
    finally:
        saved.write_bytes(good)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 0.999))
def test_a_file_that_is_cut_off_is_detected(saved, share):
    good = saved.read_bytes()
    saved.write_bytes(good[: int(len(good) * share)])
    try:
        with pytest.raises(CacheError):
            MatchIndex.load(saved.parent, TEXTS)
    finally:
        saved.write_bytes(good)


def test_an_absent_file_is_detected(tmp_path):
    with pytest.raises(CacheError, match="no such file"):
        MatchIndex.load(tmp_path, TEXTS)


def test_a_file_of_a_newer_version_is_detected(saved):
    load_arrays(saved, "tm.match-index/1")
    with pytest.raises(CacheError, match="damaged"):
        load_arrays(saved, "tm.match-index/2")


def test_an_index_of_other_texts_is_detected(saved):
    with pytest.raises(CacheError, match="other texts"):
        MatchIndex.load(saved.parent, [*TEXTS, "一"])


def test_a_failed_save_leaves_nothing_behind(tmp_path):
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StoreError):
        MatchIndex(TEXTS).save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


BUILD_OFTEN = """
import sys
from pathlib import Path
from tm.matching.index import MatchIndex
for again in range(20):
    MatchIndex(sys.argv[2:]).save(Path(sys.argv[1]))
"""


def test_processes_that_build_at_once_do_not_disturb_each_other(tmp_path):
    command = [sys.executable, "-c", BUILD_OFTEN, str(tmp_path), *TEXTS]
    workers = [subprocess.Popen(command) for _worker in range(2)]
    assert [worker.wait(120) for worker in workers] == [0, 0]
    assert len(MatchIndex.load(tmp_path, TEXTS).search("一干多枝", 0.5)) == 1
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
