"""A whole OmegaT project from memories, source texts and the term base."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import BinaryIO

from tm.formats import tmx
from tm.formats.omegat import Content, OmegaTProject, project_files
from tm.formats.registry import format_for
from tm.formats.tmx_client import Client, Shape
from tm.model import Status, Unit
from tm.project.drafting import term_base
from tm.project.exporting import Chosen, shaped_memory, surveyed
from tm.project.folder import Project
from tm.project.imports import IMPORTED_FROM
from tm.project.omegat_places import Places
from tm.project.omegat_sources import are_segmented, occurrences
from tm.project.rivals import Rivals
from tm.store.atomic import claimed, force_folder, new_file, rename, store_error

__all__ = ["Trust", "omegat_files", "write_folder"]

_SCORED = "x-align-score"
_XLIFF = (".xlf", ".xliff")
_TRUSTED = (Status.REVIEWED, Status.APPROVED)


class Trust(IntEnum):
    """How far a unit is trusted; the value of a penalty is the points OmegaT takes off its matches."""

    ENFORCE = -2
    AUTO = -1
    OLDER = 5
    UNREVIEWED = 10
    ALIGNED = 15
    IMPORTED = 20
    DRAFT = 30

    @classmethod
    def of(cls, unit: Unit, *, contested: bool, beaten: bool) -> Trust:
        """Where the unit belongs; `contested` and `beaten` say what other translations of its source do."""
        if unit.status in _TRUSTED:
            if beaten:
                return cls.OLDER
            return cls.ENFORCE if unit.status is Status.APPROVED and not contested else cls.AUTO
        if unit.status is Status.DRAFT:
            return cls.DRAFT
        types = {prop.type for prop in unit.props}
        if IMPORTED_FROM in types:
            return cls.IMPORTED
        return cls.ALIGNED if _SCORED in types else cls.UNREVIEWED


def omegat_files(
    project: Project, units: Chosen, *, sources: Mapping[str, bytes], terms: Sequence[str] = ()
) -> dict[str, Content]:
    """The files of a whole OmegaT project by path in its folder.

    Every unit goes to the folder of its trust (`Trust`). A segment of a source file whose neighbours are
    those of a translation that is not the best of its source gets that one. The glossary holds no deprecated
    and no forbidden terms. XLIFF drafts come without their targets: OmegaT takes a target for the text to
    translate, and has the matches by itself.
    """
    shape, rivals = surveyed(units, Client.OMEGAT)
    places = Places(occurrences(sources, project.settings.source))
    trust = _sorted_out(units, rivals, places)
    memories = {
        level: {f"{units.name}.tmx": _writer(units, shape, _OfTrust(units, shape, trust, place))}
        for place, level in enumerate(Trust)
        if place in trust
    }
    auto = memories.get(Trust.AUTO, {})
    placed = places.units(shape)
    if placed:
        auto = {**auto, f"{units.name}-in-context.tmx": _writer(units, shape, placed)}
    return project_files(
        OmegaTProject(
            sources={name: _for_omegat(name, content) for name, content in sources.items()},
            auto=auto,
            enforce=memories.get(Trust.ENFORCE, {}),
            penalties={int(level): files for level, files in memories.items() if level > 0},
            concepts=term_base(project, terms).concepts,
            source_lang=shape.source_lang,
            target_lang=shape.target_lang,
            sentences=not are_segmented(sources),
        )
    )


def write_folder(folder: Path, files: Mapping[str, Content]) -> None:
    """Nothing; the folder, which must be absent or empty, holds the files, all at once."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with claimed(folder) as temporary:
            for name, content in files.items():
                place = temporary / name
                (place if name.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
                if not name.endswith("/"):
                    with new_file(place, folder / name) as stream:
                        _write(content, stream)
            if folder.is_dir():
                folder.rmdir()
            rename(temporary, folder)
        force_folder(folder)
    except OSError as error:
        raise store_error(error, folder) from error


def _write(content: Content, stream: BinaryIO) -> None:
    if callable(content):
        content(stream)
    else:
        stream.write(content)


# --- Memories by trust ------------------------------------------------------------------------------


def _sorted_out(units: Chosen, rivals: Rivals, places: Places) -> bytearray:
    """The trust of every unit (its place in `Trust`) by position; `places` sees the trusted rivals."""
    order = {level: place for place, level in enumerate(Trust)}
    trust = bytearray()
    for position, (unit, context) in enumerate(units.placed()):
        contested, beaten = rivals.contested(position), rivals.beaten(position)
        trust.append(order[Trust.of(unit, contested=contested, beaten=beaten)])
        if contested and unit.status in _TRUSTED:
            places.see(unit, context, beaten=beaten)
    return trust


@dataclass(frozen=True, slots=True)
class _OfTrust:
    """The units that are trusted so far, in their order."""

    units: Chosen
    shape: Shape
    trust: bytearray
    place: int

    def __iter__(self) -> Iterator[Unit]:
        for position, unit in enumerate(self.units):
            if self.trust[position] == self.place:
                yield self.shape.unit(unit)


def _writer(units: Chosen, shape: Shape, shaped: Iterable[Unit]) -> Content:
    return partial(tmx.write, tmx.strict(shaped_memory(units, shape, shaped)))


def _for_omegat(name: str, content: bytes) -> bytes:
    """A source file as OmegaT needs it: in XLIFF every target repeats its source."""
    if not name.lower().endswith(_XLIFF):
        return content
    form = format_for(name, "read")
    memory = form.reader(io.BytesIO(content), path=name)
    copies = [replace(unit, target=replace(unit.source, lang=unit.target.lang)) for unit in memory]
    stream = io.BytesIO()
    form.writer(replace(memory, units=copies), stream)
    return stream.getvalue()
