"""Faults of a term base: what contradicts itself, cannot be found, or was probably meant otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from gettext import gettext as _

from tm.model import Concept, Term, TermStatus
from tm.terms.base import APPROVED, TermBase
from tm.terms.english import EnglishText
from tm.terms.pattern import pattern
from tm.terms.table import COLUMNS
from tm.text.folding import fold_chinese, is_han

__all__ = ["Fault", "lint"]

_WRONG = (TermStatus.FORBIDDEN, TermStatus.DEPRECATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault of a term base. `level` is error, warning or info; `line` is 0 where it is unknown."""

    name: str
    level: str
    concept: str
    term: str
    message: str
    line: int = 0


def lint(base: TermBase) -> list[Fault]:
    """All faults, by line, then name."""
    found = (fault for check in _CHECKS for fault in check(base))
    return sorted(found, key=lambda fault: (fault.line, fault.name, fault.concept, fault.term))


def _conflicts(base: TermBase) -> Iterator[Fault]:
    """One English form with two statuses in one concept."""
    for concept in base.concepts:
        seen: dict[str, Term] = {}
        for term in concept.en:
            other = seen.setdefault(_key(term), term)
            if other.status is not term.status and not {other.status, term.status} <= set(APPROVED):
                message = _("“{term}” is both {one} and {other}").format(
                    term=term.text, one=other.status.value, other=term.status.value
                )
                yield _fault("conflict", "error", concept, term, message)


def _duplicates(base: TermBase) -> Iterator[Fault]:
    """One English form twice, apart from capitals, hyphens and commas."""
    for concept in base.concepts:
        seen: dict[tuple[str, bool], Term] = {}
        for term in concept.en:
            other = seen.setdefault((_key(term), term.status in APPROVED), term)
            if other is not term:
                message = _("“{term}” repeats line {line}").format(term=term.text, line=other.line)
                yield _fault("duplicate", "info", concept, term, message)


def _shared_chinese(base: TermBase) -> Iterator[Fault]:
    """One Chinese form in two concepts: either rendering will satisfy."""
    seen: dict[str, tuple[Concept, Term]] = {}
    for concept in base.concepts:
        for term in concept.zh:
            other, _term = seen.setdefault(fold_chinese(term.text).text, (concept, term))
            if other is not concept:
                message = _("“{term}” belongs to concept {other} too").format(term=term.text, other=other.id)
                yield _fault("homonym", "warning", concept, term, message)


def _forbidden_elsewhere_right(base: TermBase) -> Iterator[Fault]:
    """A forbidden form that is the preferred one of another concept."""
    preferred: dict[str, Concept] = {}
    for concept in base.concepts:
        for term in concept.renderings(TermStatus.PREFERRED):
            preferred.setdefault(_key(term), concept)
    for concept in base.concepts:
        for term in concept.renderings(TermStatus.FORBIDDEN):
            other = preferred.get(_key(term))
            if other is not None and other is not concept:
                message = _("forbidden here, preferred in concept {other}").format(other=other.id)
                yield _fault("forbidden-elsewhere-right", "warning", concept, term, message)


def _no_preferred(base: TermBase) -> Iterator[Fault]:
    """A concept that says only what is wrong."""
    for concept in base.concepts:
        if not concept.renderings(*APPROVED):
            message = _("no preferred or admitted rendering")
            yield _fault("no-preferred", "error", concept, concept.en[0], message)


def _unreachable(base: TermBase) -> Iterator[Fault]:
    """Forms that can never be found, wrong ones that an approved one hides, and idle `unless` contexts."""
    for concept in base.concepts:
        for term in concept.zh:
            if not any(is_han(char) or char.isalnum() for char in term.text):
                message = _("“{term}” holds no letter or character").format(term=term.text)
                yield _fault("unreachable", "error", concept, term, message)
            yield from _idle_contexts(concept, term)
        for term in concept.en:
            if not pattern(term.text, term.case, term.pos).slots:
                message = _("“{term}” holds no word").format(term=term.text)
                yield _fault("unreachable", "error", concept, term, message)
        yield from _hidden(concept)


def _idle_contexts(concept: Concept, term: Term) -> Iterator[Fault]:
    forms = [fold_chinese(other.text).text for other in concept.zh]
    for context in term.unless:
        if not any(form in fold_chinese(context).text for form in forms):
            message = _("the context “{context}” holds no term of the concept").format(context=context)
            yield _fault("idle-unless", "warning", concept, term, message)


def _hidden(concept: Concept) -> Iterator[Fault]:
    """Wrong forms that count as approved because they are an inflection of an approved one."""
    for wrong in concept.renderings(*_WRONG):
        text = EnglishText(wrong.text)
        whole = (0, len(text.words) - 1)
        for right in concept.renderings(*APPROVED):
            same = _key(right) == _key(wrong)
            if not same and whole in pattern(right.text, right.case, right.pos).find(text):
                message = _("“{term}” is taken for the approved “{right}”").format(
                    term=wrong.text, right=right.text
                )
                yield _fault("unreachable", "warning", concept, wrong, message)


def _nested(base: TermBase) -> Iterator[Fault]:
    """Chinese terms inside longer ones: found only where they stand alone."""
    for concept in base.concepts:
        for term in concept.zh:
            for inner, other in base.inside(term.text):
                if other is not concept:
                    message = _("holds the term {inner} of concept {other}").format(
                        inner=inner, other=other.id
                    )
                    yield _fault("nested", "info", concept, term, message)


def _acronyms(base: TermBase) -> Iterator[Fault]:
    """One acronym of two concepts."""
    seen: dict[str, Concept] = {}
    for concept in base.concepts:
        for term in concept.renderings(*APPROVED):
            if not term.acronym:
                continue
            other = seen.setdefault(term.acronym, concept)
            if other is not concept:
                message = _("{acronym} stands for concept {other} too").format(
                    acronym=term.acronym, other=other.id
                )
                yield _fault("acronym-clash", "warning", concept, term, message)


def _columns(base: TermBase) -> Iterator[Fault]:
    """Columns that are probably misspelt."""
    unknown = {name: concept for concept in reversed(base.concepts) for name, _cell in concept.others}
    for name, concept in sorted(unknown.items()):
        near = get_close_matches(name, COLUMNS, 1, cutoff=0.75)
        if near:
            message = _("unknown column “{name}”; did you mean “{near}”?").format(name=name, near=near[0])
            yield Fault(
                name="column", level="warning", concept=concept.id, term=name, message=message, line=1
            )


_CHECKS: tuple[Callable[[TermBase], Iterable[Fault]], ...] = (
    _conflicts,
    _duplicates,
    _shared_chinese,
    _forbidden_elsewhere_right,
    _no_preferred,
    _unreachable,
    _nested,
    _acronyms,
    _columns,
)


def _key(term: Term) -> str:
    """What two spellings of one form share; capitals count where they are sensitive."""
    words = " ".join(EnglishText(term.text).words)
    return words if term.case != "sensitive" else " ".join(term.text.replace("-", " ").split())


def _fault(name: str, level: str, concept: Concept, term: Term, message: str) -> Fault:
    return Fault(name=name, level=level, concept=concept.id, term=term.text, message=message, line=term.line)
