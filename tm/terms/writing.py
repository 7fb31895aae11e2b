"""Concepts as files for other tools and people, and what such a file cannot carry."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from gettext import gettext as _
from pathlib import PurePath
from typing import BinaryIO

from tm.errors import FormatError
from tm.formats import tbx, xlsx
from tm.formats.cell_guard import guarded
from tm.formats.omegat import glossary
from tm.model import Concept, TermStatus
from tm.terms.rows import table_of, unkept

__all__ = ["WRITABLE", "write_terms"]

_WRONG = (TermStatus.DEPRECATED, TermStatus.FORBIDDEN)
_GLOSSARY = (".txt", ".utf8")


def write_terms(
    concepts: Sequence[Concept], stream: BinaryIO, *, path: str, tbx_version: int = 2
) -> dict[str, int]:
    """What the file cannot carry, with how often these concepts have it; the stream holds the file.

    The ending of the name is the format: .csv .tsv .xlsx in the term base's columns, .tbx, and .txt or .utf8
    for OmegaT. The same concepts always give the same bytes.
    """
    ending = PurePath(path).suffix.lower()
    if ending == ".tbx":
        tbx.write(concepts, stream, version=tbx_version)
        return {}
    if ending not in WRITABLE:
        raise FormatError(
            _("terms cannot be written to a file of this ending"),
            path=path,
            hint=_("Endings that can: {endings}").format(endings=" ".join(sorted((*WRITABLE, ".tbx")))),
        )
    return WRITABLE[ending](concepts, stream)


def _csv(concepts: Sequence[Concept], stream: BinaryIO) -> dict[str, int]:
    return _separated(concepts, stream, ",")


def _tsv(concepts: Sequence[Concept], stream: BinaryIO) -> dict[str, int]:
    return _separated(concepts, stream, "\t")


def _separated(concepts: Sequence[Concept], stream: BinaryIO, mark: str) -> dict[str, int]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=mark, lineterminator="\n")
    writer.writerows([guarded(cell) for cell in cells] for cells in table_of(concepts))
    stream.write(text.getvalue().encode())
    return unkept(concepts)


def _xlsx(concepts: Sequence[Concept], stream: BinaryIO) -> dict[str, int]:
    xlsx.write_lines(table_of(concepts), stream)
    return unkept(concepts)


def _omegat(concepts: Sequence[Concept], stream: BinaryIO) -> dict[str, int]:
    stream.write(glossary(concepts))
    found: dict[str, int] = {}
    for concept in concepts:
        for name in _not_in_glossary(concept):
            found[name] = found.get(name, 0) + 1
    return dict(sorted(found.items()))


WRITABLE: dict[str, Callable[[Sequence[Concept], BinaryIO], dict[str, int]]] = {
    ".csv": _csv,
    ".tsv": _tsv,
    ".tab": _tsv,
    ".xlsx": _xlsx,
    **dict.fromkeys(_GLOSSARY, _omegat),
}
"""The endings of files that terms can be written to, beside .tbx."""


def _not_in_glossary(concept: Concept) -> list[str]:
    """The fields of a concept that a glossary does not have, once for every value."""
    facts = {
        "once": concept.once,
        "severity": concept.severity,
        "from": concept.valid_from,
        "until": concept.valid_until,
        "mono": concept.mono is not None,
    }
    found = [name for name, fact in facts.items() if fact]
    found += [name for name, _cell in concept.others]
    for term in concept.en:
        if term.status in _WRONG:
            found.append("deprecated and forbidden terms")
            continue
        fields = {"case": term.case != "insensitive", "pos": term.pos, "acronym": term.acronym}
        fields["source"] = bool(term.source)
        found += [name for name, value in fields.items() if value]
    found += ["unless" for term in concept.zh if term.unless]
    return found
