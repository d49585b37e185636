"""What a page is shared with: which picture it shows, drawn once for all pages that show it."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from pathlib import Path

from digestgen.site.cards import FOLDER, FRONT, card, place_of


class Sharing:
    """The pictures of one build, by the pages that they stand for; those that nobody shows are not drawn."""

    def __init__(self, name: str, url: str, site: Path) -> None:
        self._name = name
        self._address = url.partition("://")[2].rstrip("/")
        self._site = site
        self._words: dict[str, tuple[str, str]] = {FRONT: (name, "")}
        """Place → title and text."""
        self._topics: dict[str, str] = {}
        """Label → place."""
        self._drawn: dict[str, bool] = {}

    def note(self, url: str, meta: Mapping[str, object]) -> None:
        """A page that the site has, with its front matter."""
        kind = str(meta.get("kind"))
        place = place_of(kind, url)
        if url.rstrip("/") == place or kind == "home":
            title, text = (unescape(str(meta.get(key) or "")) for key in ("title", "description"))
            self._words[place] = (title, text)
            if kind == "topic":
                self._topics[title] = place

    def picture(self, url: str, meta: Mapping[str, object]) -> dict[str, object]:
        """What the front matter of a page says of its picture, which is drawn; nothing where there is none.

        An article shows that of its topic, and what has no picture, or none that can be drawn, that of the front page.
        """
        kind = str(meta.get("kind"))
        topic = self._topics.get(unescape(str(meta.get("topic") or "")), FRONT)
        for place in (topic if kind == "article" else place_of(kind, url), FRONT):
            if self._draw(place):
                return {"card": f"{FOLDER}/{place}.png", "card_title": self._words[place][0]}
        return {}

    def _draw(self, place: str) -> bool:
        if place not in self._drawn:
            picture = card(*self._words[place], self._name, self._address) if place in self._words else None
            if picture:
                path = self._site / FOLDER / f"{place}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(picture)
            self._drawn[place] = picture is not None
        return self._drawn[place]
