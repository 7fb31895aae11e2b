"""What a foreign TMX brings along is in the memory after an import, as it was, but for what is said here.

An import adds: the prop x-imported-from to each unit; to a new memory's header the prop x-tm-kind, and its
own creationtool, version of TMX and srclang; a number to a tuid that is there twice, and a tuid to a unit
whose source and target are there twice; and the attributes that TMX requires of a header. It leaves out units
that it counts as skipped or unchanged.
"""

from __future__ import annotations

import csv
import io
import os
import re
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tm.errors import FormatError
from tm.formats.tmx_packed import unpacked
from tm.project.import_report import ImportReport
from tm.project.imports import import_files
from tm.store.memory import open_memory

DATA = os.environ.get("TM_TEST_DATA", "")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
STRUCTURE = {"tmx", "header", "ude", "body", "tu", "tuv"}
OURS = ("creationtool", "creationtoolversion", "srclang")
REQUIRED = {"segtype": "sentence", "o-tmf": "unknown", "adminlang": "en", "datatype": "unknown"}


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def parsed(path: Path) -> etree._Element:
    """The root of a file, in which white space that only indents is all the same."""
    with path.open("rb") as stream:
        tree = etree.parse(unpacked(stream, path=path.name), etree.XMLParser(resolve_entities=False))
    for element in tree.iter(etree.Element):
        if local(element) in STRUCTURE:
            element.text = (element.text or "").strip() or "\n"
            for child in element:
                child.tail = (child.tail or "").strip() or "\n"
    return tree.getroot()


def c14n(element: etree._Element) -> bytes:
    alone = etree.fromstring(etree.tostring(element, with_tail=False))
    return etree.tostring(alone, method="c14n", exclusive=True, with_comments=True)


def removed(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def around(root: etree._Element) -> list[bytes]:
    """The document without its units, line by line."""
    for tu in list(root.iter("{*}tu")):
        removed(tu)
    out = io.BytesIO()
    root.getroottree().write_c14n(out, exclusive=True, with_comments=True)
    return [line for line in out.getvalue().splitlines() if line.strip()]


def header_of(path: Path) -> bytes:
    (header,) = parsed(path).iter("{*}header")
    return c14n(header)


def undone(root: etree._Element, file: str) -> etree._Element:
    """A memory without what the import added."""
    for prop in list(root.iter("{*}prop")):
        if (prop.get("type"), prop.text) in {("x-imported-from", file), ("x-tm-kind", "working")}:
            removed(prop)
    return root


def plain(root: etree._Element) -> etree._Element:
    """A document without the attributes of its header that an import sets."""
    root.attrib.pop("version", None)
    for header in root.iter("{*}header"):
        for name in OURS:
            header.attrib.pop(name, None)
        for name, value in REQUIRED.items():
            header.set(name, header.get(name) or value)
    return root


def check(file: Path, into: Path, report: ImportReport) -> list[bytes]:
    """The units that are not in the memory; all others are, in order and canonically equal."""
    before, after = plain(parsed(file)), undone(plain(parsed(into)), file.name)
    there = list(after.iter("{*}tu"))
    left_out = []
    for tu in before.iter("{*}tu"):
        found = there[0] if there else None
        if found is not None:
            name, given = tu.get("tuid", ""), found.get("tuid", "")
            if name and given != name and given.rpartition(".")[0] == name:
                found.set("tuid", name)
            elif not name and re.fullmatch(r"[0-9a-f]{12}\.\d+", given):
                del found.attrib["tuid"]
            if c14n(found) == c14n(tu):
                there.pop(0)
                continue
        left_out.append(c14n(tu))
    assert [c14n(tu) for tu in there] == [], "units that are not in the file"
    assert len(left_out) == report.skipped + report.unchanged
    assert around(after) == around(before)
    return left_out


WHOLE = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="a.css"?><!-- before -->
<tmx version="1.4" xmlns:ex="urn:x"><!-- first -->
<header creationtool="Studio" creationtoolversion="9" segtype="block" o-tmf="sdltm" adminlang="fr"
 srclang="zh_cn" datatype="html" o-encoding="gb2312" creationdate="20200101T000000Z" creationid="li" ex:a="1">
 <note xml:lang="zh" o-encoding="gbk">注</note><prop type="x-a">1</prop><prop type="x-a">1</prop>
 <ude name="Mac" base="Macintosh"><map unicode="#xF8FF" code="#xF0" ent="Apple" subst="[Apple]"/></ude>
</header><!-- between -->
<body>
 <!-- one -->
 <tu tuid="a" srclang="en" datatype="rtf" usagecount="3" lastusagedate="20210101T000000Z" changeid="wang"
  ex:state="ok" segtype="phrase" creationdate="2020-01-01">
  <note>甲</note><prop type="x-a" xml:lang="en" o-encoding="x">1</prop><prop type="x-a">1</prop>
  <ex:own>e</ex:own>
  <tuv xml:lang="en-US" creationid="bob" o-tmf="y"><note>n</note><prop type="p">q</prop><seg>One
 line &amp; <bpt i="1" x="1" type="b">&lt;b><sub datatype="html">alt</sub></bpt>2<ept i="1">&lt;b</ept></seg>
  </tuv>
  <tuv xml:lang="zh-CN" changedate="20220101T000000Z"><seg>一<it pos="begin" x="2"/><hi type="i">二<ph x="3"
  assoc="p"/></hi><ut>{\\b</ut><!-- 注 -->\u3000</seg></tuv>
  <tuv xml:lang="fr"><seg>un</seg></tuv><tuv xml:lang="en"><seg>first</seg></tuv>
 </tu>
 <tu tuid="a"><tuv lang="ZH"><seg>三</seg></tuv><tuv lang="EN"><seg>three</seg></tuv></tu><?keep this?>
 <tu><tuv xml:lang="zh"><seg>四</seg></tuv><tuv xml:lang="en"><seg xml:space="preserve">four</seg></tuv></tu>
 <!-- last -->
</body><!-- behind -->
</tmx>
<!-- end -->
"""


def test_all_that_a_tmx_can_hold_is_in_the_memory(tmp_path):
    file, into = tmp_path / "a.tmx", tmp_path / "m.tmx"
    file.write_text(WHOLE, encoding="utf-8")
    report = import_files([file], into)
    assert (report.added, report.read) == (3, 3)
    assert check(file, into, report) == []
    header = open_memory(into).header
    assert (header.kind, header.source_lang, header.segtype, header.datatype) == (
        *("working", "zh_cn", "block", "html"),
    )


def test_only_a_new_memory_takes_the_header_of_a_file(tmp_path):
    file, into, second = tmp_path / "a.tmx", tmp_path / "m.tmx", tmp_path / "b.tmx"
    file.write_text(WHOLE, encoding="utf-8")
    second.write_text(WHOLE.replace("Apple", "Pear").replace("seg>", "seg>x"), encoding="utf-8")
    second.write_text(second.read_text(encoding="utf-8").replace("/seg>x", "/seg>"), encoding="utf-8")
    import_files([file], into)
    before = header_of(into)
    assert import_files([second], into).added == 3
    assert header_of(into) == before


@cache
def public() -> list[str]:
    if not DATA:
        return []
    with (Path(DATA) / "tmx/public/INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream, delimiter="\t"))
    return [line["file"] for line in lines if not line["a correct reader yields"].startswith("error")]


NO_PAIR = {  # files in which no unit has two languages, or not those that most have
    *("okapi__aligned.tmx", "okapi__okapi-confusion.tmx", "okapi__potest.po.empty.tmx"),
    *("okapiinl__testIsolatedCodes.tmx", "okapiinl__testOutputWithLT.tmx"),
    *("okapiinl__testTUDuplicateProperties.tmx", "okapiinl__testTUProperties.tmx"),
    "okapiinl__testTUTUVAttrEscaping.tmx",
}
REASONS = {"there is no tuv in zh-CN", "there is no tuv in en", "there is no source text"}


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="TM_TEST_DATA is not set: no third-party files to read")
@pytest.mark.parametrize("name", public())
def test_every_public_file_is_in_the_memory_canonically_equal(renamed, name, tmp_path):
    file, into = renamed(name, tmp_path / "a.tmx", exchanged=False), tmp_path / "m.tmx"
    try:
        report = import_files([file], into)
    except FormatError as error:
        if name in NO_PAIR and "no unit has the languages" in error.message:
            return
        report = import_files([renamed(name, file, exchanged=True)], into)  # Japanese looks Chinese
    assert {issue.reason for issue in report.issues} <= REASONS
    if report.added:
        check(file, into, report)
