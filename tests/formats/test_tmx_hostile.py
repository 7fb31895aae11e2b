"""TMX that is broken, cut off, or made to do harm: refused with its place, quickly, touching nothing else."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.errors import FormatError, InputError
from tm.formats import tmx, xliff

HEAD = b'<tmx version="1.4"><header srclang="zh-CN"/><body>\n'
UNIT = '<tu><tuv xml:lang="zh-CN"><seg>甲</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv></tu>\n'.encode()
TAIL = b"</body></tmx>\n"
SECONDS = 5


def units(raw: bytes, path: str = "bad.tmx") -> int:
    return sum(1 for _unit in tmx.read(io.BytesIO(raw), path=path))


def refused(raw: bytes) -> FormatError:
    start = time.process_time()
    with pytest.raises(FormatError) as caught:
        units(raw)
    assert time.process_time() - start < SECONDS
    assert caught.value.path == "bad.tmx"
    return caught.value


def with_doctype(inside: bytes, text: bytes = b"&x;") -> bytes:
    return b"<!DOCTYPE tmx [" + inside + b"]>\n" + HEAD + UNIT.replace("甲".encode(), text) + TAIL


BOMB = b'<!ENTITY x0 "lol">' + b"".join(
    b'<!ENTITY x%d "%s">' % (n, b"&x%d;" % (n - 1) * 10) for n in range(1, 20)
)
DECLARATIONS = {
    "a file": b'<!ENTITY x SYSTEM "file:///etc/hostname">',
    "a server": b'<!ENTITY x SYSTEM "http://example.org/x">',
    "a parameter": b'<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;',
    "a public one": b'<!ENTITY x PUBLIC "-//x" "http://example.org/x">',
    "a bomb": BOMB + b'<!ENTITY x "&x19;">',
    "a parameter bomb": b"<!ENTITY % a 'aaaa'><!ENTITY % b '&#37;a;&#37;a;'> %b;",
    "a benign one": b'<!ENTITY x "text">',
    "an unparsed one": b'<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "x.gif" NDATA n>',
}


@pytest.mark.parametrize("declaration", DECLARATIONS.values(), ids=DECLARATIONS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_declared_entity_is_refused_where_it_is_declared(declaration: bytes, encoding: str) -> None:
    xml = with_doctype(declaration).decode()
    error = refused(f'<?xml version="1.0" encoding="{encoding}"?>{xml}'.encode(encoding))
    assert "entity" in error.message
    assert error.line == 1
    assert error.hint


AUDITED = """
import io, sys
from tm.errors import FormatError
from tm.formats import tmx, xliff
raw = sys.stdin.buffer.read()
for warm in (b"<tmx/>", b"<html/>", b"<tmx>"):  # everything is imported after this, translations too
    try:
        tmx.survey(io.BytesIO(warm))
    except FormatError as error:
        str(error)
touched = []
sys.addaudithook(lambda name, args: touched.append((name, args)) if name.split(".")[0] in {
    "open", "socket", "urllib", "http", "subprocess", "os", "ftplib"} else None)
try:
    for unit in tmx.read(io.BytesIO(raw)):
        print("unit", unit.source.text)
    print("read")
except FormatError as error:
    print("refused")
sys.stdout.write(repr(touched))
"""


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        *[(with_doctype(declaration), "refused") for declaration in DECLARATIONS.values()],
        (b'<!DOCTYPE tmx SYSTEM "http://example.org/tmx14.dtd">' + HEAD + UNIT + TAIL, "read"),
        (b'<!DOCTYPE tmx PUBLIC "-//LISA" "file:///etc/hostname">' + HEAD + UNIT + TAIL, "read"),
        (b'<?xml-stylesheet href="http://example.org/a.xsl"?>' + HEAD + UNIT + TAIL, "read"),
        (
            HEAD.replace(
                b"<header", b'<x xmlns="http://www.w3.org/2001/XInclude" href="/etc/hostname"/><header'
            )
            + UNIT
            + TAIL,
            "read",
        ),
    ],
)
def test_no_file_and_no_server_is_touched(raw: bytes, outcome: str) -> None:
    done = subprocess.run([sys.executable, "-c", AUDITED], input=raw, capture_output=True, check=True)
    lines = done.stdout.decode().splitlines()
    assert outcome in lines
    assert lines[-1] == "[]"


@pytest.mark.parametrize("doctype", ["", " SYSTEM 'tmx14.dtd'", " []"])
def test_a_document_type_without_entities_is_accepted(doctype: str) -> None:
    assert units(f"<!DOCTYPE tmx{doctype}>".encode() + HEAD + UNIT + TAIL) == 1


@pytest.mark.parametrize("doctype", [b"", b"<!DOCTYPE tmx SYSTEM 'tmx14.dtd'>"])
@pytest.mark.parametrize("place", [b"<seg>a", b'xml:lang="en', b"<tu>"])
def test_an_undeclared_entity_is_never_dropped(doctype: bytes, place: bytes) -> None:
    raw = doctype + HEAD + UNIT + UNIT.replace(place, place + b"&nbsp;") + UNIT + TAIL
    error = refused(raw)
    assert "nbsp" in error.message
    assert error.line == 3
    assert "&#160;" in error.hint


@pytest.mark.parametrize("keep", [0.1, 0.37, 0.5, 0.93, 0.999])
def test_a_truncated_file_says_how_many_whole_units_it_had(keep: float) -> None:
    whole = HEAD + UNIT * 3000 + TAIL
    raw = whole[: int(len(whole) * keep)]
    got: list[str] = []
    with pytest.raises(FormatError) as caught:
        got.extend(unit.id for unit in tmx.read(io.BytesIO(raw), path="bad.tmx"))
    count = raw.count(b"</tu>")
    assert len(got) == count
    assert f"{count} whole units" in caught.value.message
    assert "ends in the middle" in caught.value.message
    assert caught.value.line == raw.count(b"\n") + 1
    assert caught.value.column


FAULTS: dict[str, tuple[bytes, str, int | None]] = {
    "nothing": (b"", "empty", None),
    "blanks": (b"  \n ", "not XML", 2),
    "zeros": (b"\0" * 100, "", None),
    "text": (b"Dear all,\n", "not XML", 1),
    "a page": (b"<!DOCTYPE html><html><body>404</body></html>", "root element is html", 1),
    "xliff": (b'<?xml version="1.0"?>\n<xliff version="1.2"/>', "root element is xliff", 2),
    "wrong end": (HEAD + UNIT * 2 + b"</tu></body></tmx>", "2 whole units", 4),
    "a control character": (HEAD + UNIT + UNIT.replace(b">a<", b">\x01<") + TAIL, "1 whole units", 3),
    "a reference to one": (HEAD + UNIT + UNIT.replace(b">a<", b">&#1;<") + TAIL, "1 whole units", 3),
    "half a surrogate": (HEAD + UNIT.replace(b">a<", b">&#xD800;<") + TAIL, "0 whole units", 2),
    "bad utf-8": (HEAD + UNIT.replace(b">a<", b">\xff<") + TAIL, "0 whole units", 2),
    "zeros behind": (HEAD + UNIT + TAIL + b"\0\0\0", "1 whole units", 4),
    "two roots": (HEAD + UNIT + TAIL + b"<tmx/>", "1 whole units", 4),
    "depth": (HEAD + b"<a>" * 100_000, "depth", 2),
    "depth in a seg": (HEAD + UNIT.replace(b">a<", b">" + b"<hi>" * 300 + b"</hi>" * 300 + b"<"), "depth", 2),
    "a long text": (HEAD + UNIT.replace(b">a<", b">" + b"x" * 11_000_000 + b"<") + TAIL, "MiB", 2),
    "many elements": (HEAD + b"<tu>" + b"<a/>" * 3_000_000, "MiB", 2),
    "a long comment": (HEAD + b"<!--" + b"x" * 20_000_000 + b"--></body></tmx>", "MiB", 2),
    "a long name": (HEAD + b"<" + b"x" * 9_000_000 + b"/></body></tmx>", "", 2),
    "a long prolog": (b"<!--" + b"x" * 3_000_000 + b"-->" + HEAD + TAIL, "first megabyte", None),
    "twice an attribute": (HEAD + b'<tu a="1" a="2"/>' + TAIL, "Attribute a redefined", 2),
    "no prefix": (HEAD + b"<tu><q:x/></tu>" + TAIL, "q", 2),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_place_and_a_way_on(fault: tuple[bytes, str, int | None]) -> None:
    raw, part, line = fault
    error = refused(raw)
    assert part in error.message
    assert error.line == line or line is None
    assert error.hint or not raw


def attributes(count: int) -> bytes:
    return b" ".join(b'a%d="1"' % number for number in range(count))


@pytest.mark.parametrize("place", [b"<tu", b"<tuv", b"<seg"])
def test_200_000_attributes_are_refused_in_time(place: bytes) -> None:
    error = refused(HEAD + UNIT * 2 + UNIT.replace(place, place + b" " + attributes(200_000), 1) + TAIL)
    assert "1000 attributes" in error.message
    assert error.line == 4


def test_a_long_text_and_some_attributes_are_no_attack() -> None:
    long = UNIT.replace(b">a<", b">" + b"a" * 2_000_000 + b"<").replace(
        b"<tu>", b"<tu " + attributes(900) + b">"
    )
    assert units(HEAD + long + UNIT + TAIL) == 2


def test_a_wrong_encoding_is_named_with_the_offset() -> None:
    raw = b'<?xml version="1.0" encoding="gb18030"?>' + HEAD + UNIT.replace("甲".encode(), b"\xff\xff") + TAIL
    with pytest.raises(InputError) as caught:
        units(raw)
    assert str(raw.index(b"\xff")) in caught.value.message


def test_an_unknown_encoding_is_named() -> None:
    with pytest.raises(InputError, match="klingon"):
        units(b'<?xml version="1.0" encoding="klingon"?>' + HEAD + TAIL)


def zipped(name: str, raw: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, raw)
    return stream.getvalue()


@pytest.mark.parametrize("pack", [lambda raw: gzip.compress(raw, 9), lambda raw: zipped("a.tmx", raw)])
@pytest.mark.parametrize("filling", [UNIT.replace(b">a<", b">" + b"a" * 3000 + b"<"), b" "])
def test_a_packed_bomb_is_refused_in_time(pack: Callable[[bytes], bytes], filling: bytes) -> None:
    bomb = pack(HEAD + filling * ((130 << 20) // len(filling)) + TAIL)
    error = refused(bomb)
    assert "attack" in f"{error.message} {error.hint}"


def test_a_name_that_leads_out_of_a_zip_is_refused() -> None:
    assert "outside itself" in refused(zipped("../../etc/passwd.tmx", HEAD + UNIT + TAIL)).message


def test_an_encrypted_zip_is_refused() -> None:
    raw = bytearray(zipped("a.tmx", HEAD + UNIT + TAIL))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in refused(bytes(raw)).message


@settings(max_examples=300)
@given(st.data())
def test_whatever_is_changed_in_a_file_it_is_read_or_refused(data: st.DataObject) -> None:
    raw = bytearray(b'<?xml version="1.0"?><!DOCTYPE tmx>' + HEAD + UNIT * 3 + TAIL)
    for _change in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.binary(max_size=3) | st.sampled_from([b"<", b">", b"&", b"</seg>", b"<tu>", b"<!--"])
        )
    try:
        assert 0 <= units(bytes(raw)) <= 4
    except InputError as error:
        assert error.path == "bad.tmx"  # noqa: PT017 - both outcomes are right


PEAK = """
import sys
from pathlib import Path
from tm.errors import FormatError
from tm.formats import tmx, xliff

def peak():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) >> 10

class Parts:
    def __init__(self, parts):
        self.parts = iter(parts)
    def read(self, size=-1):
        return next(self.parts, b"")

class Sink:
    def write(self, raw):
        return len(raw)
"""
peak_is_known = pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")


def peaks(code: str) -> list[int]:
    """What a process of its own prints, in MiB."""
    done = subprocess.run([sys.executable, "-c", PEAK + code], capture_output=True, text=True, check=True)
    return [int(line) for line in done.stdout.split()]


@peak_is_known
def test_memory_stays_flat_while_a_file_is_read_and_written() -> None:
    few, many = peaks(f"""
for n in (20, 800):
    tmx.write(tmx.read(Parts([{HEAD!r}] + [{UNIT!r} * 100] * n + [{TAIL!r}])), Sink())
    print(peak())
""")
    assert many - few < 8


@peak_is_known
@pytest.mark.parametrize("filling", [b"<a/>", b"<note>a</note>", b"<!---->", b"<?p?>", b"<tuv a=''/>"])
@pytest.mark.parametrize("opening", [b"<tmx><header>", b"<tmx><body>", b"<tmx><body><tu>"])
def test_endless_small_pieces_cost_little_memory(opening: bytes, filling: bytes) -> None:
    (most,) = peaks(f"""
try:
    tmx.survey(Parts([{opening!r}] + [{filling!r} * 8000] * 4000))
except FormatError:
    print(peak())
""")
    assert most < 256


@pytest.mark.parametrize("inside", [b"a & b", b"a <", b"</tuv>", b"&nbsp;"])
def test_a_tmx_that_is_broken_xml_names_the_command_that_mends_it(inside: bytes) -> None:
    assert (
        "tm validate FILE --repair OUT"
        in refused(HEAD + UNIT.replace(b"<seg>a", b"<seg>" + inside) + TAIL).hint
    )
    assert "tm validate FILE --repair OUT" in refused(HEAD + UNIT + UNIT[:40]).hint


def test_only_a_tmx_names_the_command_that_mends_a_tmx() -> None:
    raw = b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file>&</file></xliff>'
    for read in (tmx.read, xliff.read):
        with pytest.raises(FormatError) as caught:
            list(read(io.BytesIO(raw), path="bad").units)
        assert caught.value.hint
        assert "--repair" not in caught.value.hint
