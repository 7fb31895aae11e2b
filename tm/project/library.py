"""The jobs of the command line for Python: files and texts in, values out, no project needed."""

from __future__ import annotations

import datetime
import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tm.drafting import LeverageOptions
from tm.drafting import leverage as leverage_segments
from tm.formats.registry import format_for
from tm.matching.lookup import Lookup
from tm.matching.options import MatchOptions
from tm.model import DraftDocument, Memory
from tm.project.folder import cache_folder
from tm.project.texts import segments_of
from tm.store.atomic import write_bytes
from tm.store.memory import memory_name, opened
from tm.store.units import UnitTable
from tm.terms.base import TermBase

__all__ = ["leverage", "read", "write"]


def leverage(  # noqa: PLR0913 - all but the first two are options
    source: str | Path | Sequence[str],
    memories: Sequence[Path | str | Memory],
    *,
    terms: TermBase | None = None,
    threshold: float = 70.0,
    without: Sequence[str] = (),
    before: datetime.date | None = None,
) -> DraftDocument:
    """The leveraged draft of a text file (a path) or of segments (a list of strings).

    `memories` are TMX files or memories; there may be none. Scores are percent.
    """
    if isinstance(source, str | Path):
        with opened(Path(source)) as stream:
            placed = segments_of(stream.read(), path=str(source), lang="zh-CN")
    else:
        content = "\n".join(" ".join(text.split("\n")) for text in source).encode()
        placed = segments_of(content, path="", lang="zh-CN", segmented=True)
    match = MatchOptions(threshold=threshold, without=tuple(without), before=before)
    options = LeverageOptions(match=match, cache=cache_folder())
    with ExitStack() as stack:
        files = [stack.enter_context(_file_of(memory)) for memory in memories]
        tables = [stack.enter_context(UnitTable.open(file, cache_folder())) for file in files]
        return leverage_segments(placed, Lookup.open(tables), terms=terms, options=options)


@contextmanager
def _file_of(memory: Path | str | Memory) -> Iterator[Path]:
    """The TMX file of a memory; one that is only in this process gets a passing file."""
    if not isinstance(memory, Memory):
        yield Path(memory)
        return
    with tempfile.TemporaryDirectory(prefix="tm-") as folder:
        file = Path(folder) / "memory.tmx"
        write(memory, file)
        yield file


def read(path: Path | str) -> Memory:
    """The units of a TMX, XLIFF, PO, CSV, TSV or XLSX file, by its ending, all in memory."""
    with opened(Path(path)) as stream:
        memory = format_for(str(path), "read").reader(stream, path=str(path))
        return Memory(name=memory_name(Path(path)), header=memory.header, units=tuple(memory))


def write(memory: Memory, path: Path | str) -> None:
    """Nothing; the file, in the format of its ending, holds the memory, whole or as it was."""
    stream = io.BytesIO()
    format_for(str(path), "write").writer(memory, stream)
    write_bytes(Path(path), stream.getvalue())
