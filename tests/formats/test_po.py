"""PO of the gettext world, and PO that goes there: what is kept, what is refused, what msgfmt says."""

from __future__ import annotations

import io
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tm.errors import FormatError
from tm.formats import po
from tm.model import Header, Memory, Note, Prop, Segment, Status, Unit

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {}\\n"\n\n'


def read(text, lang="en"):
    return po.read(io.BytesIO((HEAD.format(lang) + text).encode()), path="a.po")


def written(units, header=None):
    stream = io.BytesIO()
    po.write(Memory(name="m", header=header or Header(), units=units), stream)
    return stream.getvalue()


def unit(number, source, target, **fields):
    return Unit(
        id=f"r/{number}",
        source=Segment(lang="zh-CN", text=source),
        target=Segment(lang="en", text=target),
        **fields,
    )


@pytest.fixture
def msgfmt(outside, tmp_path):
    """What msgfmt -c says of a file: its code and its words."""
    program = outside("msgfmt")

    def call(raw):
        path = tmp_path / "a.po"
        path.write_bytes(raw)
        done = subprocess.run(
            [program, "-c", "--statistics", "-o", str(tmp_path / "a.mo"), str(path)],
            capture_output=True,
            check=False,
            env={"LC_ALL": "C.UTF-8"},
        )
        return done.returncode, done.stderr.decode()

    return call


def test_msgfmt_takes_the_same_source_twice_only_because_it_has_a_context(msgfmt):
    units = [unit(1, "发展", "Development"), unit(2, "发展", "Growth"), unit(3, "省", "Province")]
    raw = written(units)
    assert msgfmt(raw) == (0, "3 translated messages.\n")
    bare = b"\n".join(line for line in raw.split(b"\n") if not line.startswith(b"msgctxt"))
    code, words = msgfmt(bare)
    assert code != 0
    assert "duplicate" in words


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.text(alphabet='省a\\"%\t\n#', max_size=4),
            st.text(alphabet='b\\"%\t\n', min_size=1, max_size=4),
        ),
        max_size=5,
    )
)
def test_msgfmt_takes_whatever_is_written(msgfmt, pairs):
    units = [unit(number, *pair) for number, pair in enumerate(pairs)]
    assert msgfmt(written(units))[1].splitlines()[-1].endswith((" messages.", " message."))
    assert [(one.source.text, one.target.text) for one in po.read(io.BytesIO(written(units)))] == pairs


def test_what_a_foreign_file_says_of_a_unit_comes_back_where_it_stood():
    text = (
        '# 译者注\n#. Title of the page\n#: src/a.c:12 src/b.c\n#, fuzzy, c-format\n#| msgid "旧 %d"\n'
        'msgid "新 %d"\nmsgstr "New %d"\n'
    )
    (found,) = read(text)
    assert found.notes == (
        Note(text="Title of the page", attributes=(("from", "developer"),)),
        Note(text="译者注"),
    )
    assert [(prop.type, prop.text) for prop in found.props] == [
        ("x-reference", "src/a.c:12"),
        ("x-reference", "src/b.c"),
        ("x-flag", "c-format"),
        ("x-previous-source", "旧 %d"),
    ]
    assert found.status is Status.DRAFT
    again = written([found])
    for line in text.strip().split("\n"):
        assert line in again.decode().split("\n")
    assert tuple(po.read(io.BytesIO(again))) == (found,)


@pytest.mark.parametrize("text", ["id: 5", "prop x: y", "finding: T101", "match: exact 100.0"])
def test_a_note_of_developers_that_looks_like_a_field_stays_a_note(text):
    note = Note(text=text, attributes=(("from", "developer"),))
    (found,) = po.read(io.BytesIO(written([unit(1, "省", "A", notes=(note,))])))
    assert (found.id, [one.text for one in found.notes], found.props) == ("r/1", [text], ())


@pytest.mark.parametrize("text", ["a b", "", "c\nd", "#|"])
def test_a_property_that_is_no_reference_is_a_comment(text):
    props = (Prop(type="x-reference", text=text), Prop(type="x-flag", text=text))
    (found,) = po.read(io.BytesIO(written([unit(1, "省", "A", props=props)])))
    assert sorted(found.props, key=lambda prop: prop.type) == sorted(props, key=lambda prop: prop.type)


def test_forms_of_a_plural_are_units():
    found = read('msgid "文件"\nmsgid_plural "文件们"\nmsgstr[0] "file"\nmsgstr[1] "files"\nmsgstr[2] ""\n')
    assert [(one.source.text, one.target.text) for one in found] == [
        ("文件", "file"),
        ("文件们", "files"),
        ("文件们", ""),
    ]
    assert len({one.id for one in found}) == 3


def test_obsolete_units_are_left_out_and_counted():
    found = read(
        'msgid "省"\nmsgstr "A"\n\n#~ msgid "旧"\n#~ msgstr "Old"\n\n#~ msgid "老"\n#~ msgstr "Older"\n'
    )
    assert [one.source.text for one in found] == ["省"]
    assert found.header.props == (Prop(type="x-obsolete", text="2"),)


@pytest.mark.parametrize(
    ("lang", "text", "langs"),
    [
        ("en", 'msgid "省"\nmsgstr "A"\n', ("zh-CN", "en")),
        ("", 'msgid "省"\nmsgstr "A"\n', ("zh-CN", "en")),
        ("", 'msgid "省"\nmsgstr ""\n', ("zh-CN", "en")),
        ("zh_CN", 'msgid "Province"\nmsgstr "省"\n', ("en", "zh-CN")),
        ("", 'msgid "Province"\nmsgstr "省"\n', ("en", "zh-CN")),
        ("zh_Hant_TW", 'msgid "Province"\nmsgstr "省"\n', ("en", "zh-Hant-TW")),
        ("fr", 'msgid "Province"\nmsgstr "Province"\n', ("en", "fr")),
    ],
)
def test_languages_are_those_of_the_header_else_those_of_the_texts(lang, text, langs):
    found = read(text, lang)
    assert (found.header.source_lang, found.header.target_lang) == langs


@pytest.mark.parametrize("lang", ["zh_CN", "en", "zh-Hans"])
def test_the_header_says_how_many_forms_its_language_has(msgfmt, lang):
    raw = written([unit(1, "a", "b")], header=Header(source_lang="en", target_lang=lang))
    assert msgfmt(raw)[0] == 0
    assert (b"nplurals=1" in raw) == lang.startswith("zh")


def test_a_memory_of_all_languages_says_those_of_its_units():
    raw = written([unit(1, "省", "A")], header=Header(source_lang="*all*"))
    assert po.read(io.BytesIO(raw)).header.source_lang == "zh-CN"


def test_long_lines_and_wrapped_ones_are_the_same_text():
    wrapped = 'msgid ""\n"省政府"\n"召开会议。"\nmsgstr ""\n"The meeting "\n"was held."\n'
    (found,) = read(wrapped)
    assert (found.source.text, found.target.text) == ("省政府召开会议。", "The meeting was held.")
    long = unit(1, "省" * 500, "word " * 300 + "end")
    assert tuple(po.read(io.BytesIO(written([long])))) == (long,)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "a\nmsgstr "b"\n', 6),
        ('msgid "a"\nmsgstr "b"\nnonsense\n', 8),
        ('msgid "a"\nmsgstr[0] "b"\n', 6),
        ('msgstr "b"\nmsgid "a"\n', 6),
    ],
)
def test_broken_files_are_refused_with_their_line(text, line):
    with pytest.raises(FormatError) as caught:
        tuple(read(text))
    assert caught.value.line is not None
    assert abs(caught.value.line - line) <= 1
    assert caught.value.hint
