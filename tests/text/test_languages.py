"""Language tags and what they mean for a memory."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.text.languages import canonical, is_simplified, is_traditional, is_well_formed, same_language

SIMPLIFIED = [
    *("zh", "zh-CN", "zh-Hans", "zh-Hans-CN", "cmn", "cmn-Hans-CN", "zho", "chi", "zh_CN", "ZH-CN", "zh-SG"),
    *(
        "zh-cn",
        "zh_Hans_CN",
        "zh-MY",
        "zh-CHS",
        "zh-cmn-Hans",
        "zh-Hans-HK",
        "zh_CN.UTF-8",
        "zh-CN-x-gov",
        " zh ",
    ),
]
TRADITIONAL = [
    "zh-TW",
    "zh-HK",
    "zh-MO",
    "zh-Hant",
    "zh_TW",
    "zh-Hant-TW",
    "zh-CHT",
    "ZHO-HANT",
    "zh-Hant-CN",
]
NEITHER = [
    "zh-US",
    "zh-Latn",
    "zh-Latn-pinyin",
    "zh-pinyin",
    "yue",
    "zh-yue",
    "nan",
    "en",
    "",
    "Chinese",
    "zh--CN",
]


@pytest.mark.parametrize("tag", SIMPLIFIED)
def test_every_spelling_of_simplified_chinese_matches_zh_cn(tag: str) -> None:
    assert is_simplified(tag)
    assert not is_traditional(tag)
    assert same_language(tag, "zh-CN")
    assert same_language("zh-CN", tag)
    assert not same_language(tag, "zh-TW")


@pytest.mark.parametrize("tag", TRADITIONAL)
def test_traditional_chinese_never_matches_zh_cn(tag: str) -> None:
    assert is_traditional(tag)
    assert not is_simplified(tag)
    assert not same_language(tag, "zh-CN")
    assert not same_language(tag, "zh")
    assert same_language(tag, "zh-TW")


@pytest.mark.parametrize("tag", NEITHER)
def test_what_says_neither_script_is_taken_for_neither(tag: str) -> None:
    assert not is_simplified(tag)
    assert not is_traditional(tag)
    assert not same_language(tag, "zh-CN")
    assert not same_language(tag, "zh-TW")


@pytest.mark.parametrize("tag", ["en", "en-US", "en-GB", "eng", "en_US", "EN", "eng-GB", "en-US-x-plain"])
def test_every_english_matches_plain_english(tag: str) -> None:
    assert same_language(tag, "en")


@pytest.mark.parametrize(
    ("tag", "wanted", "same"),
    [
        ("en-US", "en-GB", False),
        ("en", "en-GB", True),
        ("En-uS", "en-us", True),
        ("fr-CA", "fr", True),
        ("fr", "en", False),
        ("sr-Latn", "sr-Cyrl", False),
        ("sr", "sr-Cyrl", True),
        ("iw", "he", True),
        ("ger", "deu", True),
        ("", "", False),
        ("", "en", False),
        ("*all*", "en", False),
        ("Klingon!", "klingon!", True),
    ],
)
def test_a_wanted_region_accepts_itself_and_none(tag: str, wanted: str, same: bool) -> None:
    assert same_language(tag, wanted) is same


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh_CN", "zh-CN"),
        ("ZH-hans-cn", "zh-Hans-CN"),
        ("cmn-Hans-CN", "zh-Hans-CN"),
        ("zh-cmn", "zh"),
        ("zh-yue-HK", "yue-HK"),
        ("chi", "zh"),
        ("EN-us", "en-US"),
        ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("de-DE-u-co-phonebk", "de-DE-u-co-phonebk"),
        ("es-419", "es-419"),
        ("zh_TW.Big5", "zh-TW"),
        ("*all*", "*all*"),
        ("Chinese (PRC)", "Chinese (PRC)"),
    ],
)
def test_canonical_writes_a_tag_as_bcp_47_does(tag: str, expected: str) -> None:
    assert canonical(tag) == expected


@pytest.mark.parametrize(
    "tag", ["zh-CN", "en", "zh-Hans-CN", "es-419", "de-1996", "i-hak", "x-klingon", "EN-US"]
)
def test_legal_tags_are_well_formed(tag: str) -> None:
    assert is_well_formed(tag)


@pytest.mark.parametrize("tag", ["zh_CN", "", "x", "x-", " en", "*all*", "e", "en-", "en--US", "中文"])
def test_illegal_tags_are_not_well_formed(tag: str) -> None:
    assert not is_well_formed(tag)


@settings(deadline=None)
@given(st.text(max_size=20) | st.from_regex(r"[a-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,4}", fullmatch=True))
def test_canonical_is_stable_and_every_tag_is_its_own_language(tag: str) -> None:
    assert canonical(canonical(tag)) == canonical(tag)
    assert not (is_simplified(tag) and is_traditional(tag))
    if is_well_formed(tag):
        assert same_language(tag, tag)
