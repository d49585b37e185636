"""A scriptable loopback server that can misbehave byte by byte."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Play = Callable[[socket.socket, str], None]
"""What to do with a connection, given the head of its request."""


class Server:
    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.plays: dict[str, Play] = {}
        self.heads: list[str] = []
        self.stopped = threading.Event()
        self.tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def close(self) -> None:
        self.stopped.set()
        self._listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        with suppress(OSError, ssl.SSLError):
            sock = self.tls.wrap_socket(raw, server_side=True) if self.tls else raw
            with sock:
                head = b""
                while b"\r\n\r\n" not in head and (more := sock.recv(4096)):
                    head += more
                text = head.decode("latin-1")
                self.heads.append(text)
                target = text.split(" ")[1] if text.count(" ") > 1 else ""
                self.plays.get(target, says(404))(sock, text)


def head(status: int, *headers: str) -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status} Said", *headers, "", "")).encode("latin-1")


def says(status: int = 200, body: bytes = b"", *headers: str, kind: str = "text/html") -> Play:
    """A well-formed response."""
    everything = (f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers)
    return sends(head(status, *(line for line in everything if not line.endswith(": "))) + body)


def sends(*pieces: bytes) -> Play:
    """Send these bytes and close."""

    def play(sock: socket.socket, _: str) -> None:
        for piece in pieces:
            sock.sendall(piece)

    return play


def in_turn(*plays: Play) -> Play:
    """One play per request; the last one repeats."""
    left = list(plays)

    def play(sock: socket.socket, request: str) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(sock, request)

    return play


def for_ever(start: bytes, piece: bytes, stopped: threading.Event, every: float = 0.0) -> Play:
    """Send a piece repeatedly until nobody listens, pausing before each."""

    def play(sock: socket.socket, _: str) -> None:
        sock.sendall(start)
        while not stopped.wait(every):
            sock.sendall(piece)

    return play


def silent(start: bytes = b"") -> Play:
    """Send nothing more until the client gives up."""

    def play(sock: socket.socket, _: str) -> None:
        sock.sendall(start)
        while sock.recv(1024):
            pass

    return play


def resets(start: bytes = b"") -> Play:
    """Reset the connection."""

    def play(sock: socket.socket, _: str) -> None:
        sock.sendall(start)
        # Closing with this option sends a reset.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    return play


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(tls)
    try:
        yield server
    finally:
        server.close()
