"""Choose the card of each page, and draw each card once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from digestgen.site.cards import FOLDER, FRONT, card, card_key


class CardSet:
    """Cards of one build; cards that no page shows are not drawn."""

    def __init__(self, name: str, url: str, site: Path, before: Mapping[str, str]) -> None:
        """``before`` maps existing cards to hashes, like ``drawn``."""
        self._name = name
        self._address = url.partition("://")[2].rstrip("/")
        self._site = site
        self._words: dict[str, tuple[str, str]] = {FRONT: (name, "")}
        """Card → title and text."""
        self._topics: dict[str, str] = {}
        """Label → card."""
        self._before = before
        self._drawn: dict[str, str] = {}
        """Card → hash of the words on it; empty if it cannot be drawn."""

    @property
    def drawn(self) -> dict[str, str]:
        """Cards that exist, with a hash of the words on them."""
        return {place: words for place, words in self._drawn.items() if words}

    def add_page(self, url: str, meta: Mapping[str, object]) -> None:
        """Register a page with its front matter."""
        kind = str(meta.get("kind"))
        place = card_key(kind, url)
        if url.rstrip("/") == place or kind == "home":
            title, text = (unescape(str(meta.get(key) or "")) for key in ("title", "description"))
            self._words[place] = (title, text)
            if kind == "topic":
                self._topics[title] = place

    def card_of(self, url: str, meta: Mapping[str, object]) -> dict[str, object]:
        """Draw the card of a page; return front matter about it, empty if there is none.

        Articles show the card of their topic; pages without a card that can be drawn show that of the front page.
        """
        kind = str(meta.get("kind"))
        topic = self._topics.get(unescape(str(meta.get("topic") or "")), FRONT)
        for place in (topic if kind == "article" else card_key(kind, url), FRONT):
            if self._draw(place):
                return {"card": f"{FOLDER}/{place}.png", "card_title": self._words[place][0]}
        return {}

    def _draw(self, place: str) -> bool:
        if place not in self._drawn:
            self._drawn[place] = self._drawn_hash(*self._words[place], place) if place in self._words else ""
        return bool(self._drawn[place])

    def _drawn_hash(self, title: str, text: str, place: str) -> str:
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
