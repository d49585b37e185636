"""The pictures that pages are shared with."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from digestgen.site.cards import HEIGHT, WIDTH, card, card_key, is_drawable
from digestgen.site.sharing import CardSet

NAME, ADDRESS = "The Harbour Post", "example.org/post"


def drawn(title: str, text: str = "", name: str = NAME, address: str = ADDRESS) -> Image.Image:
    picture = card(title, text, name, address)
    assert picture is not None
    return Image.open(BytesIO(picture)).convert("L")


def ink(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether anything is written in a part of a picture."""
    low, _ = picture.crop(box).getextrema()
    return low < 200


LONG = "Ferries to the islands run late for the third week, and the captains blame the tide"


@pytest.mark.parametrize(
    "title",
    ["Ferries", LONG, LONG * 9, "W" * 3_000, "a " * 3_000, "Łódź, Nguyễn, Ελλάδα, Київ", "A\u0301rbol"],
    ids=["a word", "lines", "too many lines", "no end", "many words", "letters", "in parts"],
)
@pytest.mark.parametrize("text", ["", LONG * 5, "x" * 3_000], ids=["no text", "text", "an endless word"])
def test_a_card_is_a_small_picture_within_its_margins(title: str, text: str) -> None:
    picture = card(title, text, NAME, ADDRESS)
    assert picture is not None
    assert len(picture) < 30_000
    assert picture == card(title, text, NAME, ADDRESS), "the same words give the same bytes"
    shown = Image.open(BytesIO(picture)).convert("L")
    assert shown.size == (WIDTH, HEIGHT)
    assert ink(shown, (80, 140, 1120, 250))
    assert not ink(shown, (1124, 0, WIDTH, HEIGHT))
    assert not ink(shown, (0, 0, 78, HEIGHT))
    assert not ink(shown, (80, HEIGHT - 120, 1120, HEIGHT - 104)), "above the line below"


@pytest.mark.parametrize("title", ["", " \n ", "الجسر", "港", "Port 港", "😀", "\U000e0041", "a\ufffe"], ids=ascii)
def test_what_has_other_letters_has_no_card(title: str) -> None:
    assert card(title, "", NAME, ADDRESS) is None


@pytest.mark.parametrize("other", ["港", "الجسر"])
def test_what_else_has_other_letters_is_left_out(other: str) -> None:
    assert card("Ferries", other, other, other) == card("Ferries", "", "", "")


def test_the_name_of_the_site_is_not_said_twice() -> None:
    assert ink(drawn("Ferries"), (80, 76, 1120, 120))
    assert not ink(drawn(NAME), (80, 76, 1120, 120))


@pytest.mark.parametrize(("text", "known"), [("‘a’ – “b” … c’s 5 €", True), ("", True), ("a\u200b", False)], ids=ascii)
def test_is_drawable(text: str, *, known: bool) -> None:
    assert is_drawable(text) is known


@pytest.mark.parametrize(
    ("kind", "url", "place"),
    [
        ("home", "", "index"),
        ("topic", "topics/bees/", "topics/bees"),
        ("topic", "topics/bees/2/", "topics/bees"),
        ("story", "stories/late-ferries/", "stories/late-ferries"),
        ("edition", "editions/2026-11-22/", "editions/2026-11-22"),
        ("new", "editions/2026-11-22/all/2/", "editions/2026-11-22"),
        ("article", "articles/late-ferries/", "index"),
        ("None", "about/", "index"),
    ],
)
def test_place_of(kind: str, url: str, place: str) -> None:
    assert card_key(kind, url) == place


PAGES: Mapping[str, Mapping[str, object]] = {
    "": {"kind": "home", "title": NAME, "description": "All of it."},
    "topics/bees/": {"kind": "topic", "title": "Bees &amp; honey", "description": "They hum."},
    "topics/bees/2/": {"kind": "topic", "title": "Bees &amp; honey, page 2", "description": "They hum."},
    "topics/bridge/": {"kind": "topic", "title": "الجسر", "description": "..."},
    "articles/one/": {"kind": "article", "title": "One", "topic": "Bees &amp; honey"},
    "articles/two/": {"kind": "article", "title": "Two"},
    "articles/three/": {"kind": "article", "title": "Three", "topic": "الجسر"},
    "about/": {"title": "About"},
}


def shared(pages: Mapping[str, Mapping[str, object]], folder: Path, name: str = NAME) -> dict[str, dict[str, object]]:
    sharing = CardSet(name, "https://example.org/post/", folder, {})
    for url, meta in pages.items():
        sharing.add_page(url, meta)
    return {url: sharing.card_of(url, meta) for url, meta in pages.items()}


def test_an_article_shows_the_picture_of_its_topic(tmp_path: Path) -> None:
    front = {"card": "cards/index.png", "card_title": NAME}
    bees = {"card": "cards/topics/bees.png", "card_title": "Bees & honey"}
    assert shared(PAGES, tmp_path) == {
        "": front,
        "topics/bees/": bees,
        "topics/bees/2/": bees,
        "topics/bridge/": front,
        "articles/one/": bees,
        "articles/two/": front,
        "articles/three/": front,
        "about/": front,
    }
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.png"))
    assert files == ["cards/index.png", "cards/topics/bees.png"]


def test_what_was_drawn_with_the_same_words_is_left_as_it_is(tmp_path: Path) -> None:
    def drawn(title: str, before: Mapping[str, str]) -> dict[str, str]:
        sharing = CardSet(NAME, "https://example.org/post/", tmp_path, before)
        meta = {"kind": "topic", "title": title}
        sharing.add_page("topics/bees/", meta)
        sharing.card_of("topics/bees/", meta)
        return sharing.drawn

    picture = tmp_path / "cards" / "topics" / "bees.png"
    before = drawn("Bees", {})
    picture.write_bytes(b"as it was left")
    assert drawn("Bees", before) == before
    assert picture.read_bytes() == b"as it was left"
    assert drawn("Wasps", before).keys() == before.keys()
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_where_nothing_can_be_drawn_no_page_says_that_it_has_a_picture(tmp_path: Path) -> None:
    pages = {"": {"kind": "home", "title": "港"}, "about/": {"title": "About"}}
    assert shared(pages, tmp_path, "港") == {"": {}, "about/": {}}
    assert list(tmp_path.rglob("*")) == []


def test_a_site_without_a_page_of_ours_shows_its_name(tmp_path: Path) -> None:
    assert shared({"about/": {"title": "About"}}, tmp_path)["about/"]["card_title"] == NAME
