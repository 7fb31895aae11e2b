"""Chinese messages: complete, true to their placeholders, and shown where Chinese is asked for."""

from __future__ import annotations

import re
import string
import subprocess
import sys

import click
import polib
import pytest

from tm.checks import RULES
from tm.cli.base import Group
from tm.cli.language import CATALOGUES, choose
from tm.cli.main import COMMANDS, cli

HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?:\s|$)")
CODE = re.compile(r"`[^`]*`")
QUOTED = re.compile(r'`[^`]*`|"[^"\n]*"')


def commands(group=cli, before=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        yield (*before, name)
        if isinstance(found, Group):
            yield from commands(found, (*before, name))


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUES / "zh_CN/LC_MESSAGES/tm.po"), wrapwidth=0)


def texts(entry):
    """The translations of an entry, whatever their number."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text):
    found = string.Formatter().parse(text)
    return sorted(f"{name}!{conversion}:{form}" for _literal, name, form, conversion in found if name)


def test_every_message_has_a_translation_and_the_compiled_catalogue_is_that_of_today(root):
    done = subprocess.run(
        [sys.executable, root / "tests/catalogue.py", "--check"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_translation_has_the_placeholders_of_its_message(catalogue):
    for entry in catalogue:
        for text in texts(entry):
            assert placeholders(text) == placeholders(entry.msgid_plural or entry.msgid), entry.msgid
            assert text.count("%(") == entry.msgid.count("%("), entry.msgid


def test_code_in_a_translation_is_that_of_its_message(catalogue):
    for entry in catalogue:
        for text in texts(entry):
            assert sorted(CODE.findall(text)) == sorted(CODE.findall(entry.msgid)), entry.msgid


def test_a_message_ends_as_its_translation_does(catalogue):
    """Headings have no full stop, sentences have one: a table or a list must not mix them."""
    for entry in catalogue:
        if "\n" not in entry.msgid and entry.occurrences[0][0] != "click":
            for text in texts(entry):
                assert entry.msgid.endswith(".") == text.endswith(("。", ".")), (entry.msgid, text)


def test_chinese_prose_has_full_width_punctuation(catalogue):
    for entry in catalogue:
        for text in texts(entry):
            assert not HALF_WIDTH.findall(QUOTED.sub("", text)), text


def test_translations_hold_chinese_unless_they_are_code_or_have_no_words(catalogue):
    for entry in catalogue:
        wordless = not any(map(str.isalpha, re.sub(r"\{\w+\}", "", entry.msgid)))
        for text in texts(entry):
            assert HAN.search(text) or text == entry.msgid or wordless, entry.msgid


@pytest.mark.parametrize("words", list(commands()))
def test_the_help_of_every_command_is_chinese(tm, words):
    shown = tm(*words, "--help", "--lang", "zh").out
    usage, _blank, first = shown.splitlines()[:3]
    assert usage.startswith("用法：")
    assert HAN.search(first)
    options = shown.split("选项", maxsplit=1)[1].split("示例", maxsplit=1)[0]
    explained = re.split(r"\n  (?=-)", options)[1:]
    assert len(explained) >= 4
    for option in explained:
        if not option.startswith("-h,"):  # click makes it once a process, in the language of then
            assert HAN.search(option), option


def test_the_help_option_explains_itself_in_chinese(program):
    assert re.search(r"-h, --help +显示本说明并退出。\n", program("build", "--help", "--lang", "zh").out)


def test_the_list_of_commands_is_chinese_and_agrees_with_each_command(tm):
    shown = tm("--help", "--lang", "zh").out
    listed = dict(re.findall(r"^  ([a-z]+)  +(\S.*)$", shown.split("命令")[1].split("示例")[0], re.MULTILINE))
    assert set(listed) == set(COMMANDS)
    for name, text in listed.items():
        assert tm(name, "--help", "--lang", "zh").out.splitlines()[2].strip().removesuffix("。") == text


def test_the_manual_page_of_every_rule_is_chinese(tm):
    for rule in RULES:
        shown = tm("explain", rule.id, "--lang", "zh").out
        for heading in ("检查内容：", "重要性：", "示例：", "修改方法：", "可豁免的情形："):
            assert f"\n{heading}" in shown, (rule.id, heading)


def test_a_usage_error_is_chinese(tm):
    ran = tm("stats", "--no-such-option", "--lang", "zh")
    assert ran.code == 2
    assert "用法：" in ran.err
    assert "错误：没有 '--no-such-option' 这个选项。" in ran.err
    unknown = tm("buld", "--lang", "zh")
    assert "没有“buld”这个命令。" in unknown.err
    assert "build" in unknown.err


def test_an_error_of_a_command_is_chinese_and_keeps_place_and_hint(tm, sample_project):
    (sample_project / "tm.toml").write_text('memoris = "tmx"\n', encoding="utf-8")
    ran = tm("stats", "--lang", "zh", cwd=sample_project)
    assert ran.code == 2
    assert ran.err.startswith("错误：")
    assert "tm.toml: 没有“memoris”这项设置\n您要找的是“memories”吗？" in ran.err


def test_the_build_table_has_the_heads_of_the_readme(tm, sample_project, root):
    head, rule, line = tm("build", "--lang", "zh", cwd=sample_project).out.splitlines()
    assert head.split() == ["记忆库", "单元", "状态", "文件"]
    assert line.split()[2] == "已是最新"
    readme = (root / "README.zh-CN.md").read_text(encoding="utf-8")
    assert f"{head}\n{rule}\n{line}\n" in readme


@pytest.mark.parametrize(
    ("words", "environment", "wanted"),
    [
        (["--lang", "zh"], {"TM_LANG": "en"}, "zh"),
        (["--lang=en"], {"TM_LANG": "zh"}, "en"),
        (["search", "--", "--lang", "zh"], {"LANG": "en_GB.UTF-8"}, "en"),
        (["search", "--lang"], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"TM_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ([], {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "zh_TW.UTF-8", "LANG": "C"}, "zh"),
    ],
)
def test_the_option_comes_before_the_variable_and_the_variable_before_the_locale(words, environment, wanted):
    assert choose(words, environment) == wanted
