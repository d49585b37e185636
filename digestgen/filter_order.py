"""Pagefind writes the values of a filter in an order of chance; put in order here, the same site has the same index.

Its files are CBOR (RFC 8949: of it, numbers, texts and lists) behind a signature, compressed, named by a hash.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

_SIGNATURE = b"pagefind_dcd"
_NUMBER, _TEXT, _LIST = 0, 3, 4
_FILTERS = 3
"""Where the index's own description lists its filters, each with the name of its file."""

_STRANGE = "holds what is no number, text or list"


def put_in_order(index: Path) -> None:
    """Write the filters of a fresh index anew, in order. Raises ValueError or OSError where it is not as expected."""
    described = index / "pagefind-entry.json"
    entry = json.loads(described.read_text(encoding="utf-8"))
    for language, about in entry["languages"].items():
        place = index / f"pagefind.{about['hash']}.pf_meta"
        meta = _load(place)
        for known in meta[_FILTERS]:
            file = index / "filter" / f"{known[1]}.pf_filter"
            name, values = _load(file)
            file.unlink()
            known[1] = _save(index / "filter", "", language, [name, sorted(values)], ".pf_filter")
        meta[_FILTERS].sort()
        place.unlink()
        about["hash"] = _save(index, "pagefind.", language, meta, ".pf_meta")
    described.write_text(json.dumps(entry, sort_keys=True), encoding="utf-8")


def _load(file: Path) -> list:  # type: ignore[type-arg]
    return list(_read(gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE), 0)[0])


def _save(folder: Path, before: str, language: str, item: object, suffix: str) -> str:
    data = _SIGNATURE + _written(item)
    key = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    (folder / f"{before}{key}{suffix}").write_bytes(gzip.compress(data, mtime=0))
    return key


def _read(data: bytes, at: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
    kind, size = data[at] >> 5, data[at] & 31
    at += 1
    if size >= 24:
        width = 1 << (size - 24)
        size = int.from_bytes(data[at : at + width])
        at += width
    if kind == _NUMBER:
        return size, at
    if kind == _TEXT:
        return data[at : at + size].decode(), at + size
    if kind != _LIST:
        raise ValueError(_STRANGE)
    items = []
    for _ in range(size):
        item, at = _read(data, at)
        items.append(item)
    return items, at


def _written(item: object) -> bytes:
    if isinstance(item, int):
        return _head(_NUMBER, item)
    if isinstance(item, str):
        return _head(_TEXT, len(item.encode())) + item.encode()
    if isinstance(item, list):
        return _head(_LIST, len(item)) + b"".join(map(_written, item))
    raise ValueError(_STRANGE)


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    step = next(step for step in range(4) if size < 1 << (8 << step))
    return bytes([kind << 5 | 24 + step]) + size.to_bytes(1 << step)
