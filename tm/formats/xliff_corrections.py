"""What XLIFF has no words for in an inline code: noted beside the text, and put back when it is read.

A writer reads its own element again. Where that does not give the very code that was written, such as a ut of
TMX, which has no element in XLIFF, it notes the code as it is read and what is different. Notes are found by
what a code is, not by its number, so that they fit when a translator moves codes or takes some out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from tm.model import Code, Segment

__all__ = ["corrected", "corrections"]

_KINDS = frozenset({"bpt", "ept", "it", "ph", "hi", "sub", "ut"})
_WORDS = ("kind", "i", "x", "type", "text")


def corrections(read: Segment, meant: Segment) -> list[str]:
    """A note for each code that is read otherwise than it was meant."""
    found = list(_compared(read.codes, meant.codes))
    changed = {_seen(one) for one, different in found if different}
    return [
        json.dumps([_seen(one), different], ensure_ascii=False, separators=(",", ":"))
        for one, different in found
        if _seen(one) in changed  # those that are right too, so that the n-th note is for the n-th such code
    ]


def corrected(segment: Segment, notes: Iterable[str]) -> Segment:
    """The segment with its codes as they were meant; a note that does not fit changes nothing."""
    known: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for note in notes:
        try:
            seen, different = json.loads(note)
            known.setdefault(tuple(map(str, seen)), []).append(dict(different))
        except (ValueError, TypeError, RecursionError):
            continue
    return replace(segment, codes=_put_back(segment.codes, known)) if known else segment


def _seen(code: Code) -> tuple[str, ...]:
    return code.kind, code.i, code.x, code.type


def _compared(read: Sequence[Code], meant: Sequence[Code]) -> Iterator[tuple[Code, dict[str, Any]]]:
    """Every code as it is read, and the fields in which it was meant otherwise."""
    for one, other in zip(read, meant, strict=False):
        fields = {word: getattr(other, word) for word in _WORDS if getattr(one, word) != getattr(other, word)}
        if one.attributes != other.attributes:
            fields["attributes"] = other.attributes
        alike = len(one.children) == len(other.children)
        if not alike:
            fields["children"] = [_as_json(child) for child in other.children]
        yield one, fields
        if alike:
            yield from _compared(one.children, other.children)


def _put_back(codes: Sequence[Code], known: dict[tuple[str, ...], list[dict[str, Any]]]) -> tuple[Code, ...]:
    found = []
    for code in codes:
        notes = known.get(_seen(code))
        fields = _fields(notes.pop(0)) if notes else {}
        children = fields.pop("children", None)
        inner = _put_back(code.children, known) if children is None else children
        found.append(replace(code, **fields, children=inner))
    return tuple(found)


def _fields(said: dict[str, Any]) -> dict[str, Any]:
    """The fields of a code in a note; none where they are of the wrong kind."""
    try:
        fields: dict[str, Any] = {word: str(said[word]) for word in _WORDS if word in said}
        if "attributes" in said:
            fields["attributes"] = _pairs(said["attributes"])
        if "children" in said:
            fields["children"] = tuple(_from_json(one) for one in said["children"])
        if fields.get("kind", "ph") not in _KINDS:
            return {}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return fields


def _pairs(said: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - from JSON
    return tuple((str(name), str(value)) for name, value in said)


def _as_json(code: Code) -> dict[str, Any]:
    whole = {word: getattr(code, word) for word in _WORDS if getattr(code, word)}
    return {
        **{**whole, "offset": code.offset, "length": code.length, "attributes": code.attributes},
        "children": [_as_json(child) for child in code.children],
    }


def _from_json(said: dict[str, Any]) -> Code:
    return Code(
        **{word: str(said.get(word, "")) for word in _WORDS},
        offset=int(said.get("offset", 0)),
        length=int(said.get("length", 0)),
        attributes=_pairs(said.get("attributes", ())),
        children=tuple(_from_json(one) for one in said.get("children", ())),
    )
