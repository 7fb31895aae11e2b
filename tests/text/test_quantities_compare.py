"""Values of a Chinese text held against those of its English: no false alarm, no miss."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tm.model import Score
from tm.text.numbers import Kind, Strength
from tm.text.quantities import find_values
from tm.text.quantities_compare import compare_texts

GOLD = Path(__file__).parent.parent / "eval" / "gold"
DATA = os.environ.get("TM_TEST_DATA", "")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def gold_beads():
    for path in sorted(GOLD.glob("2*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for zh, en in gold["beads"]:
            if zh and en:
                source = "".join(gold["zh"][i] for i in zh)
                yield source, " ".join(gold["en"][i] for i in en), int(path.name[:4])


def test_the_gold_beads_have_no_finding():
    assert [(zh, en) for zh, en, year in gold_beads() if not compare_texts(zh, en, year=year).clean] == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("增长1.5倍", "rose by 150 percent"),
        ("增长了两倍", "tripled"),
        ("翻一番", "doubled"),
        ("三成", "30 percent"),
        ("一半", "half"),
        ("698.7亿斤", "34.935 million tonnes"),
        ("350万亩", "about 233,000 hectares"),
        ("2600亿元", "260 billion yuan (US$36.6 billion)"),
        ("16时", "4 p.m."),
        ("24小时", "around the clock"),
        ("两个月", "60 days"),
        ("30个项目，这30个项目", "30 projects"),
        ("5%、6%和7%", "5, 6 and 7 percent"),
        ("成都、资阳、巴中3市", "Chengdu, Ziyang and Bazhong"),
        ("第三十一条", "Article 31"),
        ("前9个月", "the first three quarters"),
        ("十九届五中全会", "the fifth plenary session of the 19th CPC Central Committee"),
        ("四中全会和“四个意识”", "the fourth plenary session and political awareness"),
        ("２０２０年", "2020"),
        ("时速350公里", "350 kilometers per hour"),
    ],
)
def test_equal_values_have_no_finding(zh, en):
    assert compare_texts(zh, en).clean


PAIRS = tomllib.loads((Path(__file__).parent / "value_pairs.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("pair", PAIRS["equal"])
def test_pairs_that_are_right_have_no_finding(pair):
    assert compare_texts(*pair.split("|")).clean


@pytest.mark.parametrize("pair", PAIRS["unequal"])
def test_pairs_that_are_wrong_have_a_finding(pair):
    assert not compare_texts(*pair.split("|")).clean


def test_what_is_wrong_is_told_apart():
    found = compare_texts("出口增长18.4%，进口增长16.4%", "Exports rose by 18.4 percent")
    assert [value.text for value in found.missing] == ["16.4%"]
    found = compare_texts("出口增长", "Exports rose by 18.4 percent")
    assert [value.text for value in found.extra] == ["18.4 percent"]
    found = compare_texts("投资2600亿元", "2.6 billion yuan was invested")
    assert [(zh.text, en.text) for zh, en in found.differing] == [("2600亿元", "2.6 billion yuan")]
    found = compare_texts("从45%提高到60%", "from 60 percent to 45 percent")
    assert len(found.swapped) == 2
    assert (found.missing, found.extra, found.differing) == ((), (), ())


def test_a_year_may_be_left_out_only_where_it_is_known():
    assert compare_texts("2018年11月21日", "November 21", year=2018).clean
    assert not compare_texts("2018年11月21日", "November 21").clean
    assert compare_texts("2018年11月21日", "November 21 last year").clean
    assert compare_texts("11月21日", "November 21, 2018").clean


def test_a_number_swapped_for_its_neighbour_is_found_though_every_number_is_there():
    assert not compare_texts("增长8.8%、9.9%、8.8%", "8.8 percent, 9.9 percent and 9.9 percent").clean


# --- Planted errors ---------------------------------------------------------------------------------


def _other_digit(text, rng):
    """Another first digit, so that the slip is no rounding of a converted amount."""
    found = re.search(r"[1-9]", text)
    if not found:
        return None
    digit = rng.choice([sign for sign in "123456789" if sign != found.group()])
    return text[: found.start()] + digit + text[found.end() :]


def _other_magnitude(text, _rng):
    for right, wrong in (("trillion", "billion"), ("billion", "million"), ("million", "billion")):
        if right in text:
            return text.replace(right, wrong)
    found = re.search(r"\d{1,3}(?:,\d{3})+", text)
    return text.replace(found.group(), found.group().rpartition(",")[0]) if found else None


def _other_unit(text, _rng):
    for right, wrong in (
        (" percentage points", " percent"),
        (" percent", " percentage points"),
        (" yuan", " US dollars"),
        ("kilometers", "miles"),
        ("tonnes", "kilograms"),
        ("hectares", "square kilometers"),
        ("mu", "hectares"),
        ("years", "months"),
        ("days", "weeks"),
    ):
        if text.endswith(right):
            return text.removesuffix(right) + wrong
    return None


def _other_date(text, rng):
    month = next((name for name in MONTHS if name in text), None)
    return text.replace(month, rng.choice([name for name in MONTHS if name != month])) if month else None


def _dropped(_text, _rng):
    return ""


SLIPS = {
    "digit": _other_digit,
    "magnitude": _other_magnitude,
    "unit": _other_unit,
    "date": _other_date,
    "dropped": _dropped,
}


def _allowed(value, year, slip):
    """Whether the slip leaves a right translation: a known year gone, one of two equal amounts gone."""
    if slip != "dropped":
        return False
    known_year = value.kind is Kind.DATE and value.date == (year, 0, 0)
    return known_year or value.unit in {"area", "half"} or value.strength is not Strength.FIRM


def test_recall_of_planted_slips_holds_its_floors(floors):
    rng = random.Random(20181121)  # noqa: S311 - slips by seed
    planted: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for zh, en, year in gold_beads():
        for value in find_values(en, "en"):
            if value.kind in {Kind.LABEL, Kind.CODE, Kind.WEEKDAY}:
                continue
            for name, slip in SLIPS.items():
                wrong = slip(value.text, rng)
                if wrong is None or wrong == value.text or _allowed(value, year, name):
                    continue
                planted[name] += 1
                text = en[: value.start] + wrong + en[value.end :]
                caught[name] += not compare_texts(zh, text, year=year).clean
    assert sum(planted.values()) > 900
    floors.hold(
        "values, planted slips",
        sorted(GOLD.glob("*.json")),
        [
            Score(name=f"recall {name}", value=caught[name] / count, signature="tm.text|slips", n=count)
            for name, count in sorted(planted.items())
        ],
    )


# --- Real text --------------------------------------------------------------------------------------


def _lines(name, step=1):
    with gzip.open(Path(DATA) / "segments" / name, "rt", encoding="utf-8") as stream:
        for number, line in enumerate(stream):
            if number % step == 0:
                yield line.rstrip("\n").split("\t")[:2]


def _report():
    text = (Path(DATA) / "gold" / "government-report.jsonl").read_text(encoding="utf-8")
    for gold in map(json.loads, text.splitlines()):
        for zh, en in gold["beads"]:
            if zh and en:
                yield "".join(gold["zh"][i] for i in zh), " ".join(gold["en"][i] for i in en)


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="TM_TEST_DATA does not name the folder of third-party text")
@pytest.mark.parametrize(
    ("texts", "most"),
    [
        (_report, 0.02),
        (lambda: _lines("ntrex-newstest2019-enzh.tsv.gz"), 0.015),
        (lambda: _lines("tico19-test.tsv.gz"), 0.01),
        (lambda: _lines("tw-law.hans.tsv.gz", 61), 0.03),
    ],
    ids=["government report", "news", "medical", "laws"],
)
def test_few_segments_of_good_translations_have_a_finding(texts, most):
    found = [compare_texts(zh, en).clean for zh, en in texts()]
    assert found.count(False) / len(found) <= most


def test_very_long_texts_are_compared_in_time_that_grows_with_them(cpu_seconds):
    def compare(times):
        zh, en = "投资5650亿元，增长7.6%。" * times, "565 billion yuan, up 7.6 percent. " * times
        assert compare_texts(zh, en).clean

    short = cpu_seconds(lambda: compare(500))
    assert cpu_seconds(lambda: compare(4000), turns=1) < 24 * max(short, 0.02)
