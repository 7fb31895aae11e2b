"""Measures tables: CPU seconds of reading and writing beside the bare csv module, in one run.

    python tests/bench/bench_tables.py [UNITS]

The twin reads the same TSV with the csv module and makes the same units, and writes the same columns.
"""

from __future__ import annotations

import csv as bare
import io
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import BinaryIO

from tm.formats import csv, tsv, xlsx
from tm.model import Header, Memory, Segment, Unit

ZH = "省政府召开第{n}次常务会议，研究部署下一阶段工作。"
EN = "The provincial government held its executive meeting no. {n}, and planned the work of the next stage."


def main() -> None:
    """Prints a line for every format: CPU seconds of writing and reading, and how many times the twin's."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    units = [_unit(number) for number in range(count)]
    twin_write, twin_read = _cpu(lambda: _twin_write(units)), _cpu(lambda: _twin_read(_twin_write(units)))
    twin_read -= twin_write
    print(f"{'csv module':10}  write {twin_write:6.2f} s         read {twin_read:6.2f} s")
    for module in (tsv, csv, xlsx):
        stream = io.BytesIO()
        wrote = _cpu(partial(_write, module.write, units, stream))
        stream.seek(0)
        read = _cpu(partial(_read, module.read, stream))
        print(
            f"{module.__name__.rpartition('.')[2]:10}  write {wrote:6.2f} s ({wrote / twin_write:4.2f})"
            f"  read {read:6.2f} s ({read / twin_read:4.2f})"
        )


def _unit(number: int) -> Unit:
    return Unit(
        id=f"u{number}",
        source=Segment(lang="zh-CN", text=ZH.format(n=number)),
        target=Segment(lang="en", text=EN.format(n=number)),
    )


def _write(write: Callable[[Memory, BinaryIO], None], units: Sequence[Unit], stream: BinaryIO) -> None:
    write(Memory(name="m", header=Header(), units=units), stream)


def _read(read: Callable[[BinaryIO], Memory], stream: BinaryIO) -> int:
    return sum(1 for _unit in read(stream))


def _twin_write(units: Sequence[Unit]) -> bytes:
    text = io.StringIO()
    writer = bare.writer(text, delimiter="\t")
    for unit in units:
        writer.writerow((unit.source.text, unit.target.text, unit.id))
    return text.getvalue().encode()


def _twin_read(raw: bytes) -> int:
    count = 0
    reader = bare.reader(io.StringIO(raw.decode(), newline=""), delimiter="\t")
    for line, (zh, en, name) in enumerate(reader, start=1):
        unit = Unit(
            id=name, source=Segment(lang="zh-CN", text=zh), target=Segment(lang="en", text=en), line=line
        )
        count += unit.line > 0
    return count


def _cpu(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start


if __name__ == "__main__":
    main()
