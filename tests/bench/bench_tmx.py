"""TMX read, written and imported, against a bare lxml loop and translate-toolkit: CPU seconds, ratios, peaks.

    python tests/bench/bench_tmx.py [units, 200000]
    TM_BENCH_NO_TOOLKIT=1 TM_BENCH_REPEATS=1 python tests/bench/bench_tmx.py 1000000

Every measurement runs in a process of its own; the best of three counts. Ratios are what to trust.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

SEED = 7
REPEATS = int(os.environ.get("TM_BENCH_REPEATS", "3"))
HAN = "中国四川省人民政府关于进一步加强和改进新时代经济社会高质量发展工作意见通知年月日"
WORDS = [
    *(
        "the",
        "provincial",
        "government",
        "will",
        "further",
        "promote",
        "high",
        "quality",
        "development",
        "and",
    ),
    *(
        "improve",
        "public",
        "services",
        "of",
        "economic",
        "construction",
        "in",
        "Sichuan",
        "during",
        "this",
        "year",
    ),
]


def generate(path: Path, count: int) -> None:
    """A TMX of `count` units with a note, two props and four attributes each."""
    chance = random.Random(SEED)  # noqa: S311 - test text, no secret
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        )
        out.write('  <header creationtool="bench" creationtoolversion="1" segtype="sentence" o-tmf="x"')
        out.write(' adminlang="en" srclang="zh-CN" datatype="plaintext"/>\n  <body>\n')
        for number in range(count):
            zh = "".join(chance.choices(HAN, k=chance.randint(12, 70)))
            en = " ".join(chance.choices(WORDS, k=chance.randint(8, 45)))
            day = f"2025{1 + number % 12:02d}{1 + number % 28:02d}T{number % 24:02d}0000Z"
            out.write(
                f'    <tu tuid="r-{number:06d}" creationdate="{day}" creationid="office{number % 9}"'
                f' changedate="{day}">\n      <note>checked by {number % 17}</note>\n'
                f'      <prop type="x-release">{number // 40}</prop>\n'
                f'      <prop type="x-domain">d{number % 5}</prop>\n'
                f'      <tuv xml:lang="zh-CN"><seg>{zh}</seg></tuv>\n'
                f'      <tuv xml:lang="en"><seg>{en} &amp; more</seg></tuv>\n'
                "    </tu>\n"
            )
        out.write("  </body>\n</tmx>\n")


def nothing(_path: Path) -> int:
    """What the interpreter and the imports cost."""
    import tm.formats.tmx  # noqa: F401, PLC0415 - measured

    return 0


def bare_loop(path: Path) -> int:
    """An lxml loop that touches the same fields and keeps none."""
    from lxml import etree  # noqa: PLC0415 - each process imports what it measures

    count = 0
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    for _event, tu in etree.iterparse(str(path), events=("end",), tag="tu", resolve_entities=False):
        count += 1
        _attributes = dict(tu.attrib)
        for child in tu:
            if child.tag == "tuv":
                _lang = child.get(lang)
                _names = dict(child.attrib)
                for seg in child:
                    _text = seg.text
            else:
                _more = dict(child.attrib)
                _content = child.text
        tu.clear()
        body = tu.getparent()
        while body is not None and tu.getprevious() is not None:
            del body[0]
    return count


def ours_read(path: Path) -> int:
    """Our reader, every field kept until the next unit."""
    from tm.formats import tmx  # noqa: PLC0415 - each process imports what it measures

    with path.open("rb") as stream:
        return sum(1 for _unit in tmx.read(stream, path=str(path)))


def toolkit_read(path: Path) -> int:
    """translate-toolkit: parse, then source and target of every unit."""
    from translate.storage.tmx import tmxfile  # noqa: PLC0415 - each process imports what it measures

    with path.open("rb") as stream:
        store = tmxfile.parsefile(stream)
    return sum(1 for unit in store.units if unit.source and unit.target)


def ours_write(path: Path) -> int:
    """Our writer with units that are made on the way."""
    from tm.formats import tmx  # noqa: PLC0415 - each process imports what it measures
    from tm.model import Header, Memory  # noqa: PLC0415 - as above

    with path.open("rb") as stream, path.with_suffix(".ours").open("wb") as out:
        units = list(tmx.read(stream, path=str(path)))
        begin()
        tmx.write(Memory(name="bench", header=Header(), units=units), out)
    return len(units)


def ours_copy(path: Path) -> int:
    """Reading and writing at once, as an import does: for the memory it takes."""
    from tm.formats import tmx  # noqa: PLC0415 - each process imports what it measures

    with path.open("rb") as stream, path.with_suffix(".copy").open("wb") as out:
        tmx.write(tmx.read(stream, path=str(path)), out)
    return path.with_suffix(".copy").stat().st_size


def ours_import(path: Path) -> int:
    """An import into a memory that is not there yet."""
    from tm.project.imports import import_files  # noqa: PLC0415 - each process imports what it measures

    into = path.with_name("memory.tmx")
    into.unlink(missing_ok=True)
    return import_files([path], into).added


def toolkit_write(path: Path) -> int:
    """translate-toolkit: units with the same note, props, dates and attributes, then serialised."""
    from lxml import etree  # noqa: PLC0415 - each process imports what it measures
    from translate.storage.tmx import tmxfile  # noqa: PLC0415 - as above

    from tm.formats import tmx  # noqa: PLC0415 - as above

    with path.open("rb") as stream:
        units = list(tmx.read(stream, path=str(path)))
    begin()
    store = tmxfile(sourcelanguage="zh-CN", targetlanguage="en")
    for unit in units:
        store.addtranslation(unit.source.text, "zh-CN", unit.target.text, "en", unit.notes[0].text)
        tu = store.units[-1].xmlelement
        tu.set("tuid", unit.id)
        tu.set("creationid", unit.origin.creator)
        if unit.origin.created:
            tu.set("creationdate", f"{unit.origin.created:%Y%m%dT%H%M%SZ}")
            tu.set("changedate", f"{unit.origin.changed:%Y%m%dT%H%M%SZ}")
        for number, (kind, text) in enumerate(
            (("x-release", unit.origin.release), ("x-domain", unit.props[0].text))
        ):
            prop = etree.Element("prop", type=kind)
            prop.text = text
            tu.insert(number, prop)
    with path.with_suffix(".toolkit").open("wb") as out:
        store.serialize(out)
    return len(units)


TASKS: dict[str, Callable[[Path], int]] = {
    task.__name__: task
    for task in (
        nothing,
        bare_loop,
        ours_read,
        toolkit_read,
        ours_write,
        ours_copy,
        ours_import,
        toolkit_write,
    )
}
_start = 0.0


def begin() -> None:
    """The clock starts anew: what came before was preparation."""
    global _start  # noqa: PLW0603 - one process measures one task
    _start = time.process_time()


def run(name: str, path: Path) -> None:
    """Runs one task and prints its CPU seconds, its peak memory in KiB and its count."""
    begin()
    count = TASKS[name](path)
    seconds = time.process_time() - _start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, count)


def measured(name: str, path: Path, repeats: int = REPEATS) -> tuple[float, float]:
    """CPU seconds (the best) and peak memory in MiB."""
    best, peak = float("inf"), 0.0
    for _time in range(repeats):
        done = subprocess.run(
            [sys.executable, __file__, "--task", name, str(path)], capture_output=True, text=True, check=True
        )
        seconds, kibibytes, _count = done.stdout.split()
        best, peak = min(best, float(seconds)), max(peak, int(kibibytes) / 1024)
    return best, peak


def ratios(figures: dict[str, tuple[float, float]]) -> Iterator[str]:
    """The figures that the goals speak of."""
    cpu = {name: seconds for name, (seconds, _peak) in figures.items()}
    yield f"read / bare loop      {cpu['ours_read'] / cpu['bare_loop']:.2f}  (goal 1.5)"
    if "toolkit_read" in cpu:
        yield f"read / toolkit        {cpu['ours_read'] / cpu['toolkit_read']:.2f}  (goal 0.75)"
        yield f"write / toolkit       {cpu['ours_write'] / cpu['toolkit_write']:.2f}  (goal 0.40)"
    yield f"import / (read+write) {cpu['ours_import'] / cpu['ours_copy']:.2f}  (goal 2)"
    yield f"peak of an import     {figures['ours_import'][1]:.0f} MiB  (goal 373 for a million)"
    above = max(figures["ours_read"][1], figures["ours_copy"][1]) - figures["nothing"][1]
    yield f"peak above imports    {above:.0f} MiB  (goal 64)"


def main() -> None:
    """Generates the file, measures every task, prints the table."""
    if sys.argv[1:2] == ["--task"]:
        run(sys.argv[2], Path(sys.argv[3]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    tasks = [
        name for name in TASKS if not (name.startswith("toolkit") and os.environ.get("TM_BENCH_NO_TOOLKIT"))
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.tmx"
        generate(path, count)
        print(f"{count} units, {path.stat().st_size >> 20} MiB")
        figures = {name: measured(name, path) for name in tasks}
    for name, (seconds, peak) in figures.items():
        print(f"{name:<15} {seconds:7.2f} s CPU  {peak:7.0f} MiB")
    for line in ratios(figures):
        print(line)


if __name__ == "__main__":
    main()
