"""The segments of source files as OmegaT knows them: by file, text, and what stands before and after.

For text, XLIFF and PO it is known how OmegaT cuts and names them (3.6); of other files nothing is said.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tm.formats.registry import format_for
from tm.formats.tmx_client import Place
from tm.model import Memory, Unit
from tm.project.texts import segments_of

__all__ = ["Occurrence", "are_segmented", "occurrences"]

_XLIFF = (".xlf", ".xliff")
_PO = (".po",)
_TEXT = (".txt",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A segment of a source file, its neighbours, and how OmegaT knows the place."""

    source: str
    previous: str
    next: str
    place: Place


def are_segmented(names: Iterable[str]) -> bool:
    """True when there is a file among them whose segments OmegaT must leave as they are."""
    return any(name.lower().endswith((*_XLIFF, *_PO)) for name in names)


def occurrences(sources: Mapping[str, bytes], lang: str) -> Iterator[Occurrence]:
    """The segments of all files; those with inline codes, and their neighbours, are left out."""
    whole_lines = are_segmented(sources)
    for name, content in sorted(sources.items()):
        lower = name.lower()
        if lower.endswith(_PO):
            yield from _of_po(name, content)
        elif lower.endswith(_XLIFF):
            units = _read(name, content)
            yield from _in_order(name, [_plain(unit) for unit in units])
        elif lower.endswith(_TEXT) and not whole_lines:
            placed = segments_of(content, path=name, lang=lang)
            yield from _in_order(name, [one.segment.text.strip() for one in placed])


def _read(name: str, content: bytes) -> Memory:
    return format_for(name, "read").reader(io.BytesIO(content), path=name)


def _plain(unit: Unit) -> str | None:
    """The text of a segment; None where OmegaT shows tags in it."""
    return None if unit.source.codes else unit.source.text.strip()


def _in_order(name: str, texts: list[str | None]) -> Iterator[Occurrence]:
    """Each segment between its neighbours; at the ends of the file there is an empty one."""
    for before, text, after in zip(["", *texts[:-1]], texts, [*texts[1:], ""], strict=True):
        if text and before is not None and after is not None:
            place = Place(file=name, previous=before, next=after)
            yield Occurrence(source=text, previous=before, next=after, place=place)


def _of_po(name: str, content: bytes) -> Iterator[Occurrence]:
    """The segments of a PO file. OmegaT tells equal ones apart by their msgctxt alone."""
    units = list(_read(name, content))
    counts = Counter(unit.source.text for unit in units)
    texts = [unit.source.text for unit in units]
    for unit, before, after in zip(units, ["", *texts[:-1]], [*texts[1:], ""], strict=True):
        path = unit.id if counts[unit.source.text] > 1 else ""
        place = Place(file=name, path=path)
        yield Occurrence(source=unit.source.text, previous=before, next=after, place=place)
