"""The floors that alignment and drafts hold on gold data."""

import json
from pathlib import Path

import pytest

from tm.alignment import Alignment, Document, align_batch
from tm.evaluate.alignment import score_alignment
from tm.evaluate.noise import HEAVY, MODERATE, noise
from tm.evaluate.releases import score_releases
from tm.model import Bead, Score
from tm.project.corpus import load_pair
from tm.project.drafting import Sources
from tm.project.folder import open_project
from tm.terms.base import TermBase

ROOT = Path(__file__).parents[2]
GOLD = sorted((ROOT / "tests/eval/gold").glob("*.json"))
SEEDS = (0, 1)


def gold_of(text):
    document = json.loads(text)
    beads = [Bead(source=tuple(source), target=tuple(target)) for source, target in document["beads"]]
    return Alignment(
        zh=tuple(document["zh"]),
        en=tuple(document["en"]),
        zh_para=document.get("zh_para"),
        en_para=document.get("en_para"),
        beads=tuple(beads),
    )


def releases():
    return [gold_of(path.read_text(encoding="utf-8")) for path in GOLD]


def scores(documents, cache, names, terms=None):
    """The scores of these names, each document aligned by itself."""
    pairs = [Document(zh=d.zh, en=d.en, zh_para=d.zh_para, en_para=d.en_para) for d in documents]
    found = [align_batch([pair], terms=terms, cache=cache)[0].beads for pair in pairs]
    measured = {score.name: score for score in score_alignment([d.beads for d in documents], found)}
    return [measured[name] for name in names]


def test_alignment_of_releases_holds_its_floors(cache, floors):
    names = ("strict F1", "lax F1", "null recall", "recall 1-1")
    floors.hold("align, releases", GOLD, scores(releases(), cache, names))


def test_alignment_with_the_term_base_holds_its_floors(cache, floors):
    terms = TermBase.read(ROOT / "corpora/terms/sichuan-government.csv").concepts
    floors.hold("align, releases, terms", GOLD, scores(releases(), cache, ("strict F1", "lax F1"), terms))


@pytest.mark.parametrize(("name", "level"), [("moderate noise", MODERATE), ("heavy noise", HEAVY)])
def test_alignment_of_noisy_releases_holds_its_floors(cache, floors, name, level):
    documents = [noise(document, seed, level) for seed in SEEDS for document in releases()]
    floors.hold(f"align, {name}", GOLD, scores(documents, cache, ("strict F1", "null recall")))


@pytest.mark.data
def test_alignment_of_government_reports_holds_its_floor(cache, floors, test_data):
    path = test_data / "gold/government-report.jsonl"
    documents = [gold_of(line) for line in path.read_text(encoding="utf-8").splitlines()]
    floors.hold("align, government report", [path], scores(documents, cache, ("strict F1",)))


# --- Drafts ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project():
    return open_project(ROOT)


@pytest.fixture(scope="module")
def samples(project):
    """The sample releases, which have gold data."""
    return [project.releases[path.stem] for path in GOLD]


def test_drafts_of_releases_hold_their_floors(project, samples, floors):
    later = tuple(name for name, folder in project.releases.items() if folder not in samples)
    texts = [folder / name for folder in samples for name in ("zh.txt", "en.txt", "align.tsv")]
    sources = Sources(memories=("sichuan",), without=later)
    measured = score_releases(project, samples, sources)
    floors.hold("drafts, releases", texts, [score for score in measured if not score.name.startswith("raw")])


def test_no_band_of_drafts_is_worse_than_the_raw_best_match(project, samples):
    later = tuple(name for name, folder in project.releases.items() if folder not in samples)
    measured = score_releases(project, samples, Sources(memories=("sichuan",), without=later))
    known = {(score.band, score.name): score.value for score in measured}
    for (band, name), value in known.items():
        if not name.startswith("raw") and name != "drafted":
            better = 1 if name != "TER" else -1
            assert better * value >= better * known[band, f"raw {name}"], (band, name)


def test_the_links_of_the_sample_releases_are_those_of_the_gold(samples):
    """So `tm evaluate align` measures against what the floors are measured against."""
    for folder, document in zip(samples, releases(), strict=True):
        pair = load_pair(folder)
        assert pair.beads
        assert all(bead.locked for bead in pair.beads)
        assert {(b.source, b.target) for b in pair.beads} == {(b.source, b.target) for b in document.beads}


# --- The floors themselves --------------------------------------------------------------------------------


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold"
    path.write_bytes(b"gold")
    return path


@pytest.fixture
def holding(floors, tmp_path, gold):
    """Holds scores against floors of 50, for BLEU from below, for TER from above."""
    path = tmp_path / "floors.json"
    path.write_text("{}", encoding="utf-8")

    def hold(bleu, ter=50.0, *, lift=False, signature="tok:13a|version:2"):
        scores = [
            Score(name=name, value=value, signature=signature, band="all", n=9)
            for name, value in (("BLEU", bleu), ("TER", ter))
        ]
        type(floors)(path, lift=lift).hold("drafts", [gold], scores)
        kept = json.loads(path.read_text(encoding="utf-8"))["drafts"]["floors"]
        return tuple(kept[name]["value"] for name in ("all BLEU", "all TER"))

    hold(50.0, lift=True)
    return hold


@pytest.mark.parametrize(("bleu", "ter"), [(49.999, 50.0), (50.0, 50.001)])
def test_a_worse_score_fails_even_when_floors_are_lifted_and_says_what_lifts_them(holding, bleu, ter):
    for lift in (False, True):
        with pytest.raises(AssertionError, match=r"TM_LIFT_FLOORS=1 pytest .*::test_a_worse_score"):
            holding(bleu, ter, lift=lift)


def test_a_better_score_lifts_its_floor_only_when_that_is_asked_for(holding):
    assert holding(60.12345, 40.0) == (50.0, 50.0)
    assert holding(60.12345, 40.00001, lift=True) == (60.1234, 40.0001)
    with pytest.raises(AssertionError, match="floor is 60"):
        holding(60.0, 40.0)


def test_other_gold_or_another_way_of_measuring_needs_floors_of_its_own(holding, gold):
    with pytest.raises(AssertionError, match="BLEU"):
        holding(70.0, signature="tok:zh|version:2")
    assert holding(50.0, signature="tok:13a|version:3") == (50.0, 50.0)
    gold.write_bytes(b"other")
    with pytest.raises(AssertionError, match="the gold is another"):
        holding(70.0)
    assert holding(30.0, lift=True) == (30.0, 50.0)
