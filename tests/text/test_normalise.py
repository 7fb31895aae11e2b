from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.text.normalise import DIFFERENCES, form_differences, match_form

texts = st.text(
    alphabet="abＡ１1 　.．。,，、“”\"「」'’…—-－()（）é中文\u200b\u0301\n", max_size=20
) | st.text(max_size=20)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ＧＤＰ增长８.５％", "GDP增长8.5%"),
        ("在 2018 年", "在2018年"),
        ("“一干多支”", "「一干多支」"),
        ("通　知", "通知"),
        ("一是……二是", "一是…二是"),
        ("2018——2020年", "2018-2020年"),
        ("会议\u200b指出", "会议指出"),
        ("GDP, CPI 上涨", "GDP，CPI上涨"),
        ("cafe\u0301", "café"),
        ("New  York ", "New York"),
    ],
)
def test_what_only_looks_different_has_one_form(left, right):
    assert match_form(left) == match_form(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("New York", "NewYork"), ("8.5", "85"), ("会议", "会义"), ("GDP", "gdp"), ("中国", "中國")],
)
def test_different_words_keep_different_forms(left, right):
    assert match_form(left) != match_form(right)


@given(texts)
def test_a_form_is_its_own_form(text):
    assert match_form(match_form(text)) == match_form(text)


@pytest.mark.parametrize(
    ("left", "right", "names"),
    [
        ("同", "同", ()),
        ("在2018年", "在 2018 年", ("space",)),
        ("ＧＤＰ", "GDP", ("width",)),
        ("“好”", "「好」", ("punctuation",)),
        ("在2018年“", "在 ２018 年「", ("space", "width", "punctuation")),
    ],
)
def test_differences_in_form_have_names(left, right, names):
    assert form_differences(left, right) == names


@given(texts, texts)
def test_texts_of_one_form_differ_in_something_unless_they_are_equal(left, right):
    if match_form(left) == match_form(right):
        names = form_differences(left, right)
        assert bool(names) == (left != right)
        assert set(names) <= set(DIFFERENCES)


@given(st.text(st.sampled_from("ab ,.`'\"-\t\n\x1c\x0b 19")))
def test_the_form_of_ascii_is_that_of_the_same_text_in_company(text):
    alone = match_form(f"x {text} x")
    assert match_form(f"é {text} é") == "é" + alone[1:-1] + "é"
