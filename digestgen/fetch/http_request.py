"""A single HTTP request to a vetted IP address (sole importer of urllib3).

urllib3's connections are used without its pools: the connection must go to the IP address that was checked, and a pool
would resolve the name again, possibly to another one. ``Host`` and TLS still use the name, and the certificate must
match it.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib import request as environment
from urllib.parse import urlsplit

from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError, LocationParseError
from urllib3.exceptions import TimeoutError as TimedOutError
from urllib3.util import make_headers, parse_url

from digestgen.fetch.public_ip import is_public
from digestgen.fetch.result import BrokenOffError, FetchError, Limits
from digestgen.fields import as_url, quoted

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port → IP addresses; raises OSError if there are none."""

_PORTS = {"http": 80, "https": 443}
_MOST_TRIED = 4
"""IP addresses of one host that are tried."""
_CHUNK = 64 * 1024
_PRIVATE = "is not on the public internet ({}); to fetch it all the same, add --allow-private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A web address split into the parts of a request, all ASCII."""

    scheme: str
    host: str
    port: int
    netloc: str
    """Host, with the port if it is not the default."""
    target: str
    """Path and query."""

    @property
    def whole(self) -> str:
        """The complete address."""
        return f"{self.scheme}://{self.netloc}{self.target}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A server's response."""

    status: int
    headers: Mapping[str, str]
    """Case-insensitive."""
    body: bytes
    """Decompressed; empty if it was not wanted."""


def resolve(host: str, port: int) -> Sequence[str]:
    """Resolve a host with the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for _, _, _, _, address in found))


def parse_address(url: str) -> Address:
    """Split an address. Raises FetchError if it is not a web address."""
    try:
        parts = urlsplit(as_url(url))
        host = (parts.hostname or "").encode("idna").decode("ascii") if not url.isascii() else parts.hostname or ""
        written = f"[{host}]" if ":" in host else host
        port = parts.port or _PORTS[parts.scheme]
        netloc = written if port == _PORTS[parts.scheme] else f"{written}:{port}"
        # Percent-encoded as RFC 3986 requires.
        target = parse_url(f"{parts.scheme}://{netloc}{parts.path}{'?' * bool(parts.query)}{parts.query}").request_uri
    except (ValueError, LocationParseError):
        raise FetchError("is not a web address such as https://example.org/article") from None
    return Address(scheme=parts.scheme, host=host, port=port, netloc=netloc, target=target)


class Transport:
    """Sends requests, from any number of threads."""

    def __init__(
        self,
        limits: Limits,
        *,
        private: bool = False,
        resolve: Resolve = resolve,
        proxies: Mapping[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """``private`` allows hosts off the public internet; ``proxies`` default to the environment's."""
        self._limits = limits
        self._private = private
        self._resolve = resolve
        self._proxies = dict(environment.getproxies_environment() if proxies is None else proxies)
        self._tls = tls or ssl.create_default_context()
        self._guard = threading.Lock()
        self._deadlines: set[_Deadline] = set()
        self._closed = False

    def close(self) -> None:
        """Abort every request in progress and refuse later ones."""
        with self._guard:
            self._closed = True
            for deadline in self._deadlines:
                deadline.end()

    def ask(
        self,
        address: Address,
        headers: Mapping[str, str],
        seconds: float,
        wanted: Callable[[int, Mapping[str, str]], bool],
    ) -> Response:
        """GET an address within ``seconds``; the body is read only if ``wanted`` by status and headers.

        Raises FetchError, or BrokenOffError if a retry may succeed.
        """
        with self._limited(seconds) as deadline:
            try:
                with self._connected(address, deadline) as (connection, target, more):
                    sent = {**headers, **more, "Host": address.netloc, "Connection": "close"}
                    connection.request("GET", target, headers=sent, preload_content=False)
                    response = connection.getresponse()
                    body = self._body(response, deadline) if wanted(response.status, response.headers) else b""
                    deadline.check()
                    return Response(status=response.status, headers=response.headers, body=body)
            except FetchError:
                deadline.check()
                raise
            except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
                deadline.check()
                raise self._failure(error) from None

    @contextmanager
    def _limited(self, seconds: float) -> Iterator[_Deadline]:
        deadline = _Deadline(max(seconds, 0.0), self._limits.total)
        with self._guard:
            if self._closed:
                raise FetchError("was not fetched: digestgen was stopped")
            self._deadlines.add(deadline)
        try:
            with deadline:
                yield deadline
        finally:
            with self._guard:
                self._deadlines.discard(deadline)

    @contextmanager
    def _connected(
        self, address: Address, deadline: _Deadline
    ) -> Iterator[tuple[HTTPConnection, str, Mapping[str, str]]]:
        """A connection, the request target and additional headers."""
        proxy = self._proxy(address)
        if proxy is None:
            connection = self._direct(address, deadline)
            target, more = address.target, dict[str, str]()
        else:
            where = parse_url(proxy)
            if where.scheme != "http" or not where.host:
                raise FetchError(f"would have to go by way of {quoted(proxy)}, which is no proxy on http://")
            proxy_headers = dict(make_headers(proxy_basic_auth=where.auth)) if where.auth else {}
            connection = self._connection(address, where.host.strip("[]"), where.port or _PORTS["http"])
            tunnelled = address.scheme == "https"
            if tunnelled:
                connection.set_tunnel(address.host, address.port, headers=proxy_headers)
            target, more = (address.target, {}) if tunnelled else (address.whole, proxy_headers)
            self._connect(connection, deadline)
        try:
            yield connection, target, more
        finally:
            connection.close()

    def _direct(self, address: Address, deadline: _Deadline) -> HTTPConnection:
        found = self._allowed_addresses(address)
        for ip in found[:-1]:
            connection = self._connection(address, ip, address.port)
            with suppress(OSError, HTTPError):
                self._connect(connection, deadline)
                return connection
            connection.close()
            deadline.check()
        connection = self._connection(address, found[-1], address.port)
        self._connect(connection, deadline)
        return connection

    def _allowed_addresses(self, address: Address) -> Sequence[str]:
        """The IP addresses of a host that may be connected to."""
        try:
            found = self._resolve(address.host, address.port)
        except (OSError, ValueError):  # a part of the name may be too long for the system
            found = ()
        if not found:
            raise BrokenOffError(f"has a host that is not known, {quoted(address.host)}")
        allowed = [ip for ip in found if self._private or is_public(ip)]
        if not allowed:
            raise FetchError(_PRIVATE.format(found[0]))
        return allowed[:_MOST_TRIED]

    def _proxy(self, address: Address) -> str | None:
        """The proxy that the environment sets for an address; it resolves the name itself."""
        proxy = self._proxies.get(address.scheme) or self._proxies.get("all")
        if not proxy or environment.proxy_bypass_environment(address.host, self._proxies):  # type: ignore[attr-defined]
            return None
        if not self._private and _is_local(address.host):
            raise FetchError(_PRIVATE.format(address.host))
        return proxy

    def _connection(self, address: Address, host: str, port: int) -> HTTPConnection:
        if address.scheme == "http":
            return HTTPConnection(host, port, timeout=self._limits.connect)
        return HTTPSConnection(
            host, port, timeout=self._limits.connect, ssl_context=self._tls, server_hostname=address.host
        )

    def _connect(self, connection: HTTPConnection, deadline: _Deadline) -> None:
        deadline.connection = connection
        connection.connect()
        deadline.sock = connection.sock
        deadline.check()
        connection.timeout = self._limits.read

    def _body(self, response: BaseHTTPResponse, deadline: _Deadline) -> bytes:
        largest = self._limits.largest
        too_large = FetchError(f"is larger than {_size(largest)}")
        length = response.headers.get("Content-Length", "")
        if length.isdecimal() and int(length[:20]) > largest:
            raise too_large
        parts: list[bytes] = []
        size = 0
        while chunk := response.read(_CHUNK, decode_content=True):
            deadline.check()
            size += len(chunk)
            if size > largest:
                raise too_large
            parts.append(chunk)
        return b"".join(parts)

    def _failure(self, error: Exception) -> FetchError:
        """The error in plain words instead of the library's."""
        if isinstance(error, ssl.SSLCertVerificationError):
            return FetchError(f"has a certificate that cannot be trusted: {error.verify_message or error.reason}")
        if isinstance(error, ssl.SSLError):
            return FetchError("does not answer over https; try http://")
        if isinstance(error, DecodeError):
            return FetchError("is compressed in a way that cannot be read")
        if isinstance(error, (TimedOutError, TimeoutError)):
            return FetchError("does not answer in time")
        if isinstance(error, http.client.HTTPException) and not isinstance(error, http.client.RemoteDisconnected):
            return FetchError("answers with something that is not HTTP")
        cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
        reason = getattr(cause, "strerror", None)
        return BrokenOffError(f"cannot be reached or breaks off{f': {reason}' if reason else ''}")


class _Deadline:
    """Enforces a total time limit, since socket timeouts restart with every byte received."""

    def __init__(self, seconds: float, total: float) -> None:
        self.connection: HTTPConnection | None = None
        self.sock: socket.socket | None = None
        self._over = ""
        self._total = total
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def check(self) -> None:
        """Raise FetchError if the time is up."""
        if self._over:
            raise FetchError(self._over)

    def end(self) -> None:
        """Close the connection now."""
        self._over = self._over or "was not fetched: digestgen was stopped"
        # During the TLS handshake the connection holds the plain socket.
        sock = self.sock or (self.connection.sock if self.connection else None)
        if sock is not None:
            with suppress(OSError):
                # Not TLS's own shutdown, after which the other thread could read on unencrypted.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def _expire(self) -> None:
        self._over = f"takes longer than {self._total:g} seconds"
        self.end()


def _is_local(host: str) -> bool:
    """Whether a host is known to be local without resolving its name."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    if ":" in host:
        return not is_public(host)
    with suppress(OSError):
        return not is_public(socket.inet_ntoa(socket.inet_aton(host)))  # also 127.1 and 0x7f000001
    return False


def _size(largest: int) -> str:
    return f"{largest >> 20} MB" if largest >= 1 << 20 else f"{largest:,} bytes"
