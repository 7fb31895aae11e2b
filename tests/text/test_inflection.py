from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.text.inflection import (
    inflections,
    is_function_word,
    opens_as_verb,
    plural,
    present_participle,
    singular,
    verb_forms,
)

VARIANTS = """
county counties; city cities; company companies; policy policies; analysis analyses; axis axes; crisis crises
basis bases; child children; person persons; index indices; index indexes; half halves; life lives
development developments; enterprise enterprises; zone zones; box boxes; church churches; dish dishes
develop develops; develop developed; develop developing; pursue pursuing; pursue pursued; carry carried
carry carries; carry carrying; build built; build building; seek sought; lead led; run running; run ran
plan planned; plan planning; implement implemented; implement implementing; strengthen strengthened
shore shoring; put putting; begin began; begin begun; take taken; uphold upheld; lie lying; tie tying
agree agreed; agree agreeing; refer referred; refer referring; supply supplied; assist assisted; list listed
finance financed; balance balancing; comment commented; enable enabled; drive driven; give giving; free freed
relocated relocate; pursuing pursue; built build; led lead; carried carry; planning plan; counties county
modernize modernise; center centre; labor labour; center centres; modernization modernisation
"""

STRANGERS = """
transport transportation; industry industrial; develop development; new news; good goods; custom customs
economic economics; economy economic; politic politics; province provincial; govern governance
mean means; arm arms; organ organize; nation national; construct construction; youth youthful; site website
manage management; regulate regulation; safe safety; secure security; science scientific; act action; four for
"""


def _pairs(table):
    return [tuple(pair.split()) for line in table.strip().splitlines() for pair in line.split(";")]


@pytest.mark.parametrize(("word", "form"), _pairs(VARIANTS))
def test_a_form_of_the_word_is_accepted(word, form):
    assert form in inflections(word)


@pytest.mark.parametrize(("word", "other"), _pairs(STRANGERS))
def test_another_word_is_not_accepted(word, other):
    assert other not in inflections(word)
    assert word not in inflections(other)


@pytest.mark.parametrize("word", ["plan", "transport", "build", "house", "market"])
def test_a_noun_has_no_verb_forms(word):
    assert all(not form.endswith(("ed", "ing")) for form in inflections(word, verbal=False))


@pytest.mark.parametrize("word", ["the", "of", "and", "with"])
def test_function_words_have_one_form(word):
    assert is_function_word(word)
    assert inflections(word) == {word}


def test_possessives_belong_to_the_forms():
    assert {"province's", "provinces"} <= inflections("province")


def test_figures_with_letters_are_kept_whole():
    assert "14th" in inflections("14th")


@pytest.mark.parametrize(
    ("one", "many"), [("city", "cities"), ("axis", "axes"), ("zone", "zones"), ("box", "boxes")]
)
def test_plural_and_singular_are_each_other_s_way_back(one, many):
    assert plural(one) == many
    assert singular(many) == one


@pytest.mark.parametrize(
    ("base", "form"),
    [("shore", "shoring"), ("put", "putting"), ("lie", "lying"), ("implement", "implementing")],
)
def test_the_ing_form_is_spelt_right(base, form):
    assert present_participle(base) == form


def test_terms_open_with_verbs():
    assert opens_as_verb("Pursuing")
    assert opens_as_verb("develop")
    assert not opens_as_verb("development")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_every_word_is_a_form_of_itself(word):
    assert word in inflections(word)
    assert word in inflections(word, verbal=False)
    assert inflections(word.upper()) == inflections(word)


@given(st.sampled_from(["carry", "shore", "build", "plan", "agree", "refer", "tie", "pass", "fix", "go"]))
def test_every_verb_form_leads_back_to_its_base(base):
    for form in verb_forms(base):
        assert base in inflections(form)
