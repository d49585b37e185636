"""Writes generated files, and the curator's files on request (the only module that writes files).

A manifest in the folder lists the written files with their SHA-256. With it the writer touches a file only if its bytes
change, removes only what it once wrote, and never overwrites what a person wrote or has edited since.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO

from digestgen.errors import InputError, Problem

MANIFEST = ".generated.json"

Files = Iterable[tuple[str, str | Iterable[str]]]
"""Relative POSIX path and text of each file; a long text may come in parts."""

_Hashes = dict[str, tuple[str, ...]]
"""Relative path → the hashes that our file may have: two while a write is in progress, else one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The result of ``write_tree``; relative paths, sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    """Files that were left alone because they are not ours to overwrite or remove."""
    manifest: str
    """What ``standing`` tells while nobody touches a file of these."""


def write_tree(folder: Path, files: Files, *, keep: bool = False) -> Written:
    """Make the generated part of ``folder`` hold exactly ``files``.

    Files are taken one by one, and no text stays in memory; but none is put in place before the last one was taken, so
    whatever is raised on the way leaves the folder as it is. With ``keep``, files generated earlier stay. Raises
    InputError if the folder cannot be written or its manifest cannot be read, and ValueError if a path comes twice.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write_tree(folder, files, keep=keep)
    except OSError as error:
        name = error.filename or folder
        raise InputError([Problem(str(name), None, f"cannot be written: {error.strerror}")]) from None


def save(path: Path, text: str) -> bool:
    """Atomically write one of the curator's own files; returns whether that changed it.

    Raises InputError if it cannot be written, or is a link or a folder: a link may lead anywhere.
    """
    data = text.encode("utf-8")
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise InputError([Problem(str(path), None, "is not a regular file, so it is left alone; put a file here")])
        if path.exists() and path.read_bytes() == data:
            return False
        _replace(path, data, durable=True)
    except OSError as error:
        raise InputError([Problem(str(path), None, f"cannot be written: {error.strerror}")]) from None
    return True


def create(path: Path, text: str) -> bool:
    """Atomically create a file; False if the name is taken, which leaves the existing file alone.

    Raises InputError if it cannot be written.
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


def unchanged_hash(folder: Path) -> str | None:
    """A hash of all generated files; None if one of them has changed, or if there are none."""
    try:
        manifest, root = _read_manifest(folder), folder.resolve()
        whole = bool(manifest) and all((_found(root, path),) == hashes for path, hashes in manifest.items())
        return _hash(_manifest_text(manifest)) if whole else None
    except (OSError, InputError):
        return None


def generated_paths(folder: Path) -> frozenset[str]:
    """The relative paths in the manifest of ``folder``."""
    return frozenset(_read_manifest(folder))


def _write_tree(folder: Path, files: Files, *, keep: bool) -> Written:
    before, root = _read_manifest(folder), folder.resolve()
    problems: list[Problem] = []
    written: list[str] = []
    removed: list[str] = []
    with _unnamed_file(folder) as drafts:
        hashes, changed = _drafted(root, files, drafts)
        after = (before if keep else {}) | hashes
        # After a crash half-way, both the old and the new state of each file are known to be ours.
        pending = {path: tuple(dict.fromkeys(before.get(path, ()) + after.get(path, ()))) for path in before | after}
        if pending != before:
            _replace(folder / MANIFEST, _manifest_text(pending))
        drafts.seek(0)
        for path, length in changed.items():
            data, found = drafts.read(length), _found(root, path)
            if found is not None and found not in before.get(path, ()):
                problems.append(Problem(f"{folder / path}", None, _NOT_OURS if path not in before else _EDITED))
                after[path] = before.get(path, ())
                continue
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            _replace(folder / path, data)
            written.append(path)
    for path in sorted(before.keys() - after.keys()):
        found = _found(root, path)
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
        written=tuple(sorted(written)),
        removed=tuple(removed),
        unchanged=len(hashes) - len(changed),
        problems=tuple(problems),
        manifest=_hash(manifest),
    )


def _unnamed_file(folder: Path) -> IO[bytes]:
    """A file that vanishes when it is closed.

    It is in the folder itself: where temporary files belong there may be less room, or they are held in memory.
    """
    try:
        return TemporaryFile(dir=folder)
    except OSError as error:
        # Which names were tried for it is chance.
        raise OSError(error.errno, error.strerror, str(folder)) from None


def _drafted(root: Path, files: Files, drafts: IO[bytes]) -> tuple[_Hashes, dict[str, int]]:
    """Write the files that change to ``drafts``, one behind the other.

    Returns the hash of every file, and the length of each in ``drafts``, in their order there.
    """
    hashes: _Hashes = {}
    changed: dict[str, int] = {}
    end = 0
    for path, text in files:
        if path in hashes:
            raise ValueError(f"two files claim {path}")
        drafts.seek(end)  # where the last one was unchanged, it is written over
        length, sha = 0, hashlib.sha256()
        for part in [text] if isinstance(text, str) else text:
            data = part.encode()
            sha.update(data)
            length += drafts.write(data)
        hashes[path] = (sha.hexdigest(),)
        if _found(root, path) != sha.hexdigest():
            changed[path] = length
            end += length
    return hashes, changed


_NOT_OURS = "stands where a generated page belongs; it was not written by digestgen, so it is left alone: rename it"
_EDITED = "was edited by hand; generated pages are written anew: move the change to the seeds, then delete this file"
_STALE = "is no longer generated, but was edited by hand, so it is left alone: delete it, or rename it"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _found(root: Path, path: str) -> str | None:
    """The hash of the file at a path: None if missing, empty if it is no plain file inside the folder.

    ``root`` is the folder, resolved.
    """
    target = root / path
    if target.is_symlink() or not target.parent.resolve().is_relative_to(root):
        return ""
    if not target.is_file():
        return "" if target.exists() else None
    with target.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace(target: Path, data: bytes, *, durable: bool = False) -> None:
    """Atomically write a file; ``durable`` also waits until it would survive a power cut."""
    draft = target.with_name(f".{target.name}.part")
    # A symbolic link of that name would be written through.
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
