"""Work on one core and on several: the same results, in the same order."""

from __future__ import annotations

import io
import os

import pytest
from rich.console import Console

from digestgen import executor
from digestgen.compose.executor import Executor, SerialExecutor
from digestgen.executor import open_executor

SILENT = Console(quiet=True)


def squared(number: int) -> int:
    return number * number


def process(_: int) -> int:
    return os.getpid()


def refused(number: int) -> int:
    return 100 // (number - 50)


@pytest.fixture
def few_for_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "FEWEST_FOR_CORES", 2)


@pytest.mark.usefixtures("few_for_cores")
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("things", [0, 1, 2, 100])
def test_the_order_is_kept(workers: int, things: int) -> None:
    with open_executor(SILENT, workers) as pool:
        pool.start("Warming up")
        assert pool.map("Squaring", squared, range(things)) == [number * number for number in range(things)]
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
    monkeypatch.setattr(executor, "FEWEST_FOR_CORES", fewest)
    with open_executor(SILENT, workers) as pool:
        assert (os.getpid() in pool.map("Looking", process, range(40))) is here


@pytest.mark.usefixtures("few_for_cores")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_is_not_swallowed(workers: int) -> None:
    with open_executor(SILENT, workers) as pool, pytest.raises(ZeroDivisionError):
        pool.map("Dividing", refused, range(100))


def test_nothing_is_shown_where_there_is_no_terminal() -> None:
    page = io.StringIO()
    with open_executor(Console(file=page)) as pool:
        pool.start("Warming up")
        pool.map("Squaring", squared, range(3))
    assert page.getvalue() == ""


def test_a_terminal_shows_each_stage_and_how_many_things_it_is_of() -> None:
    page = io.StringIO()
    with open_executor(Console(file=page, force_terminal=True, width=100)) as pool:
        pool.start("Warming up")
        pool.map("Squaring", squared, range(3))
    for words in ("Warming up", "Squaring", "3 of 3"):
        assert words in page.getvalue()


def test_the_one_without_a_display_does_the_same() -> None:
    serial: Executor = SerialExecutor()
    serial.start("Warming up")
    assert serial.map("Squaring", squared, [3, 1, 2]) == [9, 1, 4]
