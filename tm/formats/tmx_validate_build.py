"""Puts the elements of a TMX together: what is open, what belongs where, which unit is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from tm.formats.tmx_rules import structure as say
from tm.formats.tmx_rules import xml
from tm.formats.tmx_rules.rule import Edit, Level, Problem
from tm.formats.tmx_rules.words import _
from tm.formats.tmx_validate_elements import check_attributes, check_tree
from tm.formats.tmx_validate_names import Names, wrong
from tm.formats.tmx_validate_roots import strange
from tm.formats.tmx_validate_schema import ELEMENTS, VERSIONS, schema
from tm.formats.tmx_validate_tree import Attribute, Node
from tm.formats.tmx_validate_unit import Known, check_unit, tuvs_of
from tm.formats.tmx_validate_window import Window

__all__ = ["Tree", "Where"]

_DEEPEST = 256
_NODES = 100_000
_FRAME = frozenset({"tmx", "header", "body", "tu", "tuv", "seg", "note", "prop"})
"""Elements that certainly end where something begins or ends that cannot stand in them."""
_HEADER = (
    '<header creationtool="unknown" creationtoolversion="unknown" segtype="sentence" o-tmf="unknown" '
    'adminlang="en" srclang="*all*" datatype="unknown"/>'
)
Whole = Callable[[Node, int], None]


class Where:
    """Which unit is being read: its number and its tuid."""

    def __init__(self) -> None:
        self.number = 0
        self.tuid = ""

    @property
    def unit(self) -> str:
        """The unit's name: its tuid, else "#" and its number; "" outside of units."""
        return self.tuid or (f"#{self.number}" if self.number else "")


class Tree:
    """Takes in what the scanner finds; faults go to `note`, the end of every whole part to `settled`."""

    def __init__(
        self, window: Window, note: Callable[[Problem], None], settled: Callable[[int], None]
    ) -> None:
        self.known = Known(schema("1.4"))
        self.where = Where()
        self.units = 0
        self.started = 0
        self.languages: Counter[str] = Counter()
        self.root = ""
        self.refused = False
        self.root_end = -1
        self.safe = -1
        self.stack: list[Node] = []
        self._window = window
        self._note = note
        self._settled = settled
        self._open: Counter[str] = Counter()
        self._unit: Node | None = None
        self._header: Node | None = None
        self._seen: Counter[str] = Counter()
        self._names = Names()
        self._silent = 0
        self._nodes = 0
        self._deep = False
        self._trailing = False
        self.unit_done: Callable[[Node], None] | None = None

    @property
    def begun(self) -> bool:
        """True when the root element has begun."""
        return bool(self.root)

    @property
    def over(self) -> bool:
        """True when the root element has ended."""
        return self.root_end >= 0

    @property
    def in_body(self) -> bool:
        """True between units."""
        return len(self.stack) == 2 and self.stack[1].name == "body" and not self._names.prefix

    def found(self, problem: Problem) -> None:
        """A fault, unless it stands behind the end of the document, or a < before its beginning."""
        if self.root_end < 0 and (self.root or problem.rule is not xml.bare_less_than):
            self._note(problem)

    # --- Text ---------------------------------------------------------------------------------------

    def text(self, said: str, start: int, end: int) -> None:
        """Text, with its references resolved."""
        if self.root_end >= 0:
            self._after(said, start)
            return
        if not self.stack:
            if said.strip(" \t\r\n"):
                self._before(said, start)
            return
        top = self.stack[-1]
        if self._unit is not None or self._header is not None:
            top.pieces.append((start, end, said))
        if self._silent or said.isspace() or not said:
            return
        model = self.known.schema.elements.get(top.name)
        if model is not None and not model.text:
            shown = " ".join(said.split())[:60]
            at = start + len(said) - len(said.lstrip())
            self.found(say.stray_text(at, top.name, shown))

    def _before(self, said: str, start: int) -> None:
        """Text before the first tag."""
        if not self._trailing:
            self._trailing = True
            shown = " ".join(said.split())[:60]
            nothing = not said.strip(" \t\r\n\ufeff\0")
            what = _("NUL bytes or byte order marks") if nothing else f"“{shown}”"
            problem = xml.xml_declaration(
                start,
                _("text stands before the first tag: {text}").format(text=what),
                _("remove what stands before <?xml or <tmx>"),
            )
            self.found(problem.mended(Edit(start, start + len(said), "")) if nothing else problem)

    def _after(self, said: str, start: int) -> None:
        plain = said.strip(" \t\r\n")
        nothing = not plain.strip("\0\x1a")
        if not plain or (self._trailing and not nothing):
            return
        self._trailing = True
        what = _("NUL bytes") if nothing else f"“{' '.join(plain.split())[:60]}”"
        problem = xml.after_root(start, what)
        if nothing:
            problem = problem.mended(Edit(start, start + len(said), ""))
        self._note(problem)

    # --- Start tags ---------------------------------------------------------------------------------

    def start(self, name: str, attributes: list[Attribute], place: tuple[int, int, int]) -> None:
        """An element begins: where the tag, the end of its name, and the end of the tag are."""
        at, name_end, inner = place
        if self.root_end >= 0:
            self._again(name, at)
            return
        node = Node(self._names.bare(name), at, name_end, inner, attributes=attributes)
        for problem in self._names.declare(node):
            self.found(problem)
        if not self.root:
            self._first(node, name)
        else:
            self._make_room(node)
            self._place(node)
        self._push(node)

    def _again(self, name: str, at: int) -> None:
        if not self._trailing:
            self._trailing = True
            self._note(xml.after_root(at, f"<{name}>"))

    def _first(self, node: Node, name: str) -> None:
        self.root = name
        self._trailing = False
        prefix, colon, bare = name.rpartition(":")
        if bare != "tmx":
            self.refused = True
            self.found(strange(node.start, name, self._window.slice(node.start, node.start + 2000)))
            return
        self._names.prefix = f"{prefix}:" if colon else ""
        node.name = "tmx"
        version = node.find("version")
        found = version.value if version else ""
        self.known.schema = schema(found)
        if version is None or not found:
            edit = Edit(node.name_end, node.name_end, ' version="1.4"')
            self.found(say.version(node.start, "").mended(*(() if version else (edit,))))
        elif found not in VERSIONS:
            near = found.strip()[:3] in VERSIONS
            problem = say.version(version.value_start, found, Level.WARNING if near else None)
            edit = Edit(version.value_start, version.value_end, found.strip()[:3])
            self.found(problem.mended(edit) if near else problem)
        for problem in check_attributes(node, self.known.schema.elements["tmx"], self.known.schema):
            self.found(problem)

    def _make_room(self, node: Node) -> None:
        """Closes what cannot go on where this element begins."""
        name = node.name
        if name == "tu" and self._open["tu"]:
            self._close_to("tu", node.start, f"<{name}>")
        elif name == "tuv" and self._open["tuv"]:
            self._close_to("tuv", node.start, f"<{name}>")
        if name in {"tu", "body"} and self._open["header"]:
            self._close_to("header", node.start, f"<{name}>")
        if name == "body" and not self._seen["header"]:
            problem = say.header(node.start, _("there is no header"), _("write a header before the body"))
            self.found(problem.mended(Edit(node.start, node.start, f"{_HEADER}\n")))
            self._seen["header"] += 1
        if name == "tu" and not self._open["body"] and not self._silent:
            self._missing_body(node)

    def _missing_body(self, node: Node) -> None:
        """Units without a body around them: it is thought to begin here."""
        edit = "<body>\n"
        if not self._seen["header"]:
            self._seen["header"] += 1
            edit = f"{_HEADER}\n{edit}"
            self.found(say.header(node.start, _("there is no header"), _("write a header before the body")))
        problem = say.body(node.start, _("the units stand outside the body"), _("write <body> before them"))
        self.found(problem.mended(Edit(node.start, node.start, edit)) if not self._seen["body"] else problem)
        self._seen["body"] += 1
        self._push(Node("body", node.start, node.start, node.start))

    def _place(self, node: Node) -> None:
        """Says so when the element must not stand here."""
        if self._silent or not self.stack:
            return
        name, parent = node.name, self.stack[-1].name
        model = self.known.schema.elements.get(parent)
        if model is None:
            return
        if name in {"header", "body"} and parent == "tmx":
            self._once(node)
        elif name not in model.children:
            self.found(wrong(node, parent, model.children))

    def _once(self, node: Node) -> None:
        name = node.name
        self._seen[name] += 1
        if self._seen[name] > 1:
            rule = say.header if name == "header" else say.body
            what = _("there is a second {name}").format(name=name)
            self.found(rule(node.start, what, _("keep one {name}").format(name=name)))
        elif name == "header" and self._seen["body"]:
            what = _("the header stands behind the body")
            self.found(say.header(node.start, what, _("move it before the body")))

    def _push(self, node: Node) -> None:
        name = node.name
        parent = self.stack[-1] if self.stack else None
        if name == "tu" and self._unit is None and not self.refused:
            self.started += 1
            self.where.number = self.started
            self.where.tuid = node.get("tuid") or ""
            self._unit, self._nodes = node, 0
        elif name == "header" and parent is not None and parent.name == "tmx":
            self._header = node
            self._nodes = 0
        elif self._unit is not None or self._header is not None:
            self._attach(node, parent)
        if name not in ELEMENTS:
            self._silent += 1
        self.stack.append(node)
        self._open[name] += 1
        if len(self.stack) > _DEEPEST and not self._deep:
            self._deep = True
            what = _("elements are more than {limit} deep").format(limit=_DEEPEST)
            self.found(xml.limits(node.start, what, _("take out what is nested without need")))
        if name == "body":
            self.safe = node.inner
            if self._unit is None:
                self._settled(node.inner)

    def _attach(self, node: Node, parent: Node | None) -> None:
        self._nodes += 1
        if parent is not None and self._nodes < _NODES and len(self.stack) < _DEEPEST:
            node.parent = parent
            parent.children.append(node)
        elif self._nodes == _NODES:
            what = _("a unit holds more than {limit} elements").format(limit=_NODES)
            self.found(xml.limits(node.start, what, _("split it")))

    # --- End tags -----------------------------------------------------------------------------------

    def end(self, name: str, start: int, end: int) -> None:
        """An end tag, or the end of an empty element, where both offsets are the same."""
        if self.root_end >= 0:
            self._again(f"/{name}", start)
            return
        name = self._names.bare(name)
        if self.stack and self.stack[-1].name == name:
            self._pop(start, end, closed=True)
        elif self._open[name]:
            self._close_inside(name, start, f"</{name}>")
            self._pop(start, end, closed=True)
        else:
            self._stray_end(name, start, end)

    def _stray_end(self, name: str, start: int, end: int) -> None:
        problem = xml.tag_mismatch(start, name, closing=True)
        top = self.stack[-1].name if self.stack else ""
        if name.lower() == top and name != top:
            problem = xml.tag_mismatch(start, top, closing=False, because=f"</{name}>")
            self.found(problem.mended(Edit(start, end, f"</{top}>")))
            self._pop(start, end, closed=True)
            return
        self.found(problem.mended(Edit(start, end, "")) if name in _FRAME else problem)

    def _close_to(self, name: str, at: int, because: str) -> None:
        """Closes everything up to and with the innermost element of this name."""
        self._close_inside(name, at, because)
        self._lacks_end(self.stack[-1], at, because)
        place = self._window.before(at)
        self._pop(place, place, closed=False)

    def _close_inside(self, name: str, at: int, because: str) -> None:
        place = -1
        while self.stack and self.stack[-1].name != name:
            if place < 0:
                place = self._window.before(at)
            self._lacks_end(self.stack[-1], at, because)
            self._pop(place, place, closed=False)

    def _lacks_end(self, node: Node, at: int, because: str) -> None:
        if node.start == node.inner and node.name == "body":
            place = self._window.before(at)
            problem = say.body(at, _("the body is not closed"), _("write </body> behind the last unit"))
            self.found(problem.mended(Edit(place, place, "\n</body>")))
            return
        problem = xml.tag_mismatch(node.start, node.name, closing=False, because=because)
        if node.name in _FRAME:
            place = max(self._window.before(at), node.inner)
            problem = problem.mended(Edit(place, place, f"</{node.name}>"))
        self.found(problem)

    def _pop(self, inner_end: int, end: int, *, closed: bool) -> None:
        node = self.stack.pop()
        self._open[node.name] -= 1
        node.inner_end, node.end, node.closed = max(inner_end, node.inner), end, closed
        if node.name not in ELEMENTS:
            self._silent -= 1
        if node is self._unit:
            self._unit_ends(node)
        elif node is self._header:
            self._header_ends(node)
        elif not self.stack:
            self._root_ends(node, end)

    def _unit_ends(self, node: Node) -> None:
        if node.closed and (tuvs := tuvs_of(node, self._window)):
            self.units += 1
            self.languages.update(tuv.lang for tuv in tuvs if tuv.lang)
        line, _column = self._window.place(max(node.start, self._window.base))
        if node.start >= self._window.base:
            for problem in check_unit(node, self.known, self._window, line):
                self.found(problem)
            if self.unit_done is not None:
                self.unit_done(node)
        self._unit = None
        self._settled(node.end)
        self.safe = node.end
        self.where.number, self.where.tuid = 0, ""

    def _header_ends(self, node: Node) -> None:
        self._header = None
        if node.start < self._window.base:
            return
        for problem in check_tree(node, self.known.schema, self._window.slice):
            self.found(problem)
        if not self.known.srclang:
            self.known.srclang = (node.get("srclang") or "").strip()
        self._settled(node.end)

    def _root_ends(self, node: Node, end: int) -> None:
        if not self._seen["body"] and not self.refused:
            where = max(node.inner, node.inner_end)
            missing = "" if self._seen["header"] else f"{_HEADER}\n"
            if missing:
                self.found(say.header(where, _("there is no header"), _("write a header before the body")))
            problem = say.body(where, _("there is no body"), _("write <body></body> behind the header"))
            empty = node.inner == end
            self.found(problem if empty else problem.mended(Edit(where, where, f"{missing}<body></body>\n")))
        self.root_end = end

    def overflow(self, at: int) -> None:
        """The unit or header that is being read is too large to be kept; it is read on without it."""
        for node in (self._unit, self._header):
            if node is not None:
                self.found(
                    xml.limits(
                        node.start,
                        _("one unit or header is larger than 8 MiB, and common readers refuse it"),
                        _("split it into segments"),
                    )
                )
                node.children.clear()
        for node in self.stack:
            node.pieces.clear()
            node.children.clear()
        self._settled(at)
