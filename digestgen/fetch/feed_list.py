"""The feeds that a digest follows: an OPML file, with settings from ``digest.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digestgen.curate.files.settings import FeedSettings
from digestgen.errors import InputError, Problem
from digestgen.fetch.canonical import address_key, host_of
from digestgen.fetch.opml import read_opml
from digestgen.fields import as_url, quoted, suggestion_or_known
from digestgen.seed_kinds import FEEDS_NAME
from digestgen.slugs import unique_slugs

LIST_NAME = FEEDS_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedFeed:
    """A feed to pull."""

    name: str
    """Prefix of its files: letters, digits and hyphens."""
    title: str
    """As in the list; the source of its articles."""
    url: str
    line: int
    """Of the list."""
    settings: FeedSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """The usable feeds in order, and what is wrong with the others."""

    feeds: tuple[FollowedFeed, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


def read_feed_list(text: str, settings: Mapping[str, FeedSettings], settings_name: str) -> FeedList:
    """Read the feeds in an OPML file. Raises InputError if it cannot be read or has none."""
    problems: list[Problem] = []
    notices: list[Problem] = []
    found: dict[str, tuple[str, str, int]] = {}
    for outline in read_opml(text, LIST_NAME):
        if not outline.feed:
            continue
        try:
            url = as_url(outline.feed)
        except ValueError as error:
            problems.append(Problem(LIST_NAME, outline.line, f"xmlUrl: {error}"))
            continue
        key = address_key(url) or url
        if key in found:
            notices.append(Problem(LIST_NAME, outline.line, f"{url} is in line {found[key][2]} already"))
            continue
        found[key] = (outline.title or host_of(url), url, outline.line)
    if not found:
        none = Problem(LIST_NAME, None, "names no feed: there is no outline with an xmlUrl that can be used")
        raise InputError([*problems, none])
    entries = list(found.values())
    names = unique_slugs([(title, host_of(url)) for title, url, _ in entries])
    feeds = tuple(
        FollowedFeed(
            name=name,
            title=title,
            url=url,
            line=line,
            settings=settings.get(url) or settings.get(title) or FeedSettings(),
        )
        for name, (title, url, line) in zip(names, entries, strict=True)
    )
    known = [name for feed in feeds for name in (feed.title, feed.url)]
    notices += (
        Problem(
            settings_name,
            None,
            f"feeds: {quoted(name)} is no feed of {LIST_NAME}{suggestion_or_known(name, known[:10])}",
        )
        for name in settings
        if name not in known
    )
    return FeedList(feeds=feeds, problems=tuple(problems), notices=tuple(notices))
