"""Arrays in one file: written whole or not at all, checked when read, used from disk.

The file starts with a line of JSON that names the kind, and the type, shape, place and checksum of every
array; its own checksum comes first. What is absent, cut, changed or of another kind raises CacheError.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from gettext import gettext as _
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from tm.errors import StoreError
from tm.store.atomic import replacing

__all__ = ["AnyArray", "CacheError", "load_arrays", "save_arrays"]

_MAGIC = b"tm.arrays/1 "
_ALIGNMENT = 64
_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 16

AnyArray = NDArray[Any]


class CacheError(StoreError):
    """A derived file that cannot be used and is to be made again."""


def save_arrays(path: Path, kind: str, arrays: Mapping[str, AnyArray]) -> Path:
    """The path, once the file stands there complete; another process sees the old file or the new one."""
    contiguous = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as stream:
            _write(stream, kind, contiguous)
    except OSError as error:
        raise StoreError(_("cannot be saved: {reason}").format(reason=error), path=path) from error
    return path


def load_arrays(path: Path, kind: str) -> dict[str, AnyArray]:
    """The arrays by name, memory-mapped and read-only, after every byte was checked."""
    try:
        with path.open("rb") as stream:
            header, start = _read_header(stream, kind)
            size = stream.seek(0, os.SEEK_END)
            for known in header.values():
                _check(stream, known, start, size)
        whole = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
    except FileNotFoundError as error:
        raise CacheError(_("there is no such file"), path=path) from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CacheError(_("damaged: {reason}").format(reason=error), path=path) from error
    return {name: _array(whole, known, start) for name, known in header.items()}


def _write(stream: BinaryIO, kind: str, arrays: Mapping[str, AnyArray]) -> None:
    offset, header = 0, {}
    for name, array in arrays.items():
        header[name] = {
            "type": array.dtype.newbyteorder("<").str,
            "shape": list(array.shape),
            "offset": offset,
            "bytes": array.nbytes,
            "crc": zlib.crc32(_bytes(array)),
        }
        offset += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    text = json.dumps({"kind": kind, "arrays": header}).encode("ascii")
    head = _MAGIC + b"%08x " % zlib.crc32(text) + text
    stream.write(head + b" " * (-(len(head) + 1) % _ALIGNMENT) + b"\n")
    for array in arrays.values():
        stream.write(_bytes(array))
        stream.write(b"\0" * (-array.nbytes % _ALIGNMENT))


def _bytes(array: AnyArray) -> memoryview:
    """The array's bytes, low byte first."""
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return little.reshape(-1).view(np.uint8).data


def _read_header(stream: BinaryIO, kind: str) -> tuple[dict[str, dict[str, Any]], int]:
    """What the file says of its arrays, and where the first one starts."""
    line = stream.readline(_LONGEST_HEADER)
    text = line[len(_MAGIC) + 9 :].rstrip()
    if not line.startswith(_MAGIC) or line[len(_MAGIC) :][:8] != b"%08x" % zlib.crc32(text):
        raise ValueError("header")
    header = json.loads(text)
    if header["kind"] != kind:
        raise ValueError(header["kind"])
    return header["arrays"], len(line)


def _check(stream: BinaryIO, known: Mapping[str, Any], start: int, size: int) -> None:
    """Raises ValueError unless the array is whole and has its checksum."""
    place, left, crc = start + known["offset"], known["bytes"], 0
    if place + left > size:
        raise ValueError("cut off")
    stream.seek(place)
    while left:
        chunk = stream.read(min(left, _CHUNK))
        if not chunk:
            raise ValueError("cut off")
        crc = zlib.crc32(chunk, crc)
        left -= len(chunk)
    if crc != known["crc"]:
        raise ValueError("checksum")


def _array(whole: NDArray[np.uint8], known: Mapping[str, Any], start: int) -> AnyArray:
    place = start + known["offset"]
    flat = whole[place : place + known["bytes"]].view(np.dtype(known["type"]))
    shaped: AnyArray = flat.reshape(known["shape"])
    return shaped
