"""What a page is shared with: which picture it shows, drawn once for all pages that show it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from digestgen.site.cards import FOLDER, FRONT, card, place_of


class Sharing:
    """The pictures of one build, by the pages that they stand for; those that nobody shows are not drawn."""

    def __init__(self, name: str, url: str, site: Path, before: Mapping[str, str]) -> None:
        """``before`` has what was drawn already and is still there, as ``drawn`` has it."""
        self._name = name
        self._address = url.partition("://")[2].rstrip("/")
        self._site = site
        self._words: dict[str, tuple[str, str]] = {FRONT: (name, "")}
        """Place → title and text."""
        self._topics: dict[str, str] = {}
        """Label → place."""
        self._before = before
        self._drawn: dict[str, str] = {}
        """Place → hash of the words on its picture; empty where there is none."""

    @property
    def drawn(self) -> dict[str, str]:
        """The places that have a picture, each with a hash of the words on it."""
        return {place: words for place, words in self._drawn.items() if words}

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
            self._drawn[place] = self._picture_of(*self._words[place], place) if place in self._words else ""
        return bool(self._drawn[place])

    def _picture_of(self, title: str, text: str, place: str) -> str:
        words = json.dumps([title, text, self._name, self._address])
        known = hashlib.sha256(words.encode()).hexdigest()
        if self._before.get(place) == known:
            return known
        picture = card(title, text, self._name, self._address)
        if picture is None:
            return ""
        path = self._site / FOLDER / f"{place}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture)
        return known
