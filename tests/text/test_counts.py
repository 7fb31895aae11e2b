from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.text.counts import count_characters, count_words, tokens


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("", 0),
        (" \n　", 0),
        ("经济运行总体平稳。", 9),
        ("GDP增长6.5%，达到1.6万亿元。", 12),  # GDP 增 长 6.5% ， 达 到 1.6 万 亿 元 。
        ("实施“一干多支”", 8),
        ("他说——不错……", 8),
        ("don’t do it", 3),
        ("don’t说", 2),
        ("The meeting was held in Chengdu.", 6),
        ("２０１８年，Ｇ２０", 4),
        ("《意见》", 4),
        ("𠮷野家", 3),
        ("会议 , 指出", 4),
        ("2018-2020年", 2),
    ],
)
def test_han_and_full_width_marks_count_one_each_and_so_do_latin_words_and_numbers(text, characters):
    assert count_characters(text) == characters


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("，。", 0), ("经济运行总体平稳。", 3), ("GDP增长6.5%", 3), ("Hello, world", 2)],
)
def test_words_are_tokens_with_a_letter_a_figure_or_a_han_character(text, words):
    assert count_words(text) == words


@given(st.text(max_size=40))
def test_tokens_leave_out_nothing_but_white_space(text):
    assert "".join("".join(tokens(text)).split()) == "".join(text.split())


@given(st.text(alphabet="中文，。字", max_size=30), st.text(alphabet="中文，。字", max_size=30))
def test_chinese_text_counts_as_the_sum_of_its_parts(left, right):
    assert (
        count_characters(left + right)
        == count_characters(left) + count_characters(right)
        == len(left + right)
    )
