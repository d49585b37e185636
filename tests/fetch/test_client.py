"""The client against a server that misbehaves in every way."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from digestgen.fetch.client import Client
from digestgen.fetch.http_request import Transport, parse_address
from digestgen.fetch.result import FetchError, Limits, Validators
from webserver import Play, Server, for_ever, head, in_turn, resets, running, says, sends, silent

PAGE = b"<p>The quay is open again.</p>"
SMALL = Limits(connect=2.0, read=2.0, total=4.0, largest=100_000, redirects=3, attempts=2)
BRIEF = Limits(connect=0.3, read=0.1, total=0.4, largest=100_000, redirects=3, attempts=1)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as made:
        yield made


def a_client(  # noqa: PLR0913 -- each says one thing
    limits: Limits = SMALL,
    pause: Callable[[float], object] = lambda _: None,
    *,
    private: bool = True,
    resolve: Callable[[str, int], Sequence[str]] | None = None,
    proxies: Mapping[str, str] | None = None,
    tls: ssl.SSLContext | None = None,
) -> Client:
    told = {} if resolve is None else {"resolve": resolve}
    transport = Transport(limits, private=private, proxies=proxies or {}, tls=tls, **told)
    return Client(transport, "digestgen/1.2 (+https://digest.example/)", limits, pause=pause)


def refusal(client: Client, url: str) -> str:
    with pytest.raises(FetchError) as caught:
        client.get(url)
    return str(caught.value)


def test_a_page(server: Server) -> None:
    server.plays["/quay?day=2"] = says(
        200, PAGE, 'ETag: "a1"', "Last-Modified: yesterday", kind="text/HTML; charset=UTF-8"
    )
    answer = a_client().get(server.url("/quay?day=2#top"))
    assert (answer.body, answer.media_type, answer.charset) == (PAGE, "text/html", "UTF-8")
    assert answer.validators == Validators(etag='"a1"', last_modified="yesterday")
    assert (answer.unchanged, answer.moved) == (False, None)


def test_says_politely_who_asks_and_nothing_else(server: Server) -> None:
    server.plays["/"] = says(200, PAGE, "Set-Cookie: known=1")
    client = a_client()
    client.get(server.url("/"))
    client.get(server.url("/"))
    assert "user-agent: digestgen/1.2 (+https://digest.example/)\r\n" in server.heads[0].lower()
    assert f"host: 127.0.0.1:{server.port}\r\n" in server.heads[0].lower()
    assert not any("cookie" in said.lower() or "referer" in said.lower() for said in server.heads)


def test_asks_whether_something_changed(server: Server) -> None:
    server.plays["/feed"] = sends(head(304, 'ETag: "b2"'))
    answer = a_client().get(server.url("/feed"), Validators(etag='"b2"', last_modified="Mon, 02 Nov 2026 08:00:00 GMT"))
    assert (answer.unchanged, answer.body) == (True, b"")
    assert 'If-None-Match: "b2"' in server.heads[0]
    assert "If-Modified-Since: Mon, 02 Nov 2026 08:00:00 GMT" in server.heads[0]


@pytest.mark.parametrize("value", ["b2\r\nX: 1", "é", "x" * 501], ids=["breaks the line", "is not ASCII", "is long"])
def test_a_validator_that_cannot_be_sent_back_is_forgotten(server: Server, value: str) -> None:
    server.plays["/feed"] = sends(head(200, "Content-Type: text/xml", f"ETag: {value}") + PAGE)
    etag = a_client().get(server.url("/feed")).validators.etag
    assert etag in {None, "b2"}


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        pytest.param(gzip.compress(PAGE), "gzip", id="gzip"),
        pytest.param(gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]), "gzip", id="gzip in two members"),
        pytest.param(zlib.compress(PAGE), "deflate", id="deflate"),
        pytest.param(zlib.compress(PAGE)[2:-4], "deflate", id="deflate without its head"),
    ],
)
def test_unpacks(server: Server, packed: bytes, encoding: str) -> None:
    server.plays["/"] = says(200, packed, f"Content-Encoding: {encoding}")
    assert a_client().get(server.url("/")).body == PAGE


def test_chunks(server: Server) -> None:
    start = head(200, "Content-Type: text/html", "Transfer-Encoding: chunked")
    server.plays["/"] = sends(start, b"4\r\n<p>A\r\n", b"4\r\n</p>\r\n", b"0\r\n\r\n")
    assert a_client().get(server.url("/")).body == b"<p>A</p>"


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"\0" * 1_000_000
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def test_a_bomb_is_not_unpacked(server: Server) -> None:
    server.plays["/"] = says(200, bomb(400_000_000), "Content-Encoding: gzip")
    client = a_client()
    tracemalloc.start()
    try:
        assert refusal(client, server.url("/")) == "is larger than 100,000 bytes"
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


NO_TEXT = "is not text, although the server calls it that"
CHUNKED = head(200, "Content-Type: text/html", "Transfer-Encoding: chunked")

BROKEN: dict[str, tuple[Callable[[Server], Play], str]] = {
    "404": (lambda _: says(404), "answers 404 Not Found"),
    "410": (lambda _: says(410), "is gone for good (410)"),
    "500": (lambda _: says(500, PAGE), "answers 500 Internal Server Error"),
    "a status that there is not": (lambda _: says(799, PAGE), "answers 799"),
    "304 to one who knows nothing": (lambda _: sends(head(304)), "answers 304 Not Modified"),
    "204": (lambda _: says(204), "answers 204 No Content"),
    "a picture": (lambda _: says(200, b"GIF89a", kind="image/gif"), "is “image/gif” and no text"),
    "a PDF": (lambda _: says(200, b"%PDF-1.7", kind="application/pdf"), "is “application/pdf” and no text"),
    "a PDF that is said to be a page": (
        lambda _: says(200, b"%PDF-1.7 .."),
        "is not text, although the server calls it that",
    ),
    "zeros that are said to be a page": (
        lambda _: says(200, b"<p>\0"),
        "is not text, although the server calls it that",
    ),
    "larger than it may be": (lambda _: says(200, b"a" * 100_001), "is larger than 100,000 bytes"),
    "no end": (
        lambda server: for_ever(head(200, "Content-Type: text/html"), b"a" * 5000, server.stopped),
        "is larger than 100,000 bytes",
    ),
    "no end to its chunks": (
        lambda server: for_ever(
            head(200, "Content-Type: text/html", "Transfer-Encoding: chunked"),
            b"1388\r\n" + b"a" * 5000 + b"\r\n",
            server.stopped,
        ),
        "is larger than 100,000 bytes",
    ),
    "less than it says": (
        lambda _: sends(head(200, "Content-Type: text/html", "Content-Length: 90") + PAGE),
        "cannot be reached or breaks off",
    ),
    "chunks that are none": (
        lambda _: sends(CHUNKED, b"zz\r\n<p>"),
        "cannot be reached or breaks off",
    ),
    "not what it says it is packed as": (
        lambda _: says(200, PAGE, "Content-Encoding: gzip"),
        "is compressed in a way that cannot be read",
    ),
    "no HTTP": (lambda _: sends(b"SSH-2.0-OpenSSH_9\r\n\r\n"), "answers with something that is not HTTP"),
    "headers without end": (
        lambda server: for_ever(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", server.stopped),
        "answers with something that is not HTTP",
    ),
    "a header without end": (
        lambda server: for_ever(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 900, server.stopped),
        "answers with something that is not HTTP",
    ),
    "a reset": (lambda _: resets(), "cannot be reached or breaks off"),
    "a reset in the text": (
        lambda _: resets(head(200, "Content-Type: text/html", "Content-Length: 900") + PAGE),
        "cannot be reached or breaks off",
    ),
    "nothing": (lambda _: sends(), "cannot be reached or breaks off"),
    "a redirect to itself": (lambda _: says(302, b"", "Location: /odd"), "redirects more than 3 times"),
    "a redirect to a file": (
        lambda _: says(302, b"", "Location: file:///etc/passwd"),
        "is not a web address such as https://example.org/article",
    ),
    "a redirect to a script": (
        lambda _: says(301, b"", "Location: javascript:alert(1)"),
        "is not a web address such as https://example.org/article",
    ),
    "a redirect with a password": (
        lambda _: says(307, b"", "Location: http://me:secret@example.org/"),
        "is not a web address such as https://example.org/article",
    ),
    "a redirect to nowhere": (lambda _: says(302), "answers 302 Found"),
    "a redirect to what is none": (
        lambda _: says(302, b"", "Location: http://[::1"),
        "leads to “http://[::1”, which is no web address",
    ),
}


@pytest.mark.parametrize(("play", "message"), BROKEN.values(), ids=BROKEN)
def test_says_what_is_wrong(server: Server, play: Callable[[Server], Play], message: str) -> None:
    server.plays["/odd"] = play(server)
    assert refusal(a_client(), server.url("/odd")).startswith(message)


SLOW: dict[str, tuple[Callable[[Server], Play], str]] = {
    "silence": (lambda _: silent(), "does not answer in time"),
    "silence in the headers": (lambda _: silent(b"HTTP/1.1 200 OK\r\nContent-Type: te"), "does not answer in time"),
    "silence in the text": (
        lambda _: silent(head(200, "Content-Type: text/html", "Content-Length: 90") + b"<p>"),
        "does not answer in time",
    ),
    "headers that drip": (
        lambda server: for_ever(b"HTTP/1.1 200 OK\r\nX: ", b"y", server.stopped, 0.02),
        "takes longer than 0.4 seconds",
    ),
    "a text that drips": (
        lambda server: for_ever(head(200, "Content-Type: text/html"), b"y", server.stopped, 0.02),
        "takes longer than 0.4 seconds",
    ),
    "a promise again and again": (
        lambda server: for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", server.stopped, 0.02),
        "takes longer than 0.4 seconds",
    ),
    "packed air": (
        lambda server: for_ever(
            head(200, "Content-Type: text/html", "Content-Encoding: gzip"), gzip.compress(b""), server.stopped, 0.02
        ),
        "takes longer than 0.4 seconds",
    ),
}


@pytest.mark.parametrize(("play", "message"), SLOW.values(), ids=SLOW)
def test_waits_for_nobody_for_ever(server: Server, play: Callable[[Server], Play], message: str) -> None:
    server.plays["/"] = play(server)
    assert refusal(a_client(BRIEF), server.url("/")) == message


def test_the_time_is_that_of_all_redirects(server: Server) -> None:
    times = iter([0.0, 3.9, 10.0, 13.9])
    server.plays["/"] = says(302, b"", "Location: /")
    limits = Limits(redirects=50, total=4.0)
    client = Client(Transport(limits, private=True, proxies={}), "", limits, clock=lambda: next(times, 20.0))
    assert refusal(client, server.url("/")) == "takes longer than 4 seconds"
    assert len(server.heads) < 4


def test_a_closed_client_asks_nobody(server: Server) -> None:
    server.plays["/"] = silent()
    client = a_client()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(refusal, client, server.url("/"))
        while not server.heads:
            server.stopped.wait(0.001)
        client.close()
        assert waiting.result() == "was not fetched: digestgen was stopped"
    assert refusal(client, server.url("/")) == "was not fetched: digestgen was stopped"
    assert len(server.heads) == 1


class TestRedirects:
    def test_that_are_for_good_are_told(self, server: Server) -> None:
        server.plays |= {
            "/a": says(301, b"", "Location: /b"),
            "/b": says(308, b"", "Location: c%20d"),
            "/c%20d": says(302, b"", "Location: /e"),
            "/e": says(200, PAGE),
        }
        answer = a_client().get(server.url("/a"))
        assert (answer.url, answer.moved) == (server.url("/e"), server.url("/c%20d"))

    def test_that_are_not_are_not(self, server: Server) -> None:
        server.plays |= {
            "/a": says(302, b"", "Location: /b"),
            "/b": says(301, b"", "Location: /e"),
            "/e": says(200, PAGE),
        }
        assert a_client().get(server.url("/a")).moved is None

    def test_with_letters_that_no_address_may_have(self, server: Server) -> None:
        server.plays |= {
            "/a": sends("HTTP/1.1 302 Found\r\nLocation: /käse und brot\r\n\r\n".encode()),
            "/k%C3%A4se%20und%20brot": says(200, PAGE),
        }
        assert a_client().get(server.url("/a")).body == PAGE


class TestPrivateAddresses:
    @pytest.mark.parametrize(
        "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]"]
    )
    def test_are_refused_however_they_are_written(self, server: Server, host: str) -> None:
        client = a_client(private=False)
        message = refusal(client, server.url("/", host))
        assert "is not on the public internet" in message
        assert "--allow-private" in message
        assert server.heads == []

    def test_behind_a_redirect_are_refused(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        server.plays |= {
            "/a": says(302, b"", f"Location: http://inside.example:{server.port}/secret"),
            "/secret": says(200, PAGE),
        }
        monkeypatch.setattr("digestgen.fetch.http_request.is_public", lambda ip: ip == "127.0.0.1")
        known = {"outside.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"]}
        client = a_client(private=False, resolve=lambda host, _: known[host])
        assert "public internet (127.0.0.2)" in refusal(client, server.url("/a", "outside.example"))
        assert len(server.heads) == 1

    def test_a_name_that_changes_its_mind_leads_nowhere_else(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # Only the first DNS answer is checked, and only that address is connected to.
        monkeypatch.setattr("digestgen.fetch.http_request.is_public", lambda ip: ip == "127.0.0.1")
        answers = iter([["127.0.0.1"], ["127.0.0.2"]])
        server.plays["/"] = says(200, PAGE)
        client = a_client(private=False, resolve=lambda *_: next(answers))
        assert client.get(server.url("/", "rebinding.example")).body == PAGE
        assert f"host: rebinding.example:{server.port}\r\n" in server.heads[0].lower()
        assert "public internet (127.0.0.2)" in refusal(client, server.url("/", "rebinding.example"))

    def test_of_several_addresses_only_public_ones_are_tried(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("digestgen.fetch.http_request.is_public", lambda ip: ip == "127.0.0.1")
        server.plays["/"] = says(200, PAGE)
        client = a_client(private=False, resolve=lambda *_: ["10.0.0.1", "127.0.0.1"])
        assert client.get(server.url("/", "two.example")).body == PAGE


def test_a_dead_address_is_passed_over_for_a_living_one(server: Server) -> None:
    server.plays["/"] = says(200, PAGE)
    assert a_client(resolve=lambda *_: ["127.0.0.9", "127.0.0.1"]).get(server.url("/", "two.example")).body == PAGE


def test_a_host_that_nobody_knows() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError(host, port)

    assert (
        refusal(a_client(resolve=unknown), "https://nowhere.example/")
        == "has a host that is not known, “nowhere.example”"
    )


class TestAServerThatIsBusy:
    @pytest.mark.parametrize(
        ("header", "pause"),
        [
            pytest.param("Retry-After: 7", 7.0, id="seconds"),
            pytest.param("Retry-After: Mon, 02 Nov 2026 08:00:09 GMT", 9.0, id="a date, by its own clock"),
            pytest.param("Retry-After: Mon, 02 Nov 2026 07:00:00 GMT", 0.0, id="a date that is over"),
            pytest.param("Retry-After: soon", 1.0, id="no number"),
            pytest.param("X: 1", 1.0, id="not said"),
        ],
    )
    @pytest.mark.parametrize("status", [429, 503])
    def test_is_asked_again(self, server: Server, status: int, header: str, pause: float) -> None:
        date = "Date: Mon, 02 Nov 2026 08:00:00 GMT"
        server.plays["/"] = in_turn(says(status, b"", header, date), says(200, PAGE))
        pauses: list[float] = []
        assert a_client(pause=pauses.append).get(server.url("/")).body == PAGE
        assert pauses == [pause]

    def test_is_left_alone_for_long_where_it_asks_for_it(self, server: Server) -> None:
        server.plays["/"] = says(429, b"", "Retry-After: 3600")
        message = "answers 429 Too Many Requests, and asks not to come back for 3,600 seconds"
        assert refusal(a_client(), server.url("/")) == message
        assert len(server.heads) == 1

    def test_is_given_up_in_the_end(self, server: Server) -> None:
        server.plays["/"] = says(503, b"", "Retry-After: 1")
        assert refusal(a_client(), server.url("/")) == "answers 503 Service Unavailable"
        assert len(server.heads) == 2

    def test_after_a_reset_is_asked_again(self, server: Server) -> None:
        server.plays["/"] = in_turn(resets(), says(200, PAGE))
        assert a_client().get(server.url("/")).body == PAGE


def test_one_host_is_never_asked_for_two_things_at_once(server: Server) -> None:
    inside = threading.Semaphore(1)
    crowded: list[str] = []

    def play(sock: object, request: str) -> None:
        if not inside.acquire(blocking=False):
            crowded.append(request)
        server.stopped.wait(0.01)
        inside.release()
        says(200, PAGE)(sock, request)  # type: ignore[arg-type]

    for number in range(6):
        server.plays[f"/{number}"] = play
    client = a_client()
    with ThreadPoolExecutor(6) as pool:
        bodies = list(pool.map(lambda number: client.get(server.url(f"/{number}")).body, range(6)))
    assert bodies == [PAGE] * 6
    assert crowded == []


class TestProxies:
    def test_are_asked_for_the_whole_address(self, server: Server) -> None:
        server.plays["http://news.example/quay"] = says(200, PAGE)
        client = a_client(private=False, proxies={"http": f"http://me:secret@127.0.0.1:{server.port}"})
        assert client.get("http://news.example/quay").body == PAGE
        assert "proxy-authorization: Basic bWU6c2VjcmV0".lower() in server.heads[0].lower()

    def test_are_asked_for_a_tunnel(self, server: Server) -> None:
        server.plays["news.example:443"] = says(403)
        client = a_client(private=False, proxies={"https": f"http://127.0.0.1:{server.port}"})
        assert refusal(client, "https://news.example/quay").startswith("cannot be reached")
        assert server.heads[0].startswith("CONNECT news.example:443 ")

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "[::1]", "router.local", "169.254.169.254"])
    def test_are_not_asked_for_private_addresses(self, server: Server, host: str) -> None:
        client = a_client(private=False, proxies={"http": f"http://127.0.0.1:{server.port}"})
        assert "is not on the public internet" in refusal(client, f"http://{host}/")
        assert server.heads == []

    def test_are_passed_by_where_the_environment_says_so(self, server: Server) -> None:
        server.plays["/"] = says(200, PAGE)
        client = a_client(proxies={"http": "http://127.0.0.1:1", "no": "127.0.0.1,example.org"})
        assert client.get(server.url("/")).body == PAGE

    def test_of_another_kind_are_refused(self) -> None:
        message = refusal(a_client(proxies={"https": "socks5://127.0.0.1:1"}), "https://news.example/")
        assert "which is no proxy on http://" in message


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    made = folder / "both.pem"
    command = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=news.example -addext subjectAltName=DNS:news.example"
    try:
        subprocess.run(
            ["openssl", *command.split(), "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl is not installed")
    made.write_bytes((folder / "cert.pem").read_bytes() + (folder / "key.pem").read_bytes())
    return made


class TestTls:
    @staticmethod
    def both(certificate: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
        serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        serving.load_cert_chain(certificate)
        return serving, ssl.create_default_context(cafile=str(certificate))

    def test_holds_the_certificate_against_the_name_and_not_the_number(self, certificate: Path) -> None:
        serving, asking = self.both(certificate)
        names: list[str | None] = []
        serving.sni_callback = lambda _sock, name, _context: names.append(name)
        with running(serving) as server:
            server.plays["/"] = says(200, PAGE)
            client = a_client(tls=asking, resolve=lambda *_: ["127.0.0.1"])
            assert client.get(server.url("/", "news.example")).body == PAGE
            assert names == ["news.example"]
            assert "certificate that cannot be trusted" in refusal(client, server.url("/", "other.example"))

    def test_a_stranger_s_certificate(self, certificate: Path) -> None:
        serving, _ = self.both(certificate)
        with running(serving) as server:
            client = a_client(resolve=lambda *_: ["127.0.0.1"])
            assert "certificate that cannot be trusted" in refusal(client, server.url("/", "news.example"))

    def test_on_a_plain_port(self, server: Server) -> None:
        server.plays[""] = sends(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        url = server.url("/").replace("http:", "https:")
        assert refusal(a_client(BRIEF), url) in {"does not answer over https; try http://", "does not answer in time"}

    def test_that_never_gets_agreed_on(self) -> None:
        with running() as dripping:
            dripping.plays[""] = silent()
            assert refusal(a_client(BRIEF), dripping.url("/").replace("http:", "https:")) == "does not answer in time"


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG:443/a b?c=d e#f", None),
        ("https://example.org:443/%7Ea/ü?q=ä", "https://example.org/%7Ea/%C3%BC?q=%C3%A4"),
        ("http://münchen.example:8080/", "http://xn--mnchen-3ya.example:8080/"),
        ("http://[2606:4700::1]/", "http://[2606:4700::1]/"),
        ("ftp://example.org/", None),
        ("file:///etc/passwd", None),
        ("http://me@example.org/", None),
        ("http://example.org:99999/", None),
        (f"http://{'a' * 70}é.example/", None),
        ("", None),
    ],
)
def test_addresses(url: str, whole: str | None) -> None:
    if whole is None:
        with pytest.raises(FetchError):
            parse_address(url)
    else:
        assert parse_address(url).whole == whole
