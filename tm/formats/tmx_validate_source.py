"""The text of a file that may be broken: its encoding, worked out before it is read, then its text in pieces.

A byte order mark wins over the declaration. A file whose declaration cannot be true is read in the encoding
that explains all of it. Bytes that no encoding explains come as lone surrogates (U+DC80 to U+DCFF, one a
byte), so that they can be named one by one and written back as they were.
"""

from __future__ import annotations

import codecs
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Protocol, cast

from tm.errors import FormatError, TMError
from tm.formats.safe_xml_encoding import declared_encoding
from tm.formats.tmx_packed import unpacked
from tm.formats.tmx_rules.words import _
from tm.text.decode import decode

__all__ = ["PIECE", "Source", "open_source"]

PIECE = 1 << 18
"""How many bytes are read at a time."""
_HELD = 16 << 20
_PACKED = 1 << 12
_MOST = 1 << 30  # bytes that a damaged gzip may give
_SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STARTS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030"}
_SHOWN = {"utf-8": "UTF-8", "gb18030": "GB18030", "cp1252": "windows-1252", "big5hkscs": "Big5-HKSCS"}
_KEEP = "tm-keep-bytes"


def _kept(error: UnicodeError) -> tuple[str | bytes, int]:
    """An error handler: bytes without meaning become lone surrogates, and those become the bytes again."""
    if isinstance(error, UnicodeDecodeError):
        bad = error.object[error.start : error.end]
        if error.encoding.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
            return (
                bad.decode(error.encoding, "surrogatepass") if len(bad) in {2, 4} else "\ufffd"
            ), error.end
        return "".join(chr(0xDC00 + byte) if byte > 0x7F else chr(byte) for byte in bad), error.end
    if isinstance(error, UnicodeEncodeError):
        bad_text = error.object[error.start : error.end]
        if error.encoding.startswith("utf-"):
            handler = "surrogateescape" if error.encoding == "utf-8" else "surrogatepass"
            return bad_text.encode(error.encoding, handler), error.end
        escaped = all("\udc80" <= char <= "\udcff" for char in bad_text)
        if escaped:
            return bytes(ord(char) - 0xDC00 for char in bad_text), error.end
        return "".join(f"&#x{ord(char):X};" for char in bad_text), error.end
    raise error


codecs.register_error(_KEEP, _kept)


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text. `codec` is Python's name of the encoding; `mark` its byte order mark.

    `declared` is what the first line says; `clash` says why that is wrong, "" when it is right.
    """

    stream: BinaryIO
    codec: str
    mark: bytes
    declared: str
    clash: str
    whole: bool

    @property
    def name(self) -> str:
        """The encoding as XML writes it."""
        family = self.codec.removesuffix("-le").removesuffix("-be")
        return _SHOWN.get(family, family.upper())

    def pieces(self) -> Iterator[str]:
        """The text, without its byte order mark, from the beginning."""
        self.stream.seek(len(self.mark))
        patience = "surrogateescape" if self.codec == "utf-8" else _KEEP
        decoder = codecs.getincrementaldecoder(self.codec)("strict" if self.whole else patience)
        while raw := self.stream.read(PIECE):
            text = decoder.decode(raw)
            if text:
                yield text
        rest = decoder.getstate()[0]
        if rest:
            yield "\ufffd"  # a character that was cut in two

    def encode(self, text: str) -> bytes:
        """Text as bytes of this file; bytes without meaning come back as they were."""
        return text.encode(self.codec, _KEEP)


@contextmanager
def open_source(stream: BinaryIO, path: str, *, member: str = "") -> Iterator[Source]:
    """The text of a file, or of a member of a zip, unpacked.

    What cannot be read twice is held, in a passing file if it is large.
    """
    if _seekable(stream) and not _packed(stream):
        yield _source(stream)
        return
    with tempfile.SpooledTemporaryFile(max_size=_HELD) as held:
        try:
            _copy(unpacked(stream, path=path, member=member), held)
        except FormatError:
            if not _seekable(stream) or not _salvaged(stream, held):
                raise
        yield _source(cast("BinaryIO", held))


class _Writable(Protocol):
    def write(self, content: bytes, /) -> int: ...

    def seek(self, offset: int, /) -> int: ...

    def truncate(self) -> int: ...


def _copy(inner: BinaryIO, held: _Writable) -> None:
    while raw := inner.read(PIECE):
        held.write(raw)


def _salvaged(stream: BinaryIO, held: _Writable) -> bool:
    """True when a gzip that is damaged or cut off gave something: all that comes out before the damage."""
    stream.seek(0)
    if stream.read(2) != b"\x1f\x8b":
        return False
    stream.seek(0)
    held.seek(0)
    held.truncate()
    opened = zlib.decompressobj(wbits=31)
    count = 0
    try:
        while (raw := stream.read(_PACKED)) and count <= _MOST:
            content = opened.decompress(raw, _MOST)
            held.write(content)
            count += len(content)
    except zlib.error:
        pass
    return 0 < count <= _MOST


def _source(held: BinaryIO) -> Source:
    held.seek(0)
    head = held.read(4096)
    declared = _declared(head)
    codec, mark = _by_bytes(head)
    if codec:
        clash = _clash(declared, codec, marked=bool(mark))
        return Source(held, codec, mark, declared, clash, _is_whole(held, codec, len(mark)))
    return _by_declaration(held, declared)


def _by_declaration(stream: BinaryIO, declared: str) -> Source:
    """A file whose bytes do not say by themselves in which encoding they are."""
    codec, clash = _named(declared or "utf-8")
    if not clash and _is_whole(stream, codec, 0):
        return Source(stream, codec, b"", declared, "", whole=True)
    other = _explained(stream, codec)
    if other:
        reason = clash or _("the bytes are {actual}").format(actual=_SHOWN.get(other, other.upper()))
        return Source(stream, other, b"", declared, reason, whole=True)
    return Source(stream, codec, b"", declared, clash, whole=False)


def _named(declared: str) -> tuple[str, str]:
    """The codec that a declaration means, and what is wrong with it if its bytes begin as single bytes."""
    try:
        name = codecs.lookup(declared).name
        b"<".decode(name)
    except (LookupError, UnicodeError, TypeError, AssertionError):
        try:
            known = codecs.lookup(declared).name.startswith(("utf-16", "utf-32"))
        except LookupError:
            known = False
        reason = _("its bytes are not") if known else _("no encoding has this name")
        return "utf-8", reason
    if name.startswith(("utf-16", "utf-32")):
        return "utf-8", _("its bytes are not")
    return _WIDER.get(name, name), ""


def _explained(stream: BinaryIO, codec: str) -> str:
    """Another encoding that explains every byte of the file, "" when none plainly does."""
    if codec != "utf-8" and _is_whole(stream, "utf-8", 0):
        return "utf-8"
    at = _first_fault(stream, codec, 0)
    stream.seek(max(at - _SAMPLE // 2, 0))
    sample = stream.read(_SAMPLE)
    lines = sample.split(b"\n")
    inner = b"\n".join(lines[1:-1]) if len(lines) > 2 else sample
    try:
        found = decode(inner).encoding
    except TMError:
        return ""
    plain = found.removesuffix("-sig")
    return plain if plain != codec and _is_whole(stream, plain, 0) else ""


def _is_whole(stream: BinaryIO, codec: str, start: int) -> bool:
    """True when every byte has a meaning; a last character that was cut in two is let pass."""
    return _first_fault(stream, codec, start) < 0


def _first_fault(stream: BinaryIO, codec: str, start: int) -> int:
    """About where the first byte without a meaning stands, at the latest; -1 when there is none."""
    stream.seek(start)
    decoder = codecs.getincrementaldecoder(codec)()
    passed = start
    while raw := stream.read(PIECE):
        try:
            decoder.decode(raw)
        except UnicodeDecodeError as error:
            return passed + error.start
        passed += len(raw)
    return -1


def _declared(head: bytes) -> str:
    """The encoding that the XML declaration names, "" when it names none."""
    for mark, codec in (*_BOMS, *_STARTS):
        if head.startswith(mark) and codec != "utf-8":
            head = head.decode(codec, "replace").encode("ascii", "replace").removeprefix(b"?")
            break
    head = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return declared_encoding(head) if b"encoding" in head[:200] else ""


def _by_bytes(head: bytes) -> tuple[str, bytes]:
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return codec, mark
    return next(((codec, b"") for start, codec in _STARTS if head.startswith(start)), ("", b""))


def _clash(declared: str, codec: str, *, marked: bool) -> str:
    """Why a declaration is wrong in a file whose bytes say what they are."""
    if not declared:
        return ""
    family = codec.removesuffix("-le").removesuffix("-be")
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return _("no encoding has this name")
    if name in {codec, family} or name.removesuffix("-sig") == codec:
        return ""
    shown = _SHOWN.get(family, family.upper())
    if marked:
        return _("its byte order mark says {actual}").format(actual=shown)
    return _("the bytes are {actual}").format(actual=shown)


def _seekable(stream: BinaryIO) -> bool:
    try:
        return stream.seekable()
    except AttributeError:
        return False


def _packed(stream: BinaryIO) -> bool:
    head = stream.read(4)
    stream.seek(0)
    return head.startswith((b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"))
