"""Live preview that renews the pages from the seeds before each build.

It alone contains the curator's review page, which is never written to disk, so no build can publish it.

Generated folders are not watched: otherwise one edited seed would trigger a second build, because the first rewrites
pages.
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
from digestgen.site.preview_address import refuse_other_hosts, reserve
from digestgen.terminal.outcome import print_outcome, print_problems
from digestgen.writer import generated_paths


class Preview:
    """State of ``mkdocs serve``."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._review: tuple[str, str] | None = None
        """Path and text of the review page."""
        self._held: list[socket.socket] = []
        """Sockets that reserve the address until MkDocs listens there, after the first build, which may take long."""
        # MkDocs only cleans up after Ctrl-C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)

    def reserve_address(self, config: MkDocsConfig) -> None:
        """Reserve the address of the preview. Raises SystemExit if it is not available."""
        if self._held:
            return
        try:
            self._held.append(reserve(*config.dev_addr))
        except InputError as error:
            print_problems(error.problems, self._console)
            raise SystemExit(1) from None

    def release_address(self) -> None:
        """Release the address for MkDocs, which listens there after the first build."""
        for address in self._held:
            address.close()

    def renew(self, config: MkDocsConfig) -> None:
        """Build pages from seeds. Problems are printed and do not end the preview."""
        # Not through MkDocs' log: in strict mode, an error there would end the preview.
        try:
            outcome = build(_seeds(config), Path(config.docs_dir), self._console, today=today())
            print_outcome(outcome.summary, self._console)
            self._review = render_review(outcome)
        except InputError as error:
            print_problems(error.problems, self._console)
            self._review = render_refusal(error.problems)

    def add_review(self, files: Files, config: MkDocsConfig) -> None:
        """Add the review page, last in the navigation."""
        if self._review:
            path, text = self._review
            files.append(File.generated(config, path, content=text))
            config.nav = [*(config.nav or ()), {"Review": path}]

    def watch(self, server: LiveReloadServer, config: MkDocsConfig) -> LiveReloadServer:
        """Watch the seeds and the docs folder except generated pages. Refuse requests for other hosts."""
        if application := server.get_app():
            server.set_app(refuse_other_hosts(application, config.dev_addr.host))
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
