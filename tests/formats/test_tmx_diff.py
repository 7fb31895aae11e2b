"""Writing is deterministic, and an edit of one unit is an edit of that unit's lines only."""

from __future__ import annotations

import datetime
import difflib
import io
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tm.formats import tmx
from tm.model import Context, Header, Memory, Note, Origin, Prop, Segment, Status, Unit, Variant

TEXTS = st.text(st.sampled_from("一二 a&<\n\r\t\u2028\u0085]"), max_size=5)
SEGMENTS = st.builds(lambda text: Segment(lang="zh-CN", text=text), TEXTS)
MOMENTS = st.none() | st.integers(1, 28).map(lambda day: datetime.datetime(2026, 1, day, tzinfo=datetime.UTC))
FIELDS = {
    "source": SEGMENTS,
    "target": SEGMENTS.map(lambda segment: replace(segment, lang="en")),
    "origin": st.builds(Origin, release=TEXTS, creator=TEXTS, created=MOMENTS, changed=MOMENTS),
    "context": st.builds(Context, previous=TEXTS, next=TEXTS, key=TEXTS),
    "status": st.sampled_from(Status),
    "notes": st.lists(st.builds(Note, text=TEXTS), max_size=2).map(tuple),
    "props": st.lists(st.builds(Prop, type=st.just("x-a"), text=TEXTS), max_size=2).map(tuple),
    "others": st.lists(
        st.builds(Variant, segment=SEGMENTS.map(lambda found: replace(found, lang="fr"))), max_size=1
    ).map(tuple),
}
UNITS = st.builds(Unit, id=st.just(""), **FIELDS)
MEMORIES = st.lists(UNITS, min_size=1, max_size=8).map(
    lambda units: [replace(unit, id=f"u{number}") for number, unit in enumerate(units)]
)
EDITS = st.fixed_dictionaries({}, optional=FIELDS)


def written(units: list[Unit]) -> bytes:
    stream = io.BytesIO()
    tmx.write(Memory(name="m", header=Header(kind="working"), units=units), stream)
    return stream.getvalue()


def lines_of(raw: bytes, unit: str) -> range:
    """Where a unit stands: its first line, and the one behind its last."""
    lines = raw.split(b"\n")
    first = next(at for at, line in enumerate(lines) if line.startswith(f'    <tu tuid="{unit}"'.encode()))
    return range(first, first + lines[first:].index(b"    </tu>") + 1)


def check(before: bytes, after: bytes, unit: str) -> None:
    """Fails unless every line that differs is one of this unit."""
    old, new = lines_of(before, unit), lines_of(after, unit)
    olds, news = before.split(b"\n"), after.split(b"\n")
    assert olds[: old.start] == news[: new.start]
    assert olds[old.stop :] == news[new.stop :]
    matcher = difflib.SequenceMatcher(None, olds, news, autojunk=False)
    for kind, first, last, start, stop in matcher.get_opcodes():
        if kind != "equal":
            assert old.start <= first <= last <= old.stop
            assert new.start <= start <= stop <= new.stop


@settings(deadline=None)
@given(MEMORIES)
def test_the_same_memory_gives_the_same_bytes_as_often_as_it_is_written(units: list[Unit]) -> None:
    once = written(units)
    assert written(units) == once
    again = tmx.read(io.BytesIO(once))
    stream = io.BytesIO()
    tmx.write(again, stream)
    assert stream.getvalue() == once


@settings(deadline=None, max_examples=200)
@given(MEMORIES, EDITS, st.data())
def test_an_edit_of_one_unit_changes_only_its_lines(
    units: list[Unit], edit: dict[str, object], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(units) - 1))
    changed = [*units[:at], replace(units[at], **edit), *units[at + 1 :]]  # type: ignore[arg-type] # its fields
    check(written(units), written(changed), f"u{at}")


@settings(deadline=None)
@given(MEMORIES, st.data())
def test_so_does_an_edit_of_a_memory_that_was_read(units: list[Unit], data: st.DataObject) -> None:
    raw = written(units)
    at = data.draw(st.integers(0, len(units) - 1))
    target = Segment(lang="en", text=data.draw(TEXTS) + "edited")
    back = list(tmx.read(io.BytesIO(raw)))
    check(raw, written([*back[:at], replace(back[at], target=target), *back[at + 1 :]]), f"u{at}")
