"""What a site of ours is unless its ``mkdocs.yml`` says otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from babel.core import get_global

from digestgen.project import OLD_HOOKS
from digestgen.translation import ENGLISH, Words

PLUGIN = THEME = "digestgen"
"""The names by which MkDocs knows what the package brings."""

PAGES = Path(__file__).parent / "pages"
"""Pages that every site has; a page of the same name in the docs folder takes the place of one."""

TRANSLATED = Path(__file__).parent / "translated"
"""Those of them for readers in other languages, each in a folder that is called by its code."""

THEME_FILES = Path(__file__).parent / "theme"
SAY = "assets/say.js"
"""The script of the theme that knows the words of the others."""

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
"""Pages that MkDocs should not miss in a navigation."""

_OLD_THEME = "theme"
"""Where a project once had a copy of ours."""
_BASES = (None, "material")
"""The themes that ours builds upon and takes the place of."""


def description(words: Words) -> str:
    """What a site is about that does not say it."""
    return words.say("News from many sources, grouped by what they share, summarised in their own words.")


def rights(words: Words) -> str:
    """What stands at the foot of every page."""
    return words.say(
        "Texts belong to their publishers; this digest quotes them and links to them. Made with digestgen."
    )


def default_pages(words: Words) -> list[Path]:
    """The pages that every site has, in its language as far as they are."""
    translated = TRANSLATED / words.language
    return [translated / page.name if (translated / page.name).is_file() else page for page in sorted(PAGES.iterdir())]


def saying(words: Words) -> str:
    """The text of ``SAY`` with what the scripts say in these words."""
    script = (THEME_FILES / SAY).read_text(encoding="utf-8")
    if words.language == ENGLISH:
        return script
    table = json.dumps(words.table(".js"), ensure_ascii=False)
    script = script.replace('const LANGUAGE = "en-GB";', f'const LANGUAGE = "{words.language}";')
    return script.replace("const WORDS = {};", f"const WORDS = {table};")


def navigation(own: Iterable[str], words: Words) -> list[Any]:
    """The sections, then the pages that a person wrote, About last.

    Kept short: every entry is repeated on every page. All other pages are reached by links.
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
    """A language as sites for sharing want it: with the country where most speak it, unless it names one itself."""
    tag = language.replace("-", "_")
    likely = get_global("likely_subtags").get(tag, "").split("_")
    return f"{tag}_{likely[2]}" if "_" not in tag and len(likely) == 3 else tag


def completed(config: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """What to give MkDocs in place of what a ``mkdocs.yml`` in ``folder`` says, so that it builds a site of ours.

    Empty for one that names our theme and our plugin, since those do all the rest. What an older one says of files that
    the project had a copy of is dropped once they are gone.
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
