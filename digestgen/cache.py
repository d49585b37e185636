"""Cache of per-article results between builds (sole importer of sqlite3).

A key is a hash of everything a result depends on: the function, its argument, the code of this package and the versions
of its libraries. So entries are never stale, and the cache may be deleted at any time, copied from another machine or
branch, and shared by concurrent builds. It holds data, never code; a value of the wrong type is computed anew. If no
cache file can be used, everything is.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
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
from digestgen.version import installed_versions

A = TypeVar("A")
B = TypeVar("B")

MOST_BYTES: Final = 1 << 30
"""Size from which the least recently used quarter is dropped; 100,000 articles take about as much."""
_BATCH: Final = 500
"""Keys per query."""
_TIMEOUT: Final = 10.0
"""Seconds to wait for another build's write."""
_PAUSE: Final = 0.02
"""Seconds until a file that another build is just creating is tried again."""
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, value BLOB NOT NULL, turn INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS entry_turn ON entry (turn);
"""


def cache_file() -> Path:
    """The user's cache file, shared by all projects, branches and clones."""
    return user_cache_path("digestgen", appauthor=False) / "results-1.sqlite3"


class Cache:
    """A key-value store of bytes. After its first failure it acts as if empty: that costs time but never a build."""

    def __init__(self, path: Path | None, most_bytes: int = MOST_BYTES) -> None:
        """Open or create the cache file; with None nothing is kept."""
        self.path, self._most_bytes = path, most_bytes
        self._connection: sqlite3.Connection | None = None
        self._turn = 0
        with self._failing_softly():
            if path is None:
                return
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # it knows of what is not public, too
            self._connection = _opened(path)
            (last,) = self._connection.execute("SELECT ifnull(max(turn), 0) FROM entry").fetchone()
            # Counts builds, for the least-recently-used order.
            self._turn = last + 1

    @property
    def works(self) -> bool:
        """Whether anything can be kept."""
        return self._connection is not None

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The known values of some keys."""
        found: dict[bytes, bytes] = {}
        with self._failing_softly() as connection:
            if not connection:
                return found
            for some in _chunks(keys):
                found.update(connection.execute(f"SELECT key, value FROM entry WHERE key IN ({_places(some)})", some))  # noqa: S608 -- question marks
            if found and self._size() > self._most_bytes / 2:
                # Only when half full, so that a build with nothing new writes nothing.
                self._touch(connection, list(found))
        return found

    def known(self, keys: Sequence[bytes]) -> frozenset[bytes]:
        """Which of some keys have a value."""
        found: set[bytes] = set()
        with self._failing_softly() as connection:
            if not connection:
                return frozenset()
            for some in _chunks(keys):
                rows = connection.execute(f"SELECT key FROM entry WHERE key IN ({_places(some)})", some)  # noqa: S608 -- question marks
                found.update(key for (key,) in rows)
        return frozenset(found)

    def put(self, found: Mapping[bytes, bytes]) -> None:
        """Store values; if the cache gets too large, drop the least recently used."""
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
        """A single value of type ``kind``; None if there is none."""
        whole = _hash(name.encode(), key)
        found: A | None = _unpacked(self.get([whole]).get(whole), msgspec.msgpack.Decoder(kind))
        return found

    def keep(self, name: str, key: bytes, value: object) -> None:
        """Store a single value."""
        self.put({_hash(name.encode(), key): _packed(value)})

    def close(self) -> None:
        """Close the file."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _touch(self, connection: sqlite3.Connection, keys: Sequence[bytes]) -> None:
        with connection:
            for some in _chunks(keys):
                connection.execute(f"UPDATE entry SET turn = ? WHERE key IN ({_places(some)})", (self._turn, *some))  # noqa: S608 -- as above

    def _size(self) -> int:
        """Bytes in use; dropped entries leave free pages in the file."""
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
            # Busy, full and read-only are passing states; anything else is damage, so the next build starts anew.
            damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
            if self.path and damaged:
                for each in self.path.parent.glob(f"{self.path.name}*"):
                    with suppress(OSError):
                        each.unlink()


def _opened(path: Path) -> sqlite3.Connection:
    """A connection to the cache file, which is created if there is none.

    Where several builds create it at the same moment, SQLite refuses all but one without waiting for ``timeout``.
    """
    until = time.monotonic() + _TIMEOUT
    while True:
        connection = sqlite3.connect(path, timeout=_TIMEOUT)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_TABLE)
        except sqlite3.Error as error:
            connection.close()
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return connection


@dataclass(frozen=True, slots=True)
class CacheUse:
    """How much per-article work was requested."""

    remembered: int
    """Results from the cache."""
    done: int
    """Results computed."""
    where: Path | None
    """The cache file; None if there is none."""


class CachingExecutor:
    """An executor (``compose.executor.Executor``) that runs only what is not cached on another one."""

    def __init__(self, executor: Executor, cache: Cache) -> None:
        self._executor, self._cache = executor, cache
        self._remembered, self._done = 0, 0

    @property
    def work(self) -> CacheUse:
        """All work requested so far."""
        return CacheUse(self._remembered, self._done, self._cache.path if self._cache.works else None)

    def start(self, stage: str) -> None:
        """Passed on."""
        self._executor.start(stage)

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> Iterator[B]:
        """``work(thing)`` for each of the things, taken from the cache where possible.

        Only some results at a time are in memory.
        """
        if not self._cache.works:
            self._done += len(things)
            yield from self._executor.map(stage, work, things)
            return
        packing, decoder = _Packing(work), msgspec.msgpack.Decoder(_type_of_result(work))
        keys = [_key(work, thing) for thing in things]
        known = self._cache.known(keys)
        made = self._executor.map(
            stage, packing, [each for key, each in zip(keys, things, strict=True) if key not in known]
        )
        for some in _chunks(range(len(things))):
            stored = self._cache.get([keys[at] for at in some if keys[at] in known])
            results: list[Any] = []
            fresh: dict[bytes, bytes] = {}
            for at in some:
                result = _unpacked(stored.get(keys[at]), decoder)
                self._remembered += result is not None
                if result is None:
                    self._done += 1
                    # What another build has just dropped from the cache, or is of another type, is made here.
                    packed = packing(things[at]) if keys[at] in known else next(made)
                    # A fault in our code may be fixed tomorrow.
                    result = packed if isinstance(packed, Fault) else _unpacked(packed, decoder)
                    fresh |= {} if isinstance(packed, Fault) else {keys[at]: packed}
                results.append(result)
            self._cache.put(fresh)
            yield from results


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
    """The cached value; None if it is missing or not of the expected type."""
    try:
        return None if data is None else decoder.decode(zlib.decompress(data))
    except (zlib.error, msgspec.MsgspecError):
        return None


def _type_of_result(work: Callable[..., Any]) -> Any:  # noqa: ANN401 -- a type
    """The return type of a function, without ``Fault``."""
    hint = get_type_hints(work)["return"]
    rest = [each for each in get_args(hint) if each is not Fault] if Fault in get_args(hint) else [hint]
    return rest[0]


def _key(work: Callable[..., Any], thing: object) -> bytes:
    name = f"{work.__module__}.{work.__qualname__}".encode()
    return _hash(name, _versions(), _PACK(thing))


def _hash(*parts: bytes) -> bytes:
    return hashlib.blake2b(b"\0".join(parts), digest_size=16).digest()


@cache
def _versions() -> bytes:
    """The code and library versions that every result depends on."""
    return _PACK(installed_versions())


def _chunks(things: Sequence[A]) -> Iterator[Sequence[A]]:
    return (things[start : start + _BATCH] for start in range(0, len(things), _BATCH))


def _places(keys: Sequence[bytes]) -> str:
    return ", ".join("?" * len(keys))
