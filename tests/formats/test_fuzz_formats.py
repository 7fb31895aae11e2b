"""Good files of every format with a few parts changed: units or an error in words, and nothing else.

The changes and the judgement are those of the fuzzer that is run by hand (tests/fuzz/drive.py).
"""

from __future__ import annotations

import datetime
import gzip
import io
import runpy
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tm.formats import links, tbx
from tm.formats.registry import format_for
from tm.model import Context, Header, Memory, Note, Origin, Prop, Segment, Status, Unit
from tm.terms.base import TermBase

DRIVE = runpy.run_path(str(Path(__file__).parents[1] / "fuzz/drive.py"))
EXAMPLES = 500
"""Changed files of each format; for the Office formats a fifth of that."""

CREATED = datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)
UNITS = tuple(
    Unit(
        id=f"r/{number}",
        source=Segment(lang="zh-CN", text=f"省政府召开第{number}次会议，"),
        target=Segment(lang="en", text=f'The "{number}th" meeting\n was held.'),
        origin=Origin(release="r", index=number, created=CREATED, creator="a"),
        status=status,
        context=Context(previous="前", next="后", key="k"),
        notes=(Note(text="note"),),
        props=(Prop(type="x-p", text="=v"),),
    )
    for number, status in enumerate(Status)
)
XLIFF_2 = """<xliff version="2.1" srcLang="zh-CN" trgLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0">
<file id="f"><unit id="1"><notes><note>n</note></notes><originalData><data id="d">b</data></originalData>
<segment id="s" state="final"><source>省<pc id="1" dataRefStart="d">政</pc><ph id="2"/></source>
<target>a<pc id="1">b</pc><sc id="3"/><ec startRef="3"/></target></segment></unit></file></xliff>"""
TERMS = TermBase.from_rows(
    [
        {"concept": "1", "zh": "省", "en": "province", "status": "preferred", "note": "n"},
        {"concept": "1", "zh": "省", "en": "prov", "status": "forbidden"},
    ]
)
TOML = """id = "2020-01-02-notice"
date = 2020-01-02
office = "省政府"
title_en = "Notice"
sample = true
"""


def written(ending):
    stream = io.BytesIO()
    format_for(f"a{ending}", "write").writer(Memory(name="m", header=Header(), units=UNITS), stream)
    return stream.getvalue()


def terms():
    stream = io.BytesIO()
    tbx.write(TERMS.concepts, stream)
    return stream.getvalue()


def linked():
    found = links.Links(
        zh_digest=links.text_digest("甲"),
        en_digest=links.text_digest("a"),
        links=(
            links.Link(zh=("1f0c93aa",), en=("0be3d511", "0be3d511.2"), score=0.93),
            links.Link(zh=("2f",), en=(), score=1),
        ),
    )
    stream = io.BytesIO()
    links.write(found, stream)
    return stream.getvalue()


SEEDS: dict[str, list[Callable[[], bytes]]] = {
    "tmx": [lambda: written(".tmx")],
    "tmx.zip": [lambda: gzip.compress(written(".tmx"), mtime=0)],
    "xliff": [lambda: written(".xlf"), XLIFF_2.encode],
    "po": [lambda: written(".po")],
    "csv": [lambda: written(".csv")],
    "tsv": [lambda: written(".tsv")],
    "xlsx": [lambda: written(".xlsx")],
    "docx": [lambda: written(".docx")],
    "tbx": [terms],
    "links": [linked],
    "metadata": [TOML.encode],
    "text": ["四川省召开会议\n\n会议指出。\n".encode],
    "decode": [lambda: "四川省召开会议，café".encode("gb18030"), "四川省".encode],
}
OFFICE = ("xlsx", "docx")


def test_every_target_of_the_fuzzer_has_a_file_to_start_from():
    assert SEEDS.keys() == DRIVE["TARGETS"].keys()
    for name, seeds in SEEDS.items():
        for seed in seeds:
            DRIVE["judge"](name, seed())


@pytest.mark.parametrize("name", SEEDS)
def test_a_file_with_a_few_parts_changed_is_read_or_refused_and_comes_back_the_same(name):
    seeds = [seed() for seed in SEEDS[name]]
    unchanged = []

    @settings(
        deadline=None,
        max_examples=EXAMPLES // 5 if name in OFFICE else EXAMPLES,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(seeds), st.integers(0, 2**32 - 1))
    def changed(seed, number):
        bent = DRIVE["bend"](name, seed, Random(number))  # noqa: S311 - no secret
        unchanged.append(bent == seed)
        DRIVE["judge"](name, bent)

    changed()
    assert not all(unchanged)  # something was tried
