"""What a cell of a Word table says when all tracked changes are accepted, and who made them.

Taken: inserted and moved-in text, results of fields, hyperlinks, content controls, text boxes (once), the
base of ruby, symbols, tabs and breaks. Left out: deleted and moved-away text, codes of fields, hidden text,
readings of ruby, placeholders of empty content controls. Changes of formatting mean nothing here.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from tm.formats.docx_package import attribute, local

__all__ = ["Cell", "Piece", "Revision", "Styles", "Walker", "is_on", "moment_of"]

_WRAPPERS = (
    "hyperlink smartTag customXml fldSimple dir bdo sdtContent oMath oMathPara drawing pict object inline "
    "anchor graphic graphicData wgp wsp txbx group shape rect roundrect oval textbox"
)
_TRANSPARENT = frozenset(_WRAPPERS.split())
"""Elements that only wrap what matters."""
_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_DUMMY = "\u200d"
"""What LibreOffice puts into a line to track that it was inserted."""
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """Ids of styles that mean something: text in `hidden` is not shown, in `codes` it is an inline code."""

    hidden: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `code` when it stands for an inline code."""

    text: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change: who made it, and when if that is known."""

    author: str
    date: datetime.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell with all tracked changes accepted.

    `empty_before` is true when it had no text before them; `continued` when it belongs to the cell above.
    `comments` and `footnotes` are ids; `marks` are names of bookmarks; `tables` are those inside the cell.
    """

    pieces: tuple[Piece, ...] = ()
    column: int = 0
    span: int = 1
    continued: bool = False
    revisions: tuple[Revision, ...] = ()
    empty_before: bool = False
    comments: tuple[str, ...] = ()
    footnotes: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    tables: tuple[Any, ...] = ()

    @property
    def text(self) -> str:
        """The text as it is shown, codes with it."""
        return "".join(piece.text for piece in self.pieces)


def is_on(properties: Any, name: str) -> bool:  # noqa: ANN401 - an lxml element or None
    """True when a property stands there and is not switched off."""
    if properties is None:
        return False
    found = next((child for child in properties if local(child) == name), None)
    return found is not None and attribute(found, "val") not in _OFF


@dataclass(slots=True)
class Walker:
    """Goes through the content of one cell and keeps what is found; `nested` reads a table inside it."""

    styles: Styles
    nested: Callable[[Any], Any]
    paragraphs: list[list[Piece]] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    tables: list[Any] = field(default_factory=list)
    empty_before: bool = True
    _inserted: int = 0
    _joined: bool = False
    _apart: bool = False
    _hidden: bool = False
    _code: bool = False
    _fields: list[bool] = field(default_factory=list)

    def pieces(self) -> tuple[Piece, ...]:
        """The text of all paragraphs, a line each; empty ones at the beginning and the end are left out."""
        lines = list(self.paragraphs)
        while lines and not lines[-1]:
            lines.pop()
        while lines and not lines[0]:
            lines.pop(0)
        found: list[Piece] = []
        for place, line in enumerate(lines):
            found += [Piece("\n"), *line] if place else line
        return tuple(found)

    def walk(self, element: Any) -> None:  # noqa: ANN401 - lxml
        """Takes in the children of an element, one after the other."""
        for child in element:
            name = local(child)
            if name in _TRANSPARENT:
                self.walk(child)
            else:
                found = self._ACTIONS.get(name)
                if found:
                    found(self, child)

    def _add(self, text: str) -> None:
        if self._hidden or not all(self._fields) or (self._inserted and text == _DUMMY):
            return
        if not self._inserted and text.strip():
            self.empty_before = False
        if self._apart or not self.paragraphs:
            self.paragraphs.append([])
        self._apart = False
        self.paragraphs[-1].append(Piece(text, self._code))

    def _paragraph(self, paragraph: Any) -> None:  # noqa: ANN401 - lxml
        if not (self._joined and self.paragraphs):
            self.paragraphs.append([])
        self._joined = self._apart = False
        properties = next((child for child in paragraph if local(child) == "pPr"), None)
        self.walk(paragraph)
        if properties is not None:
            mark = next((child for child in properties if local(child) == "rPr"), ())
            for change in mark:
                if local(change) in ("ins", "moveTo", "del", "moveFrom"):
                    self._note_revision(change)
                    self._joined = self._joined or local(change) in ("del", "moveFrom")

    def _run(self, run: Any) -> None:  # noqa: ANN401 - lxml
        before = (self._hidden, self._code)
        properties = run[0] if len(run) and local(run[0]) == "rPr" else None
        if properties is not None:
            style = next((attribute(child, "val") for child in properties if local(child) == "rStyle"), "")
            self._hidden = self._hidden or is_on(properties, "vanish") or style in self.styles.hidden
            self._code = style in self.styles.codes
        self.walk(run)
        self._hidden, self._code = before

    def _text(self, element: Any) -> None:  # noqa: ANN401 - lxml
        if element.text:
            self._add(element.text)

    def _sign(self, element: Any) -> None:  # noqa: ANN401 - lxml
        self._add(_SIGNS[local(element)])

    def _symbol(self, element: Any) -> None:  # noqa: ANN401 - lxml
        try:
            self._add(chr(int(attribute(element, "char"), 16)))
        except (ValueError, OverflowError):
            self._add("\ufffd")

    def _insertion(self, element: Any) -> None:  # noqa: ANN401 - lxml
        self._note_revision(element)
        self._inserted += 1
        self.walk(element)
        self._inserted -= 1

    def _deletion(self, element: Any) -> None:  # noqa: ANN401 - lxml
        self._note_revision(element)
        for inside in element.iter("{*}delText", "{*}t", "{*}commentReference"):
            if local(inside) == "commentReference":
                self.comments.append(attribute(inside, "id"))
            elif not self._inserted and (inside.text or "").strip():
                self.empty_before = False

    def _note_revision(self, element: Any) -> None:  # noqa: ANN401 - lxml
        self.revisions.append(Revision(attribute(element, "author"), moment_of(attribute(element, "date"))))

    def _field(self, element: Any) -> None:  # noqa: ANN401 - lxml
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _control(self, element: Any) -> None:  # noqa: ANN401 - lxml
        properties = next((child for child in element if local(child) == "sdtPr"), None)
        if not is_on(properties, "showingPlcHdr"):
            self.walk(element)

    def _alternatives(self, element: Any) -> None:  # noqa: ANN401 - lxml
        """The first choice; what older programs would show instead says the same once more."""
        chosen = next((child for child in element if local(child) in ("Choice", "Fallback")), None)
        if chosen is not None:
            self.walk(chosen)

    def _box(self, element: Any) -> None:  # noqa: ANN401 - lxml
        self.walk(element)
        self._apart = True

    def _ruby(self, element: Any) -> None:  # noqa: ANN401 - lxml
        for child in element:
            if local(child) == "rubyBase":
                self.walk(child)

    def _bookmark(self, element: Any) -> None:  # noqa: ANN401 - lxml
        self.marks.append(attribute(element, "name"))

    def _comment(self, element: Any) -> None:  # noqa: ANN401 - lxml
        self.comments.append(attribute(element, "id"))

    def _footnote(self, element: Any) -> None:  # noqa: ANN401 - lxml
        self.footnotes.append((local(element).removesuffix("Reference"), attribute(element, "id")))

    def _table(self, element: Any) -> None:  # noqa: ANN401 - lxml
        found = self.nested(element)
        self.tables.append(found)
        for line in found.lines:
            self.paragraphs.append([Piece("\t".join(cell.text for cell in line.cells))])
            for cell in line.cells:
                self.revisions += cell.revisions
                self.comments += cell.comments
                self.footnotes += cell.footnotes
                self.empty_before = self.empty_before and cell.empty_before
        self._apart = True

    _ACTIONS: ClassVar[dict[str, Callable[[Walker, Any], None]]] = {
        "p": _paragraph,
        "r": _run,
        "t": _text,
        **dict.fromkeys(_SIGNS, _sign),
        "sym": _symbol,
        "ins": _insertion,
        "moveTo": _insertion,
        "del": _deletion,
        "moveFrom": _deletion,
        "fldChar": _field,
        "sdt": _control,
        "AlternateContent": _alternatives,
        "ruby": _ruby,
        "txbxContent": _box,
        "bookmarkStart": _bookmark,
        "commentReference": _comment,
        "footnoteReference": _footnote,
        "endnoteReference": _footnote,
        "tbl": _table,
    }


def moment_of(text: str) -> datetime.datetime | None:
    """A date as Word writes it; None when it is none. Without a zone it is taken for UTC."""
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=datetime.UTC) if found.tzinfo is None else found.astimezone(datetime.UTC)
