"""Address of the preview, and protection against DNS rebinding.

Unpublished content is for the curator only. A web page could make its own host name resolve to this machine and read
the preview through the curator's browser; so requests for any other host name are refused.
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
"""A Host header; IPv6 addresses are in brackets."""
_NAMES_OF_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


def reserve(host: str, port: int) -> socket.socket:
    """Reserve an address with a socket that answers nobody; ``host`` is an IP address or localhost.

    Raises InputError if the address is not available.
    """
    try:
        return _listening(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            why, other = "another process listens there; stop it, or", f"{_host_in_url(host)}:{port + 1}"
        else:
            why, other = f"cannot be used: {error.strerror};", "127.0.0.1:8000"
        message = f"{why} set dev_addr in mkdocs.yml to another address, such as {other}"
        raise InputError([Problem(f"{_host_in_url(host)}:{port}", None, message)]) from None


def refuse_other_hosts(application: WSGIApplication, host: str) -> WSGIApplication:
    """Wrap a WSGI application so that it refuses requests for hosts other than this machine or ``host``."""
    names = dict.fromkeys((*_NAMES_OF_THIS_MACHINE, _host_in_url(host)))
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
            # Like MkDocs, so that a preview that has just ended does not block the port. On Windows, two processes
            # could share it.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen()
    except OSError:
        opened.close()
        raise
    return opened


def _host_in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
