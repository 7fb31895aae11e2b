"""What every format that reads and writes units must do: one class, inherited by each."""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import zipfile
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tm.errors import FormatError, InputError
from tm.formats.registry import FORMATS
from tm.model import Context, Header, Memory, Note, Origin, Prop, Segment, Status, Unit

ALPHABET = "省政府召开会议。，“”ab Z09&<>'\"=+-@\\;,\t\n\r\u3000\u00a0\u2028𠮷😀é'%#$_x000D_"
TEXTS = st.text(alphabet=ALPHABET, max_size=12)
SOURCES = TEXTS.filter(str.strip)
WORDS = st.text(alphabet="省府ab-.:/0", min_size=1, max_size=6)
MOMENTS = st.datetimes(
    min_value=datetime.datetime(1990, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime.datetime(2090, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(datetime.UTC),
).map(lambda moment: moment.replace(microsecond=0))
ORIGINS = st.builds(
    Origin,
    release=st.just("") | WORDS,
    index=st.none() | st.integers(0, 99),
    created=st.none() | MOMENTS,
    creator=st.just("") | WORDS,
    changed=st.none() | MOMENTS,
    changer=st.just("") | WORDS,
)


@st.composite
def units(draw):
    number = draw(st.integers(0, 5))
    found = []
    for place in range(number):
        source, target = draw(SOURCES), draw(TEXTS)
        if not target.strip() or target == source:
            target = ""
        status = draw(st.sampled_from(Status)) if target else Status.DRAFT
        found.append(
            Unit(
                id=f"{draw(WORDS)}{place}",
                source=Segment(lang="zh-CN", text=source),
                target=Segment(lang="en", text=target),
                status=status,
                origin=draw(ORIGINS),
                context=draw(st.builds(Context, previous=TEXTS, next=TEXTS, key=st.just("") | WORDS)),
                notes=tuple(Note(text=text) for text in draw(st.lists(SOURCES, max_size=1))),
                props=tuple(Prop(type=f"x-{kind}", text=draw(SOURCES)) for kind in draw(st.lists(WORDS))),
            )
        )
    return tuple(found)


class Contract:
    """What holds for every format; a subclass names the module and what its format cannot carry."""

    module = ""
    binary = False
    keeps_carriage_returns = True
    empty_draft = True

    @property
    def format(self):
        return import_module(f"tm.formats.{self.module}")

    def written(self, known):
        stream = io.BytesIO()
        self.format.write(Memory(name="m", header=Header(), units=known), stream)
        return stream.getvalue()

    def parse(self, raw):
        return tuple(self.format.read(io.BytesIO(raw), path=f"m.{self.module}"))

    def expected(self, unit):
        """The unit as it is after a round trip."""
        return unit

    def test_it_is_registered(self):
        known = [one for one in FORMATS if one.module == f"tm.formats.{self.module}"]
        assert len(known) == 1
        assert known[0].can("read")
        assert known[0].can("write")

    @settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.differing_executors])
    @given(units())
    def test_units_come_back_as_they_were(self, known):
        assert self.parse(self.written(known)) == tuple(map(self.expected, known))

    @settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.differing_executors])
    @given(units())
    def test_what_was_read_is_written_as_the_same_bytes(self, known):
        first = self.written(known)
        assert self.written(self.parse(first)) == first

    def test_an_empty_target_stays_empty(self):
        unit = Unit(id="1", source=Segment(lang="zh-CN", text="省"), target=Segment(lang="en", text=""))
        (found,) = self.parse(self.written([unit]))
        assert (found.source.text, found.target.text) == ("省", "")

    def test_the_order_of_the_units_is_kept(self):
        known = [
            Unit(
                id=name, source=Segment(lang="zh-CN", text=f"省{name}"), target=Segment(lang="en", text=name)
            )
            for name in ("b", "a", "10", "9")
        ]
        assert [unit.id for unit in self.parse(self.written(known))] == ["b", "a", "10", "9"]

    def test_equal_sources_stay_apart(self):
        known = [
            Unit(id=name, source=Segment(lang="zh-CN", text="省"), target=Segment(lang="en", text=f"T{name}"))
            for name in ("a", "b")
        ]
        assert [unit.target.text for unit in self.parse(self.written(known))] == ["Ta", "Tb"]

    @settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.differing_executors])
    @given(st.binary(max_size=60), st.integers(0, 400))
    def test_damaged_files_are_read_or_refused_and_never_crash(self, junk, place):
        unit = Unit(
            id="1", source=Segment(lang="zh-CN", text="省政府"), target=Segment(lang="en", text="Government")
        )
        whole = self.written([unit])
        damaged = whole[:place] + junk + whole[place + len(junk) :]
        with contextlib.suppress(InputError):  # anything else is a crash
            assert self.parse(damaged) is not None

    def test_a_binary_file_is_refused(self):
        with pytest.raises(InputError):
            self.parse(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")


class TextContract(Contract):
    """What holds for formats that are text."""

    def one(self):
        unit = Unit(
            id="1",
            source=Segment(lang="zh-CN", text="省政府召开会议。"),
            target=Segment(lang="en", text="The meeting was held."),
        )
        return self.written([unit]).decode()

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_a_byte_order_mark_is_no_text(self, encoding):
        raw = self.one().replace(
            'encoding="UTF-8"', f'encoding="{encoding[:-4] if encoding.endswith("sig") else encoding}"'
        )
        assert self.parse(raw.encode(encoding)) == self.parse(self.one().encode())

    def test_windows_line_ends_change_nothing(self):
        assert self.parse(self.one().replace("\n", "\r\n").encode()) == self.parse(self.one().encode())

    def test_the_last_line_needs_no_end(self):
        assert self.parse(self.one().rstrip("\n").encode()) == self.parse(self.one().encode())

    def test_lines_end_with_newlines_alone(self):
        assert "\r" not in self.one()
        assert self.one().endswith("\n")


class Table(Contract):
    def expected(self, unit):
        return replace(unit, props=tuple(sorted(unit.props, key=lambda prop: prop.type)))

    def parse(self, raw):
        return tuple(map(self.expected, super().parse(raw)))


class TestTsv(Table, TextContract):
    module = "tsv"

    def written(self, known):
        try:
            return super().written(known)
        except FormatError as error:
            assume("TSV cannot carry" not in error.message)
            raise


class TestCsv(Table, TextContract):
    module = "csv"


class TestXlsx(Table):
    module = "xlsx"

    def packed(self, **parts):
        """A workbook with some parts replaced."""
        whole = io.BytesIO(self.written([]))
        result = io.BytesIO()
        with (
            zipfile.ZipFile(whole) as given_parts,
            zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as bent,
        ):
            for name in given_parts.namelist():
                bent.writestr(name, parts.pop(name, given_parts.read(name)))
            for name, part in parts.items():
                bent.writestr(name, part)
        return result.getvalue()

    def test_a_zip_bomb_is_refused_before_it_is_unpacked(self):
        with pytest.raises(FormatError, match="attack"):
            self.parse(self.packed(**{"xl/media/image1.xml": b"0" * (64 << 20)}))

    @pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "..\\evil.xml"])
    def test_a_name_that_leaves_the_archive_is_refused(self, name):
        with pytest.raises(FormatError, match="outside itself"):
            self.parse(self.packed(**{name: b"x"}))

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_a_part_with_an_entity_is_refused(self, encoding):
        bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'.encode(encoding)
        with pytest.raises(FormatError, match="document type"):
            self.parse(self.packed(**{"xl/workbook.xml": bomb}))


class TestDocx(Contract):
    module = "docx"

    def expected(self, unit):
        # A line without English is not translated, whatever its status was.
        return unit if unit.target.text else replace(unit, status=Status.DRAFT)


class TestPo(TextContract):
    module = "po"

    def expected(self, unit):
        # Comments are lines of text; and a unit that is not translated is of no status.
        lines = [line.strip() for note in unit.notes for line in re.split(r"[\r\n]", note.text)]
        text = "\n".join(filter(None, lines))
        notes = (Note(text=text),) if text else ()
        status = unit.status if unit.target.text else Status.DRAFT
        return replace(unit, notes=notes, status=status)


class TestXliff(TextContract):
    module = "xliff"

    HOSTILE = (
        '<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE xliff [<!ENTITY a "aa"><!ENTITY x "&a;&a;">]>',
        '<!DOCTYPE xliff [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]>',
    )

    @pytest.mark.parametrize("doctype", HOSTILE)
    def test_a_file_with_entities_is_refused(self, doctype):
        head, body = self.one().split("\n", 1)
        body = body.replace("The meeting", "&x; meeting")
        with pytest.raises(FormatError, match="entit"):
            self.parse(f"{head}\n{doctype}\n{body}".encode())

    def test_depth_without_bound_is_refused(self):
        deep = "<g id='1'>" * 100_000 + "</g>" * 100_000
        with pytest.raises(FormatError):
            self.parse(self.one().replace("The meeting was held.", deep).encode())

    def test_a_file_that_is_cut_off_is_refused(self):
        with pytest.raises(FormatError, match="ends in the middle"):
            self.parse(self.one().encode()[:-30])


class TestXliff2(TestXliff):
    module = "xliff_2"

    def test_it_is_registered(self):
        (known,) = (one for one in FORMATS if one.name == "XLIFF")
        chosen = known.in_version("2.1")
        assert (chosen.module, chosen.can("read"), chosen.can("write")) == ("tm.formats.xliff_2", True, True)

    def test_depth_without_bound_is_refused(self):
        deep = "<pc id='1'>" * 100_000 + "</pc>" * 100_000
        with pytest.raises(FormatError):
            self.parse(self.one().replace("The meeting was held.", deep).encode())
