"""HTTP validators of each feed's last response, for conditional requests; safe to delete."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from digestgen.curate.files.settings import FeedSettings
from digestgen.fetch.result import Validators
from digestgen.writer import save

STATE_NAME = ".feeds.json"


class FeedState:
    """Validators by feed address, valid as long as the feed's settings and files are unchanged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, dict[str, str]] = {}
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            for url, stored in said.items() if isinstance(said, dict) else ():
                if isinstance(stored, dict) and all(isinstance(value, str) for value in stored.values()):
                    self._known[url] = stored
        except (OSError, ValueError, RecursionError):
            pass  # without it, every feed is fetched whole

    def validators(self, url: str, settings: FeedSettings, files: Mapping[str, str]) -> Validators | None:
        """The validators for a conditional request; None if the feed must be fetched in full."""
        stored = self._known.get(url, {})
        if stored.get("holds") != _hash_of_files(settings, files):
            return None
        return Validators(etag=stored.get("etag"), last_modified=stored.get("last_modified"))

    def remember(self, url: str, validators: Validators, settings: FeedSettings, files: Mapping[str, str]) -> None:
        """Store the validators of a feed whose items are all in ``files``."""
        stored = {key: value for key, value in asdict(validators).items() if value}
        if stored:
            self._known[url] = {**stored, "holds": _hash_of_files(settings, files)}
        else:
            self.forget(url)

    def forget(self, url: str) -> None:
        """Fetch a feed in full the next time."""
        self._known.pop(url, None)

    def save(self, urls: set[str]) -> None:
        """Save what is known of these feeds. Raises InputError if that cannot be written."""
        known = {url: stored for url, stored in sorted(self._known.items()) if url in urls}
        if known or self._path.exists():
            save(self._path, json.dumps(known, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def _hash_of_files(settings: FeedSettings, files: Mapping[str, str]) -> str:
    said = json.dumps([asdict(settings), sorted(files.items())], ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
