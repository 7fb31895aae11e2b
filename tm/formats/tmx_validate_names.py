"""The names of elements: their prefixes, and what was meant by one that TMX does not have."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from tm.formats.tmx_rules import structure as say
from tm.formats.tmx_rules import xml
from tm.formats.tmx_rules.rule import Problem
from tm.formats.tmx_rules.words import _
from tm.formats.tmx_validate_schema import ELEMENTS
from tm.formats.tmx_validate_tree import Node

__all__ = ["Names", "wrong"]

_LISTED = 20


class Names:
    """The prefixes of a file. `prefix` is that of the TMX elements themselves, with its colon, mostly ""."""

    def __init__(self) -> None:
        self.prefix = ""
        self._declared = {"xml", "xmlns"}

    def bare(self, name: str) -> str:
        """The name without the prefix of TMX."""
        return name.removeprefix(self.prefix) if self.prefix else name

    def declare(self, node: Node) -> Iterator[Problem]:
        """Takes note of the prefixes declared on an element; yields those that nobody has declared."""
        names = [one.name for one in node.attributes if ":" in one.name]
        self._declared.update(name[6:] for name in names if name.startswith("xmlns:"))
        if ":" in node.name:
            names.insert(0, node.name)
        for name in names[:_LISTED]:
            if name.partition(":")[0] not in self._declared:
                yield xml.prefix(node.start, name)


def wrong(node: Node, parent: str, allowed: tuple[str, ...]) -> Problem:
    """The fault of an element that must not stand in its parent."""
    name = node.name
    if name in ELEMENTS:
        return say.misplaced_element(node.start, name, parent, ", ".join(allowed) or _("text only"))
    if ":" in name:
        return say.foreign(node.start, name)
    return say.unknown_element(node.start, name, parent, _near(name, allowed))


@lru_cache(maxsize=1024)
def _near(name: str, allowed: tuple[str, ...]) -> str:
    if len(name) < 2 or len(name) > 20:
        return ""
    if name.lower() in allowed:
        return name.lower()
    for one in allowed:
        if len(one) > 2 and name.lower().startswith(one):
            return one
    near = get_close_matches(name.lower(), [one for one in allowed if len(one) > 2], 1, cutoff=0.75)
    return near[0] if near else ""
