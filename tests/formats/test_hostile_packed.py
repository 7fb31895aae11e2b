"""Zip and gzip that are made to do harm: TMX in zip and gzip, and the Office files, which are zip."""

from __future__ import annotations

import gzip
import io
import re
import stat
import struct
import zipfile
import zlib

import pytest

from tm.formats import docx, xlsx
from tm.model import Header, Memory, Segment, Unit

TMX = (
    '<tmx version="1.4"><header srclang="zh-CN"/><body>\n'
    '<tu tuid="u1"><tuv xml:lang="zh-CN"><seg>甲</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv></tu>\n'
    "</body></tmx>\n"
).encode()
MIB = 1 << 20
UNITS = [Unit(id="1", source=Segment(lang="zh-CN", text="甲"), target=Segment(lang="en", text="a"))]


def office_file(form):
    stream = io.BytesIO()
    form.write(Memory(name="m", header=Header(), units=UNITS), stream)
    return stream.getvalue()


def members_of(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


WHOLE = {
    "a.tmx.zip": lambda: zipped({"a.tmx": TMX}),
    "a.xlsx": lambda: office_file(xlsx),
    "a.docx": lambda: office_file(docx),
}
OFFICE = [name for name in WHOLE if name != "a.tmx.zip"]
every_zip = pytest.mark.parametrize("name", WHOLE)
every_office_file = pytest.mark.parametrize("name", OFFICE)
TEXTS = {"a.tmx.zip": "a.tmx", "a.xlsx": "xl/worksheets/sheet1.xml", "a.docx": "word/document.xml"}


def with_members(name, members):
    return zipped({**members_of(WHOLE[name]()), **members})


def test_the_files_that_are_bent_here_are_whole(tries):
    for name, made in WHOLE.items():
        for way, tried in tries(name, made()).items():
            assert tried.code == 0, (way, tried)


# --- Bombs -------------------------------------------------------------------------------------------


@every_zip
@pytest.mark.parametrize("filling", [b" ", b"<a/>", b"\0"])
def test_a_zip_bomb_is_refused(refused, name, filling):
    text = members_of(WHOLE[name]())[TEXTS[name]]
    start = text.index(b">") + 1
    bomb = text[:start] + filling * (200 * MIB // len(filling)) + text[start:]
    refused(name, with_members(name, {TEXTS[name]: bomb}))


@pytest.mark.parametrize("filling", [b" ", b"<a/>", b"\0"])
def test_a_gzip_bomb_is_refused(refused, filling):
    refused("a.tmx.gz", gzip.compress(TMX[:-20] + filling * (200 * MIB // len(filling)), 9))


def test_a_gzip_in_a_gzip_is_refused(refused):
    refused("a.tmx.gz", gzip.compress(gzip.compress(TMX)), "XML")


@every_zip
def test_a_zip_in_a_zip_is_never_opened(refused, name):
    inner = zipped({"a.tmx": b" " * (100 * MIB)})
    refused(name, zipped({"inner.zip": zipped({"inner.zip": inner})}))


def overlapping(count, size):
    """A zip whose members all stand in the same bytes."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = b" " * size
    body = packed.compress(content) + packed.flush()
    crc = zlib.crc32(content)
    sizes = struct.pack("<LLL", crc, len(body), len(content))
    local = struct.pack("<4sHHHHH", b"PK\3\4", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", 1, 0) + b"a"
    names = [f"xl/{number:07}.xml".encode() for number in range(count)]
    listed = b"".join(
        struct.pack("<4sHHHHHH", b"PK\1\2", 20, 20, 0, 8, 0, 33)
        + sizes
        + struct.pack("<HHHHHLL", len(name), 0, 0, 0, 0, 0, 0)
        + name
        for name in names
    )
    few = min(count, 0xFFFF)
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, few, few, len(listed), len(local) + len(body), 0)
    return local + body + listed + end


@every_zip
def test_members_that_overlap_are_refused(refused, name):
    refused(name, overlapping(2_000, MIB))


@every_zip
def test_a_million_members_are_refused(refused, name):
    refused(name, overlapping(1_000_000, 10), "attack")


# --- Lies --------------------------------------------------------------------------------------------


def bent(raw, offset, form, value):
    """The zip with a field changed in every record of its list of members."""
    changed = bytearray(raw)
    for found in re.finditer(b"PK\x01\x02", raw):
        struct.pack_into(form, changed, found.start() + offset, value)
    return bytes(changed)


LIES = {
    "sizes that are too small": (24, "<L", 1),
    "sizes that are too large": (24, "<L", 0xFFFFFFF0),
    "packed sizes that are too small": (20, "<L", 1),
    "packed sizes that are too large": (20, "<L", 0x7FFFFFFF),
    "another checksum": (16, "<L", 1),
    "places that lie behind the end": (42, "<L", 0x7FFFFFFF),
    "names that are longer than the file": (28, "<H", 0xFFFF),
    "comments that are longer than the file": (32, "<H", 0xFFFF),
    "an unknown method": (10, "<H", 99),
    "LZMA": (10, "<H", 14),
    "BZIP2": (10, "<H", 12),
    "a password": (8, "<H", 1),
    "a version of the future": (6, "<H", 0xFF),
}


@every_zip
@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_zip_that_lies_is_refused_or_read_as_if_it_did_not(tries, name, lie):
    found = tries(name, bent(WHOLE[name](), *lie))
    codes = {tried.code for tried in found.values()}
    assert codes in ({0}, {3})
    assert codes == {3} or found["read"].out == "1\n"


@every_zip
@pytest.mark.parametrize("keep", [4, 0.3, 0.7, 0.99])
def test_a_zip_that_is_cut_off_is_refused(refused, name, keep):
    raw = WHOLE[name]()
    refused(name, raw[: keep if keep > 1 else int(len(raw) * keep)])


@pytest.mark.parametrize("keep", [2, 5, 12, 0.5, 0.99])
def test_a_gzip_that_is_cut_off_is_refused(refused, keep):
    raw = gzip.compress(TMX * 50)
    refused("a.tmx.gz", raw[: keep if keep > 1 else int(len(raw) * keep)])


@pytest.mark.parametrize("behind", [b"x", b"\x1f\x8bxx"])
def test_what_stands_behind_a_gzip_is_refused(refused, behind):
    refused("a.tmx.gz", gzip.compress(TMX) + behind)


def test_zeros_behind_a_gzip_are_what_tapes_leave(tries):
    for way, tried in tries("a.tmx.gz", gzip.compress(TMX) + b"\0" * 1000).items():
        assert tried.code == 0, (way, tried)


def test_another_checksum_of_a_gzip_is_refused(refused):
    raw = gzip.compress(TMX)
    refused("a.tmx.gz", raw[:-8] + b"\1\2\3\4" + raw[-4:])


# --- Names -------------------------------------------------------------------------------------------

NAMES = ["../../evil.xml", "/etc/evil.xml", "..\\evil.xml", "C:\\evil.xml", "a/../../evil.xml"]


@every_office_file
@pytest.mark.parametrize("evil", NAMES)
def test_a_name_that_leads_out_of_the_archive_is_refused(refused, name, evil):
    refused(name, with_members(name, {evil: b"<x/>"}), "outside itself")


@pytest.mark.parametrize("evil", [name.replace(".xml", ".tmx") for name in NAMES])
def test_a_name_that_leads_out_of_a_zip_is_refused_and_never_a_path(refused, folder, evil):
    refused("a.tmx.zip", zipped({evil: TMX}), "outside itself")
    refused("a.tmx.zip", zipped({"a.tmx": TMX, evil: TMX}), "outside itself")
    assert not [path for path in folder.parent.rglob("*") if "evil" in path.name]


@every_zip
def test_a_link_in_a_zip_is_not_followed(refused, name, tmp_path):
    (tmp_path / "secret.txt").write_bytes(TMX)
    link = zipfile.ZipInfo(TEXTS[name])
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member, content in members_of(WHOLE[name]()).items():
            if member != TEXTS[name]:
                archive.writestr(member, content)
        archive.writestr(link, str(tmp_path / "secret.txt"))
    refused(name, stream.getvalue())


@every_zip
@pytest.mark.parametrize("bad", [b"\xff\xfe.tmx", b"\0\0\0\0\0\0"])
def test_a_name_that_is_no_name_is_refused_or_passed_over(tries, name, bad):
    raw = with_members(name, {"odd-name": b"x"}).replace(b"odd-name", bad.ljust(8, b"x"))
    for place in (6, 8):  # the mark for UTF-8, in both records of every member
        for found in re.finditer(b"PK\x03\x04" if place == 6 else b"PK\x01\x02", raw):
            at = found.start() + place + 1
            raw = raw[:at] + b"\x08" + raw[at + 1 :]
    for way, tried in tries(name, raw).items():
        assert tried.code in (0, 3), (way, tried)


@every_zip
def test_an_empty_name_is_refused_or_passed_over(tries, name):
    raw = bent(with_members(name, {"x": b"x"}), 28, "<H", 0)
    for way, tried in tries(name, raw).items():
        assert tried.code in (0, 3), (way, tried)


@every_zip
def test_two_members_of_one_name_are_refused_or_read_alike(tries, name):
    stream = io.BytesIO(WHOLE[name]())
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(TEXTS[name], "<other/>")
    for way, tried in tries(name, stream.getvalue()).items():
        assert tried.code == 3, (way, tried)


# --- What is inside ----------------------------------------------------------------------------------


@every_office_file
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_part_that_declares_a_document_type_is_refused(refused, name, encoding):
    declared = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
    for part in (TEXTS[name], "[Content_Types].xml"):
        refused(name, with_members(name, {part: declared.encode(encoding)}))


@every_zip
def test_a_part_of_depth_without_end_is_refused(refused, name):
    text = members_of(WHOLE[name]())[TEXTS[name]]
    start = text.index(b">", text.index(b"<", 1 if name == "a.docx" else 0)) + 1
    refused(name, with_members(name, {TEXTS[name]: text[:start] + b"<a>" * 100_000 + text[start:]}))


@every_zip
@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"<html>", b"words"])
def test_a_part_that_is_something_else_is_refused(refused, name, content):
    refused(name, with_members(name, {TEXTS[name]: content}))


@every_zip
def test_an_archive_of_nothing_is_refused(refused, name):
    refused(name, zipped({}))
    refused(name, b"PK\5\6" + b"\0" * 18)


@every_zip
@pytest.mark.parametrize("raw", [b"", b"PK\3\4", b"\0" * 10_000, TMX, b"%PDF-1.7\n"])
def test_a_file_of_another_kind_is_refused(tries, name, raw):
    for way, tried in tries(name, raw).items():
        same = raw == TMX and name == "a.tmx.zip"  # a TMX that somebody has unpacked and not renamed
        assert tried.code == (0 if same else 3), (way, tried)
