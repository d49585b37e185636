"""The project around a seeds folder: settings in ``mkdocs.yml``, and what is outdated in it.

Title, description, address and language of a digest are in ``mkdocs.yml``; ``digest.yml`` may override them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from digestgen import fields, strict_yaml
from digestgen.curate.files.settings import DigestSettings
from digestgen.errors import Problem
from digestgen.fields import quoted
from digestgen.translation import translated_languages
from digestgen.version import own_version

MKDOCS_CONFIG = Path("mkdocs.yml")
REQUIREMENTS = "requirements.txt"

OLD_HOOKS = ("digestgen/preview.py", "digestgen/finish.py")
_FILLED_IN = (
    *("docs_dir", "site_dir", "strict", "theme", "extra", "extra_css", "extra_javascript", "not_in_nav"),
    *("exclude_docs", "validation", "markdown_extensions", "plugins", "hooks"),
)
"""Keys that an older ``mkdocs.yml`` had to contain and the package now provides."""
_COPIES = (
    *("theme/main.html", "theme/404.html", "theme/moved.html", "theme/partials/policy.html"),
    *("docs/assets/digest.css", "docs/assets/search.js", "docs/assets/search.css"),
)
_KEY = re.compile(r"([A-Za-z_]+):")
_PIN = re.compile(r"^digestgen==([\w.]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Settings of a project; None where they are not set."""

    config: bool = False
    """Whether there is a ``mkdocs.yml``."""
    name: str | None = None
    description: str | None = None
    language: str | None = None
    url: str | None = None
    """Address of the site, with a trailing slash."""

    def defaults(self) -> DigestSettings:
        """The defaults for ``digest.yml``."""
        default = DigestSettings()
        return replace(
            default,
            title=self.name or default.title,
            description=self.description or default.description,
            language=self.language or default.language,
        )

    def disagreements(self, settings: DigestSettings, name: str) -> tuple[Problem, ...]:
        """Notices for settings in the file ``name`` that contradict ``mkdocs.yml``, since readers would see both."""
        return tuple(
            Problem(
                name,
                None,
                f"{key} is {quoted(said)}, but {there} in {MKDOCS_CONFIG} is {quoted(other)}; readers meet both, "
                f"so keep one and delete the other",
            )
            for key, there, said, other in (
                ("title", "site_name", settings.title, self.name),
                ("language", "that of the theme", settings.language, self.language),
            )
            if other is not None and said != other
        )

    def unspoken(self, language: str, name: str) -> tuple[Problem, ...]:
        """A notice if the site's language has no translation; ``name`` is the settings file."""
        translated = translated_languages()
        if language in translated:
            return ()
        message = (
            f"the site's language is {quoted(language)}, but its own words come in "
            f"{', '.join(sorted(translated))} only, "
            f"so they are English; CONTRIBUTING.md of digestgen tells how a language is added"
        )
        return (Problem(str(MKDOCS_CONFIG) if language == self.language else name, None, message),)


def read_project(folder: Path) -> Project:
    """Read the project in a folder. Anything in ``mkdocs.yml`` that is not plain text counts as not set."""
    try:
        text = (folder / MKDOCS_CONFIG).read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return Project()

    def said(convert: Callable[[str], str], *path: str) -> str | None:
        try:
            return convert(strict_yaml.top_value(text, *path) or "")
        except ValueError:
            return None

    url = said(fields.as_url, "site_url")
    return Project(
        config=True,
        name=said(fields.as_text, "site_name"),
        description=said(fields.as_text, "site_description"),
        language=said(fields.as_language, "theme", "language"),
        url=url and url.rstrip("/") + "/",
    )


def digest_setting(folder: Path, key: str) -> str | None:
    """The plain value of a key in a project's ``digest.yml``, unchecked; None if there is none."""
    return strict_yaml.top_value(_text(folder / "seeds" / "digest.yml"), key)


def outdated(folder: Path) -> tuple[str, ...]:
    """Notices on what to change in a project made for an older version, or pinned to another one."""
    return (*_old_config(folder), *_old_copies(folder), *_other_version(folder))


def _old_config(folder: Path) -> Iterable[str]:
    lines = _text(folder / MKDOCS_CONFIG).splitlines()
    old = [number for number, line in enumerate(lines, 1) if any(hook in line for hook in OLD_HOOKS)]
    theme = next((number for number, line in enumerate(lines, 1) if line.strip() == "custom_dir: theme"), None)
    if not old and (theme is None or not (folder / "theme" / "partials" / "policy.html").is_file()):
        return
    first = old[0] if old else theme
    where = ", ".join(_shown(*block) for block in _blocks(lines, _FILLED_IN))
    yield (
        f"{MKDOCS_CONFIG}:{first}: was written by an older digestgen, which now brings what it says: delete "
        f"{where}, except what you changed there, and write `theme: digestgen` and `plugins: [digestgen]` instead"
    )


def _old_copies(folder: Path) -> Iterable[str]:
    if found := [name for name in _COPIES if (folder / name).is_file()]:
        yield (
            f"{', '.join(found)}: copies of what digestgen brings, which keep the site from getting newer ones; "
            f"delete what you did not change"
        )


def _other_version(folder: Path) -> Iterable[str]:
    pinned, own = _PIN.search(_text(folder / REQUIREMENTS)), own_version()
    if pinned and own and pinned[1] != own:
        yield f"{REQUIREMENTS}: names digestgen {pinned[1]}, with which the site is published; this one is {own}"


def _blocks(lines: list[str], keys: Iterable[str]) -> list[tuple[int, int]]:
    """First and last line of each of these top-level keys, adjacent ones merged."""
    starts = [(number, found[1]) for number, line in enumerate(lines, 1) if (found := _KEY.match(line))]
    blocks: list[tuple[int, int]] = []
    joined = False
    for place, (number, key) in enumerate(starts):
        end = starts[place + 1][0] - 1 if place + 1 < len(starts) else len(lines)
        while end > number and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        if key not in keys:
            joined = False
        elif joined:
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((number, end))
            joined = True
    return blocks


def _shown(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}–{last}"


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return ""
