"""The inline codes of a segment: pairs by i, and whether the languages of a unit have the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tm.formats.tmx_rules import codes as say
from tm.formats.tmx_rules.rule import Edit, Problem
from tm.formats.tmx_validate_tree import Attribute, Node

__all__ = ["check_pairs", "differing", "inventory"]

Codes = Counter[tuple[str, str]]


def check_pairs(seg: Node) -> Iterator[Problem]:
    """What is wrong with the pairs of a segment; each sub is a text of its own."""
    for scope in (seg, *(node for node in seg.walk() if node.name == "sub")):
        yield from _pairs(list(_flow(scope)))


def _flow(scope: Node) -> Iterator[Node]:
    """The codes of a text, those inside hi too."""
    waiting = list(reversed(scope.children))
    while waiting:
        node = waiting.pop()
        if node.name == "hi":
            waiting.extend(reversed(node.children))
        elif node.name in {"bpt", "ept", "it", "ph", "ut"}:
            yield node


def _pairs(found: list[Node]) -> Iterator[Problem]:
    begins: dict[str, Node] = {}
    ends: dict[str, Node] = {}
    for node in found:
        number = node.get("i")
        if node.name not in {"bpt", "ept"} or not number:
            continue
        known = begins if node.name == "bpt" else ends
        if number in known:
            yield say.code_repeated(node.start, node.name, number)
        else:
            known[number] = node
    for number, node in begins.items():
        end = ends.pop(number, None)
        if end is None:
            yield _alone(node, number)
        elif end.start < node.start:
            yield say.codes_crossed(end.start, number)
    for number, node in ends.items():
        yield _alone(node, number)


def _alone(node: Node, number: str) -> Problem:
    """A half of a pair; it says the same as an `it`."""
    problem = say.code_unpaired(node.start, node.name, number)
    i: Attribute | None = node.find("i")
    if i is None or node.find("pos") or not node.closed:
        return problem
    pos = "begin" if node.name == "bpt" else "end"
    edits = [Edit(node.start + 1, node.start + 4, "it"), Edit(i.start, i.value_end + 1, f'pos="{pos}"')]
    if node.inner_end < node.end:
        edits.append(Edit(node.inner_end + 2, node.inner_end + 5, "it"))
    return problem.mended(*edits)


def inventory(seg: Node) -> Codes:
    """The codes of a segment by kind and x; a pair counts once, by its beginning."""
    return Counter((node.name, node.get("x") or "") for node in _flow(seg) if node.name != "ept")


def differing(ours: Codes, theirs: Codes) -> tuple[str, str] | None:
    """What the one has and the other has not, in words; None when they are alike.

    x counts only where both have it on every code.
    """
    if not (all(x for _kind, x in ours) and all(x for _kind, x in theirs)):
        ours, theirs = _by_kind(ours), _by_kind(theirs)
    more, less = ours - theirs, theirs - ours
    return (_named(more), _named(less)) if more or less else None


def _by_kind(codes: Codes) -> Codes:
    found: Codes = Counter()
    for (kind, _x), count in codes.items():
        found[kind, ""] += count
    return found


def _named(codes: Codes) -> str:
    parts = []
    for (kind, x), count in sorted(codes.items()):
        name = f"{kind} x={x}" if x else kind
        parts.append(f"{count} {name}" if count > 1 else name)
    return ", ".join(parts) or "–"
