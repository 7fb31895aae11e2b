"""Reads the units of XLIFF 2.x: the core, and what this package writes in the metadata module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from gettext import gettext as _
from typing import Any

from tm.formats.xliff_corrections import corrected
from tm.formats.xliff_inline import content_of, text_of
from tm.formats.xliff_names import LANG, OWN, child_of, children_of, prop_of
from tm.formats.xliff_states import status_2
from tm.formats.xliff_unit import (
    Found,
    is_translatable,
    origin_in,
    unit_of,
    without_language,
    without_source,
)
from tm.model import Context, Header, Note, Prop, Segment, Unit

__all__ = ["Reader2"]

_NOTE_WORDS = ("id", "appliesTo", "category", "priority", "ref")
_Metas = list[tuple[str, str, str]]
"""Category, type and text."""


class Reader2:
    """Reads the elements of an XLIFF 2.x as they end."""

    tags = ("{*}unit",)

    def __init__(self, root: Mapping[str, str], path: str, *, finished: bool) -> None:
        self.files = 0
        self._path = path
        self._finished = finished
        self._langs = (root.get("srcLang", ""), root.get("trgLang", ""))
        self._file: Any = None
        self._notes: tuple[Note, ...] = ()

    @property
    def header(self) -> Header:
        """The languages, and the notes of the first file."""
        usual = Header()
        return Header(
            source_lang=self._langs[0] or usual.source_lang,
            target_lang=self._langs[1] or usual.target_lang,
            notes=self._notes,
        )

    def found(self, element: Any) -> Iterator[Found]:  # noqa: ANN401 - lxml
        """One unit for every segment of a unit that is for translation."""
        self._enter(next(element.iterancestors("{*}file"), None))
        if not is_translatable(element):
            return
        metas = list(_metas(element))
        segments = children_of(element, "segment")
        for number, segment in enumerate(segments, start=1):
            name = element.get("id", "")
            if len(segments) > 1:
                name = f"{name}.{segment.get('id') or number}"
            made = self._unit(name, element, segment, metas)
            status = status_2(segment, stated=False, finished=self._finished)
            yield Found(unit=unit_of(made, status), original=self._named(), stated="state" in segment.attrib)

    def finish(self, found: list[Found]) -> None:
        """Take a segment without a state for initial, where the file states that of any other."""
        if self._finished or not any(one.stated for one in found):
            return
        found[:] = [one if one.stated else replace(one, unit=one.without_target()) for one in found]

    def _enter(self, file: Any) -> None:  # noqa: ANN401 - lxml
        if file is None or file is self._file:
            return
        self._file = file
        self.files += 1
        if self.files == 1:
            self._notes = tuple(_notes(file))

    def _named(self) -> str:
        if self._file is None:
            return ""
        name: str = self._file.get("original", "") or self._file.get("id", "")
        return name

    def _unit(self, name: str, unit: Any, segment: Any, metas: _Metas) -> Unit:  # noqa: ANN401 - lxml
        source, target = child_of(segment, "source"), child_of(segment, "target")
        if source is None:
            raise without_source(segment, _("a segment without source"), path=self._path, unit=name)
        own = {kind: text for category, kind, text in metas if category == f"{OWN}:unit"}
        return Unit(
            id=own.get("id", name),
            source=self._side(source, unit, metas, own),
            target=self._side(target, unit, metas, own),
            origin=origin_in(own, path=self._path, unit=unit),
            context=Context(
                previous=own.get("previous", ""), next=own.get("next", ""), key=unit.get("name", "")
            ),
            notes=tuple(note for note in _notes(unit) if not _is_own(note)),
            props=tuple(_props(metas)),
            line=segment.sourceline,
        )

    def _side(self, element: Any, unit: Any, metas: _Metas, own: Mapping[str, str]) -> Segment:  # noqa: ANN401 - lxml
        """One side of a segment; a target that is not there is an empty one."""
        if element is None:
            return Segment(lang=own.get("target-lang", self.header.target_lang), text="")
        side = "source" if element.tag.endswith("source") else "target"
        lang = own.get(f"{side}-lang") or element.get(LANG, "") or self._langs[side == "target"]
        found = content_of(element, lang, _native(unit))
        if found.text and not lang:
            name = "srcLang" if side == "source" else "trgLang"
            raise without_language(unit, side, name, path=self._path)
        noted = [text for category, kind, text in metas if (category, kind) == (f"{OWN}:codes", side)]
        return corrected(found, noted)


def _native(unit: Any) -> dict[str, str]:  # noqa: ANN401 - lxml
    """The original data of a unit by id."""
    return {
        part.get("id", ""): text_of(part)
        for group in children_of(unit, "originalData")
        for part in children_of(group, "data")
    }


def _metas(unit: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - lxml
    for metadata in children_of(unit, "metadata"):
        for meta in metadata.iter("{*}meta"):
            yield meta.getparent().get("category", ""), meta.get("type", ""), text_of(meta)


def _props(metas: _Metas) -> Iterator[Prop]:
    """The properties, also what other programs say in metadata: type and category are its name then."""
    for category, kind, text in metas:
        if category == f"{OWN}:props":
            yield prop_of(kind, text)
        elif category.partition(":")[0] != OWN:
            yield Prop(type=f"{category}:{kind}" if category else kind, text=text)


def _notes(element: Any) -> Iterator[Note]:  # noqa: ANN401 - lxml
    for group in children_of(element, "notes"):
        for note in children_of(group, "note"):
            said = tuple((word, note.get(word)) for word in _NOTE_WORDS if note.get(word))
            yield Note(text="".join(note.itertext()), lang=note.get(LANG, ""), attributes=said)


def _is_own(note: Note) -> bool:
    """True for what a draft says of itself."""
    return dict(note.attributes).get("category", "").startswith(f"{OWN}:")
