"""A Dask cluster as a ``concurrent.futures`` executor.

Dask pickles calls and results, so all machines of a cluster must trust each other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from distributed import Client, get_worker
from distributed.scheduler import KilledWorker
from distributed.security import Security

from digestgen.errors import InputError, Problem
from digestgen.version import installed_versions

P = ParamSpec("P")
T = TypeVar("T")

WORKER_TIMEOUT = 30.0
"""Seconds without any worker before giving up; a container takes some to restart."""
CONNECT_TIMEOUT = 10.0
"""Seconds for a scheduler to answer."""
RETRIES = 3
"""Retries of a failed call. Work of a lost worker is always reassigned."""
VERSION_REMEDY = "put the same digestgen and libraries on all machines, best by one image"


class _VersionMismatchError(Exception):
    """A machine has other code or library versions than this one."""


@contextmanager
def connected(address: str) -> Iterator[Executor]:
    """The workers of the cluster with this scheduler address.

    Raises InputError if it cannot be reached, if one of its machines has another digestgen, Python or library version,
    which might give different results, or if all workers are lost.
    """
    with _quiet_log(), _client(address) as client:
        here = installed_versions()
        _check(client, address, here)
        workers, ended = _Workers(client, here), Event()
        watch = Thread(target=_watch, args=(client, workers, ended), daemon=True)
        watch.start()
        try:
            yield workers
        except CancelledError:
            raise InputError([_lost_cluster(address)]) from None
        except KilledWorker as killed:
            message = (
                f"the same articles ended their worker {killed.allowed_failures + 1} times; look into the workers' logs"
            )
            raise InputError([Problem(address, None, message)]) from None
        except (_VersionMismatchError, ImportError) as fault:  # of a worker that came later
            raise InputError([Problem(address, None, f"{fault}; {VERSION_REMEDY}")]) from None
        finally:
            ended.set()
            watch.join()


class _Workers(Executor):
    """Dask's ``concurrent.futures`` executor, with a version check in every call."""

    def __init__(self, client: Client, here: Mapping[str, str | None]) -> None:
        # Dask would answer pure calls with results of earlier builds by other code.
        self._executor = client.get_executor(pure=False, retries=RETRIES)
        self._here = here
        self._futures: list[Future[Any]] = []

    def submit(self, work: Callable[P, T], /, *words: P.args, **named: P.kwargs) -> Future[T]:
        future: Future[T] = self._executor.submit(_checked, self._here, work, *words, **named)
        self._futures.append(future)
        return future

    def give_up(self) -> None:
        """Cancel all calls; whoever waits for a result gets a CancelledError."""
        for future in self._futures:
            future.cancel()


def _checked(expected: Mapping[str, str | None], work: Callable[P, T], *words: P.args, **named: P.kwargs) -> T:
    """Run ``work``, unless this worker has other versions installed."""
    if differences := _differences(expected, installed_versions()):
        raise _VersionMismatchError(f"the worker {get_worker().address} has {differences}")
    return work(*words, **named)


def _check(client: Client, address: str, here: Mapping[str, str | None]) -> None:
    """Check that every machine has the same versions, including the scheduler, which calls pass through."""
    try:
        client.wait_for_workers(1, timeout=WORKER_TIMEOUT)
    except TimeoutError:
        raise InputError([Problem(address, None, f"has no workers; {_start_remedy(address)}")]) from None
    except OSError:
        raise InputError([_lost_cluster(address)]) from None
    there = {f"the worker {name}": answer for name, answer in client.run(installed_versions, on_error="return").items()}
    try:
        there["the scheduler"] = client.run_on_scheduler(installed_versions)
    except Exception as fault:  # noqa: BLE001 -- whatever it is that an unknown machine answers
        there["the scheduler"] = fault
    problems = []
    for machine, answer in there.items():
        if isinstance(answer, Exception):
            problems.append(f"{machine} has no digestgen like that of this machine ({answer}); {VERSION_REMEDY}")
        elif differences := _differences(here, answer):
            problems.append(f"{machine} has {differences}; {VERSION_REMEDY}")
    if problems:
        raise InputError(Problem(address, None, problem) for problem in problems)


def _differences(here: Mapping[str, str | None], there: Mapping[str, str | None]) -> str:
    """“yake 0.7.2 (here 0.7.3), regex missing (here 2026.11.15)”; empty if there are none."""
    names = [name for name in sorted(here.keys() | there.keys()) if here.get(name) != there.get(name)]
    return ", ".join(f"{name} {there.get(name) or 'missing'} (here {here.get(name) or 'missing'})" for name in names)


def _watch(client: Client, workers: _Workers, ended: Event) -> None:
    """Give up if the cluster has no workers for ``WORKER_TIMEOUT`` seconds; Dask itself would wait for ever."""
    seen = monotonic()
    while not ended.wait(min(1, WORKER_TIMEOUT)):
        try:
            there = bool(client.nthreads())
        except OSError:  # the client tells of a lost scheduler itself
            there = False
        if there:
            seen = monotonic()
        elif monotonic() - seen > WORKER_TIMEOUT:
            workers.give_up()
            return


@contextmanager
def _client(address: str) -> Iterator[Client]:
    security = _security(address)
    try:
        client = Client(address, timeout=CONNECT_TIMEOUT, security=security, set_as_default=False)
    except (OSError, ValueError) as fault:
        message = f"no Dask scheduler answers there ({fault}); start it with `dask scheduler`, or build without --dask"
        raise InputError([Problem(address, None, message)]) from None
    with client:
        yield client


def _security(address: str) -> Security:
    """The certificates named in Dask's own settings."""
    remedy = "name the files of the certificates in Dask's settings, distributed.comm.tls"
    security = Security()
    try:
        ready = security.get_connection_args("client").get("ssl_context") is not None
    except OSError as fault:
        raise InputError([Problem(address, None, f"certificates cannot be read ({fault}); {remedy}")]) from None
    if address.startswith("tls:") and not ready:
        raise InputError([Problem(address, None, f"needs certificates; {remedy}")])
    return security


def _lost_cluster(address: str) -> Problem:
    return Problem(
        address, None, f"lost its scheduler or all of its workers, and nothing was built; {_start_remedy(address)}"
    )


def _start_remedy(address: str) -> str:
    return f"start workers with `dask worker {address}`, or build without --dask"


@contextmanager
def _quiet_log() -> Iterator[None]:
    """Silence Dask's loggers, each of which has its own level and handler: errors are reported once, by us."""
    before = logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.disable(before)
