"""Scores that can be trusted: 100 only for what is identical, and every doubtful difference named."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from rapidfuzz.distance import Levenshtein

from tm.matching.cutoff import similarity
from tm.matching.options import MatchOptions
from tm.model import Context, Penalty, Span, Status, Unit
from tm.text.counts import tokens
from tm.text.folding import is_han
from tm.text.normalise import form_differences, match_form
from tm.text.quantities import find_values

__all__ = [
    "context_score",
    "differences",
    "origin_penalties",
    "penalised",
    "penalties_for",
    "percent",
    "word_score",
]

IMPORTED_FROM = "x-imported-from"
"""The property of a unit that names the file it was imported from."""
_ALMOST = 99.9
_FIGURES = "0-9〇零一二三四五六七八九十百千万亿兆两"
_NUMBER = re.compile(f"[0-9]+(?:[.,:/][0-9]+)*[%‰]?|[{_FIGURES}]+(?:[.,点][{_FIGURES}]+)*[%‰]?")
_NEGATION = re.compile(
    "不(?![断仅少久论管过但同])|没(?!收)|未(?![来必])|无(?![论不])|非(?![常洲])|勿|禁止|严禁|否(?!则)"
)


def percent(alike: float, *, identical: bool) -> float:
    """A similarity in percent with one decimal; what is not identical never reaches 100."""
    return 100.0 if identical else min(round(100.0 * alike, 1), _ALMOST)


def penalised(alike: float, penalties: Iterable[Penalty]) -> float:
    """The score in percent of what is not identical, once the penalties are taken off."""
    off = sum(penalty.points for penalty in penalties)
    return max(0.0, min(round(100.0 * alike - off, 1), _ALMOST))


def word_score(left: str, right: str) -> float:
    """The similarity of two texts by words, in percent with one decimal."""
    if left == right:
        return 100.0
    ours, theirs = tokens(left), tokens(right)
    distance = Levenshtein.distance(ours, theirs)
    return percent(similarity(distance, max(len(ours), len(theirs))), identical=False)


def context_score(wanted: Context, known: Context) -> float:
    """102 when both neighbours are equal, 101 when one is, else 100.

    The edge of a document equals an edge, where the context is known at all: one neighbour at least.
    """
    if not (wanted.previous or wanted.next) or not (known.previous or known.next):
        return 100.0
    same = [
        match_form(wanted.previous) == match_form(known.previous),
        match_form(wanted.next) == match_form(known.next),
    ]
    return 100.0 + sum(same)


def penalties_for(text: str, other: str, options: MatchOptions) -> tuple[Penalty, ...]:
    """The differences of two texts that must not be overlooked, with the points each takes off."""
    names = _remarks(text, other)
    return tuple(Penalty(name=name, points=options.points(name)) for name in names)


def origin_penalties(unit: Unit, options: MatchOptions, newest: str = "") -> tuple[Penalty, ...]:
    """What speaks against a unit by where it comes from; `newest` is the latest ISO date of the memories."""
    names = []
    if any(prop.type == IMPORTED_FROM for prop in unit.props):
        names.append("imported")
    if unit.status is Status.DRAFT:
        names.append("draft")
    found = [Penalty(name=name, points=options.points(name)) for name in names]
    years = _years(unit.origin.date, newest)
    if years and options.points("age"):
        found.append(Penalty(name="age", points=years * options.points("age")))
    return tuple(found)


def _years(day: datetime.date | None, newest: str) -> int:
    """The full years from a day to an ISO date; 0 where one is not known."""
    if not day or not newest:
        return 0
    last = datetime.date.fromisoformat(newest)
    return max(0, last.year - day.year - ((last.month, last.day) < (day.month, day.day)))


def _remarks(text: str, other: str) -> Iterator[str]:
    form, other_form = match_form(text), match_form(other)
    if form == other_form:
        yield from form_differences(text, other)
        return
    if sorted(_NUMBER.findall(form)) != sorted(_NUMBER.findall(other_form)) and _values(text) != _values(
        other
    ):
        yield "number"
    if len(_NEGATION.findall(form)) != len(_NEGATION.findall(other_form)):
        yield "negation"


def _values(text: str) -> Counter[tuple[str, Fraction, str]]:
    """The quantities and dates of a text by value, however they are written."""
    lang = "zh-CN" if any(map(is_han, text)) else "en"
    return Counter((value.kind.value, value.amount, value.unit) for value in find_values(text, lang))


def differences(text: str, other: str, *, side: str = "source") -> tuple[Span, ...]:
    """The stretches of the other text that are not so in this one; an empty stretch is a place of loss."""
    steps = Levenshtein.opcodes(text, other)
    changed = [step for step in steps if step.tag != "equal"]
    return tuple(Span(side=side, start=step.dest_start, end=step.dest_end) for step in changed)
