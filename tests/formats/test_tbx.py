"""TBX in both versions and both styles: every field arrives, what cannot is named, nothing is fetched."""

from __future__ import annotations

import datetime
import io
import re
import sys
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tm.errors import FormatError
from tm.formats import tbx
from tm.formats.tbx_fields import concept_id, status_of, xml_id
from tm.model import Concept, Severity, Term, TermStatus

V2 = '<martif type="TBX" xml:lang="en"><martifHeader/><text><body>{}</body></text></martif>'
V3 = (
    '<tbx xmlns="urn:iso:std:iso:30042:ed-2" style="dca" type="TBX-Basic" xml:lang="en"><tbxHeader/>'
    "<text><body>{}</body></text></tbx>"
)
PAIR = (
    '<termEntry id="c1"><langSet xml:lang="zh-CN"><tig><term>省委</term></tig></langSet>'
    '<langSet xml:lang="en"><tig><term>Provincial Committee</term></tig></langSet></termEntry>'
)


def read(text, encoding="utf-8"):
    return tbx.read(io.BytesIO(text.encode(encoding)), path="t.tbx")


def entry(english, *, chinese="<tig><term>省委</term></tig>", facts="", zh="zh-CN", en="en"):
    return V2.format(
        f'<termEntry id="c1">{facts}<langSet xml:lang="{zh}">{chinese}</langSet>'
        f'<langSet xml:lang="{en}">{english}</langSet></termEntry>'
    )


def only(text):
    (concept,) = read(text).concepts
    return concept


def written(*concepts, version=2):
    stream = io.BytesIO()
    tbx.write(concepts, stream, version=version)
    return stream.getvalue()


def without_lines(concept):
    return replace(
        concept,
        zh=tuple(replace(term, line=0) for term in concept.zh),
        en=tuple(replace(term, line=0) for term in concept.en),
    )


def full():
    """A concept that has a value in every field."""
    return Concept(
        id="yigan duozhi:1",
        zh=(
            Term(lang="zh-CN", text="一干多支", pos="proper", unless=("一干多支线", "a|b")),
            Term(lang="zh-CN", text="“一干多支”", status=TermStatus.ADMITTED, note="with quotes", source="s"),
        ),
        en=(
            Term(lang="en", text="A & <B>", acronym="AB", pos="proper", note="x-tm-like", source="Li"),
            Term(lang="en", text="a b", status=TermStatus.ADMITTED, acronym="AB", pos="slogan"),
            Term(lang="en", text="AB c", status=TermStatus.DEPRECATED, case="sensitive", pos="adj"),
            Term(lang="en", text="trunk", status=TermStatus.FORBIDDEN, note="x-tm-note: two\nlines"),
        ),
        domain="strategy",
        once=True,
        severity=Severity.CRITICAL,
        valid_from=datetime.date(2018, 6, 30),
        valid_until=None,
        mono=False,
        others=(
            ("definition", "what it is"),
            ("definition-zh", "定义"),
            ("context-en", "as in this sentence"),
            ("concept-note", "x-tm-x: no field"),
            ("note-en", "of the language"),
            ("term-fr", "un tronc"),
            ("term-zh-tw", "一幹多支"),
            ("checked: by %3A", "Wang"),
            ("核对", "是"),
        ),
    )


@pytest.mark.parametrize("version", [2, 3])
def test_every_field_of_a_concept_comes_back(version):
    content = written(full(), version=version)
    (concept,) = tbx.read(io.BytesIO(content)).concepts
    assert sorted(concept.others) == sorted(full().others)
    assert without_lines(replace(concept, others=())) == replace(full(), others=())


@pytest.mark.parametrize("version", [2, 3])
def test_the_same_concepts_give_the_same_bytes(version):
    content = written(full(), version=version)
    assert written(*tbx.read(io.BytesIO(content)).concepts, version=version) == content


def test_version_2_is_what_older_tools_expect():
    text = written(full()).decode()
    assert '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">' in text
    assert '<martif type="TBX" xml:lang="en">' in text
    assert '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>' in text
    term = text[text.index("<tig>") : text.index("</tig>")]
    assert term.index("<termNote") < term.index("<admin")


def test_version_3_has_no_type_beyond_its_dialect():
    text = written(full(), version=3).decode()
    assert 'type="x-tm-' not in text
    assert "<note>x-tm-case: sensitive</note>" in text
    assert "properNoun" not in text


def test_statuses_are_the_ones_of_the_standard():
    found = {
        name: status_of(f"{name}Term-admn-sts")
        for name in ("preferred", "admitted", "superseded", "deprecated")
    }
    assert list(found.values()) == [
        TermStatus.PREFERRED,
        TermStatus.ADMITTED,
        TermStatus.DEPRECATED,
        TermStatus.FORBIDDEN,
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("forbidden", TermStatus.FORBIDDEN),
        ("obsolete", TermStatus.DEPRECATED),
        ("notRecommended", TermStatus.FORBIDDEN),
        ("Preferred Term", TermStatus.PREFERRED),
        ("standardizedTerm-admn-sts", TermStatus.PREFERRED),
        ("supersededTerm", TermStatus.DEPRECATED),
        ("who knows", None),
    ],
)
def test_statuses_of_other_tools_are_understood(text, status):
    assert status_of(text) is status


def test_without_a_status_the_first_term_is_preferred_and_the_others_admitted():
    concept = only(entry("<tig><term>a</term></tig><tig><term>b</term></tig>"))
    assert [term.status for term in concept.en] == [TermStatus.PREFERRED, TermStatus.ADMITTED]


def test_a_term_beside_a_forbidden_one_is_the_preferred_one():
    status = '<termNote type="administrativeStatus">forbidden</termNote>'
    concept = only(entry(f"<tig><term>a</term>{status}</tig><tig><term>b</term></tig>"))
    assert [term.status for term in concept.en] == [TermStatus.FORBIDDEN, TermStatus.PREFERRED]


def test_an_acronym_joins_its_full_form():
    kind = '<termNote type="termType">{}</termNote>'
    concept = only(
        entry(
            f"<tig><term>CPC</term>{kind.format('acronym')}</tig>"
            f"<tig><term>Communist Party of China</term>{kind.format('fullForm')}</tig>"
        )
    )
    assert [(term.text, term.acronym) for term in concept.en] == [("Communist Party of China", "CPC")]


def test_a_forbidden_acronym_stays_a_term():
    concept = only(
        entry(
            "<tig><term>Communist Party of China</term></tig><tig><term>CCP</term>"
            '<termNote type="termType">acronym</termNote>'
            '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>'
        )
    )
    assert [(term.text, term.acronym, term.status) for term in concept.en] == [
        ("Communist Party of China", "", TermStatus.PREFERRED),
        ("CCP", "", TermStatus.FORBIDDEN),
    ]


def test_nested_terms_and_definitions_of_a_language_are_read():
    """As large vendors publish them: ntig, the definition beside the term, capitals in the word class."""
    concept = only(
        V2.format(
            '<termEntry id="1_2"><langSet xml:lang="en-US"><descripGrp><descrip type="definition">What\n'
            "            it is.</descrip><admin type='source'>W</admin></descripGrp><ntig><termGrp>"
            '<term id="x">zone</term><termNote type="partOfSpeech">Noun</termNote></termGrp></ntig></langSet>'
            '<langSet xml:lang="zh-Hans"><ntig><termGrp><term>区</term></termGrp></ntig></langSet>'
            "</termEntry>"
        )
    )
    assert (concept.id, concept.en[0].pos, concept.zh[0].text) == ("1_2", "noun", "区")
    assert concept.others == (("definition-en", "What it is."),)


def test_data_categories_as_tags_are_read_like_those_as_attributes():
    dct = (
        '<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min"'
        ' xmlns:basic="http://www.tbxinfo.net/ns/basic" style="dct" type="TBX-Basic"><text><body>'
        '<conceptEntry id="c1"><min:subjectField>post</min:subjectField><langSec xml:lang="zh"><termSec>'
        "<term>省长</term></termSec></langSec><langSec xml:lang='en'><descripGrp><basic:definition>d"
        "</basic:definition><basic:source>s</basic:source></descripGrp><termSec><term>governor</term>"
        "<min:partOfSpeech>noun</min:partOfSpeech><min:administrativeStatus>supersededTerm-admn-sts"
        "</min:administrativeStatus><basic:source>Li</basic:source><note>n</note></termSec></langSec>"
        "</conceptEntry></body></text></tbx>"
    )
    concept = only(dct)
    assert concept.domain == "post"
    assert without_lines(concept).en == (
        Term(lang="en", text="governor", status=TermStatus.DEPRECATED, pos="noun", note="n", source="Li"),
    )
    assert concept.others == (("definition-en", "d"),)


def test_inline_markup_and_comments_do_not_tear_a_term_apart():
    concept = only(entry("<tig><term>Party <hi>Committee</hi><!-- x --> of\n      Sichuan</term></tig>"))
    assert concept.en[0].text == "Party Committee of Sichuan"


def test_traditional_chinese_is_never_taken_for_simplified():
    text = entry("<tig><term>a</term></tig>", zh="zh-TW")
    with pytest.raises(FormatError) as caught:
        read(text)
    assert "en (1), zh-TW (1)" in caught.value.hint


def test_further_languages_are_kept_in_columns():
    more = PAIR.replace(
        "</termEntry>", '<langSet xml:lang="zh_TW"><tig><term>省委會</term></tig></langSet></termEntry>'
    )
    assert only(V2.format(more)).others == (("term-zh-tw", "省委會"),)


def test_a_concept_without_english_is_left_out_with_line_and_reason():
    alone = '\n<termEntry id="x"><langSet xml:lang="zh"><tig><term>县</term></tig></langSet></termEntry>'
    glossary = read(V2.format(PAIR + alone))
    (left,) = glossary.left_out
    assert (left.line, left.concept, left.terms) == (2, "x", 1)
    assert "English" in left.reason


def test_fields_that_are_not_taken_are_counted():
    transaction = '<transacGrp><transac type="transactionType">origination</transac></transacGrp>'
    gender = '<termNote type="grammaticalGender">neuter</termNote>'
    text = entry(f"<tig><term>a</term>{gender}</tig>", facts=transaction * 2)
    assert read(text).lost == (("grammaticalGender", 1), ("transacGrp", 2))


def test_an_id_that_stands_twice_stays_unique():
    assert [concept.id for concept in read(V2.format(PAIR * 2)).concepts] == ["c1", "c1.2"]


def test_without_an_id_the_chinese_term_is_the_id():
    assert only(V2.format(PAIR.replace(' id="c1"', ""))).id == "省委"


@pytest.mark.parametrize(
    "name", ["1918 年流感", "a:b", "_x0020_", "-", "", "\U00020000", "a.b-c", "é\n", "𝒳 x"]
)
def test_every_id_comes_back_from_xml(name):
    assert concept_id(xml_id(name)) == name
    assert " " not in xml_id(name)
    assert not xml_id(name)[:1].isdigit()


NAME = r"[^\W\d][-.\w]*"
PIECES = st.lists(
    st.sampled_from(["_", "x0040", "_x0064_", "x", "005F", "@", "1", "省", "_x005F_", "_xD800_", "_x110000_"])
).map("".join)


@settings(deadline=None)
@given(st.text() | st.text(st.sampled_from("_xX0049fFgZ@ 省")) | PIECES)
@example("_x0040@")
@example("_x0064_x0040__")
def test_every_id_is_a_name_of_xml_and_comes_back_from_it(name):
    written = xml_id(name)
    assert concept_id(written) == name
    assert xml_id(concept_id(written)) == written
    if name:
        assert re.fullmatch(NAME, written)


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=33, exclude_categories=["Cs", "Zs", "Cc"]), min_size=1) | PIECES)
@example("_x0064_x0040__")
def test_an_id_that_was_read_stays_the_same_however_often_it_is_written(name):
    once = concept_id(name)
    assert concept_id(xml_id(once)) == once


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_are_found_out(encoding):
    declared = "" if encoding == "utf-8-sig" else f' encoding="{encoding}"'
    text = f'<?xml version="1.0"{declared}?>\n' + V2.format(PAIR)
    assert read(text, encoding).concepts[0].zh[0].text == "省委"


def test_the_document_type_is_accepted_and_never_fetched():
    opened = []
    watching = [True]

    def audit(event, arguments):
        if watching[0] and event in ("open", "socket.connect", "urllib.Request"):
            opened.append((event, arguments[0]))

    sys.addaudithook(audit)
    doctype = '<!DOCTYPE martif PUBLIC "ISO 30042:2008A//DTD TBX core//EN" "file:///etc/hosts">'
    try:
        assert read(doctype + V2.format(PAIR)).concepts
    finally:
        watching[0] = False
    assert not opened


@pytest.mark.parametrize(
    "declared", ['<!ENTITY x "y">', '<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;', '<!ENTITY x SYSTEM "a">']
)
def test_entities_are_refused(declared):
    with pytest.raises(FormatError, match="entity"):
        read(f"<!DOCTYPE martif [{declared}]>" + V2.format(PAIR))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<tmx version="1.4"/>', "tm import"),
        ("<html><body/></html>", "web page"),
        ("<mtf><conceptGrp/></mtf>", "MultiTerm"),
        ("<TBX/>", "TBX-Basic"),
    ],
)
def test_another_root_is_named(text, said):
    with pytest.raises(FormatError, match="root element") as caught:
        read(text)
    assert said in caught.value.hint


def test_deep_nesting_is_an_error():
    deep = "<hi>" * 100_000 + "</hi>" * 100_000
    with pytest.raises(FormatError):
        read(entry(f"<tig><term>{deep}</term></tig>"))


def test_a_language_section_without_a_language_has_a_line():
    with pytest.raises(FormatError, match="xml:lang") as caught:
        read(V2.format("\n\n" + PAIR.replace(' xml:lang="en"', "")))
    assert (caught.value.line, caught.value.unit) == (3, "c1")


def test_a_truncated_file_says_how_many_concepts_are_whole():
    with pytest.raises(FormatError, match="1 whole units"):
        read(V2.format(PAIR * 2)[:-150])


def test_a_date_that_is_none_is_an_error_with_its_line():
    with pytest.raises(FormatError, match="2018-02-30") as caught:
        read(entry("<tig><term>a</term></tig>", facts='\n<admin type="x-tm-from">2018-02-30</admin>'))
    assert (caught.value.line, caught.value.unit) == (2, "c1")


def test_a_note_of_blanks_takes_no_time():
    note = " " * 2_000_000 + "a\n" + " " * 1_000_000 + "b"
    assert only(entry(f"<tig><term>x</term><note>{note}</note></tig>")).en[0].note == "a b"


def test_a_character_that_xml_cannot_hold_is_refused():
    bad = replace(full(), domain="a\x0bb")
    with pytest.raises(FormatError, match="yigan"):
        written(bad)


def test_no_concept_is_no_file():
    with pytest.raises(FormatError, match="at least one"):
        written()


# --- The content models, as the published schemas have them ------------------------------------------

AUX = "(descrip|descripGrp|admin|adminGrp|transacGrp|note|ref|xref)*"
V2_MODEL = f"""
<!ELEMENT martif (martifHeader, text)> <!ATTLIST martif type CDATA #REQUIRED xml:lang CDATA #REQUIRED>
<!ELEMENT martifHeader (fileDesc, encodingDesc?)> <!ELEMENT fileDesc (sourceDesc+)>
<!ELEMENT sourceDesc (p+)> <!ELEMENT encodingDesc (p+)>
<!ELEMENT p (#PCDATA)> <!ATTLIST p type CDATA #IMPLIED>
<!ELEMENT text (body)> <!ELEMENT body (termEntry+)>
<!ELEMENT termEntry ({AUX}, langSet+)> <!ATTLIST termEntry id ID #IMPLIED>
<!ELEMENT langSet ({AUX}, tig+)> <!ATTLIST langSet xml:lang CDATA #REQUIRED>
<!ELEMENT tig (term, termNote*, {AUX})> <!ELEMENT term (#PCDATA)>
<!ELEMENT termNote (#PCDATA)> <!ATTLIST termNote type CDATA #REQUIRED>
<!ELEMENT descrip (#PCDATA)> <!ATTLIST descrip type CDATA #REQUIRED>
<!ELEMENT admin (#PCDATA)> <!ATTLIST admin type CDATA #REQUIRED>
<!ELEMENT note (#PCDATA)>
<!ELEMENT descripGrp EMPTY> <!ELEMENT adminGrp EMPTY> <!ELEMENT transacGrp EMPTY>
<!ELEMENT ref EMPTY> <!ELEMENT xref EMPTY>
"""
V3_TYPES = {
    ("descrip", "conceptEntry"): {"subjectField", "definition"},
    ("descrip", "langSec"): {"definition"},
    ("descrip", "termSec"): {"context"},
    ("admin", "termSec"): {"source", "customerSubset", "projectSubset"},
    ("termNote", "termSec"): {"administrativeStatus", "partOfSpeech", "termType"},
}
V3_VALUES = {
    "administrativeStatus": {
        f"{name}Term-admn-sts" for name in ("preferred", "admitted", "superseded", "deprecated")
    },
    "partOfSpeech": {"noun", "verb", "adjective", "adverb", "other"},
    "termType": {"fullForm", "acronym"},
}


def test_version_2_has_the_structure_of_its_document_type():
    root = etree.fromstring(written(full(), replace(full(), id="1")))
    model = etree.DTD(io.StringIO(V2_MODEL))
    assert model.validate(root), model.error_log


def test_version_3_has_the_types_and_values_of_its_dialect_at_their_levels():
    root = etree.fromstring(written(full(), version=3))
    typed = list(root.iter("{*}descrip", "{*}admin", "{*}termNote"))
    assert len(typed) > 15
    for one in typed:
        level, kind = one.getparent(), one.get("type", "")
        assert level is not None
        assert kind in V3_TYPES[etree.QName(one).localname, etree.QName(level).localname]
        assert kind not in V3_VALUES or one.text in V3_VALUES[kind]
    for section in root.iter("{*}termSec"):
        names = [etree.QName(element).localname for element in section]
        assert names[0] == "term"
        assert names[1:] == sorted(names[1:], key=lambda name: name != "termNote")


def test_an_abbreviation_in_capitals_is_an_acronym():
    kind = '<termNote type="termType">{}</termNote>'
    concept = only(
        entry(
            f"<tig><term>CPC</term>{kind.format('abbreviation')}</tig>"
            f"<tig><term>Communist Party of China</term>{kind.format('fullForm')}</tig>"
            f"<tig><term>govt.</term>{kind.format('abbreviation')}</tig>"
        )
    )
    assert [(term.text, term.acronym, term.status.value) for term in concept.en] == [
        ("Communist Party of China", "CPC", "preferred"),
        ("govt.", "", "admitted"),
    ]
