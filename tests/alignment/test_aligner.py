"""What every alignment promises, whatever the texts."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tm.alignment import Document, align, align_batch
from tm.errors import InputError
from tm.model import Bead, Concept, Term

GOLD = Path(__file__).parents[2] / "tests/eval/gold"
LONG = "2018-11-21-four-areas-coordination"
ZH = st.lists(st.text("经济发展会议召开2019年7%，。四川", min_size=0, max_size=12), max_size=7)
EN = st.lists(
    st.sampled_from(["The economy grew.", "7 percent", "", "Sichuan", "A meeting in 2019.", "x"]), max_size=7
)


def gold(name):
    return json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))


def aligned(document, cache, **options):
    return align(
        document["zh"],
        document["en"],
        zh_para=document["zh_para"],
        en_para=document["en_para"],
        cache=cache,
        **options,
    )


def plain(alignment):
    return [(bead.source, bead.target) for bead in alignment.beads]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ZH, EN, st.booleans())
def test_every_segment_is_in_exactly_one_bead_and_beads_are_in_order(cache, zh, en, structured):
    zh_para, en_para = (list(range(len(zh))), [0] * len(en)) if structured else (None, None)
    beads = align(zh, en, zh_para=zh_para, en_para=en_para, cache=cache).beads
    assert sorted(place for bead in beads for place in bead.source) == list(range(len(zh)))
    assert sorted(place for bead in beads for place in bead.target) == list(range(len(en)))
    firsts = [bead.source[0] for bead in beads if bead.source]
    assert firsts == sorted(firsts)
    assert all(0 <= bead.score <= 1 for bead in beads)
    straight = [bead.target for bead in beads if bead.target and not bead.crossing]
    assert all(first[-1] < second[0] for first, second in pairwise(straight))


def test_the_same_texts_give_the_same_alignment(cache):
    document = gold(LONG)
    assert aligned(document, cache) == aligned(document, cache)


@pytest.mark.parametrize(("zh", "en"), [([], []), (["会议召开。"], []), ([], ["A meeting."])])
def test_an_empty_side_leaves_the_other_one_alone(cache, zh, en):
    beads = align(zh, en, cache=cache).beads
    assert [(bead.source, bead.target) for bead in beads] == [((n,), ()) for n in range(len(zh))] + [
        ((), (n,)) for n in range(len(en))
    ]


def test_neighbours_that_changed_places_are_reported_as_crossing(cache):
    document = gold(LONG)
    found = aligned(document, cache)
    crossing = [(b.source, b.target) for b in found.beads if b.crossing]
    wanted = [(tuple(z), tuple(e)) for z, e in document["beads"]]
    assert len(crossing) == 1
    assert crossing[0] in wanted


def test_a_segment_moved_far_is_found_again(cache):
    document = gold("2019-04-19-economy-q1")
    zh = document["zh"]
    moved = [*zh[:8], *zh[9:14], zh[8], *zh[14:]]
    found = align(moved, document["en"], cache=cache)
    assert ((13,), (9,)) in plain(found)
    assert [b.source for b in found.beads if b.crossing] == [(13,)]


@pytest.mark.parametrize("dropped", range(1, 10))
@pytest.mark.parametrize("side", [0, 1])
def test_after_a_dropped_paragraph_the_alignment_is_back_in_step_within_two_beads(cache, dropped, side):
    document = gold(LONG)
    name = ("zh", "en")[side]
    paragraphs = document[f"{name}_para"]
    kept = [place for place, paragraph in enumerate(paragraphs) if paragraph != dropped]
    shorter = {
        **document,
        name: [document[name][place] for place in kept],
        f"{name}_para": [paragraphs[place] for place in kept],
    }
    found = set(plain(aligned(shorter, cache)))
    new = {old: place for place, old in enumerate(kept)}
    first = max(place for place, paragraph in enumerate(paragraphs) if paragraph == dropped) + 1
    expected = [
        bead for bead in plain(aligned(document, cache)) if bead[0] and bead[1] and bead[side][0] >= first
    ]
    for bead in expected[2:]:
        moved = tuple(new[place] for place in bead[side])
        assert ((moved, bead[1]) if side == 0 else (bead[0], moved)) in found


def test_locked_beads_are_kept_and_the_rest_is_aligned_around_them(cache):
    document = gold(LONG)
    wrong = Bead(source=(3,), target=(4, 5), locked=True)
    found = aligned(document, cache, locked=[wrong])
    assert ((3,), (4, 5)) in plain(found)
    assert [bead.locked for bead in found.beads].count(True) == 1
    places = [n for bead in found.beads for n in bead.target]
    assert sorted(places) == list(range(len(document["en"])))


def test_a_bead_never_crosses_a_locked_bead(cache):
    document = gold(LONG)
    lock = Bead(source=(12,), target=(12,))
    for bead in aligned(document, cache, locked=[lock]).beads:
        if bead.source and bead.target and not bead.locked:
            assert (bead.source[-1] < 12) == (bead.target[-1] < 12)


def test_locking_the_whole_alignment_changes_nothing(cache):
    found = aligned(gold(LONG), cache)
    assert plain(aligned(gold(LONG), cache, locked=found.beads)) == plain(found)


def test_a_locked_one_sided_bead_stays_alone(cache):
    found = aligned(gold(LONG), cache, locked=[Bead(source=(0,), target=())])
    assert ((0,), ()) in plain(found)


@pytest.mark.parametrize(
    ("locked", "message"),
    [
        ([Bead(source=(0,), target=(0,)), Bead(source=(0,), target=(1,))], "two locked beads"),
        ([Bead(source=(9,), target=(0,))], "does not exist"),
        ([Bead(source=(0,), target=(-1,))], "does not exist"),
    ],
)
def test_locked_beads_that_cannot_be_are_refused(locked, message):
    with pytest.raises(InputError, match=message):
        Document(zh=("一", "二"), en=("a", "b"), locked=tuple(locked))


@pytest.mark.parametrize(
    ("sides", "message"),
    [(("en", "zh"), "the Chinese side is not Chinese"), (("zh", "zh"), "the English side is Chinese")],
)
def test_swapped_sides_and_one_language_twice_are_refused(sides, message):
    document = gold(LONG)
    with pytest.raises(InputError, match=message):
        Document(zh=tuple(document[sides[0]]), en=tuple(document[sides[1]]))


def test_paragraph_numbers_must_fit_the_segments():
    with pytest.raises(InputError, match="3 paragraph numbers for 2 segments"):
        Document(zh=("一", "二"), en=("a",), zh_para=(0, 1, 2))


def test_a_batch_gives_one_alignment_a_document_and_no_documents_none(cache):
    document = gold(LONG)
    pair = Document(zh=tuple(document["zh"]), en=tuple(document["en"]))
    empty = Document(zh=(), en=())
    found = align_batch([pair, empty, pair], cache=cache)
    assert plain(found[0]) == plain(found[2])
    assert found[1].beads == ()
    assert align_batch([], cache=cache) == []


def test_reasons_name_the_cues_and_terms_are_among_them(cache):
    term = Concept(
        id="gdp",
        zh=(Term(lang="zh", text="地区生产总值"),),
        en=(Term(lang="en", text="GDP"),),
    )
    document = gold("2019-04-19-economy-q1")
    with_terms = aligned(document, cache, terms=[term])
    bead = next(b for b in with_terms.beads if b.source == (2,))
    assert dict(bead.reasons)["terms"] > 0
    assert dict(bead.reasons)["values"] > 0
    assert "terms" not in dict(aligned(document, cache).beads[2].reasons)


def test_unrelated_texts_are_not_trusted(cache):
    zh = gold("2019-04-19-economy-q1")["zh"][:12]
    en = [
        "The lighthouse keeper lost his umbrella.",
        "Violins were tuned behind the curtain.",
        "A recipe for plum cake needs butter.",
        "She painted her bicycle green.",
        "The dragon slept under the bridge.",
        "Nobody answered the telephone.",
    ]
    beads = align(zh, en, cache=cache).beads
    assert max((b.score for b in beads if b.source and b.target), default=0.0) < 0.5
