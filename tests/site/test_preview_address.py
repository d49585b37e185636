"""The address of the preview: this machine's alone, and free before anything is built."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from digestgen.errors import InputError
from digestgen.site.preview_address import refuse_other_hosts, reserve

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


def preview(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [b"unpublished"]


def ask(asked: str | None, configured: str) -> tuple[str, str]:
    """Status and text of the answer to a request with this Host header."""
    statuses: list[str] = []

    def start_response(status: str, *_: object) -> Callable[[bytes], object]:
        statuses.append(status)
        return bytes

    answer = refuse_other_hosts(preview, configured)({} if asked is None else {"HTTP_HOST": asked}, start_response)
    return statuses[0], b"".join(answer).decode("utf-8")


@pytest.mark.parametrize(
    ("asked", "configured"),
    [
        ("localhost", "127.0.0.1"),
        ("localhost:8000", "127.0.0.1"),
        ("LocalHost:8000", "127.0.0.1"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("127.0.0.1:8000", "localhost"),
        ("[::1]", "127.0.0.1"),
        ("[::1]:8000", "::1"),
        ("192.168.1.5:8000", "192.168.1.5"),
        ("0.0.0.0:8000", "0.0.0.0"),  # noqa: S104
        ("[fe80::2]:8000", "fe80::2"),
    ],
)
def test_this_machine_is_answered(asked: str, configured: str) -> None:
    assert ask(asked, configured) == ("200 OK", "unpublished")


@pytest.mark.parametrize(
    ("asked", "configured"),
    [
        (None, "127.0.0.1"),
        ("", "127.0.0.1"),
        (":8000", "127.0.0.1"),
        ("evil.example", "127.0.0.1"),
        ("evil.example:8000", "127.0.0.1"),
        ("evil.example:8000", "0.0.0.0"),  # noqa: S104
        ("192.168.1.5:8000", "127.0.0.1"),
        ("localhost.evil.example:8000", "127.0.0.1"),
        ("evil.example.localhost:8000", "127.0.0.1"),
        ("localhost:8000:evil.example", "127.0.0.1"),
        ("localhost:8000,evil.example", "127.0.0.1"),
        ("localhost@evil.example", "127.0.0.1"),
        ("localhost:x", "127.0.0.1"),
        ("localhost:8000\n", "127.0.0.1"),
        ("127.0.0.1.evil.example", "127.0.0.1"),
        ("::1", "::1"),
        ("[::1]evil.example", "::1"),
        ("[fe80::2]:8000", "::1"),
    ],
)
def test_any_other_name_is_refused(asked: str | None, configured: str) -> None:
    status, text = ask(asked, configured)
    assert status == "403 Forbidden"
    assert "unpublished" not in text
    assert "localhost, 127.0.0.1, [::1]" in text
    assert "set dev_addr in mkdocs.yml" in text


def test_an_address_that_is_held_can_be_had_again_at_once() -> None:
    with closing(reserve("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        with pytest.raises(InputError) as caught:
            reserve("127.0.0.1", port)
    assert str(caught.value) == (
        f"127.0.0.1:{port}: another process listens there; stop it, or "
        f"set dev_addr in mkdocs.yml to another address, such as 127.0.0.1:{port + 1}"
    )
    reserve("127.0.0.1", port).close()


@pytest.mark.parametrize(("host", "where"), [("127.0.0.1", "127.0.0.1:80"), ("::1", "[::1]:80")])
def test_an_address_that_is_not_to_be_had_is_told_of(monkeypatch: pytest.MonkeyPatch, host: str, where: str) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(socket, "socket", refused)
    with pytest.raises(InputError) as caught:
        reserve(host, 80)
    assert str(caught.value) == (
        f"{where}: cannot be used: Permission denied; "
        f"set dev_addr in mkdocs.yml to another address, such as 127.0.0.1:8000"
    )
