"""Arrays in one file: written whole or not at all, checked when read, used from disk.

After the arrays comes JSON that names the kind, and the type, shape, place and checksum of every array; the
last line says where that starts, with its own checksum. So arrays can be written while they are made. What
is absent, cut, changed or of another kind raises CacheError.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Mapping
from gettext import gettext as _
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from tm.errors import StoreError
from tm.store.atomic import replacing

__all__ = ["AnyArray", "Blocks", "CacheError", "gathered", "load_arrays", "save_arrays", "save_blocks"]

_ALIGNMENT = 64
_MAGIC = b"tm.arrays/2\n".ljust(_ALIGNMENT)
_END = b"%016x %08x\n"
_END_BYTES = 26
_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 16

AnyArray = NDArray[Any]

Blocks = Iterable[AnyArray]
"""An array in stretches of its first axis, at least one; all of one type."""


class CacheError(StoreError):
    """A derived file that cannot be used and is to be made again."""


def save_arrays(path: Path, kind: str, arrays: Mapping[str, AnyArray]) -> Path:
    """The path, once the file stands there complete; another process sees the old file or the new one."""
    return save_blocks(path, kind, {name: (array,) for name, array in arrays.items()})


def save_blocks(path: Path, kind: str, arrays: Mapping[str, Blocks]) -> Path:
    """As `save_arrays`, for arrays that are made while they are written, one after the other."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as stream:
            _write(stream, kind, arrays)
    except OSError as error:
        raise StoreError(_("cannot be saved: {reason}").format(reason=error), path=path) from error
    return path


def gathered(blocks: Blocks) -> AnyArray:
    """The array that these are stretches of; it is never in memory twice."""
    content, shape, kind = bytearray(), (-1,), np.dtype(np.uint8)
    for block in blocks:
        content += np.ascontiguousarray(block).reshape(-1).view(np.uint8).data
        shape, kind = (-1, *block.shape[1:]), block.dtype
    whole: AnyArray = np.frombuffer(content, dtype=kind).reshape(shape)
    return whole


def load_arrays(path: Path, kind: str) -> dict[str, AnyArray]:
    """The arrays by name, memory-mapped and read-only, after every byte was checked."""
    try:
        with path.open("rb") as stream:
            header, size = _read_header(stream, kind)
            for known in header.values():
                _check(stream, known, size)
        whole = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
    except FileNotFoundError as error:
        raise CacheError(_("there is no such file"), path=path) from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CacheError(_("damaged: {reason}").format(reason=error), path=path) from error
    return {name: _array(whole, known) for name, known in header.items()}


def _write(stream: BinaryIO, kind: str, arrays: Mapping[str, Blocks]) -> None:
    stream.write(_MAGIC)
    offset, header = len(_MAGIC), {}
    for name, blocks in arrays.items():
        header[name] = {"offset": offset, **_write_array(stream, blocks)}
        offset += _padded(header[name]["bytes"])
    text = json.dumps({"kind": kind, "arrays": header}).encode("ascii")
    stream.write(text)
    stream.write(_END % (offset, zlib.crc32(text)))


def _write_array(stream: BinaryIO, blocks: Blocks) -> dict[str, Any]:
    """What is to be known of the array that was written."""
    known: dict[str, Any] = {"bytes": 0, "crc": 0}
    length = 0
    for block in blocks:
        content = _bytes(block)
        stream.write(content)
        length += len(block)
        known["type"] = block.dtype.newbyteorder("<").str
        known["shape"] = [length, *block.shape[1:]]
        known["bytes"] += len(content)
        known["crc"] = zlib.crc32(content, known["crc"])
    padding = b"\0" * (_padded(known["bytes"]) - known["bytes"])
    stream.write(padding)
    known["crc"] = zlib.crc32(padding, known["crc"])
    return known


def _padded(size: int) -> int:
    """The bytes up to where the next array starts."""
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def _bytes(array: AnyArray) -> memoryview:
    """The array's bytes, low byte first."""
    little = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False)
    return little.reshape(-1).view(np.uint8).data


def _read_header(stream: BinaryIO, kind: str) -> tuple[dict[str, dict[str, Any]], int]:
    """What the file says of its arrays, and where they end."""
    whole = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, whole - _END_BYTES))
    end = stream.read(_END_BYTES)
    start = int(end[:16], 16)
    if not 0 <= start <= whole - _END_BYTES <= start + _LONGEST_HEADER:
        raise ValueError("header")
    stream.seek(start)
    text = stream.read(whole - _END_BYTES - start)
    if end != _END % (start, zlib.crc32(text)):
        raise ValueError("header")
    stream.seek(0)
    header = json.loads(text)
    if stream.read(len(_MAGIC)) != _MAGIC or header["kind"] != kind:
        raise ValueError(header["kind"])
    return header["arrays"], start


def _check(stream: BinaryIO, known: Mapping[str, Any], size: int) -> None:
    """Raises ValueError unless the array is whole and has its checksum."""
    place, left, crc = known["offset"], _padded(known["bytes"]), 0
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


def _array(whole: NDArray[np.uint8], known: Mapping[str, Any]) -> AnyArray:
    place = known["offset"]
    flat = whole[place : place + known["bytes"]].view(np.dtype(known["type"]))
    shaped: AnyArray = flat.reshape(known["shape"])
    return shaped
