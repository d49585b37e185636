"""Defaults of a site, used where its ``mkdocs.yml`` says nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from babel.core import get_global

from digestgen.project import OLD_HOOKS
from digestgen.translation import ENGLISH, Words

PLUGIN = THEME = "digestgen"
"""Names under which the package registers its plugin and theme with MkDocs."""

PAGES = Path(__file__).parent / "pages"
"""Default pages; a page of the same name in the docs folder replaces one."""

TRANSLATED = Path(__file__).parent / "translated"
"""Translations of default pages, in a folder per language code."""

THEME_FILES = Path(__file__).parent / "theme"
SAY = "assets/say.js"
"""Script of the theme with the words of the other scripts."""

ABOUT = "about.md"

NOT_IN_NAVIGATION = (
    *("/about.md", "/curating.md", "/method.md", "/publishing.md", "/new.md", "/subscribe.md", "/more-stories.md"),
    *(
        "/archive/",
        "/articles/",
        "/editions/",
        "/keyphrases/",
        "/map/",
        "/more-stories/",
        "/new/",
        "/sources/",
        "/stories/",
        "/topics/",
    ),
)
"""Pages that MkDocs need not report as missing from the navigation."""

_OLD_THEME = "theme"
"""Folder in which older projects have a copy of the theme."""
_BASES = (None, "material")
"""Themes that ours is based on and replaces."""


def description(words: Words) -> str:
    """Default description of a site."""
    return words.say("News from many sources, grouped by what they share, summarised in their own words.")


def copyright_notice(words: Words) -> str:
    """Copyright notice in the footer of every page."""
    return words.say(
        "Texts belong to their publishers; this digest quotes them and links to them. Made with digestgen."
    )


def default_pages(words: Words) -> list[Path]:
    """Default pages, translated where possible."""
    translated = TRANSLATED / words.language
    return [translated / page.name if (translated / page.name).is_file() else page for page in sorted(PAGES.iterdir())]


def translated_script(words: Words) -> str:
    """Content of ``SAY`` with the scripts' words in this language."""
    script = (THEME_FILES / SAY).read_text(encoding="utf-8")
    if words.language == ENGLISH:
        return script
    table = json.dumps(words.table(".js"), ensure_ascii=False)
    script = script.replace('const LANGUAGE = "en-GB";', f'const LANGUAGE = "{words.language}";')
    return script.replace("const WORDS = {};", f"const WORDS = {table};")


def navigation(own: Iterable[str], words: Words) -> list[Any]:
    """Default navigation: the generated lists, then the project's own pages, About last.

    Kept short, since it is repeated on every page. All other pages are reached by links.
    """
    return [
        {words.say("Latest"): "index.md"},
        {words.say("Topics"): "topics/index.md"},
        {words.say("Articles"): "articles/index.md"},
        {words.say("Editions"): "editions/index.md"},
        *(path for path in own if path not in {"index.md", ABOUT}),
        {words.say("About"): ABOUT},
    ]


def locale(language: str) -> str:
    """Language with its most likely country, as expected by platforms on which pages are shared."""
    tag = language.replace("-", "_")
    likely = get_global("likely_subtags").get(tag, "").split("_")
    return f"{tag}_{likely[2]}" if "_" not in tag and len(likely) == 3 else tag


def missing_settings(config: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Settings to override in a ``mkdocs.yml`` in ``folder``, so that MkDocs uses our theme and plugin.

    Empty if it names both. References of older projects to copied files are dropped once the files are gone.
    """
    changed: dict[str, Any] = {}
    plugins = config.get("plugins") or []
    named = [next(iter(item), None) if isinstance(item, Mapping) else item for item in plugins]
    if PLUGIN not in named:
        given = [{name: options} for name, options in plugins.items()] if isinstance(plugins, Mapping) else [*plugins]
        changed["plugins"] = [*given, PLUGIN]
    theme = config.get("theme")
    options = dict(theme) if isinstance(theme, Mapping) else {"name": theme}
    if options.get("name") in _BASES:
        options["name"] = THEME
    if options.get("custom_dir") == _OLD_THEME and not (folder / _OLD_THEME).is_dir():
        del options["custom_dir"]
    if options != (theme if isinstance(theme, Mapping) else {"name": theme}):
        changed["theme"] = options
    hooks = config.get("hooks") or []
    kept = [hook for hook in hooks if hook not in OLD_HOOKS]
    if kept != hooks:
        changed["hooks"] = kept
    return changed
