"""Bends small files of a format for as long as it is told and keeps those that a reader fails on.

    pip install atheris && python tests/fuzz/drive.py TARGET SECONDS FINDS/ [SEED…]

A reader may give units or raise an `InputError`; anything else is a find, and so are units that change when
they are written and read again, and a file of a few kilobytes that takes longer than a second. FINDS gets
one file for every place in the code that failed, and a `.txt` beside it that says how. What was found
becomes a test in `tests/formats`, with the input in readable form.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tm.errors import InputError, TMError
from tm.formats import links, release, tbx
from tm.formats.registry import format_for
from tm.text.decode import decode

SLOW = 1.0
"""CPU seconds that a file of a few kilobytes may take."""
LONGEST = 1 << 15
_XML = re.compile(rb"<!--|-->|<[^<>]*>|[^<>]+|[<>]")
_LINES = re.compile(rb"[^\n]*\n?")
_CELLS = re.compile(rb"[\t,;]|\r?\n|[^\t,;\r\n]+|\r")
_VALUE = re.compile(rb'"[^"]*"')
_SPICE = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        *("", " ", "\n", "\r", "\r\n", "\t", "\0", "\x01", "\x1c", "\x85", "\u2028", "\ufeff", "\ufffe"),
        *("\ud800", "😀", "省", "'", '"', '""', "\\", "\\n", "&amp;", "&#1;", "&#xD800;", "&x;", "]]>"),
        *("<![CDATA[", "<!--", "-->", "<?p?>", "<!DOCTYPE a []>", "=1+1", "+", "-", "@", "_x000D_", "＝"),
        *("0", "-1", "9" * 5000, "1e999", "NaN", "²", "20210230T000000Z", "2021-02-30", "00000000T000000Z"),
        *("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "zh_CN", "*all*", "x-", "charset=hex"),
        *("charset=utf-7", "idna", "#, fuzzy", "#| msgid", "#~ ", "msgstr[9]", "msgctxt", '"Language: "'),
        *("[" * 3000, "{" * 3000, "a." * 2000, "prop:", "zh", "en", "sha256:", "+" * 9, "# schema: "),
    )
)


# --- What a reader owes ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """What is fuzzed: `check` raises for what must not be; `bend` changes a file as its format is made."""

    check: Callable[[bytes], None]
    bend: Callable[[bytes, Random], bytes]


class WrongError(AssertionError):
    """Units that changed on the way, or a reader that took too long."""


def _through(ending: str) -> Callable[[bytes], None]:
    """Reading a file of this ending, writing what was read, and reading that."""

    def check(raw: bytes) -> None:
        known = format_for(f"fuzz{ending}", "read")
        try:
            memory = known.reader(io.BytesIO(raw), path=f"fuzz{ending}")
            units = tuple(memory)
        except InputError:
            return
        if not known.can("write"):
            return
        try:
            first = io.BytesIO()
            known.writer(replace(memory, units=units), first)
        except TMError:
            return  # said in words: this format cannot carry it
        again = known.reader(io.BytesIO(first.getvalue()), path=f"fuzz{known.endings[0]}")
        found = tuple(again)
        if len(units) != len(found):
            raise WrongError(f"{len(units)} units came back as {len(found)}")
        for before, after in zip(units, found, strict=True):
            said = [(unit.id, unit.source.text, unit.target.text) for unit in (before, after)]
            if said[0] != said[1]:
                raise WrongError(f"{said[0]!r} came back as {said[1]!r}")
        if known.name == "XLIFF":
            return  # version 2 is written as version 1, whose codes need one more turn to settle
        second = io.BytesIO()
        known.writer(replace(again, units=found), second)
        if first.getvalue() != second.getvalue():
            raise WrongError(f"{first.getvalue()!r} was read and written as {second.getvalue()!r}")

    return check


def _links(raw: bytes) -> None:
    try:
        found = links.read(io.BytesIO(raw), path="fuzz.tsv")
    except InputError:
        return
    first, second = io.BytesIO(), io.BytesIO()
    links.write(found, first)
    links.write(links.read(io.BytesIO(first.getvalue())), second)
    if first.getvalue() != second.getvalue():
        raise WrongError(f"{first.getvalue()!r} was read and written as {second.getvalue()!r}")


def _tbx(raw: bytes) -> None:
    try:
        glossary = tbx.read(io.BytesIO(raw), path="fuzz.tbx")
    except InputError:
        return
    first, second = io.BytesIO(), io.BytesIO()
    tbx.write(glossary.concepts, first)
    tbx.write(tbx.read(io.BytesIO(first.getvalue())).concepts, second)
    if first.getvalue() != second.getvalue():
        raise WrongError(f"{first.getvalue()!r} was read and written as {second.getvalue()!r}")


def _decode(raw: bytes) -> None:
    with contextlib.suppress(InputError):
        text = decode(raw, path="fuzz.txt", keep_newlines=True).text
        text.encode()


def _metadata(raw: bytes) -> None:
    with contextlib.suppress(InputError):
        release.read_metadata(io.BytesIO(raw), path="fuzz.toml")


def _text(raw: bytes) -> None:
    with contextlib.suppress(InputError):
        release.read_text(io.BytesIO(raw), path="fuzz.txt")


# --- Bending -----------------------------------------------------------------------------------------


def _parts(pattern: re.Pattern[bytes]) -> Callable[[bytes, Random], bytes]:
    """Bending by the parts that this pattern cuts a file into."""

    def bend(raw: bytes, random: Random) -> bytes:
        parts = pattern.findall(raw)
        for _turn in range(random.randint(1, 3)):
            _change(parts, random)
        return b"".join(parts)

    return bend


def _change(parts: list[bytes], random: Random) -> None:
    at = random.randrange(len(parts) + 1)
    part = parts[at] if at < len(parts) else b""
    choice = random.randrange(7)
    if choice == 0:
        parts[at : at + 1] = []
    elif choice == 1:
        parts.insert(at, random.choice(parts or [b""]))
    elif choice == 2 and len(parts) > 1:
        other = random.randrange(len(parts))
        parts[other], parts[at : at + 1] = part, [parts[other]]
    elif choice == 3:
        parts[at : at + 1] = [_VALUE.sub(lambda _found: b'"%s"' % random.choice(_SPICE), part, count=1)]
    else:
        place = random.randrange(len(part) + 1)
        gone = random.choice((0, 0, 1, 3))
        parts[at : at + 1] = [part[:place] + random.choice(_SPICE) + part[place + gone :]]


def _packed(raw: bytes, random: Random) -> bytes:
    """Bending one member of a zip file."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 - a zip that was bent as bytes is bent as bytes again
        return _parts(_LINES)(raw, random)
    name = random.choice(sorted(members) or [""])
    members[name] = _parts(_XML)(members.get(name, b""), random)
    bent = io.BytesIO()
    with zipfile.ZipFile(bent, "w", zipfile.ZIP_STORED) as archive:
        for member, content in members.items():
            archive.writestr(zipfile.ZipInfo(member), content)
    return bent.getvalue()


TARGETS = {
    "tmx": Target(_through(".tmx"), _parts(_XML)),
    "tmx.zip": Target(_through(".tmx.zip"), _packed),
    "xliff": Target(_through(".xlf"), _parts(_XML)),
    "po": Target(_through(".po"), _parts(_LINES)),
    "csv": Target(_through(".csv"), _parts(_CELLS)),
    "tsv": Target(_through(".tsv"), _parts(_CELLS)),
    "xlsx": Target(_through(".xlsx"), _packed),
    "docx": Target(_through(".docx"), _packed),
    "tbx": Target(_tbx, _parts(_XML)),
    "links": Target(_links, _parts(_CELLS)),
    "metadata": Target(_metadata, _parts(_LINES)),
    "text": Target(_text, _parts(_LINES)),
    "decode": Target(_decode, _parts(_LINES)),
}


def judge(name: str, raw: bytes) -> None:
    """Nothing when the reader of this target does what it owes; else raises."""
    TARGETS[name].check(raw)


def bend(name: str, raw: bytes, random: Random) -> bytes:
    """The file with a few parts changed, as files of this target are made."""
    return TARGETS[name].bend(raw, random)


# --- The run -----------------------------------------------------------------------------------------


class Finds:
    """The folder that gets one input for every place that failed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, name: str, raw: bytes, fault: BaseException) -> None:
        """Writes the input and what went wrong with it, once for every place."""
        frames = traceback.extract_tb(fault.__traceback__)
        ours = [frame for frame in frames if "/tm/" in frame.filename] or frames
        where = f"{type(fault).__name__} {Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}"
        path = self.folder / f"{name}-{hashlib.sha256(where.encode()).hexdigest()[:8]}"
        if not path.exists() or len(path.read_bytes()) > len(raw):
            path.write_bytes(raw)
            said = "".join(traceback.format_exception(fault))[-4000:]
            Path(f"{path}.txt").write_text(f"{where}\n{said}", encoding="utf-8", errors="replace")


def _fuzz(name: str, seconds: int, finds: Finds, seeds: Sequence[Path]) -> None:
    import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415 - for this run alone

    def one(raw: bytes) -> None:
        begin = time.process_time()
        try:
            judge(name, raw)
            took = time.process_time() - begin
            if took > SLOW and len(raw) < LONGEST:
                raise WrongError(f"took {took:.1f} s")  # noqa: TRY301 - kept like the others
        except Exception as fault:  # noqa: BLE001 - every one is a find
            finds.keep(name, raw, fault)

    def mutate(raw: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)  # noqa: S311 - no secret
        if random.random() < 0.3:
            return bytes(atheris.Mutate(raw, most))
        return bend(name, raw, random)[:most]

    corpus = finds.folder / f"corpus-{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (corpus / f"seed-{seed.name}").write_bytes(seed.read_bytes())
    one(b"")
    flags = (f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=1024")
    atheris.instrument_all()
    words = [sys.argv[0], str(corpus), *flags, "-print_final_stats=1"]
    atheris.Setup(words, one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    _fuzz(sys.argv[1], int(sys.argv[2]), Finds(Path(sys.argv[3])), [Path(seed) for seed in sys.argv[4:]])
