"""How good drafts of real text are: the raw best match beside the draft, by band and for what was changed.

    TM_TEST_DATA=… python tests/bench/bench_leverage.py [laws] [reports] [--units 50000] [--show 20]

laws: every twelfth law is left out of a memory of laws and drafted from it. reports: the report of each year
is drafted from the reports of the years before. The raw best match is the target of the best match as it
stands in the memory, whatever its score; the draft is what `tm leverage` would give.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import os
import random
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extractOne
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from tm.alignment import align
from tm.drafting import LeverageOptions, leverage
from tm.drafting.analysis import BANDS, wanted
from tm.formats import tmx
from tm.matching.lookup import Lookup
from tm.matching.options import MatchOptions
from tm.model import Draft, Header, MatchKind, Memory, Origin, Place, Segment, Unit
from tm.segment import PlacedSegment, split
from tm.store.units import UnitTable

RAW_FROM = 50.0  # percent: the lowest band
THRESHOLD = 70.0  # percent: the usual threshold of drafts
CACHE = Path(tempfile.gettempdir()) / "tm-bench-cache"
RESAMPLES = 500

Pair = tuple[str, str, str]
"""Chinese, English, and the release both come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A drafted segment beside what was published."""

    source: str
    published: str
    draft: Draft
    best: Pair
    score: float

    @property
    def raw(self) -> str:
        """The best match's target as the memory has it, however little alike it is."""
        return self.best[1]

    @property
    def ours(self) -> str:
        """The draft; where there is none, what was there without it."""
        known = self.draft.kind not in (MatchKind.TERMS, MatchKind.NONE)
        return self.draft.target if known else self.raw

    @property
    def band(self) -> str:
        """The band of the best match."""
        return next(name for name, lowest in BANDS if self.score >= lowest)

    @property
    def only(self) -> str:
        """What the source differs in from the match's: "number" when in nothing else, "" otherwise."""
        if self.score >= 100:
            return ""
        masked = [_without_figures(text) for text in (self.source, self.best[0])]
        return "number" if masked[0] == masked[1] else ""


def main() -> None:
    options = _options()
    folder = Path(os.environ["TM_TEST_DATA"])
    sets: dict[str, Callable[[], Iterator[tuple[list[Pair], list[Pair]]]]] = {
        "laws": lambda: _laws(folder, options.units),
        "reports": lambda: _reports(folder),
    }
    for name in options.sets or sets:
        judged = [one for known, new in sets[name]() for one in _drafted(known, new)]
        print(f"== {name}: {len(judged)} segments")
        _report(judged)
        _show(judged, options.show)


def _laws(folder: Path, units: int) -> Iterator[tuple[list[Pair], list[Pair]]]:
    """One memory of laws, and every twelfth law left out of it."""
    with gzip.open(folder / "segments/tw-law.hans.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        pairs = [
            (zh, en, mark.partition("#")[0]) for zh, en, mark in csv.reader(file, "excel-tab", quoting=3)
        ]
    names = sorted({law for _zh, _en, law in pairs})
    random.Random(7).shuffle(names)  # noqa: S311 - a benchmark
    chosen: set[str] = set()
    size = dict.fromkeys(names, 0)
    for _zh, _en, law in pairs:
        size[law] += 1
    total = 0
    for law in names:
        if total < units:
            chosen.add(law)
            total += size[law]
    out = set(sorted(chosen)[::12])
    yield (
        [pair for pair in pairs if pair[2] in chosen - out],
        [pair for pair in pairs if pair[2] in out],
    )


def _reports(folder: Path) -> Iterator[tuple[list[Pair], list[Pair]]]:
    """For each year but the first: the earlier reports, and the report."""
    known: list[Pair] = []
    for path in sorted((folder / "releases/gwr").glob("*.align.json")):
        year = path.name.removesuffix(".align.json")
        new = list(_report_pairs(path, year))
        if known:
            yield known, new
        known = known + new


def _report_pairs(path: Path, year: str) -> Iterator[Pair]:
    texts = {
        lang: path.with_name(f"{year}.{lang}.txt").read_text(encoding="utf-8").split("\n")
        for lang in ("zh", "en")
    }
    sides: dict[str, list[str]] = {"zh": [], "en": []}
    paras: dict[str, list[int]] = {"zh": [], "en": []}
    for number, group in enumerate(json.loads(path.read_text(encoding="utf-8"))["units"]):
        for lang, tag in (("zh", "zh-CN"), ("en", "en")):
            first, last = group[lang]
            for line in texts[lang][first:last]:
                for start, end in split(line, tag):
                    sides[lang].append(line[start:end])
                    paras[lang].append(number)
    found = align(sides["zh"], sides["en"], zh_para=paras["zh"], en_para=paras["en"])
    for bead in found.beads:
        if bead.source and bead.target:
            zh = "".join(sides["zh"][n] for n in bead.source)
            en = " ".join(sides["en"][n] for n in bead.target)
            yield zh, en, year


def _drafted(known: Sequence[Pair], new: Sequence[Pair]) -> Iterator[Judged]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "known.tmx"
        units = [
            Unit(
                id=f"{release}/{n}",
                source=Segment(lang="zh-CN", text=zh),
                target=Segment(lang="en", text=en),
                origin=Origin(release=release),
            )
            for n, (zh, en, release) in enumerate(known)
        ]
        stream = io.BytesIO()
        tmx.write(Memory(name="known", header=Header(), units=units), stream)
        file.write_bytes(stream.getvalue())
        placed = [
            PlacedSegment(
                segment=Segment(lang="zh-CN", text=zh),
                place=Place(file=release, line=n + 1, block=n, paragraph=n, index=n),
            )
            for n, (zh, _en, release) in enumerate(new)
        ]
        with UnitTable.open(file, Path(folder) / "cache") as table:
            lookup = Lookup.open([table])
            options = LeverageOptions(match=MatchOptions(threshold=THRESHOLD), cache=CACHE)
            document = leverage(placed, lookup, options=options)
            raw = lookup.matches(wanted(placed), MatchOptions(threshold=RAW_FROM, limit=1))
        for (zh, en, _release), draft, matches in zip(new, document.drafts, raw, strict=True):
            best, score = (
                ((matches[0].unit.source.text, matches[0].unit.target.text, ""), matches[0].score)
                if matches
                else (_nearest(zh, known), 0.0)
            )
            yield Judged(source=zh, published=en, draft=draft, best=best, score=score)


def _nearest(text: str, known: Sequence[Pair]) -> Pair:
    """The pair whose Chinese is most alike, by comparison with all."""
    found = extractOne(text, [pair[0] for pair in known], scorer=Levenshtein.normalized_similarity)
    return known[found[2]]


def _report(judged: Sequence[Judged]) -> None:
    groups: list[tuple[str, list[Judged]]] = []
    for name, _lowest in BANDS:
        groups.append((name, [one for one in judged if one.band == name and one.raw]))
    groups.append(("number only", [one for one in judged if one.only == "number"]))
    groups.append(("repaired", [one for one in judged if one.draft.edits and one.raw]))
    groups.append(("clauses", [one for one in judged if one.draft.kind is MatchKind.CLAUSE and one.raw]))
    print(f"{'group':12} {'n':>5}  raw BLEU/chrF/TER/right     draft BLEU/chrF/TER/right    BLEU gain (95 %)")
    for name, members in groups:
        if members:
            raw = _scores([one.raw for one in members], members)
            ours = _scores([one.ours for one in members], members)
            low, high = _interval(members)
            print(
                f"{name:12} {len(members):5}  "
                + " ".join(f"{value:6.1f}" for value in raw)
                + "   "
                + " ".join(f"{value:6.1f}" for value in ours)
                + f"   {ours[0] - raw[0]:+.1f} [{low:+.1f}, {high:+.1f}]"
            )
    new = [one for one in judged if one.score < THRESHOLD]
    touched = sum(one.draft.kind is MatchKind.CLAUSE for one in new)
    print(f"assembled from clauses: {touched} of {len(new)} segments without a match of 70 or more")


def _scores(texts: Sequence[str], members: Sequence[Judged]) -> tuple[float, float, float, float]:
    """BLEU, chrF, TER, and the share of segments that are right word for word, in percent."""
    published = [[one.published for one in members]]
    right = sum(text == one.published for text, one in zip(texts, members, strict=True))
    return (
        BLEU().corpus_score(list(texts), published).score,
        CHRF().corpus_score(list(texts), published).score,
        TER().corpus_score(list(texts), published).score,
        100 * right / len(members),
    )


def _interval(members: Sequence[Judged]) -> tuple[float, float]:
    """The bootstrap interval of the gain in BLEU over resampled segments."""
    if len(members) < 5 or len(members) > 3000 or all(one.raw == one.ours for one in members):
        return (0.0, 0.0)
    metric = BLEU()
    published = [[one.published for one in members]]
    both = [
        metric._extract_corpus_statistics([text(one) for one in members], published)
        for text in (lambda one: one.raw, lambda one: one.ours)
    ]
    chance = random.Random(1)  # noqa: S311 - a benchmark
    gains = []
    for _sample in range(RESAMPLES):
        chosen = [chance.randrange(len(members)) for _one in members]
        raw, ours = (
            metric._compute_score_from_stats(
                [sum(c) for c in zip(*(stats[n] for n in chosen), strict=True)]
            ).score
            for stats in both
        )
        gains.append(ours - raw)
    gains.sort()
    return gains[int(0.025 * RESAMPLES)], gains[int(0.975 * RESAMPLES)]


def _show(judged: Sequence[Judged], count: int) -> None:
    """Some drafts that were changed, to be read."""
    changed = [one for one in judged if one.draft.edits or one.draft.kind is MatchKind.CLAUSE]
    random.Random(3).shuffle(changed)  # noqa: S311 - a benchmark
    for one in changed[:count]:
        edits = "; ".join(f"{edit.kind}: {edit.before} → {edit.after}" for edit in one.draft.edits)
        match = one.best[0]
        print(f"\n[{one.draft.kind.value} {one.draft.score}] {one.source}\n  match {match}")
        print(f"  raw   {one.raw}\n  draft {one.draft.target}\n  edits {edits}\n  publ. {one.published}")


def _without_figures(text: str) -> str:
    """The text with every figure made one mark."""
    return re.sub("[0-9.,%〇零一二三四五六七八九十百千万亿两]+", "#", text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="*", default=[], help="laws, reports (default: both)")
    parser.add_argument("--units", type=int, default=50_000)
    parser.add_argument("--show", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
