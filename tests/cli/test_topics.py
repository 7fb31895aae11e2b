"""The manual's topics: there in both languages, alike in structure, and true to the program."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from tm.cli import main
from tm.cli.help import topics
from tm.formats.registry import FORMATS
from tm.project.settings import Settings
from tm.terms.table import COLUMNS
from tm.text.width import display_width

FOLDER = Path(main.__file__).parent / "topics"
WIDTH = 112  # cells of the longest line; the English pages are wrapped at 110 characters
LANGUAGES = ("en", "zh")


def page(name, lang):
    return (FOLDER / lang / f"{name}.md").read_text(encoding="utf-8")


def records(text):
    """The cells of all table lines, rules left out."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|--")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def code(text):
    """Code spans and indented code, sorted; names in angle brackets may be translated."""
    spans = re.findall(r"`([^`]+)`", text)
    blocks = re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE)
    return sorted(re.sub(r"<[^<>]+>", "<>", piece) for piece in spans + blocks)


def structure(text):
    """What a page is made of: its headings, paragraphs, lists and the size of its tables."""
    return {
        "headings": re.findall(r"^(#+) ", text, re.MULTILINE),
        "list": re.findall(r"^(- |\d+\. )", text, re.MULTILINE),
        "tables": [len(cells) for cells in records(text)],
        "paragraphs": text.count("\n\n"),
    }


def test_both_languages_have_the_same_topics():
    english, chinese = ({path.name for path in (FOLDER / lang).iterdir()} for lang in LANGUAGES)
    assert english == chinese
    assert english == {f"{name}.md" for name in topics()}


@pytest.mark.parametrize("name", topics())
def test_a_topic_is_built_alike_in_both_languages(name):
    assert structure(page(name, "en")) == structure(page(name, "zh"))


@pytest.mark.parametrize("name", topics())
def test_the_code_of_a_topic_is_the_same_in_both_languages(name):
    assert code(page(name, "en")) == code(page(name, "zh"))


@pytest.mark.parametrize("name", topics())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_topic_begins_with_its_title_and_fits_a_window(name, lang):
    text = page(name, lang)
    assert re.match(r"# \S", text)
    assert max(map(display_width, text.splitlines())) <= WIDTH
    assert text.endswith("\n")
    assert "\r" not in text


@pytest.mark.parametrize("name", topics())
def test_chinese_topics_have_full_width_punctuation(name):
    prose = re.sub(r"`[^`]*`|^ {4}.*$", "", page(name, "zh"), flags=re.MULTILINE)
    assert not re.findall(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", prose)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_shows_the_topics_and_their_titles(tm, lang):
    listed = tm("help", "--lang", lang).out
    for name in topics():
        title = page(name, lang).splitlines()[0].removeprefix("# ")
        assert re.search(rf"^{name} +{re.escape(title)}$", listed, re.MULTILINE), name
        assert tm("help", name, "--lang", lang).out.rstrip() == page(name, lang).rstrip()


def as_toml(value):
    """A default as it would be written in `tm.toml`."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(as_toml, value))}]"
    return f"{value:g}" if isinstance(value, int | float) else "{}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_settings_topic_names_every_setting_with_its_default(lang):
    default = Settings()
    wanted = {f"`{one.name}`": f"`{as_toml(getattr(default, one.name))}`" for one in fields(Settings)}
    assert {key: value for key, value, _means in records(page("settings", lang))[1:]} == wanted


def test_the_settings_topic_says_of_a_setting_what_the_program_says():
    means = {
        key.strip("`"): text.replace("`", "") for key, _value, text in records(page("settings", "en"))[1:]
    }
    assert means == {one.name: one.metadata["means"].replace("`", "") for one in fields(Settings)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_exit_codes_are_those_of_the_program(lang):
    codes = {int(found) for found, _means in records(page("exit-codes", lang))[1:]}
    names = ("DONE", "FINDINGS", "USAGE", "INVALID_INPUT", "CONFLICT", "SERVICE", "INTERRUPTED")
    assert codes == {getattr(main, name) for name in names}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_formats_topic_names_every_format_and_no_unknown_ending(lang):
    named = {ending for cells in records(page("formats", lang))[1:] for ending in cells[0].split()}
    assert named == {ending for form in FORMATS for ending in (*form.endings, *form.read_only)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_terms_topic_names_every_column(lang):
    text = page("terms", lang)
    header = re.search(r"^ {4}(concept,.*)$", text, re.MULTILINE)
    assert header is not None
    optional = [name for name in COLUMNS if f"`{name}`" in text and name not in header[1].split(",")]
    assert {*header[1].split(","), *optional} == set(COLUMNS)
