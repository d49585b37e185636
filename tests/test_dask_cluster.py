"""Work on a real Dask cluster of two processes: identical results, and clear errors."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

import dask
import pytest
from distributed import Client, LocalCluster
from rich.console import Console

from digestgen import cli, dask_cluster, executor, version
from digestgen.build import build
from digestgen.compose import articles
from digestgen.errors import InputError, Problem
from digestgen.executor import open_executor
from digestgen.model import Article

SILENT = Console(quiet=True)


def squared(number: int) -> int:
    return number * number


def refused(number: int) -> int:
    return 100 // (number - 50)


def deadly(_: object) -> NoReturn:
    os._exit(1)


def mortal_study(died: Path, article: Article) -> articles.Study | Problem:
    """Study an article; the first worker to do so dies."""
    try:
        died.touch(exist_ok=False)
    except FileExistsError:
        return articles._study(article)  # noqa: SLF001 -- what a build would call
    deadly(article)


def install(module: str, **others: str | None) -> None:
    """Make the current worker report other installed versions."""
    told = {**version.installed_versions(), **others}
    vars(sys.modules[module])["installed_versions"] = lambda: told


def uninstall(module: str) -> None:
    del vars(sys.modules[module])["installed_versions"]


def mend(module: str) -> None:
    vars(sys.modules[module])["installed_versions"] = WHOLE


WHOLE = version.installed_versions


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    folder = tmp_path_factory.mktemp("dask")
    with opened(folder, 2) as cluster:
        yield cluster


def opened(folder: Path, workers: int) -> LocalCluster:
    where = {"host": "127.0.0.1", "dashboard_address": ":0", "local_directory": str(folder)}
    return LocalCluster(n_workers=workers, threads_per_worker=2, **where)


@pytest.fixture(autouse=True)
def forgetful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cache, which would keep work from the cluster."""
    (tmp_path / "file").touch()
    monkeypatch.setattr("digestgen.build.cache_file", lambda: tmp_path / "file" / "results")


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "LEAST_FOR_POOL", 2)
    monkeypatch.setattr(dask_cluster, "CONNECT_TIMEOUT", 0.5)


def refusal(address: str, work: Callable[[int], object] = squared) -> str:
    """The error shown for this work on the cluster at an address."""
    with pytest.raises(InputError) as caught, open_executor(SILENT, cluster=address) as pool:
        [*pool.map("Working", work, range(100))]
    assert all(problem.file == address for problem in caught.value.problems)
    return str(caught.value)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def unused_address() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{taken.getsockname()[1]}"


def test_the_order_is_kept(cluster: LocalCluster) -> None:
    with open_executor(SILENT, cluster=cluster.scheduler_address) as pool:
        assert [*pool.map("Squaring", squared, range(1234))] == [number * number for number in range(1234)]


def test_a_cluster_gives_what_one_core_gives_though_a_worker_is_lost(
    cluster: LocalCluster, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(sample, tmp_path / "here", SILENT, today=date(2026, 11, 22), workers=1)
    died = tmp_path / "died"
    monkeypatch.setattr(articles, "_study", partial(mortal_study, died))
    monkeypatch.setattr(executor, "_machines", partial(small_chunks, executor._machines))  # noqa: SLF001
    address = cluster.scheduler_address
    build(sample, tmp_path / "there", SILENT, today=date(2026, 11, 22), cluster=address)
    assert died.exists()
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


def small_chunks(machines: Callable[[str], executor.Pool], address: str) -> executor.Pool:
    return executor.Pool(machines(address).opened, chunk=2)


def test_the_command_line_asks_the_cluster(
    cluster: LocalCluster, sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["build", "--seeds", str(sample), "--docs", str(tmp_path / "docs")]
    assert cli.main([*words, "--dask", cluster.scheduler_address]) == 0
    assert (tmp_path / "docs" / "index.md").is_file()
    assert cli.main([*words, "--dask", (nowhere := unused_address())]) == 1
    assert f"error: {nowhere}: no Dask scheduler answers" in capsys.readouterr().err


def test_a_fault_is_not_swallowed(cluster: LocalCluster) -> None:
    with open_executor(SILENT, cluster=cluster.scheduler_address) as pool, pytest.raises(ZeroDivisionError):
        [*pool.map("Dividing", refused, range(100))]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (partial(install, digestgen="0.0.1"), "digestgen 0.0.1 (here "),
        (partial(install, Python="3.9"), "Python 3.9 (here "),
        (partial(install, yake=None), "yake missing (here "),
        (uninstall, "has no digestgen like that of this machine"),
    ],
    ids=["another digestgen", "another Python", "no library", "a digestgen without this module"],
)
def test_a_worker_with_something_else_installed_is_refused(
    cluster: LocalCluster, change: Callable[[str], None], told: str
) -> None:
    with Client(cluster, set_as_default=False) as client:
        worker = next(iter(client.nthreads()))
        client.run(change, "digestgen.version", workers=[worker])
        try:
            said = refusal(cluster.scheduler_address)
        finally:
            client.run(mend, "digestgen.version", workers=[worker])
    assert f"the worker {worker} has " in said
    assert told in said
    assert dask_cluster.VERSION_REMEDY in said


def test_so_is_one_that_comes_while_the_others_are_at_work(cluster: LocalCluster) -> None:
    with Client(cluster, set_as_default=False) as client:
        client.run(partial(install, digestgen="0.0.1"), "digestgen.dask_cluster")
        try:
            said = refusal(cluster.scheduler_address)
        finally:
            client.run(mend, "digestgen.dask_cluster")
    assert "digestgen 0.0.1 (here " in said


def test_articles_that_no_worker_survives_are_told(cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    assert "the same articles ended their worker 1 times" in refusal(cluster.scheduler_address, deadly)


def test_where_nobody_listens_it_is_told() -> None:
    assert "no Dask scheduler answers there" in refusal(unused_address())


def test_without_certificates_it_is_told_where_to_name_them(tmp_path: Path) -> None:
    address = unused_address().replace("tcp", "tls")
    assert "needs certificates; name the files" in refusal(address)
    missing = {f"distributed.comm.tls.client.{what}": str(tmp_path / what) for what in ("cert", "key")}
    with dask.config.set({**missing, "distributed.comm.tls.ca-file": str(tmp_path / "ca")}):
        assert "certificates cannot be read" in refusal(address)


def test_a_cluster_without_workers_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "WORKER_TIMEOUT", 0.2)
    with opened(tmp_path, 0) as empty:
        assert "has no workers; start workers with `dask worker" in refusal(empty.scheduler_address)


def test_nor_are_workers_that_all_are_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path, 0) as lone:
        call = [sys.executable, "-m", "dask", "worker", lone.scheduler_address, "--no-nanny", "--no-dashboard"]
        worker = subprocess.Popen(call, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        lone.wait_for_workers(1, timeout=60)
        monkeypatch.setattr(dask_cluster, "WORKER_TIMEOUT", 0.2)
        assert "lost its scheduler or all of its workers" in refusal(lone.scheduler_address, os._exit)
        worker.wait()


def test_without_the_extra_it_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(InputError, match=r"needs .*: pip install 'digestgen\[dask\]'"),
        open_executor(SILENT, cluster="tcp://127.0.0.1:8786"),
    ):
        pass


@pytest.mark.parametrize("word", ["10.0.0.5:8786", "tcp://10.0.0.5", "http://10.0.0.5:8786", "tcp://:8786", ""])
def test_an_address_that_is_none_is_wrong_usage(word: str) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["build", "--dask", word])
    assert caught.value.code == 2
