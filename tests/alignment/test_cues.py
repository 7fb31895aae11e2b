"""Each cue sees in both languages what it promises to see."""

import pytest

from tm.alignment import Document
from tm.alignment.cues import cues
from tm.alignment.cues.classes import Classes
from tm.alignment.cues.names import Names
from tm.alignment.cues.terms import Terms
from tm.alignment.cues.values import Values
from tm.alignment.cues.words import Words
from tm.lexicon import load
from tm.model import Concept, Term, TermStatus


def both(cue, zh, en):
    """The tokens that both segments have and the cue links."""
    tokens = cue.tokens(Document(zh=(zh,), en=(en,)))
    linked = {(source, target) for source, target, _ in cue.links(tokens.zh[0], tokens.en[0])}
    return {source for source, target in linked if source in tokens.zh[0] and target in tokens.en[0]}


@pytest.mark.parametrize(
    ("zh", "en", "count"),
    [
        ("总额2600亿元。", "It was 260 billion yuan.", 1),
        ("下降百分之三。", "It fell by 3 percent.", 1),
        ("十一月召开。", "It was held in November.", 1),
        ("4月19日发布。", "It was issued on April 19.", 2),
        ("共24.8万人。", "In all 248,000 people.", 1),
        ("增长7.6%。", "up 8.4 percent", 0),
    ],
)
def test_values_are_equal_by_value(zh, en, count):
    assert len(both(Values(), zh, en)) == count


def test_names_are_read_aloud_and_latin_words_copied(cache):
    names = Names(load(cache))
    assert both(names, "省长沈嘉禾在雅安讲话", "Governor Shen Jiahe spoke in Ya'an") == {
        "shen",
        "jiahe",
        "yaan",
    }
    assert both(names, "全省GDP增长", "The GDP of the province rose") == {"gdp"}
    assert both(names, "彭清华出席", "Shen Jiahe attended") == set()


def test_traditional_text_is_seen_like_simplified(cache):
    words = Words(load(cache))
    assert (
        both(words, "經濟發展", "economic development")
        == both(words, "经济发展", "economic development")
        != set()
    )


@pytest.mark.parametrize(
    ("zh", "en", "name"),
    [
        ("怎么办？", "What now?", "?"),
        ("我们不去。", "We will not go.", "not"),
        ("他们来了。", "They came.", "they"),
        ("（一）目标", "(1) Goals", "bracket"),
    ],
)
def test_marks_and_pronouns_have_classes(zh, en, name):
    assert name in both(Classes(), zh, en)


def concept(number, zh, *en):
    statuses = [TermStatus.PREFERRED, TermStatus.FORBIDDEN]
    return Concept(
        id=number,
        zh=(Term(lang="zh", text=zh),),
        en=tuple(
            Term(lang="en", text=text, status=status) for text, status in zip(en, statuses, strict=False)
        ),
    )


def test_terms_are_found_inflected_and_by_forbidden_names_too():
    terms = Terms(
        [concept("c1", "一干多支", "One Main Area", "one trunk"), concept("c2", "河长制", "river chief")]
    )
    assert both(terms, "实施“一干多支”和河长制", "the “one main areas” and the River Chiefs") == {"c1", "c2"}
    assert both(terms, "一干多支", "one trunk and more") == {"c1"}
    assert both(terms, "一干多支", "one mainland area") == set()


def test_terms_next_to_each_other_are_both_found():
    terms = Terms([concept("a", "甲", "alpha beta"), concept("b", "乙", "gamma")])
    assert both(terms, "甲乙", "alpha beta gamma") == {"a", "b"}


def test_terms_are_a_cue_only_with_a_term_base(cache):
    lexicon = load(cache)
    assert "terms" not in {cue.name for cue in cues(lexicon, None)}
    assert "terms" in {cue.name for cue in cues(lexicon, [concept("a", "甲", "alpha")])}
