"""Spreads work over the cores, or the machines of a cluster, and shows a person how far it is."""

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

FEWEST_TO_SPREAD = 200
"""Things to do from which others earn their start-up (a process takes about a second to import the word lists)."""

_ALONE = Lock()


@dataclass(frozen=True, slots=True)
class Pool:
    """Where work is spread: any executor of the standard library, and how much it is handed at a time."""

    opened: Callable[[], AbstractContextManager[Executor]]
    chunk: int
    """Things in one call: enough to outweigh the way there and back, and few enough that all have work to the end."""


class PooledExecutor:
    """An executor (``compose.executor.Executor``) that spreads work over a pool; the result is one core's."""

    def __init__(self, progress: Progress, pool: Pool | None, until: ExitStack) -> None:
        self._progress = progress
        self._pool = pool
        self._until = until
        self._spread: Executor | None = None

    def start(self, stage: str) -> None:
        """Show a new stage; the one before it is done."""
        self.finish()
        self._progress.add_task(stage, total=None, count="")

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> list[B]:
        """``[work(thing) for thing in things]``, spread over the pool when there are many."""
        self.finish()
        bar = self._progress.add_task(stage, total=len(things), count="")
        results = []
        for result in self._results(work, things):
            results.append(result)
            self._progress.update(bar, advance=1, count=f"{len(results):,} of {len(things):,}")
        return results

    def _results(self, work: Callable[[A], B], things: Sequence[A]) -> Iterator[B]:
        if self._pool is None or len(things) < FEWEST_TO_SPREAD:
            yield from map(work, things)
            return
        size = self._pool.chunk
        chunks = [things[start : start + size] for start in range(0, len(things), size)]
        if self._spread is None:
            self._spread = self._until.enter_context(self._pool.opened())
        for results in self._spread.map(partial(_work_through, work), chunks):
            yield from results

    def finish(self) -> None:
        """The last stage is done."""
        for task in self._progress.tasks:
            if not task.finished:
                self._progress.update(task.id, total=1, completed=1)


def _work_through(work: Callable[[A], B], things: Sequence[A]) -> list[B]:
    """One chunk, in whatever process it came to.

    One at a time: a worker of a cluster may have several threads, and what knows languages is not made for them.
    """
    with _ALONE, collecting_seldom():
        return [work(thing) for thing in things]


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Meanwhile garbage is looked for seldom.

    Texts are made of many small objects that hold on to none; looking for rings among them is a tenth of the work.
    """
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def open_executor(console: Console, workers: int | None = None, cluster: str | None = None) -> Iterator[PooledExecutor]:
    """An executor with a progress display on ``console``; nothing is shown where that is no terminal.

    ``workers`` is the number of processes; None is one for each core that this process may use. ``cluster`` is the
    address of a Dask scheduler, whose workers then do what these processes would. Raises InputError where Dask is not
    installed, and so does ``map`` where the cluster cannot be used.
    """
    columns = (
        SpinnerColumn(finished_text="[green]✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
    )
    pool = _processes(workers or _cores()) if cluster is None else _machines(cluster)
    # The pool is opened when it is first asked for, and then serves every stage.
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress, ExitStack() as until:
        executor = PooledExecutor(progress, pool, until)
        yield executor
        executor.finish()


def _processes(workers: int) -> Pool | None:
    if workers == 1:
        return None

    def opened() -> ProcessPoolExecutor:
        # Nothing that lies in the project's folder may pass for a module of the workers.
        os.environ["PYTHONSAFEPATH"] = "1"
        # Forking would copy the locks of other threads; a fresh interpreter cannot hang on them.
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))

    return Pool(opened, chunk=20)


def _machines(address: str) -> Pool:
    if find_spec("distributed") is None:
        raise InputError([Problem("--dask", None, "needs Dask, which is an extra: pip install 'digestgen[dask]'")])

    def opened() -> AbstractContextManager[Executor]:
        # It takes a second to import, and few builds want it.
        from digestgen.dask_cluster import connected  # noqa: PLC0415

        return connected(address)

    return Pool(opened, chunk=50)


def _cores() -> int:
    """The cores that this process may use, which a container may hold below those of the machine."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
