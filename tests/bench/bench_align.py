"""Measures alignment: scores, confidence, speed and memory.

    TM_TEST_DATA=<folder> python tests/bench/bench_align.py [--cache DIR] [--bible]

Prints, for each set, the scores with their signatures; over the noisy sets how well confidence tells wrong
beads.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tm.alignment import Alignment, Document, align_batch
from tm.evaluate.alignment import score_alignment, without_crossing
from tm.evaluate.noise import HEAVY, MODERATE, noise
from tm.model import Bead, Concept
from tm.terms.base import TermBase

ROOT = Path(__file__).resolve().parents[2]
SHOWN = (
    "strict precision",
    "strict recall",
    "strict F1",
    "lax F1",
    "pair F1",
    "null precision",
    "null recall",
)
SEEDS = range(3)
_COLD = """
import json, sys, time
from pathlib import Path
began = time.perf_counter()
from tm.alignment import align
gold = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
align(gold["zh"], gold["en"], zh_para=gold["zh_para"], en_para=gold["en_para"], cache=Path(sys.argv[2]))
segments = len(gold["zh"]) + len(gold["en"])
print(f"{time.perf_counter() - began:.2f} s with imports, {segments} segments", end="")
try:
    import resource
    print(f", {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
except ImportError:
    print()
"""


def read(document: dict[str, Any]) -> Alignment:
    """A gold document as an alignment."""
    structured = "zh_para" in document
    return Alignment(
        zh=tuple(document["zh"]),
        en=tuple(document["en"]),
        zh_para=tuple(document["zh_para"]) if structured else None,
        en_para=tuple(document["en_para"]) if structured else None,
        beads=tuple(Bead(source=tuple(source), target=tuple(target)) for source, target in document["beads"]),
    )


def releases() -> list[Alignment]:
    """The gold releases of the repository."""
    paths = sorted((ROOT / "tests/eval/gold").glob("*.json"))
    return [read(json.loads(path.read_text(encoding="utf-8"))) for path in paths]


def reports(folder: Path) -> list[Alignment]:
    """The hand-aligned sections of government reports."""
    lines = (folder / "gold/government-report.jsonl").read_text(encoding="utf-8").splitlines()
    return [read(json.loads(line)) for line in lines]


def aligned(
    documents: Sequence[Alignment],
    cache: Path,
    *,
    terms: Sequence[Concept] | None = None,
    batch: bool = False,
) -> list[Alignment]:
    """The documents aligned anew, one by one or as a batch."""
    pairs = [Document(zh=d.zh, en=d.en, zh_para=d.zh_para, en_para=d.en_para) for d in documents]
    if batch:
        return align_batch(pairs, terms=terms, cache=cache)
    return [align_batch([pair], terms=terms, cache=cache)[0] for pair in pairs]


def show(name: str, gold: Sequence[Sequence[Bead]], test: Sequence[Sequence[Bead]]) -> None:
    """Prints the scores of a set."""
    scores = {score.name: score for score in score_alignment(gold, test)}
    print(f"{name:28}", "  ".join(f"{key} {scores[key].value:.4f}" for key in SHOWN))
    shapes = [score for key, score in scores.items() if key.startswith("recall ")]
    print(" " * 28, "  ".join(f"{s.name} {s.value:.3f} ({s.n})" for s in shapes[:8]))
    print(" " * 28, scores["strict F1"].signature)


def measure(name: str, documents: Sequence[Alignment], cache: Path, **options: object) -> list[Alignment]:
    """Aligns a set, prints its scores and the speed."""
    began = time.perf_counter()
    found = aligned(documents, cache, **options)  # type: ignore[arg-type] # options of aligned()
    seconds = time.perf_counter() - began
    show(name, [d.beads for d in documents], [d.beads for d in found])
    segments = sum(len(d.zh) + len(d.en) for d in documents)
    print(" " * 28, f"{seconds:.2f} s, {segments / seconds:.0f} segments/s")
    return found


def by_verse(
    beads: Sequence[tuple[Sequence[int], Sequence[int]]], verses: tuple[list[str], list[str]]
) -> list[Bead]:
    """Beads over verses: those that share a verse are merged."""
    merged: list[tuple[set[int], set[int]]] = []
    number = [{verse: place for place, verse in enumerate(dict.fromkeys(side))} for side in verses]
    for source, target in beads:
        zh = {number[0][verses[0][place]] for place in source}
        en = {number[1][verses[1][place]] for place in target}
        while merged and (merged[-1][0] & zh or merged[-1][1] & en):
            before = merged.pop()
            zh, en = zh | before[0], en | before[1]
        merged.append((zh, en))
    return [Bead(source=tuple(sorted(zh)), target=tuple(sorted(en))) for zh, en in merged]


def bible(folder: Path, cache: Path) -> None:
    """Prints the scores of the Bible set after merging the sentences of one verse."""
    with gzip.open(folder / "gold/bible-5k.jsonl.gz", "rt", encoding="utf-8") as stream:
        document = json.loads(stream.readline())
    verses = document["zh_verse"], document["en_verse"]
    pair = Document(zh=tuple(document["zh"]), en=tuple(document["en"]))
    began = time.perf_counter()
    found = align_batch([pair], cache=cache)[0]
    seconds = time.perf_counter() - began
    show(
        "bible, by verse",
        [by_verse(document["beads"], verses)],
        [by_verse([(b.source, b.target) for b in found.beads], verses)],
    )
    print(" " * 28, f"{seconds:.1f} s, {(len(pair.zh) + len(pair.en)) / seconds:.0f} segments/s")


def judged(gold: Sequence[Alignment], test: Sequence[Alignment]) -> Iterator[tuple[Bead, bool]]:
    """Each bead found, and whether it is right."""
    for wanted, found in zip(gold, test, strict=True):
        right = {(bead.source, bead.target) for bead in wanted.beads}
        yield from ((bead, (bead.source, bead.target) in right) for bead in found.beads)


def trust(pairs: Sequence[tuple[Bead, bool]]) -> None:
    """Prints how confidence and truth go together."""
    ordered = sorted(pairs, key=lambda pair: pair[0].score)
    wrong = sum(not right for _, right in ordered)
    lowest = sum(not right for _, right in ordered[: len(ordered) // 10])
    error = 0.0
    for tenth in range(10):
        inside = [(b.score, right) for b, right in ordered if min(9, int(b.score * 10)) == tenth]
        if inside:
            error += abs(math.fsum(score - right for score, right in inside))
    print(f"confidence: {len(ordered)} beads, {wrong} wrong, {lowest} of them in the lowest tenth")
    print(f"            expected calibration error {error / max(1, len(ordered)):.4f}")


def main() -> None:
    """Runs all measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "tm-bench-align")
    parser.add_argument("--bible", action="store_true")
    options = parser.parse_args()
    release = ROOT / "tests/eval/gold/2019-07-18-economy-h1.json"
    for state in ("first use", "cold"):
        print(f"{state}:", end=" ", flush=True)
        subprocess.run([sys.executable, "-c", _COLD, str(release), str(options.cache)], check=True)
    gold = releases()
    terms = TermBase.read(ROOT / "corpora/terms/sichuan-government.csv").concepts
    found = measure("releases", gold, options.cache)
    show("releases, crossing left out", *without_crossing([d.beads for d in gold], [d.beads for d in found]))
    measure("releases, batch", gold, options.cache, batch=True)
    measure("releases, terms", gold, options.cache, terms=terms)
    sets = {"releases": gold}
    folder = os.environ.get("TM_TEST_DATA")
    if folder:
        sets["reports"] = reports(Path(folder))
        measure("reports", sets["reports"], options.cache)
    pooled: list[tuple[Bead, bool]] = []
    for name, documents in sets.items():
        for level, kind in ((MODERATE, "moderate"), (HEAVY, "heavy")):
            worse = [noise(document, seed, level) for seed in SEEDS for document in documents]
            pooled += judged(worse, measure(f"{name}, {kind} noise", worse, options.cache))
    trust(pooled)
    if folder and options.bible:
        bible(Path(folder), options.cache)


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
