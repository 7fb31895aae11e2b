"""TMX in every encoding, in gzip and in zip."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable

import pytest

from tm.errors import FormatError
from tm.formats import tmx
from tm.formats.tmx_packed import members, unpacked

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="t" '
    'creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="zh-CN" '
    'datatype="plaintext"/><body>'
)
TAIL = "</body></tmx>"
PAIR = '<tuv xml:lang="zh-CN"><seg>甲</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv>'


# --- Encodings and packing --------------------------------------------------------------------------

WHOLE = f'{HEAD}<tu tuid="1">{PAIR.replace("甲", "四川𠀀")}</tu>{TAIL}'


@pytest.mark.parametrize(
    ("declared", "codec", "mark"),
    [
        ("UTF-8", "utf-8", b""),
        ("UTF-8", "utf-8", b"\xef\xbb\xbf"),
        ("UTF-16", "utf-16-le", b"\xff\xfe"),
        ("UTF-16", "utf-16-be", b"\xfe\xff"),
        ("UTF-16", "utf-16-le", b""),
        ("UTF-16", "utf-16-be", b""),
        ("UTF-8", "utf-16-le", b"\xff\xfe"),
        ("UTF-16", "utf-8", b""),
        ("GB18030", "gb18030", b""),
        ("gb2312", "gb18030", b""),
        ("GBK", "gb18030", b""),
    ],
)
def test_every_encoding_gives_the_same_text(declared: str, codec: str, mark: bytes) -> None:
    raw = mark + WHOLE.replace("UTF-8", declared, 1).encode(codec)
    (unit,) = tmx.read(io.BytesIO(raw))
    assert unit.source.text == "四川𠀀"


def test_ascii_with_references_gives_the_same_text() -> None:
    raw = WHOLE.replace("UTF-8", "US-ASCII", 1).encode("ascii", "xmlcharrefreplace")
    assert [unit.source.text for unit in tmx.read(io.BytesIO(raw))] == ["四川𠀀"]


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name.replace("_", "."), raw)
    return stream.getvalue()


class Pipe(io.BytesIO):
    """A stream that cannot be rewound."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_place: int) -> int:
        raise io.UnsupportedOperation


@pytest.mark.parametrize("kind", [io.BytesIO, Pipe])
@pytest.mark.parametrize("pack", [gzip.compress, lambda raw: zipped(a_tmx=raw, readme_txt=b"hello")])
def test_a_packed_file_is_read_as_a_file_or_from_a_pipe(
    kind: type[io.BytesIO], pack: Callable[[bytes], bytes]
) -> None:
    assert [unit.id for unit in tmx.read(kind(pack(WHOLE.encode())))] == ["1"]


def test_a_zip_of_two_tmx_is_refused_with_their_names() -> None:
    with pytest.raises(FormatError, match=r"a\.tmx, b\.tmx"):
        tmx.read(io.BytesIO(zipped(a_tmx=b"", b_tmx=b"")))


@pytest.mark.parametrize("pack", [gzip.compress, lambda raw: zipped(a_tmx=raw)])
def test_a_packed_file_that_is_cut_off_is_refused(pack: Callable[[bytes], bytes]) -> None:
    raw = pack(WHOLE.encode())
    with pytest.raises(FormatError, match=r"cut off|cannot be read"):
        list(tmx.read(io.BytesIO(raw[: len(raw) // 2])))


@pytest.mark.parametrize("name", ["../b.tmx", "a/../../b.tmx", "/b.tmx", "\\b.tmx", "c:b.tmx"])
def test_a_zip_with_a_name_that_leads_out_of_it_is_refused(name):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.tmx", b"<tmx/>")
        archive.writestr(name, b"<tmx/>")
    packed.seek(0)
    with pytest.raises(FormatError, match="outside itself"):
        members(packed)
    packed.seek(0)
    with pytest.raises(FormatError, match="outside itself"):
        unpacked(packed, member=name).read()
