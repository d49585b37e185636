from __future__ import annotations

import pytest

from digestgen.curate.settings import DigestSettings, read_settings
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
