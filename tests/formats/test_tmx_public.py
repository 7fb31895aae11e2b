"""TMX files of other programs: all of them are read, and come out as they went in."""

from __future__ import annotations

import csv
import io
import os
import re
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tm.errors import FormatError
from tm.formats import tmx
from tm.formats.tmx_packed import unpacked
from tm.model import Code, Memory, Unit

DATA = os.environ.get("TM_TEST_DATA", "")
pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA, reason="TM_TEST_DATA is not set: no third-party files to read"),
]
SECONDS = 5
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@cache
def index() -> dict[str, str]:
    """What a correct reader yields, by file."""
    if not DATA:
        return {}
    with (Path(DATA) / "tmx/public/INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        found = {
            record["file"]: record["a correct reader yields"]
            for record in csv.DictReader(stream, delimiter="\t")
        }
    # The index was made without unpacking zips; the file holds what its gzip twin holds.
    found["omegat__test-level2.tmx.zip"] = found["omegat__test-level2.tmx.gz"]
    return found


READABLE = sorted(name for name, expected in index().items() if not expected.startswith("error"))
BROKEN = sorted(name for name, expected in index().items() if expected.startswith("error"))


def content(name: str) -> bytes:
    return (Path(DATA) / "tmx/public" / name).read_bytes()


def expected_languages(expected: str) -> dict[str, int]:
    parts = [part.strip() for part in expected.split(";")[1:] if "inline" not in part]
    return {
        lang.removeprefix("@"): int(n) for lang, _colon, n in (part.partition(":") for part in parts if part)
    }


def expected_inline(expected: str) -> dict[str, int]:
    found = re.search(r"inline \{(.*)\}", expected)
    return {kind: int(n) for kind, n in re.findall(r"'(\w+)': (\d+)", found[1])} if found else {}


def language_pair(name: str) -> tuple[str, str]:
    """A source and a target that most units of the file have."""
    counts = Counter(expected_languages(index()[name]))
    both = [lang for lang, _n in counts.most_common(2)]
    return (both[0], both[-1]) if both else ("en", "fr")


def read(name: str, raw: bytes, skipped: list[tmx.Skipped] | None = None) -> tuple[Memory, list[Unit]]:
    source, target = language_pair(name)
    on_skip = skipped.append if skipped is not None else None
    memory = tmx.read(io.BytesIO(raw), path=name, source_lang=source, target_lang=target, on_skip=on_skip)
    return memory, list(memory)


def write(memory: Memory, units: list[Unit]) -> bytes:
    stream = io.BytesIO()
    tmx.write(Memory(name=memory.name, header=memory.header, units=units), stream)
    return stream.getvalue()


ADDED = {
    "creationtool": "unknown",
    "creationtoolversion": "unknown",
    "segtype": "sentence",
    "o-tmf": "unknown",
    "adminlang": "en",
    "srclang": "*all*",
    "datatype": "unknown",
}
"""What a header gets that lacks it, as the root gets its version: all that reading and writing add."""


def canonical(raw: bytes, name: str, *, header: dict[str, str] | None = None) -> list[bytes]:
    """The C14N of a document line by line, with comments, without the white space that only indents."""
    tree = etree.parse(unpacked(io.BytesIO(raw), path=name), etree.XMLParser(resolve_entities=False))
    if header:
        tree.getroot().set("version", tree.getroot().get("version") or "1.4")
    for element in tree.iter(etree.Element):
        if etree.QName(element).localname in {"tmx", "header", "ude", "body", "tu", "tuv"}:
            element.text = (element.text or "").strip() or "\n"
            for child in element:
                child.tail = (child.tail or "").strip() or "\n"
        if header and etree.QName(element).localname == "header":
            for required, value in header.items():
                element.set(required, element.get(required) or value)
    out = io.BytesIO()
    tree.write_c14n(out, exclusive=True, with_comments=True)
    return out.getvalue().splitlines()


def test_the_index_lists_every_file() -> None:
    assert len(index()) == 155
    assert len(BROKEN) == 4


@pytest.mark.parametrize("name", READABLE)
def test_a_public_file_has_the_units_and_languages_its_index_says(name: str) -> None:
    start = time.process_time()
    found = tmx.survey(io.BytesIO(content(name)), path=name)
    assert time.process_time() - start < SECONDS
    assert found.units == int(index()[name].split(" ", maxsplit=1)[0])
    assert found.languages == expected_languages(index()[name])


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_tmx_is_refused_with_its_name(name: str) -> None:
    with pytest.raises(FormatError) as caught:
        list(tmx.read(io.BytesIO(content(name)), path=name))
    assert caught.value.path == name
    assert caught.value.hint or "empty" in caught.value.message


@pytest.mark.parametrize("name", READABLE)
def test_every_unit_is_read_or_reported(name: str) -> None:
    skipped: list[tmx.Skipped] = []
    start = time.process_time()
    _memory, units = read(name, content(name), skipped)
    assert time.process_time() - start < SECONDS
    assert len(units) + len(skipped) == int(index()[name].split(" ", maxsplit=1)[0])
    assert all(skip.line and skip.reason and skip.unit for skip in skipped)
    if not skipped:
        kinds = Counter(
            code.kind
            for unit in units
            for segment in (unit.source, unit.target, *[other.segment for other in unit.others])
            for code in every(segment.codes)
            if "" not in dict(code.attributes)
        )
        expected = expected_inline(index()[name])
        assert {kind: kinds[kind] for kind in expected} == expected


def every(codes: tuple[Code, ...]) -> list[Code]:
    return [found for code in codes for found in (code, *every(code.children))]


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("languages", ["those of most units", "others"])
def test_an_untouched_file_comes_out_canonically_equal(name: str, languages: str) -> None:
    raw = content(name)
    source, target = ("xx", "yy") if languages == "others" else language_pair(name)
    memory = tmx.read(io.BytesIO(raw), path=name, source_lang=source, target_lang=target)
    out = io.BytesIO()
    tmx.write(memory, out)
    assert canonical(out.getvalue(), "-") == canonical(raw, name, header=ADDED)


@pytest.mark.parametrize("name", READABLE)
def test_reading_what_was_written_gives_the_same_memory_and_the_same_bytes(name: str) -> None:
    memory, units = read(name, content(name))
    once = write(memory, units)
    again, units_again = read(name, once)
    assert (again.header, units_again) == (memory.header, units)
    assert write(again, units_again) == once
