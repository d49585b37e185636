"""Writes the generated files, and those that the curator has us write (this module alone writes files).

A manifest in the folder lists what was written, with the SHA-256 of each file. With it the writer touches a file only
when its bytes change, removes only what it once wrote, and never overwrites what a person wrote or has edited since.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from digestgen.errors import InputError, Problem

MANIFEST = ".generated.json"

_Hashes = dict[str, tuple[str, ...]]
"""Relative path → the hashes that a file of ours may have: two while a write is under way, else one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a call of ``write_tree`` did; relative paths, sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    """Files that were left alone because they are not ours to overwrite or remove."""
    manifest: str
    """What ``standing`` tells while nobody touches a file of these."""


def write_tree(folder: Path, files: Mapping[str, str], *, keep: bool = False) -> Written:
    """Make the generated part of ``folder`` hold exactly ``files`` (relative POSIX path → text).

    With ``keep``, what was generated before stays beside them.
    Raises InputError when the folder cannot be written or its manifest cannot be read.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write_tree(folder, files, keep=keep)
    except OSError as error:
        name = error.filename or folder
        raise InputError([Problem(str(name), None, f"cannot be written: {error.strerror}")]) from None


def save(path: Path, text: str) -> bool:
    """Make one of the curator's own files hold ``text``, whole or not at all; True when that changed it.

    Raises InputError when it cannot be written, or is a link or a folder: what it leads to may lie anywhere.
    """
    data = text.encode("utf-8")
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise InputError([Problem(str(path), None, "is no plain file, so it is left alone; put a file here")])
        if path.exists() and path.read_bytes() == data:
            return False
        _replace(path, data, durable=True)
    except OSError as error:
        raise InputError([Problem(str(path), None, f"cannot be written: {error.strerror}")]) from None
    return True


def create(path: Path, text: str) -> bool:
    """Write a new file, whole or not at all; False where something of that name is there, which is left alone.

    Raises InputError when it cannot be written.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        with draft.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        try:
            os.link(draft, path)  # unlike a rename, this refuses to replace what somebody wrote meanwhile
        except FileExistsError:
            return False
        except OSError:  # a file system without links
            if os.path.lexists(path):
                return False
            draft.rename(path)
    except OSError as error:
        raise InputError([Problem(str(path), None, f"cannot be written: {error.strerror}")]) from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return True


def standing(folder: Path) -> str | None:
    """A hash of all generated files, if they stand as they were written; None if one does not, or there are none."""
    try:
        manifest = _read_manifest(folder)
        whole = bool(manifest) and all((_found(folder, path),) == hashes for path, hashes in manifest.items())
        return _hash(_manifest_text(manifest)) if whole else None
    except (OSError, InputError):
        return None


def generated_paths(folder: Path) -> frozenset[str]:
    """The relative paths that the manifest of ``folder`` lists."""
    return frozenset(_read_manifest(folder))


def _write_tree(folder: Path, files: Mapping[str, str], *, keep: bool) -> Written:
    before = _read_manifest(folder)
    # Encoded twice, since all of them at once would need as much room again.
    after: _Hashes = (before if keep else {}) | {path: (_hash(text.encode()),) for path, text in files.items()}
    # Should the machine stop half-way, both the old and the new state of each file are known to be ours.
    pending = {path: tuple(dict.fromkeys(before.get(path, ()) + after.get(path, ()))) for path in before | after}
    problems: list[Problem] = []
    written: list[str] = []
    removed: list[str] = []
    unchanged = 0
    if pending != before:
        _replace(folder / MANIFEST, _manifest_text(pending))
    for path in sorted(files):
        target = folder / path
        found = _found(folder, path)
        if found == after[path][0]:
            unchanged += 1
            continue
        if found is not None and found not in before.get(path, ()):
            problems.append(Problem(f"{folder / path}", None, _NOT_OURS if path not in before else _EDITED))
            after[path] = before.get(path, ())
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, files[path].encode())
        written.append(path)
    for path in sorted(before.keys() - after.keys()):
        found = _found(folder, path)
        if found is not None and found not in before[path]:
            problems.append(Problem(f"{folder / path}", None, _STALE))
            continue
        if found is not None:
            (folder / path).unlink()
            removed.append(path)
        _remove_empty_parents(folder, path)
    after = {path: hashes for path, hashes in after.items() if hashes}
    manifest = _manifest_text(after)
    if after:
        if after != pending:
            _replace(folder / MANIFEST, manifest)
    else:
        (folder / MANIFEST).unlink(missing_ok=True)
    return Written(
        written=tuple(written),
        removed=tuple(removed),
        unchanged=unchanged,
        problems=tuple(problems),
        manifest=_hash(manifest),
    )


_NOT_OURS = "stands where a generated page belongs; it was not written by digestgen, so it is left alone: rename it"
_EDITED = "was edited by hand; generated pages are written anew: move the change to the seeds, then delete this file"
_STALE = "is no longer generated, but was edited by hand, so it is left alone: delete it, or rename it"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _found(folder: Path, path: str) -> str | None:
    """The hash of what stands at a path: None for nothing, empty for what is no plain file inside the folder."""
    target = folder / path
    if target.is_symlink() or not target.parent.resolve().is_relative_to(folder.resolve()):
        return ""
    if not target.exists():
        return None
    return _hash(target.read_bytes()) if target.is_file() else ""


def _replace(target: Path, data: bytes, *, durable: bool = False) -> None:
    """Write whole or not at all; ``durable`` waits until it would outlast a power cut."""
    draft = target.with_name(f".{target.name}.part")
    # A link of that name would be written through.
    draft.unlink(missing_ok=True)
    try:
        with draft.open("xb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o777)
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _remove_empty_parents(folder: Path, path: str) -> None:
    for parent in list(PurePosixPath(path).parents)[:-1]:
        place = folder / parent
        if not place.is_dir() or any(place.iterdir()):
            return
        place.rmdir()


def _manifest_text(hashes: _Hashes) -> bytes:
    return (json.dumps({path: hashes[path] for path in sorted(hashes)}, indent=0) + "\n").encode("utf-8")


def _read_manifest(folder: Path) -> _Hashes:
    place = folder / MANIFEST
    try:
        manifest = json.loads(place.read_text(encoding="utf-8"))
        if not all(_is_inside(path) for path in manifest):
            raise ValueError
        return {path: tuple(str(value) for value in hashes) for path, hashes in manifest.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError, RecursionError):
        message = "is damaged; delete it together with the generated folders beside it, and build again"
        raise InputError([Problem(str(place), None, message)]) from None


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts and "\\" not in path and parts.name != MANIFEST
