"""A release folder: release.toml with zh.txt and en.txt beside it, read into a Release and written back.

Texts are one paragraph a line with blank lines between; nothing in them is dropped: what belongs to the web
page rather than to the release becomes a block of its own kind.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from gettext import gettext as _
from pathlib import Path
from typing import Any, BinaryIO

import tomli_w

from tm.errors import FormatError
from tm.formats.blocks import typed_blocks
from tm.model import Block, Release
from tm.text.decode import decode
from tm.text.toml import toml_table

__all__ = ["METADATA", "TEXTS", "read_metadata", "read_release", "read_text", "write_release"]

METADATA = "release.toml"
TEXTS = {"zh": "zh.txt", "en": "en.txt"}
_WORDS = (
    "id",
    "office_zh",
    "office_en",
    "title_zh",
    "title_en",
    "series",
    "url",
    "status",
    "translator",
    "reviser",
    "approver",
    "note",
)
_DATES = ("date", "embargo")
_STATUSES = ("draft", "reviewed", "approved")
_ORDER = (
    "id",
    "date",
    "office",
    "office_zh",
    "office_en",
    "title_zh",
    "title_en",
    "series",
    "url",
    "status",
    "translator",
    "reviser",
    "approver",
    "embargo",
    "sample",
    "note",
)
_HAN = re.compile(r"[\u3400-\u9fff]")


def read_text(stream: BinaryIO, *, path: str = "-", lang: str = "") -> tuple[Block, ...]:
    """The typed blocks of a plain text release; every line that is not blank is one.

    A file without text is a FormatError. `lang` (zh or en) names the missing text in the message.
    """
    text = decode(stream.read(), path=path).text
    blocks = typed_blocks(enumerate(text.split("\n"), start=1))
    if not blocks:
        raise FormatError(
            _("there is no text in the file {lang}").format(lang=f"({lang})" if lang else "").rstrip(),
            path=path,
            hint=_("A release is one paragraph a line, with blank lines between."),
        )
    return blocks


def read_release(folder: Path, *, complete: bool = True) -> Release:
    """The release of a folder. `complete=False` accepts one whose texts are not all there yet.

    Its id is the folder's name where release.toml gives none. Faults are FormatErrors with key and line.
    """
    metadata = folder / METADATA
    if not metadata.is_file():
        raise FormatError(
            _("there is no {name} in the folder").format(name=METADATA),
            path=folder,
            hint=_("A release is a folder with release.toml, zh.txt and en.txt."),
        )
    with metadata.open("rb") as stream:
        fields = read_metadata(stream, path=str(metadata))
    fields.setdefault("id", folder.resolve().name)
    for lang, name in TEXTS.items():
        fields[lang] = _read_side(folder / name, lang, complete=complete)
    return Release(**fields)


def read_metadata(stream: BinaryIO, *, path: str = "-") -> dict[str, Any]:
    """The fields of a Release that release.toml gives, further keys in `others`; faults are FormatErrors."""
    source = decode(stream.read(), path=path).text
    try:
        table = toml_table(source)
    except ValueError as error:
        raise _broken_toml(str(error), path) from None
    reader = _Metadata(source, path)
    return reader.fields(table)


def write_release(release: Release) -> dict[str, bytes]:
    """The files of the release's folder by name: release.toml, and the texts it has."""
    written = {METADATA: tomli_w.dumps(_table(release)).encode()}
    for lang, blocks in (("zh", release.zh), ("en", release.en)):
        if blocks:
            written[TEXTS[lang]] = _text(blocks).encode()
    return written


def _read_side(path: Path, lang: str, *, complete: bool) -> tuple[Block, ...]:
    if path.is_file():
        with path.open("rb") as stream:
            return read_text(stream, path=str(path), lang=lang)
    if complete:
        raise FormatError(
            _("there is no {name} in the release's folder").format(name=path.name), path=path.parent
        )
    return ()


class _Metadata:
    """Checks the keys of a release.toml against what they must hold, and knows their lines."""

    def __init__(self, source: str, path: str) -> None:
        self._lines = source.split("\n")
        self._path = path

    def fields(self, table: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a Release."""
        found: dict[str, Any] = {}
        others: list[tuple[str, object]] = []
        for key, value in table.items():
            if key == "office":
                self._office(table, value, found)
            elif (read := self._reader(key)) is not None:
                found[key] = read(key, value)
            else:
                others.append((key, value))
        if found.get("status", "") not in ("", *_STATUSES):
            raise self.fault("status", _("must be one of {values}").format(values=", ".join(_STATUSES)))
        return {**found, "others": tuple(others)}

    def fault(self, key: str, reason: str) -> FormatError:
        """The error for a key that holds something else than it must."""
        pattern = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
        line = next((n for n, text in enumerate(self._lines, start=1) if pattern.match(text)), None)
        return FormatError(f"{key}: {reason}", path=self._path, line=line)

    def _reader(self, key: str) -> Callable[[str, object], object] | None:
        if key in _WORDS:
            return self._word
        if key in _DATES:
            return self._date
        return self._truth if key == "sample" else None

    def _office(self, table: Mapping[str, Any], value: object, found: dict[str, Any]) -> None:
        word = self._word("office", value)
        key = "office_zh" if _HAN.search(word) else "office_en"
        if key in table and table[key] != word:
            raise self.fault("office", _("says something else than {key}; remove one").format(key=key))
        found[key] = word

    def _word(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.fault(key, _("must be text in quotes"))
        if key == "id" and (not value or value in (".", "..") or re.search(r'[\\/:*?"<>|\x00-\x1f]', value)):
            raise self.fault(key, _('must be usable as the name of a folder: no \\ / : * ? " < > |'))
        return value

    def _date(self, key: str, value: object) -> datetime.date:
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value
        try:
            return datetime.date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise self.fault(key, _("must be a date such as 2019-04-23")) from None

    def _truth(self, key: str, value: object) -> bool:
        if not isinstance(value, bool):
            raise self.fault(key, _("must be true or false"))
        return value


def _broken_toml(message: str, path: str) -> FormatError:
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(place[1]), int(place[2])) if place else (None, None)
    return FormatError(
        _("not valid TOML: {reason}").format(reason=re.sub(r"\s*\(at .*\)", "", message)),
        path=path,
        line=line,
        column=column,
        hint=_('Every line is key = value, and text stands in quotes: title_en = "…".'),
    )


def _table(release: Release) -> dict[str, Any]:
    names = [name for name in _ORDER if name != "office"]
    known = {name: value for name in names if (value := getattr(release, name))}
    if "office_zh" in known and "office_en" not in known and _HAN.search(release.office_zh):
        known["office"] = known.pop("office_zh")
    return {name: known[name] for name in _ORDER if name in known} | dict(release.others)


def _text(blocks: tuple[Block, ...]) -> str:
    """The blocks on their lines where these ascend, else with a blank line between."""
    lines: list[str] = []
    for block in blocks:
        gap = block.line - 1 - len(lines)
        lines += [""] * (gap if gap >= 0 else bool(lines))
        lines.append(" ".join(block.text.split("\n")))
    return "\n".join(lines) + "\n"
