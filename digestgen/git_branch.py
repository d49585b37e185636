"""The git branch and origin of a folder, read from git's own files.

Addresses are recorded on the default branch alone: two curators' branches that both wrote the ledger would conflict,
and readers have never seen the addresses of a branch.
"""

from __future__ import annotations

import re
from pathlib import Path

_USUAL = ("main", "master")
_HEADS = "refs/heads/"
_ORIGIN = re.compile(r'^\[remote "origin"\]\n(?:[ \t].*\n)*?[ \t]+url = (.*)$', re.MULTILINE)


def unrecorded_branch(folder: Path) -> tuple[str, str] | None:
    """The current and the default branch if they differ; None if addresses are recorded here.

    That is on the default branch, outside git, and if git's files cannot be read. The current branch is empty for a
    detached HEAD.
    """
    try:
        git = _git_folder(folder.resolve())
        if git is None:
            return None
        shared = _shared(git)
        head = _ref(git / "HEAD")
        default = _default(shared)
    except (OSError, UnicodeError):
        return None
    if default is None or head == _HEADS + default:
        return None
    return (head or "").removeprefix(_HEADS), default


def origin(folder: Path) -> str | None:
    """The address that a folder's repository was cloned from; None if there is none that can be read."""
    try:
        git = _git_folder(folder.resolve())
        text = (_shared(git) / "config").read_text("utf-8") if git else ""
    except (OSError, UnicodeError):
        return None
    found = _ORIGIN.search(text)
    return found[1].strip() if found else None


def _git_folder(folder: Path) -> Path | None:
    for place in (folder, *folder.parents):
        git = place / ".git"
        if git.is_dir():
            return git
        if git.is_file():
            # In a linked work tree ``.git`` is a file that points to the git folder.
            return (place / git.read_text("utf-8").removeprefix("gitdir:").strip()).resolve()
    return None


def _shared(git: Path) -> Path:
    common = git / "commondir"
    return (git / common.read_text("utf-8").strip()).resolve() if common.is_file() else git


def _ref(file: Path) -> str | None:
    """The ref that a file points to; None if it holds a commit."""
    text = file.read_text("utf-8").strip()
    return text.removeprefix("ref:").strip() if text.startswith("ref:") else None


def _default(git: Path) -> str | None:
    """The default branch: the remote's, else an existing one of the usual names."""
    remote = git / "refs" / "remotes" / "origin" / "HEAD"
    if remote.is_file() and (ref := _ref(remote)):
        return ref.removeprefix("refs/remotes/origin/")
    packed = git / "packed-refs"
    known = packed.read_text("utf-8").split() if packed.is_file() else []
    return next((name for name in _USUAL if (git / _HEADS / name).is_file() or _HEADS + name in known), None)
