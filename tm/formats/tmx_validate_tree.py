"""The elements of one unit, or of the header, as they stand in the file: names, attributes, offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Attribute", "Node"]


@dataclass(slots=True)
class Attribute:
    """An attribute: its name, its value with references resolved, and where it stands in the file."""

    name: str
    value: str
    start: int
    value_start: int
    value_end: int


@dataclass(slots=True)
class Node:
    """An element from `start` to `end`; its content from `inner` to `inner_end`.

    `name_end` is the offset behind the name in the start tag, `pieces` are the stretches of text directly
    in it, `closed` is true when it has an end tag (or needs none) of its own.
    """

    name: str
    start: int
    name_end: int
    inner: int
    parent: Node | None = None
    attributes: list[Attribute] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    pieces: list[tuple[int, int, str]] = field(default_factory=list)
    inner_end: int = -1
    end: int = -1
    closed: bool = False
    unclosed_at: int = -1

    def get(self, name: str) -> str | None:
        """The value of an attribute, the first of that name."""
        found = self.find(name)
        return None if found is None else found.value

    def find(self, name: str) -> Attribute | None:
        """The first attribute of that name."""
        return next((one for one in self.attributes if one.name == name), None)

    def named(self, name: str) -> list[Node]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def walk(self) -> Iterator[Node]:
        """The element and all below it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    @property
    def text(self) -> str:
        """The text directly in the element, with references resolved."""
        return "".join(text for _start, _end, text in self.pieces)
