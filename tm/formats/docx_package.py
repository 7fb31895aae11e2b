"""The parts of a Word file: opened safely, found by their relationships; nothing outside is ever fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from gettext import gettext as _
from typing import Any, BinaryIO

from tm.errors import FormatError
from tm.formats.safe_xml import parse
from tm.formats.safe_zip import refuse_bombs

__all__ = ["Package", "W", "attribute", "local"]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
"""The namespace of WordprocessingML as Word writes it by default."""
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_SPACES = (W, _STRICT, _W14, _W15)
_SIDE_LIMIT = 8 << 20
"""How large a part beside the document may be."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


def local(element: Any) -> str:  # noqa: ANN401 - an lxml element or comment
    """The name of an element without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:  # noqa: ANN401 - lxml
    """An attribute by its local name, in any of Word's namespaces or in none; "" where there is none."""
    for space in _SPACES:
        value = element.get(f"{{{space}}}{name}")
        if value is not None:
            return str(value)
    return element.get(name) or ""


class Package:
    """A Word file and its parts. Anything that is none, or that looks like an attack, is a FormatError."""

    def __init__(self, stream: BinaryIO, *, path: str = "-") -> None:
        self._path = path
        packed = io.BytesIO(stream.read())
        refuse_bombs(packed, path=path)
        self._archive = zipfile.ZipFile(packed)
        self._names = {name.replace("\\", "/").casefold(): name for name in self._archive.namelist()}
        found = self._targets("_rels/.rels", "", "officeDocument")
        self._main = found[0] if found else "word/document.xml"
        if not self._main.casefold().endswith(".xml") or self._main.casefold() not in self._names:
            raise FormatError(
                _("there is no Word document in it"),
                path=path,
                hint=_("Save it in Word or LibreOffice as .docx."),
            )

    def document(self) -> BinaryIO:
        """The main document part."""
        return self._open(self._main)

    def related(self, kind: str) -> list[Any]:
        """The root elements of the parts that the document names as of this kind, such as comments."""
        return [self._root(part) for part in self._related(kind)]

    def related_streams(self, kind: str) -> list[BinaryIO]:
        """The same parts, unread."""
        return [self._open(part) for part in self._related(kind)]

    def _related(self, kind: str) -> list[str]:
        folder, name = posixpath.split(self._main)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        return [part for part in self._targets(rels, folder, kind) if self._has(part)]

    def _targets(self, rels: str, folder: str, kind: str) -> list[str]:
        """The names of the parts of a kind in a relationships part; what lies outside is left aside."""
        if not self._has(rels):
            return []
        return [
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]
            for relation in self._root(rels)
            if relation.get("TargetMode", "") != "External"
            and relation.get("Type", "").rpartition("/")[2] == kind
        ]

    def _has(self, name: str) -> bool:
        return name.casefold() in self._names

    def _root(self, name: str) -> Any:  # noqa: ANN401 - lxml
        return parse(self._open(name), path=f"{self._path}/{name}", limit=_SIDE_LIMIT).getroot()

    def _open(self, name: str) -> BinaryIO:
        try:
            return io.BytesIO(self._archive.read(self._names[name.casefold()]))
        except _BROKEN as error:
            raise FormatError(
                _("not a readable Office file: {reason}").format(reason=error), path=self._path
            ) from None
