"""Writes TMX 1.4b as a stream: the same memory always gives the same bytes.

One line each for header, prop, note and tuv; a tuv with notes or props of its own takes several. Attributes
that TMX knows come first and in one order. What a reader kept in `extra` is written back where it stood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from gettext import gettext as _
from itertools import chain
from typing import BinaryIO

from tm.errors import FormatError
from tm.formats.tmx_escape import attribute, checked, illegal_at
from tm.formats.tmx_extra import HeaderExtra
from tm.formats.tmx_tail import Tail, Where
from tm.formats.tmx_write_children import Content
from tm.formats.tmx_write_unit import UnitWriter
from tm.model import Code, Header, Memory, Unit

__all__ = ["TmxWriter", "write"]

_BATCH = 256
_TOOL, _TOOL_VERSION = "tm", "1"
"""The version is that of the layout of our files, so that a new release of the program changes no memory."""
_USUAL = Header()
_ENDS = ((Where.BODY, "    ", b"  </body>\n"), (Where.TMX, "  ", b"</tmx>\n"), (Where.END, "", b""))
_NO_TAIL = Tail()


def write(memory: Memory, stream: BinaryIO, *, ready: Iterable[bytes] = ()) -> None:
    """Nothing; the stream holds the memory as TMX.

    The units are taken one by one. A character that XML cannot hold raises `FormatError` with the unit's id
    and the offset; what was written before it must be thrown away. `ready` are further units that a
    `TmxWriter` with the same header has written.
    """
    writer = TmxWriter(memory.header)
    stream.write(writer.head())
    for batch in _batches(memory):
        stream.write(writer.units(batch))
    for piece in ready:
        stream.write(piece)
    for piece in writer.end():
        stream.write(piece)


class TmxWriter:
    """Writes the parts of one TMX: first its `head`, then any number of `units`, then its `end`."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._extra = header.extra if isinstance(header.extra, HeaderExtra) else HeaderExtra()
        root = self._extra.root_attributes
        self._writer = UnitWriter(dict(pair for pair in root if pair[0].startswith("xmlns")))

    def head(self) -> bytes:
        """Everything in front of the units."""
        return _legal(_head(self._header, self._extra))

    def units(self, batch: Sequence[Unit]) -> bytes:
        """These units; FormatError for a character that XML cannot hold."""
        encoded = checked("".join([self._writer.write(unit) for unit in batch]))
        if encoded is None:
            raise _culprit(batch, self._writer)
        return encoded

    def end(self) -> Iterator[bytes]:
        """Everything behind the units."""
        tail = self._extra.tail or _NO_TAIL
        for where, indent, close in _ENDS:
            for xml in tail.pieces(where):
                yield _legal(f"{indent}{xml}\n")
            yield close


def _batches(memory: Memory) -> Iterator[list[Unit]]:
    batch: list[Unit] = []
    for unit in memory:
        batch.append(unit)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _head(header: Header, extra: HeaderExtra) -> str:
    version = attribute("version", extra.version)
    root = "".join(attribute(*pair) for pair in extra.root_attributes)
    dtd = "".join(mark for mark in extra.version if mark.isdigit())[:2] or "14"
    others = dict(extra.attributes)
    required = {
        "creationtool": header.tool or _TOOL,
        "creationtoolversion": header.tool_version or _TOOL_VERSION,
        "segtype": header.segtype or _USUAL.segtype,
        "o-tmf": others.pop("o-tmf", _TOOL),
        "adminlang": header.adminlang or _USUAL.adminlang,
        "srclang": header.source_lang or "*all*",
        "datatype": header.datatype or _USUAL.datatype,
    }
    named = "".join(attribute(*pair) for pair in [*required.items(), *others.items()])
    content = Content(header.notes, header.props, {"kind": header.kind}, ())
    done = frozenset(slot.field for slot in extra.layout if slot.field)
    inside = content.placed(extra.layout, "    ", done) if extra.layout else content.usual("    ")
    first = "".join(f"{remark}\n" for remark in extra.preamble)
    remarks = "".join(f"  {remark}\n" for remark in extra.before)
    between = "".join(f"  {remark}\n" for remark in extra.between)
    element = f"  <header{named}>\n{inside}  </header>\n" if inside else f"  <header{named}/>\n"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<!DOCTYPE tmx SYSTEM "tmx{dtd}.dtd">\n{first}'
        f"<tmx{version}{root}>\n{remarks}{element}{between}  <body>\n"
    )


def _legal(xml: str) -> bytes:
    encoded = checked(xml)
    if encoded is None:
        raise FormatError(
            _("the header holds a character that XML cannot hold, at offset {offset} of its XML").format(
                offset=illegal_at(xml)
            ),
            hint=_("Take the character out."),
        )
    return encoded


def _culprit(batch: Sequence[Unit], writer: UnitWriter) -> FormatError:
    """What to say of the first unit of a batch that cannot be written."""
    unit = next(unit for unit in batch if checked(writer.write(unit)) is None)
    for name, text in _texts(unit):
        offset = illegal_at(text)
        if offset >= 0:
            return FormatError(
                _("the {part} holds {character} at offset {offset}, which XML cannot hold").format(
                    part=name, character=f"U+{ord(text[offset]):04X}", offset=offset
                ),
                unit=ascii(unit.id)[1:-1],
                hint=_("Take the character out; no XML file can carry it, not even as a reference."),
            )
    return FormatError(_("what was kept of the unit holds a character that XML cannot hold"), unit=unit.id)


def _texts(unit: Unit) -> Iterator[tuple[str, str]]:
    """All texts of a unit with a name for messages."""
    yield _("source"), unit.source.text
    yield _("target"), unit.target.text
    yield _("id"), unit.id
    for segment in (unit.source, unit.target, *[other.segment for other in unit.others]):
        yield _("text in {lang}").format(lang=segment.lang), segment.text
        yield _("language"), segment.lang
        for code in _codes(segment.codes):
            for part in (code.text, code.i, code.x, code.type, *[value for _name, value in code.attributes]):
                yield _("inline code"), part
    for origin in (unit.origin.release, unit.origin.creator, unit.origin.changer):
        yield _("origin"), origin
    for context in (unit.context.previous, unit.context.next, unit.context.key):
        yield _("context"), context
    for note in chain(unit.notes, *(other.notes for other in unit.others)):
        yield _("note"), f"{note.lang}{note.encoding}{note.text}"
    for prop in chain(unit.props, *(other.props for other in unit.others)):
        yield _("prop"), f"{prop.type}{prop.lang}{prop.encoding}{prop.text}"


def _codes(codes: tuple[Code, ...]) -> Iterator[Code]:
    for code in codes:
        yield code
        yield from _codes(code.children)
