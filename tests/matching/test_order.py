from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.matching.order import Order, ordered

equal_texts = st.lists(st.text("ab", max_size=3) | st.text(max_size=4), max_size=40)


def order_of(texts: list[str], hashes: list[int]) -> tuple[Order, list[int]]:
    lengths = np.fromiter(map(len, texts), np.int32, len(texts))
    order, owners = ordered(texts, lengths, np.array(hashes, dtype=np.int64))
    return order, owners.tolist()


@settings(deadline=None, max_examples=200)
@given(equal_texts, st.integers(1, 4))
def test_distinct_texts_stand_by_length_then_by_appearance_whatever_their_hashes(texts, kinds):
    hashes = {text: number % kinds for number, text in enumerate(sorted(set(texts)))}  # many are alike
    order, owners = order_of(texts, [hashes[text] for text in texts])
    distinct = sorted(dict.fromkeys(texts), key=len)
    assert [distinct[number] for number in owners] == texts
    assert order.lengths.tolist() == [len(text) for text in distinct]
    for number, text in enumerate(distinct):
        places = order.members[order.starts[number] : order.starts[number + 1]].tolist()
        assert places == [place for place, other in enumerate(texts) if other == text]


@settings(deadline=None, max_examples=100)
@given(equal_texts)
def test_for_each_length_the_first_text_at_least_so_long_is_known(texts):
    order, _owners = order_of(texts, [hash(text) for text in texts])
    lengths = order.lengths.tolist()
    for length, first in enumerate(order.firsts.tolist()):
        assert all(other < length for other in lengths[:first])
        assert all(other >= length for other in lengths[first:])
