"""Files that are no files, names that are no names, pipes that are closed, and bytes without any sense."""

from __future__ import annotations

import gzip
import os
import random
import socket
import stat
import subprocess
import sys

import pytest

TMX = (
    '<tmx version="1.4"><header srclang="zh-CN"/><body><tu><tuv xml:lang="zh-CN"><seg>甲</seg></tuv>'
    '<tuv xml:lang="en"><seg>a</seg></tuv></tu></body></tmx>'
).encode()
ENDINGS = (".tmx", ".tmx.gz", ".tmx.zip", ".xlf", ".po", ".csv", ".tsv", ".xlsx", ".docx", ".tbx")
NO_FILE = {"export": 2}
"""For `export` a memory is what its name says; where there is none, that is wrong use."""
every_ending = pytest.mark.parametrize("ending", ENDINGS)


# --- What is no file ---------------------------------------------------------------------------------


@every_ending
def test_a_folder_is_refused_as_one(tries, folder, ending):
    (folder / f"a{ending}").mkdir()
    for way, tried in tries(f"a{ending}", None).items():
        assert tried.code == NO_FILE.get(way, 3), (way, tried)
        assert f"a{ending}" in tried.err


@every_ending
@pytest.mark.parametrize("kind", ["pipe", "endless", "empty", "socket"])
def test_a_pipe_and_a_device_are_refused_and_not_waited_for(tries, folder, ending, kind):
    path = folder / f"a{ending}"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        if len(str(path)) > 100:
            pytest.skip("the name of a socket is too long here")
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(path))
    else:
        path.symlink_to("/dev/zero" if kind == "endless" else "/dev/null")
    for way, tried in tries(path.name, None).items():
        assert tried.code == NO_FILE.get(way, 3), (way, tried)
        assert path.name in tried.err


@every_ending
def test_links_in_a_circle_are_refused(refused_briefly, folder, ending):
    (folder / f"a{ending}").symlink_to(f"b{ending}")
    (folder / f"b{ending}").symlink_to(f"a{ending}")
    refused_briefly(f"a{ending}")


@every_ending
def test_a_link_to_nothing_is_refused(refused_briefly, folder, ending):
    (folder / f"a{ending}").symlink_to("nowhere")
    refused_briefly(f"a{ending}")


@every_ending
def test_a_file_that_nobody_may_read_is_refused(refused_briefly, folder, ending):
    path = folder / f"a{ending}"
    path.write_bytes(TMX)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    refused_briefly(path.name)


@pytest.fixture
def refused_briefly(tries):
    """Refused in one line or more, by name."""

    def call(name):
        for way, tried in tries(name, None).items():
            assert tried.code == NO_FILE.get(way, 3), (way, tried)
            assert name in tried.err

    return call


# --- Names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [b"\xff\xfe.tmx", "四川省\u202e.tmx".encode(), b"a\nb.tmx", b"a\x1b[2J.tmx", b"-o.tmx", b"%s{x}.tmx"],
)
@pytest.mark.parametrize("raw", [TMX, b"<html/>", b"", b"<tmx>"])
def test_a_file_of_any_name_is_read_or_refused(tries, folder, name, raw):
    (folder / os.fsdecode(name)).write_bytes(raw)
    shown = os.fsdecode(name)
    for way, tried in tries(shown if not shown.startswith("-") else f"./{shown}", None).items():
        assert tried.code == (0 if raw == TMX else 3), (way, tried)
        if way != "read":
            assert "\x1b" not in tried.err + tried.out


# --- Bytes -------------------------------------------------------------------------------------------


@every_ending
@pytest.mark.parametrize("size", [1, 100, 5_000_000])
def test_bytes_without_sense_are_refused(refused, ending, size):
    refused(f"a{ending}", random.Random(size).randbytes(size))  # noqa: S311 - no secret


@every_ending
@pytest.mark.parametrize("byte", [b"\0", b"\xff", b"<", b'"', b"\n", b"P", b"\x1f"])
def test_a_million_times_the_same_byte_is_refused_or_empty(tries, ending, byte):
    for way, tried in tries(f"a{ending}", byte * 1_000_000).items():
        assert tried.code in (0, 3), (way, tried)


@pytest.mark.parametrize("ending", [".tmx", ".xlf", ".po", ".csv", ".tsv", ".tbx"])
def test_a_line_without_end_is_refused_or_read(tries, ending):
    raw = "省".encode() * 3_000_000 + b"\t" + b"x" * 9_000_000
    for way, tried in tries(f"a{ending}", raw).items():
        assert tried.code in (0, 1, 3), (way, tried)


# --- Standard input ----------------------------------------------------------------------------------

COMMANDS = (("check", "-"), ("import", "-", "--into", "mine"))
every_command = pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
STREAMS = {
    "nothing": b"",
    "blanks": b" \n" * 1000,
    "zeros": b"\0" * 100_000,
    "sense of no kind": random.Random(5).randbytes(5_000_000),  # noqa: S311 - no secret
    "a broken TMX": TMX[:-30],
    "an entity": b"<!DOCTYPE tmx [<!ENTITY x 'y'>]>" + TMX,
    "half a gzip": gzip.compress(TMX)[:-20],
    "half a zip": b"PK\3\4" + b"\0" * 100,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a page": b"<!DOCTYPE html><html><body>404</body></html>",
}


@every_command
@pytest.mark.parametrize("raw", STREAMS.values(), ids=STREAMS)
def test_what_comes_through_a_pipe_is_refused_alike(cell, folder, words, raw):
    (folder / "input").write_bytes(raw)
    tried = cell(*words, cwd=folder, stdin=folder / "input")
    assert tried.code == 3, tried
    assert "Traceback" not in tried.err
    assert not tried.out
    assert not list((folder / "tmx").glob("*.tmx"))


@every_command
def test_a_standard_input_that_is_closed_is_an_error_in_words(cell, folder, words):
    tried = cell(*words, cwd=folder, stdin="")
    assert tried.code == 3, tried
    assert "Traceback" not in tried.err
    assert len(tried.err.strip().splitlines()) >= 1


@pytest.mark.parametrize("redirect", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_the_program_bears_closed_streams(folder, redirect):
    (folder / "a.tmx").write_bytes(TMX)
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" -m tm check a.tmx {redirect}', sys.executable],
        cwd=folder,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done
    assert b"Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error(folder):
    (folder / "a.tsv").write_text("会议\tThe the meeting\n" * 5000, encoding="utf-8")
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -m tm check a.tsv | head -1', sys.executable],
        cwd=folder,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert not done.stderr.strip() or b"Traceback" not in done.stderr


def test_the_devices_that_are_tried_here_are_what_they_are():
    assert stat.S_ISCHR(os.stat("/dev/zero").st_mode)  # noqa: PTH116 - the mode is what is asked for
