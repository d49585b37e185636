"""The nouns of fetching: what it may cost, what came of it, and why nothing did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the fetch of one address may cost; times in seconds."""

    connect: float = 10.0
    read: float = 20.0
    """Without a byte."""
    total: float = 60.0
    """With all redirects and attempts; pauses between attempts aside."""
    largest: int = 10 * 1024 * 1024
    """Bytes of a text, unpacked."""
    redirects: int = 5
    attempts: int = 3
    longest_pause: float = 30.0
    """That a server may ask for before the next attempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """By what a server tells whether something has changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands at an address."""

    url: str
    """Where it was found, after redirects."""
    moved: str | None
    """Where the address has moved for good; None where it has not."""
    unchanged: bool
    """Whether it is as the validators that were sent know it; then there is no body."""
    media_type: str
    """Such as ``text/html``; empty where the server does not say."""
    charset: str | None
    body: bytes
    validators: Validators


class FetchError(Exception):
    """Why nothing could be fetched, in words that follow the address."""


class BrokenOffError(FetchError):
    """What may go well at the next attempt."""
