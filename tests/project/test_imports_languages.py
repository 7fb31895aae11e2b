"""Which languages an import takes for Simplified Chinese and English, and what it says of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tm.errors import FormatError
from tm.project.imports import import_files
from tm.store.memory import open_memory

SIMPLIFIED = [
    *("zh", "ZH", "zh-CN", "ZH-CN", "zh-cn", "zh_CN", "zh_cn.UTF-8", "zh-SG", "zh-MY", "zh-Hans", "ZH-HANS"),
    *("zh-Hans-CN", "zh_Hans_CN", "zh-Hans-SG", "zh-Hans-TW", "zh-Hans-HK", "zh-CHS", "cmn", "cmn-CN"),
    *("cmn-Hans-CN", "zho", "chi", "CHI", "zho-CN", "chi-Hans", "zh-cmn-Hans-CN"),
]
OTHER = [
    *("zh-TW", "ZH-TW", "zh_TW", "zh-HK", "zh-MO", "zh-Hant", "zh-Hant-TW", "zh-Hant-CN", "zh-Hant-SG"),
    *(
        "zh-CHT",
        "cmn-Hant",
        "cmn-TW",
        "zho-HK",
        "zh-US",
        "yue",
        "yue-CN",
        "yue-Hans-CN",
        "zh-yue",
        "nan",
        "wuu",
    ),
    *("hak", "lzh", "ja", "za-CN", "Chinese", "中文", "x-zh", ""),
]
ENGLISH = ["en", "EN", "en-US", "en_GB", "eng", "en-Latn", "en-001"]
NOT_ENGLISH = ["enm", "ang", "fr", "English", "e", "enx-US"]


def tu(source: str, target: str, number: int = 1) -> str:
    return (
        f'<tu tuid="{number}"><tuv xml:lang="{source}"><seg>四川第{number}句</seg></tuv>'
        f'<tuv xml:lang="{target}"><seg>Sichuan {number}</seg></tuv></tu>'
    )


@pytest.fixture
def taken(tmp_path: Path):
    """The languages and counts of what comes into a new memory."""

    def call(*tus: str, header: str = "en-US", strict: bool = False):
        file, into = tmp_path / "a.tmx", tmp_path / "m.tmx"
        into.unlink(missing_ok=True)
        head = f'<tmx version="1.4"><header srclang="{header}"/><body>'
        file.write_text(head + "\n".join(tus) + "</body></tmx>", encoding="utf-8")
        report = import_files([file], into, strict=strict)
        units = list(open_memory(into)) if into.exists() else []
        return [(unit.source.lang, unit.target.lang) for unit in units], report

    return call


@pytest.mark.parametrize("lang", SIMPLIFIED)
def test_every_name_of_simplified_chinese_is_understood_and_kept(taken, lang):
    pairs, report = taken(tu(lang, "en"))
    assert (pairs, report.added, report.issues) == ([(lang, "en")], 1, ())


@pytest.mark.parametrize("lang", ENGLISH)
def test_every_name_of_english_is_understood_and_kept(taken, lang):
    assert taken(tu("zh-CN", lang))[0] == [("zh-CN", lang)]


@pytest.mark.parametrize("lang", OTHER)
def test_no_other_chinese_is_taken_silently(taken, lang):
    pairs, report = taken(tu("zh-CN", "en", 1), tu(lang, "en", 2))
    assert pairs == [("zh-CN", "en")]
    assert (report.added, report.skipped) == (1, 1)
    assert [(issue.line, issue.unit) for issue in report.issues] == [(2, "2")]
    assert "zh-CN" in report.issues[0].reason


@pytest.mark.parametrize("lang", OTHER)
def test_a_file_without_a_usable_pair_is_refused_with_the_languages_it_has(taken, lang):
    with pytest.raises(FormatError) as caught:
        taken(tu(lang, "en", 1), tu(lang, "en", 2), tu(lang, "fr", 3))
    assert f"{lang or '?'} (3)" in caught.value.message
    assert "en (2), fr (1)" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("lang", NOT_ENGLISH)
def test_what_only_begins_like_english_is_none(taken, lang):
    with pytest.raises(FormatError, match=lang):
        taken(tu("zh-CN", lang))


def test_the_nearest_of_several_chinese_variants_is_the_source(taken):
    tuvs = "".join(
        f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>'
        for lang, text in [("zh-TW", "電腦"), ("zh", "电脑二"), ("en", "computer"), ("zh-CN", "电脑")]
    )
    assert taken(f"<tu>{tuvs}</tu>")[0] == [("zh-CN", "en")]


@pytest.mark.parametrize(
    ("own", "header", "added"),
    [
        ("", "zh-CN", 1),
        ("", "zh_cn", 1),
        ("", "*all*", 1),
        ("", "*ALL*", 1),
        ("", "en", 0),
        ("", "zh-TW", 0),
        ("srclang='zh'", "en", 1),
        ("srclang='*all*'", "en", 1),
        ("srclang='en-US'", "zh-CN", 0),
    ],
)
def test_strictly_only_units_that_were_translated_from_chinese_are_taken(taken, own, header, added):
    unit = tu("zh-CN", "en").replace("<tu ", f"<tu {own} ")
    assert taken(unit, header=header)[1].added == 1, "the source language is not asked for"
    report = taken(unit, header=header, strict=True)[1]
    assert (report.added, report.skipped) == (added, 1 - added)
    assert all("its source language is" in issue.reason for issue in report.issues)


@pytest.mark.parametrize("header", ["en-US", "*all*", "zh-CN", "de"])
def test_what_the_header_of_the_memory_says_keeps_nothing_out(tmp_path, header):
    into, file = tmp_path / "m.tmx", tmp_path / "a.tmx"
    for path, units in ((into, tu("zh-CN", "en", 1)), (file, tu("zh", "en-GB", 2))):
        head = f'<tmx version="1.4"><header srclang="{header}"/><body>'
        path.write_text(f"{head}{units}</body></tmx>", encoding="utf-8")
    assert import_files([file], into).added == 1
    assert len(list(open_memory(into))) == 2
