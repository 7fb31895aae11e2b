from __future__ import annotations

import datetime
import gzip
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tm.model import Header, Memory, Origin, Segment, Unit
from tm.store.memory import save_memory
from tm.store.units import UnitTable


@pytest.fixture(scope="session")
def real_texts() -> list[str]:
    """Chinese articles of law, several of each law, from the measuring data."""
    root = os.environ.get("TM_TEST_DATA")
    if not root:
        pytest.skip("TM_TEST_DATA does not name the measuring data")
    with gzip.open(Path(root) / "segments" / "tw-law.hans.tsv.gz", "rt", encoding="utf-8") as stream:
        return [line.split("\t", 1)[0] for line in stream]


@pytest.fixture
def chance() -> random.Random:
    """Always the same choices."""
    return random.Random(20181121)  # noqa: S311 - nothing is kept secret with it


@pytest.fixture
def table(tmp_path) -> Iterator[Callable[..., UnitTable]]:
    """Makes a memory of (source, target, release, date) and opens it; closed when the test ends."""
    tables: list[UnitTable] = []

    def _table(*units: tuple[str, str, str, str], name: str = "office", kind: str = "built") -> UnitTable:
        made = [_unit(number, *parts) for number, parts in enumerate(units)]
        path = tmp_path / f"{name}.tmx"
        save_memory(path, Memory(name=name, header=Header(kind=kind), units=made))
        tables.append(UnitTable.open(path, tmp_path / "cache"))
        return tables[-1]

    yield _table
    for known in tables:
        known.close()


def _unit(number: int, source: str, target: str, release: str = "", date: str = "") -> Unit:
    created = datetime.datetime.fromisoformat(date + "T00:00:00+00:00") if date else None
    return Unit(
        id=f"{release}/{number}",
        source=Segment(lang="zh-CN", text=source),
        target=Segment(lang="en", text=target),
        origin=Origin(release=release, created=created),
    )
