"""Which Chinese value a wrong English one is told to be: its own, by order, or none where that is a guess."""

from __future__ import annotations

import pytest

from tm.text.quantities_compare import compare_texts

INDUSTRIES = "第一产业增长7.7%；第二产业增长8.9%；第三产业增长10.1%。"


def pairs(found):
    return [(zh.text, en.text) for zh, en in found]


def test_in_a_list_held_by_its_items_each_figure_is_told_its_own():
    english = "The primary industry was up {}, the secondary industry {} and the tertiary industry {}."
    found = compare_texts(INDUSTRIES, english.format("2.7 percent", "7.7 percent", "8.4 percent"))
    assert pairs(found.differing) == [
        ("7.7%", "2.7 percent"),
        ("8.9%", "7.7 percent"),
        ("10.1%", "8.4 percent"),
    ]
    assert not found.unsure
    assert not {"7.7%", "8.9%"} & {zh.text for zh, _en in found.matched}


def test_a_figure_in_its_place_is_right_whatever_its_neighbours_are():
    english = "The three industries rose by 2.7 percent, 8.9 percent and 8.4 percent."
    found = compare_texts(INDUSTRIES, english)
    assert pairs(found.differing) == [("7.7%", "2.7 percent"), ("10.1%", "8.4 percent")]
    assert not found.unsure


@pytest.mark.parametrize(
    "english",
    [
        "They rose by 2.7 percent, 7.7 percent and 8.4 percent.",
        "They rose by 8.9 percent, 7.9 percent and 10.1 percent.",
        "They rose by 2.7 percent and 8.4 percent.",
    ],
)
def test_without_a_known_order_a_pair_is_a_guess(english):
    found = compare_texts(INDUSTRIES, english)
    assert found.differing
    assert set(found.unsure) == set(found.differing)


def test_a_wrong_magnitude_is_its_own_number_in_any_order():
    found = compare_texts(
        "出口807.3亿元，进口630.9亿元", "imports of 6.309 billion yuan and exports of 80.73 billion yuan"
    )
    assert pairs(found.differing) == [("630.9亿元", "6.309 billion yuan")]
    assert not found.unsure


def test_the_only_value_left_on_both_sides_is_meant():
    found = compare_texts("增长5%、6%", "by 5 percent, again 5 percent, and 7 percent")
    assert ("6%", "7 percent") in pairs(found.differing)
    assert not found.unsure


def test_items_in_another_order_give_no_pair_for_certain():
    zh = "进口630.9亿元，增长16.4%；出口807.3亿元，增长18.4%。"
    en = "Exports were 80.73 billion yuan, up 16.4 percent, and imports 63.09 billion yuan, up 15.4 percent."
    found = compare_texts(zh, en)
    assert set(found.unsure) == set(found.differing) != set()


def test_a_date_at_the_other_end_does_not_disturb_the_order():
    found = compare_texts(
        "2020年，出口增长5%，进口增长6%", "Exports rose 5 percent and imports 7 percent in 2020"
    )
    assert pairs(found.differing) == [("6%", "7 percent")]
    assert not found.unsure
