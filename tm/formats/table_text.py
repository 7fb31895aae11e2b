"""The text of a table as bytes, both ways: UTF-8 as a stream, every other encoding decoded whole."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from gettext import gettext as _
from typing import TYPE_CHECKING, BinaryIO, TextIO

from tm.errors import FormatError
from tm.formats.base import LONGEST_TEXT, too_long
from tm.text.decode import Decoded, decode

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["bounded", "encoded", "opened_text"]

_CHUNK = 1 << 20
_LONGEST_LINE = 4 * LONGEST_TEXT
_HEAD = 1 << 16


def opened_text(stream: BinaryIO, *, path: str = "-") -> tuple[TextIO, str]:
    """The text of a stream from where it stands, line ends as they are, and the encoding it is in.

    The stream must stay open while the text is read. Bytes that are no text raise EncodingError now.
    """
    if not stream.seekable():
        stream = io.BytesIO(stream.read())
    start = stream.tell()
    found = _head_of(stream, path)
    stream.seek(start)
    if found and _is_utf8(stream):
        stream.seek(start)
        borrowed = io.BufferedReader(_Borrowed(stream), _CHUNK)
        return io.TextIOWrapper(borrowed, encoding="utf-8-sig", newline=""), found.encoding
    stream.seek(start)
    whole = decode(stream.read(), path=path, keep_newlines=True)
    return io.StringIO(whole.text, newline=""), whole.encoding


def _head_of(stream: BinaryIO, path: str) -> Decoded | None:
    """The beginning, when that is UTF-8."""
    head = stream.read(_HEAD)
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < _HEAD)
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    found = decode(text.encode(), path=path, keep_newlines=True)
    return found if found.encoding in ("utf-8", "utf-8-sig") else None


def _is_utf8(stream: BinaryIO) -> bool:
    """True when the rest of the stream is UTF-8 without a NUL."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(_CHUNK):
            if b"\0" in chunk:
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


class _Borrowed(io.RawIOBase):
    """A stream that somebody else will close."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """The number of bytes read into the buffer."""
        with memoryview(buffer) as view:
            chunk = self._stream.read(len(view))
            view[: len(chunk)] = chunk
        return len(chunk)


def bounded(text: Iterable[str], *, path: str) -> Iterator[str]:
    """The lines, as long as none is longer than any table's."""
    for number, line in enumerate(text, start=1):
        if len(line) > _LONGEST_LINE:
            raise too_long(path=path, line=number)
        yield line


def encoded(line: str, unit: str) -> bytes:
    """The line of a unit as UTF-8; a character that no text file can hold is a FormatError."""
    try:
        raw = line.encode()
    except UnicodeEncodeError as error:
        raise _unwritable(line[error.start], unit) from None
    if b"\0" in raw:
        raise _unwritable("\0", unit)
    return raw


def _unwritable(char: str, unit: str) -> FormatError:
    return FormatError(
        _("the character U+{code:04X} cannot stand in a text file").format(code=ord(char)), unit=unit
    )
