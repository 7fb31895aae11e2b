"""A single term added to a term base: which concept it belongs to, and what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from gettext import gettext as _

import rjieba

from tm.errors import TermBaseError
from tm.model import Concept
from tm.terms.base import TermBase
from tm.terms.lint import Fault, lint
from tm.terms.merge import Merge
from tm.text.folding import fold_chinese

__all__ = ["id_for", "like_its_concept", "refuse_faults"]

_PLAIN = re.compile(r"[^a-z0-9]+")


def id_for(term: Concept, concepts: Iterable[Concept]) -> str:
    """The id of the only concept that has the Chinese term, else a new one made of its reading.

    TermBaseError when several concepts have it.
    """
    wanted = fold_chinese(term.zh[0].text).text
    known = tuple(concepts)
    found = [one.id for one in known if any(fold_chinese(zh.text).text == wanted for zh in one.zh)]
    if len(found) > 1:
        raise TermBaseError(
            _("{zh} is a term of several concepts: {concepts}").format(
                zh=term.zh[0].text, concepts=", ".join(found)
            ),
            hint=_("Say which one is meant with --concept."),
        )
    return found[0] if found else _new_id(term.zh[0].text, {one.id for one in known})


def like_its_concept(term: Concept, concepts: Iterable[Concept]) -> Concept:
    """The term; a rendering without a part of speech has the one that all others of its concept have."""
    known = next((one for one in concepts if one.id == term.id), None)
    found = {english.pos for english in known.en} if known is not None else set()
    if len(found) != 1:
        return term
    (pos,) = found
    return replace(term, en=tuple(replace(english, pos=english.pos or pos) for english in term.en))


def refuse_faults(concepts: Sequence[Concept], term: Concept, merge: Merge, *, force: bool) -> None:
    """Raise a TermBaseError when the merge of a term has left it out, or would make the term base faulty.

    Warnings count too, but for `force`.
    """
    known = next((one for one in concepts if one.id == term.id), None)
    wrong = [remark.reason for remark in merge.remarks if remark.kind == "conflict"]
    if wrong:
        raise _refusal(term, wrong[0], _("Change the row that is there, or choose another rendering."))
    if known is not None and merge.new_concepts:
        reason = _("concept {id} has neither this Chinese nor this English term").format(id=term.id)
        raise _refusal(term, reason, _("Leave out --concept for a concept of its own."))
    if not merge.changes:
        raise _refusal(term, _("the term base has it already"), "")
    new = _new_faults(_neighbours(concepts, term), known, term)
    errors = [fault for fault in new if fault.level == "error"]
    if errors or (new and not force):
        hint = "" if errors else _("With --force it is added all the same.")
        raise _refusal(term, "; ".join(_told(fault, term) for fault in errors or new), hint)


def _refusal(term: Concept, reason: str, hint: str) -> TermBaseError:
    return TermBaseError(
        _("{zh} = {en} is not added: {reason}").format(zh=term.zh[0].text, en=term.en[0].text, reason=reason),
        hint=hint or _("Nothing was changed."),
    )


def _told(fault: Fault, term: Concept) -> str:
    """The message of a fault, with the concept that it is of where that is another one."""
    return fault.message if fault.concept == term.id else f"{fault.concept}: {fault.term}: {fault.message}"


def _new_faults(near: Sequence[Concept], known: Concept | None, term: Concept) -> list[Fault]:
    """The errors and warnings that the term base has with the term and did not have without it."""
    before = {_essence(fault) for fault in lint(TermBase(near))}
    if known is None:
        after = [*near, term]
    else:
        after = [_joined(one, term) if one.id == known.id else one for one in near]
    faults = [fault for fault in lint(TermBase(after)) if fault.level != "info"]
    return [fault for fault in faults if _essence(fault) not in before]


def _essence(fault: Fault) -> tuple[str, str, str, str]:
    return fault.name, fault.concept, fault.term, fault.message


def _joined(known: Concept, term: Concept) -> Concept:
    zh = [new for new in term.zh if new.text not in {one.text for one in known.zh}]
    return replace(known, zh=(*known.zh, *zh), en=(*known.en, *term.en))


def _neighbours(concepts: Iterable[Concept], term: Concept) -> list[Concept]:
    """The concepts that share a term or an acronym with this one, or its id."""
    wanted = _marks(term)
    return [one for one in concepts if one.id == term.id or not wanted.isdisjoint(_marks(one))]


def _marks(concept: Concept) -> set[str]:
    texts = {fold_chinese(term.text).text for term in concept.zh}
    texts |= {" ".join(term.text.casefold().split()) for term in concept.en}
    return texts | {term.acronym for term in concept.en if term.acronym}


def _new_id(text: str, taken: set[str]) -> str:
    """The reading of a Chinese term in pinyin, word by word, with a number when another concept has it."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables take long to load

    words = ["".join(lazy_pinyin(word)) for word in rjieba.cut(text)]
    base = _PLAIN.sub("-", "-".join(words).lower()).strip("-") or text
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
