"""Terms that come in, merged into a term base: what is new, what changes, and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from gettext import gettext as _

from tm.errors import ConfigError
from tm.model import Concept, Term, TermStatus
from tm.terms.base import APPROVED
from tm.terms.rows import rows_of
from tm.text.folding import fold_chinese

__all__ = ["Change", "Merge", "Policy", "Remark", "policy"]

_FIELDS = ("status", "case", "pos", "acronym", "note", "source")
_FACTS = ("domain", "once", "severity", "from", "until", "mono")


class Policy(StrEnum):
    """What to do where a known concept has other renderings, or other facts of the same."""

    ADD = "add"
    OVERWRITE = "overwrite"
    KEEP = "keep"


def policy(name: str) -> Policy:
    """The policy of this name; ConfigError for one that there is not."""
    try:
        return Policy(name)
    except ValueError as error:
        raise ConfigError(
            _("there is no way to solve conflicts by the name {name}").format(name=name),
            hint=_("Choose one of: {names}").format(names=", ".join(Policy)),
        ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row to add to a concept, or cells to put into the row of a rendering that is there.

    `replaces` is text and status of that rendering; None for a row to add. `first` = the concept is new.
    """

    concept: str
    cells: Mapping[str, str]
    replaces: tuple[str, TermStatus] | None = None
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something about a term that came in: `kind` is conflict or kept (not taken), or note (taken)."""

    kind: str
    line: int
    concept: str
    term: str
    reason: str


@dataclass(slots=True)
class _Known:
    """A concept as it stands, what came in before included."""

    id: str
    zh: dict[str, str] = field(default_factory=dict)
    en: dict[str, list[Term]] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    others: set[tuple[str, str]] = field(default_factory=set)
    decided: dict[str, str] = field(default_factory=dict)  # facts that came in
    came: dict[tuple[str, ...], str] = field(default_factory=dict)  # renderings that came in, and their cells

    @classmethod
    def of(cls, concept: Concept) -> _Known:
        known = cls(concept.id)
        for term in concept.zh:
            known.zh.setdefault(_zh_key(term.text), term.text)
        for term in concept.en:
            known.en.setdefault(_en_key(term.text), []).append(term)
        row = rows_of(concept)[0]
        known.facts = {name: row[name] for name in _FACTS if row.get(name)}
        known.others = set(concept.others)
        return known

    def preferred(self) -> str:
        """The first preferred rendering; empty when there is none."""
        terms = (term for found in self.en.values() for term in found)
        return next((term.text for term in terms if term.status is TermStatus.PREFERRED), "")


class Merge:
    """A merge under way: `take` concepts, then read `changes`, `counts` and `remarks`.

    A concept that comes in is one that is there when both share a Chinese and an English term, or else when
    it has its id and shares a term with it. Counted are terms of both languages: read = added + updated +
    unchanged + skipped.
    """

    def __init__(self, concepts: Iterable[Concept], how: Policy = Policy.ADD) -> None:
        self._how = how
        self._ids: dict[str, _Known] = {}
        self._zh: dict[str, list[_Known]] = {}
        self._wrong: dict[str, str] = {}
        self._right: dict[str, str] = {}
        self.changes: list[Change] = []
        self.remarks: list[Remark] = []
        self.counts = dict.fromkeys(("read", "added", "updated", "unchanged", "skipped"), 0)
        self.new_concepts = 0
        for concept in concepts:
            self._know(_Known.of(concept))

    def take(self, concept: Concept) -> None:
        """Merges one concept."""
        known = self._find(concept)
        if known is not None:
            self._add_terms(concept, known)
        elif self._how is Policy.KEEP and (others := self._homonyms(concept)):
            reason = _("{zh} is a term of concept {other}, which is kept as it is")
            self._remark("kept", concept, concept.zh[0], reason.format(zh=concept.zh[0].text, other=others))
            for _term in (*concept.zh, *concept.en):
                self._count("skipped")
        else:
            self._add_concept(concept)

    # --- Finding --------------------------------------------------------------------------------

    def _know(self, known: _Known) -> None:
        self._ids[known.id] = known
        for key in known.zh:
            self._zh.setdefault(key, []).append(known)
        for key, terms in known.en.items():
            for term in terms:
                self._note_status(known, key, term)

    def _note_status(self, known: _Known, key: str, term: Term) -> None:
        if term.status is TermStatus.PREFERRED:
            self._right.setdefault(key, known.id)
        elif term.status is TermStatus.FORBIDDEN:
            self._wrong.setdefault(key, known.id)

    def _find(self, concept: Concept) -> _Known | None:
        zh = [_zh_key(term.text) for term in concept.zh]
        en = {_en_key(term.text) for term in concept.en}
        known = self._ids.get(concept.id)
        sharing = {one.id: len(en & one.en.keys()) for key in zh for one in self._zh.get(key, ())}
        best = max(sharing, key=lambda name: self._likeness(name, concept, sharing[name]), default="")
        if best and sharing[best]:
            whole = self._likeness(best, concept, sharing[best])[0]
            return known if known and sharing.get(known.id) and not whole else self._ids[best]
        if known and (any(key in known.zh for key in zh) or not en.isdisjoint(known.en)):
            return known
        return None

    def _likeness(self, name: str, concept: Concept, shared: int) -> tuple[bool, int, bool, int]:
        """How well a known concept suits: it has all terms, so many renderings, this id, few terms besides.

        All terms first: so a concept that has been merged is found again where it is.
        """
        known = self._ids[name]
        zh = {_zh_key(term.text) for term in concept.zh}
        whole = zh <= known.zh.keys() and {_en_key(term.text) for term in concept.en} <= known.en.keys()
        return whole, shared, name == concept.id, -len(known.en) - len(known.zh) if whole else 0

    def _homonyms(self, concept: Concept) -> str:
        """The concepts that have a Chinese term of this one, by their ids."""
        found = {one.id: None for term in concept.zh for one in self._zh.get(_zh_key(term.text), ())}
        return ", ".join(found)

    def _fresh_id(self, concept: Concept) -> str:
        """The concept's id, or where that is taken its Chinese term, with a number if need be."""
        wanted = [concept.id, concept.zh[0].text]
        name = next((name for name in wanted if name not in self._ids), "")
        number = 2
        while not name:
            name = f"{concept.id}.{number}" if f"{concept.id}.{number}" not in self._ids else ""
            number += 1
        return name

    # --- Adding ---------------------------------------------------------------------------------

    def _add_concept(self, concept: Concept) -> None:
        homonyms = self._homonyms(concept)
        known = _Known(self._fresh_id(concept))
        chinese = [term for term in concept.zh if self._new_zh(known, term)]
        english = [term for term in concept.en if self._new_en(known, term)]
        whole = replace(concept, id=known.id, zh=tuple(chinese), en=tuple(english))
        self.changes += [Change(concept=known.id, cells=row, first=True) for row in rows_of(whole)]
        self.new_concepts += 1
        known.facts = _Known.of(whole).facts
        known.others = set(concept.others)
        known.decided = known.facts | {name: concept.id for name, _cell in concept.others}
        self._know(known)
        if homonyms:
            reason = _("{zh} is a term of concept {other} too, with other renderings")
            self._remark("note", known, chinese[0], reason.format(zh=chinese[0].text, other=homonyms))

    def _new_zh(self, known: _Known, term: Term) -> bool:
        key = _zh_key(term.text)
        if key in known.zh:
            self._count("unchanged")
            return False
        known.zh[key] = term.text
        self._count("added")
        return True

    def _new_en(self, known: _Known, term: Term) -> bool:
        """True when a new concept takes a term: it contradicts no other of its own."""
        key = _en_key(term.text)
        others = known.en.get(key, [])
        if any((other.status in APPROVED) != (term.status in APPROVED) for other in others):
            self._count("skipped")
            self._remark("conflict", known, term, _contradiction(term, others[0]))
            return False
        self._believe(known, term)
        self._count("added")
        self._look_elsewhere(known, term)
        return True

    def _believe(self, known: _Known, term: Term) -> None:
        """A rendering that comes in stands with the concept; no later one overwrites what it says."""
        key = _en_key(term.text)
        known.en.setdefault(key, []).append(term)
        known.came[(key,)] = term.text
        for name in ("en", *_FIELDS):
            if cell := _cell(term, name):
                known.came.setdefault((key, term.status, name), cell)

    def _add_terms(self, concept: Concept, known: _Known) -> None:
        rows = rows_of(replace(concept, id=known.id))
        changed = self._how is Policy.OVERWRITE and self._overwrite_facts(concept, known)
        for term in concept.zh:
            self._merge_zh(known, term)
        seen: dict[str, Term] = {}
        for term in concept.en:
            first = seen.setdefault(_en_key(term.text), term)
            if (first.status in APPROVED) != (term.status in APPROVED):
                self._count("skipped")
                self._remark("conflict", known, term, _contradiction(term, first))
                continue
            cells = next(row for row in rows if row.get("en") == term.text and row["status"] == term.status)
            self._merge_en(known, term, cells, touched=changed)
            changed = False

    def _merge_zh(self, known: _Known, term: Term) -> None:
        key = _zh_key(term.text)
        if key in known.zh:
            self._count("unchanged")
        elif self._how is Policy.KEEP:
            self._count("skipped")
            self._remark("kept", known, term, _("the concept is known, and kept as it is"))
        else:
            known.zh[key] = term.text
            self._zh.setdefault(key, []).append(known)
            self._count("added")
            cells = {"zh": term.text, "pos": term.pos, "unless": "|".join(term.unless)}
            self._change(known, {**cells, "note": term.note, "source": term.source})

    def _merge_en(self, known: _Known, term: Term, cells: Mapping[str, str], *, touched: bool) -> None:
        others = known.en.get(_en_key(term.text), [])
        same = next((other for other in others if other.status is term.status), None)
        other = same or (others[0] if others else None)
        if other is None:
            self._merge_new(known, term, cells)
        elif self._how is Policy.OVERWRITE and (same or (_en_key(term.text),) not in known.came):
            self._overwrite(known, other, term, cells, touched=touched)
        elif (other.status in APPROVED) != (term.status in APPROVED):
            self._count("skipped")
            self._remark("conflict", known, term, _contradiction(term, other))
        else:
            self._count("unchanged")

    def _merge_new(self, known: _Known, term: Term, cells: Mapping[str, str]) -> None:
        if self._how is Policy.KEEP:
            self._count("skipped")
            self._remark("kept", known, term, _("the concept is known, and kept as it is"))
            return
        preferred = known.preferred()
        if term.status is TermStatus.PREFERRED and preferred:
            reason = _("the concept prefers “{term}” already; this one stands behind it")
            self._remark("note", known, term, reason.format(term=preferred))
        self._believe(known, term)
        self._note_status(known, _en_key(term.text), term)
        self._count("added")
        self._change(known, {name: cells.get(name, "") for name in ("en", *_FIELDS)})
        self._look_elsewhere(known, term)

    # --- Overwriting ----------------------------------------------------------------------------

    def _overwrite(
        self, known: _Known, old: Term, term: Term, cells: Mapping[str, str], *, touched: bool
    ) -> None:
        new = {name: cells.get(name, "") for name in ("en", *_FIELDS)}
        if new["case"] == "insensitive":
            del new["case"]  # what is said by default overwrites nothing
        key = _en_key(term.text)
        said = {name: cell for name, cell in new.items() if cell}
        said = {
            name: cell
            for name, cell in said.items()
            if known.came.setdefault((key, term.status, name), cell) == cell
        }
        known.came[(key,)] = term.text
        differing = {name: cell for name, cell in said.items() if cell != _cell(old, name)}
        if differing:
            self.changes.append(Change(concept=known.id, cells=differing, replaces=(old.text, old.status)))
            found = known.en[_en_key(old.text)]
            found[found.index(old)] = replace(
                old,
                text=differing.get("en", old.text),
                status=term.status,
                case=differing.get("case", old.case),
                pos=differing.get("pos", old.pos),
                acronym=differing.get("acronym", old.acronym),
                note=differing.get("note", old.note),
                source=differing.get("source", old.source),
            )
            self._look_elsewhere(known, term)
        self._count("updated" if differing or touched else "unchanged")

    def _overwrite_facts(self, concept: Concept, known: _Known) -> bool:
        """True when facts of a known concept change: those that the other has and that differ.

        Of several concepts that come in and are this one, the first that has a fact is believed.
        """
        row = rows_of(concept)[0]
        facts = {name: row[name] for name in _FACTS if row.get(name)}
        late = {name for name, cell in facts.items() if known.decided.get(name, cell) != cell}
        late |= {name for name, _cell in concept.others if known.decided.get(name, concept.id) != concept.id}
        if late:
            reason = _("another concept of the same import has said otherwise: {names}")
            self._remark("kept", known, concept.zh[0], reason.format(names=", ".join(sorted(late))))
        new = {name: cell for name, cell in facts.items() if name not in late}
        known.decided |= new | {name: concept.id for name, _cell in concept.others if name not in late}
        cells = {name: cell for name, cell in new.items() if known.facts.get(name) != cell}
        known.facts |= new
        for name, cell in concept.others:
            if name not in late and (name, cell) not in known.others:
                known.others = {pair for pair in known.others if pair[0] != name} | {(name, cell)}
                cells[name] = cell
        if cells:
            self.changes.append(Change(concept=known.id, cells=cells, replaces=("", TermStatus.PREFERRED)))
        return bool(cells)

    # --- Telling --------------------------------------------------------------------------------

    def _change(self, known: _Known, cells: Mapping[str, str]) -> None:
        zh = next(iter(known.zh.values()))
        row = {"concept": known.id, "zh": zh, "domain": known.facts.get("domain", "")}
        self.changes.append(Change(concept=known.id, cells={**row, **cells}))

    def _count(self, kind: str) -> None:
        self.counts["read"] += 1
        self.counts[kind] += 1

    def _look_elsewhere(self, known: _Known, term: Term) -> None:
        """Remarks on a rendering that is preferred here and forbidden in another concept, or the reverse."""
        there = {TermStatus.PREFERRED: self._wrong, TermStatus.FORBIDDEN: self._right}.get(term.status, {})
        other = there.get(_en_key(term.text), known.id)
        if other != known.id:
            reason = (
                _("preferred here, forbidden in concept {other}")
                if term.status is TermStatus.PREFERRED
                else _("forbidden here, preferred in concept {other}")
            )
            self._remark("note", known, term, reason.format(other=other))

    def _remark(self, kind: str, concept: Concept | _Known, term: Term, reason: str) -> None:
        self.remarks.append(
            Remark(kind=kind, line=term.line, concept=concept.id, term=term.text, reason=reason)
        )


def _contradiction(term: Term, other: Term) -> str:
    return _("{new} as it comes in, {old} in the term base").format(
        new=term.status.value, old=other.status.value
    )


def _cell(term: Term, name: str) -> str:
    value = {"en": term.text, "status": term.status.value}.get(name)
    return str(getattr(term, name)) if value is None else value


def _zh_key(text: str) -> str:
    return fold_chinese(text).text


def _en_key(text: str) -> str:
    return " ".join(text.casefold().split())
