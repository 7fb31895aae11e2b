"""Reads TMX 1.1 to 1.4b as a stream: the header first, then the units one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from tm.errors import FormatError
from tm.formats.safe_xml import SafeXml
from tm.formats.tmx_extra import HeaderExtra
from tm.formats.tmx_header import read_header
from tm.formats.tmx_names import XML_LANG, raw_xml
from tm.formats.tmx_packed import unpacked
from tm.formats.tmx_pair import Pairing
from tm.formats.tmx_quick import QuickReader
from tm.formats.tmx_remarks import Remarks
from tm.formats.tmx_unit import Skipped, UnitReader
from tm.model import Header, Memory, Unit

__all__ = ["Survey", "TmxStream", "read", "survey"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What is in a file whatever is wanted of it: tus, and tuvs by language as spelt ("" = none given)."""

    version: str
    units: int
    languages: dict[str, int] = field(default_factory=dict)


def read(  # noqa: PLR0913 - all that can be asked of a file
    stream: BinaryIO,
    *,
    path: str = "-",
    member: str = "",
    source_lang: str = "zh-CN",
    target_lang: str = "en",
    strict: bool = False,
    keep: bool = True,
    known: Header | None = None,
    on_skip: Callable[[Skipped], None] | None = None,
) -> Memory:
    """The memory in a stream (.tmx, gzip or zip); its units are read while they are asked for, once.

    `member` is the name of the one that is meant in a zip of several, see `members`.
    A tu without a pair of the wanted languages is no error: it goes to `on_skip`, and, with `keep`, it is
    written again where it stood when the memory is written. With `strict` a tu whose source language (its
    srclang, else the header's) is another than the wanted one gives no pair. `known` is the header of an
    earlier reading of the same file, which is told too what stands behind the last unit. A file that is no
    TMX, or no XML any more from somewhere on, raises `FormatError`; so may the units while they are read.
    """
    unzipped = unpacked(stream, path=path, member=member) if member else stream
    tmx = TmxStream(unzipped, path=path, keep=keep, known=known)
    header = tmx.header(target_lang)
    pairing = Pairing(source_lang, target_lang, header=header.source_lang, strict=strict)
    return Memory(
        name=PurePath(path).name.split(".")[0] if path != "-" else "",
        header=header,
        units=tmx.units(pairing, on_skip or _ignore),
    )


def survey(stream: BinaryIO, *, path: str = "-") -> Survey:
    """How many tus a file has, and in which languages; reads it to its end."""
    tmx = TmxStream(stream, path=path)
    header = tmx.header("")
    languages: Counter[str] = Counter()
    count = 0
    for tu in tmx.elements():
        count += 1
        for tuv in tu.iterchildren(f"{tmx.namespace}tuv"):
            languages[tuv.get(XML_LANG) or tuv.get("lang") or ""] += 1
    version = getattr(header.extra, "version", "")
    return Survey(version=version, units=count, languages=dict(sorted(languages.items())))


class TmxStream:
    """A TMX file that is read once: first its `header`, then its `elements` or its `units`.

    With `keep`, tus that give no unit are kept in front of the next one, or in the header's tail.
    """

    def __init__(
        self, stream: BinaryIO, *, path: str = "-", keep: bool = False, known: Header | None = None
    ) -> None:
        self.path = path
        self.xml = SafeXml(unpacked(stream, path=path), path=path, advice=_advice())
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
        self._remarks = Remarks(len(self.prolog.remarks) + self.prolog.hidden)
        self._keep = keep
        self._known = known.extra if known and isinstance(known.extra, HeaderExtra) else HeaderExtra()
        self._elements = self._relevant()
        self._first: Any = None
        self._fault: FormatError | None = None

    def header(self, target_lang: str) -> Header:
        """The header; a file without one gets what is usual."""
        found = next(self._elements, None)
        if found is not None and found.tag == f"{self.namespace}tu":
            self._first = found
            return self._framed(read_header(None, self.prolog, target_lang))
        header = read_header(found, self.prolog, target_lang, self._remarks.taken())
        if found is not None:
            found.clear()
        self.spaced = False
        try:
            self._first = next(self._elements, None)
        except FormatError as fault:  # it belongs to the units
            self._fault = fault
        return self._framed(header)

    def _framed(self, header: Header) -> Header:
        """The header with what stands between it and the body, and with the tail to come."""
        extra = cast("HeaderExtra", header.extra)
        around = replace(extra, between=self._remarks.between(), tail=self._remarks.tail)
        return replace(header, extra=around)

    def elements(self) -> Iterator[Any]:
        """The tu elements; one is good until the next is asked for. `remarks` are the comments before it."""
        if self._fault is not None:
            raise self._fault
        if self._first is not None:
            yield self._first
        yield from self._elements
        self._remarks.end()
        if self._known.tail:
            self._known.tail.become(self._remarks.tail)

    def units(self, pairing: Pairing, on_skip: Callable[[Skipped], None]) -> Iterator[Unit]:
        """The units of one language pair; every other tu goes to `on_skip`."""
        prefixed = any(prefix for prefix, _uri in self.prolog.namespaces)
        reader = UnitReader(self.namespace, pairing, prefixed=prefixed)
        quick = QuickReader(self.namespace, pairing)
        remarks = self._remarks
        for tu in self.elements():
            unit = None if prefixed or self.spaced or remarks.waiting else quick.read(tu)
            if unit is None:
                reader.spaced = self.spaced
                found = reader.read(tu, self.xml.units + 1, remarks.waiting)
                if not isinstance(found, Unit):
                    if self._keep:
                        remarks.keep(raw_xml(tu))
                    on_skip(found)
                    continue
                remarks.taken()
                unit = found
            yield unit

    def _relevant(self) -> Iterator[Any]:
        """The header and tu elements; comments and namespaces are taken note of on the way."""
        header, unit = f"{self.namespace}header", f"{self.namespace}tu"
        headed = False
        body: Any = None
        for batch in self.xml.batches(header, unit, kinds=("end", "start-ns", "comment", "pi")):
            last = None
            for kind, found in batch:
                if kind == "end":
                    if found.tag == unit:
                        if found.getparent() is not body:
                            body = self._home(found)
                        yield found
                        last = found
                        self.xml.units += 1
                    elif not headed and not self.xml.units:
                        yield found
                    headed = True
                elif kind == "start-ns":
                    self.spaced = True
                else:
                    self._remarks.see(found)
            if last is not None:
                parent = last.getparent()
                del parent[: parent.index(last)]

    def _home(self, tu: Any) -> Any:  # noqa: ANN401 - lxml elements
        """What the tu stands in, which must not be another tu: it would be read twice."""
        if next(tu.iterancestors(tu.tag), None) is not None:
            raise FormatError(
                _("a tu stands inside another tu"),
                path=self.path,
                line=tu.sourceline,
                unit=tu.get("tuid"),
                hint=_("Close each tu before the next begins."),
            )
        return tu.getparent()

    def remarks(self) -> tuple[str, ...]:
        """The comments since the last tu; they are given once."""
        return self._remarks.taken()


def _advice() -> str:
    """What to do with a TMX that is broken as XML."""
    return _("`tm validate FILE --repair OUT` shows every fault and mends what is certain.")


def _ignore(_skipped: Skipped) -> None:
    """Nothing."""
