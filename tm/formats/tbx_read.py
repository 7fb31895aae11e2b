"""TBX as concepts: version 2 (martif) and version 3, with data categories as attributes (DCA) or tags (DCT).

Concepts come one at a time from the file; what a concept holds beyond the fields of the term base is kept in
columns of its own where it is text for people, and counted as lost where it is not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING, BinaryIO

from tm.errors import FormatError
from tm.formats.glossary_base import Glossary, LeftOut
from tm.formats.safe_xml import SafeXml
from tm.formats.tbx_concept import TbxConcept, concept_of
from tm.formats.tbx_elements import TermElement, fields, language, local
from tm.model import Concept

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]

_ROOTS = ("martif", "tbx")
_CONCEPTS = ("{*}termEntry", "{*}conceptEntry")
_LANGUAGES = ("langSet", "langSec")


def read(stream: BinaryIO, *, path: str = "-") -> Glossary:
    """The concepts of a TBX file that have Chinese and English terms, in the order of the file.

    Simplified Chinese alone is Chinese; the terms of all other languages go into columns `term-<tag>`. A
    file without any usable concept is a FormatError that says which languages it has.
    """
    xml = SafeXml(stream, path=path)
    _check_root(xml, path)
    reader = _Reader(path)
    for batch in xml.batches(*_CONCEPTS, kinds=("end",)):
        for _kind, element in batch:
            reader.take(element)
            xml.units += 1
            _forget(element)
    return reader.glossary()


class _Reader:
    """The concepts read so far, and what could not be used."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._concepts: list[Concept] = []
        self._left_out: list[LeftOut] = []
        self._ids: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()

    def take(self, element: _Element) -> None:
        """Reads one concept."""
        found = self._parts(element)
        for tag, terms in found.languages:
            self._languages[tag] += len(terms)
        concept = concept_of(found, self._lost, self._path)
        if isinstance(concept, LeftOut):
            self._left_out.append(concept)
        else:
            self._concepts.append(replace(concept, id=self._unique(concept.id)))

    def glossary(self) -> Glossary:
        """What was read; FormatError when no concept can be used."""
        if not self._concepts:
            found = ", ".join(f"{tag} ({count})" for tag, count in sorted(self._languages.items()))
            raise FormatError(
                _("no concept has both a Simplified Chinese and an English term"),
                path=self._path,
                hint=_("The languages of the file, with their terms: {languages}").format(
                    languages=found or _("none")
                ),
            )
        return Glossary(
            concepts=tuple(self._concepts),
            left_out=tuple(self._left_out),
            lost=tuple(sorted(self._lost.items())),
        )

    def _parts(self, element: _Element) -> TbxConcept:
        sections = [(language(child, self._path), child) for child in element if local(child) in _LANGUAGES]
        return TbxConcept(
            id=element.get("id", ""),
            line=element.sourceline or 0,
            facts=tuple(fields(element)),
            languages=tuple((tag, _terms(section)) for tag, section in sections),
            remarks=tuple((tag, aux) for tag, section in sections for aux in fields(section)),
        )

    def _unique(self, name: str) -> str:
        """The id, with a number when the file has it twice."""
        self._ids[name] += 1
        return name if self._ids[name] == 1 else f"{name}.{self._ids[name]}"


def _terms(section: _Element) -> tuple[TermElement, ...]:
    found = (TermElement.of(child) for child in section if local(child) in ("tig", "ntig", "termSec"))
    return tuple(term for term in found if term.text)


def _check_root(xml: SafeXml, path: str) -> None:
    root = xml.prolog.root
    if root in _ROOTS:
        return
    raise FormatError(
        _("the root element is {root}, not martif (TBX version 2) or tbx (version 3)").format(root=root),
        path=path,
        line=xml.prolog.line,
        hint=_root_hint(root.lower()),
    )


def _root_hint(root: str) -> str:
    """What to do about a file with this root element."""
    if root in ("tmx", "xliff"):
        return _("It holds translations, not terms: `tm import` reads it.")
    if root == "html":
        return _("It is a web page, perhaps an error message; fetch the file again.")
    if root == "mtf":
        return _("It is MultiTerm's own XML; have MultiTerm write TBX, CSV or XLSX.")
    return _("Have the terms written as TBX, TBX-Basic, CSV or XLSX.")


def _forget(element: _Element) -> None:
    """Gives back the memory of a concept that has been read."""
    element.clear(keep_tail=True)
    previous = element.getprevious()
    parent = element.getparent()
    while previous is not None and parent is not None:
        parent.remove(previous)
        previous = element.getprevious()
