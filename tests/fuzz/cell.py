"""A program in which other programs' bad input is tried: one process a case, within bounds of its own.

Reads one JSON object a line and answers each with one: `words` are those of `tm`, or `read` and a path for
the library alone; `cwd` is its folder, `stdin` a file to read from ("" = closed). The answer holds the exit
code (negative: the signal that ended it), the CPU seconds, the peak of memory in MiB, standard output and
error, and every file and server that Python code asked for.

Everything is imported before the first case, so that a case costs no more than its work: what it takes is
that of the program with all it has loaded.
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

from tm.cli.main import COMMANDS
from tm.cli.main import main as tm_main
from tm.errors import TMError
from tm.formats.registry import FORMATS
from tm.project.library import read

CPU_SECONDS = 5
PATIENCE = 60
"""Seconds that may pass: who waits for a pipe takes no CPU."""
MEMORY = 256 << 20
_WATCHED = (
    "open",
    "socket",
    "urllib",
    "http",
    "ftplib",
    "subprocess",
    "os.exec",
    "os.system",
    "os.posix_spawn",
)


def main() -> None:
    """Answers every line until there are no more."""
    _import_everything()
    for line in sys.stdin:
        answer = _answer(json.loads(line))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _import_everything() -> None:
    """Loads what a case may load."""
    homes = [home.partition(":")[0] for home, _short in COMMANDS.values()]
    modules = [known.module for known in FORMATS]
    further = [name for name in ("openpyxl", "docx", "numpy") if importlib.util.find_spec(name)]
    for name in (*homes, *modules, *further):
        importlib.import_module(name)


def _answer(case: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        names = [str(Path(folder) / name) for name in ("out", "err", "touched")]
        child = os.fork()
        if not child:
            _run(case, names)
        _pid, status, used = os.wait4(child, 0)
        out, err, touched = (Path(name).read_bytes().decode(errors="backslashreplace") for name in names)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss >> 10,
        "out": out,
        "err": err,
        "touched": touched.splitlines(),
    }


def _run(case: dict[str, Any], names: list[str]) -> None:
    """Never returns: this process is the case's own."""
    code = 99
    try:
        out, err, touched = (os.open(name, os.O_WRONLY | os.O_CREAT, 0o600) for name in names)
        if case["stdin"]:
            os.dup2(os.open(case["stdin"], os.O_RDONLY), 0)
        else:
            os.close(0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.chdir(case["cwd"])
        sys.stdin = open(0, encoding="utf-8", closefd=False) if case["stdin"] else None  # noqa: SIM115 - as above
        sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115 - it stays
        sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115 - as above
        _bound()
        _watch(touched)
        code = _do(case["words"])
    except BaseException:  # noqa: BLE001 - whatever it is, it is the case's outcome
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _bound() -> None:
    """No more CPU and memory than a file may cost."""
    signal.alarm(PATIENCE)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    now = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _watch(touched: int) -> None:
    def hook(name: str, arguments: tuple[object, ...]) -> None:
        if name.startswith(_WATCHED):
            os.write(touched, f"{name} {arguments!r}\n".encode("utf-8", "backslashreplace"))

    sys.addaudithook(hook)


def _do(words: list[str]) -> int:
    if words[0] == "read":
        try:
            sys.stdout.write(f"{sum(1 for _unit in read(words[1]))}\n")
        except TMError as error:
            sys.stderr.write(f"{type(error).__name__}\n{error}\n")
            return 3
        return 0
    try:
        tm_main(words)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 98
    return 97


if __name__ == "__main__":
    main()
