"""Dictionary glosses as weighted English stems."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tm.lexicon.english import FUNCTION_WORDS, stem, words

__all__ = ["weighted_stems"]

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_REFERENCE = re.compile(
    r"^(?:CL:|(?:old|erhua|archaic|popular) |used in |also written |also pr\.|see |same as |variant of "
    r"|abbr\. (?:for|of) )"
)
_HAN = re.compile(r"[\u3400-\u9fff|]+")
_LONGEST = 8
_MOST = 24


def weighted_stems(definitions: Iterable[str]) -> dict[str, float]:
    """English stems of a headword's definitions with weights that add up to one; empty when nothing is said.

    Each sense weighs the same, each word of a sense its share; senses of more than eight words explain
    rather than translate and weigh less.
    """
    weights: dict[str, float] = {}
    for sense in _senses(definitions):
        stems = [stem(word) for word in words(sense) if word.lower() not in FUNCTION_WORDS]
        for each in stems:
            weights[each] = weights.get(each, 0.0) + min(1.0, _LONGEST / (2 * len(stems))) / len(stems)
    kept = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]
    total = sum(weight for _, weight in kept)
    return {each: weight / total for each, weight in kept}


def _senses(definitions: Iterable[str]) -> Iterable[str]:
    for definition in definitions:
        if _REFERENCE.match(definition):
            continue
        plain = _HAN.sub(" ", _ASIDE.sub(" ", definition))
        yield from plain.split(";")
