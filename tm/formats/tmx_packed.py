"""A TMX that comes in gzip or zip: known by its first bytes, unpacked as a stream, never onto the disk.

The names in a zip are never used as paths; one that leads out of it is refused all the same. Who reads a
zip of several TMX says which one is meant. What unpacks to far more than it should is refused.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import gettext as _
from typing import BinaryIO, cast

from tm.errors import FormatError
from tm.formats.safe_zip import BROKEN, archive_in, refuse_name

__all__ = ["members", "unpacked"]

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_FREE = 16 << 20
"""So many bytes may come out whatever the size of the packed file."""
_RATIO = 100
"""Beyond that, one packed byte may give so many."""
_HELD = 128 << 20
"""So large a zip is held in memory when it comes through a pipe."""
_CHUNK = 1 << 20
_TMX = ".tmx"
_TEXT_ENDINGS = (_TMX, ".xml")


def members(stream: BinaryIO, *, path: str = "-") -> tuple[str, ...]:
    """The names of the TMX files in a zip of several, in its order; else one empty name: the file as such.

    The stream must be one that can be rewound, which it is. FormatError for a name that leads out of the zip.
    """
    is_zip = stream.read(4).startswith(_ZIP)
    stream.seek(0)
    names: list[str] = []
    if is_zip:
        with _zip_errors(path), archive_in(stream, path=path) as archive:
            for member in archive.infolist():
                refuse_name(member.filename, path)
            names = [member.filename for member in _files(archive) if _is_tmx(member)]
        stream.seek(0)
    return tuple(dict.fromkeys(names)) if len(names) > 1 else ("",)


def unpacked(stream: BinaryIO, *, path: str = "-", member: str = "") -> BinaryIO:
    """The stream itself, or the text inside it when it is gzip or zip: of its only TMX, or of `member`."""
    head = stream.read(4)
    if head.startswith(_ZIP):
        return cast("BinaryIO", _from_zip(_seekable(_Rewound(head, stream), stream, path), path, member))
    whole = _Rewound(head, stream)
    if head.startswith(_GZIP):
        counted = _Counted(whole)
        unzipped = gzip.GzipFile(fileobj=cast("BinaryIO", counted), mode="rb")
        return cast("BinaryIO", _Capped(unzipped.read, lambda: counted.count, path))
    return cast("BinaryIO", whole)


class _Rewound:
    """A stream with the bytes in front that were read from it to look at."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        """Like any stream's `read`; it may give fewer bytes than asked for."""
        if self._head:
            if size < 0:
                head, self._head = self._head, b""
                return head + self._rest.read()
            head, self._head = self._head[:size], self._head[size:]
            return head + self._rest.read(size - len(head))
        return self._rest.read(size)


class _Counted:
    """A stream that knows how much has been read from it."""

    def __init__(self, stream: _Rewound) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        """Like any stream's `read`."""
        chunk = self._stream.read(size)
        self.count += len(chunk)
        return chunk


class _Capped:
    """What comes out of a packed file, as long as it is in proportion to what went in."""

    def __init__(self, read: Callable[[int], bytes], packed: Callable[[], int], path: str) -> None:
        self._read = read
        self._packed = packed
        self._path = path
        self._count = 0

    def read(self, size: int = -1) -> bytes:
        """Like any stream's `read`; a broken or monstrous packed file raises `FormatError`."""
        try:
            chunk = self._read(size)
        except BROKEN as error:
            raise FormatError(
                _("the packed file is damaged or cut off: {reason}").format(reason=error),
                path=self._path,
                hint=_("Fetch it again, or unpack it yourself and read what came out."),
            ) from error
        self._count += len(chunk)
        if self._count > _FREE + _RATIO * self._packed():
            raise FormatError(
                _("the packed file unpacks to more than {size} MiB, which is taken for an attack").format(
                    size=self._count >> 20
                ),
                path=self._path,
                hint=_("If it is not one, unpack it yourself and read what came out."),
            )
        return chunk


def _seekable(whole: _Rewound, stream: BinaryIO, path: str) -> BinaryIO:
    """The zip as a stream that can be read in any order, which the format needs."""
    if stream.seekable():
        stream.seek(0)
        return stream
    held = io.BytesIO()
    while chunk := whole.read(_CHUNK):
        held.write(chunk)
        if held.tell() > _HELD:
            raise FormatError(
                _("a zip of more than {size} MiB cannot be read from a pipe").format(size=_HELD >> 20),
                path=path,
                hint=_("Save it as a file and read that."),
            )
    return held


@contextmanager
def _zip_errors(path: str) -> Iterator[None]:
    """What the library says of a zip that is broken, as an error with the file and the way on."""
    try:
        yield
    except BROKEN as error:
        raise FormatError(
            _("the zip file cannot be read: {reason}").format(reason=error),
            path=path,
            hint=_("Unpack it yourself and read the TMX that is in it."),
        ) from error


def _from_zip(stream: BinaryIO, path: str, name: str) -> _Capped:
    with _zip_errors(path):
        archive = archive_in(stream, path=path)
        for told in [archive.getinfo(name)] if name else archive.infolist():
            refuse_name(told.filename, path)
        member = archive.getinfo(name) if name else _only_member(archive, path)
        opened = archive.open(member)
    return _Capped(opened.read, lambda: stream.tell() - member.header_offset, path)


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [
        member
        for member in archive.infolist()
        if not member.filename.endswith("/") and not member.filename.startswith("__MACOSX/")
    ]


def _is_tmx(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith(_TMX)


def _only_member(archive: zipfile.ZipFile, path: str) -> zipfile.ZipInfo:
    files = _files(archive)
    texts = [member for member in files if member.filename.lower().endswith(_TEXT_ENDINGS)]
    found = next((few for few in (list(filter(_is_tmx, files)), texts, files) if len(few) == 1), files)
    if len(found) == 1:
        return found[0]
    names = ", ".join(member.filename for member in files[:5]) or _("nothing")
    raise FormatError(
        _("the zip file must hold one TMX, and holds: {names}").format(names=names),
        path=path,
        hint=_("Import it, or unpack it and read the files one by one."),
    )
