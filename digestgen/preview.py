"""The live preview: a hook of ``mkdocs serve`` (``hooks:`` in mkdocs.yml) that rebuilds the pages from the seeds.

It does nothing in ``mkdocs build``, and the site is right without it. The curator's review page is shown in the preview
alone: no file holds it, so no build can publish it.

In the preview, the generated folders must not be watched: a build that rewrote one page would start the next build, so
one edited seed would mean two builds or more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from rich.console import Console

from digestgen.build import build, render_refusal, render_review
from digestgen.cli import today
from digestgen.errors import InputError
from digestgen.terminal.outcome import print_outcome, print_problems
from digestgen.writer import generated_paths

_serving: list[bool] = []
_review: list[tuple[str, str]] = []
"""Path and text of the review page; empty outside the preview."""


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG001, FBT001 -- mkdocs calls it so
    """Remember whether this is a preview."""
    _serving[:] = [command == "serve"]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Tell the theme of a preview: mkdocs puts a script of its own into every page, which no policy would let run."""
    config.extra["preview"] = any(_serving)
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Before each rebuild of the preview: seeds → pages. What is refused is told; the preview goes on."""
    if not any(_serving):
        return
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    # Not through mkdocs' log: in strict mode an error there would end the preview.
    try:
        outcome = build(_seeds(config), Path(config.docs_dir), console, today=today())
        print_outcome(outcome, console)
        _review[:] = [render_review(outcome)]
    except InputError as error:
        print_problems(error.problems, console)
        _review[:] = [render_refusal(error.problems)]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Show the review page, as the last of the sections."""
    for path, text in _review:
        files.append(File.generated(config, path, content=text))
        config.nav = [*(config.nav or ()), {"Review": path}]
    return files


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: object) -> LiveReloadServer:
    """Watch what people write: the seeds, and of the docs folder all but the generated pages."""
    docs = Path(config.docs_dir)
    server.unwatch(str(docs))
    generated = {path.split("/")[0] for path in generated_paths(docs)}
    for entry in sorted(docs.iterdir()):
        if entry.name not in generated and not entry.name.startswith("."):
            server.watch(str(entry))
    server.watch(str(_seeds(config)))
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"What may need a decision: {server.url}review/")
    return server


def _seeds(config: MkDocsConfig) -> Path:
    return Path(config.docs_dir).parent / "seeds"
