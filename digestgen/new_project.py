"""Creates the files of a new project, never overwriting any."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from digestgen.errors import InputError, Problem
from digestgen.git_branch import origin
from digestgen.project import MKDOCS_CONFIG, REQUIREMENTS
from digestgen.strict_yaml import scalar
from digestgen.version import own_version
from digestgen.writer import save

_SITE = Path(__file__).parent / "site"
_STARTERS = {
    str(MKDOCS_CONFIG): "project/mkdocs.yml",
    REQUIREMENTS: "project/requirements.txt",
    ".gitignore": "project/gitignore",
    ".github/workflows/digest.yml": "project/digest.yml",
    "docs/about.md": "pages/about.md",
    "seeds/welcome.md": "project/welcome.md",
}
"""File in the project → the template it is made from."""
_NO_ADDRESS = "# site_url: https://YOUR-NAME.github.io/YOUR-REPOSITORY/"
_ON_GITHUB = re.compile(
    r"(?:git@github\.com:|(?:https|ssh)://(?:[^/@\s]+@)?github\.com/)([\w-]+)/([\w.-]+?)(?:\.git)?/?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """What was created."""

    folder: Path
    title: str
    url: str | None
    files: tuple[str, ...]


def new_project(folder: Path, *, title: str | None, url: str | None, language: str | None) -> NewProject:
    """Write the files of a project into ``folder``, which may contain others.

    Missing values are derived from the folder's name and its GitHub origin. Raises InputError, and writes nothing, if
    one of the files or something in its way exists, or if the site's theme does not support the language.
    """
    if taken := [name for name in _STARTERS if _in_the_way(folder, name)]:
        message = "is there already, so nothing was written; rename it, or choose another folder"
        raise InputError([Problem(str(folder / name), None, message) for name in taken])
    if language and not _is_spoken(language):
        message = (
            f"is no language of MkDocs Material, so no site can be in it; leave it out, articles in {language} are "
            f"read anyway"
        )
        raise InputError([Problem(f"--language {language}", None, message)])
    title = title or _title(folder)
    url = url or _pages_address(folder)
    own = own_version()
    said = {
        "@TITLE@": scalar(title),
        "@URL@": f"site_url: {scalar(url)}" if url else _NO_ADDRESS,
        "@THEME@": f"{{name: digestgen, language: {language}}}" if language and language != "en" else "digestgen",
        "@REQUIREMENT@": f"digestgen=={own}" if own else "digestgen",
    }
    for name, starter in _STARTERS.items():
        text = _starter(starter, language).read_text(encoding="utf-8")
        for place, value in said.items():
            text = text.replace(place, value)
        try:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError([Problem(str(folder), None, f"cannot be written: {error.strerror}")]) from None
        save(folder / name, text)
    return NewProject(folder=folder, title=title, url=url, files=tuple(_STARTERS))


def _starter(name: str, language: str | None) -> Path:
    """The template of a file, in the site's language if there is a translation."""
    translated = _SITE / "translated" / (language or "") / Path(name).name
    return translated if translated.is_file() else _SITE / name


@cache
def example() -> str:
    """The text of the example seed in a new project."""
    return (_SITE / _STARTERS["seeds/welcome.md"]).read_text(encoding="utf-8")


def _in_the_way(folder: Path, name: str) -> bool:
    """Whether a file exists, or its parent is no plain folder; a link may lead anywhere."""
    place = folder / name
    between = [parent for parent in place.parents if parent != folder and parent.is_relative_to(folder)]
    blocked = any(parent.is_symlink() or (parent.exists() and not parent.is_dir()) for parent in between)
    return blocked or place.is_symlink() or place.exists() or (folder.exists() and not folder.is_dir())


def _title(folder: Path) -> str:
    """A folder's name as a title."""
    words = re.sub(r"[-_\s]+", " ", folder.resolve().name).strip()
    return words[:1].upper() + words[1:] or "Digest"


def _pages_address(folder: Path) -> str | None:
    """The GitHub Pages address of a folder's origin."""
    found = _ON_GITHUB.fullmatch(origin(folder) or "")
    if found is None:
        return None
    host = f"{found[1].lower()}.github.io"
    return f"https://{host}/" if found[2].lower() == host else f"https://{host}/{found[2]}/"


def _is_spoken(language: str) -> bool:
    spec = find_spec("material")
    places = (spec.submodule_search_locations if spec else None) or ()
    return any((Path(place) / "templates/partials/languages" / f"{language}.html").is_file() for place in places)
