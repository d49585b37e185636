"""The live preview, which renews the pages from the seeds before each of its builds.

The curator's review page is shown in it alone: no file holds it, so no build can publish it.

The generated folders must not be watched: a build that rewrote one page would start the next build, so one edited seed
would mean two builds or more.
"""

from __future__ import annotations

import signal
import socket
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from rich.console import Console

from digestgen.build import build, render_refusal, render_review
from digestgen.commands import today
from digestgen.errors import InputError
from digestgen.site.preview_address import for_this_machine, hold
from digestgen.terminal.outcome import print_outcome, print_problems
from digestgen.writer import generated_paths


class Preview:
    """What ``mkdocs serve`` shows, from its start to its end."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._review: tuple[str, str] | None = None
        """Path and text of the review page."""
        self._held: list[socket.socket] = []
        """What holds the address from before the first build, which may take long, until mkdocs listens there."""
        # mkdocs tidies up after a Ctrl-C alone.
        signal.signal(signal.SIGTERM, signal.default_int_handler)

    def hold_address(self, config: MkDocsConfig) -> None:
        """Take the address where the preview is to be. Raises SystemExit where it cannot be had."""
        if self._held:
            return
        try:
            self._held.append(hold(*config.dev_addr))
        except InputError as error:
            print_problems(error.problems, self._console)
            raise SystemExit(1) from None

    def leave_address(self) -> None:
        """Leave the address to mkdocs, which listens there once the first build is done."""
        for address in self._held:
            address.close()

    def renew(self, config: MkDocsConfig) -> None:
        """Seeds → pages. What is refused is told; the preview goes on."""
        # Not through mkdocs' log: in strict mode an error there would end the preview.
        try:
            outcome = build(_seeds(config), Path(config.docs_dir), self._console, today=today())
            print_outcome(outcome.summary, self._console)
            self._review = render_review(outcome)
        except InputError as error:
            print_problems(error.problems, self._console)
            self._review = render_refusal(error.problems)

    def add_review(self, files: Files, config: MkDocsConfig) -> None:
        """Show the review page, as the last of the sections."""
        if self._review:
            path, text = self._review
            files.append(File.generated(config, path, content=text))
            config.nav = [*(config.nav or ()), {"Review": path}]

    def watch(self, server: LiveReloadServer, config: MkDocsConfig) -> LiveReloadServer:
        """Watch the seeds, and of the docs folder all but the generated pages. Let nobody else look."""
        if application := server.get_app():
            server.set_app(for_this_machine(application, config.dev_addr.host))
        docs = Path(config.docs_dir)
        server.unwatch(str(docs))
        generated = {path.split("/")[0] for path in generated_paths(docs)}
        for entry in sorted(docs.iterdir()):
            if entry.name not in generated and not entry.name.startswith("."):
                server.watch(str(entry))
        server.watch(str(_seeds(config)))
        self._console.print(f"What may need a decision: {server.url}review/")
        return server


def _seeds(config: MkDocsConfig) -> Path:
    return Path(config.docs_dir).parent / "seeds"
