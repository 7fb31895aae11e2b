"""Bad input gets a clear error, the promised exit code, no traceback, and loses nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tm.cli import import_ as import_command
from tm.project.imports import import_files

RELEASE = "2021-12-08-press-conference-economic-circle"


@pytest.fixture
def chinese(sample_project):
    return sample_project / "corpora/releases/sichuan" / RELEASE / "zh.txt"


def clear(ran, code, *words):
    assert ran.code == code, ran
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err


def test_a_missing_file_is_named(tm, sample_project):
    clear(tm("leverage", "nowhere.txt", cwd=sample_project), 3, "nowhere.txt")
    clear(tm("check", "nowhere.xlf", cwd=sample_project), 3, "nowhere.xlf")


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(tm, sample_project, content):
    (sample_project / "empty.txt").write_bytes(content)
    clear(tm("leverage", "empty.txt", cwd=sample_project), 3, "empty.txt")


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16", "utf-16-le", "utf-8-sig"])
def test_texts_in_other_encodings_give_the_same_draft(tm, sample_project, chinese, encoding):
    plain = tm("leverage", chinese, "--json", cwd=sample_project)
    other = sample_project / "other.txt"
    other.write_bytes(chinese.read_text(encoding="utf-8").encode(encoding))
    ran = tm("leverage", other, "--json", cwd=sample_project)
    assert ran.code == 0, ran.err
    wanted, found = json.loads(plain.out), json.loads(ran.out)
    assert [s["target"] for s in found["segments"]] == [s["target"] for s in wanted["segments"]]


def test_traditional_chinese_in_big5_is_read(tm, sample_project):
    (sample_project / "big5.txt").write_bytes("會議強調，要推動區域協調發展，落實各項工作。\n".encode("big5"))
    ran = tm("leverage", "big5.txt", "--json", cwd=sample_project)
    assert json.loads(ran.out)["segments"][0]["source"] == "會議強調，要推動區域協調發展，落實各項工作。"


def test_bytes_that_no_encoding_explains_are_an_error_with_the_offset(tm, sample_project):
    (sample_project / "broken.txt").write_bytes("会议强调".encode() + b"\xff\xfe\xff\x00\x81" * 3)
    clear(tm("leverage", "broken.txt", cwd=sample_project), 3, "broken.txt")


def test_an_english_text_is_no_source(tm, sample_project, chinese):
    clear(tm("leverage", chinese.with_name("en.txt"), cwd=sample_project), 3, "en.txt", "English")


def test_a_memory_that_is_cut_off_is_an_error_with_its_line(tm, sample_project, chinese):
    memory = sample_project / "tmx/sichuan.tmx"
    content = memory.read_bytes()
    memory.write_bytes(content[: len(content) // 2])
    clear(tm("leverage", chinese, cwd=sample_project), 3, "sichuan.tmx:")
    clear(tm("import", memory, "--into", "mine", cwd=sample_project), 3, "sichuan.tmx:")
    assert not (sample_project / "tmx/mine.tmx").exists()


def test_a_built_memory_takes_no_imports_and_names_the_one_that_does(tm, sample_project):
    before = (sample_project / "tmx/sichuan.tmx").read_bytes()
    (sample_project / "new.tsv").write_text("四川召开会议\tSichuan holds a meeting\n", encoding="utf-8")
    clear(tm("import", "new.tsv", "--into", "sichuan", cwd=sample_project), 2, "sichuan-working")
    assert (sample_project / "tmx/sichuan.tmx").read_bytes() == before


def test_import_counts_add_up_and_the_same_file_twice_adds_nothing(tm, sample_project):
    (sample_project / "new.tsv").write_text(
        "四川召开会议\tSichuan holds a meeting\n谢谢大家\t\n成都\tChengdu\n", encoding="utf-8"
    )
    first = json.loads(tm("import", "new.tsv", "--into", "mine", "--json", cwd=sample_project).out)
    second = json.loads(tm("import", "new.tsv", "--into", "mine", "--json", cwd=sample_project).out)
    for report in (first, second):
        parts = ("added", "updated", "unchanged", "skipped", "failed")
        assert report["read"] == sum(report[name] for name in parts)
    assert (first["added"], second["added"], second["unchanged"]) == (2, 0, 2)


def test_an_imported_translation_is_found_by_the_next_draft(tm, sample_project):
    (sample_project / "new.tsv").write_text("本句从未发表过。\tThis was never published.\n", encoding="utf-8")
    (sample_project / "new.txt").write_text("本句从未发表过。\n", encoding="utf-8")
    assert tm("import", "new.tsv", "--into", "mine", cwd=sample_project).code == 0
    draft = json.loads(tm("leverage", "new.txt", "--json", cwd=sample_project).out)
    assert draft["segments"][0]["target"] == "This was never published."
    assert draft["segments"][0]["unit"]["memory"] == "mine"


def test_a_draft_is_never_written_over_an_unknown_ending(tm, sample_project, chinese):
    clear(tm("leverage", chinese, "-o", "draft.abc", cwd=sample_project), 3, "draft.abc", ".xlf")


def test_a_draft_never_replaces_its_source_and_keeps_a_file_that_says_something_else(
    tm, sample_project, chinese
):
    source = sample_project / "source.txt"
    source.write_bytes(chinese.read_bytes())
    clear(tm("leverage", source, "-o", source, cwd=sample_project), 2, "source.txt")
    assert source.read_bytes() == chinese.read_bytes()
    assert tm("leverage", source, "-o", "draft.xlf", cwd=sample_project).code == 0
    assert tm("leverage", source, "-o", "draft.xlf", cwd=sample_project).code == 0
    assert not (sample_project / "draft.xlf.1.bak").exists()
    for number, text in enumerate(("finished", "finished again"), start=1):
        (sample_project / "draft.xlf").write_text(text, encoding="utf-8")
        again = tm("leverage", source, "-o", "draft.xlf", cwd=sample_project)
        clear(again, 0, f"draft.xlf.{number}.bak")
        assert (sample_project / f"draft.xlf.{number}.bak").read_text(encoding="utf-8") == text


def test_sources_of_one_name_get_drafts_of_different_names(tm, sample_project, chinese):
    for folder in ("1/x", "2/x"):
        (sample_project / folder).mkdir(parents=True)
        (sample_project / folder / "zh.txt").write_bytes(chinese.read_bytes())
    assert tm("leverage", "1/x/zh.txt", "2/x/zh.txt", "-o", "out/", cwd=sample_project).code == 0
    names = sorted(path.name for path in (sample_project / "out").iterdir())
    assert names == ["1-x-zh.xlf", "2-x-zh.xlf"]


def test_matches_that_nobody_confirmed_are_named_and_checked_when_adopted(tm, sample_project):
    chinese = sample_project / "corpora/releases/sichuan/2021-07-16-flood-control-notice-3/zh.txt"
    assert (
        tm("leverage", chinese, "--without", chinese.parent.name, "-o", "d.po", cwd=sample_project).code == 0
    )
    text = (sample_project / "d.po").read_text(encoding="utf-8")
    (sample_project / "d.po").write_text(
        text.replace('msgstr ""\n\n', 'msgstr "Done."\n\n'), encoding="utf-8"
    )
    target = sample_project / "corpora/releases/sichuan/2022-01-10-new"
    ran = tm("adopt", "d.po", "--release", target, cwd=sample_project)
    clear(ran, 0, "nobody confirmed", "3-5")
    assert "N104" in ran.out


def test_targets_that_a_program_left_in_the_state_new_are_adopted(tm, sample_project, chinese):
    assert tm("leverage", chinese, "--without", RELEASE, "-o", "d.xlf", cwd=sample_project).code == 0
    text = (sample_project / "d.xlf").read_text(encoding="utf-8")
    done = text.replace('state="new"></target>', 'state="new">Done.</target>')
    (sample_project / "d.xlf").write_text(done, encoding="utf-8")
    target = sample_project / "corpora/releases/sichuan/2022-01-10-new"
    assert tm("adopt", "d.xlf", "--release", target, cwd=sample_project).code == 0
    assert "Done." in (target / "en.txt").read_text(encoding="utf-8")


def test_a_release_is_not_adopted_where_build_would_not_find_it(tm, sample_project, chinese):
    assert tm("leverage", chinese, "-o", "draft.xlf", cwd=sample_project).code == 0
    lost = sample_project / "corpora/releases/2022-01-10-new"
    clear(tm("adopt", "draft.xlf", "--release", lost, cwd=sample_project), 2, "2022-01-10-new")


def test_a_release_to_leave_out_that_is_nowhere_is_named(tm, sample_project, chinese):
    ran = tm("leverage", chinese, "--without", RELEASE[:-1], cwd=sample_project)
    clear(ran, 0, RELEASE[:-1])


@pytest.mark.parametrize("line", ['fail_on = "bad"', "threshold = 400", "alternatives = 0"])
def test_a_setting_out_of_its_bounds_names_file_and_key(tm, sample_project, line):
    (sample_project / "tm.toml").write_text(line + "\n", encoding="utf-8")
    clear(tm("stats", cwd=sample_project), 2, "tm.toml", line.split()[0])


def test_a_control_character_is_an_error_with_its_line(tm, sample_project):
    (sample_project / "bell.txt").write_text("会议召开。\n\n会议\x07指出。\n", encoding="utf-8")
    clear(tm("leverage", "bell.txt", cwd=sample_project), 3, "bell.txt:3", "U+0007")


def test_a_release_that_calls_itself_otherwise_than_its_folder_is_an_error(tm, sample_project, chinese):
    metadata = chinese.with_name("release.toml")
    metadata.write_text('id = "other"\n', encoding="utf-8")
    clear(tm("build", cwd=sample_project), 3, "release.toml", "other")
    metadata.write_text("date = 2020-01-02\n", encoding="utf-8")
    clear(tm("build", cwd=sample_project), 3, "release.toml", "2020-01-02")


def test_a_cache_that_cannot_be_written_stops_nothing(tm, sample_project, chinese, monkeypatch):
    (sample_project / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("TM_CACHE", str(sample_project / "file/cache"))
    assert tm("leverage", chinese, cwd=sample_project).code == 0


def test_bilingual_files_are_read_from_standard_input(program, sample_project):
    found = program(
        "check",
        "-",
        "--format",
        "json",
        cwd=sample_project,
        stdin="会议到此结束。\tThis is the the end of the meeting.\n".encode(),
    )
    assert [one["rule"] for one in json.loads(found.out)["findings"]] == ["S102"]
    tmx = (sample_project / "tmx/sichuan.tmx").read_bytes()
    counts = program("import", "-", "--into", "mine", "--json", cwd=sample_project, stdin=tmx)
    assert json.loads(counts.out)["read"] == 364


def test_a_full_output_is_one_line_and_no_traceback(sample_project, chinese):
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("wb") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "tm", "leverage", str(chinese)],
            cwd=sample_project,
            stdout=stream,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr


def test_an_unfinished_draft_is_not_adopted(tm, sample_project, chinese):
    assert tm("leverage", chinese, "--without", RELEASE, "-o", "draft.xlf", cwd=sample_project).code == 0
    target = sample_project / "corpora/releases/sichuan/2022-01-10-new"
    clear(tm("adopt", "draft.xlf", "--release", target, cwd=sample_project), 3, "not translated")
    assert not target.exists()


def test_a_published_translation_is_never_overwritten(tm, sample_project, chinese):
    assert tm("leverage", chinese, "-o", "draft.xlf", cwd=sample_project).code == 0
    before = chinese.with_name("en.txt").read_bytes()
    clear(tm("adopt", "draft.xlf", "--release", chinese.parent, cwd=sample_project), 4)
    assert chinese.with_name("en.txt").read_bytes() == before


def test_a_memory_that_does_not_exist_is_named_with_those_that_do(tm, sample_project, chinese):
    clear(tm("leverage", chinese, "--memory", "sichuna", cwd=sample_project), 2, "sichuna", "sichuan")


def test_a_locked_memory_names_its_holder(tm, sample_project, monkeypatch):
    (sample_project / "new.tsv").write_text("四川召开会议\tSichuan holds a meeting\n", encoding="utf-8")
    hold = "import sys; from tm.store.lock import locked\nwith locked(sys.argv[1]): print(), input()"
    # who waits less than the ten seconds of the command gets the same answer
    monkeypatch.setattr(import_command, "import_files", partial(import_files, timeout=0.2))
    memory = sample_project / "tmx/mine.tmx"
    with subprocess.Popen(
        [sys.executable, "-u", "-c", hold, memory], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline()
        ran = tm("import", "new.tsv", "--into", "mine", cwd=sample_project)
        holder.communicate(b"\n")
    clear(ran, 4, str(holder.pid), "mine.tmx")
    assert not memory.exists()


def test_output_to_a_pipe_is_json_and_nothing_else(program, sample_project, chinese):
    ran = program("leverage", "-", "-o", "-", cwd=sample_project, stdin=chinese.read_bytes())
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["schema"] == "tm.leverage/1"


def test_the_program_speaks_the_language_that_is_asked_for(program, sample_project):
    assert "用法" in program("--help", env={"TM_LANG": "zh"}).out
    assert "用法" in program("stats", "--lang", "zh", "--help").out
    assert "Usage" in program("--help", env={"TM_LANG": "en"}).out
    assert "用法" in program("--help", env={"TM_LANG": "", "LC_ALL": "zh_CN.UTF-8"}).out
    assert "错误" in program("leverage", "nowhere.txt", "--lang", "zh", cwd=sample_project).err


@pytest.mark.parametrize("words", [["tmx/a.tmx"], ["--memory", "a"]])
def test_check_says_which_units_it_could_not_check(tm, sample_project, words):
    (sample_project / "tmx/a.tmx").write_text(
        '<tmx version="1.4"><header creationtool="a" creationtoolversion="1" segtype="sentence" o-tmf="a" '
        'adminlang="en" srclang="zh-CN" datatype="plaintext"/><body>'
        '<tu><tuv xml:lang="zh-CN"><seg>省</seg><seg>市</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv></tu>'
        '<tu><tuv xml:lang="zh-CN"><seg>省</seg></tuv><tuv xml:lang="en"><seg>province</seg></tuv></tu>'
        '<tu><tuv xml:lang="fr"><seg>un</seg></tuv><tuv xml:lang="en"><seg>one</seg></tuv></tu>'
        '<tu><tuv xml:lang="fr"><seg>deux</seg></tuv><tuv xml:lang="en"><seg>two</seg></tuv></tu>'
        "</body></tmx>",
        encoding="utf-8",
    )
    ran = tm("check", *words, cwd=sample_project)
    assert ran.code == 0
    assert "a.tmx: 1 unit is not checked: a tuv must have exactly one seg" in ran.err
    assert "a.tmx: 2 units are not checked: there is no tuv in zh-CN" in ran.err
    assert "1 segment" in ran.err
