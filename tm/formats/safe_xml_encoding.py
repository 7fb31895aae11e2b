"""Which encoding an XML file is in, and the bytes after what said so.

A byte order mark wins over the declaration, and what the first bytes plainly are wins over a declaration
that cannot be true (UTF-16 declared in a file of single bytes). GB2312 and GBK are read as GB18030, which
contains both.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from gettext import gettext as _

from tm.errors import EncodingError
from tm.text.charsets import codec_of

__all__ = ["declared_encoding", "sniff", "transcoded"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STARTS = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""\A<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "hz", "cp936": "gb18030"}
_NATIVE = frozenset({"utf-8", "ascii"})


def sniff(head: bytes, path: str) -> tuple[str, int]:
    """The codec of a file that starts with `head`, and the length of its byte order mark."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, len(mark)
    for start, name in _STARTS:
        if head.startswith(start):
            return name, 0
    return _codec(declared_encoding(head), path), 0


def declared_encoding(head: bytes) -> str:
    """The encoding named in the XML declaration; utf-8 when there is none."""
    found = _DECLARED.match(head)
    return found.group(1).decode("ascii") if found else "utf-8"


def _codec(declared: str, path: str) -> str:
    name = codec_of(declared)
    if not name:
        raise EncodingError(
            _("the file declares the encoding {name}, which is not known").format(name=declared),
            path=path,
            line=1,
            hint=_('Save the file as UTF-8 and declare encoding="UTF-8".'),
        )
    if name.startswith(("utf-16", "utf-32")):
        return "utf-8"  # the bytes start with a single-byte "<", so the declaration is wrong
    return _WIDER.get(name, name)


def transcoded(chunks: Iterator[bytes], codec: str, path: str) -> Iterator[bytes]:
    """The same text in UTF-8; bytes that are not of this encoding raise with their offset."""
    if codec in _NATIVE:
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(codec)()
    before = 0
    for chunk in chunks:
        pending = len(decoder.getstate()[0])
        yield _decoded(decoder, chunk, before - pending, path).encode("utf-8", "surrogatepass")
        before += len(chunk)
    yield _decoded(decoder, b"", before - len(decoder.getstate()[0]), path).encode("utf-8", "surrogatepass")


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, offset: int, path: str) -> str:
    try:
        return decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError as error:
        raise EncodingError(
            _("the byte at offset {offset} is not {encoding}").format(
                offset=offset + error.start, encoding=error.encoding.upper()
            ),
            path=path,
            hint=_("The encoding declared in the first line may be wrong; save the file as UTF-8."),
        ) from None
