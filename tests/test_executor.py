"""One core or several: the same results in the same order."""

from __future__ import annotations

import gc
import io
import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Lock

import pytest
from rich.console import Console

from digestgen import executor
from digestgen.compose.executor import Executor, SerialExecutor
from digestgen.executor import LEAST_FOR_POOL, Pool, PooledExecutor, _run_chunk, open_executor

BUSY = Lock()
SILENT = Console(quiet=True)


def squared(number: int) -> int:
    return number * number


def process(_: int) -> int:
    return os.getpid()


def refused(number: int) -> int:
    return 100 // (number - 50)


def squared_alone(number: int) -> int:
    assert BUSY.acquire(blocking=False)
    time.sleep(0.0001)
    BUSY.release()
    return number * number


def threshold(_: int) -> tuple[int, int, int]:
    return gc.get_threshold()


@pytest.fixture
def few_to_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "LEAST_FOR_POOL", 2)


@pytest.mark.usefixtures("few_to_spread")
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("things", [0, 1, 2, 100])
def test_the_order_is_kept(workers: int, things: int) -> None:
    with open_executor(SILENT, workers) as pool:
        pool.start("Warming up")
        assert [*pool.map("Squaring", squared, range(things))] == [number * number for number in range(things)]
        pool.start("Cooling down")


@pytest.mark.parametrize(
    ("workers", "fewest", "here"), [(1, 2, True), (2, 200, True), (2, 2, False)], ids=["one core", "few things", "many"]
)
def test_other_processes_are_started_for_many_things_alone(
    workers: int,
    fewest: int,
    here: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(executor, "LEAST_FOR_POOL", fewest)
    with open_executor(SILENT, workers) as pool:
        assert (os.getpid() in pool.map("Looking", process, range(40))) is here


@pytest.mark.usefixtures("few_to_spread")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_is_not_swallowed(workers: int) -> None:
    with open_executor(SILENT, workers) as pool, pytest.raises(ZeroDivisionError):
        [*pool.map("Dividing", refused, range(100))]


def test_any_executor_of_the_standard_library_will_do_and_no_process_works_on_two_things_at_once() -> None:
    with open_executor(SILENT, 1) as pool, ExitStack() as until:
        pool_of_threads = Pool(lambda: ThreadPoolExecutor(4), chunk=7)
        threaded = PooledExecutor(pool._progress, pool_of_threads, until)  # noqa: SLF001
        things = range(LEAST_FOR_POOL)
        assert [*threaded.map("Squaring", squared_alone, things)] == [number * number for number in things]


def test_the_threshold_of_the_garbage_collection_is_left_as_it_was() -> None:
    before = gc.get_threshold()
    inside = _run_chunk(threshold, [1])
    assert inside != [before]
    assert gc.get_threshold() == before


def test_nothing_is_shown_where_there_is_no_terminal() -> None:
    page = io.StringIO()
    with open_executor(Console(file=page)) as pool:
        pool.start("Warming up")
        assert [*pool.map("Squaring", squared, range(3))] == [0, 1, 4]
    assert page.getvalue() == ""


def test_a_terminal_shows_each_stage_and_how_many_things_it_is_of() -> None:
    page = io.StringIO()
    with open_executor(Console(file=page, force_terminal=True, width=100)) as pool:
        pool.start("Warming up")
        assert [*pool.map("Squaring", squared, range(3))] == [0, 1, 4]
    for words in ("Warming up", "Squaring", "3 of 3"):
        assert words in page.getvalue()


def test_the_one_without_a_display_does_the_same() -> None:
    serial: Executor = SerialExecutor()
    serial.start("Warming up")
    assert [*serial.map("Squaring", squared, [3, 1, 2])] == [9, 1, 4]


@pytest.mark.usefixtures("few_to_spread")
def test_all_stages_share_the_processes_of_the_first() -> None:
    with open_executor(SILENT, 2) as pool:
        processes = {number for stage in ("One", "Two", "Three") for number in pool.map(stage, process, range(100))}
    assert len(processes) <= 2
