"""Runs work on all cores or on a cluster, with a progress display."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from threading import Lock
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from digestgen.errors import InputError, Problem

A = TypeVar("A")
B = TypeVar("B")

LEAST_FOR_POOL = 200
"""Number of items that justifies starting a pool (a process takes about a second to import the word lists)."""

_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Pool:
    """Where work runs: a factory of ``concurrent.futures`` executors, and the chunk size for it."""

    opened: Callable[[], AbstractContextManager[Executor]]
    chunk: int
    """Items per call: enough to outweigh its overhead, few enough to keep all workers busy to the end."""


class PooledExecutor:
    """An executor (``compose.executor.Executor``) on a pool; its results do not depend on the pool."""

    def __init__(self, progress: Progress, pool: Pool | None, until: ExitStack) -> None:
        self._progress = progress
        self._pool = pool
        self._until = until
        self._spread: Executor | None = None

    def start(self, stage: str) -> None:
        """Show a new stage and finish the previous one."""
        self.finish()
        self._progress.add_task(stage, total=None, count="")

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> Iterator[B]:
        """``work(thing)`` for each of the things, in the pool if there are many."""
        self.finish()
        bar = self._progress.add_task(stage, total=len(things), count="")
        for number, result in enumerate(self._results(work, things), start=1):
            self._progress.update(bar, advance=1, count=f"{number:,} of {len(things):,}")
            yield result

    def _results(self, work: Callable[[A], B], things: Sequence[A]) -> Iterator[B]:
        if self._pool is None or len(things) < LEAST_FOR_POOL:
            yield from map(work, things)
            return
        size = self._pool.chunk
        chunks = [things[start : start + size] for start in range(0, len(things), size)]
        if self._spread is None:
            self._spread = self._until.enter_context(self._pool.opened())
        for results in self._spread.map(partial(_run_chunk, work), chunks):
            yield from results

    def finish(self) -> None:
        """Mark the last stage as done."""
        for task in self._progress.tasks:
            if not task.finished:
                self._progress.update(task.id, total=1, completed=1)


def _run_chunk(work: Callable[[A], B], things: Sequence[A]) -> list[B]:
    """Run one chunk in a worker.

    One at a time: a cluster's worker may have several threads, and the language libraries are not thread-safe.
    """
    with _ONE_AT_A_TIME, infrequent_gc():
        return [work(thing) for thing in things]


@contextmanager
def infrequent_gc() -> Iterator[None]:
    """Run the garbage collector rarely.

    Texts become many small objects without cycles; looking for cycles takes a tenth of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def open_executor(console: Console, workers: int | None = None, cluster: str | None = None) -> Iterator[PooledExecutor]:
    """An executor with a progress display on ``console``, which shows nothing if that is no terminal.

    ``workers`` is the number of processes (None: one per available core). ``cluster`` is the address of a Dask
    scheduler whose workers are used instead. Raises InputError if Dask is not installed; ``map`` raises it if the
    cluster cannot be used.
    """
    columns = (
        SpinnerColumn(finished_text="[green]✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
    )
    pool = _processes(workers or _cores()) if cluster is None else _machines(cluster)
    # The pool is opened on first use and then serves every stage.
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress, ExitStack() as until:
        executor = PooledExecutor(progress, pool, until)
        yield executor
        executor.finish()


def _processes(workers: int) -> Pool | None:
    if workers == 1:
        return None

    def opened() -> ProcessPoolExecutor:
        # Files in the project's folder must not be importable as modules in the workers.
        os.environ["PYTHONSAFEPATH"] = "1"
        # Forking would copy locks held by other threads; a fresh interpreter cannot deadlock on them.
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))

    return Pool(opened, chunk=20)


def _machines(address: str) -> Pool:
    if find_spec("distributed") is None:
        raise InputError([Problem("--dask", None, "needs Dask, which is an extra: pip install 'digestgen[dask]'")])

    def opened() -> AbstractContextManager[Executor]:
        # Importing it takes a second, and few builds need it.
        from digestgen.dask_cluster import connected  # noqa: PLC0415

        return connected(address)

    return Pool(opened, chunk=50)


def _cores() -> int:
    """The cores available to this process, which a container may limit."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
