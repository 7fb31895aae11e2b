"""Which codes of a segment belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tm.formats.xliff_names import ELEMENT, MARK
from tm.model import Code

__all__ = ["apart", "pairs_of", "wanted_id"]


def apart(codes: Sequence[Code]) -> tuple[Code, ...]:
    """The same codes, each an object of its own."""
    return tuple(replace(code, children=apart(code.children)) for code in codes)


def wanted_id(code: Code) -> str:
    """The id that a code would like to have."""
    kept = dict(code.attributes).get(f"{MARK}id", "")
    return kept or code.x or (code.i if code.kind == "bpt" else "")


def pairs_of(codes: Sequence[Code]) -> dict[int, Code]:
    """The other end of every code that has one, by the identity of the code."""
    opened: dict[tuple[str, str], Code] = {}
    found: dict[int, Code] = {}
    for code in _in_order(codes):
        said = dict(code.attributes)
        element = said.get(ELEMENT, "")
        if code.kind == "bpt":
            opened.setdefault(("bpt", code.i), code)
        elif code.kind == "ept" and (start := opened.pop(("bpt", code.i), None)):
            found[id(code)], found[id(start)] = start, code
        elif element == "sm":
            opened.setdefault(("sm", wanted_id(code)), code)
        elif element == "em" and (start := opened.pop(("sm", said.get(f"{MARK}startRef", "")), None)):
            found[id(code)], found[id(start)] = start, code
    return found


def _in_order(codes: Sequence[Code]) -> Iterator[Code]:
    """All codes of a segment in the order in which they stand; sub-flows are on their own."""
    for code in codes:
        yield code
        if code.kind == "hi":
            yield from _in_order(code.children)
