"""A whole OmegaT project: folders with sources, memories by how far they are trusted, the glossary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import BinaryIO
from xml.sax.saxutils import escape

from tm.errors import FormatError
from tm.model import Concept, Term, TermStatus

__all__ = ["Content", "OmegaTProject", "glossary", "project_files"]

Content = bytes | Callable[[BinaryIO], None]
"""What a file shall hold, or the function that writes it."""

_TOKENIZERS = {"zh": "LuceneSmartChineseTokenizer", "en": "LuceneEnglishTokenizer"}
_OFFERED = (TermStatus.PREFERRED, TermStatus.ADMITTED)
_FOLDERS = ("target/", "dictionary/", "omegat/")


@dataclass(frozen=True, slots=True, kw_only=True)
class OmegaTProject:
    """What goes into a project. Files are given by name, memories as TMX.

    `auto` fills what is not yet translated, `enforce` overwrites what is, `penalties` lowers the matches of
    its memories by so many percent. `sentences` lets OmegaT divide paragraphs; switch it off for sources
    that are segmented already (XLIFF).
    """

    sources: Mapping[str, bytes]
    auto: Mapping[str, Content] = field(default_factory=dict)
    enforce: Mapping[str, Content] = field(default_factory=dict)
    penalties: Mapping[int, Mapping[str, Content]] = field(default_factory=dict)
    concepts: tuple[Concept, ...] = ()
    source_lang: str = "zh-CN"
    target_lang: str = "en"
    sentences: bool = True


def project_files(project: OmegaTProject) -> dict[str, Content]:
    """The project's files by path relative to its folder; a path that ends in / is an empty folder."""
    files: dict[str, Content] = {
        "omegat.project": _settings(project),
        "glossary/glossary.txt": glossary(project.concepts),
    }
    folders: dict[str, Mapping[str, Content]] = {
        "source": project.sources,
        "tm/auto": project.auto,
        "tm/enforce": project.enforce,
    }
    folders |= {f"tm/penalty-{points:02d}": known for points, known in project.penalties.items()}
    for folder, contents in sorted(folders.items()):
        files |= dict.fromkeys(() if contents else (f"{folder}/",), b"")
        files |= {f"{folder}/{_plain(name)}": contents[name] for name in sorted(contents)}
    return files | dict.fromkeys(_FOLDERS, b"")


def glossary(concepts: Iterable[Concept]) -> bytes:
    """The concepts as OmegaT's glossary: Chinese, English, comment; preferred renderings come first.

    Deprecated and forbidden terms are left out, because OmegaT would offer them like any other.
    """
    lines = [line for concept in concepts for line in _glossary_lines(concept)]
    return "".join(f"{line}\n" for line in dict.fromkeys(lines)).encode()


def _glossary_lines(concept: Concept) -> Iterator[str]:
    offered = sorted(concept.renderings(*_OFFERED), key=lambda term: _OFFERED.index(term.status))
    for chinese in concept.zh:
        if chinese.status in _OFFERED:
            for english in offered:
                yield "\t".join((_cell(chinese.text), _cell(english.text), _comment(concept, english)))


def _comment(concept: Concept, term: Term) -> str:
    status = "" if term.status is TermStatus.PREFERRED else term.status.value
    return "; ".join(_cell(part) for part in (concept.domain, status, term.note) if part)


def _cell(text: str) -> str:
    return " ".join(text.split())


def _plain(name: str) -> str:
    """The name, when it is one of a file and no path."""
    if name in ("", ".", "..") or any(mark in name for mark in '/\\:*?"<>|\0'):
        raise FormatError(_("{name} cannot be the name of a file").format(name=ascii(name)))
    return name


def _settings(project: OmegaTProject) -> bytes:
    folders = ("source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file", "dictionary_dir")
    values = [(name, "__DEFAULT__") for name in folders]
    values += [
        ("source_lang", project.source_lang.upper()),
        ("target_lang", project.target_lang.upper()),
        ("source_tok", _tokenizer(project.source_lang)),
        ("target_tok", _tokenizer(project.target_lang)),
        ("sentence_seg", str(project.sentences).lower()),
        ("support_default_translations", "true"),
        ("remove_tags", "false"),
        ("external_command", ""),
    ]
    inside = "".join(f"        <{name}>{escape(value)}</{name}>\n" for name, value in values)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<omegat>\n    <project version="1.0">\n{inside}    </project>\n</omegat>\n'
    ).encode()


def _tokenizer(lang: str) -> str:
    name = _TOKENIZERS.get(lang.partition("-")[0].lower(), "DefaultTokenizer")
    return f"org.omegat.tokenizer.{name}"
