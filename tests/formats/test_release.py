"""A release folder is read whole, its blocks typed, and written back as it was."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.errors import EncodingError, FormatError
from tm.formats.release import read_metadata, read_release, read_text, write_release
from tm.model import Block, BlockKind, Release

RELEASES = sorted((Path(__file__).parents[2] / "corpora" / "releases").glob("*/*/release.toml"))


def blocks(text, encoding="utf-8"):
    return read_text(io.BytesIO(text.encode(encoding)), path="zh.txt", lang="zh")


def metadata(text):
    return read_metadata(io.BytesIO(text.encode()), path="release.toml")


def kind_of(line):
    """The kind of a line that is not the first."""
    return blocks(f"标题\n\n{line}")[1].kind


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.parent.name)
def test_a_shipped_release_is_written_back_byte_for_byte(path):
    written = write_release(read_release(path.parent))
    assert written == {name: (path.parent / name).read_bytes() for name in written}
    assert set(written) == {"release.toml", "zh.txt", "en.txt"}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("一、农业生产形势稳定", BlockKind.HEADING),
        ("（二）工业生产平稳增长", BlockKind.HEADING),
        ("第三章 监督管理", BlockKind.HEADING),
        ("1. 主要目标", BlockKind.HEADING),
        ("IV. Consumer spending was stable", BlockKind.HEADING),
        ("2. Moving faster to make China a country of innovators", BlockKind.HEADING),
        ("Chapter Two General Provisions", BlockKind.HEADING),
        ("一、强化值班值守。各地要严格落实值班制度。", BlockKind.LIST_ITEM),
        ("1. Staying on duty. All localities must remain on duty.", BlockKind.LIST_ITEM),
        ("(3) the amount of the fine;", BlockKind.LIST_ITEM),
        ("• GDP growth of around 6.5 percent", BlockKind.LIST_ITEM),
        ("— Share public services, and make services available.", BlockKind.LIST_ITEM),
        ("①加快建设；", BlockKind.LIST_ITEM),
        ("图为会议现场（本报记者 摄）。", BlockKind.CAPTION),
        ("Photo: The meeting in Chengdu", BlockKind.CAPTION),
        ("The bridge after its opening (Photo by Li Ming)", BlockKind.CAPTION),
        ("【打印本页】【关闭窗口】", BlockKind.BOILERPLATE),
        ("[Print this page] [Close window]", BlockKind.BOILERPLATE),
        ("主办单位：四川省人民政府办公厅", BlockKind.BOILERPLATE),
        ("网站标识码：5100000062 蜀ICP备13001288号", BlockKind.BOILERPLATE),
        ("蜀ICP备13001288号", BlockKind.BOILERPLATE),
        ("川公网安备 51010402000507号", BlockKind.BOILERPLATE),
        ("Hosted by: General Office of the People's Government", BlockKind.BOILERPLATE),
        ("Website Identification Code: 5100000062 Sichuan ICP No. 13001288", BlockKind.BOILERPLATE),
        ("Sichuan Computer Information Network and Internet Security Record No. 510", BlockKind.BOILERPLATE),
        ("Share to: WeChat Weibo", BlockKind.BOILERPLATE),
        ("Print this page", BlockKind.BOILERPLATE),
        ("Copyright © 2019 Sichuan Daily. All rights reserved.", BlockKind.BOILERPLATE),
        ("版权所有 四川省人民政府", BlockKind.BOILERPLATE),
        ("来源：四川日报 发布时间：2019-04-23", BlockKind.BOILERPLATE),
        ("2021年6月25日", BlockKind.PARAGRAPH),
        ("分享发展成果，是人民的期盼。", BlockKind.PARAGRAPH),
        ("图书馆建设取得进展。", BlockKind.PARAGRAPH),
        ("2018 was a year of progress.", BlockKind.PARAGRAPH),
        ("7.6 percent was the growth rate", BlockKind.PARAGRAPH),
        ("I think that progress was made.", BlockKind.PARAGRAPH),
        ("Home prices were stable.", BlockKind.PARAGRAPH),
        ("Copyright protection was strengthened.", BlockKind.PARAGRAPH),
        ("Sharing public services is the aim.", BlockKind.PARAGRAPH),
    ],
)
def test_a_line_is_of_its_kind(line, kind):
    assert kind_of(line) is kind


def test_the_first_line_that_is_not_boilerplate_is_the_title():
    found = blocks("【打印本页】\n省政府召开会议\n\n会议指出，要抓落实。")
    assert [block.kind for block in found] == [
        BlockKind.BOILERPLATE,
        BlockKind.TITLE,
        BlockKind.PARAGRAPH,
    ]


def test_running_text_is_no_title():
    assert blocks("会议强调，要坚持新发展理念，" * 9 + "确保完成任务。")[0].kind is BlockKind.PARAGRAPH


def test_mixed_line_ends_and_indentation_leave_the_lines_and_their_numbers():
    found = blocks("标题\r\n\r\n\u3000\u3000甲段。\r乙段。\n\n 丙段。 ")
    assert [(block.text, block.line) for block in found] == [
        ("标题", 1),
        ("甲段。", 3),
        ("乙段。", 4),
        ("丙段。", 6),
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_a_release_is_read_in_every_encoding(encoding):
    text = "省政府召开常务会议\n\n会议指出，要坚持稳中求进。"
    assert blocks(text, encoding) == blocks(text)


@settings(deadline=None)
@given(st.lists(st.text(alphabet="省政府a1.。：【】 \u3000\t"), min_size=1))
def test_no_line_is_dropped(lines):
    kept = [line.strip() for line in lines if line.strip()]
    if kept:
        assert [block.text for block in blocks("\n".join(lines))] == kept


@pytest.mark.parametrize("raw", [b"", b"\n\n \t\n"])
def test_a_file_without_text_is_an_error(raw):
    with pytest.raises(FormatError, match="no text"):
        read_text(io.BytesIO(raw), path="zh.txt")


def test_a_pdf_named_txt_is_an_error_that_says_so():
    with pytest.raises(EncodingError, match="PDF"):
        read_text(io.BytesIO(b"%PDF-1.4"), path="zh.txt")


def test_metadata_holds_every_key_and_keeps_further_ones():
    found = metadata(
        'id = "a"\ndate = "2019-04-23"\noffice = "Sichuan Office"\nembargo = 2019-04-24\nsample = true\n'
        'status = "reviewed"\nreviser = "Li"\npages = 3\n[contact]\nmail = "x"\n'
    )
    assert found["date"] == datetime.date(2019, 4, 23)
    assert found["embargo"] == datetime.date(2019, 4, 24)
    assert found["office_en"] == "Sichuan Office"
    assert found["others"] == (("pages", 3), ("contact", {"mail": "x"}))
    release = Release(**found)
    again = metadata(write_release(release)["release.toml"].decode())
    assert again == found


def test_an_office_in_chinese_is_the_chinese_name():
    assert metadata('office = "四川省人民政府办公厅"')["office_zh"] == "四川省人民政府办公厅"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("date = 5", "date"),
        ('date = "23 April"', "date"),
        ("date = 2019-04-23T10:00:00Z", "date"),
        ('date = "2019-02-30"', "date"),
        ('sample = "yes"', "true or false"),
        ("title_zh = 3", "quotes"),
        ('status = "done"', "reviewed"),
        ('id = "../x"', "folder"),
        ("url = example.org", "TOML"),
        ('id = "x"\nid = "y"', "TOML"),
    ],
)
def test_a_wrong_value_is_an_error_with_its_line(line, said):
    with pytest.raises(FormatError, match=said) as caught:
        metadata(f"# one\nseries = 'a'\n{line}\n")
    assert caught.value.line in (3, 4)


def test_the_id_is_the_folder_s_name_where_none_is_given(tmp_path):
    folder = tmp_path / "2019-04-23-会议"
    folder.mkdir()
    for name, text in write_release(Release(id="", zh=blocks("标题"), en=blocks("Title"))).items():
        (folder / name).write_bytes(text)
    assert read_release(folder).id == "2019-04-23-会议"


def test_a_missing_text_is_an_error_unless_the_release_may_be_incomplete(tmp_path):
    (tmp_path / "release.toml").write_text("", encoding="utf-8")
    (tmp_path / "zh.txt").write_text("标题\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"en\.txt"):
        read_release(tmp_path)
    assert read_release(tmp_path, complete=False).en == ()
    with pytest.raises(FormatError, match=r"release\.toml"):
        read_release(tmp_path / "none")


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(alphabet="省政府ab。 ", min_size=1), st.integers(0, 9))))
def test_written_texts_come_back_whatever_the_line_numbers_were(parts):
    kept = [
        Block(kind=BlockKind.PARAGRAPH, text=text.strip(), line=line) for text, line in parts if text.strip()
    ]
    written = write_release(Release(id="a", zh=tuple(kept)))
    texts = [block.text for block in blocks(written["zh.txt"].decode())] if kept else []
    assert texts == [block.text for block in kept]
