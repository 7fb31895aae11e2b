"""The official compliance kit: what its companion files say is what is read."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path

import pytest

from tm.formats import tmx
from tm.model import Code, Segment, Unit

DATA = os.environ.get("TM_TEST_DATA", "")
pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA, reason="TM_TEST_DATA is not set: no third-party files to read"),
]
KIT = Path(DATA) / "tmx/lisa-kit"


def read(test: str, source: str, target: str, *, strict: bool = False) -> list[Unit]:
    path = Path(DATA) / f"tmx/public/omegat__{test}.tmx"
    with path.open("rb") as stream:
        return list(tmx.read(stream, path=str(path), source_lang=source, target_lang=target, strict=strict))


def companion(name: str) -> list[str]:
    """The lines of a companion text; those of white space tests are kept whole."""
    raw = (KIT / name).read_bytes()
    for codec in ("utf-8-sig", "utf-16") if raw[:2] not in (b"\xff\xfe", b"\xfe\xff") else ("utf-16",):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        return [line for line in text.replace("\r\n", "\n").split("\n") if line]
    pytest.fail(f"{name} is in no encoding that was expected")


@pytest.mark.parametrize(
    ("test", "target"),
    [("1A", "fr-ca"), ("1B", "fr-ca"), ("1C", "fr-ca"), ("1I", "ja-jp")]
    + [(f"1{letter}", "en-gb") for letter in "DEFGH"],
)
def test_the_pairs_of_a_level_1_import_are_those_of_the_companion_texts(test: str, target: str) -> None:
    units = read(f"ImportTest{test}", "en-us", target)
    assert [unit.source.text for unit in units] == companion(f"ImportTest{test}.txt")
    assert [unit.target.text for unit in units] == companion(f"ImportTest{test}_{target}.txt")


def native(segment: Segment) -> str:
    """The segment with its native codes put back, as the file it came from had it."""

    def flow(text: str, codes: tuple[Code, ...], start: int, end: int, base: int) -> str:
        parts, at = [], start
        for code in codes:
            here = code.offset - base
            parts.append(html.escape(text[at:here], quote=False))
            at = here
            if code.kind == "hi":
                parts.append(flow(text, code.children, at, at + code.length, base))
                at += code.length
            else:
                inner, done = [], 0
                for sub in code.children:
                    inner += [code.text[done : sub.offset], sub.text]
                    done = sub.offset
                parts.append("".join([*inner, code.text[done:]]))
        return "".join([*parts, html.escape(text[at:end], quote=False)])

    return flow(segment.text, segment.codes, 0, len(segment.text), 0)


def paragraphs(name: str) -> list[str]:
    page = (KIT / name).read_bytes().decode("cp1252")
    return [normal(part) for part in re.findall(r"<p>(.*?)</p>", page, re.DOTALL | re.IGNORECASE)]


def normal(markup: str) -> str:
    """Markup with entities resolved and white space as one blank, to compare what it says."""
    return " ".join(html.unescape(markup).split()).replace(" />", "/>")


def test_the_codes_of_a_level_2_import_give_the_companion_page() -> None:
    units = read("ImportTest2A", "en-us", "fr-ca")
    page = " ".join(paragraphs("ImportTest2A.htm"))
    french = " ".join(paragraphs("ImportTest2A_fr-ca.htm"))
    assert len(units) == 7
    for unit in units:
        assert normal(native(unit.source)) in page
        assert normal(native(unit.target)) in french


@pytest.mark.parametrize(("test", "target"), [("ImportTest1J_many", "en-gb"), ("ImportTest1J", "en-gb")])
def test_only_units_of_the_wanted_pair_are_read(test: str, target: str) -> None:
    assert len(read(test, "en-us", target)) == 2


def test_a_file_without_the_source_language_gives_nothing() -> None:
    assert read("ImportTest1K", "en-us", "en-gb") == []


JK = [
    # test, source, target, units where the language is enough, units where srclang must say so
    ("1J_many", "en-us", "en-gb", 2, 2),
    ("1J_many", "en-gb", "en-us", 2, 0),
    ("1J_many", "es-es", "en-us", 1, 1),
    ("1J_many", "en-us", "es-es", 1, 0),
    ("1J", "en-us", "en-gb", 2, 2),
    ("1J", "en-gb", "en-us", 2, 0),
    ("1K", "en-us", "en-gb", 0, 0),
    ("1K", "en-gb", "fr-ca", 1, 0),
    ("1K", "fr-ca", "en-gb", 1, 1),
    ("1K", "de-de", "en-gb", 1, 1),
]


@pytest.mark.parametrize(("test", "source", "target", "lax", "strict"), JK)
def test_strictly_the_source_is_what_srclang_says(
    test: str, source: str, target: str, lax: int, strict: int
) -> None:
    assert len(read(f"ImportTest{test}", source, target)) == lax
    assert len(read(f"ImportTest{test}", source, target, strict=True)) == strict


@pytest.mark.parametrize(
    ("test", "target"),
    [("1A", "fr-ca"), ("1B", "fr-ca"), ("1C", "fr-ca"), ("1I", "ja-jp")]
    + [(f"1{letter}", "en-gb") for letter in "DEFGH"],
)
def test_strictness_loses_nothing_of_files_whose_source_is_the_wanted_one(test: str, target: str) -> None:
    strict = read(f"ImportTest{test}", "en-us", target, strict=True)
    assert [unit.source.text for unit in strict] == companion(f"ImportTest{test}.txt")
    assert [unit.target.text for unit in strict] == companion(f"ImportTest{test}_{target}.txt")


@pytest.mark.parametrize("test", ["ImportTest1L", "ImportTest2C"])
def test_every_attribute_note_and_prop_of_the_complete_files_is_kept(test: str) -> None:
    (unit,) = read(test, "en-us", "fr")
    assert len(unit.notes) == 2
    assert [other.segment.lang for other in unit.others] == ["en-gb"]
    assert unit.origin.creator == "ys"
    assert unit.extra is not None
