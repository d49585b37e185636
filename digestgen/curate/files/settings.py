"""``digest.yml``: what the curator says of the digest as a whole."""

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
    """What the curator wants of one feed."""

    take: tuple[str, ...] = ()
    """Words of which an item must have one; none: all items are taken."""
    leave: tuple[str, ...] = ()
    """Words of which an item may have none."""
    full_text: bool = False
    """Whether the text is read from the page that an item leads to, since the feed has only its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSettings:
    """The digest's own words, and the defaults for its seeds."""

    title: str = ""
    """Empty where it is not said, as the description."""
    description: str = ""
    language: str = "en"
    """Of the site; an article's own language is found out from its text."""
    publish: Publish = Publish.SUMMARY
    quiet_after: int = 60
    """Days after which a topic that nothing came to takes no newcomers; 0: never."""
    homepages: Mapping[str, str] = field(default_factory=dict)
    """Source name → homepage."""
    archives: Archives = field(default_factory=dict)
    feeds: Mapping[str, FeedSettings] = field(default_factory=dict)
    """A feed's title in ``feeds.opml``, or its address → what is wanted of it."""


def read_settings(text: str, name: str, default: DigestSettings | None = None) -> DigestSettings:
    """The settings in ``text``; raises InputError with everything that is wrong with it.

    ``name`` is the file's name, for messages; ``default`` is what holds where the text is silent.
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


def _feed(told: strict_yaml.Fields) -> FeedSettings:
    return FeedSettings(
        take=tuple(word for word, _ in told.texts("take")),
        leave=tuple(word for word, _ in told.texts("leave")),
        full_text=told.value("full_text", fields.as_flag) or False,
    )
