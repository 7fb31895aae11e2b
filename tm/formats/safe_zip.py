"""Zip files from strangers: looked at before any library unpacks them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable
from gettext import gettext as _
from pathlib import PurePosixPath
from typing import BinaryIO

from tm.errors import FormatError

__all__ = ["BROKEN", "archive_in", "refuse_bombs", "refuse_name"]

_MEMBERS = 10_000
_TOTAL = 256 << 20
_RATIO = 200
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, LookupError, OverflowError),
)
"""What the library raises for zip files that are none any more."""
_DIRECTORY = 4 << 20
"""So long the list of members may be: its reading takes time and memory before anything can be looked at."""
_TAIL = 1 << 17
_ENDS = ((b"PK\x05\x06", 12, "<L"), (b"PK\x06\x06", 40, "<Q"))
"""How the records that end a zip file begin, and where in them the length of that list stands."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SMALL = 1 << 20
"""Below this size a member may be as compressible as it likes."""
_CHUNK = 1 << 20
_CODECS = ("ascii", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_DECLARATIONS = tuple(mark.encode(codec) for mark in ("<!DOCTYPE", "<!ENTITY") for codec in _CODECS)


def refuse_bombs(stream: BinaryIO, *, path: str = "-") -> None:
    """Nothing, when an Office file is safe to open; else raises FormatError.

    Refused are too many or too large members, names that leave the folder, and XML that declares a document
    type (Office files have none; with entities a few bytes can grow without bound). The stream is rewound.
    """
    try:
        with archive_in(stream, path=path) as archive:
            members = archive.infolist()
            _refuse_sizes(members, path)
            for member in members:
                refuse_name(member.filename, path)
                if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _refuse_declarations(archive, member, path)
    except BROKEN as error:
        raise FormatError(
            _("not a readable Office file: {reason}").format(reason=error),
            path=path,
            hint=_(
                "It is damaged, encrypted, or of another kind; save it again in the program it comes from."
            ),
        ) from None
    stream.seek(0)


def archive_in(stream: BinaryIO, *, path: str = "-") -> zipfile.ZipFile:
    """The zip file, opened; FormatError when it lists more members than can be looked at, else as BROKEN."""
    stream.seek(max(stream.seek(0, 2) - _TAIL, 0))
    tail = stream.read()
    stream.seek(0)
    for mark, offset, form in _ENDS:
        at = tail.find(mark)
        while 0 <= at <= len(tail) - offset - struct.calcsize(form):
            (length,) = struct.unpack_from(form, tail, at + offset)
            if _DIRECTORY < length < 0xFFFFFFFF or (length > _DIRECTORY and form == "<Q"):
                raise FormatError(
                    _("the archive lists more files than a real one would: taken for an attack"),
                    path=path,
                    hint=_("Unpack it yourself and read what came out."),
                )
            at = tail.find(mark, at + 1)
    archive = zipfile.ZipFile(stream)
    for member in archive.infolist():
        if member.compress_type not in _METHODS:
            raise NotImplementedError(_("{name} is packed in an unusual way").format(name=member.filename))
    return archive


def _refuse_sizes(members: Iterable[zipfile.ZipInfo], path: str) -> None:
    total = 0
    for count, member in enumerate(members, start=1):
        total += member.file_size
        dense = member.file_size > _SMALL and member.file_size > _RATIO * max(member.compress_size, 1)
        if dense or total > _TOTAL or count > _MEMBERS:
            raise FormatError(
                _("{name} unpacks to more than a real file would: taken for an attack").format(
                    name=member.filename
                ),
                path=path,
                hint=_("At most {total} MiB in all, and {ratio} times its packed size.").format(
                    total=_TOTAL >> 20, ratio=_RATIO
                ),
            )


def refuse_name(name: str, path: str) -> None:
    """Nothing, when a member of an archive has a name inside it; else raises FormatError."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or name.startswith(("/", "\\")) or ":" in name or "\0" in name:
        raise FormatError(
            _("the archive names a file outside itself: {name}").format(name=name),
            path=path,
            hint=_("It was made to do harm or is damaged; ask for it again."),
        )


def _refuse_declarations(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str) -> None:
    tail = b""
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            if any(mark in tail + chunk for mark in _DECLARATIONS):
                message = _("{name} declares a document type, which is refused")
                raise FormatError(
                    message.format(name=member.filename),
                    path=path,
                    hint=_("Save it again in the program it comes from."),
                )
            tail = chunk[-40:]
