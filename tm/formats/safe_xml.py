"""XML from strangers: read as a stream, without a network, a second file, entities, or unbounded memory.

A document type with or without a system identifier is accepted and never loaded. A file that declares an
entity of any sort, or uses one that nobody declared, is refused: expanding it is dangerous, and leaving it
out would lose text silently. Every fault is a `FormatError` with path, line and column; a file that ends in
the middle says how many whole units came before.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, Literal
from xml.parsers import expat

from lxml import etree

from tm.errors import FormatError
from tm.formats.safe_xml_encoding import sniff, transcoded

if TYPE_CHECKING:
    from lxml.etree import _ElementTree

__all__ = ["UNIT_LIMIT", "Prolog", "SafeXml", "parse"]

UNIT_LIMIT = 4 << 20
"""How many bytes may pass without the end of a unit (4 MiB: as a tree of tiny elements, forty times that)."""
TREE_LIMIT = 128 << 20
"""How large a file may be that is read whole (128 MiB)."""
EventKind = Literal["end", "start-ns", "comment", "pi"]
KINDS: tuple[EventKind, ...] = ("end", "start-ns")
ATTRIBUTE_LIMIT = 1000
"""How many attributes an element may have: the time to read them grows with the square of their number."""
_WIDE = 4096
_FREE = 48 << 20
"""So many bytes the elements of a unit, or of a file that is read whole, may take in memory."""
_RATIO = 16
"""In a file that is read whole, a byte may take so many besides: in an ordinary XLIFF, six to ten."""
_NODE, _ATTRIBUTE = 256, 240
"""What an element with the text behind it, and an attribute, take in memory at most."""
_PROLOG_LIMIT = 1 << 20
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Prolog:
    """What is known of a file before its content: root element, namespaces declared there, encoding.

    `root` is the local name; `namespace` and the prefixes' URIs are "" where there are none. `remarks` are
    the comments and processing instructions before the root element.
    """

    root: str
    namespace: str
    namespaces: tuple[tuple[str, str], ...]
    attributes: tuple[tuple[str, str], ...]
    encoding: str
    line: int
    remarks: tuple[str, ...] = ()
    hidden: int = 0


class SafeXml:
    """An XML file that can be read once: its `prolog` at once, then its `batches` of events or its `tree`.

    `units` is for the reader to count the whole units that it has taken; `advice` is added to what is said
    of a file that is no XML any more from somewhere on.
    """

    def __init__(self, stream: BinaryIO, *, path: str = "-", advice: str = "") -> None:
        self.path = path
        self._advice = advice
        self.units = 0
        self._line = 1
        head = stream.read(_CHUNK)
        if not head:
            raise FormatError(
                _("the file is empty (0 bytes)"),
                path=path,
                hint=_("Nothing was saved in it, or nothing arrived; fetch it again."),
            )
        codec, mark = sniff(head, path)
        rest = iter(lambda: stream.read(_CHUNK), b"")
        self._chunks = transcoded(chain((head[mark:],), rest), codec, path)
        self._held: list[bytes] = []
        self.prolog = self._read_prolog(codec)

    def batches(
        self, *tags: str, limit: int = UNIT_LIMIT, kinds: tuple[EventKind, ...] = KINDS
    ) -> Iterator[Iterator[tuple[str, Any]]]:
        """Events in batches: ("end", element) for these tags, ("start-ns", (prefix, uri)) for all namespaces.

        Tags may be `{*}name`; `kinds` may add "comment" and "pi". The caller takes each batch to its end,
        adds the whole units in it to `units`, and clears their elements; no unit may be longer than `limit`
        bytes. A fault is raised when everything before it has been taken.
        """
        parser = self._parser(kinds, tags)
        passed = cost = 0
        wide = False
        for chunk in self._all_chunks():
            broken = self._feed(parser, chunk)
            before = self.units
            found = parser.read_events()
            wide = wide or _is_wide(chunk)
            yield self._narrow(found) if wide else found
            if broken:
                raise self._fault(broken)
            if self.units > before:
                passed, cost, wide = 0, 0, _is_wide(chunk)
            passed += len(chunk)
            cost += _cost(chunk)
            if passed > limit or cost > _FREE:
                raise self._too_long(limit)
        self._close(parser)
        yield parser.read_events()

    def _narrow(self, events: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
        """The events, as long as no element has so many attributes that reading them would take for ever."""
        for kind, found in events:
            if kind == "end":
                self._refuse_wide(found)
            yield kind, found

    def _refuse_wide(self, top: Any) -> None:  # noqa: ANN401 - an lxml element
        for element in top.iter("*"):
            if len(element.attrib) > ATTRIBUTE_LIMIT or len(element.nsmap) > ATTRIBUTE_LIMIT:
                raise FormatError(
                    _("an element has more than {limit} attributes").format(limit=ATTRIBUTE_LIMIT),
                    path=self.path,
                    line=element.sourceline,
                    hint=_("This is taken for an attack; take out the attributes that have no meaning."),
                )

    def tree(self, *, limit: int = TREE_LIMIT) -> _ElementTree:
        """The whole document; for formats that cannot be read as a stream."""
        parser = self._parser(("start-ns",), ())
        size = cost = 0
        wide = False
        for chunk in self._all_chunks():
            broken = self._feed(parser, chunk)
            if broken:
                raise self._fault(broken)
            size += len(chunk)
            cost += _cost(chunk)
            wide = wide or _is_wide(chunk)
            if size > limit or cost > _FREE + _RATIO * size:
                raise self._too_large(limit, size)
        root: Any = self._close(parser)
        if wide:
            self._refuse_wide(root)
        return etree.ElementTree(root)

    def _read_prolog(self, codec: str) -> Prolog:
        scan = _PrologScan(self.path, codec)
        seen = 0
        for chunk in self._chunks:
            self._held.append(chunk)
            seen += len(chunk)
            if scan.feed(chunk):
                return scan.prolog
            if seen > _PROLOG_LIMIT:
                raise FormatError(
                    _("there is no root element in the first megabyte"),
                    path=self.path,
                    hint=_("Is it the right file? An XML file starts with <?xml or with its root element."),
                )
        return scan.finish()

    def _all_chunks(self) -> Iterator[bytes]:
        held, self._held = self._held, []
        for chunk in chain(held, self._chunks):
            yield chunk
            self._line += chunk.count(b"\n")

    def _parser(self, events: tuple[EventKind, ...], tags: tuple[str, ...]) -> Any:  # noqa: ANN401 - stub lacks it
        return etree.XMLPullParser(
            events,
            tag=tags or None,
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )

    def _feed(self, parser: Any, chunk: bytes) -> _Broken | None:  # noqa: ANN401 - stub lacks it
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            line, column = error.position
            return _first_fault(parser) or _Broken(error.msg or "", line, column, error.code)
        return _first_fault(parser) if len(parser.feed_error_log) else None

    def _close(self, parser: Any) -> Any:  # noqa: ANN401 - stub lacks it
        try:
            return parser.close()
        except etree.XMLSyntaxError as error:
            line, column = error.position
            raise FormatError(
                _("the file ends in the middle; {count} whole units come before that").format(
                    count=self.units
                ),
                path=self.path,
                line=line,
                column=column,
                hint=self._advised(_("It was probably cut off in a transfer; fetch it again.")),
            ) from None

    def _fault(self, broken: _Broken) -> FormatError:
        lines = broken.message.strip().splitlines() or [_("not well-formed")]
        return FormatError(
            _("{reason}; {count} whole units come before that").format(reason=lines[0], count=self.units),
            path=self.path,
            line=broken.line,
            column=broken.column,
            hint=self._advised(_hint(broken.code)),
        )

    def _advised(self, hint: str) -> str:
        return f"{hint}\n{self._advice}" if self._advice else hint

    def _too_long(self, limit: int) -> FormatError:
        return FormatError(
            _("more than {size} MiB or {tags} tags after unit {count}, and no end of the next").format(
                size=limit >> 20, tags=_FREE // _NODE, count=self.units
            ),
            path=self.path,
            line=self._line,
            hint=_("This is taken for an attack; if it is not one, split what is so long."),
        )

    def _too_large(self, limit: int, size: int) -> FormatError:
        if size > limit:
            reason = _("the file is larger than {size} MiB").format(size=limit >> 20)
        else:
            reason = _("there are more elements and attributes than a real file has")
        return FormatError(
            reason,
            path=self.path,
            line=self._line,
            hint=_("This is taken for an attack; if it is not one, split the file."),
        )


@dataclass(frozen=True, slots=True)
class _Broken:
    """A fault as the parser reports it."""

    message: str
    line: int | None
    column: int | None
    code: int


def _cost(chunk: bytes) -> int:
    """How many bytes the tree of this takes at most, its texts aside."""
    return _NODE * chunk.count(b"<") + _ATTRIBUTE * chunk.count(b"=")


def _is_wide(chunk: bytes) -> bool:
    """True when so much stands between two ends of tags that a tag with very many attributes may be there."""
    whole = range(0, len(chunk) - _WIDE + 1, _WIDE)
    return any(chunk.find(b">", start, start + _WIDE) < 0 for start in whole)


def _first_fault(parser: Any) -> _Broken | None:  # noqa: ANN401 - the stub lacks the log
    undeclared = etree.ErrorTypes.WAR_UNDECLARED_ENTITY
    for found in parser.feed_error_log:
        if found.type == undeclared or found.level >= etree.ErrorLevels.ERROR:
            return _Broken(found.message, found.line, found.column, found.type)
    return None


def _hint(code: int) -> str:
    """What to do about a fault of libxml2's number."""
    kinds = etree.ErrorTypes
    if code in (kinds.WAR_UNDECLARED_ENTITY, kinds.ERR_UNDECLARED_ENTITY):
        return _("XML does not know this name; write the character itself, or its number as in &#160;.")
    if code == kinds.ERR_RESOURCE_LIMIT:
        return _("Elements may be 256 deep and a text 10 MB long; more is taken for an attack.")
    if code in (kinds.ERR_INVALID_ENCODING, kinds.ERR_INVALID_CHAR):
        return _("Remove the character; if much else is unreadable, the declared encoding is wrong.")
    return _("The file is not well-formed XML there; mend it and read it again.")


class _PrologScan:
    """Looks at the declarations before the root element, expanding and opening nothing."""

    def __init__(self, path: str, codec: str) -> None:
        self.path = path
        self.prolog = Prolog(root="", namespace="", namespaces=(), attributes=(), encoding=codec, line=0)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._spaces: list[tuple[str, str]] = []
        self._remarks: list[str] = []
        self._inside = False
        self._hidden = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._root
        self._parser.StartNamespaceDeclHandler = self._namespace
        self._parser.EntityDeclHandler = self._entity
        self._parser.StartDoctypeDeclHandler = self._document_type
        self._parser.EndDoctypeDeclHandler = self._document_type
        self._parser.CommentHandler = self._comment
        self._parser.ProcessingInstructionHandler = self._instruction

    def feed(self, chunk: bytes) -> bool:
        """True as soon as the root element has been seen."""
        return self._parse(self._decoder.decode(chunk), final=False)

    def finish(self) -> Prolog:
        """The prolog of a file that has ended; without a root element that is an error."""
        if not self._parse(self._decoder.decode(b"", final=True), final=True):
            raise FormatError(
                _("there is no XML element in the file"),
                path=self.path,
                hint=_("It is empty, cut off, or not XML."),
            )
        return self.prolog

    def _parse(self, text: str, *, final: bool) -> bool:
        try:
            self._parser.Parse(text, final)
        except _RootSeen:
            return True
        except expat.ExpatError as error:
            if self.prolog.root:
                return True
            raise FormatError(
                _("not XML: {reason}").format(reason=expat.ErrorString(error.code)),
                path=self.path,
                line=error.lineno,
                column=error.offset + 1,
                hint=_("Is it the right file? An XML file starts with <?xml or with its root element."),
            ) from None
        return False

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _blank, local = name.rpartition(" ")
        self.prolog = Prolog(
            root=local,
            namespace=namespace,
            namespaces=tuple(self._spaces),
            attributes=tuple(attributes.items()),
            encoding=self.prolog.encoding,
            line=self._parser.CurrentLineNumber,
            remarks=tuple(self._remarks),
            hidden=self._hidden,
        )
        raise _RootSeen

    def _document_type(self, *_rest: object) -> None:
        """What stands between its start and its end is no part of the document."""
        self._inside = not self._inside

    def _comment(self, text: str) -> None:
        self._remark(f"<!--{text}-->")

    def _instruction(self, target: str, text: str) -> None:
        self._remark(f"<?{target} {text}?>" if text else f"<?{target}?>")

    def _remark(self, xml: str) -> None:
        if self._inside:
            self._hidden += 1
        else:
            self._remarks.append(xml.replace("\r", "&#13;"))

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        self._spaces.append((prefix or "", uri or ""))

    def _entity(self, name: str, *_rest: object) -> None:
        raise FormatError(
            _("the file declares the entity {name}, which is refused").format(name=name),
            path=self.path,
            line=self._parser.CurrentLineNumber,
            column=self._parser.CurrentColumnNumber + 1,
            hint=_("Replace what stands for it by the text itself and remove the declaration."),
        )


class _RootSeen(Exception):  # noqa: N818 - a signal, not an error
    """The root element has started."""


def parse(stream: BinaryIO, *, path: str = "-", limit: int = TREE_LIMIT) -> _ElementTree:
    """The whole document, read safely; for small files of formats that cannot be streamed."""
    return SafeXml(stream, path=path).tree(limit=limit)
