"""How fast matching is, in ratios of CPU time within one run; single thread.

    TM_TEST_DATA=… python tests/bench/bench_matching.py [--sizes 100000 246000] [--million] [--threshold 0.7]

Queries: half are texts left out of the memory, half are texts of the memory after a few variations. The
exhaustive comparison and translate-toolkit's matcher (where it is installed) answer a share of the same
queries; the hits of the exhaustive comparison must be those of the index.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from importlib import import_module
from itertools import count
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from tm.matching.cutoff import cutoff, similarity
from tm.matching.index import Hit, MatchIndex
from tm.matching.texts import TextFile

QUERIES = 500
_DOCUMENT = 2_000
_TOOLKIT_UNITS = 300_000
DIGITS = "0123456789一二三四五六七八九十"
PLACES = ("台北", "台中", "高雄", "成都", "四川", "北京", "上海", "重庆", "浙江", "广东")
SYNONYMS = (
    ("应当", "必须"),
    ("或者", "或"),
    ("以及", "及"),
    ("主管机关", "主管部门"),
    ("依照", "按照"),
    ("不得", "禁止"),
    ("规定", "办法"),
    ("进行", "开展"),
    ("加强", "强化"),
    ("促进", "推动"),
)


def main() -> None:
    options = _options()
    real = _real()
    for size in [*options.sizes, *([1_000_000] if options.million else [])]:
        chance = random.Random(size)  # noqa: S311 - a benchmark
        order = real[:]
        chance.shuffle(order)
        memory = order[: min(size, len(order) - QUERIES)]
        left_out = order[-(QUERIES // 2) :]
        queries = left_out + [
            varied(chance.choice(memory), memory, chance) for _query in range(QUERIES - QUERIES // 2)
        ]
        originals = memory[:]
        while len(memory) < size:
            memory.append(varied(chance.choice(originals), originals, chance))
        document = chance.sample(order, _DOCUMENT // 2)
        document = [*document, *(varied(text, originals, chance) for text in document)]
        _measure(memory, queries, document, options.threshold)


def varied(text: str, others: Sequence[str], chance: random.Random) -> str:
    """The text after one to three variations of the kinds that releases show from year to year."""
    kinds = (_other_number, _other_place, _other_word, _other_characters, _more, _less)
    for _variation in range(chance.randint(1, 3)):
        text = chance.choice(kinds)(text, others, chance)
    return text


def _other_number(text: str, _others: Sequence[str], chance: random.Random) -> str:
    return "".join(
        chance.choice(DIGITS) if mark in DIGITS and chance.random() < 0.5 else mark for mark in text
    )


def _other_place(text: str, _others: Sequence[str], chance: random.Random) -> str:
    for place in PLACES:
        text = text.replace(place, chance.choice(PLACES), 1)
    return text


def _other_word(text: str, _others: Sequence[str], chance: random.Random) -> str:
    one, other = chance.choice(SYNONYMS)
    return text.replace(one, other) if one in text else text.replace(other, one)


def _other_characters(text: str, others: Sequence[str], chance: random.Random) -> str:
    marks = list(text)
    for _edit in range(chance.randint(1, 4)):
        place = chance.randint(0, len(marks))
        marks[place : place + chance.randint(0, 1)] = chance.choice(chance.choice(others) or "的")
    return "".join(marks)


def _more(text: str, others: Sequence[str], chance: random.Random) -> str:
    clauses, more = text.split("，"), chance.choice(others).split("，")
    clauses.insert(chance.randint(0, len(clauses)), chance.choice(more))
    return "，".join(clauses)


def _less(text: str, _others: Sequence[str], chance: random.Random) -> str:
    clauses = text.split("，")
    if len(clauses) > 1:
        del clauses[chance.randrange(len(clauses))]
    return "，".join(clauses)


def _measure(memory: list[str], queries: list[str], document: list[str], threshold: float) -> None:
    print(f"\n{len(memory):,} units, {len(queries)} queries, threshold {threshold}")
    start = time.process_time()
    built = MatchIndex(memory)
    print(f"  build {time.process_time() - start:.2f} s CPU")
    with tempfile.TemporaryDirectory() as folder:
        megabytes = built.save(Path(folder)).stat().st_size / 1e6
        TextFile.save(Path(folder) / "texts", memory)
        (Path(folder) / "queries").write_text("\0".join(queries), encoding="utf-8")
        print(f"  building process {_resident(BUILD, Path(folder))}")
        print(f"  index {megabytes:.0f} MB, serving process {_resident(SERVE, Path(folder))}")
        start = time.process_time()
        index = MatchIndex.load(Path(folder), memory)
        print(f"  load {time.process_time() - start:.3f} s CPU")
        del built
        rate, hits = _index_rate(index, queries, threshold)
        _whole_document(index, document, threshold)
        _against(
            f"exhaustive in the length window, {rate:.0f} to",
            _Exhaustive(memory),
            queries,
            hits,
            rate,
            threshold,
        )
        _toolkit(memory, queries, rate, threshold)
        del index


def _index_rate(index: MatchIndex, queries: list[str], threshold: float) -> tuple[float, list[list[Hit]]]:
    index.search(queries[0], threshold)
    times: list[float] = []
    hits: list[list[Hit]] = []
    for query in queries:
        start = time.process_time()
        hits.append(index.search(query, threshold))
        times.append(1000 * (time.process_time() - start))
    rate = 1000 * len(times) / sum(times)
    times.sort()
    print(
        f"  {rate:.0f} lookups/s, p50 {times[len(times) // 2]:.2f} ms, "
        f"p99 {times[len(times) * 99 // 100]:.2f} ms, {sum(map(len, hits))} hits"
    )
    return rate, hits


def _whole_document(index: MatchIndex, document: list[str], threshold: float) -> None:
    """Half of its sentences are in the memory or were left out of it, half are variations of these."""
    start = time.process_time()
    found = index.search_many(document, threshold)
    rate = len(document) / (time.process_time() - start)
    single = sum(index.search(text, threshold) == hits for text, hits in zip(document, found, strict=True))
    print(
        f"  a document of {len(document):,} sentences ({len(set(document)):,} different): {rate:.0f}/s, "
        f"{single:,} as looked up singly"
    )


class _Exhaustive:
    """Every text of a possible length, by one call of rapidfuzz."""

    def __init__(self, memory: list[str]) -> None:
        self._order = sorted(range(len(memory)), key=lambda place: len(memory[place]))
        self._texts = [memory[place] for place in self._order]
        self._lengths = [len(text) for text in self._texts]

    def search(self, text: str, threshold: float) -> list[Hit]:
        cut = cutoff(threshold, max(len(text), self._lengths[-1]))
        shortest, longest = cut.window(len(text))
        low, high = bisect_left(self._lengths, shortest), bisect_right(self._lengths, longest)
        window, most = self._texts[low:high], cut.largest(max(len(text), longest))
        if not window:
            return []
        found = cdist([text], window, scorer=Levenshtein.distance, score_cutoff=most)[0].tolist()
        hits = [
            Hit(self._order[place], similarity(distance, max(len(text), self._lengths[place])))
            for place, distance in zip(count(low), found)
            if distance <= cut.largest(max(len(text), self._lengths[place]))
        ]
        return sorted(hits, key=lambda hit: (-hit.similarity, hit.index))


def _against(
    name: str, peer: _Exhaustive, queries: list[str], hits: list[list[Hit]], rate: float, threshold: float
) -> None:
    step = max(1, len(peer._texts) // 50_000)
    start = time.process_time()
    found = [peer.search(query, threshold) for query in queries[::step]]
    peer_rate = len(found) / (time.process_time() - start)
    equal = sum(one == other for one, other in zip(found, hits[::step], strict=True))
    ratio = rate / peer_rate
    print(f"  {name} {peer_rate:.1f} lookups/s: {ratio:.0f} x; {equal} of {len(found)} hit sets equal")


def _toolkit(memory: list[str], queries: list[str], rate: float, threshold: float) -> None:
    if len(memory) > _TOOLKIT_UNITS:
        print("  the memory is too much for translate-toolkit")
        return
    try:
        base, match = import_module("translate.storage.base"), import_module("translate.search.match")
    except ImportError:
        print("  translate-toolkit is not installed")
        return
    base.TranslationUnit.__lt__ = lambda one, other: id(one) < id(other)  # ties raise TypeError without
    store = base.TranslationStore()
    for text in memory:
        unit = base.TranslationUnit(text)
        unit.target = "x"
        store.addunit(unit)
    peer = match.matcher(store, max_candidates=5, min_similarity=round(100 * threshold), max_length=1000)
    chosen = queries[:: max(1, len(memory) // 5_000)]
    start = time.process_time()
    for query in chosen:
        peer.matches(query)
    peer_rate = len(chosen) / (time.process_time() - start)
    print(
        f"  translate-toolkit {peer_rate:.2f} lookups/s over {len(chosen)} queries: {rate / peer_rate:.0f} x"
    )


_BEGIN = """
import sys
from pathlib import Path
from tm.matching.index import MatchIndex
from tm.matching.texts import TextFile
def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024
folder = Path(sys.argv[1])
before = resident()
"""
BUILD = (
    _BEGIN
    + """
index = MatchIndex.build(folder, TextFile.load(folder / "texts"))
growth = (resident() - before) * 1.048576e6 / index.stat().st_size
print(f"{resident()} MB resident ({before} MB before), growth {growth:.1f} x the index")
"""
)
SERVE = (
    _BEGIN
    + """
index = MatchIndex.load(folder, TextFile.load(folder / "texts"))
for query in Path(folder / "queries").read_text(encoding="utf-8").split("\\0"):
    index.search(query, 0.7)
print(f"{resident()} MB resident ({before} MB before)")
"""
)


def _resident(script: str, folder: Path) -> str:
    """What a fresh process takes that builds the index or answers the queries, texts on disk."""
    command = [sys.executable, "-c", script, str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return told.stdout.strip()


def _real() -> list[str]:
    path = Path(os.environ["TM_TEST_DATA"]) / "segments" / "tw-law.hans.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [line.split("\t", 1)[0] for line in stream]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[100_000, 246_025])
    parser.add_argument("--million", action="store_true", help="also with real texts and variations of them")
    parser.add_argument("--threshold", type=float, default=0.7)
    return parser.parse_args()


if __name__ == "__main__":
    main()
