from __future__ import annotations

import datetime
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tm.model import Code, Context, Header, Note, Origin, Prop, Segment, Status, Unit
from tm.store.codec import decode_header, decode_unit, encode_header, encode_unit

TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
LANG = st.sampled_from(["zh-CN", "zh-Hans", "en", "en-US", ""])
MOMENT = st.none() | st.datetimes(timezones=st.just(datetime.UTC))
NOTES = st.lists(st.builds(Note, text=TEXT, lang=LANG, encoding=TEXT), max_size=2).map(tuple)
PROPS = st.lists(st.builds(Prop, type=TEXT, text=TEXT, lang=LANG, encoding=TEXT), max_size=3).map(tuple)
BARE = st.builds(
    Code,
    offset=st.integers(0, 9),
    kind=st.sampled_from(["bpt", "ept", "it", "ph", "hi", "sub", "ut"]),
    i=TEXT,
    x=TEXT,
    type=TEXT,
    text=TEXT,
    length=st.integers(0, 9),
    attributes=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
)
CODE = st.recursive(
    BARE,
    lambda inner: st.builds(
        lambda code, children: replace(code, children=tuple(children)), BARE, st.lists(inner, max_size=2)
    ),
    max_leaves=3,
)
SEGMENT = st.builds(Segment, lang=LANG, text=TEXT, codes=st.lists(CODE, max_size=2).map(tuple))
UNIT = st.builds(
    Unit,
    id=TEXT,
    source=SEGMENT,
    target=SEGMENT,
    origin=st.builds(
        Origin,
        release=TEXT,
        index=st.none() | st.integers(0),
        created=MOMENT,
        creator=TEXT,
        changed=MOMENT,
        changer=TEXT,
    ),
    context=st.builds(Context, previous=TEXT, next=TEXT, key=TEXT),
    status=st.sampled_from(Status),
    notes=NOTES,
    props=PROPS,
)
HEADER = st.builds(Header, source_lang=LANG, target_lang=LANG, tool=TEXT, kind=TEXT, notes=NOTES, props=PROPS)


@settings(deadline=None)
@given(UNIT, HEADER)
def test_every_unit_comes_back_from_its_texts_its_release_and_the_rest(unit, header):
    rest = encode_unit(unit, header)
    known = Unit(
        id=unit.id,
        source=Segment(lang="", text=unit.source.text),
        target=Segment(lang="", text=unit.target.text),
        origin=Origin(release=unit.origin.release),
    )
    assert decode_unit(rest, header, known) == unit


@settings(deadline=None)
@given(HEADER)
def test_every_header_comes_back(header):
    assert decode_header(encode_header(header)) == header


def test_a_plain_unit_needs_nothing_more():
    unit = Unit(id="1", source=Segment(lang="zh-CN", text="一"), target=Segment(lang="en", text="one"))
    assert encode_unit(unit, Header()) == ""
