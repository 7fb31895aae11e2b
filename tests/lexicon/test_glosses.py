"""Glosses become weighted stems."""

import pytest

from tm.lexicon.glosses import weighted_stems


def test_weights_add_up_to_one_and_senses_weigh_alike():
    found = weighted_stems(["to develop; growth", "development"])
    assert sum(found.values()) == pytest.approx(1)
    assert found["develop"] == pytest.approx(2 / 3)


def test_asides_and_references_say_nothing():
    assert weighted_stems(["CL:個|个[ge4]", "variant of 發展|发展[fa1 zhan3]", "(old) (literary)"]) == {}
    assert set(weighted_stems(["river (in Sichuan) [note]"])) == {"river"}


def test_long_explanations_weigh_less_than_words():
    long = "alpha beta gamma delta epsilon zeta theta kappa lambda omicron sigma upsilon"
    found = weighted_stems([long, "river"])
    assert found["river"] > sum(found.values()) / 2
