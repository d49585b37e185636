"""``digest.yml``: settings of the digest as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from digestgen import fields, strict_yaml
from digestgen.curate.ledger.archives import Archives
from digestgen.errors import InputError, Problem
from digestgen.model import Publish

_KEYS = ("title", "description", "language", "publish", "sources", "quiet_after", "feeds", "archives")
_FEED_KEYS = ("take", "leave", "full_text")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """Settings of one feed."""

    take: tuple[str, ...] = ()
    """An item needs at least one of these words; empty: all items are taken."""
    leave: tuple[str, ...] = ()
    """An item must have none of these words."""
    full_text: bool = False
    """Whether to read the text from the item's page, for feeds that only have its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSettings:
    """Texts about the digest, and defaults for its seeds."""

    title: str = ""
    """Empty if not given, like the description."""
    description: str = ""
    language: str = "en"
    """Language of the site; the language of an article is detected from its text."""
    publish: Publish = Publish.SUMMARY
    quiet_after: int = 60
    """Days without articles after which a topic takes no newcomers; 0: never."""
    homepages: Mapping[str, str] = field(default_factory=dict)
    """Source name → homepage."""
    archives: Archives = field(default_factory=dict)
    feeds: Mapping[str, FeedSettings] = field(default_factory=dict)
    """Title in ``feeds.opml``, or URL, of a feed → its settings."""


def read_settings(text: str, name: str, default: DigestSettings | None = None) -> DigestSettings:
    """Parse the settings; raises InputError with all problems.

    ``name`` is the file's name, for messages; ``default`` applies to what is not given.
    """
    problems: list[Problem] = []
    top = strict_yaml.Fields(strict_yaml.parse(text, name), name, _KEYS, problems)
    default = default or DigestSettings()
    sources = top.mapping("sources")
    homepages = strict_yaml.Fields(strict_yaml.Mapping(sources, top.line), name, tuple(sources), problems)
    feeds = top.mapping("feeds")
    archives = top.mapping("archives")
    sites = strict_yaml.Fields(strict_yaml.Mapping(archives, top.line), name, tuple(archives), problems)
    quiet_after = top.value("quiet_after", fields.as_days)
    settings = DigestSettings(
        title=top.value("title", fields.as_text) or default.title,
        description=top.value("description", fields.as_text) or default.description,
        language=top.value("language", fields.as_language) or default.language,
        publish=top.value("publish", fields.as_publish) or default.publish,
        quiet_after=default.quiet_after if quiet_after is None else quiet_after,
        homepages={key: url for key in sources if (url := homepages.value(key, fields.as_url)) is not None},
        archives=_archives(sites, archives),
        feeds={key: _feed(strict_yaml.Fields(node, name, _FEED_KEYS, problems)) for key, (_, node) in feeds.items()},
    )
    if problems:
        raise InputError(problems)
    return settings


def _archives(sites: strict_yaml.Fields, days: Iterable[str]) -> Archives:
    found = {}
    for key in days:
        try:
            day = fields.as_publication_day(key)
        except ValueError as error:
            sites.report(sites.line_of(key), f"archives: {error}, the day on which the copy was made")
            continue
        site = sites.value(key, fields.as_url)
        if site is not None:
            found[day] = site.rstrip("/") + "/"
    return found


def _feed(entry: strict_yaml.Fields) -> FeedSettings:
    return FeedSettings(
        take=tuple(word for word, _ in entry.texts("take")),
        leave=tuple(word for word, _ in entry.texts("leave")),
        full_text=entry.value("full_text", fields.as_flag) or False,
    )
