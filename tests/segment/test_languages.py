"""What the rules of each language promise, case by case and as properties."""

import json
import os
import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.errors import ConfigError
from tm.segment import split

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GOLD = sorted((ROOT / "tests/eval/gold").glob("*.json"))
ALPHABET = "会议。！？…“”‘’（）《》「」\"' \n.abAB.;；：1一、他说Mr•-"


def cases(language):
    table = tomllib.loads((HERE / "cases" / f"{language}.toml").read_text(encoding="utf-8"))
    return [(group, case) for group, listed in table.items() for case in listed]


def pieces(text, language):
    return [text[start:end] for start, end in split(text, language)]


@pytest.mark.parametrize(("group", "case"), cases("zh"))
def test_chinese_ends_where_the_bars_stand(group, case):
    wanted = [piece.strip() for piece in case.split("|") if piece.strip()]
    assert pieces(case.replace("|", ""), "zh-CN") == wanted, group


@pytest.mark.parametrize(("group", "case"), cases("en"))
def test_english_ends_where_the_bars_stand(group, case):
    wanted = [piece.strip() for piece in case.replace("‖", "|").split("|") if piece.strip()]
    assert pieces(case.replace("‖", "").replace("|", " "), "en-GB") == wanted, group


def test_there_are_enough_cases():
    assert len(cases("zh")) >= 100
    assert len(cases("en")) >= 60


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_gold_segments_of_a_release_come_out(gold, language):
    wanted = json.loads(gold.read_text(encoding="utf-8"))
    text = (ROOT / f"corpora/releases/sichuan/{gold.stem}/{language}.txt").read_text(encoding="utf-8")
    paragraphs = [line for line in text.split("\n") if line.strip()]
    found = [(number, piece) for number, line in enumerate(paragraphs) for piece in pieces(line, language)]
    assert [piece for _, piece in found] == wanted[language]
    assert [number for number, _ in found] == wanted[f"{language}_para"]


def test_gold_releases_are_all_there():
    assert len(GOLD) == 18


@settings(deadline=None, max_examples=400)
@given(st.text(ALPHABET, max_size=80), st.sampled_from(["zh", "en"]))
def test_segments_cover_everything_but_white_space_in_order(text, language):
    spans = split(text, language)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() and a < b for a, b in spans)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "unit", ["。", ". ", "“", "”", "（", "(. ", "…", ". . ", "• ", "\n", " ", "a", "1. A ", "“a. ”", "说"]
)
def test_time_grows_with_the_text_only(unit, language):
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    split(text, language)
    assert time.process_time() - began < 8


def test_a_language_without_rules_is_refused_by_name():
    with pytest.raises(ConfigError, match="'de'"):
        split("Guten Tag.", "de")


@pytest.mark.data
def test_sentences_glued_in_published_reports_come_apart():
    place = os.environ.get("TM_TEST_DATA")
    if not place:
        pytest.skip("TM_TEST_DATA does not name the folder of third-party texts")
    text = (Path(place) / "releases/gwr/gwr-2017.en.txt").read_text(encoding="utf-8")
    found = [piece for line in text.split("\n") for piece in pieces(line, "en")]
    assert not [piece for piece in found if "drivers.We" in piece or "alignment.Pushing" in piece]
