"""``python -m digestgen.site build [--clean]`` or ``serve``: run MkDocs in the current folder.

These are MkDocs' own commands, with the settings that ``mkdocs.yml`` lacks (``defaults.missing_settings``); a folder
without ``mkdocs.yml`` is built too. In a project that names our theme and plugin, ``mkdocs build`` does the same.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from digestgen.project import MKDOCS_CONFIG, digest_setting
from digestgen.site.defaults import PLUGIN, missing_settings
from digestgen.site.hosting import size_warning
from digestgen.site.incremental import build_changed
from digestgen.translation import ENGLISH, words_of

BARE = Path(__file__).with_name("bare.yml")
"""Used if there is no ``mkdocs.yml``."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; return the exit code."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    shown = logging.StreamHandler()
    shown.setFormatter(logging.Formatter("%(levelname)-7s -  %(message)s"))
    logger.addHandler(shown)
    try:
        if not entry_points(group="mkdocs.plugins", name=PLUGIN):
            logger.error("digestgen is not installed here, or is too old; reinstall it with pip")
            return 1
        file, settings = _settings()
        if arguments[0] == "serve":
            serve(file, livereload=True, **settings)
        else:
            config = load_config(file, strict=True, **settings)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                text = Path(file).read_text(encoding="utf-8", errors="replace")
                summary = build_changed(config, text, settings, clean="--clean" in arguments)
            finally:
                config.plugins.on_shutdown()
            for line in filter(None, (summary, size_warning(Path(config.site_dir)))):
                sys.stderr.write(f"{line}\n")
    except MkDocsException as error:
        error.show()
        return error.exit_code
    return 0


def _settings() -> tuple[str, dict[str, Any]]:
    """Configuration file, and settings to pass to MkDocs in addition."""
    here = Path.cwd()
    if not MKDOCS_CONFIG.is_file():
        places = {"docs_dir": str(here / "docs"), "site_dir": str(here / "site")}
        words = words_of(digest_setting(here, "language") or ENGLISH)
        return str(BARE), {**places, "site_name": digest_setting(here, "title") or words.say("Digest")}
    with MKDOCS_CONFIG.open("rb") as file:
        config = yaml_load(file, get_yaml_loader())
    return str(MKDOCS_CONFIG), missing_settings(config, here)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
