"""The folder lock: one holder at a time, named to others, released with its process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from digestgen import lock
from digestgen.errors import InputError
from digestgen.lock import LOCK_NAME, exclusive

HOLDER = """
import sys
from pathlib import Path
from digestgen.lock import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that holds the folder until its stdin is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as caught, exclusive(folder, wait=0):
        pass
    (problem,) = caught.value.problems
    return str(problem)


def test_leaves_no_trace_and_can_be_had_again(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    for _ in range(2):
        with exclusive(folder, wait=0):
            assert (folder / LOCK_NAME).read_text(encoding="utf-8") == f"{os.getpid()}\n"
        assert list(folder.iterdir()) == []


def test_ends_with_an_exception(tmp_path: Path) -> None:
    with pytest.raises(KeyError), exclusive(tmp_path, wait=0):
        raise KeyError
    with exclusive(tmp_path, wait=0):
        pass


def test_names_the_process_that_holds_it_and_what_to_do(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        assert refusal(tmp_path) == (
            f"{tmp_path}: process {other.pid} is at work in this folder; "
            f"wait until it has ended, or stop it (kill {other.pid}), then try again"
        )
        assert (tmp_path / LOCK_NAME).exists(), "a refusal takes nothing from the holder"
    with exclusive(tmp_path, wait=0):
        pass


def test_holds_against_its_own_process(tmp_path: Path) -> None:
    with exclusive(tmp_path, wait=0):
        assert f"process {os.getpid()} is at work" in refusal(tmp_path)


def test_a_holder_that_has_not_signed_is_told_of_without_a_number(tmp_path: Path) -> None:
    with holder(tmp_path):
        (tmp_path / LOCK_NAME).write_bytes(b"")
        assert refusal(tmp_path) == (
            f"{tmp_path}: another process is at work in this folder; wait until it has ended, then try again"
        )


@pytest.mark.parametrize("end", [subprocess.Popen.kill, subprocess.Popen.terminate], ids=["killed", "terminated"])
def test_a_lock_that_a_dead_process_left_behind_blocks_nobody(
    tmp_path: Path, end: Callable[[subprocess.Popen[str]], None]
) -> None:
    with holder(tmp_path) as other:
        end(other)
    assert (tmp_path / LOCK_NAME).read_text(encoding="utf-8") == f"{other.pid}\n"
    with exclusive(tmp_path, wait=0):
        pass
    assert list(tmp_path.iterdir()) == []


def test_waits_for_a_holder_that_ends_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with holder(tmp_path) as other:
        # The other process ends instead of the pause.
        monkeypatch.setattr(lock.time, "sleep", lambda _: other.communicate())
        with exclusive(tmp_path, wait=60):
            assert (tmp_path / LOCK_NAME).read_text(encoding="utf-8") == f"{os.getpid()}\n"
    assert other.returncode == 0


def test_many_at_once_are_never_inside_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_PAUSE", 0)
    inside: list[int] = []
    most: list[int] = []

    def work(number: int) -> None:
        for _ in range(20):
            with exclusive(tmp_path, wait=60):
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 80


def link(place: Path) -> None:
    (place.parent / "precious.txt").write_text("precious", encoding="utf-8")
    place.symlink_to("precious.txt")


@pytest.mark.parametrize(
    ("put", "told"),
    [
        (link, "is not a regular file, so it is left alone; remove it"),
        (Path.mkdir, "is not a regular file, so it is left alone; remove it"),
        (os.mkfifo, "is not a regular file, so it is left alone; remove it"),
        (lambda place: place.write_text("mine"), "was not written by digestgen, so it is left alone; rename it"),
    ],
    ids=["a link", "a folder", "a pipe", "a file of a person's"],
)
def test_what_is_not_its_own_is_left_alone(tmp_path: Path, put: Callable[[Path], object], told: str) -> None:
    place = tmp_path / LOCK_NAME
    put(place)
    before = place.lstat()
    assert refusal(tmp_path) == f"{place}: {told}"
    assert (place.lstat().st_ino, place.lstat().st_size) == (before.st_ino, before.st_size)
    if place.is_symlink():
        assert place.read_text(encoding="utf-8") == "precious"


def test_a_folder_that_cannot_be_made_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("a file", encoding="utf-8")
    assert refusal(tmp_path / "docs") == f"{tmp_path / 'docs'}: cannot be written: File exists"
