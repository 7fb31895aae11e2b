"""Scripts are told apart by their characters."""

import json
from pathlib import Path

import pytest

from tm.text.scripts import han_share, is_mostly_chinese, traditional_share

GOLD = sorted((Path(__file__).parents[2] / "tests/eval/gold").glob("*.json"))


def test_han_share_counts_letters_only():
    assert han_share("四川GDP 2019年！") == pytest.approx(3 / 6)
    assert han_share("2019 — 100%") == 0.0
    assert han_share("") == 0.0


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_release_is_chinese_on_one_side_and_not_on_the_other(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    assert is_mostly_chinese("".join(document["zh"]))
    assert not is_mostly_chinese(" ".join(document["en"]))
    assert traditional_share("".join(document["zh"])) == 0.0


def test_a_few_foreign_words_do_not_change_the_language():
    assert is_mostly_chinese("会议在成都召开，华为公司（Huawei）代表出席。")
    assert not is_mostly_chinese("The Opinions (意见) were issued.")
    assert not is_mostly_chinese("2019")


def test_traditional_text_is_told_by_its_characters():
    assert traditional_share("會議強調，要堅持穩中求進的總基調，推動經濟發展。") == 1.0
    assert traditional_share("会议强调，要坚持稳中求进的总基调，推动经济发展。") == 0.0
    assert traditional_share("一二三") is None
    assert 0 < (traditional_share("會议") or 0) < 1
