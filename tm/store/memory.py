"""Memories on disk: opened as streams, saved whole under a lock.

The record is the TMX file. Its header says which kind it is: built (made by the build from the releases,
edited by nobody) or working (imports and corrections).
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path
from typing import BinaryIO

from tm.errors import ConfigError, ConflictError, FormatError, InputError
from tm.formats import tmx
from tm.model import Header, Memory, Unit
from tm.store.atomic import replacing, sweep
from tm.store.lock import locked

__all__ = [
    "BUILT",
    "WORKING",
    "digest",
    "kind",
    "memory_name",
    "open_memory",
    "opened",
    "refuse_built",
    "save_memory",
    "working_path",
]

BUILT, WORKING = "built", "working"

_ENDINGS = (".tmx.gz", ".tmx.zip", ".tmx")
_MARKERS = (b"<<<<<<< ", b"||||||| ", b">>>>>>> ")


def open_memory(
    path: Path | str, *, whole: bool = False, on_skip: Callable[[tmx.Skipped], None] | None = None
) -> Memory:
    """The memory in a TMX file, named after it; its units are read from the disk anew by every loop.

    InputError without the file; FormatError, with line and column, where it breaks the rules of TMX. What
    is no pair of the memory's languages is passed over and told to `on_skip`; with `whole` it is kept, in
    front of the next unit or behind the last one, by units and header together: who reads in order to save
    must not lose it. A tail is complete only when the units have been read to their end.
    """
    path = Path(path)
    with opened(path) as stream, _conflicts_named(path):
        header = tmx.read(stream, path=str(path), keep=False).header
    return Memory(name=memory_name(path), header=header, units=_Units(path, header, on_skip, whole=whole))


def save_memory(
    path: Path | str,
    memory: Memory,
    *,
    expected_digest: str | None = None,
    ready: Iterable[bytes] = (),
) -> str:
    """The digest of the file, which now holds this memory; whatever goes wrong, it holds the old one.

    With `expected_digest` ("" = no file) a ConflictError when the file is not the one that was read.
    A built memory is replaced by a built one only, and a working one never by a built one. `ready` are
    further units that a `tmx.TmxWriter` has written.
    """
    path = Path(path)
    if path.suffix.lower() != ".tmx":
        raise ConfigError(_("a memory is saved in a .tmx file"), path=path, hint=_("Give such a name."))
    with locked(path):
        sweep(path.parent, held=[path])
        if expected_digest is not None and digest(path) != expected_digest:
            raise ConflictError(
                _("somebody else has changed it meanwhile"),
                path=path,
                hint=_("Nothing was saved. Run the command again; it will start from the new state."),
            )
        _refuse_other_kind(path, memory.header.kind)
        with replacing(path) as stream:
            tmx.write(memory, stream, ready=ready)
        return digest(path)


def digest(path: Path | str) -> str:
    """The sha256 of a file in hexadecimal digits; "" when there is no file."""
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def kind(path: Path | str) -> str:
    """What the header says the memory is: built, working, or "" for a file from elsewhere."""
    return open_memory(path).header.kind


def refuse_built(path: Path | str) -> None:
    """Nothing; ConfigError for a built memory, naming the working one that may be edited."""
    path = Path(path)
    if path.exists() and kind(path) == BUILT:
        raise ConfigError(
            _("this memory is built from the releases; edits in it would be lost with the next build"),
            path=path,
            hint=_("Use a working memory: {path}").format(path=working_path(path)),
        )


def working_path(path: Path | str) -> Path:
    """The working memory that stands beside a built one: sichuan.tmx has sichuan-working.tmx."""
    path = Path(path)
    return path.with_name(f"{memory_name(path)}-working.tmx")


def memory_name(path: Path) -> str:
    """The name of the memory in a file: the file's name without its ending."""
    for ending in _ENDINGS:
        if path.name.lower().endswith(ending):
            return path.name[: -len(ending)]
    return path.stem


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file, open for reading; an InputError says why it cannot be read and what is there instead."""
    try:
        _refuse_pipes(path)
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise InputError(_("there is no such file"), path=path, hint=_others(path)) from error
    except IsADirectoryError as error:
        raise InputError(_("it is a folder"), path=path, hint=_others(path / "*")) from error
    except OSError as error:
        reason = _("cannot be read: {reason}").format(reason=error.strerror or error)
        raise InputError(reason, path=path) from error
    with stream:
        yield stream


def _refuse_pipes(path: Path) -> None:
    """Raises for what is neither file nor folder: opening it could wait for ever, reading it never end."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise InputError(
            _("it is a pipe or a device, not a file"),
            path=path,
            hint=_("Give - as the file and send the content through a pipe: … | tm check -"),
        )


class _Units:
    """The units of a TMX file, read anew by every loop over them."""

    __slots__ = ("_header", "_on_skip", "_path", "_whole")

    def __init__(
        self, path: Path, header: Header, on_skip: Callable[[tmx.Skipped], None] | None, *, whole: bool
    ) -> None:
        self._path = path
        self._header = header
        self._on_skip = on_skip
        self._whole = whole

    def __iter__(self) -> Iterator[Unit]:
        with opened(self._path) as stream, _conflicts_named(self._path):
            found = tmx.read(
                stream,
                path=str(self._path),
                keep=self._whole,
                known=self._header,
                on_skip=self._on_skip,
            )
            yield from found.units


@contextmanager
def _conflicts_named(path: Path) -> Iterator[None]:
    """Turns the XML error that a merge conflict causes into one that says so."""
    try:
        yield
    except FormatError as error:
        line = _conflict_line(path)
        if line is None:
            raise
        raise FormatError(
            _("an unresolved merge conflict of git stands here"),
            path=path,
            line=line,
            hint=_(
                "A built memory: take either side and run `tm build`. "
                "Another: keep the units wanted and delete the lines <<<<<<<, ======= and >>>>>>>."
            ),
        ) from error


def _conflict_line(path: Path) -> int | None:
    """The number of the first line that git puts into a file with conflicts."""
    number, begins = 1, True
    with path.open("rb") as stream:
        while line := stream.readline(1 << 16):  # a memory on one line is read in pieces
            if begins and line.startswith(_MARKERS):
                return number
            begins = line.endswith(b"\n")
            number += begins
    return None


def _refuse_other_kind(path: Path, new: str) -> None:
    if not path.exists():
        return
    if new != BUILT:
        refuse_built(path)
    elif (old := kind(path)) != BUILT:
        raise ConfigError(
            _("a build would overwrite a memory that was not built (its kind is {kind})").format(
                kind=old or _("unknown")
            ),
            path=path,
            hint=_("Rename it, for instance to {path}.").format(path=working_path(path)),
        )


def _others(path: Path) -> str:
    """A hint with the memories that the folder does have."""
    if not path.parent.is_dir():
        return _("Its folder does not exist.")
    found = sorted(os.fspath(other) for other in path.parent.glob("*.tmx"))
    return _("Memories there: {names}").format(names=" ".join(found)) if found else ""
