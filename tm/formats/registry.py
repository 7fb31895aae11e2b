"""Which formats there are, and which one a file name means."""

from __future__ import annotations

from gettext import gettext as _

from tm.errors import FormatError
from tm.formats.base import Feature, Format

__all__ = ["FORMATS", "ending_of", "format_for"]

_BEYOND_TMX = frozenset((Feature.VARIANTS, Feature.ENCODINGS, Feature.SIDES, Feature.MARKUP))
"""What no format but TMX carries."""
_TABLE = _BEYOND_TMX | {Feature.CODES, Feature.SPELLINGS, Feature.LANGUAGES}

_MARKS = (
    (b"<tmx", ".tmx"),
    (b"<xliff", ".xlf"),
    (b"<martif", ".tbx"),
    (b"<tbx", ".tbx"),
    (b"msgid", ".po"),
    (b"pk\x03\x04", ".xlsx"),
    (b"\x1f\x8b", ".tmx.gz"),
)

FORMATS: tuple[Format, ...] = (
    Format(name="TMX", endings=(".tmx",), read_only=(".tmx.gz", ".zip"), module="tm.formats.tmx"),
    Format(
        name="XLIFF",
        endings=(".xlf", ".xliff"),
        read_only=(".sdlxliff", ".mxliff", ".mqxliff"),
        module="tm.formats.xliff",
        loses=_BEYOND_TMX,
        versions=(("1.2", "tm.formats.xliff"), ("2.1", "tm.formats.xliff_2")),
    ),
    Format(
        name="PO",
        endings=(".po",),
        read_only=(".pot",),
        module="tm.formats.po",
        loses=_TABLE | {Feature.NOTE_BOUNDS},
    ),
    Format(name="TSV", endings=(".tsv", ".tab"), read_only=(".txt",), module="tm.formats.tsv", loses=_TABLE),
    Format(name="CSV", endings=(".csv",), module="tm.formats.csv", loses=_TABLE),
    Format(name="XLSX", endings=(".xlsx",), module="tm.formats.xlsx", loses=_TABLE),
    Format(
        name="DOCX",
        endings=(".docx",),
        read_only=(".docm",),
        module="tm.formats.docx",
        loses=_BEYOND_TMX - {Feature.ENCODINGS},
    ),
    Format(name="HTML", endings=(".html", ".htm"), module="tm.formats.html"),
    Format(name="bilingual text", endings=(".txt",), module="tm.formats.bilingual_text"),
    Format(name="JSON", endings=(".json",), module="tm.formats.draft_json"),
)


def ending_of(content: bytes) -> str:
    """The ending that a file with this beginning would have, for input without a name."""
    if content.startswith(b"PK\x03\x04") and b"word/document" in content:
        return ".docx"
    head = content[:4096].replace(b"\0", b"").lower()
    for mark, ending in _MARKS:
        if mark in head:
            return ending
    first = head.lstrip(b"\xef\xbb\xbf\r\n").split(b"\n", 1)[0]
    return ".csv" if b"\t" not in first and (b"," in first or b";" in first) else ".tsv"


def format_for(path: str, function: str) -> Format:
    """The format that a file name's ending means, for read, write or write_draft."""
    name = path.lower()
    for known in FORMATS:
        if name.endswith(known.endings_for(function)):
            if known.can(function):
                return known
            break
    able = sorted(
        ending for known in FORMATS if known.can(function) for ending in known.endings_for(function)
    )
    raise FormatError(
        _("no format of this ending can be used here"),
        path=path,
        hint=_("Endings that can: {endings}").format(endings=" ".join(able)),
    )
