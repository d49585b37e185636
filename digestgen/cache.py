"""Remembers per-article work between builds: a table of results by what they were made from (sole importer of sqlite3).

A key is a hash of all that a result depends on: the work, the thing that it was done on, the code of this package and
the versions of its libraries. So a cache is never out of date; it may be deleted at any time, copied from another
machine or branch, and used by several builds at once. It holds data and no code, and what does not have the type that
the work returns is made anew. Where none can be kept, all is.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar, get_args, get_type_hints

import msgspec
from platformdirs import user_cache_path

from digestgen.compose.executor import Executor, Fault
from digestgen.version import installed

A = TypeVar("A")
B = TypeVar("B")

MOST_BYTES: Final = 1 << 30
"""From this size on, the quarter that was not asked for longest is dropped; 100,000 articles take about as much."""
_AT_ONCE: Final = 500
"""Keys in one query."""
_PATIENCE: Final = 10.0
"""Seconds to wait while another build writes."""
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, value BLOB NOT NULL, turn INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS entry_turn ON entry (turn);
"""


def cache_file() -> Path:
    """Where the cache of this user lies: one for all projects, branches and clones."""
    return user_cache_path("digestgen", appauthor=False) / "results-1.sqlite3"


class Cache:
    """Bytes by key. From its first failure on it is as good as empty: that costs time, and never a build."""

    def __init__(self, path: Path | None, most_bytes: int = MOST_BYTES) -> None:
        """Open the cache in a file, which is made where there is none; without one, nothing is kept."""
        self.path, self._most_bytes = path, most_bytes
        self._connection: sqlite3.Connection | None = None
        self._turn = 0
        with self._failing_softly():
            if path is None:
                return
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # it knows of what is not public, too
            self._connection = sqlite3.connect(path, timeout=_PATIENCE)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_TABLE)
            (last,) = self._connection.execute("SELECT ifnull(max(turn), 0) FROM entry").fetchone()
            # Grows from build to build, so that it can be told what was asked for last.
            self._turn = last + 1

    @property
    def works(self) -> bool:
        """Whether anything can be kept."""
        return self._connection is not None

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What is known of some keys."""
        found: dict[bytes, bytes] = {}
        with self._failing_softly() as connection:
            if not connection:
                return found
            for some in _chunks(keys):
                found.update(connection.execute(f"SELECT key, value FROM entry WHERE key IN ({_places(some)})", some))  # noqa: S608 -- question marks
            if found and self._size() > self._most_bytes / 2:
                # Not before, so that a build without anything new writes nothing.
                self._touch(connection, list(found))
        return found

    def put(self, found: Mapping[bytes, bytes]) -> None:
        """Keep some values; where that makes the cache too large, what was not asked for longest goes."""
        with self._failing_softly() as connection:
            if not connection or not found:
                return
            with connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO entry (key, value, turn) VALUES (?, ?, ?)",
                    ((key, value, self._turn) for key, value in found.items()),
                )
            while self._size() > self._most_bytes:
                with connection:
                    oldest = "SELECT key FROM entry ORDER BY turn LIMIT (SELECT 1 + count(*) / 4 FROM entry)"
                    connection.execute(f"DELETE FROM entry WHERE key IN ({oldest})")  # noqa: S608 -- as above

    def value(self, name: str, key: bytes, kind: type[A]) -> A | None:
        """A single value of that type; None where it is not there."""
        whole = _hash(name.encode(), key)
        found: A | None = _unpacked(self.get([whole]).get(whole), msgspec.msgpack.Decoder(kind))
        return found

    def keep(self, name: str, key: bytes, value: object) -> None:
        """Keep a single value."""
        self.put({_hash(name.encode(), key): _packed(value)})

    def close(self) -> None:
        """Let go of the file."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _touch(self, connection: sqlite3.Connection, keys: Sequence[bytes]) -> None:
        with connection:
            for some in _chunks(keys):
                connection.execute(f"UPDATE entry SET turn = ? WHERE key IN ({_places(some)})", (self._turn, *some))  # noqa: S608 -- as above

    def _size(self) -> int:
        """Bytes in use; what was dropped leaves room in the file."""
        assert self._connection  # noqa: S101 -- for the type checker
        asked = ("page_count", "freelist_count", "page_size")
        pages, free, size = (self._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked)
        return int((pages - free) * size)

    @contextmanager
    def _failing_softly(self) -> Iterator[sqlite3.Connection | None]:
        try:
            yield self._connection
        except (sqlite3.Error, OSError) as error:
            self.close()
            # Busy, full and forbidden are passing states; anything else is damage, and the next build begins anew.
            damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
            if self.path and damaged:
                for each in self.path.parent.glob(f"{self.path.name}*"):
                    with suppress(OSError):
                        each.unlink()


@dataclass(frozen=True, slots=True)
class Work:
    """How much per-article work was asked for."""

    remembered: int
    """Results that were in the cache."""
    done: int
    """Those that were not."""
    where: Path | None
    """The cache; None where nothing can be kept."""


class RememberingExecutor:
    """An executor (``compose.executor.Executor``) that has another do only what is not in a cache."""

    def __init__(self, executor: Executor, cache: Cache) -> None:
        self._executor, self._cache = executor, cache
        self._remembered, self._done = 0, 0

    @property
    def work(self) -> Work:
        """All that was asked for so far."""
        return Work(self._remembered, self._done, self._cache.path if self._cache.works else None)

    def start(self, stage: str) -> None:
        """Passed on."""
        self._executor.start(stage)

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> list[B]:
        """``[work(thing) for thing in things]``, each from the cache where it is there."""
        if not self._cache.works:
            self._done += len(things)
            return self._executor.map(stage, work, things)
        decoder = msgspec.msgpack.Decoder(_type_of_result(work))
        keys = [_key(work, thing) for thing in things]
        results: list[Any] = []
        for some in _chunks(keys):
            known = self._cache.get(some)
            results += (_unpacked(known.get(key), decoder) for key in some)
        missing = [at for at, result in enumerate(results) if result is None]
        self._remembered += len(things) - len(missing)
        self._done += len(missing)
        made = self._executor.map(stage, _Packing(work), [things[at] for at in missing])
        for part in _chunks(list(zip(missing, made, strict=True))):
            # A fault of ours may be gone tomorrow.
            self._cache.put({keys[at]: result for at, result in part if not isinstance(result, Fault)})
            for at, result in part:
                results[at] = result if isinstance(result, Fault) else _unpacked(result, decoder)
        return results


@dataclass(frozen=True, slots=True)
class _Packing:
    """Work whose results are packed where they are made: on their way and until all are there they are small."""

    work: Callable[[Any], Any]

    def __call__(self, thing: object) -> bytes | Fault:
        result = self.work(thing)
        return result if isinstance(result, Fault) else _packed(result)


_PACK: Final = msgspec.msgpack.Encoder().encode


def _packed(value: object) -> bytes:
    return zlib.compress(_PACK(value), 1)


def _unpacked(data: bytes | None, decoder: msgspec.msgpack.Decoder[Any]) -> Any:  # noqa: ANN401 -- as the work returns
    """What was kept, if it is what the work returns."""
    try:
        return None if data is None else decoder.decode(zlib.decompress(data))
    except (zlib.error, msgspec.MsgspecError):
        return None


def _type_of_result(work: Callable[..., Any]) -> Any:  # noqa: ANN401 -- a type
    """What a piece of work returns, unless it meets a fault."""
    told = get_type_hints(work)["return"]
    rest = [each for each in get_args(told) if each is not Fault] if Fault in get_args(told) else [told]
    return rest[0]


def _key(work: Callable[..., Any], thing: object) -> bytes:
    name = f"{work.__module__}.{work.__qualname__}".encode()
    return _hash(name, _method(), _PACK(thing))


def _hash(*parts: bytes) -> bytes:
    return hashlib.blake2b(b"\0".join(parts), digest_size=16).digest()


@cache
def _method() -> bytes:
    """All that a result depends on beside the thing."""
    return _PACK(installed())


def _chunks(things: Sequence[A]) -> Iterator[Sequence[A]]:
    return (things[start : start + _AT_ONCE] for start in range(0, len(things), _AT_ONCE))


def _places(keys: Sequence[bytes]) -> str:
    return ", ".join("?" * len(keys))
