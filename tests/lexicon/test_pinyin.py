"""Names are found wherever characters can be read like them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.lexicon import Cognates, spelt
from tm.lexicon.pinyin import is_pinyin

READINGS = {
    "彭": ("peng",),
    "清": ("qing",),
    "华": ("hua",),
    "长": ("chang", "zhang"),
    "安": ("an",),
    "西": ("xi",),
}


@given(
    st.text("彭清华长安西X", max_size=8),
    st.sets(st.sampled_from(["peng", "qinghua", "xian", "zhang", "changan"])),
)
def test_a_name_is_found_exactly_where_it_can_be_read(text, names):
    wanted = set()
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + 4) + 1):
            choices = [READINGS.get(char, ()) for char in text[start:end]]
            wanted |= names & {"".join(reading) for reading in product(*choices)}
    assert set(Cognates(names, READINGS).find(text)) == wanted


def test_spellings_of_names_are_recognised():
    assert list(spelt("Peng Qinghua met He Songyan in Ya'an and Lüliang. She spoke.")) == [
        "peng",
        "qinghua",
        "songyan",
        "yaan",
        "lvliang",
    ]


@pytest.mark.parametrize("word", ["sichuan", "chengdu", "zhuang", "xiong", "lv", "er"])
def test_syllables_of_chinese_are_pinyin(word):
    assert is_pinyin(word)


@pytest.mark.parametrize("word", ["strength", "the", "he", "she", "province", "zzz"])
def test_english_words_are_not(word):
    assert not is_pinyin(word)
