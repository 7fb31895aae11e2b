"""Words of one family share a stem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.lexicon import stem, words

FAMILIES = [
    "develop develops developed developing development developments",
    "industry industries industrial industrialization industrialisation",
    "agriculture agricultural",
    "economy economic economies economical",
    "province provinces provincial",
    "coordinate coordinated coordinating coordination",
    "build built building",
    "plan planned planning plans",
    "city cities",
    "hold held holding",
    "govern government governments governing",
]
STRANGERS = ["plan plant", "city citizen", "rain rail", "party part", "meet meat"]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_one_stem(family):
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", STRANGERS)
def test_strangers_keep_apart(pair):
    first, second = pair.split()
    assert stem(first) != stem(second)


@given(st.from_regex(r"[A-Za-z]{1,16}", fullmatch=True))
def test_a_stem_is_never_empty_and_does_not_depend_on_case(word):
    assert stem(word)
    assert stem(word) == stem(word.upper()) == stem(word.lower())


def test_possessives_and_figures_are_no_part_of_words():
    assert words("The province’s 8,061 reservoirs don't overflow (Ya'an).") == [
        "The",
        "province",
        "reservoirs",
        "don't",
        "overflow",
        "Ya'an",
    ]
