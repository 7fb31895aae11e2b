"""What the tests of exports share: the content model of TMX, and projects with memories made for a test."""

from __future__ import annotations

import io
import os
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from tm.formats import tmx
from tm.formats.tmx_packed import unpacked
from tm.model import Header, Memory, Segment, Unit

DATA = os.environ.get("TM_TEST_DATA", "")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# What an element of TMX 1.4b may hold, in our own short form of the specification's content model.
MODEL = """
<!ENTITY % made "creationdate CDATA #IMPLIED creationid CDATA #IMPLIED changedate CDATA #IMPLIED
  changeid CDATA #IMPLIED o-encoding CDATA #IMPLIED">
<!ENTITY % used "creationtool CDATA #IMPLIED creationtoolversion CDATA #IMPLIED o-tmf CDATA #IMPLIED
  datatype CDATA #IMPLIED usagecount CDATA #IMPLIED lastusagedate CDATA #IMPLIED">
<!ENTITY % text "#PCDATA | bpt | ept | ph | it | hi | ut">
<!ELEMENT tmx (header, body)><!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop | ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED o-tmf CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED %made;>
<!ELEMENT ude (map+)><!ATTLIST ude name CDATA #REQUIRED base CDATA #IMPLIED>
<!ELEMENT map EMPTY>
<!ATTLIST map unicode CDATA #REQUIRED code CDATA #IMPLIED ent CDATA #IMPLIED subst CDATA #IMPLIED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED srclang CDATA #IMPLIED segtype CDATA #IMPLIED %made; %used;>
<!ELEMENT tuv ((note | prop)*, seg)><!ATTLIST tuv xml:lang CDATA #REQUIRED %made; %used;>
<!ELEMENT note (#PCDATA)><!ATTLIST note xml:lang CDATA #IMPLIED o-encoding CDATA #IMPLIED>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED xml:lang CDATA #IMPLIED o-encoding CDATA #IMPLIED>
<!ELEMENT seg (%text;)*><!ELEMENT hi (%text;)*><!ELEMENT sub (%text;)*>
<!ELEMENT bpt (#PCDATA | sub)*><!ELEMENT ept (#PCDATA | sub)*><!ELEMENT ph (#PCDATA | sub)*>
<!ELEMENT it (#PCDATA | sub)*><!ELEMENT ut (#PCDATA | sub)*>
<!ATTLIST hi x CDATA #IMPLIED type CDATA #IMPLIED>
<!ATTLIST sub datatype CDATA #IMPLIED type CDATA #IMPLIED>
<!ATTLIST bpt i CDATA #REQUIRED x CDATA #IMPLIED type CDATA #IMPLIED><!ATTLIST ept i CDATA #REQUIRED>
<!ATTLIST ph x CDATA #IMPLIED assoc CDATA #IMPLIED type CDATA #IMPLIED>
<!ATTLIST it pos (begin | end) #REQUIRED x CDATA #IMPLIED type CDATA #IMPLIED>
<!ATTLIST ut x CDATA #IMPLIED>
"""


@pytest.fixture(scope="session")
def valid_tmx():
    """The root of a TMX, which is valid by the content model."""
    dtd = etree.DTD(io.StringIO(MODEL))

    def checked(raw):
        root = etree.fromstring(raw)
        assert dtd.validate(root), dtd.error_log
        assert raw.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        return root

    return checked


@pytest.fixture
def memory_file(tmp_path):
    """Writes units to a TMX in a project's folder of memories; the project is the test's folder."""
    (tmp_path / "tm.toml").write_text("", encoding="utf-8")
    (tmp_path / "tmx").mkdir()

    def written(*units, name="mine", header=None):
        path = tmp_path / "tmx" / f"{name}.tmx"
        with path.open("wb") as stream:
            tmx.write(Memory(name=name, header=header or Header(), units=units), stream)
        return path

    return written


@pytest.fixture(scope="session")
def pair():
    """A unit of a Chinese and an English text."""

    def made(source, target, **fields):
        known = {"id": source, **fields}
        return Unit(
            source=Segment(lang="zh-CN", text=source), target=Segment(lang="en", text=target), **known
        )

    return made


@pytest.fixture(scope="session")
def renamed():
    """Makes a public TMX one of Chinese and English."""

    def made(name: str, path: Path, *, exchanged: bool) -> Path:
        """The file with its two commonest languages called zh-CN and en: an import takes no others."""
        raw = (Path(DATA) / "tmx/public" / name).read_bytes()
        tree = etree.parse(unpacked(io.BytesIO(raw), path=name), etree.XMLParser(resolve_entities=False))
        tuvs = [(tuv, XML_LANG if tuv.get(XML_LANG) else "lang") for tuv in tree.iter("{*}tuv")]
        counts = Counter(str(tuv.get(key)) for tuv, key in tuvs if tuv.get(key))
        common = sorted(counts, key=lambda lang: (not lang.lower().startswith("zh"), -counts[lang], lang))
        pair = ["en", "zh-CN"] if exchanged else ["zh-CN", "en"]
        names = dict(zip(common, [*pair, *(f"x-{number}" for number in range(99))], strict=False))
        for tuv, key in tuvs:
            if tuv.get(key):
                tuv.set(key, names[str(tuv.get(key))])
        tree.write(path, encoding="utf-8", xml_declaration=True)
        return path

    return made
