"""An OmegaT project has all its folders, trusts memories as told, and offers no deprecated term."""

from __future__ import annotations

import pytest
from lxml import etree

from tm.errors import FormatError
from tm.formats.omegat import OmegaTProject, glossary, project_files
from tm.model import Concept, Term, TermStatus


def concept(zh, *en):
    return Concept(
        id=zh,
        zh=(Term(lang="zh", text=zh),),
        en=tuple(Term(lang="en", text=text, status=status, note=note) for text, status, note in en),
        domain="office",
    )


def test_the_project_holds_every_file_in_its_folder():
    files = project_files(
        OmegaTProject(
            sources={"zh.txt": b"s"},
            auto={"sichuan.tmx": b"a"},
            enforce={"approved.tmx": b"e"},
            penalties={30: {"drafts.tmx": b"d"}},
        )
    )
    settings = files.pop("omegat.project")
    assert isinstance(settings, bytes)
    assert settings.startswith(b"<?xml")
    assert files == {
        "glossary/glossary.txt": b"",
        "source/zh.txt": b"s",
        "tm/auto/sichuan.tmx": b"a",
        "tm/enforce/approved.tmx": b"e",
        "tm/penalty-30/drafts.tmx": b"d",
        "target/": b"",
        "dictionary/": b"",
        "omegat/": b"",
    }


def test_the_settings_name_languages_and_tokenizers():
    raw = project_files(OmegaTProject(sources={}, sentences=False))["omegat.project"]
    assert isinstance(raw, bytes)
    settings = etree.fromstring(raw)
    assert settings.findtext("project/source_lang") == "ZH-CN"
    assert settings.findtext("project/source_tok") == "org.omegat.tokenizer.LuceneSmartChineseTokenizer"
    assert settings.findtext("project/sentence_seg") == "false"


def test_the_glossary_offers_preferred_terms_first_and_no_deprecated_ones():
    known = concept(
        "省政府",
        ("provincial govt", TermStatus.DEPRECATED, ""),
        ("provincial authorities", TermStatus.ADMITTED, "in\nspeech"),
        ("government of province", TermStatus.FORBIDDEN, ""),
        ("provincial government", TermStatus.PREFERRED, ""),
    )
    assert glossary([known, known]).decode().split("\n") == [
        "省政府\tprovincial government\toffice",
        "省政府\tprovincial authorities\toffice; admitted; in speech",
        "",
    ]


@pytest.mark.parametrize("name", ["../a.tmx", "/etc/a", "a\\b", "", "..", "a\0"])
def test_a_name_that_is_a_path_is_refused(name):
    with pytest.raises(FormatError):
        project_files(OmegaTProject(sources={name: b""}))
