"""Reads the units of XLIFF 1.x, also as Trados, memoQ and Phrase write it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from gettext import gettext as _
from typing import Any

from tm.errors import FormatError
from tm.formats.xliff_corrections import corrected
from tm.formats.xliff_inline import content_of
from tm.formats.xliff_names import LANG, MARK, OWN, child_of, children_of, local, prop_of
from tm.formats.xliff_states import status_of
from tm.formats.xliff_unit import (
    Found,
    is_translatable,
    origin_in,
    unit_of,
    without_language,
    without_source,
)
from tm.model import Context, Header, Note, Origin, Prop, Segment, Status, Unit

__all__ = ["Reader1"]

_NOTE_WORDS = ("from", "priority", "annotates")
_COMMENT = "x-sdl-comment"
_COMMENT_ID = f"{MARK}{{http://sdl.com/FileTypes/SdlXliff/1.0}}cid"
_OWN_TYPE = f"x-{OWN}."
_OLD_ORIGIN = f"{OWN}:origin"
_Pair = tuple[str, Any, Any, Status | None]


class Reader1:
    """Reads the elements of an XLIFF 1.x as they end."""

    tags = ("{*}trans-unit", "{*}bin-unit", "{*}cmt-def", "{*}internal-file")

    def __init__(self, path: str, *, finished: bool) -> None:
        self.files = 0
        self._path = path
        self._finished = finished
        self._file: Any = None
        self._phases: dict[str, Origin] = {}
        self._comments: dict[str, tuple[Note, ...]] = {}
        self._langs = ("", "")
        self._header = Header()

    @property
    def header(self) -> Header:
        """The first file's languages and tool; unknown languages are those of the first texts."""
        langs = (self._langs[0] or self._header.source_lang, self._langs[1] or self._header.target_lang)
        return replace(self._header, source_lang=langs[0], target_lang=langs[1])

    def found(self, element: Any) -> Iterator[Found]:  # noqa: ANN401 - lxml
        """The units of a trans-unit that is for translation."""
        name = local(element)
        if name == "bin-unit":
            raise FormatError(
                _("a bin-unit holds a binary object, which no memory can keep"),
                line=element.sourceline,
                unit=element.get("id"),
                hint=_("Export the file without binary objects, or take the bin-unit out."),
            )
        if name == "cmt-def":
            self._comments[element.get("id", "")] = tuple(_comments(element))
        elif name == "trans-unit" and is_translatable(element):
            self._enter(next(element.iterancestors("{*}file"), None))
            yield from self._units(element)

    def finish(self, found: list[Found]) -> None:
        """Nothing is left to judge."""

    def _enter(self, file: Any) -> None:  # noqa: ANN401 - lxml
        """Read what a file says of all its units, once."""
        if file is None or file is self._file:
            return
        self._file = file
        self.files += 1
        head = child_of(file, "header")
        self._phases = dict(_phases(head)) if head is not None else {}
        if self.files == 1:
            self._langs = (file.get("source-language", ""), file.get("target-language", ""))
            tool = child_of(head, "tool") if head is not None else None
            notes = tuple(_note(note) for note in children_of(head, "note")) if head is not None else ()
            said = ("", "") if tool is None else (tool.get("tool-name", ""), tool.get("tool-version", ""))
            self._header = Header(tool=said[0], tool_version=said[1], notes=notes)

    def _units(self, unit: Any) -> Iterator[Found]:  # noqa: ANN401 - lxml
        source, target = child_of(unit, "source"), child_of(unit, "target")
        if source is None:
            raise without_source(unit, _("a trans-unit without source"), path=self._path, unit=unit.get("id"))
        langs = (self._lang(source, "source"), self._lang(target, "target"))
        own = _Groups(unit)
        for name, left, right, status in _pairs(unit, source, target, finished=self._finished):
            sides = (
                corrected(content_of(left, langs[0]), own.texts("codes", "source")),
                corrected(content_of(right, langs[1]), own.texts("codes", "target"))
                if right is not None
                else Segment(lang=langs[1], text=""),
            )
            if sides[1].text and not langs[1]:
                raise without_language(self._file, "target", "target-language", path=self._path)
            made = self._unit(own.one("id", name), sides, unit, own)
            yield Found(unit=unit_of(made, status), original=self._named())

    def _unit(self, name: str, sides: tuple[Segment, Segment], unit: Any, own: _Groups) -> Unit:  # noqa: ANN401 - lxml
        return Unit(
            id=name,
            source=sides[0],
            target=replace(sides[1], lang=sides[1].lang or self.header.target_lang),
            origin=self._origin(unit, own),
            context=Context(
                previous=own.one("previous"),
                next=own.one("next"),
                key=own.one("key") or unit.get("resname", ""),
            ),
            notes=(*_notes(unit), *self._commented(sides)),
            props=tuple(_props(unit, own)),
            line=unit.sourceline,
        )

    def _named(self) -> str:
        return self._file.get("original", "") if self._file is not None else ""

    def _lang(self, side: Any, name: str) -> str:  # noqa: ANN401 - lxml or None
        """The language of one side; "" for a target of which nothing says it."""
        said = side.get(LANG, "") if side is not None else ""
        of_file = self._file.get(f"{name}-language", "") if self._file is not None else ""
        lang: str = said or of_file
        if not lang and name == "source":
            place = self._file if self._file is not None else side
            raise without_language(place, name, "source-language", path=self._path)
        if lang:
            place_of = ("source", "target").index(name)
            known = list(self._langs)
            known[place_of] = known[place_of] or lang
            self._langs = (known[0], known[1])
        return lang

    def _origin(self, unit: Any, own: _Groups) -> Origin:  # noqa: ANN401 - lxml
        """What this package wrote of the origin, else who worked on it last by the phases of the header."""
        kept = dict(own.pairs("origin"))
        if kept:
            return origin_in(kept, path=self._path, unit=unit)
        target = child_of(unit, "target")
        phase = (target.get("phase-name", "") if target is not None else "") or unit.get("phase-name", "")
        return self._phases.get(phase, Origin())

    def _commented(self, sides: tuple[Segment, Segment]) -> Iterator[Note]:
        """The comments of Trados on a segment."""
        for side in sides:
            for code in side.codes:
                if code.type == _COMMENT:
                    yield from self._comments.get(dict(code.attributes).get(_COMMENT_ID, ""), ())


class _Groups:
    """What this package wrote about a unit, by group and name."""

    def __init__(self, unit: Any) -> None:  # noqa: ANN401 - lxml
        self._kept: dict[str, list[tuple[str, str]]] = {}
        for group in children_of(unit, "context-group"):
            for context in children_of(group, "context"):
                if context.get("context-type", "").startswith(_OWN_TYPE):
                    self._add(context.get("context-type", "").removeprefix(_OWN_TYPE), context.text or "")
                elif group.get("name") == OWN:  # as it was written once
                    self._add(context.get("context-type", "").removeprefix("x-"), context.text or "")
        for group in children_of(unit, "prop-group"):
            if group.get("name") == _OLD_ORIGIN:
                for prop in children_of(group, "prop"):
                    self._add(f"origin.{prop.get('prop-type', '')}", prop.text or "")

    def _add(self, kind: str, text: str) -> None:
        group, dot, name = kind.partition(".")
        self._kept.setdefault(group if dot else "", []).append((name if dot else kind, text))

    def pairs(self, group: str) -> list[tuple[str, str]]:
        """Names and texts of a group."""
        return self._kept.get(group, [])

    def texts(self, group: str, name: str) -> list[str]:
        """The texts of this name."""
        return [text for kind, text in self.pairs(group) if kind == name]

    def one(self, name: str, default: str = "") -> str:
        """The text of this name in no group."""
        return next(iter(self.texts("", name)), default)


def _pairs(unit: Any, source: Any, target: Any, *, finished: bool) -> list[_Pair]:  # noqa: ANN401 - lxml
    """The segments of a trans-unit: id, the elements that hold both sides, and how far it has come."""
    name = unit.get("id", "")
    segmented = child_of(unit, "seg-source")
    marks = _marks(segmented) if segmented is not None else {}
    if not marks:
        return [(name, source, target, status_of(target, unit, finished=finished))]
    targets = _marks(target) if target is not None else {}
    known = {seg.get("id", ""): seg for seg in unit.iter("{*}seg") if "conf" in seg.attrib or seg.get("id")}
    pairs = []
    for mid, mark in marks.items():
        right = targets.get(mid)
        said = known.get(mid)
        status = status_of(said, right, target, unit, finished=finished)
        if known and (said is None or "conf" not in said.attrib):
            status = Status.DRAFT
        whole = name if len(marks) == 1 else f"{name}.{mid}"
        pairs.append((whole, mark, right, status))
    return pairs


def _marks(element: Any) -> dict[str, Any]:  # noqa: ANN401 - lxml
    return {
        mark.get("mid", str(number)): mark
        for number, mark in enumerate(element.iter("{*}mrk"))
        if mark.get("mtype") == "seg"
    }


def _notes(unit: Any) -> Iterator[Note]:  # noqa: ANN401 - lxml
    """The notes of people; what a draft says of itself is not one."""
    for note in children_of(unit, "note"):
        if note.get("from") != OWN:
            yield _note(note)


def _note(note: Any) -> Note:  # noqa: ANN401 - lxml
    said = tuple((word, note.get(word)) for word in _NOTE_WORDS if note.get(word))
    return Note(text="".join(note.itertext()), lang=note.get(LANG, ""), attributes=said)


def _comments(definition: Any) -> Iterator[Note]:  # noqa: ANN401 - lxml
    for comment in definition.iter("{*}Comment"):
        user = comment.get("user", "")
        yield Note(text="".join(comment.itertext()), attributes=(("from", user),) if user else ())


def _props(unit: Any, own: _Groups) -> Iterator[Prop]:  # noqa: ANN401 - lxml
    for name, text in own.pairs("props"):
        yield prop_of(name, text)
    for group in children_of(unit, "prop-group"):
        if group.get("name") != _OLD_ORIGIN:
            for prop in children_of(group, "prop"):
                yield Prop(type=prop.get("prop-type", ""), text=prop.text or "", lang=prop.get(LANG, ""))


def _phases(head: Any) -> Iterator[tuple[str, Origin]]:  # noqa: ANN401 - lxml
    """Who did each phase of the work, and when."""
    for group in children_of(head, "phase-group"):
        for phase in children_of(group, "phase"):
            who = phase.get("contact-name", "") or phase.get("company-name", "")
            yield phase.get("phase-name", ""), Origin(changer=who, changed=_moment(phase.get("date", "")))


def _moment(text: str) -> datetime.datetime | None:
    """The time, or None for what is no time with a zone: another program's word is not this file's fault."""
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(datetime.UTC) if found.tzinfo else None
