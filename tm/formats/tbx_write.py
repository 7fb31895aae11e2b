"""Concepts as TBX: version 2 (martif), which nearly every tool reads, or version 3 (ISO 30042:2019, DCA)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from gettext import gettext as _
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

from tm.errors import FormatError
from tm.formats.tbx_fields import (
    COLUMN,
    CUSTOM,
    FURTHER,
    STATUSES,
    is_side,
    part_of_speech,
    pos_of,
    xml_id,
)
from tm.formats.tmx_escape import checked, text, value
from tm.model import Concept, Term, TermStatus
from tm.text.languages import canonical, is_well_formed
from tm.version import __version__

__all__ = ["write"]

_APPROVED = (TermStatus.PREFERRED, TermStatus.ADMITTED)
_SIDES = ("zh", "en")
_KINDS = ("definition", "context", "note")

_HEADS = {
    2: """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en">
  <martifHeader>
    <fileDesc>
      <sourceDesc>
        <p>tm {version}</p>
      </sourceDesc>
    </fileDesc>
    <encodingDesc>
      <p type="XCSURI">TBXXCSV02.xcs</p>
    </encodingDesc>
  </martifHeader>
  <text>
    <body>
""",
    3: """\
<?xml version="1.0" encoding="UTF-8"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" style="dca" type="TBX-Basic" xml:lang="en">
  <tbxHeader>
    <fileDesc>
      <sourceDesc>
        <p>tm {version}</p>
      </sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text>
    <body>
""",
}
_NAMES = {
    2: {"concept": "termEntry", "lang": "langSet", "term": "tig", "root": "martif"},
    3: {"concept": "conceptEntry", "lang": "langSec", "term": "termSec", "root": "tbx"},
}


def write(concepts: Iterable[Concept], stream: BinaryIO, *, version: int = 2) -> None:
    """Writes the concepts; the same concepts always give the same bytes.

    A character that XML cannot hold, and a file without a concept, which TBX does not know, are FormatErrors.
    """
    known = tuple(concepts)
    if not known:
        raise FormatError(_("there is no term to write: a TBX file holds at least one concept"))
    stream.write(_HEADS[version].format(version=__version__).encode())
    for concept in known:
        xml = checked("".join(f"{line}\n" for line in _ConceptWriter(version).lines(concept)))
        if xml is None:
            raise FormatError(
                _("concept {id} has a character that XML cannot hold").format(id=ascii(concept.id)),
                hint=_("Take the control character out of the term base."),
            )
        stream.write(xml)
    stream.write(f"    </body>\n  </text>\n</{_NAMES[version]['root']}>\n".encode())


class _ConceptWriter:
    """Writes concepts in one version of TBX."""

    def __init__(self, version: int) -> None:
        self._version = version
        self._names = _NAMES[version]

    def lines(self, concept: Concept) -> Iterator[str]:
        """The lines of a concept, indented."""
        name = self._names["concept"]
        yield f"      <{name} id={value(xml_id(concept.id))}>"
        for line in self._facts(concept):
            yield f"        {line}"
        for side, terms in zip(_SIDES, (concept.zh, concept.en), strict=True):
            columns = concept.others
            for lang, group in groupby(terms, key=lambda term: term.lang):
                yield from self._language(lang, tuple(group), _of_side(columns, side))
                columns = ()
        yield from self._further(concept)
        yield f"      </{name}>"

    def _facts(self, concept: Concept) -> Iterator[str]:
        if concept.domain:
            yield _typed("descrip", "subjectField", concept.domain)
        yield from (_typed("descrip", name, cell) for name, cell in concept.others if name == "definition")
        facts = {
            "once": "yes" if concept.once else "",
            "severity": concept.severity.value if concept.severity else "",
            "from": concept.valid_from.isoformat() if concept.valid_from else "",
            "until": concept.valid_until.isoformat() if concept.valid_until else "",
            "mono": {True: "yes", False: "no", None: ""}[concept.mono],
        }
        for name, fact in facts.items():
            if fact:
                yield self._custom(name, fact)
        for name, cell in concept.others:
            if name not in _PLACED and not _further(name):
                yield self._custom(COLUMN + _plain(name), cell)
        yield from (self._note(cell) for name, cell in concept.others if name == "concept-note")

    def _language(self, lang: str, terms: Sequence[Term], columns: Mapping[str, list[str]]) -> Iterator[str]:
        name = self._names["lang"]
        yield f"        <{name} xml:lang={value(lang)}>"
        yield from (f"          {_typed('descrip', 'definition', cell)}" for cell in columns["definition"])
        yield from (f"          {self._note(cell)}" for cell in columns["note"])
        contexts = [_typed("descrip", "context", cell) for cell in columns["context"]]
        taken = {term.text for term in terms}
        for term in terms:
            own = bool(term.acronym) and term.status in _APPROVED and term.acronym not in taken
            yield from self._term(
                term.text, self._notes(term, own=own), (*self._aux(term, own=own), *contexts)
            )
            if own:
                taken.add(term.acronym)
                yield from self._term(term.acronym, self._acronym(term))
            contexts = []
        yield f"        </{name}>"

    def _term(self, word: str, notes: Iterable[str], aux: Iterable[str] = ()) -> Iterator[str]:
        name = self._names["term"]
        yield f"          <{name}>"
        yield f"            <term>{text(word)}</term>"
        for line in (*notes, *aux):
            yield f"            {line}"
        yield f"          </{name}>"

    def _notes(self, term: Term, *, own: bool) -> Iterator[str]:
        yield _typed("termNote", "administrativeStatus", STATUSES[term.status])
        if term.pos:
            yield _typed("termNote", "partOfSpeech", part_of_speech(term.pos, self._version))
        if own:
            yield _typed("termNote", "termType", "fullForm")

    def _acronym(self, term: Term) -> Iterator[str]:
        yield _typed("termNote", "administrativeStatus", STATUSES[term.status])
        yield _typed("termNote", "termType", "acronym")

    def _aux(self, term: Term, *, own: bool) -> Iterator[str]:
        if term.pos and pos_of(part_of_speech(term.pos, self._version)) != term.pos:
            yield self._custom("pos", term.pos)
        if term.case != "insensitive":
            yield self._custom("case", term.case)
        yield from (self._custom("unless", context) for context in term.unless)
        if term.acronym and not own:
            yield self._custom("acronym", term.acronym)
        if term.source:
            yield _typed("admin", "source", term.source)
        if term.note:
            yield self._note(term.note)

    def _further(self, concept: Concept) -> Iterator[str]:
        found = [(_further(name), cell) for name, cell in concept.others if _further(name)]
        name = self._names["lang"]
        for lang, group in groupby(sorted(found, key=itemgetter(0)), key=itemgetter(0)):
            yield f"        <{name} xml:lang={value(lang)}>"
            for _lang, cell in group:
                yield from self._term(cell, ())
            yield f"        </{name}>"

    def _note(self, content: str) -> str:
        """A note; one that could be taken for a field of the term base is marked as a note."""
        if content.startswith(CUSTOM):
            return self._custom("note", content)
        return f"<note>{text(content)}</note>"

    def _custom(self, name: str, content: str) -> str:
        if self._version == 2:
            return _typed("admin", CUSTOM + name, content)
        return f"<note>{text(f'{CUSTOM}{name}: {content}')}</note>"


_PLACED = frozenset({"definition", "concept-note"} | {f"{kind}-{side}" for kind in _KINDS for side in _SIDES})
"""Columns that have a data category of TBX."""


def _further(column: str) -> str:
    """The language whose terms a column holds; empty for any other column."""
    tag = canonical(column.removeprefix(FURTHER))
    known = is_well_formed(tag) and column == f"{FURTHER}{tag.lower()}"
    return tag if known and not is_side(tag) else ""


def _of_side(columns: Iterable[tuple[str, str]], side: str) -> dict[str, list[str]]:
    """The definitions, contexts and notes of one language."""
    return {kind: [cell for name, cell in columns if name == f"{kind}-{side}"] for kind in _KINDS}


def _plain(name: str) -> str:
    """A column's name without a colon, which ends it in a note."""
    return name.replace("%", "%25").replace(":", "%3A")


def _typed(element: str, kind: str, content: str) -> str:
    return f"<{element} type={value(kind)}>{text(content)}</{element}>"
