"""Keeps two builds from writing the same folder at once, by a lock of the operating system on a file in it.

Such a lock ends with the process that holds it, however that ends; a file that is left behind locks nothing. Its name
begins with a dot, so mkdocs does not publish it.
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

    # Far behind the process id, since a byte that is locked there cannot be read.
    _LOCKED_BYTE = 1 << 30
else:
    import fcntl

LOCK_NAME = ".lock"

_PAUSE = 0.1
"""Seconds between two attempts."""


@contextmanager
def exclusive(folder: Path, *, wait: float = 10.0) -> Iterator[None]:
    """Hold ``folder``, which is made where it is missing, against everybody else who asks for it in this way.

    A folder that is held is waited for, up to ``wait`` seconds; in vain, where this very process holds it. Raises
    InputError after that, naming the process that holds it; and where the folder cannot be written.
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
        # Removed while it is still held: whoever waits for it finds that out, and opens a new one. Windows cannot.
        with suppress(OSError):
            place.unlink()
        os.close(lock)


def _acquired(place: Path, deadline: float) -> int:
    """The file at ``place``, open and locked."""
    while True:
        if not _is_free_or_plain(place):
            raise InputError([Problem(str(place), None, "is no plain file, so it is left alone; remove it")])
        lock = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if _is_locked(lock):
                if _is_at(lock, place):
                    _sign(lock, place)
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
    # Asked once: between two questions, its holder may remove it.
    try:
        return stat.S_ISREG(place.lstat().st_mode)
    except FileNotFoundError:
        return True


def _is_locked(lock: int) -> bool:
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
    """Whether what was locked still stands there: its last holder may just have removed it."""
    try:
        return os.path.samestat(os.fstat(lock), place.lstat())
    except FileNotFoundError:
        return False


def _sign(lock: int, place: Path) -> None:
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
    """What to tell of a lock that is held; its holder may not have signed it yet."""
    if not content.isdecimal():
        return "another process is at work in this folder; wait until it has ended, then try again"
    kill = "" if sys.platform == "win32" else f" (kill {content})"
    return f"process {content} is at work in this folder; wait until it has ended, or stop it{kill}, then try again"
