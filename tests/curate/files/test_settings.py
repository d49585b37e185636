from __future__ import annotations

import pytest

from digestgen.curate.files.settings import DigestSettings, FeedSettings, read_settings
from digestgen.errors import InputError


def test_nothing_said_leaves_the_defaults() -> None:
    assert read_settings("", "digest.yml") == DigestSettings()


def test_reads_titles_and_homepages() -> None:
    settings = read_settings("title: Mine\nsources:\n  A & B: https://example.org/\n  C:\n", "digest.yml")
    assert settings.title == "Mine"
    assert settings.homepages == {"A & B": "https://example.org/"}


@pytest.mark.parametrize(
    ("text", "days"), [("", 60), ("quiet_after:", 60), ("quiet_after: 0", 0), ("quiet_after: 365", 365)]
)
def test_reads_when_a_topic_is_quiet(text: str, days: int) -> None:
    assert read_settings(text, "digest.yml").quiet_after == days


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("sources:\n  A: javascript:x", "digest.yml:2: A: “javascript:x” is not a web address", id="url"),
        pytest.param("quiet_after: a month", "digest.yml:1: quiet_after: “a month” is not a whole number", id="days"),
        pytest.param("quiet_after: -1", "digest.yml:1: quiet_after: “-1” is not a whole number", id="days below none"),
        pytest.param("sources: [A]", "digest.yml:1: sources: is a list where a mapping", id="kind"),
        pytest.param("titles: x", "digest.yml:1: unknown key “titles” (did you mean 'title'?)", id="key"),
    ],
)
def test_refuses(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_settings(text, "digest.yml")
    assert str(caught.value).startswith(message)


def test_what_is_wanted_of_feeds() -> None:
    settings = read_settings("feeds:\n  Gazette:\n    take: [storm]\n    full_text: true\n", "digest.yml")
    assert settings.feeds == {"Gazette": FeedSettings(take=("storm",), full_text=True)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("feeds: all\n", "digest.yml:1: feeds: is a single value where a mapping"),
        ("feeds:\n  Gazette: true\n", "digest.yml:2: is a single value where a mapping"),
        ("feeds:\n  Gazette:\n    takes: [x]\n", "digest.yml:3: unknown key “takes” (did you mean 'take'?)"),
        ("feeds:\n  Gazette:\n    take: x\n", "digest.yml:3: take: is a single value where a list belongs"),
        ("feeds:\n  Gazette:\n    full_text: yes\n", "digest.yml:3: full_text: “yes” is neither true nor false"),
    ],
)
def test_what_is_wrong_with_it(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_settings(text, "digest.yml")
    assert str(caught.value.problems[0]).startswith(message)
