"""What an import took from a TMX comes out of a plain export again, but for what is said here.

Besides what an import adds, an export names itself in the header and has one language pair, the source's
tuv first, no further tuv; a unit whose source has another name than the header's says so. It keeps no
date that is none, and every unit gets a tuid. What the document type does not allow is left out and told.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from lxml import etree

from tm.errors import TMError
from tm.formats import tmx
from tm.formats.tmx_client import Client
from tm.project.exporting import as_tmx, chosen
from tm.project.folder import open_project
from tm.project.imports import import_files

DATA = os.environ.get("TM_TEST_DATA", "")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ADDED = {"x-imported-from"}
STRUCTURE = {"tmx", "header", "ude", "body", "tu", "tuv"}


def parsed(raw):
    """The root, without what an import or an export adds and without white space that only indents."""
    root = etree.parse(io.BytesIO(raw), etree.XMLParser(resolve_entities=False)).getroot()
    for prop in [*root.iter("prop")]:
        if prop.get("type") in ADDED:
            parent = prop.getparent()
            assert parent is not None
            parent.remove(prop)
    for element in root.iter(etree.Element):
        if element.tag in STRUCTURE:
            element.text = (element.text or "").strip() or "\n"
            for child in element:
                child.tail = (child.tail or "").strip() or "\n"
    for header in root.iter("header"):
        for name in ("creationtool", "creationtoolversion", "srclang"):
            header.attrib.pop(name, None)
    return root


def canonical(raw):
    out = io.BytesIO()
    parsed(raw).getroottree().write_c14n(out, exclusive=True, with_comments=True)
    return out.getvalue().splitlines()


def round_trip(folder, file):
    """The bytes of an export of a memory into which the file was imported, and what the export told."""
    (folder / "tm.toml").write_text("", encoding="utf-8")
    (folder / "tmx").mkdir(exist_ok=True)
    import_files([file], folder / "tmx/m.tmx")
    changes: list[tmx.Change] = []
    units = chosen(open_project(folder), ["m"])
    stream = io.BytesIO()
    tmx.write(as_tmx(units, Client.GENERIC, on_change=changes.append), stream)
    return stream.getvalue(), changes, units.left


WHOLE = """<?xml version="1.0" encoding="UTF-8"?>
<!-- before -->
<tmx version="1.4"><!-- first -->
<header creationtool="Studio" creationtoolversion="9" segtype="block" o-tmf="sdltm" adminlang="fr"
 srclang="zh-CN" datatype="html" o-encoding="gb2312" creationdate="20200101T000000Z" creationid="li">
 <note xml:lang="zh" o-encoding="gbk">注</note><prop type="x-a">1</prop><prop type="x-a">1</prop>
 <ude name="Mac" base="Macintosh"><map unicode="#xF8FF" code="#xF0" ent="Apple" subst="[Apple]"/></ude>
</header><!-- between -->
<body>
 <!-- one -->
 <tu tuid="a" datatype="rtf" usagecount="3" lastusagedate="20210101T000000Z" changeid="wang" segtype="phrase">
  <prop type="x-a" xml:lang="en" o-encoding="x">1</prop><note>甲</note><prop type="x-a">1</prop>
  <tuv xml:lang="zh-CN" changedate="20220101T000000Z" o-tmf="y"><note>n</note><prop type="p">q</prop><seg
   >一<it pos="begin" x="2"/><hi type="i">二<ph x="3" assoc="p"/></hi><ut>{\\b</ut>\u3000</seg></tuv>
  <tuv xml:lang="en" creationid="bob"><seg>One &amp; <bpt i="1" x="1" type="b">&lt;b><sub
   datatype="html">alt</sub></bpt>2<ept i="1">&lt;b</ept></seg></tuv>
 </tu>
 <tu tuid="b"><tuv xml:lang="zh-CN"><seg>三</seg></tuv><tuv xml:lang="en"><seg>3</seg></tuv></tu><?keep this?>
 <tu tuid="c"><tuv xml:lang="zh-CN"><seg>四</seg></tuv><tuv xml:lang="en"><seg>4</seg></tuv></tu>
 <!-- last -->
</body><!-- behind -->
</tmx>
<!-- end -->
"""


def test_all_that_one_pair_of_a_tmx_can_hold_comes_out_as_it_went_in(tmp_path):
    file = tmp_path / "a.tmx"
    file.write_text(WHOLE, encoding="utf-8")
    raw, changes, left = round_trip(tmp_path, file)
    assert (changes, left.units, left.unpaired) == ([], 3, 0)
    assert canonical(raw) == canonical(WHOLE.encode())


def test_a_unit_of_other_languages_is_counted_once(tmp_path):
    (tmp_path / "tmx").mkdir()
    foreign = '<tu tuid="x"><tuv xml:lang="fr"><seg>un</seg></tuv><tuv xml:lang="en"><seg>1</seg></tuv></tu>'
    (tmp_path / "tmx/m.tmx").write_text(WHOLE.replace("<!-- one -->", foreign), encoding="utf-8")
    (tmp_path / "tm.toml").write_text("", encoding="utf-8")
    changes: list[tmx.Change] = []
    units = chosen(open_project(tmp_path), ["m"])
    tmx.write(as_tmx(units, Client.GENERIC, on_change=changes.append), io.BytesIO())
    assert (units.left.units, units.left.unpaired, changes) == (3, 1, [])


def units_of(root):
    """The tus of one tuv a language, canonical but for what an export puts right: tuid, srclang, order."""
    for tu in [*root.iter("tu")]:
        tu.text = "\n"
        tuvs: dict[str, list[etree._Element]] = {}
        for tuv in tu.findall("tuv"):
            tuv.set(XML_LANG, tuv.get(XML_LANG) or tuv.attrib.pop("lang", ""))
            tuvs.setdefault(tuv.get(XML_LANG), []).append(tuv)
            tu.remove(tuv)
        if all(len(tuvs.get(lang, ())) == 1 for lang in ("zh-CN", "en")):
            tu.extend((tuvs["zh-CN"][0], tuvs["en"][0]))
            for name in ("tuid", "srclang"):
                tu.attrib.pop(name, None)
            for child in tu:
                child.tail = "\n"
            alone = etree.fromstring(etree.tostring(tu, with_tail=False))
            text = etree.tostring(alone, method="c14n", exclusive=True, with_comments=False)
            yield re.sub(rb"\n+", b"\n", text)


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="TM_TEST_DATA is not set: no third-party files to read")
def test_the_units_of_public_files_come_out_canonically_equal(renamed, tmp_path):
    same = 0
    for path in sorted((Path(DATA) / "tmx/public").glob("*.tmx*")):
        folder = tmp_path / path.name.replace(".", "_")
        folder.mkdir()
        try:
            file = renamed(path.name, folder / "a.tmx", exchanged=False)
            raw, changes, _left = round_trip(folder, file)
        except (TMError, etree.XMLSyntaxError):
            continue  # other tests say which files are broken or have no pair
        if not changes and b"x-kept-" not in raw:
            before, after = (set(units_of(parsed(one))) for one in (file.read_bytes(), raw))
            assert after <= before, path.name
            same += 1
    assert same > 90


def test_a_plain_export_keeps_the_names_of_languages_and_the_source_language_of_each_unit(tmp_path):
    file = tmp_path / "a.tmx"
    tus = (
        '<tu tuid="x"><tuv xml:lang="zh-Hans"><seg>五</seg></tuv>'
        '<tuv xml:lang="en-US"><seg>5</seg></tuv></tu>'
        '<tu tuid="y"><tuv xml:lang="zh_cn"><seg>六</seg></tuv>'
        '<tuv xml:lang="en-GB"><seg>6</seg></tuv></tu>'
    )
    file.write_text(WHOLE.replace("<!-- last -->", tus), encoding="utf-8")
    raw, changes, _left = round_trip(tmp_path, file)
    found = {tu.get("tuid"): tu for tu in etree.fromstring(raw).iter("tu")}
    langs = {name: [tuv.get(XML_LANG) for tuv in tu.iter("tuv")] for name, tu in found.items()}
    assert changes == []
    assert (langs["x"], found["x"].get("srclang")) == (["zh-Hans", "en-US"], "zh-Hans")
    assert (langs["y"], found["y"].get("srclang")) == (["zh-CN", "en-GB"], None)
