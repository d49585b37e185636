from __future__ import annotations

from datetime import date

import pytest

from digestgen.decode import decode
from digestgen.errors import InputError
from digestgen.ingest.draft import Draft, ParsedSeed
from digestgen.ingest.html.web_page import read_web_page

BODY = (
    "The harbour of Sandby opened its new gate on Monday, and the first boats left for the islands before noon.",
    "Fishermen had waited eleven weeks, said Ann Reed, who speaks for the forty families that live from the sea here.",
    "The old gate broke in a storm in August; the council first wanted to repair it, and then found it beyond repair.",
    "Work on the quay goes on until spring, when the ferry to the mainland is to sail from here again, the town said.",
)
MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Weather", "Culture"))


def page(head: str = "", body: str | None = None, around: str = "", lang: str = ' lang="en-GB"') -> str:
    inner = "".join(f"<p>{text}</p>" for text in BODY) if body is None else body
    return (
        f"<!DOCTYPE html><html{lang}><head><title>Sandby gate opens</title>{head}</head><body>"
        f"<nav><ul>{MENU}</ul></nav><article><h1>Sandby gate opens</h1>{inner}</article>{around}</body></html>"
    )


def read(text: str) -> Draft:
    found = read_web_page(text, "a.html")
    assert not found.problems
    (draft,) = found.drafts
    return draft


def test_reads_the_article_and_nothing_around_it() -> None:
    draft = read(
        page(
            body=f'<p class="byline">By <a rel="author">Jo Field</a></p>{"".join(f"<p>{text}</p>" for text in BODY)}',
            around=(
                '<div class="related"><h3>Read also</h3><ul><li><a href="/x">Ten beaches that you must see</a></li>'
                '<li><a href="/y">What the mayor eats for breakfast</a></li></ul></div>'
                '<div id="cookie-consent"><p>We value your privacy. We and our partners use cookies to show you what '
                "we think you want.</p><button>Accept</button></div><footer><p>© Sandby Echo</p></footer>"
            ),
        )
    )
    assert draft.title == "Sandby gate opens"
    assert draft.paragraphs == BODY


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        pytest.param('<meta property="og:site_name" content="Sandby Echo">', "source", "Sandby Echo", id="site"),
        pytest.param(
            '<link rel="canonical" href="https://www.echo.example/gate">', "source", "echo.example", id="site by host"
        ),
        pytest.param('<meta name="application-name" content="@echo">', "source", None, id="no site in a handle"),
        pytest.param(
            '<link rel="canonical" href="https://echo.example/gate">',
            "url",
            "https://echo.example/gate",
            id="canonical",
        ),
        pytest.param(
            '<link rel="canonical" href="https://echo.example/">'
            '<meta property="og:url" content="https://echo.example/gate">',
            "url",
            "https://echo.example/gate",
            id="no home page where an article is named",
        ),
        pytest.param(
            '<link rel="canonical" href="/gate"><base href="https://echo.example/">',
            "url",
            "https://echo.example/gate",
            id="relative canonical",
        ),
        pytest.param('<link rel="canonical" href="javascript:alert(1)">', "url", None, id="no script for an address"),
        pytest.param('<link rel="canonical" href="file:///etc/passwd">', "url", None, id="no file for an address"),
        pytest.param(
            '<meta property="og:title" content="Gate of Sandby opens after &amp;quot;eleven weeks&amp;quot;">',
            "title",
            'Gate of Sandby opens after "eleven weeks"',
            id="title escaped twice",
        ),
        pytest.param(
            '<meta property="og:title" content="A gate opens - Sandby Echo">'
            '<meta property="og:site_name" content="Sandby Echo">',
            "title",
            "A gate opens",
            id="title without the site",
        ),
        pytest.param(
            '<meta property="article:published_time" content="2024-11-12T23:30:00+01:00">',
            "published",
            date(2024, 11, 12),
            id="day",
        ),
        pytest.param(
            '<script type="application/ld+json">//<![CDATA[\n{"@graph": [{"@type": "NewsArticle", "headline": "Open",'
            '"datePublished": "2024-11-13", "publisher": {"name": "Echo"}}]}\n//]]></script>',
            "published",
            date(2024, 11, 13),
            id="day in linked data",
        ),
        pytest.param('<meta name="date" content="soon">', "published", None, id="no day"),
        pytest.param("", "language", "en", id="language"),
        pytest.param(
            '<meta name="keywords" content="harbour, gates,, sea">', "hints", ("harbour", "gates", "sea"), id="tags"
        ),
    ],
)
def test_reads_what_the_page_says_of_itself(head: str, name: str, expected: object) -> None:
    assert getattr(read(page(head)), name) == expected


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("Gate opens | Sandby Echo", "Gate opens", "Gate opens"),
        ("Sandby Echo: Gate opens", "Another heading", "Sandby Echo: Gate opens"),
        ("The long wait at the gate is over - Echo", "Sandby Echo", "The long wait at the gate is over"),
        ("Gate - Echo", "Sandby", "Gate - Echo"),
        ("", "The gate opens", "The gate opens"),
    ],
)
def test_takes_the_title_without_the_name_of_the_site(title: str, heading: str, expected: str) -> None:
    text = (
        page().replace("<title>Sandby gate opens", f"<title>{title}").replace("<h1>Sandby gate opens", f"<h1>{heading}")
    )
    assert read(text).title == expected


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0027)https://echo.example/gate -->",
        "<!--\n Page saved with SingleFile \n url: https://echo.example/gate \n saved date: Tue Nov 12 2024\n-->",
    ],
    ids=["a browser", "SingleFile"],
)
def test_knows_where_a_page_was_saved_from(note: str) -> None:
    draft = read(note + page())
    assert (draft.url, draft.source) == ("https://echo.example/gate", "echo.example")


def test_pictures_in_a_page_cost_nothing() -> None:
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 2_000_000}">'
    assert read(page(body=picture + "".join(f"<p>{text}</p>" for text in BODY))).paragraphs == BODY


def test_what_is_repeated_in_an_article_stays() -> None:
    refrain = "<p>And the gate stood open, and the sea came in, and nobody said a word about the winter.</p>"
    draft = read(page(body=f"<p>{BODY[0]}</p>{refrain}<p>{BODY[1]}</p>{refrain}<p>{BODY[2]}</p>"))
    assert len(draft.paragraphs) == 5


def test_what_a_page_hides_is_not_read() -> None:
    hidden = "".join(
        f"<p {how}>This sentence is not for you, and neither is any other in this paragraph.</p>"
        for how in ("hidden", 'style="display: none"', 'style="color:red;visibility:hidden"')
    )
    assert read(page(body=hidden + "".join(f"<p>{text}</p>" for text in BODY))).paragraphs == BODY


def test_a_page_without_an_article_is_read_whole_with_a_note() -> None:
    found = read_web_page("<p>Closed.", "a.html")
    assert [draft.paragraphs for draft in found.drafts] == [("Closed.",)]
    assert not found.problems
    assert found.notices or found.drafts[0].confidence == 1.0


def test_tells_the_lines_that_the_article_stands_in() -> None:
    text = page(body="\n".join(f"\n<p>{text}</p>" for text in BODY))
    assert read(text).lines == (2, 8)


def test_a_page_depends_on_no_other() -> None:
    first = read_web_page(page(), "a.html")
    read_web_page(page(around="<p>Something else stands here, for once, and it is not short.</p>"), "b.html")
    assert read_web_page(page(), "a.html") == first


ARTICLE = "".join(f"<p>{text}</p>" for text in BODY)
HOSTILE = {
    "a hundred thousand elements in each other": f"{'<div>' * 100_000}{ARTICLE}{'</div>' * 100_000}",
    "a thousand elements in each other": f"{'<div>' * 1_000}{ARTICLE}{'</div>' * 1_000}",
    "a hundred thousand open elements": f"{'<p><font>x' * 100_000}{ARTICLE}",
    "a tag of a hundred thousand attributes": f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>{ARTICLE}",
    "a huge attribute": f'<p class="{"a " * 2_000_000}">{ARTICLE}',
    "tags that never end": "<a " * 100_000 + ARTICLE,
    "comments that never end": "<!--" * 100_000,
    "entities in entities": '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;</p>' + ARTICLE,
    "an entity in a file": f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><p>&x;</p>{ARTICLE}',
    "deep linked data": f'<script type="application/ld+json">{"[" * 100_000}</script>{ARTICLE}',
    "linked data of empty lines": '<script type="application/ld+json">{' + "\n" * 300_000 + f"}}x</script>{ARTICLE}",
    "blanks": f"<p>{' ' * 2_000_000}</p>{ARTICLE}",
    "nothing but brackets": "<" * 500_000,
    "NULs": f"{ARTICLE}\x00<p>The end.</p>",
    "cut off": page()[:-300],
    "nothing": "",
    "a comment": "<!-- -->",
    "lone surrogates": f"<p>\udcff</p>{ARTICLE}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_are_read_or_refused(text: str) -> None:
    found: ParsedSeed = read_web_page(text, "a.html")
    assert found.drafts or found.problems
    assert all(draft.paragraphs for draft in found.drafts)


def test_scripts_and_entities_say_nothing() -> None:
    text = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "swollen">]>' + page(
        body=f'<script>alert("evil")</script><p>Before &x; &y; after the reference in this sentence.</p>{ARTICLE}'
    )
    whole = " ".join(read(text).paragraphs)
    assert not any(word in whole for word in ("evil", "root:", "swollen"))


def test_a_picture_that_is_called_a_page_is_refused() -> None:
    with pytest.raises(InputError, match="NUL"):
        decode(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "a.html")


def test_a_page_may_declare_its_characters() -> None:
    data = '<meta charset="windows-1251"><p>Зима в городе'.encode("cp1251")
    assert "Зима" in decode(data, "a.htm").text
