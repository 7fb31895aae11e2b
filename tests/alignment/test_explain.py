"""Confidence rises with what speaks for a bead."""

from hypothesis import given
from hypothesis import strategies as st

from tm.alignment.explain import confidence

SHARES = st.floats(0, 1)
GAINS = st.floats(-2, 3)


@given(SHARES, SHARES, GAINS, st.booleans())
def test_confidence_rises_with_the_posterior(first, second, gain, two_sided):
    low, high = sorted((first, second))
    reasons = [("words", gain)]
    assert confidence(low, reasons, two_sided=two_sided) <= confidence(high, reasons, two_sided=two_sided)


@given(SHARES, GAINS, GAINS)
def test_confidence_rises_with_the_words(share, first, second):
    low, high = sorted((first, second))
    assert confidence(share, [("words", low)], two_sided=True) <= confidence(
        share, [("words", high)], two_sided=True
    )


@given(SHARES, GAINS, st.booleans())
def test_confidence_is_a_probability(share, gain, two_sided):
    assert 0 <= confidence(share, [("words", gain)], two_sided=two_sided) <= 1
