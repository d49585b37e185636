"""``digestgen pull``: append new items from the feeds in ``feeds.opml`` to JSON seeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from digestgen.charsets import text_of
from digestgen.curate.files.settings import DigestSettings, read_settings
from digestgen.decode import decode
from digestgen.errors import InputError, Problem
from digestgen.fetch.canonical import without_tracking
from digestgen.fetch.client import Client
from digestgen.fetch.content_sniffing import is_feed, linked_feed, resolve_link, seed_name
from digestgen.fetch.existing_articles import DEFAULTS
from digestgen.fetch.feed_items import FeedItem, feed_items, truncated
from digestgen.fetch.feed_list import LIST_NAME, FeedList, FollowedFeed, read_feed_list
from digestgen.fetch.feed_state import STATE_NAME, FeedState
from digestgen.fetch.item_files import ENDING, ItemAction, ItemFiles
from digestgen.fetch.parallel import ordered_map
from digestgen.fetch.result import Document, FetchError, Validators
from digestgen.ingest.draft import Draft
from digestgen.ingest.read import draft_seed
from digestgen.lock import exclusive
from digestgen.model import Seed
from digestgen.seed_folder import LARGEST_FILE, SETTINGS_NAME
from digestgen.writer import save

FOLDER = "feeds"
"""Within the seeds folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedResult:
    """The result for one feed."""

    feed: str
    """Its title."""
    url: str
    added: int = 0
    updated: int = 0
    unchanged: bool = False
    """Whether the server says that nothing has changed."""
    problem: str | None = None
    """Why it could not be pulled, or not completely."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PullResult:
    """The result for all feeds."""

    feeds: tuple[FeedResult, ...]
    files: tuple[Path, ...]
    """Those that were written."""
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """Whether all feeds failed."""
        return all(feed.problem is not None for feed in self.feeds)


def pull(seeds: Path, client: Client, *, today: date, tell: Callable[[FeedResult, int], object]) -> PullResult:
    """Pull every feed; ``tell`` is called with each result and the number of feeds.

    Raises InputError if the feed list is missing, or if it, the settings or the folder cannot be used.
    """
    listed = _feed_list(seeds)
    with exclusive(seeds / FOLDER):
        files = _item_files(seeds / FOLDER, today)
        state = FeedState(seeds / STATE_NAME)
        puller = _FeedPuller(client, files, state)
        done: list[FeedResult] = []
        written: list[Path] = []
        requests = [
            (feed.url, state.validators(feed.url, feed.settings, files.texts_of(feed.name))) for feed in listed.feeds
        ]
        documents = ordered_map(lambda one: _fetch(client, *one), requests, client.close)
        for feed, document in zip(listed.feeds, documents, strict=True):
            result = puller.store(feed, document)
            # Save after each feed, so that an interruption keeps what is done.
            for name, text in files.changed().items():
                save(seeds / FOLDER / name, text)
                files.saved(name)
                written.append(seeds / FOLDER / name)
            done.append(result)
            tell(result, len(listed.feeds))
        state.save({feed.url for feed in listed.feeds})
    return PullResult(
        feeds=tuple(done),
        files=tuple(dict.fromkeys(written)),
        problems=(*listed.problems, *files.problems),
        notices=listed.notices,
    )


class _FeedPuller:
    def __init__(self, client: Client, files: ItemFiles, state: FeedState) -> None:
        self._client = client
        self._files = files
        self._state = state

    def store(self, feed: FollowedFeed, document: Document | FetchError) -> FeedResult:
        """Put a fetched feed into its files."""
        result = FeedResult(feed=feed.title, url=feed.url)
        try:
            if isinstance(document, FetchError):
                raise document
            if document.unchanged:
                return replace(result, unchanged=True, notes=_moved(feed, document))
            items, notes = self._items(feed, document)
        except FetchError as error:
            return replace(result, problem=f"{error}{_remedy(feed, str(error))}")
        except Exception as error:  # noqa: BLE001 -- a fault of ours in one feed must not cost the others
            return replace(result, problem=f"made digestgen fail ({type(error).__name__}); please report it")
        items, unread, missing = self._with_full_texts(feed, items)
        notes = (*_moved(feed, document), *notes, *unread)
        actions = [self._files.put(item, feed.name) for item in items]
        notes += tuple(
            f"{self._files.place(item)} is as you edited it; the feed has changed “{item.title or item.id}” since"
            for item, action in zip(items, actions, strict=True)
            if action is ItemAction.EDITED
        )
        held = actions.count(ItemAction.HELD_BACK)
        if held or missing:
            self._state.forget(feed.url)
        else:
            self._state.remember(feed.url, document.validators, feed.settings, self._files.texts_of(feed.name))
        return replace(
            result,
            added=actions.count(ItemAction.NEW),
            updated=actions.count(ItemAction.UPDATED),
            problem=f"has {held} {'item that waits' if held == 1 else 'items that wait'} until its file is fixed"
            if held
            else None,
            notes=notes,
        )

    def _items(self, feed: FollowedFeed, document: Document) -> tuple[tuple[FeedItem, ...], tuple[str, ...]]:
        text = text_of(document.body, document.charset)
        if not is_feed(text):
            hint = linked_feed(text)
            where = resolve_link(document.url, hint) if hint else None
            raise FetchError(f"is no feed{f', but a page whose feed is {where}' if where else ''}")
        found = draft_seed(Seed(name=seed_name(document.url, document.media_type, text), text=text), DEFAULTS)
        if not found.drafts and found.problems:
            raise FetchError(found.problems[0].message)
        drafts = [_with_address(draft, document.url) for draft in found.drafts]
        return feed_items(drafts, feed), tuple(problem.message for problem in found.problems)

    def _with_full_texts(
        self, feed: FollowedFeed, items: Sequence[FeedItem]
    ) -> tuple[tuple[FeedItem, ...], tuple[str, ...], bool]:
        """The items with the full texts of their pages, if that is enabled and there is something to write.

        An item whose page fails keeps its existing line until another time; the last value tells whether there is one.
        """
        if not feed.settings.full_text:
            return tuple(items), (), False
        actions = {item.id: self._files.action(item, feed.name) for item in items}
        wanting = [item for item in items if item.url and actions[item.id] in {ItemAction.NEW, ItemAction.UPDATED}]
        whole = {item.id: item for item in items}
        notes: list[str] = []
        missing = False
        for item, document in zip(wanting, ordered_map(self._fetch_page, wanting, self._client.close), strict=True):
            if isinstance(document, Document):
                paragraphs = truncated(_page_text(document))
                if len(" ".join(paragraphs)) > len(" ".join(item.paragraphs)):
                    whole[item.id] = replace(item, paragraphs=paragraphs)
            elif actions[item.id] is ItemAction.UPDATED:
                notes.append(f"{item.url} {document}; what is there of it stays")
                del whole[item.id]
                missing = True
            else:
                notes.append(f"{item.url} {document}; its text is what the feed has")
        return tuple(whole.values()), tuple(notes), missing

    def _fetch_page(self, item: FeedItem) -> Document | FetchError:
        return _fetch(self._client, item.url or "", None)


def _fetch(client: Client, url: str, known: Validators | None) -> Document | FetchError:
    try:
        return client.get(url, known)
    except FetchError as error:
        return error


def _page_text(document: Document) -> tuple[str, ...]:
    text = text_of(document.body, document.charset)
    try:
        drafts = draft_seed(Seed(name=seed_name(document.url, document.media_type, text), text=text), DEFAULTS).drafts
    except Exception:  # noqa: BLE001 -- then the feed's own text has to do
        return ()
    return tuple(drafts[0].paragraphs) if len(drafts) == 1 else ()


def _with_address(draft: Draft, url: str) -> Draft:
    own = resolve_link(url, draft.url) if draft.url else None
    return replace(draft, url=without_tracking(own) if own else None)


def _moved(feed: FollowedFeed, document: Document) -> tuple[str, ...]:
    if document.moved is None:
        return ()
    return (f"has moved for good to {document.moved}; write that as its xmlUrl in {LIST_NAME}:{feed.line}",)


def _remedy(feed: FollowedFeed, message: str) -> str:
    return f"; take it out of {LIST_NAME}:{feed.line}" if message.startswith("is gone") else ""


def _feed_list(seeds: Path) -> FeedList:
    path = seeds / LIST_NAME
    if not path.exists():
        message = "is not there; export the feeds that you read from your reader as OPML, and put the file here"
        raise InputError([Problem(str(path), None, message)])
    settings = DigestSettings()
    if (seeds / SETTINGS_NAME).exists():
        settings = read_settings(_text(seeds / SETTINGS_NAME), SETTINGS_NAME)
    return read_feed_list(text_of(_bytes(path)), settings.feeds, SETTINGS_NAME)


def _item_files(folder: Path, today: date) -> ItemFiles:
    texts: dict[str, str] = {}
    unreadable: list[Problem] = []
    for path in sorted(folder.glob(f"*{ENDING}")):
        try:
            texts[path.name] = _text(path)
        except InputError as error:
            unreadable += (
                replace(problem, message=f"{problem.message}; the file is left alone until this is fixed")
                for problem in error.problems
            )
    return ItemFiles(texts, today, unreadable)


def _text(path: Path) -> str:
    decoded = decode(_bytes(path), path.name)
    if decoded.problems:
        raise InputError(decoded.problems)
    return decoded.text


def _bytes(path: Path) -> bytes:
    try:
        if path.is_symlink() or not path.is_file():
            raise InputError([Problem(path.name, None, "is not a regular file; put the file itself here")])
        if path.stat().st_size > LARGEST_FILE:
            raise InputError([Problem(path.name, None, f"is larger than {LARGEST_FILE >> 20} MB")])
        return path.read_bytes()
    except OSError as error:
        raise InputError([Problem(path.name, None, f"cannot be read: {error.strerror}")]) from None
