"""Review tables in Word: what comes back after people, Word, LibreOffice and other programs had them."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tm.errors import FormatError
from tm.formats import docx
from tm.formats.docx_parts import packed
from tm.formats.registry import ending_of
from tm.model import (
    Code,
    Draft,
    DraftDocument,
    Edit,
    Finding,
    Header,
    Match,
    MatchKind,
    Memory,
    Note,
    Origin,
    Place,
    Prop,
    Segment,
    Severity,
    Status,
    Unit,
)

GOLDEN = Path(__file__).parents[1] / "data/draft.docx.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
WHO = 'w:id="1" w:author="Li" w:date="2021-07-16T09:30:00Z"'
LATER = 'w:id="2" w:author="Wang" w:date="2021-07-17T09:30:00Z"'


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def deleted(text, who=WHO):
    return f'<w:del {who}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def inserted(text, who=WHO):
    return f"<w:ins {who}>{run(text)}</w:ins>"


def paragraph(content, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def tc(content, properties=""):
    inside = content if content.startswith(("<w:p>", "<w:tbl>")) else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells, properties=""):
    inside = "".join(one if one.startswith("<w:tc>") else tc(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*lines):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(lines)}</w:tbl>"


def zipped(**parts):
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return result.getvalue()


def word(body, **parts):
    """A Word file with this body and, by kind of relationship, these further parts."""
    document = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="http://x/{kind}" Target="{kind}.xml"/>' for kind in parts
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        **{
            "_rels/.rels": f'<Relationships xmlns="{space}"><Relationship Id="a" '
            'Type="http://x/officeDocument" Target="/word/document.xml"/></Relationships>',
            "word/document.xml": document,
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}">{relations}</Relationships>',
            **{f"word/{kind}.xml": part for kind, part in parts.items()},
        }
    )


HEAD = tr(run("中文"), run("English"))


def read(raw, path="a.docx"):
    return tuple(docx.read(io.BytesIO(raw), path=path))


CHINESE = run("省政府")


def one(english, chinese=CHINESE, **parts):
    """The unit of a table whose only line has this English."""
    (found,) = read(word(table(HEAD, tr(chinese, english)), **parts))
    return found


def unit(source="省政府", target="Government", **fields):
    return Unit(
        id=fields.pop("id", "1-1"),
        source=Segment(lang="zh-CN", text=source, codes=fields.pop("source_codes", ())),
        target=Segment(lang="en", text=target, codes=fields.pop("codes", ())),
        **fields,
    )


def written(*units):
    stream = io.BytesIO()
    docx.write(Memory(name="m", header=Header(), units=units), stream)
    return stream.getvalue()


def document_of(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read("word/document.xml").decode()


def edited(raw, change):
    """The file after somebody has changed the XML of its document."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as given_parts, zipfile.ZipFile(result, "w") as changed:
        for name in given_parts.namelist():
            part = given_parts.read(name)
            if name == "word/document.xml":
                after = change(part.decode())
                assert after != part.decode()
                part = after.encode()
            changed.writestr(name, part)
    return result.getvalue()


class TestTrackedChanges:
    PIECES = st.tuples(
        st.sampled_from(
            ("keep", "insert", "delete", "move to", "move from", "inserted and deleted", "field")
        ),
        st.text(alphabet="ab 省.é😀", min_size=1, max_size=6),
    )
    XML: ClassVar = {
        "keep": run,
        "insert": inserted,
        "delete": deleted,
        "move to": lambda text: f"<w:moveTo {WHO}>{run(text)}</w:moveTo>",
        "move from": lambda text: f"<w:moveFrom {WHO}>{run(text)}</w:moveFrom>",
        "inserted and deleted": lambda text: f"<w:ins {WHO}>{deleted(text, LATER)}</w:ins>",
        "field": lambda text: (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(text)}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
    }
    STAYS = ("keep", "insert", "move to", "field")

    @settings(deadline=None, max_examples=80)
    @given(st.lists(st.lists(PIECES, max_size=6), min_size=1, max_size=3))
    def test_insertions_are_taken_and_deletions_dropped_whatever_their_order(self, lines):
        xml = "".join(paragraph("".join(self.XML[kind](text) for kind, text in pieces)) for pieces in lines)
        texts = ["".join(text for kind, text in pieces if kind in self.STAYS) for pieces in lines]
        expected = "\n".join(texts).strip("\n")
        wanted = expected if expected.strip() else ""
        assert one(xml).target.text == wanted

    def test_who_changed_the_english_last_and_when_is_in_the_origin(self):
        found = one(run("The ") + deleted("old", LATER) + inserted("new"))
        assert found.target.text == "The new"
        assert found.origin.changer == "Wang"
        assert found.origin.changed == datetime.datetime(2021, 7, 17, 9, 30, tzinfo=datetime.UTC)

    def test_a_changed_translation_is_reviewed_and_one_typed_into_an_empty_cell_translated(self):
        assert one(run("The ") + inserted("new")).status is Status.REVIEWED
        assert one(inserted("new")).status is Status.TRANSLATED
        assert one(run("The new")).status is Status.TRANSLATED

    def test_a_deleted_mark_of_a_paragraph_joins_it_to_the_next(self):
        mark = f"<w:rPr><w:del {WHO}/></w:rPr>"
        assert one(paragraph(run("One "), mark) + paragraph(run("two"))).target.text == "One two"
        assert one(paragraph(run("One")) + paragraph(run("two"))).target.text == "One\ntwo"

    def test_a_deleted_line_is_gone_and_an_inserted_one_there(self):
        gone = tr(run("删除"), run("Deleted"), properties=f"<w:del {WHO}/>")
        new = tr(inserted("新增"), inserted("Inserted"), properties=f"<w:ins {WHO}/>")
        found = read(word(table(HEAD, gone, new)))
        assert [each.target.text for each in found] == ["Inserted"]

    def test_a_change_of_format_changes_nothing(self):
        change = f"<w:b/><w:rPrChange {WHO}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
        found = one(run("Bold", change))
        assert (found.target.text, found.origin.changer) == ("Bold", "")


class TestText:
    @pytest.mark.parametrize(
        ("xml", "text"),
        [
            (run("a") + "<w:r><w:tab/><w:br/><w:noBreakHyphen/><w:softHyphen/></w:r>", "a\t\n\u2011\u00ad"),
            (f'<w:hyperlink r:id="x">{run("a")}</w:hyperlink><w:smartTag>{run("b")}</w:smartTag>', "ab"),
            (f'<w:fldSimple w:instr=" PAGE ">{run("7")}</w:fldSimple>', "7"),
            (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('a')}</w:sdtContent></w:sdt>", "a"),
            (
                f"{run('a')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('x')}"
                "</w:sdtContent></w:sdt>",
                "a",
            ),
            (run("a") + run("hidden", "<w:vanish/>") + run("b", '<w:vanish w:val="0"/>'), "ab"),
            ('<w:r><w:sym w:font="Symbol" w:char="00B0"/></w:r>' + run("C"), "°C"),
            (
                "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>shěng</w:t></w:r></w:rt>"
                "<w:rubyBase><w:r><w:t>省</w:t></w:r></w:rubyBase></w:ruby></w:r>" + run(" a"),
                "省 a",
            ),
            (
                "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:wsp><wps:txbx><w:txbxContent>"
                f"{paragraph(run('box'))}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback>"
                f"<w:pict><v:shape><v:textbox><w:txbxContent>{paragraph(run('box'))}</w:txbxContent></v:textbox>"
                "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>" + run("after"),
                "box\nafter",
            ),
            (f"<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>{run(' a')}", "x+y a"),
        ],
    )  # fmt: skip
    def test_what_word_shows_is_read_once_and_what_it_hides_is_not(self, xml, text):
        assert one(xml).target.text == text

    def test_text_in_a_style_that_hides_is_not_read(self):
        styles = (
            f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="g"><w:name w:val="guid"/>'
            "<w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
        )
        assert one(run("a") + run("x", '<w:rStyle w:val="g"/>'), styles=styles).target.text == "a"

    def test_a_table_inside_a_cell_is_part_of_its_text(self):
        inner = table(tr(run("a"), run("b")), tr(run("c"), run("d")))
        found = one(f"{paragraph(run('All:'))}{inner}{paragraph('')}")
        assert found.target.text == "All:\na\tb\nc\td"

    @settings(deadline=None, max_examples=60)
    @given(
        st.text(alphabet="省a ⟦1/⟧\t\n\r\u3000\u00a0\u200b😀&<é", min_size=1, max_size=20).filter(str.strip)
    )
    def test_every_character_comes_back(self, text):
        (found,) = read(written(unit(f"省{text}", f"{text}.")))
        assert (found.source.text, found.target.text) == (f"省{text}", f"{text}.")


class TestCodes:
    CODES = (
        Code(offset=0, kind="bpt", i="1", x="1", type="bold", text="<b>"),
        Code(offset=3, kind="ept", i="1", text="</b>"),
        Code(offset=3, kind="ph", x="2", text="<br/>", children=(Code(offset=1, kind="sub", text="alt"),)),
        Code(
            offset=4,
            kind="hi",
            length=5,
            type="term",
            children=(Code(offset=5, kind="it", text="<i>", attributes=(("pos", "begin"),)),),
        ),
    )

    def test_codes_come_back_whole(self):
        known = unit(
            "省政府召开会议啊", "All the sessions ⟦1⟧", codes=self.CODES, source_codes=self.CODES[:3]
        )
        assert read(written(known)) == (known,)

    def test_codes_are_shown_as_numbers_in_brackets(self):
        raw = written(unit("省政府", "All the", codes=self.CODES[:3]))
        texts = re.findall(r">([^<>]*)</w:t>", document_of(raw))
        assert "".join(texts).count("⟦1⟧All⟦/1⟧⟦2/⟧ the") == 1

    def test_a_reviewer_may_move_and_drop_codes(self):
        raw = edited(
            written(unit("省政府", "All the", codes=self.CODES[:3])),
            lambda xml: xml.replace("⟦2/⟧", "").replace(" the", " the ⟦2/⟧end"),
        )
        (found,) = read(raw)
        assert found.target.text == "All the end"
        assert [(code.offset, code.text) for code in found.target.codes] == [
            (0, "<b>"),
            (3, "</b>"),
            (8, "<br/>"),
        ]
        assert found.target.codes[2].children == self.CODES[2].children

    def test_tags_of_other_programs_are_codes_and_no_text(self):
        styles = (
            f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="T1">'
            '<w:name w:val="Tag"/></w:style>'
            "</w:styles>"
        )
        tag = '<w:rStyle w:val="T1"/>'
        found = one(run("&lt;1&gt;", tag) + run("All") + run("&lt;/1&gt;", tag), styles=styles)
        assert found.target.text == "All"
        assert [(code.offset, code.text) for code in found.target.codes] == [(0, "<1>"), (3, "</1>")]


class TestComments:
    COMMENTS = (
        f'<w:comments xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        '<w:comment w:id="0" w:author="李明" w:date="2021-07-16T00:00:00Z"><w:p w14:paraId="0A"><w:r>'
        "<w:annotationRef/></w:r><w:r><w:t>请核对</w:t></w:r></w:p></w:comment>"
        '<w:comment w:id="1" w:author="tm"><w:p><w:r><w:t>T101 major</w:t></w:r></w:p></w:comment>'
        '<w:comment w:id="2" w:author="Wang" w:date="0-00-00T00"><w:p><w:r><w:t>Done.</w:t></w:r></w:p>'
        "</w:comment>"
        "</w:comments>"
    )
    EXTENDED = (
        '<e:commentsEx xmlns:e="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<e:commentEx e:paraId="0A" e:done="1"/></e:commentsEx>'
    )

    def test_comments_of_people_on_either_side_are_notes_and_the_program_s_own_are_not(self):
        marks = [f'<w:r><w:commentReference w:id="{number}"/></w:r>' for number in range(3)]
        found = one(run("A") + marks[1] + marks[2], run("省") + marks[0], comments=self.COMMENTS)
        assert [note.text for note in found.notes] == ["李明 (2021-07-16): 请核对", "Wang: Done."]

    def test_a_resolved_comment_is_ticked(self):
        mark = '<w:r><w:commentReference w:id="0"/></w:r>'
        found = one(run("A") + mark, comments=self.COMMENTS, commentsExtended=self.EXTENDED)
        assert [note.text for note in found.notes] == ["李明 (2021-07-16) ✓: 请核对"]

    def test_a_footnote_is_a_note_and_no_text(self):
        said = paragraph(run("See the law."))
        notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{said}</w:footnote></w:footnotes>'
        found = one(run("A") + '<w:r><w:footnoteReference w:id="2"/></w:r>', footnotes=notes)
        assert (found.target.text, [note.text for note in found.notes]) == ("A", ["See the law."])


class TestTables:
    def test_columns_are_found_by_name_in_any_order(self):
        raw = word(
            table(
                tr(run("批注"), run("译文"), run("Source (zh-CN)"), run("编号 ID"), run("部门")),
                tr(run("ok?"), run("Government"), run("省政府"), run("7-9"), run("外办")),
            )
        )
        (found,) = read(raw)
        assert (found.id, found.source.text, found.target.text) == ("7-9", "省政府", "Government")
        assert found.notes == (Note(text="ok?"),)
        assert found.props == (Prop(type="部门", text="外办"),)

    @pytest.mark.parametrize("turned", [False, True])
    def test_without_names_the_scripts_tell_the_columns(self, turned):
        pairs = [("省政府", "The government"), ("2021", "2021"), ("会议", "Meeting")]
        lines = [tr(*map(run, pair[::-1] if turned else pair)) for pair in pairs]
        assert [(each.source.text, each.target.text) for each in read(word(table(*lines)))] == [
            ("省政府", "The government"),
            ("2021", ""),
            ("会议", "Meeting"),
        ]

    @pytest.mark.parametrize(
        ("titles", "sides"),
        [
            (("Source", "Target"), ("省政府", "Government")),  # by their scripts, for the names do not say
            (("Source (English)", "Target (Chinese)"), ("省政府", "Government")),
            (("中文", "English"), ("Government", "省政府")),  # as the names say, for they do
        ],
    )
    def test_names_of_languages_hold_and_names_of_sides_give_way_to_scripts(self, titles, sides):
        raw = word(table(tr(*map(run, titles)), tr(run("Government"), run("省政府"))))
        assert [(each.source.text, each.target.text) for each in read(raw)] == [sides]

    def test_the_review_table_of_trados(self):
        head = tr(*map(run, ("Segment ID", "Segment status", "Source segment", "Target segment")))
        lines = (
            tr(run("1"), run("Translated (100%)"), run("省政府"), run("Government")),
            tr(run("2"), run("Draft (76%)"), run("会议"), run("Meeting")),
            tr(run("3"), run("Draft (76%)"), run("会议二"), run("Meeting ") + inserted("Two")),
            tr(run("4"), run("Not Translated (0%)"), run("会议三"), ""),
            tr(run("5"), run("Approved Sign-off (100%)"), run("会议四"), run("Meeting Four")),
        )
        found = read(word(table(head, *lines)))
        assert [each.id for each in found] == ["1", "2", "3", "4", "5"]
        assert [each.status.value for each in found] == [
            *("translated", "draft", "translated", "draft", "approved")
        ]

    def test_the_review_table_of_memoq(self):
        about = tr(
            tc(run("MQ1 Important! Don't change segment ID or source text."), '<w:gridSpan w:val="5"/>')
        )
        head = tr(*map(run, ("ID", "Chinese (PRC)", "English (United Kingdom)", "Comment", "Status")))
        guid = paragraph(run("1")) + paragraph(run("5aa117a5-8634-46ae-8b76-f8d035c6ba47"))
        line = tr(guid, run("省政府"), run("Government"), "", run("Confirmed"))
        (found,) = read(word(table(about, head, line)))
        assert (found.id, found.source.text, found.status) == ("1", "省政府", Status.TRANSLATED)

    def test_the_tables_of_phrase_without_names(self):
        about = table(tr(run("Job"), run("a.docx")))
        segments = [
            table(
                tr(run(f"x:{n}"), "", run(str(n)), run(f"省政府{n}"), run(f"Government {n}"), run("99"), "")
            )
            for n in (1, 2)
        ]
        found = read(word(about + "".join(segments)))
        assert [(each.id, each.source.text, each.target.text) for each in found] == [
            ("1", "省政府1", "Government 1"),
            ("2", "省政府2", "Government 2"),
        ]

    def test_a_bilingual_table_inside_a_table_for_layout_is_found(self):
        inner = table(HEAD, tr(run("省政府"), run("Government")))
        outer = table(tr(tc(inner + paragraph("")), run("")))
        assert [each.target.text for each in read(word(outer))] == ["Government"]

    def test_a_cell_of_several_lines_takes_all_their_english(self):
        lines = (
            tr(tc(run("省政府。会议。"), '<w:vMerge w:val="restart"/>'), run("Government.")),
            tr(tc("", "<w:vMerge/>"), run("Meeting.")),
        )
        (found,) = read(word(table(HEAD, *lines)))
        assert found.target.text == "Government. Meeting."

    def test_english_without_chinese_is_an_error_with_its_line(self):
        with pytest.raises(FormatError, match="no Chinese text") as caught:
            read(word(table(HEAD, tr("", run("Lone")))))
        assert caught.value.line == 2

    def test_a_file_without_a_bilingual_table_says_what_it_has(self):
        with pytest.raises(FormatError, match=r"Name \| Telephone") as caught:
            read(word(table(tr(run("Name"), run("Telephone")), tr(run("Li"), run("1")))))
        assert "中文" in caught.value.hint

    def test_a_copy_of_the_chinese_is_no_translation(self):
        assert one(run("省政府")).target.text == ""
        assert one(run("省政府")).status is Status.DRAFT


class TestReturn:
    def test_lines_may_be_sorted_added_copied_and_taken_out(self):
        known = [
            unit(f"省政府{n}", f"Government {n}", id=f"{n}-{n}", props=(Prop(type="x", text=str(n)),))
            for n in range(1, 5)
        ]

        def change(xml):
            head, *lines = re.findall(r"<w:tr>.*?</w:tr>", xml, re.DOTALL)
            new = tr("", run("新增"), run("Added"), "", "")
            copy = re.sub(r"<w:bookmark\w+ [^>]*/>", "", lines[0])
            return re.sub(
                r"<w:tr>.*</w:tr>", head + lines[2] + new + lines[0] + copy + lines[3], xml, flags=re.DOTALL
            )

        found = read(edited(written(*known), change))
        assert [each.target.text for each in found] == [
            *("Government 3", "Added", "Government 1", "Government 1", "Government 4")
        ]
        assert [each.id for each in found] == ["3-3", "3", "1-1", "1-1.2", "4-4"]
        assert found[0] == known[2]

    def test_an_id_that_was_changed_is_put_right_by_the_hidden_part(self):
        known = unit(id=" 1-1 ")
        assert read(edited(written(known), lambda xml: xml.replace("1-1", "9-9")))[0].id == " 1-1 "

    def test_a_chinese_text_that_was_changed_is_told(self):
        (found,) = read(edited(written(unit()), lambda xml: xml.replace("省政府", "市政府")))
        assert found.props == (Prop(type="x-source-changed", text="yes"),)
        (same,) = read(edited(written(unit()), lambda xml: xml.replace("省政府", "省 政府")))
        assert same.props == ()

    @pytest.mark.parametrize(
        ("sent", "change", "status"),
        [
            (Status.DRAFT, ("Government", "Government"), Status.DRAFT),
            (Status.DRAFT, ("Government", "The government"), Status.TRANSLATED),
            (Status.DRAFT, (">draft 草稿<", ">reviewed 已审<"), Status.REVIEWED),
            (Status.TRANSLATED, (">translated 已译<", ">approved<"), Status.APPROVED),
            (Status.TRANSLATED, ("Government", "The government"), Status.TRANSLATED),
            (Status.TRANSLATED, (">translated 已译<", ">draft 草稿<"), Status.DRAFT),
        ],
    )
    def test_the_status_follows_what_a_person_did(self, sent, change, status):
        raw = written(unit(status=sent))
        changed = raw if change[0] == change[1] else edited(raw, lambda xml: xml.replace(*change))
        assert read(changed)[0].status is status

    def test_without_the_hidden_part_the_table_is_read_all_the_same(self):
        with zipfile.ZipFile(io.BytesIO(written(unit(origin=Origin(release="r"))))) as whole:
            names = [name for name in whole.namelist() if not name.startswith("customXml")]
            assert names != whole.namelist()
            bare = zipped(**{name: whole.read(name) for name in names})
        assert read(bare) == (unit(),)

    def test_a_damaged_hidden_part_is_refused(self):
        raw = packed(
            document_of(written(unit())),
            comments="",
            record='<sheet xmlns="urn:bilingual-release-memory:sheet:1"><line n="1">[1</line></sheet>',
            title="",
            langs=("zh-CN", "en"),
        )
        with pytest.raises(FormatError, match="damaged"):
            read(raw)


class TestHostile:
    def test_external_relationships_are_left_alone(self):
        raw = edited(
            word(table(HEAD, tr(run("省"), run("A")))),
            lambda xml: xml.replace("</w:body>", "<w:p/></w:body>"),
        )
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        relations = (
            f'<Relationships xmlns="{space}"><Relationship Id="a" Type="http://x/comments" '
            'TargetMode="External" Target="http://127.0.0.1:1/x.xml"/>'
            '<Relationship Id="b" Type="http://x/styles" Target="../../../etc/hostname"/>'
            "</Relationships>"
        )
        with zipfile.ZipFile(io.BytesIO(raw)) as given_parts:
            parts = {name: given_parts.read(name) for name in given_parts.namelist()}
        assert len(read(zipped(**{**parts, "word/_rels/document.xml.rels": relations}))) == 1

    def test_an_entity_is_refused(self):
        bomb = f'<!DOCTYPE a [<!ENTITY b "cc">]><w:document xmlns:w="{W}"><w:body/></w:document>'
        with pytest.raises(FormatError, match="document type"):
            read(zipped(**{"word/document.xml": bomb}))

    def test_a_bomb_is_refused_before_it_is_unpacked(self):
        with pytest.raises(FormatError, match="attack"):
            read(zipped(**{"word/document.xml": b"<a>" + b" " * (64 << 20) + b"</a>"}))

    def test_a_workbook_is_no_word_file(self):
        with pytest.raises(FormatError, match="no Word document"):
            read(zipped(**{"xl/workbook.xml": "<a/>"}))

    def test_tables_in_tables_without_end_are_refused(self):
        deep = "<w:tbl><w:tr><w:tc>" * 5000
        with pytest.raises(FormatError):
            read(word(deep + "</w:tc></w:tr></w:tbl>" * 5000))

    def test_a_character_that_xml_cannot_hold_is_an_error_with_its_unit(self):
        with pytest.raises(FormatError, match=r"U\+000B") as caught:
            written(unit(id="7-7", target="a\x0bb"))
        assert caught.value.unit == "7-7"

    def test_more_lines_than_word_has_are_refused(self):
        with pytest.raises(FormatError, match="32000"):
            written(*[unit(id=str(n)) for n in range(32_001)])


def matched(source, target, kind, score):
    origin = Origin(release="2019-04-23-a", created=datetime.datetime(2019, 4, 23, tzinfo=datetime.UTC))
    found = unit(source, target, id="2019-04-23-a/1f0c93aa", origin=origin)
    return Match(memory="sichuan", unit=found, kind=kind, score=score, word_score=score)


def drafted(number, source, target="", kind=MatchKind.NONE, score=0.0, **fields):
    return Draft(
        segment=Segment(lang="zh-CN", text=source),
        place=Place(file="zh.txt", line=2 * number + 1, paragraph=number, index=number),
        target=target,
        kind=kind,
        score=score,
        **fields,
    )


FINDING = Finding(
    rule="T101",
    name="term-missing",
    family="term",
    mqm="terminology",
    severity=Severity.MAJOR,
    unit_id="3-3",
    side="source",
    start=1,
    end=5,
    message="“One Main Area” & <Multiple> is missing",
    suggestion="One Main Area & Multiple Auxiliaries",
)
DRAFTS = (
    drafted(
        0,
        "会议召开。",
        "The meeting was held.",
        MatchKind.CONTEXT,
        102.0,
        matches=(matched("会议召开。", "The meeting was held.", MatchKind.CONTEXT, 102.0),),
    ),
    drafted(
        1,
        "增长8.3%。",
        "It grew by 8.3 percent.",
        MatchKind.FUZZY,
        87.34,
        matches=(matched("增长7.6%。", "It grew by 7.6 percent.", MatchKind.FUZZY, 87.34),),
        edits=(Edit(kind="number", before="7.6", after="8.3"),),
    ),
    drafted(2, "“一干多支” & <发展>。", findings=(FINDING,)),
    drafted(3, "一干多支", "One Main Area", MatchKind.TERMS, 40.0),
)
DOCUMENT = DraftDocument(
    file="releases/2021-07-16-a/zh.txt", source_lang="zh-CN", target_lang="en", drafts=DRAFTS
)


def draft_written(document=DOCUMENT):
    stream = io.BytesIO()
    docx.write_draft(document, stream)
    return stream.getvalue()


class TestDraft:
    def test_the_table_is_as_it_was(self, request):
        xml = document_of(draft_written())
        if request.config.getoption("--update-golden"):
            GOLDEN.write_text(xml, encoding="utf-8", newline="\n")
        assert xml == GOLDEN.read_text(encoding="utf-8")

    def test_the_same_draft_gives_the_same_bytes(self):
        assert draft_written() == draft_written()
        assert ending_of(draft_written()) == ".docx"

    def test_a_draft_that_comes_back_untouched_counts_only_what_is_sure(self):
        found = read(draft_written())
        assert [each.id for each in found] == ["1-1", "2-2", "3-3", "4-4"]
        assert [each.target.text for each in found] == [*(draft.target for draft in DRAFTS[:2]), "", ""]
        assert [each.status for each in found] == [Status.TRANSLATED, *[Status.DRAFT] * 3]
        assert all(each.notes == () for each in found)

    def test_a_finding_is_a_comment_at_its_words(self):
        xml = document_of(draft_written())
        inside = re.search(
            r'<w:commentRangeStart w:id="1"/>(.*?)<w:commentRangeEnd w:id="1"/>', xml, re.DOTALL
        )
        assert inside is not None
        assert re.sub(r"<[^>]+>", "", inside[1]) == "一干多支"

    def test_a_fuzzy_match_shows_what_it_came_from_and_what_was_changed(self):
        with zipfile.ZipFile(io.BytesIO(draft_written())) as archive:
            root = etree.fromstring(archive.read("word/comments.xml"))
        texts = ["\n".join("".join(part.itertext()) for part in comment) for comment in root]
        assert "sichuan / 2019-04-23-a" in texts[0]
        assert "增长7.6%。" in texts[0]
        assert "7.6 → 8.3" in texts[0]
        assert texts[1] == f"T101 major: {FINDING.advice}"
        assert texts[2].endswith("One Main Area")

    def test_python_docx_reads_the_same_cells(self):
        library = pytest.importorskip("docx")
        document = library.Document(io.BytesIO(draft_written()))
        assert document.core_properties.title == "2021-07-16-a/zh.txt"
        cells = [[cell.text for cell in line.cells] for line in document.tables[0].rows]
        assert [line[1] for line in cells[1:]] == [draft.segment.text for draft in DRAFTS]
        assert cells[2][2] == "It grew by 8.3 percent."

    def test_libreoffice_gives_back_what_it_was_given(self, tmp_path, outside):
        """Word processors write everything anew; ids, codes, statuses and the hidden part must survive it."""
        program = outside("soffice")
        known = (
            unit(
                "省政府  召开\u3000会议。",
                " The\tmeeting\nwas 😀 held. ",
                status=Status.REVIEWED,
                notes=(Note(text="a"),),
            ),
            unit(
                "省政府召开会议啊",
                "All the sessions",
                id="b",
                codes=TestCodes.CODES,
                origin=Origin(release="r", index=3),
            ),
            unit("=SUM(A1)省", "", id="c", status=Status.DRAFT),
        )
        given_files = {"m.docx": written(*known), "d.docx": draft_written()}
        for name, raw in given_files.items():
            (tmp_path / name).write_bytes(raw)
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                *("--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out")),
                *(str(tmp_path / name) for name in given_files),
            ],
            capture_output=True,
            check=True,
            timeout=120,
        )
        assert read((tmp_path / "out/m.docx").read_bytes(), "m.docx") == known
        assert read((tmp_path / "out/d.docx").read_bytes()) == read(given_files["d.docx"])
