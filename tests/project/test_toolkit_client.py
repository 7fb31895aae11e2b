"""The translate toolkit reads from our exports the pairs that we wrote, and what it makes of them comes back.

It puts the native code of inline elements into the text, as is known of it; that is all the difference there
may be.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import warnings

import pytest

from tm.cli import language
from tm.cli.main import run
from tm.formats.registry import format_for
from tm.model import Code, Note, Prop, Segment, Status, Unit

pytestmark = pytest.mark.slow
TEXTS = [
    ("会议召开", "The meeting opened"),
    ("强调要抓好落实。", "It stressed implementation."),
    ("强调要抓好落实。", "It underlined implementation."),
    ("𠀀𫝀 & <甲> “引号”\t制表", "𝒜 & <a> “quotes”\ttab"),
    (" 前后有空格 ", " blanks around "),
    ("全省增长50%，位居第一。", "The province grew by 50%, ranking first."),
]


def storage(name):
    """A module of the toolkit, which warns of things that do not matter here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(f"translate.storage.{name}")


def memory_read(path):
    with path.open("rb") as stream:
        return storage("tmx").tmxfile(stream, "zh-CN", "en")


@pytest.fixture
def pairs(memory_file, pair, tmp_path, monkeypatch):
    """A project with a memory of TEXTS; its folder is the current one."""
    units = [
        pair(source, target, id=f"u{n}", status=Status.REVIEWED, notes=(Note(text="看"),),
             props=(Prop(type="file", text="x"),))
        for n, (source, target) in enumerate(TEXTS)
    ]  # fmt: skip
    memory_file(*units)
    language.speak("en")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tool(name, *words, cwd):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", f"translate.{name}", *words],
        cwd=cwd,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("profile", ["generic", "omegat", "phrase"])
def test_the_toolkit_reads_the_pairs_of_a_tmx(pairs, profile):
    assert run(["export", "mine", "-o", "out.tmx", "--profile", profile]) == 0
    store = memory_read(pairs / "out.tmx")
    assert sorted((str(unit.source), str(unit.target)) for unit in store.units) == sorted(TEXTS)


@pytest.mark.parametrize(
    ("ending", "module", "kind"), [("po", "pypo", "pofile"), ("xlf", "xliff", "xlifffile")]
)
def test_the_toolkit_reads_the_pairs_of_other_formats(pairs, ending, module, kind):
    assert run(["export", "mine", "-o", f"out.{ending}"]) == 0
    store = getattr(storage(module), kind).parsefile(str(pairs / f"out.{ending}"))
    found = [(str(unit.source), str(unit.target)) for unit in store.units if str(unit.source)]
    assert found == TEXTS


def test_the_toolkit_leaks_the_codes_of_a_segment_and_nothing_else(memory_file, tmp_path, monkeypatch):
    codes = (
        Code(offset=2, kind="bpt", i="1", text="<b>"),
        Code(offset=4, kind="ept", i="1", text="</b>"),
    )
    halves = [
        Segment(lang="zh-CN", text="会议强调：𠀀", codes=codes),
        Segment(lang="en", text="It 𠀀 it", codes=codes),
    ]
    memory_file(Unit(id="u", source=halves[0], target=halves[1]))
    monkeypatch.chdir(tmp_path)
    assert run(["export", "mine", "-o", "out.tmx"]) == 0
    store = memory_read(tmp_path / "out.tmx")
    assert [(str(one.source), str(one.target)) for one in store.units] == [
        ("会议<b>强调</b>：𠀀", "It<b> 𠀀</b> it")
    ]
    with (tmp_path / "out.tmx").open("rb") as stream:
        back = next(iter(format_for("out.tmx", "read").reader(stream)))
    assert (back.source, back.target) == tuple(halves)


def test_what_the_toolkit_fills_in_from_our_tmx_is_imported(pairs):
    assert run(["export", "mine", "-o", "out.tmx"]) == 0
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: en\\n"\n\n'
    wanted = ["会议召开", "全省增长40%，位居第一。", "从未见过的句子"]
    blank = head + "\n".join(f'msgid "{text}"\nmsgstr ""\n' for text in wanted)
    for name in ("in.po", "old.po"):
        (pairs / name).write_text(blank, encoding="utf-8", newline="\n")
    tool(
        "tools.pretranslate",
        "-t",
        "old.po",
        "--tm=out.tmx",
        "-s",
        "60",
        "-i",
        "in.po",
        "-o",
        "done.po",
        cwd=pairs,
    )
    assert run(["import", "done.po", "--into", "back.tmx"]) == 0
    with (pairs / "back.tmx").open("rb") as stream:
        back = [(one.source.text, one.target.text) for one in format_for("back.tmx", "read").reader(stream)]
    assert back == TEXTS[:1]  # the similar one is fuzzy, and so no translation
    done = (pairs / "done.po").read_text(encoding="utf-8")
    assert "#, fuzzy" in done
    assert "The province grew by 50%, ranking first." in done


def test_a_tmx_of_the_toolkit_is_imported_whole(pairs):
    assert run(["export", "mine", "-o", "out.po"]) == 0
    words = ["-i", "out.po", "-o", "theirs.tmx", "-l", "en", "--source-language=zh-CN"]
    tool("convert.po2tmx", *words, cwd=pairs)
    assert run(["import", "theirs.tmx", "--into", "back.tmx"]) == 0
    with (pairs / "back.tmx").open("rb") as stream:
        back = {(one.source.text, one.target.text) for one in format_for("back.tmx", "read").reader(stream)}
    assert back == set(TEXTS)
