"""Work in processes of its own: in order, with its errors, and never waiting for the dead."""

from __future__ import annotations

import math
import multiprocessing
import operator
import os
import time
from contextlib import closing

import pytest

from tm.errors import TMError
from tm.project.workers import cores, in_processes


def test_results_come_in_the_order_of_the_tasks():
    assert list(in_processes(math.sqrt, [n * n for n in range(20)], jobs=2)) == list(range(20))


def test_tasks_are_taken_as_they_are_wanted():
    tasks = iter(range(1000))
    with closing(in_processes(operator.neg, tasks, jobs=1)) as made:
        assert next(made) == 0
        assert next(tasks) < 10


def test_the_error_of_a_task_is_raised_in_its_turn():
    made = in_processes(math.sqrt, [4.0, -1.0], jobs=1)
    assert next(made) == 2.0
    with pytest.raises(ValueError, match="math"):
        next(made)


def test_a_process_that_is_ended_from_outside_is_said():
    with pytest.raises(TMError, match="ended from outside") as raised:
        list(in_processes(os._exit, [7, 7], jobs=1))
    assert "--jobs 1" in raised.value.hint


def test_who_stops_early_does_not_wait_for_what_is_under_way():
    started = time.monotonic()
    made = in_processes(time.sleep, [0.0, 60.0], jobs=1)
    next(made)
    made.close()
    assert time.monotonic() - started < 30
    assert not multiprocessing.active_children()


def test_there_is_a_core_at_least():
    assert cores() >= 1
