"""Concepts as rows of a term base: what `tm.terms.table.concepts` makes the same concepts of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tm.model import Concept, Term, TermStatus
from tm.terms.table import COLUMNS

__all__ = ["columns_of", "rows_of", "table_of", "unkept"]

_ALWAYS = COLUMNS[: COLUMNS.index("once")]
_ONCE = frozenset({"definition", "context", "concept-note"})
_ONCE_OF_SIDE = ("definition-", "context-", "note-", "term-")


def rows_of(concept: Concept) -> list[dict[str, str]]:
    """The rows of a concept as cells by column; every English term has one, in the order of the concept.

    Chinese forms after the first, and what is said of a Chinese form, have rows without English.
    """
    first = concept.zh[0]
    rows = [_english(concept, term) for term in concept.en]
    rows[0]["unless"] = "|".join(first.unless)
    alone = first.note or first.source or first.pos != concept.en[0].pos
    chinese = [_chinese(concept, term) for term in (concept.zh if alone else concept.zh[1:])]
    if alone:
        rows[0]["unless"] = ""
        rows = [chinese[0], *rows, *chinese[1:]]
    else:
        rows = [*rows, *chinese]
    _spread(concept.others, rows, concept)
    return rows


def columns_of(concepts: Iterable[Concept]) -> list[str]:
    """The header that these concepts need: the usual columns, the optional ones in use, then all others."""
    used: dict[str, None] = {}
    for concept in concepts:
        used |= dict.fromkeys(name for name, cell in _facts(concept).items() if cell)
        used |= dict.fromkeys(name for name, _cell in concept.others)
    optional = [name for name in COLUMNS if name not in _ALWAYS and name in used]
    return [*_ALWAYS, *optional, *(name for name in used if name not in COLUMNS)]


def table_of(concepts: Iterable[Concept]) -> Iterator[list[str]]:
    """The header and the rows of these concepts."""
    known = tuple(concepts)
    columns = columns_of(known)
    yield columns
    for concept in known:
        for row in rows_of(concept):
            yield [row.get(column, "") for column in columns]


def unkept(concepts: Iterable[Concept]) -> dict[str, int]:
    """What rows cannot hold and how often these concepts have it: the status of Chinese forms, regions."""
    found = {"status of a Chinese form": 0, "language region": 0}
    for concept in concepts:
        for place, term in enumerate(concept.zh):
            usual = TermStatus.ADMITTED if place else TermStatus.PREFERRED
            found["status of a Chinese form"] += term.status not in (usual, TermStatus.ADMITTED)
        found["language region"] += len({term.lang for term in concept.en}) > 1
    return {name: count for name, count in found.items() if count}


def _english(concept: Concept, term: Term) -> dict[str, str]:
    return {
        "concept": concept.id,
        "zh": concept.zh[0].text,
        "en": term.text,
        "status": term.status.value,
        "case": term.case,
        "pos": term.pos,
        "acronym": term.acronym,
        "note": term.note,
        "source": term.source,
        **_facts(concept),
    }


def _chinese(concept: Concept, term: Term) -> dict[str, str]:
    return {
        "concept": concept.id,
        "zh": term.text,
        "pos": term.pos,
        "unless": "|".join(term.unless),
        "note": term.note,
        "source": term.source,
        **_facts(concept),
    }


def _facts(concept: Concept) -> dict[str, str]:
    return {
        "domain": concept.domain,
        "once": "yes" if concept.once else "",
        "severity": concept.severity.value if concept.severity else "",
        "from": concept.valid_from.isoformat() if concept.valid_from else "",
        "until": concept.valid_until.isoformat() if concept.valid_until else "",
        "mono": {True: "yes", False: "no", None: ""}[concept.mono],
    }


def _spread(others: Iterable[tuple[str, str]], rows: list[dict[str, str]], concept: Concept) -> None:
    """Puts the cells of unknown columns into the rows: one for all rows, or one for each."""
    cells: dict[str, list[str]] = {}
    for name, cell in others:
        cells.setdefault(name, []).append(cell)
    while len(rows) < max(map(len, cells.values()), default=0):
        rows.append({"concept": concept.id, "zh": concept.zh[0].text, **_facts(concept)})
    for name, found in cells.items():
        everywhere = len(found) == 1 and name not in _ONCE and not name.startswith(_ONCE_OF_SIDE)
        for place, row in enumerate(rows):
            if everywhere or place < len(found):
                row[name] = found[0] if everywhere else found[place]
