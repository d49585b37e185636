"""A polite HTTP client: follows redirects, retries when asked to, accepts only text.

It never has two requests to one host at the same time, however many threads use it.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin

from digestgen.fetch.http_request import Address, Response, Transport, parse_address
from digestgen.fetch.result import BrokenOffError, Document, FetchError, Limits, Validators
from digestgen.fields import quoted

_TEXTUAL = frozenset(
    {
        "application/atom+xml",
        "application/feed+json",
        "application/json",
        "application/rdf+xml",
        "application/rss+xml",
        "application/xhtml+xml",
        "application/xml",
        "message/rfc822",
    }
)
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"\xd0\xcf\x11\xe0")
"""Magic numbers of binary files, whatever content type they are served with."""
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""Byte-order marks of UTF-16, which contains zero bytes."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT_REDIRECTS = frozenset({301, 308})
_BUSY_STATUSES = frozenset({429, 502, 503, 504})
_LONGEST_VALIDATOR = 500


@dataclass(frozen=True, slots=True)
class _Redirect:
    target: str
    for_good: bool


@dataclass(frozen=True, slots=True)
class _Busy:
    """A server is busy; ``pause`` is how many seconds it asks to wait."""

    says: str
    pause: float | None


class Client:
    """Fetches addresses, from any number of threads."""

    def __init__(
        self,
        transport: Transport,
        user_agent: str,
        limits: Limits,
        *,
        pause: Callable[[float], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``pause`` waits between attempts; the default one is interrupted by ``close``."""
        self._transport = transport
        self._user_agent = user_agent
        self._limits = limits
        self._closed = threading.Event()
        self._pause = pause or self._closed.wait
        self._clock = clock
        self._guard = threading.Lock()
        self._hosts: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def close(self) -> None:
        """Abort everything in progress and refuse later requests."""
        self._closed.set()
        self._transport.close()

    def get(self, url: str, known: Validators | None = None) -> Document:
        """Fetch an address. Raises FetchError if that fails or the content is not text."""
        spent = 0.0
        moved: str | None = None
        for_good = True
        for _ in range(self._limits.redirects + 1):
            found, seconds = self._with_retries(url, known or Validators(), self._limits.total - spent)
            spent += seconds
            if isinstance(found, Response):
                return _document(found, url, moved)
            url = _joined(url, found.target)
            for_good = for_good and found.for_good
            moved = url if for_good else moved
        raise FetchError(f"redirects more than {self._limits.redirects} times")

    def _with_retries(self, url: str, known: Validators, seconds: float) -> tuple[Response | _Redirect, float]:
        """Retry one address as needed; also return the seconds it took, pauses excluded."""
        address = parse_address(url)
        headers = self._headers(known)
        spent = 0.0
        with self._guard:
            host = self._hosts[address.host]
        with host:
            for attempt in range(1, self._limits.attempts + 1):
                started = self._clock()
                found = self._attempt(address, headers, seconds - spent)
                spent += self._clock() - started
                if not isinstance(found, _Busy):
                    return found, spent
                if attempt == self._limits.attempts:
                    raise FetchError(found.says)
                pause = float(attempt) if found.pause is None else found.pause
                if pause > self._limits.longest_pause:
                    raise FetchError(f"{found.says}, and asks not to come back for {pause:,.0f} seconds")
                self._pause(pause)
        raise AssertionError  # pragma: no cover -- the last attempt has returned or raised

    def _attempt(self, address: Address, headers: Mapping[str, str], seconds: float) -> Response | _Redirect | _Busy:
        try:
            response = self._transport.ask(address, headers, seconds, _is_wanted)
        except BrokenOffError as error:
            return _Busy(str(error), None)
        target = response.headers.get("Location")
        if response.status in _REDIRECTS and target:
            return _Redirect(target, response.status in _PERMANENT_REDIRECTS)
        if response.status in _BUSY_STATUSES:
            return _Busy(_status_message(response.status), _retry_after(response.headers))
        asked_for_news = headers.keys() & {"If-None-Match", "If-Modified-Since"}
        if response.status != HTTPStatus.OK and not (asked_for_news and response.status == HTTPStatus.NOT_MODIFIED):
            raise FetchError(_status_message(response.status))
        return response

    def _headers(self, known: Validators) -> dict[str, str]:
        headers = {
            "User-Agent": self._user_agent,
            "Accept": "text/html, application/xml;q=0.9, text/*;q=0.8, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
        headers |= {"If-None-Match": known.etag} if known.etag else {}
        return headers | ({"If-Modified-Since": known.last_modified} if known.last_modified else {})


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait from a Retry-After header, which holds a number or a date."""
    retry_after = headers.get("Retry-After", "").strip()
    if retry_after.isdecimal():
        return float(retry_after[:9])
    try:
        # Relative to the server's own clock, which may be wrong.
        span = parsedate_to_datetime(retry_after) - parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, span.total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _is_wanted(status: int, headers: Mapping[str, str]) -> bool:
    """Whether to read the body of a response. Raises FetchError if its content type is not text."""
    if status != HTTPStatus.OK:
        return False
    kind = _content_type(headers)[0]
    if kind and not kind.startswith("text/") and not kind.endswith(("+xml", "+json")) and kind not in _TEXTUAL:
        raise FetchError(f"is {quoted(kind)} and no text")
    return True


def _document(response: Response, url: str, moved: str | None) -> Document:
    unchanged = response.status == HTTPStatus.NOT_MODIFIED
    if not unchanged and (
        response.body.startswith(_BINARY) or (b"\0" in response.body and not response.body.startswith(_UTF16_MARKS))
    ):
        raise FetchError("is not text, although the server calls it that")
    media_type, charset = _content_type(response.headers)
    etag, last_modified = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
    return Document(
        url=url,
        moved=moved,
        unchanged=unchanged,
        media_type=media_type,
        charset=charset,
        body=response.body,
        validators=Validators(etag=_validator(etag), last_modified=_validator(last_modified)),
    )


def _validator(value: str) -> str | None:
    return value if value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable() else None


def _content_type(headers: Mapping[str, str]) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = headers.get("Content-Type", "").replace("\n", " ").replace("\r", " ")
    said = message["Content-Type"].partition(";")[0].strip().lower()
    charset = message.get_param("charset") if said else None
    return said, charset if isinstance(charset, str) else None


def _joined(url: str, target: str) -> str:
    try:
        # Like browsers, accept unescaped letters and spaces in redirects.
        return urljoin(url, target.strip().replace(" ", "%20").encode("latin-1", "replace").decode("utf-8", "replace"))
    except ValueError:
        raise FetchError(f"leads to {quoted(target)}, which is no web address") from None


def _status_message(status: int) -> str:
    if status == HTTPStatus.GONE:
        return "is gone for good (410)"
    try:
        phrase = f" {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = ""
    return f"answers {status}{phrase}"
