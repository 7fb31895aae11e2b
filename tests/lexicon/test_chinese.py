"""Chinese words cover the text and are known where they can be."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tm.lexicon.chinese import cut, parts

KNOWN = {"经济", "发展", "经济发展", "区", "川", "东北", "四川", "协同"}


@settings(deadline=None)
@given(st.text("经济发展区川东北四协同一二A1，。 ", max_size=30))
def test_words_are_the_han_characters_in_order(text):
    found = cut(text, KNOWN)
    assert "".join(found) == "".join(re.findall("[一-鿿]", text))
    assert all(word in KNOWN or len(word) == 1 for word in found)


def test_an_unknown_word_is_taken_apart_longest_first():
    assert list(parts("四川经济发展区", KNOWN)) == ["四川", "经济发展", "区"]
    assert list(parts("经济发展", KNOWN)) == ["经济", "发展"]


def test_a_release_is_cut_into_dictionary_words(lexicon):
    found = lexicon.words("推动经济高质量发展，2019年")
    assert {"推动", "经济", "发展"} <= set(found)
    assert "".join(found) == "推动经济高质量发展年"
