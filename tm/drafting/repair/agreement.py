"""What must change around an exchanged word: the article before it, the noun after a number."""

from __future__ import annotations

import re
from fractions import Fraction

from tm.text.articles import ARTICLE, takes_an
from tm.text.inflection import is_function_word, plural, singular

__all__ = ["with_article", "with_noun"]

_BEFORE = 12
_NOUN = re.compile(r"(?P<gap>[ \u00a0])(?P<noun>[a-z]+)(?P<after>\W*(?P<next>[A-Za-z]*))")
_VERBS = {"is": "are", "was": "were", "has": "have"}

_OWN_UNIT = re.compile(r"(?P<gap>[ -])(?P<unit>[a-z]+)$")
_SCALES = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
_PRONOUNS = frozenset({"of", "another", "day", "each", "other", "such"})

Stretch = tuple[int, int]


def with_article(english: str, place: Stretch, written: str) -> tuple[Stretch, str]:
    """The place and what to write there, widened by an article that would be wrong before it."""
    before = english[max(0, place[0] - _BEFORE) : place[0]]
    found = ARTICLE.search(before)
    if found is None or not written:
        return place, written
    right = "an" if takes_an(written) else "a"
    article = found["article"]
    if article.lower() == right:
        return place, written
    right = right.capitalize() if article[0].isupper() else right
    return (place[0] - len(found[0]), place[1]), f"{right}{found['gap']}{written}"


def with_noun(
    english: str, place: Stretch, written: str, *, old: Fraction, new: Fraction
) -> tuple[Stretch, str] | None:
    """The same, widened by the noun that must be singular or plural now; None when it is not clear which."""
    if (old == 1) == (new == 1):
        return place, written
    if found := _OWN_UNIT.search(written):
        return _with_unit(place, written, found, new)
    return _with_next(english, place, written, new)


def _with_next(english: str, place: Stretch, written: str, new: Fraction) -> tuple[Stretch, str] | None:
    """The number with the noun after it in the form that it needs."""
    found = _NOUN.match(english, place[1])
    if found is None or is_function_word(found["noun"]) or found["noun"] in _PRONOUNS:
        return None
    noun = found["noun"]
    follows = found["next"].lower()
    if found["after"].isspace() and follows and not is_function_word(follows) and follows not in _VERBS:
        return None
    changed = singular(noun) if new == 1 else plural(noun)
    if not changed or changed == noun or follows in _VERBS or follows in _VERBS.values():
        return None
    return (place[0], found.end("noun")), f"{written}{found['gap']}{changed}"


def _with_unit(
    place: Stretch, written: str, found: re.Match[str], new: Fraction
) -> tuple[Stretch, str] | None:
    """A value that has its unit with it: 3 hours, a 3-hour talk."""
    unit = found["unit"]
    if found["gap"] == "-":
        return place, written
    changed = "" if unit in _SCALES else singular(unit) if new == 1 else plural(unit)
    if not changed or changed == unit:
        return None
    return place, f"{written[: found.start('unit')]}{changed}"
