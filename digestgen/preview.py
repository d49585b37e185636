"""The live preview: a hook of ``mkdocs serve`` (``hooks:`` in mkdocs.yml) that rebuilds the pages from the seeds.

It does nothing in ``mkdocs build``, and the site is right without it. The curator's review page is shown in the preview
alone: no file holds it, so no build can publish it.

In the preview, the generated folders must not be watched: a build that rewrote one page would start the next build, so
one edited seed would mean two builds or more.
"""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from rich.console import Console

from digestgen.build import build, render_refusal, render_review
from digestgen.cli import today
from digestgen.errors import InputError
from digestgen.preview_address import for_this_machine, hold
from digestgen.terminal.outcome import print_outcome, print_problems
from digestgen.writer import generated_paths

_serving: list[bool] = []
_review: list[tuple[str, str]] = []
"""Path and text of the review page; empty outside the preview."""
_held: list[socket.socket] = []
"""What holds the preview's address from before the first build, which may take long, until mkdocs listens there."""


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG001, FBT001 -- mkdocs calls it so
    """Remember whether this is a preview, and have it end in good order when it is told to."""
    _serving[:] = [command == "serve"]
    if any(_serving):
        # mkdocs tidies up after a Ctrl-C alone.
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Tell the theme of a preview: mkdocs puts a script of its own into every page, which no policy would let run.

    Before the first build, take the address where the preview is to be. Raises SystemExit where it cannot be had.
    """
    config.extra["preview"] = any(_serving)
    if any(_serving) and not _held:
        try:
            _held.append(hold(*config.dev_addr))
        except InputError as error:
            print_problems(error.problems, _console())
            raise SystemExit(1) from None
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Before each rebuild of the preview: seeds → pages. What is refused is told; the preview goes on."""
    if not any(_serving):
        return
    console = _console()
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


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:  # noqa: ARG001 -- mkdocs calls it so
    """Leave the address to mkdocs, which listens there once the first build is done."""
    for address in _held:
        address.close()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: object) -> LiveReloadServer:
    """Watch what people write: the seeds, and of the docs folder all but the generated pages. Let nobody else look."""
    if application := server.get_app():
        server.set_app(for_this_machine(application, config.dev_addr.host))
    docs = Path(config.docs_dir)
    server.unwatch(str(docs))
    generated = {path.split("/")[0] for path in generated_paths(docs)}
    for entry in sorted(docs.iterdir()):
        if entry.name not in generated and not entry.name.startswith("."):
            server.watch(str(entry))
    server.watch(str(_seeds(config)))
    _console().print(f"What may need a decision: {server.url}review/")
    return server


def _seeds(config: MkDocsConfig) -> Path:
    return Path(config.docs_dir).parent / "seeds"


def _console() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True)
