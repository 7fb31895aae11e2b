"""Whatever comes in, terms or an error of ours comes out."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.errors import TMError
from tm.model import Concept, Severity, Term
from tm.terms.reading import READABLE, read_terms
from tm.terms.writing import write_terms

CONCEPT = Concept(
    id="c 1",
    zh=(Term(lang="zh-CN", text="省委", unless=("省委会",)),),
    en=(Term(lang="en", text="Provincial Committee", acronym="PC", note="n", source="s", case="sensitive"),),
    once=True,
    severity=Severity.MAJOR,
    others=(("definition", "d"), ("term-fr", "f"), ("checked", "Li")),
)


def good(ending, version=2):
    stream = io.BytesIO()
    write_terms([CONCEPT], stream, path=f"t{ending}", tbx_version=version)
    return stream.getvalue()


SAMPLES = {
    ".tbx": [good(".tbx"), good(".tbx", 3)],
    ".csv": [good(".csv"), "中文;英文;状态;同义词\n省委;Provincial Committee;首选;a|b\n".encode()],
    ".tsv": [good(".tsv")],
    ".txt": [good(".txt"), b"a\tb\tc\n"],
}
_MARKS = b'< > & " \0 \xff \r \n \t , =1 </term> <term> x-tm- _x0041_ zh en type= id= concept status <!-- ]]>'
_PIECES = st.sampled_from([*_MARKS.split(b" "), "省".encode(), b"\xcf\xd8"])


@pytest.mark.parametrize("ending", sorted(SAMPLES))
@settings(deadline=None, max_examples=150)
@given(draw=st.data())
def test_a_damaged_file_gives_terms_or_an_error_of_ours(ending, draw):
    raw = bytearray(draw.draw(st.sampled_from(SAMPLES[ending])))
    for _turn in range(draw.draw(st.integers(1, 4))):
        start = draw.draw(st.integers(0, len(raw)))
        length = draw.draw(st.integers(0, 20))
        raw[start : start + length] = draw.draw(_PIECES | st.binary(max_size=4))
    try:
        glossary = read_terms(io.BytesIO(bytes(raw)), path=f"t{ending}")
    except TMError:
        return
    for concept in glossary.concepts:
        assert concept.zh
        assert concept.en


@pytest.mark.parametrize("ending", sorted({*READABLE} - {".xlsx"}))
@settings(deadline=None)
@given(raw=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_give_terms_or_an_error_of_ours(ending, raw):
    with contextlib.suppress(TMError):
        read_terms(io.BytesIO(raw), path=f"t{ending}")


@pytest.mark.parametrize("version", [2, 3])
def test_a_damaged_tbx_says_what_stood_before_the_damage(version):
    raw = good(".tbx", version)
    for end in range(0, len(raw) - 40, 37):
        with pytest.raises(TMError):
            read_terms(io.BytesIO(raw[:end]), path="t.tbx")
