"""Reads XLIFF 1.x (also of Trados, memoQ and Phrase) and 2.x, unit by unit."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _
from pathlib import PurePath
from typing import Any, BinaryIO, Protocol

from tm.errors import FormatError
from tm.formats.safe_xml import TREE_LIMIT, Prolog, SafeXml
from tm.formats.xliff_names import local
from tm.formats.xliff_read_1 import Reader1
from tm.formats.xliff_read_2 import Reader2
from tm.formats.xliff_unit import Found
from tm.model import Header, Memory, Unit

__all__ = ["read"]


class _Reader(Protocol):
    """Reads the elements of one version."""

    files: int

    @property
    def tags(self) -> tuple[str, ...]:
        """The elements that it reads."""
        ...

    @property
    def header(self) -> Header:
        """The header, when all has been read."""
        ...

    def found(self, element: Any) -> Iterable[Found]:  # noqa: ANN401 - lxml
        """The units in an element."""
        ...

    def finish(self, found: list[Found]) -> None:
        """Judge what could not be judged before the end."""
        ...


def read(stream: BinaryIO, *, path: str = "-", finished: bool = False) -> Memory:
    """All units in order. A target that is new, or a copy of its source, is no translation: its text is "".

    With `finished` the file is known to have been worked on: a target that still calls itself new or in need
    of translation, as programs that never write states leave it, is a translation.

    A unit that is split into segments gives one unit each, `<id>.<segment>`. Proposals (alt-trans, matches)
    are not translations and not read. Faults are FormatErrors.
    """
    xml = SafeXml(stream, path=path)
    reader = _reader(xml.prolog, path, finished=finished)
    found: list[Found] = []
    try:
        for batch in xml.batches(*reader.tags, limit=TREE_LIMIT):
            for kind, element in batch:
                if kind == "end":
                    found += reader.found(element)
                    xml.units += local(element) in ("unit", "trans-unit")
                    _forget(element)
        reader.finish(found)
    except FormatError as error:
        error.path = error.path or path
        raise
    name = PurePath(path).stem if path != "-" else ""
    return Memory(name=name, header=reader.header, units=_units(found, several=reader.files > 1))


def _units(found: list[Found], *, several: bool) -> tuple[Unit, ...]:
    return tuple(one.in_file() if several and one.original else one.unit for one in found)


def _reader(prolog: Prolog, path: str, *, finished: bool) -> _Reader:
    version = dict(prolog.attributes).get("version", "")
    if prolog.root != "xliff":
        raise FormatError(
            _("this is no XLIFF: its root element is {name}").format(name=prolog.root),
            path=path,
            line=prolog.line,
            hint=_('An XLIFF starts with <xliff version="1.2">; is it the right file?'),
        )
    if not version.startswith(("1.", "2.")):
        raise FormatError(
            _("XLIFF of version {version} cannot be read").format(version=version or "?"),
            path=path,
            line=prolog.line,
            hint=_("Versions 1.0 to 2.1 are read; export the file as XLIFF 1.2."),
        )
    if version.startswith("1."):
        return Reader1(path, finished=finished)
    return Reader2(dict(prolog.attributes), path, finished=finished)


def _forget(element: Any) -> None:  # noqa: ANN401 - lxml
    """Give back the memory of an element that was read, and of what stands before it."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
