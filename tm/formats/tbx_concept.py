"""A concept of the term base from the parts of a TBX concept."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Any

from tm.errors import FormatError
from tm.formats.glossary_base import LeftOut
from tm.formats.tbx_elements import Aux, TermElement
from tm.formats.tbx_fields import COLUMN, FURTHER, concept_id, is_side, pos_of, status_of
from tm.model import Concept, Severity, Term, TermStatus

__all__ = ["TbxConcept", "concept_of"]

_STATUS = frozenset({"administrativestatus", "normativeauthorization", "status", "usagestatus", "usage"})
_ACRONYM = frozenset({"acronym", "initialism"})
_ABBREVIATION = "abbreviation"
_FULL_FORM = "fullform"
_CAPITALS = re.compile(r"[A-Z][A-Z0-9&./-]+")
_APPROVED = (TermStatus.PREFERRED, TermStatus.ADMITTED)
_TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_CASES = ("insensitive", "sensitive")


@dataclass(frozen=True, slots=True, kw_only=True)
class TbxConcept:
    """A concept as it stands in the file: its fields, its terms by language, the fields of the languages."""

    id: str
    line: int
    facts: tuple[Aux, ...]
    languages: tuple[tuple[str, tuple[TermElement, ...]], ...]
    remarks: tuple[tuple[str, Aux], ...]


def concept_of(found: TbxConcept, lost: Counter[str], path: str) -> Concept | LeftOut:
    """The concept, or why there is none; fields that are not taken are counted in `lost`.

    A value that a field of ours cannot have is a FormatError with its line.
    """
    columns = _Columns(lost)
    zh, en = (_drafts(found, side, columns) for side in ("zh", "en"))
    if not zh or not en:
        return _left_out(found)
    facts = {name: value for aux in found.facts for name, value in _fact(aux, path, found.id)}
    for aux in found.facts:
        if aux.custom not in _FACTS:
            columns.take(aux, "concept")
    for tag, aux in found.remarks:
        columns.take(aux, is_side(tag))
    for tag, terms in found.languages:
        if not is_side(tag):
            columns.further(tag, terms)
    chinese = sorted(_settled(zh), key=lambda term: term.status is not TermStatus.PREFERRED)
    return Concept(
        id=concept_id(found.id) or chinese[0].text,
        zh=_first_of_each(chinese, lambda term: term.text),
        en=_first_of_each(_with_acronyms(_settled(en), en), lambda term: (term.text, term.status)),
        domain="; ".join(columns.domains),
        others=tuple(columns.cells),
        **facts,
    )


# --- Concepts ---------------------------------------------------------------------------------------


class _Columns:
    """The columns that TBX fills beyond the term base's own, and the subject fields."""

    def __init__(self, lost: Counter[str]) -> None:
        self.cells: dict[tuple[str, str], None] = {}
        self.domains: dict[str, None] = {}
        self._lost = lost

    def take(self, aux: Aux, level: str) -> None:
        """Keeps a field of the concept, of one of its languages (zh, en), or counts it as lost."""
        kind = "note" if aux.custom == "note" else aux.category
        if not aux.text or not level:
            self.lose(aux)
        elif kind == "subjectField":
            self.domains[aux.text] = None
        elif aux.custom.startswith(COLUMN) and level == "concept":
            self.cells[aux.custom.removeprefix(COLUMN), aux.text] = None
        elif kind == "note":
            self.cells["concept-note" if level == "concept" else f"note-{level}", aux.text] = None
        elif kind in ("definition", "context"):
            self.cells[kind if level == "concept" else f"{kind}-{level}", aux.text] = None
        else:
            self.lose(aux)

    def lose(self, aux: Aux) -> None:
        """Counts a field that has no place in the term base."""
        self._lost[aux.category or "?"] += 1

    def further(self, tag: str, terms: Sequence[TermElement]) -> None:
        """Keeps the terms of a further language; their fields are lost."""
        for term in terms:
            self.cells[FURTHER + tag.lower(), term.text] = None
            for aux in term.fields:
                self.lose(aux)


_FACTS: dict[str, tuple[str, Callable[[str], object]]] = {
    "once": ("once", lambda text: _TRUTHS[text.lower()]),
    "mono": ("mono", lambda text: _TRUTHS[text.lower()]),
    "severity": ("severity", Severity),
    "from": ("valid_from", datetime.date.fromisoformat),
    "until": ("valid_until", datetime.date.fromisoformat),
}


def _fact(aux: Aux, path: str, concept: str) -> Iterator[tuple[str, Any]]:
    """The field of a concept that TBX has no category for, by its name in the model."""
    if aux.custom not in _FACTS:
        return
    name, read = _FACTS[aux.custom]
    try:
        yield name, read(aux.text)
    except (ValueError, KeyError):
        raise FormatError(
            _("“{text}” cannot be the {field} of a concept").format(text=aux.text, field=aux.custom),
            path=path,
            line=aux.line,
            unit=concept or None,
            hint=_("`tm help terms` says what the fields of the term base hold."),
        ) from None


def _left_out(found: TbxConcept) -> LeftOut:
    sides = {is_side(tag): terms for tag, terms in found.languages if terms}
    missing = _("no Simplified Chinese term") if "zh" not in sides else _("no English term")
    if "zh" not in sides and "en" not in sides:
        missing = _("neither a Simplified Chinese nor an English term")
    first = next((term.text for _tag, terms in found.languages for term in terms), "")
    count = sum(len(terms) for tag, terms in found.languages if is_side(tag))
    return LeftOut(line=found.line, concept=concept_id(found.id) or first, reason=missing, terms=count)


# --- Terms ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A term as it stands in the file: with the status stated, if any, and its type in lower case."""

    term: Term
    status: TermStatus | None
    kind: str

    @property
    def stands_for_another(self) -> bool:
        """True for an acronym of which nothing else is said."""
        term = self.term
        more = (term.note, term.source, term.acronym, term.unless)
        short = self.kind in _ACRONYM or (self.kind == _ABBREVIATION and _CAPITALS.fullmatch(term.text))
        return bool(short) and term.case == "insensitive" and not any(more)


def _drafts(found: TbxConcept, side: str, columns: _Columns) -> list[_Draft]:
    """The terms of one side, of all its languages, in the order of the file."""
    sections = [(tag, terms) for tag, terms in found.languages if is_side(tag) == side]
    return [_draft(term, tag, columns) for tag, terms in sections for term in terms]


def _draft(element: TermElement, tag: str, columns: _Columns) -> _Draft:
    known = _TermFields()
    for aux in element.fields:
        if not known.take(aux):
            columns.take(aux, is_side(tag))
    term = Term(
        lang=tag,
        text=element.text,
        case=known.case,
        pos=known.pos,
        acronym=known.acronym,
        unless=tuple(dict.fromkeys(known.unless)),
        note="\n".join(known.notes),
        source="; ".join(known.sources),
        line=element.line,
    )
    return _Draft(term=term, status=known.status, kind=known.kind)


class _TermFields:
    """The fields of one term as they come in."""

    def __init__(self) -> None:
        self.status: TermStatus | None = None
        self.kind = self.pos = self.acronym = ""
        self.case = "insensitive"
        self.unless: list[str] = []
        self.notes: list[str] = []
        self.sources: list[str] = []

    def take(self, aux: Aux) -> bool:
        """True when the field belongs to the term and has been kept."""
        lists = {"unless": self.unless, "x-note": self.notes, "note": self.notes, "source": self.sources}
        name = ("x-note" if aux.custom == "note" else aux.custom) or aux.category
        if name in lists:
            if aux.text:
                lists[name].append(aux.text)
            return True
        return self._custom(aux.custom, aux.text) if aux.custom else self._category(aux)

    def _custom(self, name: str, text: str) -> bool:
        if name == "case":
            self.case = text if text in _CASES else self.case
            return text in _CASES
        if name in ("pos", "acronym"):
            setattr(self, name, text)
            return True
        return False

    def _category(self, aux: Aux) -> bool:
        name = aux.category.lower()
        if name in _STATUS:
            self.status = status_of(aux.text) or self.status
            return status_of(aux.text) is not None
        if name == "termtype":
            self.kind = aux.text.replace(" ", "").lower()
            return self.kind in {*_ACRONYM, _ABBREVIATION, _FULL_FORM}
        if name == "partofspeech":
            self.pos = self.pos or pos_of(aux.text)
            return True
        return False


def _settled(drafts: Sequence[_Draft]) -> list[Term]:
    """The terms with their statuses: where none is stated, the first is preferred, the others admitted.

    An acronym that stands for another term is not the first where there is a full form.
    """
    unstated = [place for place, draft in enumerate(drafts) if draft.status is None]
    full = [place for place in unstated if not drafts[place].stands_for_another]
    stated = any(draft.status is TermStatus.PREFERRED for draft in drafts)
    first = -1 if stated or not unstated else (full or unstated)[0]
    return [
        replace(
            draft.term,
            status=draft.status or (TermStatus.PREFERRED if place == first else TermStatus.ADMITTED),
        )
        for place, draft in enumerate(drafts)
    ]


def _with_acronyms(terms: Sequence[Term], drafts: Sequence[_Draft]) -> list[Term]:
    """The terms, in which acronyms of which nothing else is said have joined their full forms."""
    kept: list[Term] = []
    full: list[bool] = []
    waiting: list[Term] = []
    for term, draft in zip(terms, drafts, strict=True):
        if draft.stands_for_another and term.status in _APPROVED:
            if not _join(term, kept, full):
                waiting.append(term)
        else:
            kept.append(term)
            full.append(draft.kind == _FULL_FORM)
    alone = [term for term in waiting if not _join(term, kept, full)]
    return [*kept, *alone]


def _join(acronym: Term, terms: list[Term], full: Sequence[bool]) -> bool:
    """True when an approved term without one has got it: the nearest full form, else the first."""
    free = [place for place, term in enumerate(terms) if term.status in _APPROVED and not term.acronym]
    named = [place for place in free if full[place]]
    if not free:
        return False
    place = named[-1] if named else free[0]
    terms[place] = replace(terms[place], acronym=acronym.text)
    return True


def _first_of_each(terms: Sequence[Term], key: Callable[[Term], Hashable]) -> tuple[Term, ...]:
    """The terms without those that repeat an earlier one."""
    kept: dict[Hashable, Term] = {}
    for term in terms:
        kept.setdefault(key(term), term)
    return tuple(kept.values())
