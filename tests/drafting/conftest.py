from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tm.matching.lookup import Lookup
from tm.model import Header, Memory, Origin, Place, Segment, Unit
from tm.segment import PlacedSegment
from tm.store.memory import save_memory
from tm.store.units import UnitTable


@pytest.fixture
def lookup(tmp_path) -> Iterator[Callable[..., Lookup]]:
    """A lookup over a memory of one release with these pairs."""
    tables: list[UnitTable] = []

    def _lookup(*pairs: tuple[str, str]) -> Lookup:
        units = [
            Unit(
                id=f"r/{number}",
                source=Segment(lang="zh-CN", text=source),
                target=Segment(lang="en", text=target),
                origin=Origin(release="r"),
            )
            for number, (source, target) in enumerate(pairs)
        ]
        path = tmp_path / f"office{len(tables)}.tmx"
        save_memory(path, Memory(name="office", header=Header(kind="built"), units=units))
        tables.append(UnitTable.open(path, tmp_path / "cache"))
        return Lookup.open(tables[-1:])

    yield _lookup
    for table in tables:
        table.close()


@pytest.fixture
def placed() -> Callable[..., list[PlacedSegment]]:
    """Texts as the segments of a document, each a paragraph of its own."""

    def _placed(*texts: str) -> list[PlacedSegment]:
        return [
            PlacedSegment(
                segment=Segment(lang="zh-CN", text=text),
                place=Place(file="zh.txt", line=number + 1, block=number, paragraph=number, index=number),
            )
            for number, text in enumerate(texts)
        ]

    return _placed
