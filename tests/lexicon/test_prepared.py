"""The lexicon is made once, found again, and mended when its file is damaged."""

import numpy as np
import pytest

from tm.lexicon import prepared
from tm.lexicon.cedict import Dictionary

SMALL = Dictionary(
    glosses={"经济": {"econom": 1.0}, "发展": {"develop": 0.75, "grow": 0.25}},
    readings={"经": ("jing",), "长": ("chang", "zhang")},
)


@pytest.fixture
def small(monkeypatch):
    prepared._load.cache_clear()
    monkeypatch.setattr(prepared, "read_dictionary", lambda: SMALL)
    yield SMALL
    prepared._load.cache_clear()


def again(cache):
    prepared._load.cache_clear()
    return prepared.load(cache)


def refused():
    raise AssertionError("the dictionary was read again")


def test_words_and_readings_come_back_as_they_were_prepared(small, tmp_path):
    for lexicon in (prepared.load(tmp_path), again(tmp_path), again(None)):
        assert lexicon.translations("发展") == [("develop", 0.75), ("grow", 0.25)]
        assert lexicon.translations("没有") == []
        assert "经济" in lexicon
        assert lexicon.readings == small.readings


@pytest.mark.usefixtures("small")
def test_a_prepared_lexicon_is_not_prepared_again(tmp_path, monkeypatch):
    prepared.load(tmp_path)
    monkeypatch.setattr(prepared, "read_dictionary", refused)
    assert again(tmp_path).translations("经济") == [("econom", 1.0)]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", b"no archive at all"])
def test_a_damaged_file_is_made_anew(tmp_path, damage):
    prepared.load(tmp_path)
    (tmp_path / "lexicon.npz").write_bytes(damage)
    assert again(tmp_path).translations("经济") == [("econom", 1.0)]
    assert (tmp_path / "lexicon.npz").read_bytes() != damage


@pytest.mark.usefixtures("small")
def test_every_cut_of_the_file_is_noticed(tmp_path):
    prepared.load(tmp_path)
    whole = (tmp_path / "lexicon.npz").read_bytes()
    for length in range(0, len(whole), max(1, len(whole) // 40)):
        (tmp_path / "lexicon.npz").write_bytes(whole[:length])
        assert again(tmp_path).translations("经济") == [("econom", 1.0)]


@pytest.mark.usefixtures("small")
def test_a_file_of_another_version_is_made_anew(tmp_path, monkeypatch):
    prepared.load(tmp_path)
    before = (tmp_path / "lexicon.npz").read_bytes()
    monkeypatch.setattr(prepared, "_key", lambda: "another")
    assert again(tmp_path).translations("经济") == [("econom", 1.0)]
    assert (tmp_path / "lexicon.npz").read_bytes() != before


@pytest.mark.usefixtures("small")
def test_arrays_that_do_not_fit_together_are_refused(tmp_path):
    prepared.load(tmp_path)
    with np.load(tmp_path / "lexicon.npz") as stored:
        arrays = {name: stored[name] for name in stored.files}
    arrays["columns"] = arrays["columns"][:-1]
    np.savez(tmp_path / "lexicon.npz", **arrays)
    assert again(tmp_path).translations("发展") == [("develop", 0.75), ("grow", 0.25)]


@pytest.mark.usefixtures("small")
def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    assert again(blocked / "cache").translations("经济") == [("econom", 1.0)]


@pytest.mark.usefixtures("small")
def test_no_draft_is_left_behind(tmp_path):
    prepared.load(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["lexicon.npz"]


def test_the_dictionary_knows_everyday_words(lexicon):
    assert len(lexicon.places) > 100_000
    assert "econom" in [stem for stem, _ in lexicon.translations("经济")]
    assert "sichuan" in [stem for stem, _ in lexicon.translations("四川")]
    assert lexicon.readings["彭"] == ("peng",)
    assert {"chang", "zhang"} <= set(lexicon.readings["长"])
    sums = np.add.reduceat(lexicon.weights, lexicon.starts[:-1])
    assert np.allclose(sums, 1.0, atol=1e-4)


@pytest.mark.usefixtures("lexicon")
def test_loading_again_is_quick(cache, cpu_seconds):
    def load():
        prepared._load.cache_clear()
        prepared.load(cache)

    assert cpu_seconds(load) < 1.0
