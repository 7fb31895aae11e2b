"""Damaged, stale and foreign files beside a memory, and memories that are not as one would wish."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from tm.errors import TMError
from tm.matching.arrays import load_arrays, save_arrays
from tm.matching.figures import FIGURES_NAME
from tm.matching.index import FILE_NAME
from tm.matching.lookup import Lookup
from tm.matching.options import MatchOptions
from tm.matching.shelf import FORMS_NAME
from tm.model import Context, Header, Memory, Segment, Unit
from tm.store.memory import save_memory
from tm.store.units import UnitTable

TEXTS = [f"全省第{number}次会议在成都召开，增长{number}.{number}%。" for number in range(40)]
QUERIES = ("全省第7次会议在成都召开，增长9.1%。", "全省第3次会议", "会议在成都召开")
NAMES = (FILE_NAME, FORMS_NAME, FIGURES_NAME)


def saved(folder, texts, name="office"):
    units = [
        Unit(
            id=str(number),
            source=Segment(lang="zh-CN", text=text),
            target=Segment(lang="en", text=f"Target {number}"),
        )
        for number, text in enumerate(texts)
    ]
    path = folder / f"{name}.tmx"
    save_memory(path, Memory(name=name, header=Header(kind="built"), units=units))
    return path


def answers(path, cache, queries=QUERIES):
    """What a fresh program finds: matches, and units that differ in numbers only."""
    options = MatchOptions(threshold=50.0)
    with UnitTable.open(path, cache) as table:
        lookup = Lookup.open([table])
        wanted = [(query, Context()) for query in queries]
        near = [lookup.renumbered(one, options) for one in wanted]
        return [
            [(match.unit.id, match.score) for match in found]
            for found in [*lookup.matches(wanted, options), *near]
        ]


def index_folder(path, cache):
    with UnitTable.open(path, cache) as table:
        return table.folder / "matching-1-source"


@pytest.fixture
def memory(tmp_path):
    """A memory with its cache, what is found in it, and the folder of its index."""
    path, cache = saved(tmp_path, TEXTS), tmp_path / "cache"
    return path, cache, answers(path, cache), index_folder(path, cache)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_anywhere_is_made_again(memory, name):
    path, cache, expected, folder = memory
    good = (folder / name).read_bytes()
    places = {0, 1, 11, 12, 63, 64, 65, len(good) // 2, *range(len(good) - 30, len(good))}
    for place in sorted(places | set(range(0, len(good), max(1, len(good) // 9)))):
        (folder / name).write_bytes(good[:place])
        assert answers(path, cache) == expected, place
        assert (folder / name).read_bytes() == good


@pytest.mark.parametrize("name", NAMES)
def test_a_file_with_a_bit_flipped_anywhere_is_made_again(memory, name, chance):
    path, cache, expected, folder = memory
    good = (folder / name).read_bytes()
    for place in [*range(0, 12), *chance.sample(range(len(good)), 40), *range(len(good) - 6, len(good))]:
        damaged = bytearray(good)
        damaged[place] ^= 1 << chance.randrange(8)
        (folder / name).write_bytes(damaged)
        assert answers(path, cache) == expected, place


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_another_version_or_kind_is_made_again(memory, name):
    path, cache, expected, folder = memory
    good = (folder / name).read_bytes()
    save_arrays(folder / name, "tm.of-the-future/9", load_arrays(folder / FORMS_NAME, "tm.texts/1"))
    assert answers(path, cache) == expected
    assert (folder / name).read_bytes() == good


def test_files_swapped_with_those_of_another_memory_are_made_again(memory, tmp_path):
    path, cache, expected, folder = memory
    other = saved(tmp_path, TEXTS[:-1], name="other")
    answers(other, cache)
    for name in NAMES:
        (folder / name).write_bytes((index_folder(other, cache) / name).read_bytes())
    assert answers(path, cache) == expected


def test_a_memory_changed_within_its_size_and_time_is_read_again(memory):
    path, cache, _expected, _folder = memory
    known = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("第7次", "第5次"), encoding="utf-8", newline="\n")
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert path.stat().st_size == known.st_size
    found = answers(path, cache, ["全省第5次会议在成都召开，增长7.7%。"])[0]
    assert found[0] == ("7", 100.0)


def test_two_programs_that_build_at_once_answer_alike(tmp_path):
    path, cache = saved(tmp_path, TEXTS * 50), tmp_path / "cache"
    script = (
        "import sys\nfrom tm.matching.lookup import Lookup\nfrom tm.store.units import UnitTable\n"
        "from tm.model import Context\n"
        "with UnitTable.open(sys.argv[1], __import__('pathlib').Path(sys.argv[2])) as table:\n"
        "    lookup = Lookup.open([table])\n"
        "    found = lookup.matches([(sys.argv[3], Context())])[0]\n"
        "    print([(match.unit.id, match.score) for match in found])\n"
    )
    command = [sys.executable, "-c", script, str(path), str(cache), QUERIES[0]]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _program in range(3)]
    told = [program.communicate(timeout=60)[0] for program in running]
    assert [program.returncode for program in running] == [0, 0, 0]
    assert len(set(told)) == 1
    assert told[0].startswith("[('")


def test_short_long_equal_and_empty_sources_are_all_answered(tmp_path):
    long = "推动高质量发展，" * 2_500
    texts = ["", "好", "、", "同一句话。", "同一句话。", long, "1", "11"]
    path, cache = saved(tmp_path, texts), tmp_path / "cache"
    found = answers(path, cache, ["", "好", "坏", "同一句话。", long[1:], "2"])
    assert [[unit for unit, _score in one] for one in found[:6]] == [[], ["1"], [], ["3", "4"], ["5"], []]
    assert [unit for unit, _score in found[6 + 5]] == ["6", "7"]


def test_ten_thousand_nearly_equal_units_are_answered_in_bounded_time(tmp_path):
    texts = [f"全省第{number}季度经济工作会议在成都召开" for number in range(10_000)]
    path, cache = saved(tmp_path, texts), tmp_path / "cache"
    answers(path, cache, ["全省"])
    start = time.process_time()
    found = answers(path, cache, [texts[5_000][:-1], "全省第99999季度经济工作会议在成都召开"])
    assert time.process_time() - start < 5
    assert found[0][0][0] == "5000"
    assert len(found[3]) == MatchOptions().limit


def test_a_memory_of_three_languages_is_searched_in_its_own(tmp_path):
    variants = {"ru": "Пресс-конференция", "zh-CN": "新闻发布会", "en": "Press conference"}
    tuvs = "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in variants.items())
    path = tmp_path / "mixed.tmx"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><tmx version="1.4"><header creationtool="x" '
        'creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="zh-CN" '
        f'datatype="plaintext"/><body><tu tuid="1">{tuvs}</tu></body></tmx>',
        encoding="utf-8",
    )
    with UnitTable.open(path, tmp_path / "cache") as table:
        found = Lookup.open([table]).matches([(text, Context()) for text in variants.values()])
    targets = [[match.unit.target.text for match in one] for one in found]
    assert targets == [[], ["Press conference"], []]


def test_a_memory_that_is_no_memory_says_so(tmp_path):
    path = tmp_path / "broken.tmx"
    path.write_text("<tmx><body>", encoding="utf-8")
    with pytest.raises(TMError):
        answers(path, tmp_path / "cache")
