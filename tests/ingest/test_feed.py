from __future__ import annotations

import socket
from datetime import date

import pytest

from digestgen.decode import decode
from digestgen.ingest.feed import read_feed

TEXT = "The harbour opened its new gate on Monday."
DAY = date(2024, 11, 12)
FEEDS = {
    "RSS 2.0": f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Sandby Echo</title><link>https://e.example/</link><language>en-gb</language>
<item><title>Gate opens</title><link>https://e.example/a</link><pubDate>Tue, 12 Nov 2024 23:30:00 +0100</pubDate>
<description>{TEXT}</description><category>harbour</category></item></channel></rss>""",
    "RSS 0.91": f"""<rss version="0.91"><channel><title>Sandby Echo</title><language>en</language>
<item><title>Gate opens</title><link>https://e.example/a</link><pubDate>12 Nov 2024</pubDate>
<description>{TEXT}</description></item></channel></rss>""",
    "RDF": f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Sandby Echo</title>
<dc:language>en</dc:language></channel><item rdf:about="https://e.example/a"><title>Gate opens</title>
<link>https://e.example/a</link><description>{TEXT}</description><dc:date>2024-11-12</dc:date></item></rdf:RDF>""",
    "Atom": f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Sandby Echo</title>
<entry><title type="html">Gate &lt;b&gt;opens&lt;/b&gt;</title><link href="https://e.example/a"/>
<published>2024-11-12T23:30:00+01:00</published><updated>2024-11-20T00:00:00Z</updated>
<summary>It opened.</summary><content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>""",
}


@pytest.mark.parametrize("text", FEEDS.values(), ids=FEEDS)
def test_reads_the_kinds_of_feeds(text: str) -> None:
    found = read_feed(text, "a.xml")
    assert (found.problems, found.notices) == ((), ())
    (draft,) = found.drafts
    assert (draft.title, draft.paragraphs, draft.url) == ("Gate opens", (TEXT,), "https://e.example/a")
    assert (draft.source, draft.published, draft.language) == ("Sandby Echo", DAY, "en")


def rss(item: str, head: str = "<title>Sandby Echo</title>") -> str:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"{head}{item}</channel></rss>"
    )


BODIES = {
    "HTML, escaped once": (
        "<description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</description>",
        ("One.", "Two."),
    ),
    "HTML, escaped twice": (
        "<description>&amp;lt;p&amp;gt;One.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Two.&amp;lt;/p&amp;gt;</description>",
        ("One.", "Two."),
    ),
    "CDATA": ("<description><![CDATA[<p>One.</p><p>Two.</p>]]></description>", ("One.", "Two.")),
    "the fuller of two": (
        "<description>One.</description><content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded>",
        ("One.", "Two."),
    ),
    "entities": ("<description>Fish &amp;amp; chips&amp;hellip;</description>", ("Fish & chips…",)),
    "a script": ("<description><![CDATA[<p>One.</p><script>alert(1)</script>]]></description>", ("One.",)),
}


@pytest.mark.parametrize(("item", "expected"), BODIES.values(), ids=BODIES)
def test_reads_the_text_of_an_item(item: str, expected: tuple[str, ...]) -> None:
    (draft,) = read_feed(rss(f"<item><title>T</title>{item}</item>"), "a.rss").drafts
    assert draft.paragraphs == expected


def test_the_source_of_an_item_goes_before_the_feed() -> None:
    item = '<item><title>T</title><description>One.</description><source url="https://o.example/">Other</source></item>'
    (draft,) = read_feed(rss(item), "a.rss").drafts
    assert draft.source == "Other"


def test_an_item_stands_where_its_element_does() -> None:
    items = "\n<item>\n<title>A</title></item>\n<item><title>B</title>\n</item>\n"
    assert [draft.lines for draft in read_feed(rss(items), "a.rss").drafts] == [(2, 3), (4, 6)]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "//"])
def test_no_item_leads_anywhere_but_to_the_web(link: str) -> None:
    (draft,) = read_feed(rss(f"<item><title>T</title><link>{link}</link></item>"), "a.rss").drafts
    assert draft.url is None


REFUSED = {
    "a list of feeds": ('<opml version="2.0"><body><outline text="x"/></body></opml>', "feeds.opml"),
    "a web page": ("<html><body><p>One.</p></body></html>", ".html"),
    "a site map": ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url/></urlset>', "site map"),
    "other XML": ("<note><to>Ann</to></note>", "no feed"),
    "no XML": ("It rained.", "no feed"),
    "an address": ("https://e.example/feed.xml", "no feed"),
    "a path": ("/etc/passwd", "no feed"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_feed_is_told_what_it_is(text: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a reader opens no connection and no file")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    found = read_feed(text, "a.xml")
    assert not found.drafts
    assert [message in problem.message for problem in found.problems] == [True]


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    whole = rss(f"<item><title>A</title><description>{TEXT}</description></item><item><title>B & C</title></item>")
    found = read_feed(whole[: whole.index("</channel>")], "a.rss")
    assert [draft.title for draft in found.drafts] == ["A", "B & C"]
    assert not found.problems
    assert "well-formed" in found.notices[0].message


def test_a_feed_without_items_is_a_note() -> None:
    found = read_feed(rss(""), "a.rss")
    assert (found.drafts, found.problems) == ((), ())
    assert found.notices


def test_a_feed_declares_its_characters() -> None:
    data = '<?xml version="1.0" encoding="windows-1251"?>' + rss("<item><title>Зима в городе</title></item>")
    text = decode(data.encode("cp1251"), "a.rss").text
    assert [draft.title for draft in read_feed(text, "a.rss").drafts] == ["Зима в городе"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>' + rss("<item><title>&l9; A</title></item>"),
    "an entity in a file": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    + rss("<item><title>A &f;</title></item>"),
    "deep": rss("<item><title>A</title>" + "<a>" * 50_000 + "</a>" * 50_000 + "</item>"),
    "deep HTML": rss(f"<item><title>A</title><description><![CDATA[{'<div>' * 50_000}One.]]></description></item>"),
    "NULs": rss("<item><title>A\x00B</title></item>"),
    "lone surrogates": rss("<item><title>A \udcff</title></item>"),
    "open brackets": rss("<item><title>A</title></item>") + "<" * 100_000,
    "doctypes": "<!DOCTYPE x [" * 50_000 + rss("<item><title>A</title></item>"),
    "many attributes": rss(f"<item {' '.join(f'a{n}=1' for n in range(50_000))}></item><item><title>A</title></item>"),
    "a huge attribute": rss(f'<item a="{"x" * 1_000_000}"><title>A</title></item>'),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_feeds_are_read_or_refused(text: str) -> None:
    found = read_feed(text, "a.xml")
    assert found.drafts or found.problems
    said = " ".join(f"{draft.title} {' '.join(draft.paragraphs)}" for draft in found.drafts)
    assert "lol" not in said
    assert "root:" not in said
    assert len(said) < 1_000_000


def test_a_feed_of_many_items_is_read_whole() -> None:
    items = "".join(
        f"<item><title>Gate {n}</title><description>It opened.</description></item>\n" for n in range(5_000)
    )
    assert len(read_feed(rss(items), "a.rss").drafts) == 5_000
