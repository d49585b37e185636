"""The address at which the preview answers.

What is not published yet is for the curator alone. A page on the web could let its own name lead to this machine, and
so have the curator's browser read the preview to it; a request that asks for any name but this machine's is refused.
"""

from __future__ import annotations

import errno
import re
import socket
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from digestgen.errors import InputError, Problem

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_HOST = re.compile(r"(?P<name>\[[^\[\]]+\]|[^\[\]:]+)(:[0-9]+)?")
"""A Host header; an IPv6 address stands in brackets."""
_NAMES_OF_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


def hold(host: str, port: int) -> socket.socket:
    """A socket that keeps an address for us and answers nobody; ``host`` is an IP address, or localhost.

    Raises InputError where the address cannot be had.
    """
    try:
        return _listening(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            why, other = "another process listens there; stop it, or", f"{_written(host)}:{port + 1}"
        else:
            why, other = f"cannot be used: {error.strerror};", "127.0.0.1:8000"
        message = f"{why} set dev_addr in mkdocs.yml to another address, such as {other}"
        raise InputError([Problem(f"{_written(host)}:{port}", None, message)]) from None


def for_this_machine(application: WSGIApplication, host: str) -> WSGIApplication:
    """``application``, but refusing whoever asks for a host that is neither this machine nor ``host``."""
    names = dict.fromkeys((*_NAMES_OF_THIS_MACHINE, _written(host)))
    refusal = (
        f"This preview answers to {', '.join(names)} alone. To look at it from another device, "
        f"set dev_addr in mkdocs.yml to the address that this machine has there.\n"
    ).encode()

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = _HOST.fullmatch(environ.get("HTTP_HOST", ""))
        if asked is not None and asked["name"].lower() in names:
            return application(environ, start_response)
        start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        return [refusal]

    return guarded


def _listening(host: str, port: int) -> socket.socket:
    opened = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        if sys.platform != "win32":
            # As mkdocs does, or a preview that ended just now would be in the way. Windows would let two share a port.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen()
    except OSError:
        opened.close()
        raise
    return opened


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
