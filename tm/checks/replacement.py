"""The preferred rendering in the shape of the words it replaces: number, verb form, capitals."""

from __future__ import annotations

import re

from tm.checks.renderings import Use
from tm.model import Concept, Term, TermStatus
from tm.text.articles import ARTICLE, takes_an
from tm.text.inflection import (
    inflections,
    is_function_word,
    opens_as_verb,
    plural,
    present_participle,
    singular,
)

__all__ = ["replacement"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_BEFORE = 24
"""How many characters before a stretch can matter: an article, the end of a sentence."""


def replacement(text: str, use: Use, concept: Concept, *, articles: bool = True) -> str | None:
    """What to write instead of a wrong rendering; None when no one form is certain to fit.

    One preferred rendering is needed, and an article before the stretch that would still agree with it;
    without `articles` it need not, because the caller mends it.
    """
    preferred = {term.text: term for term in concept.renderings(TermStatus.PREFERRED)}
    if len(preferred) != 1:
        return None
    term = next(iter(preferred.values()))
    found = text[use.start : use.end]
    shaped = _numbered(found, use.term, term)
    before = text[max(0, use.start - _BEFORE) : use.start]
    if shaped is None or (articles and not _article_fits(before, found, shaped)):
        return None
    return _capitalised(found, shaped, term, opens=_opens_sentence(before))


def _numbered(found: str, wrong: Term, right: Term) -> str | None:
    """The right term inflected as the wrong one is found."""
    written, as_term, words = _WORD.findall(found), _WORD.findall(wrong.text), _WORD.findall(right.text)
    if not written or not words or not as_term:
        return None
    possessive = written[-1].lower().endswith("'s") and not as_term[-1].lower().endswith("'s")
    if possessive:
        return None
    verb = opens_as_verb(as_term[0])
    if verb != opens_as_verb(words[0]) or (verb and (len(words) == 1) != (len(as_term) == 1)):
        return None
    if [w.lower() for w in written] == [w.lower() for w in as_term]:
        return right.text
    if verb:
        return _verbal(written[0].lower(), as_term[0].lower(), words[0].lower(), right.text)
    return _nominal(written[-1].lower(), as_term[-1].lower(), right.text)


def _verbal(found: str, as_term: str, verb: str, text: str) -> str | None:
    if found == as_term:
        return text
    if found == present_participle(as_term):
        return present_participle(verb) + text[len(verb) :]
    return None


def _nominal(found: str, as_term: str, text: str) -> str | None:
    head = _head(text)
    word = head.group().lower() if head else ""
    if head is None or found not in inflections(as_term, verbal=False):
        return None
    if found == as_term:
        return text
    changed = (
        plural(word) if found == plural(as_term) else singular(word) if found == singular(as_term) else None
    )
    return (
        None if changed is None else text[: head.start()] + _like(head.group(), changed) + text[head.end() :]
    )


def _head(text: str) -> re.Match[str] | None:
    """The word that takes the plural: the last one before a preposition."""
    head = None
    for match in _WORD.finditer(text):
        if head is not None and is_function_word(match.group()):
            break
        head = match
    return head


def _like(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _capitalised(found: str, shaped: str, term: Term, *, opens: bool) -> str:
    letters = [char for char in found if char.isalpha()]
    if len(letters) > 4 and all(char.isupper() for char in letters):
        return shaped.upper()
    titled = [word for word in _WORD.findall(found) if not is_function_word(word.lower())]
    if term.case == "sensitive" or not all(word[:1].isupper() for word in titled):
        return shaped
    if opens and len(titled) == 1:
        return shaped[:1].upper() + shaped[1:]
    every = len(titled) > 1
    return _WORD.sub(lambda m: _title(m.group()), shaped) if every else _like(found, shaped)


def _title(word: str) -> str:
    return word if is_function_word(word) else word[:1].upper() + word[1:]


def _opens_sentence(before: str) -> bool:
    last = before.rstrip(" “\"'‘")
    return not last or last[-1] in ".!?:\n"


def _article_fits(before: str, found: str, shaped: str) -> bool:
    """False when `a` or `an` stands before and would have to change."""
    return not ARTICLE.search(before) or takes_an(found) == takes_an(shaped)
