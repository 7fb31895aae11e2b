"""XML that is made to do harm, in every format that is XML: refused or read in time, in place, in words.

Each case is tried through the library, `tm check`, `tm import` and, for memories, `tm export`, in a process
that has five seconds and 256 MiB.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

TMX = """{prolog}<tmx version="1.4"><header srclang="zh-CN"/><body>
<tu tuid="u1"><tuv xml:lang="zh-CN"><seg>甲</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv></tu>
<tu tuid="u2"{attribute}><tuv xml:lang="zh-CN"><seg>乙</seg></tuv><tuv xml:lang="en"><seg>b{text}</seg></tuv>\
</tu>
</body></tmx>"""
XLIFF_1 = """{prolog}<xliff version="1.2"><file source-language="zh-CN" target-language="en"><body>
<trans-unit id="u1"><source>甲</source><target>a</target></trans-unit>
<trans-unit id="u2"{attribute}><source>乙</source><target>b{text}</target></trans-unit>
</body></file></xliff>"""
XLIFF_2 = """{prolog}<xliff version="2.1" srcLang="zh-CN" trgLang="en"><file id="f">
<unit id="u1"><segment><source>甲</source><target>a</target></segment></unit>
<unit id="u2"{attribute}><segment><source>乙</source><target>b{text}</target></segment></unit>
</file></xliff>"""
TBX = """{prolog}<martif type="TBX" xml:lang="en"><martifHeader><fileDesc/></martifHeader><text><body>
<termEntry id="u1"><langSet xml:lang="zh"><tig><term>甲</term></tig></langSet>\
<langSet xml:lang="en"><tig><term>a</term></tig></langSet></termEntry>
<termEntry id="u2"{attribute}><langSet xml:lang="zh"><tig><term>乙</term></tig></langSet>\
<langSet xml:lang="en"><tig><term>b{text}</term></tig></langSet></termEntry>
</body></text></martif>"""
SHAPES = {"a.tmx": TMX, "1.xlf": XLIFF_1, "2.xlf": XLIFF_2, "s.sdlxliff": XLIFF_1, "a.tbx": TBX}
every_format = pytest.mark.parametrize("name", SHAPES)
BAD_LINE = 3
"""The line of the unit that is bent."""


def shaped(name, *, prolog="", text="", attribute=""):
    return SHAPES[name].format(prolog=prolog, text=text, attribute=attribute)


# --- Entities ----------------------------------------------------------------------------------------

BOMB = '<!ENTITY x0 "lol">' + "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 20))
ENTITIES = {
    "a file": '<!ENTITY x SYSTEM "file://{canary}">',
    "a file by its path": '<!ENTITY x SYSTEM "{canary}">',
    "a server": '<!ENTITY x SYSTEM "{server}">',
    "a public name": '<!ENTITY x PUBLIC "-//X//X" "{server}">',
    "a parameter, external": '<!ENTITY % p SYSTEM "{server}"> %p;',
    "a parameter from a file": '<!ENTITY % p SYSTEM "file://{canary}"> %p;',
    "a parameter, internal": """<!ENTITY % p "<!ENTITY x 'y'>"> %p;""",
    "a billion laughs": BOMB + '<!ENTITY x "&x19;">',
    "quadratic growth": '<!ENTITY x "' + "y" * 50_000 + '">',
    "a parameter bomb": "<!ENTITY % a 'aaaa'><!ENTITY % b '&#37;a;&#37;a;'> %b;",
    "a loop": '<!ENTITY x "&y;"><!ENTITY y "&x;">',
    "a benign one": '<!ENTITY x "text">',
    "a redefined one": "<!ENTITY lt '&#38;#60;'><!ENTITY x 'text'>",
    "an unparsed one": '<!NOTATION n SYSTEM "{server}"><!ENTITY x SYSTEM "x.gif" NDATA n>',
}


@pytest.fixture
def server():
    """The address of a server that nobody may call, and a function that tells whether somebody did."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        with pytest.raises(BlockingIOError):
            listening.accept()


@every_format
@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
def test_a_declared_entity_is_refused_and_touches_nothing(refused, server, tmp_path, name, entity):
    canary = tmp_path / "canary.txt"
    canary.write_text("canary", encoding="utf-8")
    declared = entity.replace("{canary}", str(canary)).replace("{server}", server)
    raw = shaped(name, prolog=f"<!DOCTYPE x [{declared}]>", text="&x;" * (5000 if "yyy" in entity else 1))
    refused(name, raw.encode(), "entity", "refused", line=1)


@every_format
def test_an_entity_that_nobody_declared_is_refused_with_its_line(refused, name):
    refused(name, shaped(name, text="&nbsp;").encode(), "nbsp", "&#160;", line=BAD_LINE)


@every_format
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "gb18030", "utf-8-sig"])
def test_an_entity_is_refused_in_every_encoding(refused, name, encoding):
    declared = encoding.removesuffix("-sig").removesuffix("-le")
    prolog = f'<?xml version="1.0" encoding="{declared}"?><!DOCTYPE x [<!ENTITY x "y">]>'
    refused(name, shaped(name, prolog=prolog, text="&x;").encode(encoding), "entity", line=1)


@every_format
def test_a_document_type_elsewhere_is_accepted_and_never_fetched(tries, server, name):
    prolog = f'<?xml-stylesheet href="{server}"?><!DOCTYPE x SYSTEM "{server}">'
    for way, tried in tries(name, shaped(name, prolog=prolog).encode()).items():
        assert tried.code == 0, (way, tried)


# --- What is touched ---------------------------------------------------------------------------------

LOOKED_INTO = re.compile(r"""^\S+ \('([^']*)'""")


def strangers(touched, *homes):
    """What was asked for besides the files below these folders and Python's own."""
    allowed = (
        *map(str, homes),
        sys.prefix,
        sys.base_prefix,
        str(Path(__file__).parents[2]),
        "/dev/null",
        "/proc",
    )
    found = []
    for line in touched:
        path = LOOKED_INTO.match(line)
        inside = line.startswith("open ") and path and (path[1].startswith(allowed) or "/" not in path[1])
        if not inside:
            found.append(line)
    return found


@every_format
@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
def test_python_asks_for_no_file_and_no_server_of_others(tries, tmp_path, cache, name, entity):
    canary = tmp_path.parent / "elsewhere.txt"
    declared = entity.replace("{canary}", str(canary)).replace("{server}", "http://127.0.0.1:9/x")
    raw = shaped(name, prolog=f"<!DOCTYPE x [{declared}]>", text="&x;")
    for way, tried in tries(name, raw.encode()).items():
        assert tried.touched, way  # the hook is at work
        assert not strangers(tried.touched, tmp_path, cache), way


def test_the_watch_on_files_and_servers_sees_what_it_must(tmp_path):
    assert strangers(["open ('/etc/hostname', 'r', 0)"], tmp_path)
    assert strangers(["socket.connect (<socket>, ('127.0.0.1', 9))"], tmp_path)
    assert not strangers([f"open ('{tmp_path}/a', 'r', 0)"], tmp_path)


def test_the_system_is_asked_for_no_other_file_and_no_server(outside, tmp_path):
    """What Python code cannot see: the files that the XML library itself might open."""
    strace = outside("strace")
    canary = tmp_path / "canary.txt"
    canary.write_text("canary", encoding="utf-8")
    (tmp_path / "tm.toml").write_text("", encoding="utf-8")
    for number, entity in enumerate(ENTITIES.values()):
        declared = entity.replace("{canary}", str(canary)).replace("{server}", "http://127.0.0.1:9/x")
        for name in SHAPES:
            path = tmp_path / f"{number}-{name}"
            path.write_text(shaped(name, prolog=f"<!DOCTYPE x [{declared}]>", text="&x;"), encoding="utf-8")
    files = sorted(path.name for path in tmp_path.glob("*-*"))
    log = tmp_path / "strace.log"
    watch = [strace, "-f", "-qq", "-e", "trace=open,openat,openat2,socket,connect", "-o", str(log)]
    for opener, seen in ((OPENER, True), (READER, False)):
        done = subprocess.run(
            [*watch, sys.executable, "-c", opener, str(canary), *files],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        calls = log.read_text(encoding="utf-8", errors="replace")
        assert ("canary.txt" in calls) is seen
        assert ("AF_INET" in calls) is seen
        assert done.stdout.split() == (["seen"] if seen else ["refused"] * len(files))


OPENER = """
import socket, sys
open(sys.argv[1]).close()
socket.socket().close()
print("seen")
"""
READER = """
import sys
from tm.errors import FormatError
from tm.project.library import read
for name in sys.argv[2:]:
    try:
        print(len(list(read(name))))
    except FormatError:
        print("refused")
"""


# --- Size --------------------------------------------------------------------------------------------

DEPTH = 100_000
MANY = range(200_000)
SIZES = {
    "depth": ({"text": "<g id='1'>" * DEPTH + "</g>" * DEPTH}, "256 deep"),
    "depth that never ends": ({"text": "<hi>" * DEPTH}, "256 deep"),
    "a text of 11 MB": ({"text": "x" * 11_000_000}, ""),
    "a text of 200 MB": ({"text": "x" * 200_000_000}, ""),
    "a comment of 20 MB": ({"text": f"<!--{'x' * 20_000_000}-->"}, ""),
    "an instruction of 20 MB": ({"text": f"<?p {'x' * 20_000_000}?>"}, ""),
    "a CDATA section of 20 MB": ({"text": f"<![CDATA[{'x' * 20_000_000}]]>"}, ""),
    "200,000 attributes": (
        {"attribute": " " + " ".join(f'a{n}="1"' for n in MANY)},
        "1000 attributes",
    ),
    "200,000 namespaces": ({"attribute": " " + " ".join(f'xmlns:a{n}="u{n}"' for n in MANY)}, ""),
    "a name of 9 MB": ({"text": f"<{'x' * 9_000_000}/>"}, ""),
    "ten million elements": ({"text": "<g/>" * 10_000_000}, ""),
    "ten million references": ({"text": "&#65;" * 10_000_000}, ""),
}


@every_format
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_what_is_beyond_all_measure_is_refused_in_time_and_in_little_memory(refused, name, size):
    where, word = size
    refused(name, shaped(name, **where).encode(), word, line=BAD_LINE)


@every_format
def test_an_attribute_of_11_mb_is_refused(refused, name):
    refused(name, shaped(name, attribute=f' note="{"x" * 11_000_000}"').encode())


# --- Characters --------------------------------------------------------------------------------------

CHARACTERS = {
    "a control character": "\x01",
    "a reference to one": "&#1;",
    "a reference to NUL": "&#0;",
    "half a surrogate": "&#xD800;",
    "a pair of surrogates": "&#xD83D;&#xDE00;",
    "a noncharacter": "&#xFFFF;",
    "a number beyond Unicode": "&#x110000;",
    "a number beyond all": f"&#{'9' * 5000};",
    "a reference to nothing": "&#;",
    "a lone ampersand": "a & b",
    "the end of CDATA": "]]>",
    "NUL": "\0",
}


@every_format
@pytest.mark.parametrize("text", CHARACTERS.values(), ids=CHARACTERS)
def test_a_character_that_xml_has_not_is_refused_with_its_line(refused, name, text):
    refused(name, shaped(name, text=text).encode(), line=BAD_LINE)


@every_format
@pytest.mark.parametrize("raw", [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"])
def test_bytes_that_are_no_utf_8_are_refused_with_their_line(refused, name, raw):
    refused(name, shaped(name, text="@").encode().replace(b"@", raw), line=BAD_LINE)


@every_format
@pytest.mark.parametrize("raw", [b"\0", b"\0" * 5000, b"\x1a", b"<x/>", b"more"])
def test_what_stands_behind_the_end_is_refused(refused, name, raw):
    refused(name, shaped(name).encode() + b"\n" + raw, line=5)


# --- Other files -------------------------------------------------------------------------------------

WRONG = {
    "nothing": (b"", "0 bytes"),
    "zeros": (b"\0" * 10_000, ""),
    "blanks": (b" \n" * 10_000, "XML"),
    "a page": (
        b"<!DOCTYPE html>\n<html><head></head><body><p>Not found</body></html>",
        "html",
    ),
    "an error page without a head": (b"<HTML><BODY>502 Bad Gateway</BODY></HTML>", "HTML"),
    "words": (b"The requested file was not found.\n", "XML"),
    "JSON": (b'{"error": 404}', "XML"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, ""),
    "a table": ("zh\ten\n省\tProvince\n".encode(), "XML"),
    "a feed": (b'<rss version="2.0"><channel/></rss>', "rss"),
    "the root in another's place": (b'<x:tmx xmlns:x="u" version="1.4"/><x:xliff xmlns:x="u"/>', ""),
}


@every_format
@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_file_of_another_kind_is_refused_by_what_it_is(refused, name, wrong):
    refused(name, *wrong)


@pytest.mark.parametrize("name", ["a.tmx", "1.xlf"])
def test_a_file_under_the_name_of_another_is_refused_by_its_root(refused, name):
    other = {"a.tmx": "1.xlf", "1.xlf": "a.tmx"}[name]
    refused(name, shaped(other).encode(), "xliff" if other == "1.xlf" else "tmx", line=1)


@every_format
@pytest.mark.parametrize(
    "declared",
    ["hex", "zip", "bz2", "rot13", "idna", "punycode", "unicode_escape", "undefined", "utf-7", "klingon"],
)
def test_an_encoding_that_no_text_is_in_is_refused_by_its_name(refused, name, declared):
    raw = shaped(name, prolog=f'<?xml version="1.0" encoding="{declared}"?>')
    refused(name, raw.encode(), declared, "UTF-8", line=1)


@every_format
def test_a_page_in_ebcdic_is_refused(refused, name):
    raw = shaped(name, prolog='<?xml version="1.0" encoding="cp037"?>')
    refused(name, raw.encode("cp037", "xmlcharrefreplace"), "XML", line=1)


@every_format
@pytest.mark.parametrize("keep", [0.1, 0.4, 0.7, 0.99])
def test_a_file_that_is_cut_off_is_refused(refused, name, keep):
    raw = shaped(name).encode()
    refused(name, raw[: int(len(raw) * keep)])


# --- Units -------------------------------------------------------------------------------------------


def test_a_seg_too_many_and_a_date_that_is_none_are_told_with_line_and_unit(tries):
    raw = shaped("a.tmx", attribute=' creationdate="20210230T000000Z"', text="</seg><seg>c").encode()
    found = tries("a.tmx", raw)
    assert found["import"].code == 0
    assert '"line": 3' in found["import"].out
    assert '"unit": "u2"' in found["import"].out
    assert "exactly one seg" in found["import"].out


def test_a_tu_inside_a_tu_is_refused_with_line_and_unit(refused):
    refused(
        "a.tmx", shaped("a.tmx", text="</seg><tu tuid='u3'/><seg>").encode(), "inside another", "u3", line=3
    )


@pytest.mark.parametrize("digits", ["", "00 01", "D800", "110000", "FFFFFFFFFF", "x"])
def test_a_number_of_no_character_is_refused_with_its_line(refused, digits):
    refused("2.xlf", shaped("2.xlf", text=f'<cp hex="{digits}"/>').encode(), "cp", line=3)
