"""Who does something to a file: a running program, and whether it still runs."""

from __future__ import annotations

import datetime
import json
import os
import platform
import sys
import zlib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

__all__ = ["Owner", "alive", "host_mark", "myself"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A running program: its process id, its host, what it is, and since when it holds something (UTC)."""

    pid: int
    host: str
    program: str
    since: str

    def to_json(self) -> str:
        """The owner as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Owner | None:
        """The owner that `to_json` wrote; None for anything else, a half-written line included."""
        try:
            values = json.loads(text)
            known = {field.name: values[field.name] for field in fields(cls)}
            return cls(**known) if isinstance(known["pid"], int) else None
        except (ValueError, KeyError, TypeError):
            return None


def myself() -> Owner:
    """The program that is running now."""
    since = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Owner(pid=os.getpid(), host=platform.node(), program=_program(), since=since)


def host_mark() -> str:
    """Four hexadecimal digits that tell this host from others on a shared drive."""
    return f"{zlib.crc32(platform.node().encode('utf-8')) & 0xFFFF:04x}"


def alive(pid: int) -> bool:
    """True when a process of this host has this id, or when that cannot be told."""
    if sys.platform == "win32":
        return _alive_on_windows(pid)
    else:  # noqa: RET505 - mypy follows the platform through if and else only
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except (PermissionError, OverflowError):
            return True
        return True


if sys.platform == "win32":
    import ctypes

    def _alive_on_windows(pid: int) -> bool:
        """As `alive`; os.kill would end the process there."""
        still_active, may_query, access_denied = 259, 0x1000, 5
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        opened = kernel.OpenProcess(may_query, 0, pid)
        if not opened:
            return ctypes.get_last_error() == access_denied
        code = ctypes.c_ulong()
        known = kernel.GetExitCodeProcess(opened, ctypes.byref(code))
        kernel.CloseHandle(opened)
        return not known or code.value == still_active


def _program() -> str:
    """What was started, without the folders and without the arguments, which may hold private paths."""
    command = Path(sys.argv[0]).name if sys.argv and sys.argv[0] else ""
    return command if command and command not in {"-c", "-m"} else Path(sys.executable).name
