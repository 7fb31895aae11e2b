"""Comments and processing instructions of a TMX outside its header and units, each where it belongs."""

from __future__ import annotations

from typing import Any

from tm.formats.tmx_names import local, raw_xml
from tm.formats.tmx_tail import Tail, Where

__all__ = ["Remarks"]

_WAITING = 1 << 22  # characters kept in front of one unit; more go to the tail


class Remarks:
    """What has been seen between the units of one file, which is given to the unit behind it.

    `first` is the number of remarks that come before the root element, which are known already.
    """

    def __init__(self, first: int) -> None:
        self.tail = Tail()
        self.waiting: list[str] = []
        self._size = 0
        self._first = first
        self._between: list[str] = []

    def see(self, found: Any) -> None:  # noqa: ANN401 - an lxml comment or processing instruction
        """Takes note of a comment or a processing instruction, wherever it stands."""
        parent = found.getparent()
        if parent is None:
            if self._first:
                self._first -= 1
            else:
                self.tail.add(Where.END, raw_xml(found))
            return
        name = local(str(parent.tag))
        if name == "body":
            self.keep(raw_xml(found))
        elif name == "tmx":
            self._frame(found)

    def keep(self, xml: str) -> None:
        """Takes in what is written again in front of the next unit."""
        if self._size > _WAITING:
            self.tail.add(Where.BODY, xml)
            return
        self.waiting.append(xml)
        self._size += len(xml)

    def taken(self) -> tuple[str, ...]:
        """What has been kept, which is given once."""
        waiting, self.waiting, self._size = tuple(self.waiting), [], 0
        return waiting

    def between(self) -> tuple[str, ...]:
        """What stands between header and body."""
        return tuple(self._between)

    def end(self) -> None:
        """No unit follows any more: what has been kept goes to the tail."""
        for xml in self.taken():
            self.tail.add(Where.BODY, xml)

    def _frame(self, found: Any) -> None:  # noqa: ANN401 - an lxml comment or processing instruction
        """Takes note of what stands beside header and body."""
        before = {local(str(sibling.tag)) for sibling in found.itersiblings(preceding=True)}
        if "body" in before:
            self.tail.add(Where.TMX, raw_xml(found))
        elif "header" in before:
            self._between.append(raw_xml(found))
        else:
            self.keep(raw_xml(found))
