from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.text.folding import fold_chinese, is_han, to_simplified

MIXED = st.text(alphabet="四川省“”一 　\n\u00ad發展ＡＢ１ab，（）𠀀İ", max_size=30)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("“一干多支”发展战略", "一干多支发展战略"),
        ("「一帶一路」", "一带一路"),
        ("通　知", "通知"),
        ("四川省\n人民政府", "四川省人民政府"),
        ("５Ｇ网络", "5g网络"),
        ("（四川）", "(四川)"),
        ("Belt and Road 倡议", "belt and road倡议"),
        ("發展\u00ad戰略", "发展战略"),
    ],
)
def test_spellings_of_one_text_fold_alike(written, folded):
    assert fold_chinese(written).text == folded


def test_simplified_text_is_returned_as_it_is():
    text = "四川省人民政府：“发展”——2021"
    assert to_simplified(text) is text


def test_rare_characters_are_han():
    assert is_han("𠀀")
    assert is_han("〇")
    assert not is_han("ａ")


@given(MIXED)
def test_offsets_lead_back_into_the_text(text):
    folded = fold_chinese(text)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert fold_chinese(text[start:end]).text in {folded.text[at], ""}


@given(MIXED)
def test_folding_twice_is_folding_once(text):
    once = fold_chinese(text).text
    assert fold_chinese(once).text == once


def test_a_megabyte_of_spaces_is_folded_at_once():
    assert fold_chinese("四" + " " * 1_000_000 + "川").text == "四川"
