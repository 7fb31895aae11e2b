"""What is said to be lost is lost, all else comes back, and nothing is said without cause."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace

import pytest

from tm.formats import tmx
from tm.formats.base import Feature
from tm.formats.losses import Losses
from tm.formats.registry import FORMATS
from tm.model import Code, Context, Header, Memory, Note, Origin, Prop, Segment, Status, Unit, Variant

PLAIN = Unit(
    id="1", source=Segment(lang="zh-CN", text="省政府"), target=Segment(lang="en", text="Government")
)
WRITABLE = tuple(known for known in FORMATS if known.can("write") and known.can("read"))
MOMENT = datetime.datetime(2019, 4, 23, tzinfo=datetime.UTC)
TMX = """<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t"
adminlang="en" srclang="zh-CN" datatype="plaintext"/><body><tu tuid="1"{tu}><tuv xml:lang="zh-CN">{tuv}
<seg>省政府</seg></tuv><tuv xml:lang="en"><seg>Government</seg></tuv></tu></body></tmx>"""


def from_tmx(**places):
    (unit,) = tmx.read(io.BytesIO(TMX.format(**{"tu": "", "tuv": "", **places}).encode()), path="a.tmx")
    return unit


CODES = (Code(offset=0, kind="ph", i="", x="1", text="<br/>"),)
UNITS = {
    Feature.CODES: (replace(PLAIN, source=replace(PLAIN.source, codes=CODES)),),
    Feature.VARIANTS: (replace(PLAIN, others=(Variant(segment=Segment(lang="fr", text="Gouvernement")),)),),
    Feature.SPELLINGS: (
        PLAIN,
        replace(PLAIN, id="2"),
        replace(PLAIN, id="3", target=replace(PLAIN.target, lang="en-US")),
    ),
    Feature.STATUS: (replace(PLAIN, status=Status.REVIEWED),),
    Feature.ORIGIN: (replace(PLAIN, origin=Origin(release="r", created=MOMENT, creator="Li")),),
    Feature.CONTEXT: (replace(PLAIN, context=Context(previous="前", next="后", key="k")),),
    Feature.NOTES: (replace(PLAIN, notes=(Note(text="look"),)),),
    Feature.NOTE_BOUNDS: (replace(PLAIN, notes=(Note(text="look"), Note(text="again"))),),
    Feature.PROPS: (replace(PLAIN, props=(Prop(type="x-a", text="b"),)),),
    Feature.LANGUAGES: (replace(PLAIN, notes=(Note(text="look", lang="en"),)),),
    Feature.ENCODINGS: (replace(PLAIN, props=(Prop(type="x-a", text="b", encoding="gb2312"),)),),
    Feature.SIDES: (from_tmx(tuv="<note>n</note>"),),
    Feature.MARKUP: (from_tmx(tu=' usagecount="3"'),),
}


def passed(known, units):
    """The units after writing and reading, and what was said to be lost."""
    losses, stream = Losses(known), io.BytesIO()
    known.writer(losses.watch(Memory(name="m", header=Header(), units=units)), stream)
    stream.seek(0)
    return tuple(known.reader(stream, path=f"m{known.endings[0]}")), losses.found()


def whole(unit):
    """All of a unit, what only TMX has included, but not where in a file it stood."""
    return replace(unit, extra=None), unit.extra


@pytest.mark.parametrize("feature", Feature)
@pytest.mark.parametrize("known", WRITABLE, ids=lambda known: known.name)
def test_a_format_loses_exactly_what_it_says(known, feature):
    units = UNITS[feature]
    back, said = passed(known, units)
    assert bool(said) is (feature in known.loses)
    assert (list(map(whole, back)) != list(map(whole, units))) is (feature in known.loses)


@pytest.mark.parametrize("known", WRITABLE, ids=lambda known: known.name)
def test_nothing_is_said_of_plain_units(known):
    back, said = passed(known, (PLAIN,))
    assert back == (PLAIN,)
    assert said == ()


def test_what_is_lost_is_counted_in_units():
    csv = next(known for known in WRITABLE if known.name == "CSV")
    units = [*UNITS[Feature.CODES], replace(UNITS[Feature.CODES][0], id="2"), *UNITS[Feature.VARIANTS]]
    assert passed(csv, units)[1] == (
        "inline codes (2 units)",
        "further languages or translations of a unit (1 unit)",
    )


def test_units_that_are_read_twice_are_counted_once():
    csv = next(known for known in WRITABLE if known.name == "CSV")
    losses = Losses(csv)
    watched = losses.watch(Memory(name="m", header=Header(), units=UNITS[Feature.CODES]))
    for _time in range(2):
        assert len(tuple(watched)) == 1
    assert losses.found() == ("inline codes (1 unit)",)


def test_a_stream_of_units_stays_one():
    csv = next(known for known in WRITABLE if known.name == "CSV")
    back, said = passed(csv, iter(UNITS[Feature.CODES]))
    assert [unit.id for unit in back] == ["1"]
    assert said == ("inline codes (1 unit)",)
