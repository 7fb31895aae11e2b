"""What PO says of a unit in comments: its fields, properties and notes, a line each.

Extracted comments (#.) hold fields of this package, `name: value`; any other line there is a note of the
developers. Translator comments (#) are notes of the translators. References (#:) and flags other than fuzzy
are properties, x-reference and x-flag.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from gettext import gettext as _

from tm.errors import FormatError
from tm.model import Note, Origin, Prop, Status, Unit

__all__ = [
    "FLAG",
    "PREVIOUS",
    "REFERENCE",
    "comment_of",
    "described",
    "developers",
    "fields_of",
    "marks_of",
    "origin_of",
    "references",
]

REFERENCE = "x-reference"
FLAG = "x-flag"
PREVIOUS = "x-previous-source"
"""Properties that have a place of their own in PO."""
_PLACED = frozenset({REFERENCE, FLAG, PREVIOUS})
_DEVELOPER = (("from", "developer"),)
_FIELD = re.compile(r"(id|status|release|index|created|creator|changed|changer|previous|next|key): ?(.*)")
_PROP = re.compile(r"prop (\S+): ?(.*)")
_REMARK = re.compile(r"(match|origin|edit|not repaired|finding|terms): .*")
"""What a draft says of itself."""
_NOT_REFERENCE = re.compile(r"\s|^$")


def described(comment: str) -> tuple[dict[str, str], list[Prop], list[str]]:
    """The fields and properties that an extracted comment holds, and its lines that are neither."""
    fields: dict[str, str] = {}
    props = []
    others = []
    for line in comment.split("\n"):
        prop = _PROP.fullmatch(line)
        if prop:
            props.append(Prop(type=prop[1], text=_read_value(prop[2])))
            continue
        field = _FIELD.fullmatch(line)
        if field:
            fields.setdefault(field[1], _read_value(field[2]))
        elif line.strip() and not _REMARK.fullmatch(line):
            others.append(line)
    return fields, props, others


def origin_of(fields: Mapping[str, str], line: int | None, path: str) -> Origin:
    """The origin that the fields say; a FormatError where they are broken."""
    try:
        return Origin(
            release=fields.get("release", ""),
            index=int(fields["index"]) if "index" in fields else None,
            created=_moment(fields.get("created")),
            creator=fields.get("creator", ""),
            changed=_moment(fields.get("changed")),
            changer=fields.get("changer", ""),
        )
    except ValueError as error:
        raise FormatError(
            _("broken comment: {reason}").format(reason=error),
            path=path,
            line=line,
            hint=_("Mend the comment above the text, or remove it."),
        ) from None


def _moment(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None


def comment_of(notes: Iterable[Note]) -> str:
    """The translators' notes as lines of a comment, whose outer blanks PO does not keep."""
    return "\n".join(line for note in notes if not _is_extracted(note) for line in _lines(note))


def developers(lines: Sequence[str]) -> tuple[Note, ...]:
    """The note that lines of an extracted comment are."""
    return (Note(text="\n".join(lines), attributes=_DEVELOPER),) if lines else ()


def _is_extracted(note: Note) -> bool:
    """True for a note of developers that cannot be taken for anything else."""
    named = (_FIELD, _PROP, _REMARK)
    free = not any(pattern.fullmatch(line) for line in _lines(note) for pattern in named)
    return note.attributes == _DEVELOPER and free


def _lines(note: Note) -> list[str]:
    return [line.strip() for line in re.split(r"[\r\n]", note.text) if line.strip()]


def fields_of(unit: Unit) -> Iterator[str]:
    """What a unit is besides its texts, one comment line each."""
    origin, context = unit.origin, unit.context
    status = "" if unit.status is Status.TRANSLATED else unit.status.value
    known = (
        ("id", unit.id),
        ("status", status),
        ("release", origin.release),
        ("index", "" if origin.index is None else str(origin.index)),
        ("created", origin.created.isoformat() if origin.created else ""),
        ("creator", origin.creator),
        ("changed", origin.changed.isoformat() if origin.changed else ""),
        ("changer", origin.changer),
        ("previous", context.previous),
        ("next", context.next),
        ("key", context.key),
    )
    yield from (f"{name}: {_value(text)}" for name, text in known if text)
    yield from (f"prop {prop.type}: {_value(prop.text)}" for prop in unit.props if not _has_place(prop))
    yield from (line for note in unit.notes if _is_extracted(note) for line in _lines(note))


def _has_place(prop: Prop) -> bool:
    """True for a property that PO can say without a comment."""
    return prop.type in _PLACED and not (prop.type != PREVIOUS and _NOT_REFERENCE.search(prop.text))


def marks_of(unit: Unit, kind: str) -> list[str]:
    """The texts of the properties of this kind that have a place of their own."""
    return [prop.text for prop in unit.props if prop.type == kind and _has_place(prop)]


def references(unit: Unit) -> list[tuple[str, str]]:
    """The files and lines that a unit refers to."""
    parted = (text.rpartition(":") for text in marks_of(unit, REFERENCE))
    return [(file, line) if file and line.isdecimal() else (f"{file}{colon}{line}", "")
            for file, colon, line in parted]  # fmt: skip


def _value(text: str) -> str:
    """The text on one line; where that needs escapes, as a JSON string."""
    plain = text.isprintable() and text == text.strip() and not text.startswith('"')
    return text if plain else json.dumps(text, ensure_ascii=True)


def _read_value(text: str) -> str:
    if text.startswith('"'):
        try:
            value = json.loads(text)
            str(value).encode()  # half a surrogate is no text
        except ValueError:
            return text
        return value if isinstance(value, str) else text
    return text
