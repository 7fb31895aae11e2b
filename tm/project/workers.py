"""The same work on many things at once, in processes of its own, with the results in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from gettext import gettext as _
from multiprocessing.process import BaseProcess
from typing import TypeVar

from tm.errors import TMError

__all__ = ["cores", "in_processes"]

_T = TypeVar("_T")
_R = TypeVar("_R")


def cores() -> int:
    """How many processes can work at once on this machine, as far as this process may use it."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_processes(
    work: Callable[[_T], _R],
    tasks: Iterable[_T],
    *,
    jobs: int,
    setup: Callable[[], None] | None = None,
) -> Generator[_R, None, None]:
    """The result of each task, in the order of the tasks; never many more than `jobs` wait to be taken.

    `work`, tasks and results are pickled; `setup` is called once in each process before its first task. An
    error of a task is raised in its turn. When the caller stops early, as by Ctrl-C, the processes end at
    once; they end as well when this one does.
    """
    others = multiprocessing.active_children()
    context = multiprocessing.get_context("spawn")  # the same on every system, and threads do no harm
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(setup,))
    waiting: deque[Future[_R]] = deque()
    try:
        for task in tasks:
            waiting.append(pool.submit(work, task))
            if len(waiting) >= 2 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as fault:
        raise TMError(
            _("a process that worked on the texts was ended from outside"),
            hint=_("The memory may be too small for several at once: try --jobs 1."),
        ) from fault
    except BaseException:
        _end_all(pool, others)
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _end_all(pool: ProcessPoolExecutor, others: Sequence[BaseProcess]) -> None:
    """Let no process but these finish what nobody waits for."""
    pool.shutdown(wait=False, cancel_futures=True)
    for process in multiprocessing.active_children():
        if process not in others:
            process.kill()
            process.join(5)


def _begin(setup: Callable[[], None] | None) -> None:
    """Make a worker that dies silently at Ctrl-C and with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if setup:
        setup()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
