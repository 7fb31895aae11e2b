"""What stands around the units of a file comes out where it stood."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tm.errors import FormatError
from tm.formats import tmx
from tm.model import Memory

PLACES = ["{preamble}", "{before}", "{header}", "{between}", "{first}", "{inside}", "{seg}", "{second}"]
PLACES += ["{last}", "{behind}", "{end}"]
HEADER = (
    'creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en"'
    ' datatype="plaintext"'
)


def tu(source: str, inside: str = "", seg: str = "") -> str:
    return (
        f'<tu tuid="{source}"><note>n</note>{inside}<tuv xml:lang="zh-CN"><seg>{source}{seg}</seg></tuv>'
        '<tuv xml:lang="en"><seg>a</seg></tuv></tu>'
    )


def foreign(text: str) -> str:
    return f'<tu><tuv xml:lang="fr"><seg>{text}</seg></tuv><tuv xml:lang="de"><seg>{text}</seg></tuv></tu>'


def document(**remarks: str) -> bytes:
    parts = {place[1:-1]: remarks.get(place[1:-1], "") for place in PLACES}
    return (
        (
            '<?xml version="1.0"?>\n<!DOCTYPE tmx [<!-- no part of the document --><?nor this?>]>{preamble}\n'
            f'<tmx version="1.4">{{before}}<header {HEADER}>{{header}}</header>{{between}}<body>{{first}}'
            f"{tu('甲', '{inside}', '{seg}')}{{second}}{tu('乙')}{{last}}</body>{{behind}}</tmx>{{end}}\n"
        )
        .format(**parts)
        .encode()
    )


def canonical(raw: bytes) -> bytes:
    tree = etree.parse(io.BytesIO(raw), etree.XMLParser(remove_blank_text=True))
    out = io.BytesIO()
    tree.write_c14n(out, with_comments=True)
    return out.getvalue()


def through(raw: bytes) -> bytes:
    out = io.BytesIO()
    tmx.write(tmx.read(io.BytesIO(raw)), out)
    return out.getvalue()


REMARKS = st.lists(st.sampled_from(["<!-- 一 -->", "<?a b?>", "<?c?>"]), max_size=2).map("".join)
IN_BODY = st.lists(st.sampled_from(["<!-- 一 -->", "<?a b?>", foreign("x"), foreign("y")]), max_size=3)
DOCUMENTS = st.fixed_dictionaries(
    {
        name: IN_BODY.map("".join) if name in {"first", "second", "last"} else REMARKS
        for name in (place[1:-1] for place in PLACES)
    }
)


@settings(deadline=None)
@given(DOCUMENTS)
def test_comments_instructions_and_other_units_stay_where_they_stand(remarks: dict[str, str]) -> None:
    raw = document(**remarks)
    once = through(raw)
    assert canonical(once) == canonical(raw)
    assert through(once) == once


@pytest.mark.parametrize("place", PLACES)
def test_a_comment_is_written_once(place: str) -> None:
    assert through(document(**{place[1:-1]: "<!-- 一 -->"})).count("<!-- 一 -->".encode()) == 1


def test_so_does_what_is_too_much_to_wait_for_the_next_unit() -> None:
    many = [foreign(f"{number:060d}") for number in range(30_000)]
    once = through(document(second="".join(many)))
    assert sorted(canonical(once)) == sorted(canonical(document(second="".join(many))))
    assert once.index(many[0].encode()) < once.index("乙".encode()) < once.index(many[-1].encode())


def test_without_keep_only_the_units_wanted_and_the_comments_are_there() -> None:
    out = io.BytesIO()
    raw = document(first=foreign("x"), second="<!-- 一 -->", last=foreign("y") + "<!-- 二 -->")
    tmx.write(tmx.read(io.BytesIO(raw), keep=False), out)
    assert canonical(out.getvalue()) == canonical(document(second="<!-- 一 -->", last="<!-- 二 -->"))


def test_a_strict_memory_keeps_the_comments_and_tells_of_the_other_units() -> None:
    told: list[tmx.Change] = []
    out = io.BytesIO()
    raw = document(first=foreign("x"), second="<!-- 一 -->", last=foreign("y") + "<!-- 二 -->")
    tmx.write(tmx.strict(tmx.read(io.BytesIO(raw)), on_change=told.append), out)
    assert canonical(out.getvalue()) == canonical(document(second="<!-- 一 -->", last="<!-- 二 -->"))
    assert [change.unit for change in told] == ["甲", ""]


def test_a_second_reading_tells_the_header_of_the_first_what_stands_behind() -> None:
    raw = document(last="<!-- 一 -->")
    first = tmx.read(io.BytesIO(raw))
    units = list(tmx.read(io.BytesIO(raw), known=first.header))
    out = io.BytesIO()
    tmx.write(Memory(name="m", header=replace(first.header, tool="t"), units=units), out)
    assert canonical(out.getvalue()) == canonical(raw)


def test_a_fault_before_the_first_unit_belongs_to_the_units() -> None:
    raw = document().replace(b"<note>", b"<note></wrong>")
    memory = tmx.read(io.BytesIO(raw))
    assert memory.header.tool == "t"
    with pytest.raises(FormatError):
        list(memory)
