"""What a format is: a record that names its file endings and the module that reads and writes it.

A format module defines the functions it supports, all on binary streams:

    read(stream, *, path="-") -> Memory            units may be a stream; faults raise FormatError
    write(memory, stream) -> None                  the same memory always gives the same bytes
    write_draft(document, stream) -> None          a leveraged draft with match scores and origins

What a reader does not understand it keeps or refuses, never drops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from gettext import gettext as _
from importlib import import_module
from typing import BinaryIO, Protocol, cast

from tm.errors import FormatError
from tm.model import DraftDocument, Memory

__all__ = ["LONGEST_TEXT", "DraftWriter", "Feature", "Format", "Reader", "Writer", "too_long"]

LONGEST_TEXT = 1 << 20
"""So many characters the text of a unit may have in files that set no bound themselves."""


def too_long(*, path: str, line: int) -> FormatError:
    """The error for a text that no unit has."""
    return FormatError(
        _("a text of more than {count} characters is no segment").format(count=LONGEST_TEXT),
        path=path,
        line=line,
        hint=_("This is taken for an attack; if it is not one, split it into sentences."),
    )


class Reader(Protocol):
    """Returns the units of a file."""

    def __call__(self, stream: BinaryIO, *, path: str = "-") -> Memory:
        """The memory read; `path` is for messages."""
        ...


class Writer(Protocol):
    """Writes units to a file."""

    def __call__(self, memory: Memory, stream: BinaryIO) -> None:
        """Nothing; the stream holds the file."""
        ...


class DraftWriter(Protocol):
    """Writes a leveraged draft to a file."""

    def __call__(self, document: DraftDocument, stream: BinaryIO) -> None:
        """Nothing; the stream holds the file."""
        ...


class Feature(StrEnum):
    """What a unit may have besides its two texts and its id, as far as some format cannot carry it."""

    CODES = "inline codes"
    VARIANTS = "further languages or translations"
    SPELLINGS = "language codes unlike those of most units"
    STATUS = "status"
    ORIGIN = "origin"
    CONTEXT = "context"
    NOTES = "notes"
    NOTE_BOUNDS = "bounds between notes"
    PROPS = "properties"
    LANGUAGES = "languages of notes and properties"
    ENCODINGS = "original encodings of notes and properties"
    SIDES = "notes and properties of one side"
    MARKUP = "attributes, comments and elements that only TMX has"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format by name, file endings and module; `loses` is what its units cannot carry.

    `read_only` are endings of other programs' dialects, which are read and never written. `versions` are the
    further versions of the format that can be written, each with its module.
    """

    name: str
    endings: tuple[str, ...]
    module: str
    read_only: tuple[str, ...] = ()
    loses: frozenset[Feature] = frozenset()
    versions: tuple[tuple[str, str], ...] = ()

    def in_version(self, version: str | None) -> Format:
        """The format in this version; None is the usual one."""
        if version is None:
            return self
        modules = dict(self.versions)
        if version not in modules:
            raise FormatError(
                _("{format} is not written in a version {version}").format(format=self.name, version=version),
                hint=_("Leave the version out, or write a file of another ending, such as .xlf."),
            )
        return replace(self, module=modules[version])

    @property
    def reader(self) -> Reader:
        """The function that reads units."""
        return cast("Reader", self._function("read"))

    @property
    def writer(self) -> Writer:
        """The function that writes units."""
        return cast("Writer", self._function("write"))

    @property
    def draft_writer(self) -> DraftWriter:
        """The function that writes leveraged drafts."""
        return cast("DraftWriter", self._function("write_draft"))

    def endings_for(self, function: str) -> tuple[str, ...]:
        """The endings of files that this function is for."""
        return (*self.endings, *self.read_only) if function == "read" else self.endings

    def can(self, function: str) -> bool:
        """True when the format has this function: read, write or write_draft."""
        return hasattr(import_module(self.module), function)

    def _function(self, name: str) -> Callable[..., object]:
        found = getattr(import_module(self.module), name, None)
        if found is None:
            raise FormatError(_("{format} files cannot be used for this").format(format=self.name))
        return cast("Callable[..., object]", found)
