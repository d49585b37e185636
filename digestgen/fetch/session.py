"""A client as the commands use it: with the name by which it introduces itself, and closed in the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from digestgen.build import site_url
from digestgen.fetch.client import Client
from digestgen.fetch.http_request import Wire
from digestgen.fetch.result import Limits


def user_agent(seeds: Path) -> str:
    """``digestgen/1.0 (+https://digest.example.org/)``: what asks, and where to find out for whom."""
    try:
        name = f"digestgen/{version('digestgen')}"
    except PackageNotFoundError:  # run from a checkout
        name = "digestgen"
    url, _ = site_url(seeds)
    return f"{name} (+{url})" if url and url.isascii() else name


@contextmanager
def open_client(seeds: Path, *, private: bool) -> Iterator[Client]:
    """A client for the project that a seeds folder belongs to."""
    limits = Limits()
    client = Client(Wire(limits, private=private), user_agent(seeds), limits)
    try:
        yield client
    finally:
        # Where the command was interrupted, nothing that is under way is waited for.
        client.close()
