"""What commands print: results to standard output, talk to standard error."""

from __future__ import annotations

import contextlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from gettext import gettext as _
from pathlib import Path
from typing import BinaryIO

import click

from tm.errors import InputError, StoreError
from tm.text.width import clip, display_width, pad

__all__ = [
    "binary_input",
    "harmless",
    "named_input",
    "note",
    "print_json",
    "print_text",
    "progress",
    "quiet",
    "shown_path",
    "table",
    "warn",
    "write_result",
]

_CONTROL = re.compile(r"\x1b(?!\[[0-9;]*m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]")
"""What a terminal would carry out; colours are our own."""
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_PATIENCE = 1.0  # seconds before a progress bar appears


def quiet() -> bool:
    """True when `-q` was given."""
    context = click.get_current_context(silent=True)
    return bool(context and context.find_root().meta.get("tm.quiet"))


def harmless(text: str) -> str:
    """The text as a terminal shows it: control characters from files are pictures of themselves."""
    return _CONTROL.sub(lambda found: _PICTURES.get(ord(found[0]), "\ufffd"), text)


def print_text(text: str) -> None:
    """Print a result for people."""
    click.echo(harmless(text))


def print_json(document: Mapping[str, object]) -> None:
    """Print a result for programs: one UTF-8 document, whatever the console's encoding."""
    stream = sys.stdout.buffer
    stream.write(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n")
    stream.flush()


def note(text: str) -> None:
    """Say something that is not the result, unless `-q` was given."""
    if not quiet():
        click.echo(harmless(text), err=True)


def warn(text: str) -> None:
    """Say something that must not be missed, even with `-q`."""
    click.echo(harmless(_("Warning: {text}").format(text=text)), err=True)


def write_result(path: str, content: bytes) -> None:
    """Write a result file whole, or to standard output for `-`."""
    from tm.store.atomic import write_bytes  # noqa: PLC0415 - keeps `tm --help` light

    if path == "-":
        stream = sys.stdout.buffer
        stream.write(content)
        stream.flush()
        return
    folder = Path(path).parent
    if not folder.is_dir():
        raise StoreError(_("there is no folder “{folder}”").format(folder=folder), path=path)
    write_bytes(Path(path), content)


@contextlib.contextmanager
def binary_input(path: str) -> Iterator[BinaryIO]:
    """A file to read from, or standard input for `-`; a missing one is an InputError."""
    if path == "-":
        yield _standard_input()
        return
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed below, outside this try
    except OSError as fault:
        raise InputError(_("cannot be read: {reason}").format(reason=fault.strerror), path=path) from fault
    with stream:
        yield stream


def _standard_input() -> BinaryIO:
    if sys.stdin is None:  # closed by who started the program
        raise InputError(_("standard input is closed"), path="-", hint=_("Name a file instead of -."))
    return sys.stdin.buffer


@contextlib.contextmanager
def named_input(path: str) -> Iterator[str]:
    """A path to read from: the one given, or for `-` a passing file with what standard input holds."""
    if path != "-":
        yield path
        return
    import tempfile  # noqa: PLC0415 - only for a pipe

    from tm.formats.registry import ending_of  # noqa: PLC0415 - keeps `tm --help` light

    content = _standard_input().read()
    with tempfile.TemporaryDirectory(prefix="tm-") as folder:
        file = Path(folder) / f"stdin{ending_of(content)}"
        file.write_bytes(content)
        yield str(file)


def table(heads: Sequence[str], records: Sequence[Sequence[object]], *, numbers: Sequence[int] = ()) -> str:
    """A table as text: columns by display width, those in `numbers` aligned right, no right border."""
    cells = [[_cell(value) for value in record] for record in records]
    widths = [max(map(display_width, column)) for column in zip(heads, *cells, strict=True)]
    lines = [_line(heads, widths, numbers), "  ".join("─" * width for width in widths)]
    return "\n".join([*lines, *(_line(record, widths, numbers) for record in cells)])


def shown_path(path: Path) -> str:
    """The path as people write it: from the current folder when it lies below it; always with slashes."""
    here = Path.cwd()
    real = path.resolve()
    return (real.relative_to(here) if real.is_relative_to(here) else path).as_posix()


@contextlib.contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A function to call with the number of steps done; a bar appears on a terminal after a second."""
    shown = _Progress(label, length)
    try:
        yield shown.step
    finally:
        shown.close()


class _Progress:
    """A progress bar that waits before it appears and never appears in a pipe or with `-q`."""

    def __init__(self, label: str, length: int) -> None:
        self._label = label
        self._length = max(length, 1)
        self._done = 0
        self._start = time.monotonic()
        self._drawn = ""
        self._wanted = sys.stderr.isatty() and not quiet()

    def step(self, count: int) -> None:
        """Count `count` further steps as done."""
        self._done += count
        if self._wanted and time.monotonic() - self._start > _PATIENCE:
            self._draw()

    def close(self) -> None:
        """Wipe the bar."""
        if self._drawn:
            sys.stderr.write("\r" + " " * display_width(self._drawn) + "\r")
            sys.stderr.flush()

    def _draw(self) -> None:
        share = min(self._done / self._length, 1.0)
        bar = ("█" * round(share * 24)).ljust(24, "░")
        text = f"{self._label} {bar} {share:4.0%}  {self._done}/{self._length}"
        if text != self._drawn:
            self._drawn = text
            sys.stderr.write("\r" + text)
            sys.stderr.flush()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}"
    return clip(str(value), 200)


def _line(cells: Sequence[str], widths: Sequence[int], numbers: Sequence[int]) -> str:
    padded = [
        pad(cell, width, right=position in numbers)
        for position, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()
