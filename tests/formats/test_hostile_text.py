"""PO, release folders, links, settings and plain text that are made to do harm."""

from __future__ import annotations

import pytest

PO = """msgid ""
msgstr "Content-Type: text/plain; charset={charset}\\n"

msgid "甲"
msgstr "a"

{bad}
"""
BAD_PO = {
    "no end of a string": 'msgid "乙\nmsgstr "b"',
    "no string": "msgid 乙\nmsgstr b",
    "a word that is none": 'nothing "乙"',
    "a form without a plural": 'msgid "乙"\nmsgstr[0] "b"',
    "a form beyond all forms": 'msgid "乙"\nmsgid_plural "乙"\nmsgstr[99999999999] "b"',
    "a date that is none": '#. created: 2021-02-30\nmsgid "乙"\nmsgstr "b"',
    "a number that is none": f'#. index: {"9" * 5000}\nmsgid "乙"\nmsgstr "b"',
    "a line without end": f'msgid "{"乙" * 2_000_000}"\nmsgstr "b"',
    "strings without end": "msgid " + '"乙乙乙乙乙乙"\n' * 200_000 + 'msgstr "b"',
}


@pytest.mark.parametrize("bad", BAD_PO.values(), ids=BAD_PO)
def test_a_po_that_is_broken_is_refused_by_name(refused, bad):
    refused("a.po", PO.format(charset="UTF-8", bad=bad).encode())


@pytest.mark.parametrize(
    "bad",
    [
        '#. id: "\\ud800"\nmsgid "乙"\nmsgstr "b"',
        f'#. id: "{"[" * 100_000}\nmsgid "乙"\nmsgstr "b"',
        f'#. prop x: {"[" * 100_000}\nmsgid "乙"\nmsgstr "b"',
        '#~ msgid "乙"\n#~ msgstr "b"',
        "#| msgid",
        'msgctxt "c"\nmsgid "乙"\nmsgstr "b"\n' * 2000,
    ],
)
def test_an_odd_po_is_read_or_refused(tries, bad):
    for way, tried in tries("a.po", PO.format(charset="UTF-8", bad=bad).encode()).items():
        assert tried.code in (0, 3), (way, tried)


@pytest.mark.parametrize(
    "charset", ["hex", "zip", "idna", "punycode", "unicode_escape", "undefined", "utf-7", "utf-16", "klingon"]
)
def test_a_charset_that_no_text_is_in_is_not_believed(tries, charset):
    for way, tried in tries("a.po", PO.format(charset=charset, bad="").encode()).items():
        assert tried.code == 0, (way, tried)


# --- Release folders ---------------------------------------------------------------------------------

NAME = "2020-01-02-notice"
GOOD = {
    "release.toml": b"date = 2020-01-02\n",
    "zh.txt": "通知\n\n会议召开。\n".encode(),
    "en.txt": b"Notice\n\nHeld.\n",
}
LINKS = "# schema: tm.links/1\n# zh: sha256:0\n# en: sha256:0\nzh\ten\tscore\tby\n"
BAD_RELEASE = {
    "a number of 5000 digits": ("release.toml", f"x = {'9' * 5000}".encode()),
    "lists in lists": ("release.toml", b"x = " + b"[" * 100_000),
    "tables in tables": ("release.toml", b"x = " + b"{a=" * 100_000),
    "a date that is none": ("release.toml", b"date = 2021-02-30\n"),
    "an id that leads elsewhere": ("release.toml", b'id = "../../../etc"\n'),
    "another id": ("release.toml", b"id = 3\n"),
    "NUL": ("release.toml", b"date = 2020-01-02\0\n"),
    "half a surrogate": ("release.toml", b'note = "\\ud800"\n'),
    "no text": ("zh.txt", b""),
    "zeros": ("zh.txt", b"\0" * 1000),
    "a picture": ("en.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "links of another release": (
        "align.tsv",
        f"{LINKS}x\t\t9\tme\n".encode(),
    ),
    "links that are a page": ("align.tsv", b"<html></html>"),
    "links that are zeros": ("align.tsv", b"\0" * 1000),
    "ten million pluses": (
        "align.tsv",
        f"{LINKS}{'+' * 9_000_000}\t\t1\tx\n".encode(),
    ),
}


@pytest.mark.parametrize("bad", BAD_RELEASE.values(), ids=BAD_RELEASE)
@pytest.mark.parametrize(
    "words", [("check", f"corpora/releases/o/{NAME}"), ("build",)], ids=["check", "build"]
)
def test_a_release_that_is_broken_is_refused_by_the_name_of_its_file(cell, folder, bad, words):
    home = folder / "corpora/releases/o" / NAME
    home.mkdir(parents=True)
    for name, content in {**GOOD, bad[0]: bad[1]}.items():
        (home / name).write_bytes(content)
    tried = cell(*words, cwd=folder)
    assert tried.code == 3, tried
    assert bad[0] in tried.err
    assert "Traceback" not in tried.err
    assert not list((folder / "tmx").glob("*.tmx"))


@pytest.mark.parametrize(
    "content", [b"x = " + b"[" * 100_000, f"x = {'9' * 5000}".encode(), b"\0", b"\xff\xfe\x00\xd8"]
)
def test_settings_that_are_broken_are_refused_by_name(cell, folder, content):
    (folder / "tm.toml").write_bytes(content)
    tried = cell("stats", cwd=folder)
    assert tried.code in (2, 3), tried
    assert "tm.toml" in tried.err
    assert "Traceback" not in tried.err


@pytest.mark.parametrize("option", ["--waivers", "--baseline"])
@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 100, b"[" * 100_000, b"x = " + b"[" * 100_000, b"\xff\xd8\xff", b'{"findings": 3}'],
)
def test_waivers_and_baselines_that_are_broken_are_refused_in_words(cell, folder, option, content):
    (folder / "a.tsv").write_text("甲\ta\n", encoding="utf-8")
    (folder / "w.toml").write_bytes(content)
    tried = cell("check", "a.tsv", option, "w.toml", cwd=folder)
    assert tried.code in (0, 2, 3), tried
    assert "Traceback" not in tried.err
