"""Which field of the term base is which data category of TBX, both ways.

    term base               TBX v2 and v3                                           where
    ---------               -------------                                           -----
    concept                 id of the termEntry / conceptEntry, escaped (below)     concept
    zh, en                  term                                                    langSet / langSec
    status preferred        administrativeStatus preferredTerm-admn-sts             term
    status admitted         administrativeStatus admittedTerm-admn-sts              term
    status deprecated       administrativeStatus supersededTerm-admn-sts            term
    status forbidden        administrativeStatus deprecatedTerm-admn-sts            term
    pos noun, verb          partOfSpeech noun, verb                                 term
    pos adj, adv            partOfSpeech adjective, adverb                          term
    pos proper              partOfSpeech properNoun; in v3 other, with x-tm-pos     term
    other parts of speech   partOfSpeech other, with x-tm-pos                       term
    acronym                 a term of its own after the full form, termType acronym language
    note                    note                                                    term
    source                  admin source                                            term
    domain                  descrip subjectField                                    concept
    column definition       descrip definition                                      concept
    definition-zh, -en      descrip definition                                      language
    context-zh, -en         descrip context                                         first term
    concept-note            note                                                    concept
    note-zh, note-en        note                                                    language
    term-<tag>              the terms of a further language                         langSet / langSec
    case sensitive          x-tm-case                                               term
    unless                  x-tm-unless, one for each context                       term
    a second use of an      x-tm-acronym                                            term
    acronym
    once, severity, from,   x-tm-once, x-tm-severity, x-tm-from, x-tm-until,        concept
    until, mono             x-tm-mono
    any other column        x-tm-column-<name>                                      concept

What TBX has no data category for bears a name that begins with x-tm-. Version 2, whose structure allows any
type, has it as `<admin type="x-tm-case">sensitive</admin>`, which tools that do not know it pass over.
Version 3 allows no type beyond those of its dialect, so there it is a note: `<note>x-tm-case: sensitive
</note>`. Both are read in both versions. An id that XML does not allow is written with _xHHHH_ for the
characters that are in the way.
"""

from __future__ import annotations

import re

from tm.model import TermStatus
from tm.text.languages import is_simplified, same_language

__all__ = [
    "COLUMN",
    "CUSTOM",
    "FURTHER",
    "STATUSES",
    "concept_id",
    "is_side",
    "part_of_speech",
    "pos_of",
    "status_of",
    "xml_id",
]

CUSTOM = "x-tm-"
"""What the names of fields begin with that TBX has no data category for."""
COLUMN = "column-"
"""What stands behind it for a column that means nothing to the term base."""
FURTHER = "term-"
"""What the names of columns begin with that hold the terms of a further language."""

STATUSES = {
    TermStatus.PREFERRED: "preferredTerm-admn-sts",
    TermStatus.ADMITTED: "admittedTerm-admn-sts",
    TermStatus.DEPRECATED: "supersededTerm-admn-sts",
    TermStatus.FORBIDDEN: "deprecatedTerm-admn-sts",
}

_READ_STATUSES = {
    "preferred": TermStatus.PREFERRED,
    "standardized": TermStatus.PREFERRED,
    "legal": TermStatus.PREFERRED,
    "regulated": TermStatus.PREFERRED,
    "recommended": TermStatus.PREFERRED,
    "approved": TermStatus.PREFERRED,
    "admitted": TermStatus.ADMITTED,
    "proposed": TermStatus.ADMITTED,
    "permitted": TermStatus.ADMITTED,
    "allowed": TermStatus.ADMITTED,
    "superseded": TermStatus.DEPRECATED,
    "obsolete": TermStatus.DEPRECATED,
    "deprecated": TermStatus.FORBIDDEN,
    "notrecommended": TermStatus.FORBIDDEN,
    "forbidden": TermStatus.FORBIDDEN,
    "prohibited": TermStatus.FORBIDDEN,
    "rejected": TermStatus.FORBIDDEN,
}
_STATUS_TAIL = re.compile(r"(?:[ _-]?term)?(?:-admn-sts)?\Z", re.IGNORECASE)

_WRITTEN_POS = {"noun": "noun", "verb": "verb", "adj": "adjective", "adv": "adverb", "proper": "properNoun"}
_READ_POS = {written.lower(): pos for pos, written in _WRITTEN_POS.items()} | {
    "propernoun": "proper",
    "other": "",
}
_ONLY_V2 = frozenset({"properNoun"})

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4,6})_")
_BEFORE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4})")  # the escape of what follows can complete it
_START = re.compile(r"[A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u3041-\u3094\u4e00-\u9fa5]")
_INNER = re.compile(r"[-.0-9A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u3041-\u3094\u4e00-\u9fa5]")


def status_of(text: str) -> TermStatus | None:
    """The status that an administrative status means, in all spellings seen; None for an unknown one."""
    plain = _STATUS_TAIL.sub("", text.strip()).lower()
    return _READ_STATUSES.get(re.sub(r"[\s_-]", "", plain))


def is_side(tag: str) -> str:
    """The side of a language: zh for Simplified Chinese, en for English, empty for any other."""
    return "zh" if is_simplified(tag) else "en" if same_language(tag, "en") else ""


def part_of_speech(pos: str, version: int) -> str:
    """The part of speech as TBX spells it; "other" for one that it has no word for."""
    written = _WRITTEN_POS.get(pos, "other")
    return "other" if version != 2 and written in _ONLY_V2 else written


def pos_of(text: str) -> str:
    """The term base's part of speech for TBX's; one that is not TBX's stays as it is."""
    plain = re.sub(r"[\s_-]", "", text).lower()
    return _READ_POS.get(plain, text.strip())


def xml_id(concept: str) -> str:
    """The id as XML allows it: what it does not allow is escaped as _xHHHH_, so that it can be read back."""
    text = _BEFORE_ESCAPE.sub("_x005F_", concept)
    inner = "".join(char if _INNER.fullmatch(char) else _escape(char) for char in text)
    return inner if not inner or _START.fullmatch(inner[0]) else _escape(inner[0]) + inner[1:]


def concept_id(text: str) -> str:
    """The id that `xml_id` made this of."""
    return _ESCAPED.sub(_character, text)


def _escape(char: str) -> str:
    return f"_x{ord(char):04X}_"


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]
