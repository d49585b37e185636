"""Locks a folder against concurrent builds, by an operating-system lock on a file in it.

The lock ends with its process, however that ends; a leftover file locks nothing. The name begins with a dot, so MkDocs
does not publish it.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from digestgen.errors import InputError, Problem

if sys.platform == "win32":
    import msvcrt

    # Far beyond the process id, since a locked byte cannot be read on Windows.
    _LOCKED_BYTE = 1 << 30
else:
    import fcntl

LOCK_NAME = ".lock"

_PAUSE = 0.1
"""Seconds between two attempts."""


@contextmanager
def exclusive(folder: Path, *, wait: float = 10.0) -> Iterator[None]:
    """Hold ``folder`` exclusively; it is created if missing.

    Waits up to ``wait`` seconds for another holder, then raises InputError with its process id. Not re-entrant. Also
    raises InputError if the folder cannot be written.
    """
    place = folder / LOCK_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = _acquired(place, time.monotonic() + wait)
    except OSError as error:
        name = error.filename or place
        raise InputError([Problem(str(name), None, f"cannot be written: {error.strerror}")]) from None
    try:
        yield
    finally:
        # Removed while still held: waiters notice and open a new file. Not possible on Windows.
        with suppress(OSError):
            place.unlink()
        os.close(lock)


def _acquired(place: Path, deadline: float) -> int:
    """The lock file at ``place``, open and locked."""
    while True:
        if not _is_free_or_plain(place):
            raise InputError([Problem(str(place), None, "is not a regular file, so it is left alone; remove it")])
        lock = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if _try_lock(lock):
                if _is_at(lock, place):
                    _write_pid(lock, place)
                    return lock
            elif time.monotonic() >= deadline:
                raise InputError([Problem(str(place.parent), None, _held_by(_content(lock)))])
            else:
                time.sleep(_PAUSE)
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)


def _is_free_or_plain(place: Path) -> bool:
    # A single stat, since the holder may remove the file between two.
    try:
        return stat.S_ISREG(place.lstat().st_mode)
    except FileNotFoundError:
        return True


def _try_lock(lock: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(lock, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _is_at(lock: int, place: Path) -> bool:
    """Whether the locked file is still at its path: its last holder may just have removed it."""
    try:
        return os.path.samestat(os.fstat(lock), place.lstat())
    except FileNotFoundError:
        return False


def _write_pid(lock: int, place: Path) -> None:
    content = _content(lock)
    if content and not content.isdecimal():
        raise InputError([Problem(str(place), None, "was not written by digestgen, so it is left alone; rename it")])
    os.lseek(lock, 0, os.SEEK_SET)
    os.truncate(lock, 0)
    os.write(lock, f"{os.getpid()}\n".encode())


def _content(lock: int) -> str:
    os.lseek(lock, 0, os.SEEK_SET)
    return os.read(lock, 1000).decode("ascii", errors="replace").strip()


def _held_by(content: str) -> str:
    """The message about a held lock; its holder may not have written its process id yet."""
    if not content.isdecimal():
        return "another process is at work in this folder; wait until it has ended, then try again"
    kill = "" if sys.platform == "win32" else f" (kill {content})"
    return f"process {content} is at work in this folder; wait until it has ended, or stop it{kill}, then try again"
