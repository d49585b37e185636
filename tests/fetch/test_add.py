"""``add``: addresses and files become seeds, once each, and reading them back gives the same article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from digestgen import writer
from digestgen.errors import InputError, Problem
from digestgen.fetch import add as adding
from digestgen.fetch.add import Addition, AddResult, add, expand_arguments
from digestgen.fetch.client import Client
from digestgen.fetch.http_request import Transport
from digestgen.fetch.result import Limits
from digestgen.ingest.read import Defaults, read_seed
from digestgen.model import Article, Publish, Seed
from made import BRIDGE, FOX
from webserver import Server, running, says

DEFAULTS = Defaults(language=None, publish=Publish.SUMMARY)
BRIDGE_TEXT = "\n\n".join(BRIDGE)
FOX_TEXT = "\n\n".join(FOX)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as made:
        yield made


def a_client() -> Client:
    limits = Limits(connect=2.0, read=2.0, total=4.0, attempts=1)
    return Client(Transport(limits, private=True, proxies={}), "digestgen", limits)


def added(seeds: Path, *arguments: object, piped: str = "") -> list[AddResult]:
    return list(add(expand_arguments([str(one) for one in arguments], piped), seeds, a_client()))


def articles(seeds: Path) -> list[Article]:
    found = []
    for path in sorted(seeds.glob("*")):
        reading = read_seed(Seed(name=path.name, text=path.read_text(encoding="utf-8")), DEFAULTS)
        assert reading.problems == ()
        found += reading.articles
    return found


def told(article: Article) -> tuple[object, ...]:
    return (
        article.title,
        article.standfirst,
        article.paragraphs,
        article.source,
        article.url,
        article.published,
        article.language,
        article.hints,
    )


def line(**said: object) -> str:
    return json.dumps(said, ensure_ascii=False) + "\n"


FILES = {
    "plain text": ("bridge.txt", BRIDGE_TEXT),
    "plain text without a title": ("bridge.txt", BRIDGE_TEXT.partition("\n\n")[2]),
    "Markdown": (
        "fox.md",
        "---\ntitle: Foxes & 'friends'\npublished: 2024-11-12\nsource: Gazette\nurl: https://a.example/fox\n---\n\n"
        + "\n\n".join(FOX[1:]),
    ),
    "JSON lines": ("two.jsonl", line(text=BRIDGE_TEXT, published="2024-11-12") + line(title="*Foxes*", text=FOX_TEXT)),
    "a language that is said": ("fr.jsonl", line(title="Le quai", text="Le quai est ouvert.", language="fr")),
    "a sentence that is its own title": ("s.jsonl", line(text="The quay reopens.", published="2024-11-12")),
    "a title that reads like a date": ("d.jsonl", line(title="2024-11-12 and what came of it", text=FOX_TEXT)),
    "a dated text without a title": ("n.jsonl", line(text=BRIDGE_TEXT.partition("\n\n")[2], published="2024-11-12")),
    "tags": ("t.jsonl", line(title="Foxes", text=FOX_TEXT, tags=["foxes", "city life"])),
    "an article of nothing but its title": ("short.jsonl", line(title="The quay reopens")),
}


@pytest.mark.parametrize(("name", "text"), FILES.values(), ids=FILES)
def test_an_article_stays_as_it_is(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    before = read_seed(Seed(name=name, text=text), DEFAULTS).articles
    done = added(tmp_path / "seeds", tmp_path / name)
    assert [one.problem for one in done] == [None] * len(before)
    assert sorted(map(told, articles(tmp_path / "seeds")), key=str) == sorted(map(told, before), key=str)
    assert all(path.suffix == ".md" for path in (tmp_path / "seeds").iterdir())


@pytest.mark.parametrize(("name", "text"), FILES.values(), ids=FILES)
def test_nothing_is_added_twice(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    first = added(tmp_path / "seeds", tmp_path / name)
    before = {path.name: path.read_bytes() for path in (tmp_path / "seeds").iterdir()}
    again = added(tmp_path / "seeds", tmp_path / name, tmp_path / name)
    assert [one.existing for one in again] == [one.file and one.file.name for one in first]
    assert {path.name: path.read_bytes() for path in (tmp_path / "seeds").iterdir()} == before


class TestNames:
    @staticmethod
    def name(seeds: Path, **said: object) -> str:
        file = seeds.parent / "a.jsonl"
        file.write_text(
            line(text="The quay is open again, the harbour master said on Monday.", **said), encoding="utf-8"
        )
        (done,) = added(seeds, file)
        assert done.file is not None
        return done.file.name

    def test_have_date_and_title(self, tmp_path: Path) -> None:
        assert self.name(tmp_path / "s", title="Quay reopens!", published="2024-11-12") == "2024-11-12-quay-reopens.md"

    def test_have_the_title_alone_where_there_is_no_date(self, tmp_path: Path) -> None:
        assert self.name(tmp_path / "s", title="Der Kai öffnet wieder") == "der-kai-offnet-wieder.md"

    def test_have_the_site_where_the_title_has_no_letters(self, tmp_path: Path) -> None:
        assert self.name(tmp_path / "s", title="…!", url="https://www.a.example/x") == "a-example.md"

    def test_have_the_id_where_nothing_has_letters_but_never_lead_out_of_the_folder(self, tmp_path: Path) -> None:
        assert self.name(tmp_path / "s", title="…!", id="../../Mine") == "mine.md"
        assert self.name(tmp_path / "t", title="…!", id="../..") == "text.md"

    @pytest.mark.parametrize("there", ["quay.md", "quay.txt", "Quay.jsonl", "quay.yml", "quay.html"])
    def test_are_nobody_else_s(self, tmp_path: Path, there: str) -> None:
        seeds = tmp_path / "s"
        seeds.mkdir()
        (seeds / there).write_text("Something else, said a person who was asked for it yesterday.\n", encoding="utf-8")
        assert self.name(seeds, title="Quay") == "quay-2.md"

    @pytest.mark.parametrize("own", ["Digest", "Curation", "Permalinks", "Readme", "License"])
    def test_are_not_those_of_files_that_are_no_seeds(self, tmp_path: Path, own: str) -> None:
        assert self.name(tmp_path / "s", title=own) == f"{own.lower()}-2.md"


class TestDumps:
    def test_are_split_where_it_is_certain(self, tmp_path: Path) -> None:
        (tmp_path / "two.txt").write_text(
            f"{BRIDGE_TEXT}\n\n-----\n\n{FOX_TEXT}\n\n-----\n\n{BRIDGE[1]}\n", encoding="utf-8"
        )
        drafts = read_seed(
            Seed(name="two.txt", text=(tmp_path / "two.txt").read_text(encoding="utf-8")), DEFAULTS
        ).articles
        done = added(tmp_path / "s", tmp_path / "two.txt")
        certain = all(article.boundary_confidence >= 0.9 for article in drafts)
        assert len(done) == (len(drafts) if certain else 1)

    def test_are_copied_where_it_is_not(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(adding, "SURE", 1.1)
        text = f"{BRIDGE_TEXT}\n\n-----\n\n{FOX_TEXT}\n"
        (tmp_path / "Two of them.txt").write_text(text, encoding="utf-8")
        (done,) = added(tmp_path / "s", tmp_path / "Two of them.txt")
        assert done.file == tmp_path / "s" / "two-of-them.txt"
        assert done.note is not None
        assert "`digestgen split two-of-them`" in done.note
        assert done.file.read_text(encoding="utf-8") == text
        (again,) = added(tmp_path / "s", tmp_path / "Two of them.txt")
        assert again.existing == "two-of-them.txt"


class TestWhatWithholds:
    def test_comes_along(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").write_text(f"---\ndraft: true\n---\n\n{FOX_TEXT}\n", encoding="utf-8")
        added(tmp_path / "s", tmp_path / "a.md")
        (article,) = articles(tmp_path / "s")
        assert article.directive is not None
        assert not article.directive.show

    def test_in_a_sidecar_comes_along(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(FOX_TEXT, encoding="utf-8")
        (tmp_path / "a.yml").write_text("draft: true\nsource: Gazette\n", encoding="utf-8")
        added(tmp_path / "s", tmp_path / "a.txt")
        (article,) = articles(tmp_path / "s")
        assert article.source == "Gazette"
        assert article.directive is not None
        assert not article.directive.show

    def test_in_a_sidecar_that_is_broken_holds_it_back(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(FOX_TEXT, encoding="utf-8")
        (tmp_path / "a.yml").write_text("draft: perhaps\n", encoding="utf-8")
        (done,) = added(tmp_path / "s", tmp_path / "a.txt")
        assert done.problem is not None
        assert not (tmp_path / "s").exists()


REFUSED = {
    "a file that is not there": ("nowhere.txt", None, "is not there"),
    "a picture": ("a.png", b"\x89PNG", "is a picture, which is not read; write"),
    "a file of no known kind": ("a.xyz", b"?", "is not a kind of seed"),
    "no UTF-8": ("a.txt", b"caf\xe9", "is not UTF-8"),
    "nothing": ("a.txt", b" \n", "is empty"),
    "a list without addresses": ("a.csv", b"url\nnone\n", "none of them is of the web"),
    "OPML that is broken": ("a.opml", b"<opml>", "is not well-formed"),
}


@pytest.mark.parametrize(("name", "data", "message"), REFUSED.values(), ids=REFUSED)
def test_one_that_fails_costs_only_itself(tmp_path: Path, name: str, data: bytes | None, message: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    (tmp_path / "fox.txt").write_text(FOX_TEXT, encoding="utf-8")
    bad, good = added(tmp_path / "s", tmp_path / name, tmp_path / "fox.txt")
    assert message in (bad.problem or "")
    assert good.file == tmp_path / "s" / "foxes-move-into-the-city.md"


def test_a_fault_of_ours_costs_only_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text(FOX_TEXT, encoding="utf-8")
    draft_seed = adding.draft_seed

    def broken(seed: Seed, defaults: Defaults) -> object:
        return 1 // 0 if seed.name == "a.txt" else draft_seed(seed, defaults)

    monkeypatch.setattr(adding, "draft_seed", broken)
    bad, good = added(tmp_path / "s", tmp_path / "a.txt", tmp_path / "b.md")
    assert bad.problem == "made digestgen fail (ZeroDivisionError); please report it"
    assert good.file is not None


def test_what_lies_in_the_folder_already(tmp_path: Path) -> None:
    seeds = tmp_path / "s"
    seeds.mkdir()
    (seeds / "fox.txt").write_text(FOX_TEXT, encoding="utf-8")
    (done,) = added(seeds, seeds / "fox.txt")
    assert "is in the seeds folder already" in (done.problem or "")


def test_a_folder_that_cannot_be_written_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fox.txt").write_text(FOX_TEXT, encoding="utf-8")

    def full(path: Path, _: str) -> bool:
        raise InputError([Problem(str(path), None, "cannot be written: No space left on device")])

    monkeypatch.setattr(adding, "create", full)
    with pytest.raises(InputError, match="No space left"):
        added(tmp_path / "s", tmp_path / "fox.txt", tmp_path / "fox.txt")


class TestAddresses:
    def test_become_seeds(self, tmp_path: Path, server: Server) -> None:
        server.plays["/fox?utm_source=mail"] = says(200, FOX_TEXT.encode(), kind="text/plain")
        (done,) = added(tmp_path / "s", server.url("/fox?utm_source=mail"))
        assert done.file == tmp_path / "s" / "foxes-move-into-the-city.md"
        (article,) = articles(tmp_path / "s")
        assert (article.url, article.source) == (server.url("/fox"), "127.0.0.1")
        assert article.paragraphs == tuple(FOX[1:])

    PAGE = """<!DOCTYPE html><html lang="en"><head><title>Foxes move into the city - Gazette</title>
<link rel="canonical" href="{canonical}"><meta property="og:site_name" content="Gazette">
<meta property="article:published_time" content="2024-11-12T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Foxes move into the city</h1>
<p>{0}</p><p>{1}</p><p>{2}</p></article><script>alert(1)</script><footer>All rights reserved</footer></body></html>"""

    def page(self, canonical: str) -> bytes:
        return self.PAGE.format(*FOX[1:], canonical=canonical).encode()

    @pytest.mark.parametrize("canonical", ["/foxes", "https://www.gazette.example/foxes/", "/", ""])
    def test_of_pages_are_what_the_page_says_unless_that_is_the_front(
        self, tmp_path: Path, server: Server, canonical: str
    ) -> None:
        whole = server.url(canonical) if canonical == "/foxes" else canonical
        expected = whole if len(whole) > 1 else server.url("/x?id=3")
        server.plays |= dict.fromkeys(("/x?id=3", "/x?id=3&fbclid=2"), says(200, self.page(whole)))
        (done,) = added(tmp_path / "s", server.url("/x?id=3&fbclid=2"))
        assert done.file is not None
        assert done.file.name == "2024-11-12-foxes-move-into-the-city.md"
        (article,) = articles(tmp_path / "s")
        assert article.paragraphs == tuple(FOX[1:])
        assert (article.source, article.published) == ("Gazette", date(2024, 11, 12))
        assert article.url == expected
        (again,) = added(tmp_path / "s", server.url("/x?id=3"))
        assert again.existing == done.file.name

    def test_that_are_there_are_not_fetched(self, tmp_path: Path, server: Server) -> None:
        (tmp_path / "s").mkdir()
        text = f"---\nurl: {server.url('/fox/')}\n---\n\n{FOX_TEXT}\n"
        (tmp_path / "s" / "mine.md").write_text(text, encoding="utf-8")
        (done,) = added(tmp_path / "s", server.url("/fox?fbclid=1#top"))
        assert (done.existing, server.heads) == ("mine.md", [])

    def test_that_lead_to_what_is_there(self, tmp_path: Path, server: Server) -> None:
        server.plays |= {
            "/short": says(301, b"", "Location: /fox"),
            "/fox": says(200, FOX_TEXT.encode(), kind="text/plain"),
        }
        added(tmp_path / "s", server.url("/fox"))
        (done,) = added(tmp_path / "s", server.url("/short"))
        assert done.existing == "foxes-move-into-the-city.md"

    def test_of_the_same_text_elsewhere(self, tmp_path: Path, server: Server) -> None:
        edited = FOX_TEXT.replace("surprise", "astonish").encode()
        server.plays |= {
            "/a": says(200, FOX_TEXT.encode(), kind="text/plain"),
            "/b": says(200, edited, kind="text/plain"),
        }
        first, second = added(tmp_path / "s", server.url("/a"), server.url("/b"))
        assert first.file is not None
        assert second.existing == first.file.name

    def test_that_fail_cost_only_themselves(self, tmp_path: Path, server: Server) -> None:
        server.plays["/fox"] = says(200, FOX_TEXT.encode(), kind="text/plain")
        bad, odd, good = added(tmp_path / "s", server.url("/404"), "gopher://a.example/", server.url("/fox"))
        assert (bad.problem, good.problem) == ("answers 404 Not Found", None)
        assert odd.problem == "is not a web address such as https://example.org/article"

    def test_come_by_standard_input(self, tmp_path: Path, server: Server) -> None:
        server.plays["/fox"] = says(200, FOX_TEXT.encode(), kind="text/plain")
        (done,) = added(tmp_path / "s", piped=f"# mine\n\n{server.url('/fox')}\n")
        assert done.file is not None


def test_what_is_asked_for_twice_is_asked_for_once(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("https://a.example/1\nhttps://a.example/2\n", encoding="utf-8")
    asked = expand_arguments(["https://a.example/1", str(tmp_path / "list.txt"), "-"], "https://a.example/3\n")
    addresses = [f"https://a.example/{number}" for number in (1, 2, 3)]
    assert asked == tuple(Addition(name=address, address=address) for address in addresses)


def test_whoever_stops_it_finds_whole_files_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, text in enumerate((FOX_TEXT, BRIDGE_TEXT)):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    asked = expand_arguments([str(tmp_path / "0.txt"), str(tmp_path / "1.txt")], "")
    written = iter(add(asked, tmp_path / "s", a_client()))
    next(written)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writer.os, "link", interrupted)
    with pytest.raises(KeyboardInterrupt):
        next(written)
    assert [path.name for path in (tmp_path / "s").iterdir()] == ["foxes-move-into-the-city.md"]
