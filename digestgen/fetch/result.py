"""Limits, results and errors of fetching."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits for one address; times in seconds."""

    connect: float = 10.0
    read: float = 20.0
    """Without receiving a byte."""
    total: float = 60.0
    """Including redirects and retries, without pauses between attempts."""
    largest: int = 10 * 1024 * 1024
    """Bytes after decompression."""
    redirects: int = 5
    attempts: int = 3
    longest_pause: float = 30.0
    """Longest wait that a server may ask for before a retry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """HTTP validators for conditional requests."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The response from an address."""

    url: str
    """The final address, after redirects."""
    moved: str | None
    """The new address after permanent redirects; None if there were none."""
    unchanged: bool
    """Whether the validators still match; then there is no body."""
    media_type: str
    """Such as ``text/html``; empty if the server does not declare one."""
    charset: str | None
    body: bytes
    validators: Validators


class FetchError(Exception):
    """Why fetching failed, worded to follow the address."""


class BrokenOffError(FetchError):
    """A failure that a retry may overcome."""
