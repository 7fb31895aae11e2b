"""Which props stand for a field of the model, and the dates of TMX.

A prop that stands for a field is not repeated among the unit's props; it is written back as it was read as
long as the field still says the same. The first prop of a field counts; a second one stays a prop.
"""

from __future__ import annotations

import datetime
from functools import lru_cache

from tm.model import Origin, Prop, Status, Unit

__all__ = [
    "FIELD_OF_TYPE",
    "RANKS",
    "TYPES",
    "UNIT_FIELDS",
    "field_values",
    "format_date",
    "meaning",
    "origin",
    "parse_date",
    "with_value",
]

UNIT_FIELDS = ("release", "status", "previous", "next", "key")
"""The fields that props stand for, in the order in which they are written."""

TYPES = {
    "kind": ("x-tm-kind",),
    "release": ("x-release",),
    "status": ("x-status",),
    "previous": ("x-context-pre", "prev", "context_prev", "x-previous-source-text"),
    "next": ("x-context-post", "next", "context_next", "x-next-source-text"),
    "key": ("x-context-key", "x-context_seg_key"),
}
"""The types of each field's prop, ours first; then OmegaT's, Phrase's and XTM's."""

RANKS = {"kind": 1, **{field: rank for rank, field in enumerate(UNIT_FIELDS, start=1)}}
"""Where among an element's children the prop of a field is written."""

FIELD_OF_TYPE = {name: field for field, names in TYPES.items() for name in names}
_STATUSES = frozenset(Status)


def meaning(field: str, text: str) -> str:
    """What a prop's text says for its field; "" when it says nothing that the field can hold."""
    if field == "status":
        return text if text in _STATUSES else ""
    if field in {"previous", "next"} and text.startswith("<seg>") and text.endswith("</seg>"):
        return text[5:-6]  # memoQ and MateCat wrap the neighbour in the markup of its segment
    return text


def field_values(unit: Unit) -> dict[str, str]:
    """What props say of a unit, by field; "" where nothing need be written."""
    context = unit.context
    return {
        "release": unit.origin.release,
        "status": "" if unit.status is Status.TRANSLATED else unit.status.value,
        "previous": context.previous,
        "next": context.next,
        "key": context.key,
    }


def with_value(prop: Prop, field: str, value: str) -> Prop | None:
    """The prop as read while it still says the value; else changed, or None when nothing is to be said."""
    said = meaning(field, prop.text)
    if said == value or (field == "status" and not value and said == Status.TRANSLATED):
        return prop
    return Prop(type=prop.type, text=value, lang=prop.lang, encoding=prop.encoding) if value else None


@lru_cache(maxsize=65536)
def parse_date(text: str) -> datetime.datetime | None:
    """The moment of a TMX date, `20260105T093000Z`; None for everything that TMX does not allow."""
    if len(text) != 16 or text[8] != "T" or text[15] != "Z" or not text.isascii():
        return None
    digits = text[:8] + text[9:15]
    if not digits.isdigit():
        return None
    try:
        return datetime.datetime(
            int(text[:4]),
            int(text[4:6]),
            int(text[6:8]),
            int(text[9:11]),
            int(text[11:13]),
            int(text[13:15]),
            tzinfo=datetime.UTC,
        )
    except ValueError:
        return None


@lru_cache(maxsize=65536)
def format_date(moment: datetime.datetime) -> str:
    """A moment as TMX writes it, in UTC; a moment without a zone is taken for UTC."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(datetime.UTC)
    return f"{moment.year:04d}{moment:%m%dT%H%M%SZ}"


@lru_cache(maxsize=4096)
def origin(release: str, created: str, creator: str, changed: str, changer: str) -> Origin:
    """The origin that these texts mean; dates must be valid or ""."""
    return Origin(
        release=release,
        created=parse_date(created) if created else None,
        creator=creator,
        changed=parse_date(changed) if changed else None,
        changer=changer,
    )
