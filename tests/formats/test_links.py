"""Links survive being written, hold for exactly their texts, and every fault in them has its line."""

from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.errors import FormatError
from tm.formats.links import from_beads, read, segment_ids, text_digest, to_beads, write
from tm.model import Bead

DIGESTS = (text_digest("甲"), text_digest("a"))


def written(links):
    stream = io.BytesIO()
    write(links, stream)
    return stream.getvalue()


def parse(raw):
    return read(io.BytesIO(raw), path="align.tsv")


@st.composite
def alignments(draw):
    """Segment texts of both sides (with repeats) and beads that cover them."""
    shapes = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)).filter(any), max_size=8))
    scores = draw(st.lists(st.integers(0, 1000), min_size=len(shapes), max_size=len(shapes)))
    locks = draw(st.lists(st.booleans(), min_size=len(shapes), max_size=len(shapes)))
    beads, zh, en = [], 0, 0
    for (left, right), score, locked in zip(shapes, scores, locks, strict=True):
        beads.append(
            Bead(
                source=tuple(range(zh, zh + left)),
                target=tuple(range(en, en + right)),
                score=score / 1000,
                locked=locked,
            )
        )
        zh, en = zh + left, en + right
    texts = st.lists(st.sampled_from(["甲。", "乙。", "丙。"]), min_size=zh, max_size=zh)
    others = st.lists(st.sampled_from(["A.", "B.", "C."]), min_size=en, max_size=en)
    return draw(texts), draw(others), tuple(beads)


@settings(deadline=None)
@given(alignments())
def test_beads_come_back_from_the_file(case):
    zh, en, beads = case
    links = from_beads(beads, zh=zh, en=en, digests=DIGESTS)
    again = parse(written(links))
    assert to_beads(again, zh=zh, en=en) == beads
    assert written(again) == written(links)


def test_an_id_is_the_beginning_of_the_digest_and_repeats_are_numbered():
    name = hashlib.sha256("甲。".encode()).hexdigest()[:8]
    assert segment_ids(["甲。", "乙。", "甲。", "甲。"])[::2] == (name, f"{name}.2")
    assert segment_ids(["甲。", "乙。", "甲。", "甲。"])[3] == f"{name}.3"


def test_links_hold_for_exactly_their_texts():
    links = from_beads((), zh=(), en=(), digests=DIGESTS)
    assert links.fits("甲", "a")
    assert not links.fits("甲", "a\n")


def test_a_bead_out_of_order_is_marked_as_crossing():
    beads = (Bead(source=(0,), target=(1,)), Bead(source=(1,), target=(0,)))
    links = from_beads(beads, zh=["甲", "乙"], en=["A", "B"], digests=DIGESTS)
    assert [bead.crossing for bead in to_beads(links, zh=["甲", "乙"], en=["A", "B"])] == [False, True]


def test_the_file_is_as_documented():
    beads = (Bead(source=(0, 1), target=(0,), score=0.93), Bead(source=(), target=(1,), locked=True))
    raw = written(from_beads(beads, zh=["甲", "乙"], en=["A", "B"], digests=DIGESTS)).decode()
    zh, en = segment_ids(["甲", "乙"]), segment_ids(["A", "B"])
    assert raw.split("\n") == [
        "# schema: tm.links/1",
        f"# zh: {DIGESTS[0]}",
        f"# en: {DIGESTS[1]}",
        "zh\ten\tscore\tby",
        f"{zh[0]}+{zh[1]}\t{en[0]}\t0.930\tmachine",
        f"\t{en[1]}\t1.000\treviewed",
        "",
    ]


GOOD = written(from_beads([Bead(source=(0,), target=(0,))], zh=["甲"], en=["A"], digests=DIGESTS)).decode()


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("# schema: tm.links/1", "# schema: tm.links/9", 1),
        ("# en:", "# enn:", 4),
        ("zh\ten\tscore", "zh\ten\tscores", 4),
        ("\tmachine", "", 5),
        ("\tmachine", "\tsomebody", 5),
        ("\t1.000", "\tnan", 5),
        ("\t1.000", "\t1.5", 5),
        ("\tmachine\n", "\tmachine\n\t\t0.5\tmachine\n", 6),
    ],
)
def test_a_fault_is_an_error_with_its_line(before, after, line):
    with pytest.raises(FormatError) as caught:
        parse(GOOD.replace(before, after).encode())
    assert caught.value.line == line


def test_a_segment_linked_twice_is_an_error():
    with pytest.raises(FormatError, match="linked already, in line 5"):
        parse((GOOD + GOOD.split("\n")[4] + "\n").encode())


def test_links_to_other_texts_are_errors():
    links = parse(GOOD.encode())
    with pytest.raises(FormatError, match="no segment"):
        to_beads(links, zh=["乙"], en=["A"])
    with pytest.raises(FormatError, match="no link"):
        to_beads(links, zh=["甲"], en=["A", "B"])


def test_an_empty_file_is_an_error():
    with pytest.raises(FormatError, match="first line"):
        parse(b"")
