"""A client with the commands' user agent, closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from digestgen.build import site_url
from digestgen.fetch.client import Client
from digestgen.fetch.http_request import Transport
from digestgen.fetch.result import Limits


def user_agent(seeds: Path) -> str:
    """``digestgen/1.0 (+https://digest.example.org/)``: the tool and whom it works for."""
    try:
        name = f"digestgen/{version('digestgen')}"
    except PackageNotFoundError:  # run from a checkout
        name = "digestgen"
    url, _ = site_url(seeds)
    return f"{name} (+{url})" if url and url.isascii() else name


@contextmanager
def open_client(seeds: Path, *, private: bool) -> Iterator[Client]:
    """A client for the project of a seeds folder."""
    limits = Limits()
    client = Client(Transport(limits, private=private), user_agent(seeds), limits)
    try:
        yield client
    finally:
        # After an interruption, do not wait for running requests.
        client.close()
