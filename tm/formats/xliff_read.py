"""Reads XLIFF 1.2 (also of Trados, memoQ and Phrase) and the core of XLIFF 2.x."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import PurePath
from typing import Any, BinaryIO

from tm.errors import FormatError
from tm.formats.safe_xml import SafeXml
from tm.formats.xliff_codes import content_of, local
from tm.formats.xliff_states import OPEN_STATES, status_of
from tm.model import Context, Header, Memory, Note, Origin, Prop, Segment, Status, Unit

__all__ = ["OWN", "read"]

OWN = "tm"
"""Names the groups and notes that this package wrote."""
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(stream: BinaryIO, *, path: str = "-", finished: bool = False) -> Memory:
    """All units in order. A target that is new, or a copy of its source, is no translation: its text is "".

    With `finished` the file is known to have been worked on: a target that still calls itself new or in need
    of translation, as programs that never write states leave it, is a translation.

    A unit that is split into segments gives one unit each, `<id>.<segment>`. Proposals (alt-trans, matches)
    are not translations and not read. Faults are FormatErrors.
    """
    xml = SafeXml(stream, path=path)
    if xml.prolog.root != "xliff":
        raise FormatError(
            _("this is no XLIFF: its root element is {name}").format(name=xml.prolog.root),
            path=path,
            line=xml.prolog.line,
            hint=_('An XLIFF starts with <xliff version="1.2">; is it the right file?'),
        )
    root = xml.tree().getroot()
    version = root.get("version", "")
    if not version.startswith(("1.", "2.")):
        raise FormatError(
            _("XLIFF of version {version} cannot be read").format(version=version or "?"),
            path=path,
            line=root.sourceline,
            hint=_("Versions 1.0 to 2.1 are read; export the file as XLIFF 1.2."),
        )
    if finished:
        _forget_open_states(root)
    found = _Version1(root, path) if version.startswith("1.") else _Version2(root, path)
    header = Header(source_lang=found.source_lang, target_lang=found.target_lang)
    name = PurePath(path).stem if path != "-" else ""
    try:
        return Memory(name=name, header=header, units=tuple(found.units()))
    except FormatError as error:
        error.path = error.path or path
        raise


def _forget_open_states(root: Any) -> None:  # noqa: ANN401 - lxml
    for element in root.iter("{*}*"):
        if element.get("state", "").casefold() in OPEN_STATES:
            del element.attrib["state"]


class _Version1:
    """The units of an XLIFF 1.x."""

    def __init__(self, root: Any, path: str) -> None:  # noqa: ANN401 - lxml
        self._path = path
        self._files = _children(root, "file")
        first = self._files[0] if self._files else root
        self.source_lang = first.get("source-language") or "zh-CN"
        self.target_lang = first.get("target-language") or "en"

    def units(self) -> Iterator[Unit]:
        """The units of all files; of several, each says in x-file which it is from."""
        for file in self._files:
            original = file.get("original", "") if len(self._files) > 1 else ""
            for unit in file.iter("{*}trans-unit"):
                if unit.get("translate") != "no":
                    yield from self._units(unit, file, original)

    def _units(self, unit: Any, file: Any, original: str) -> Iterator[Unit]:  # noqa: ANN401 - lxml
        source, target = _child(unit, "source"), _child(unit, "target")
        if source is None:
            raise FormatError(
                _("a trans-unit without source"),
                path=self._path,
                line=unit.sourceline,
                unit=unit.get("id"),
                hint=_("Export the file again from the program it comes from."),
            )
        langs = (
            source.get(_LANG) or file.get("source-language") or self.source_lang,
            (target.get(_LANG) if target is not None else None)
            or file.get("target-language")
            or self.target_lang,
        )
        props = (*((Prop(type="x-file", text=original),) if original else ()), *_props(unit))
        for name, left, right, status in _pairs(unit, source, target):
            yield _unit(
                name,
                content_of(left, langs[0]),
                content_of(right, langs[1]) if right is not None else Segment(lang=langs[1], text=""),
                status,
                origin=_origin(unit, self._path),
                context=_context(unit),
                notes=_notes(unit),
                props=props,
                line=unit.sourceline,
            )


class _Version2:
    """The units of an XLIFF 2.x: core only, its modules are left aside."""

    def __init__(self, root: Any, path: str) -> None:  # noqa: ANN401 - lxml
        self._root = root
        self._path = path
        self.source_lang = root.get("srcLang") or "zh-CN"
        self.target_lang = root.get("trgLang") or "en"

    def units(self) -> Iterator[Unit]:
        """One unit for every segment."""
        for unit in self._root.iter("{*}unit"):
            if unit.get("translate") == "no":
                continue
            native = {
                part.get("id", ""): part.text or ""
                for group in _children(unit, "originalData")
                for part in _children(group, "data")
            }
            segments = _children(unit, "segment")
            for number, segment in enumerate(segments, start=1):
                name = unit.get("id", "")
                if len(segments) > 1:
                    name = f"{name}.{segment.get('id') or number}"
                yield self._unit(unit, segment, name, native)

    def _unit(self, unit: Any, segment: Any, name: str, native: dict[str, str]) -> Unit:  # noqa: ANN401 - lxml
        source, target = _child(segment, "source"), _child(segment, "target")
        if source is None:
            raise FormatError(
                _("a segment without source"),
                path=self._path,
                line=segment.sourceline,
                unit=name,
                hint=_("Export the file again from the program it comes from."),
            )
        lang = self.target_lang
        texts = [note.text or "" for group in _children(unit, "notes") for note in _children(group, "note")]
        return _unit(
            name,
            content_of(source, self.source_lang, native),
            content_of(target, lang, native) if target is not None else Segment(lang=lang, text=""),
            status_of(segment),
            notes=tuple(Note(text=text) for text in texts),
            line=segment.sourceline,
        )


def _unit(name: str, source: Segment, target: Segment, status: Status | None, **fields: Any) -> Unit:  # noqa: ANN401 - fields of Unit
    """The unit, without a target where that is none."""
    if status is None or not target.text or target.text == source.text:
        status, target = Status.DRAFT, Segment(lang=target.lang, text="")
    return Unit(id=name, source=source, target=target, status=status, **fields)


_Pair = tuple[str, Any, Any, Status | None]


def _pairs(unit: Any, source: Any, target: Any) -> list[_Pair]:  # noqa: ANN401 - lxml
    """The segments of a trans-unit: id, the elements that hold both sides, and how far it has come."""
    name = unit.get("id", "")
    segmented = _child(unit, "seg-source")
    marks = _marks(segmented) if segmented is not None else {}
    if not marks:
        return [(name, source, target, status_of(target, unit))]
    targets = _marks(target) if target is not None else {}
    confirmed = {
        seg.get("id", ""): seg for seg in unit.iter("{*}seg") if "conf" in seg.attrib or seg.get("id")
    }
    trados = bool(confirmed)
    pairs = []
    for mid, mark in marks.items():
        right = targets.get(mid)
        known = confirmed.get(mid)
        status = status_of(known, right, target, unit)
        if trados and (known is None or "conf" not in known.attrib):
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


def _child(element: Any, name: str) -> Any:  # noqa: ANN401 - lxml
    return next(iter(_children(element, name)), None)


def _children(element: Any, name: str) -> list[Any]:  # noqa: ANN401 - lxml
    return [child for child in element if local(child) == name]


def _notes(unit: Any) -> tuple[Note, ...]:  # noqa: ANN401 - lxml
    """The notes of people; what a draft says of itself is not one."""
    return tuple(
        Note(text="".join(note.itertext()), lang=note.get(_LANG, ""))
        for note in _children(unit, "note")
        if note.get("from") != OWN
    )


def _props(unit: Any) -> list[Prop]:  # noqa: ANN401 - lxml
    found = []
    for group in _children(unit, "prop-group"):
        if group.get("name") != f"{OWN}:origin":
            found += [
                Prop(type=prop.get("prop-type", ""), text=prop.text or "", lang=prop.get(_LANG, ""))
                for prop in _children(group, "prop")
            ]
    return found


def _context(unit: Any) -> Context:  # noqa: ANN401 - lxml
    kept = {
        context.get("context-type", ""): context.text or ""
        for group in _children(unit, "context-group")
        if group.get("name") == OWN
        for context in _children(group, "context")
    }
    return Context(
        previous=kept.get("x-previous", ""),
        next=kept.get("x-next", ""),
        key=kept.get("x-key", "") or unit.get("resname", ""),
    )


def _origin(unit: Any, path: str) -> Origin:  # noqa: ANN401 - lxml
    kept = {
        prop.get("prop-type", ""): prop.text or ""
        for group in _children(unit, "prop-group")
        if group.get("name") == f"{OWN}:origin"
        for prop in _children(group, "prop")
    }
    try:
        return Origin(
            release=kept.get("release", ""),
            index=int(kept["index"]) if "index" in kept else None,
            created=_moment(kept.get("created")),
            creator=kept.get("creator", ""),
            changed=_moment(kept.get("changed")),
            changer=kept.get("changer", ""),
        )
    except ValueError as error:
        raise FormatError(
            _("broken origin: {reason}").format(reason=error),
            path=path,
            line=unit.sourceline,
            unit=unit.get("id"),
        ) from None


def _moment(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None
