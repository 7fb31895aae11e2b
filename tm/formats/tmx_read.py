"""Reads TMX 1.1 to 1.4b as a stream: the header first, then the units one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import PurePath
from typing import Any, BinaryIO

from tm.errors import FormatError
from tm.formats.safe_xml import SafeXml
from tm.formats.tmx_header import read_header
from tm.formats.tmx_names import XML_LANG, local, raw_xml
from tm.formats.tmx_packed import unpacked
from tm.formats.tmx_pair import Pairing
from tm.formats.tmx_unit import Skipped, UnitReader
from tm.model import Header, Memory, Unit

__all__ = ["Survey", "TmxStream", "read", "survey"]

_SWEEP = 64
"""After so many units what has been read is taken out of the tree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What is in a file whatever is wanted of it: tus, and tuvs by language as spelt ("" = none given)."""

    version: str
    units: int
    languages: dict[str, int] = field(default_factory=dict)


def read(
    stream: BinaryIO,
    *,
    path: str = "-",
    source_lang: str = "zh-CN",
    target_lang: str = "en",
    on_skip: Callable[[Skipped], None] | None = None,
) -> Memory:
    """The memory in a stream (.tmx, gzip or zip); its units are read while they are asked for, once.

    A tu without a pair of the wanted languages is no error: it goes to `on_skip`. A file that is no TMX, or
    no XML any more from somewhere on, raises `FormatError`; so may the units while they are read.
    """
    tmx = TmxStream(stream, path=path)
    pairing = Pairing(source_lang, target_lang)
    return Memory(
        name=PurePath(path).name.split(".")[0] if path != "-" else "",
        header=tmx.header(target_lang),
        units=tmx.units(pairing, on_skip or _ignore),
    )


def survey(stream: BinaryIO, *, path: str = "-") -> Survey:
    """How many tus a file has, and in which languages; reads it to its end."""
    tmx = TmxStream(stream, path=path)
    header = tmx.header("")
    languages: Counter[str] = Counter()
    count = 0
    for tu, _before in tmx.elements():
        count += 1
        for tuv in tu.iterchildren(f"{tmx.namespace}tuv"):
            languages[tuv.get(XML_LANG) or tuv.get("lang") or ""] += 1
    version = getattr(header.extra, "version", "")
    return Survey(version=version, units=count, languages=dict(sorted(languages.items())))


class TmxStream:
    """A TMX file that is read once: first its `header`, then its `elements` or its `units`."""

    def __init__(self, stream: BinaryIO, *, path: str = "-") -> None:
        self.path = path
        self.xml = SafeXml(unpacked(stream, path=path), path=path)
        self.prolog = self.xml.prolog
        self.namespace = f"{{{self.prolog.namespace}}}" if self.prolog.namespace else ""
        self.spaced = False
        if self.prolog.root != "tmx":
            raise FormatError(
                _("this is no TMX: its root element is {name}").format(name=self.prolog.root),
                path=path,
                line=self.prolog.line,
                hint=_('A TMX starts with <tmx version="1.4">; is it the right file?'),
            )
        self._remarks: list[str] = []
        self._events = self._relevant()
        self._first: Any = None

    def header(self, target_lang: str) -> Header:
        """The header; a file without one gets what is usual."""
        found = next(self._events, None)
        remarks = self._taken_remarks()
        if found is not None and found.tag == f"{self.namespace}tu":
            self._first = found
            found = None
        header = read_header(found, self.prolog, target_lang, remarks)
        if found is not None:
            found.clear()
        self.spaced = False
        return header

    def elements(self) -> Iterator[tuple[Any, tuple[str, ...]]]:
        """The tu elements, each with the comments in front of it; one is good until the next is asked for."""
        if self._first is not None:
            yield self._first, ()
        tag = f"{self.namespace}tu"
        count = 0
        for element in self._events:
            if element.tag != tag:
                continue
            yield element, self._taken_remarks() if self._remarks else ()
            count += 1
            if count % _SWEEP == 0:
                parent = element.getparent()
                del parent[: parent.index(element)]

    def units(self, pairing: Pairing, on_skip: Callable[[Skipped], None]) -> Iterator[Unit]:
        """The units of one language pair; every other tu goes to `on_skip`."""
        prefixed = any(prefix for prefix, _uri in self.prolog.namespaces)
        reader = UnitReader(self.namespace, pairing, prefixed=prefixed)
        for number, (tu, before) in enumerate(self.elements(), start=1):
            reader.spaced = self.spaced
            found = reader.read(tu, number, before)
            if isinstance(found, Unit):
                yield found
            else:
                on_skip(found)

    def _relevant(self) -> Iterator[Any]:
        """The header and tu elements; comments and namespaces are taken note of on the way."""
        ns = f"{{{self.prolog.namespace}}}" if self.prolog.namespace else ""
        events = self.xml.events(
            f"{ns}header", f"{ns}tu", unit="tu", kinds=("end", "start-ns", "comment", "pi")
        )
        for kind, found in events:
            if kind == "end":
                yield found
            elif kind == "start-ns":
                self.spaced = True
            else:
                parent = found.getparent()
                if parent is not None and local(str(parent.tag)) in {"tmx", "body"}:
                    self._remarks.append(raw_xml(found))

    def _taken_remarks(self) -> tuple[str, ...]:
        remarks, self._remarks = tuple(self._remarks), []
        return remarks


def _ignore(_skipped: Skipped) -> None:
    """Nothing."""
