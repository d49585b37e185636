"""Spreads work over the cores, and shows a person how far it is."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

A = TypeVar("A")
B = TypeVar("B")

FEWEST_FOR_CORES = 200
"""Things to do from which a second process earns its start-up (about a second to import the word lists)."""
CHUNK = 20


def _collect_seldom() -> None:
    """Studying a text makes many small objects that hold on to none; looking for rings among them is a tenth of it."""
    gc.set_threshold(50_000, 20, 20)


class ProcessExecutor:
    """An executor (``compose.executor.Executor``) on every core this process may use; the result is one core's."""

    def __init__(self, progress: Progress, workers: int) -> None:
        self._progress = progress
        self._workers = workers

    def start(self, stage: str) -> None:
        """Show a new stage; the one before it is done."""
        self.finish()
        self._progress.add_task(stage, total=None, count="")

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> list[B]:
        """``[work(thing) for thing in things]``, spread over processes when there are many."""
        self.finish()
        bar = self._progress.add_task(stage, total=len(things), count="")
        results = []
        for result in self._results(work, things):
            results.append(result)
            self._progress.update(bar, advance=1, count=f"{len(results):,} of {len(things):,}")
        return results

    def _results(self, work: Callable[[A], B], things: Sequence[A]) -> Iterator[B]:
        if self._workers == 1 or len(things) < FEWEST_FOR_CORES:
            yield from map(work, things)
            return
        # Nothing that lies in the project's folder may pass for a module of the workers.
        os.environ["PYTHONSAFEPATH"] = "1"
        # Forking would copy the locks of other threads; a fresh interpreter cannot hang on them.
        with ProcessPoolExecutor(self._workers, mp_context=get_context("spawn"), initializer=_collect_seldom) as pool:
            yield from pool.map(work, things, chunksize=CHUNK)

    def finish(self) -> None:
        """The last stage is done."""
        for task in self._progress.tasks:
            if not task.finished:
                self._progress.update(task.id, total=1, completed=1)


@contextmanager
def open_executor(console: Console, workers: int | None = None) -> Iterator[ProcessExecutor]:
    """An executor with a progress display on ``console``; nothing is shown where that is no terminal.

    ``workers`` is the number of processes; None is one for each core that this process may use.
    """
    columns = (
        SpinnerColumn(finished_text="[green]✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        executor = ProcessExecutor(progress, workers or _cores())
        yield executor
        executor.finish()


def _cores() -> int:
    """The cores that this process may use, which a container may hold below those of the machine."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
