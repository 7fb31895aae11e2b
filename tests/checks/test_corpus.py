"""The shipped corpus against the shipped terms: silent where right, loud where errors are planted."""

from __future__ import annotations

import dataclasses
import datetime
import gzip
import json
import os
import random
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from tm.checks.renderings import renderings
from tm.checks.rule import Context
from tm.checks.runner import check
from tm.checks.waivers import read_waivers, stale
from tm.formats.registry import format_for
from tm.model import Score, Segment, Term, TermStatus, Unit
from tm.terms.base import TermBase

ROOT = Path(__file__).parents[2]
DATA = os.environ.get("TM_TEST_DATA", "")
GOLD = sorted((ROOT / "tests/eval/gold").glob("*.json"))
NONSENSE = Term(lang="en", text="quixotic zebra", status=TermStatus.FORBIDDEN)


@cache
def _base():
    return TermBase.read(ROOT / "corpora/terms/sichuan-government.csv")


@cache
def _units(path):
    gold = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Unit(
            id=str(number),
            source=Segment(lang="zh-CN", text="".join(gold["zh"][at] for at in zh)),
            target=Segment(lang="en", text=" ".join(gold["en"][at] for at in en)),
        )
        for number, (zh, en) in enumerate(gold["beads"])
        if zh and en
    )


@cache
def _exceptions():
    table = json.loads((ROOT / "tests/eval/term-exceptions.json").read_text(encoding="utf-8"))
    return frozenset((case["release"], str(case["bead"]), case["zh"]) for case in table)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_the_corpus_has_no_findings_but_the_known_exceptions(path):
    found = {
        (path.stem, f.unit_id, f.term) for f in check(_units(path), _base(), select=["T", "C", "O", "S", "P"])
    }
    assert found <= _exceptions()


def test_findings_of_all_rules_hold_their_floors(floors):
    """Fewer are better: none but the known exceptions, and few of those, since most are understood."""
    found = [
        (path.stem, f.unit_id, f.term)
        for path in GOLD
        for f in check(_units(path), _base(), date=datetime.date.fromisoformat(path.stem[:10]))
    ]
    expected = sum(place in _exceptions() for place in found)
    signature = f"tm.checks|rules:all|terms:own|documents:{len(GOLD)}"
    units = sum(len(_units(path)) for path in GOLD)
    scores = {"wrong findings": len(found) - expected, "excepted findings": expected}
    floors.hold(
        "checks, releases",
        GOLD,
        [Score(name=name, value=value, signature=signature, n=units) for name, value in scores.items()],
    )


def test_the_sample_memory_has_no_finding_that_is_not_waived_and_no_stale_waiver():
    waivers = read_waivers(ROOT / "corpora/waivers.toml")
    with (ROOT / "tmx/sichuan.tmx").open("rb") as stream:
        units = list(format_for("sichuan.tmx", "read").reader(stream, path="sichuan.tmx"))
    assert len(units) > 300
    found = []
    for _release, members in groupby(units, key=lambda unit: unit.origin.release):
        document = tuple(members)
        found += check(document, _base(), waivers=waivers, date=document[0].origin.date)
    assert [(f.unit_id, f.rule, f.term) for f in found if not f.waived] == []
    assert stale(waivers, found) == ()


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="TM_TEST_DATA does not name the folder of third-party text")
@pytest.mark.parametrize("name", ["ntrex-newstest2019-enzh.tsv.gz", "tico19-test.tsv.gz"])
def test_good_translations_go_the_way_of_the_chinese(name):
    with gzip.open(Path(DATA) / "segments" / name, "rt", encoding="utf-8") as stream:
        pairs = [line.rstrip("\n").split("\t")[:2] for line in stream]
    units = [
        Unit(id="1", source=Segment(lang="zh-CN", text=zh), target=Segment(lang="en", text=en))
        for zh, en in pairs
    ]
    assert [f.message for f in check(units, select=["N107"])] == []


def test_planted_wrong_renderings_are_found():
    planted = [case for path in GOLD for case in _plantings(path)]
    assert len(planted) > 1000
    missed = [bad.text for units, zh, bad in planted if not _caught(units, zh, {"T102", "T103"})]
    assert missed == []


@pytest.mark.parametrize(
    ("name", "nonsense", "rules"),
    [("wrong renderings", False, {"T102", "T103"}), ("nonsense", True, {"T101", "N103", "N105"})],
)
def test_recall_of_planted_renderings_holds_its_floor(floors, name, nonsense, rules):
    planted = [case for path in GOLD for case in _plantings(path, nonsense=nonsense)]
    caught = sum(_caught(units, zh, rules) for units, zh, _bad in planted)
    signature = f"tm.checks|rules:{','.join(sorted(rules))}|terms:own|documents:{len(GOLD)}"
    score = Score(name="recall", value=caught / len(planted), signature=signature, n=len(planted))
    floors.hold(f"checks, planted {name}", GOLD, [score])


def test_a_random_term_base_is_not_satisfied():
    concepts = list(_base().concepts)
    others = concepts[:]
    random.Random(7).shuffle(others)  # noqa: S311 - a fixed shuffle, no secret
    wrong = TermBase(dataclasses.replace(one, en=two.en) for one, two in zip(concepts, others, strict=True))
    context = Context(terms=wrong)
    found = [r for path in GOLD for unit in _units(path) for r in renderings(unit, context)]
    assert len(found) > 900
    assert sum(bool(rendering.approved) for rendering in found) / len(found) < 0.05


def _plantings(path, *, nonsense=False):
    """Documents of up to three units whose last has one term rendered wrongly throughout."""
    units = _units(path)
    for number, unit in enumerate(units):
        for concept in {hit.concept.id: hit.concept for hit in _base().find_zh(unit.source.text)}.values():
            places = _apart(_base().find_en(concept, unit.target.text))
            wrong = concept.renderings(TermStatus.FORBIDDEN, TermStatus.DEPRECATED)
            for bad in [NONSENSE] if nonsense else wrong:
                text = unit.target.text
                for start, end in reversed(places):
                    text = text[:start] + bad.text + text[end:]
                changed = dataclasses.replace(unit, target=Segment(lang="en", text=text))
                if places:
                    yield [*units[max(0, number - 2) : number], changed], {t.text for t in concept.zh}, bad


def _apart(places):
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _caught(units, zh, rules):
    found = check(units, _base(), select=sorted(rules))
    return any(f.unit_id == units[-1].id and (f.term in zh or _of_value(f, zh)) for f in found)


def _of_value(finding, zh):
    """Units of amounts are the number rules' own, whose term is the whole amount."""
    return finding.rule.startswith("N") and any(term in finding.term for term in zh)
