"""S102: the same word twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.model import Severity, Unit

__all__ = ["doubled_word"]

_DOUBLED = re.compile(r"(?<![\w'’.-])([A-Za-z]+(?:['’][a-z]+)?)(\s+)\1(?![\w'’-])", re.IGNORECASE)
_ALLOWED = frozenset(
    [
        "that",
        "had",
        "is",
        "so",
        "very",
        "many",
        "far",
        "no",
        "yes",
        "bye",
        "ha",
        "had",
        "long",
        "again",
        "who",
        "her",
    ]
)
_SIMPLE = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "and",
        "for",
        "on",
        "with",
        "by",
        "at",
        "from",
        "as",
        "or",
        "be",
        "we",
        "it",
    ]
)


@rule("S102", "doubled-word", Severity.MINOR, family="text", mqm="duplication", needs_source=False)
def doubled_word(unit: Unit, context: Context) -> Iterator[Problem]:  # noqa: ARG001 - every rule takes both
    """A word stands twice in a row.

    What it finds: the same English word twice with only white space between, except where English allows
        it (that that, had had, so so) and in names (Bora Bora).
    Why it matters: it is the commonest slip of revised texts, and readers stop at it.
    Example: "the coordinated development of of the four major areas".
    How to fix: delete one of the two.
    When to allow: in names and quotations.
    """
    text = unit.target.text
    for match in _DOUBLED.finditer(text):
        word, again = match.group(1), match.group()[-len(match.group(1)) :]
        if word.lower() in _ALLOWED or _is_name(word, again):
            continue
        yield Problem(
            "target",
            match.start(),
            match.end(),
            _("“{word}” stands twice").format(word=word),
            term=word.lower(),
            suggestion=word,
            fix=word if word.lower() in _SIMPLE else None,
        )


def _is_name(word: str, again: str) -> bool:
    """True for a doubled capitalised word, such as Walla Walla."""
    return word[:1].isupper() and again[:1].isupper() and word.lower() not in _SIMPLE
