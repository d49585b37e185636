"""What an edition shows, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from textwrap import indent

import pytest

from digestgen.model import Digest, EditionText
from digestgen.publish.issues import FROM_ONE_TOPIC, STORIES_SHOWN, issues
from digestgen.publish.site import make_site
from publish.rendered import pages_of
from publish.sample import SAMPLE, article, digest, entry, story, topic

FIRST, SECOND, THIRD = date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 15)


def told(
    number: int, source: str | None, *, first: date = SECOND, of: str = "", place: str | None = "harbour"
) -> object:
    """An article of a story, by a source, first seen on a day."""
    made = article(number, f"Title {number}", f"Something happened, said witness {number}.", source=source)
    return entry(made, topic=place, story=of or f"title-{number}", first=first, new=first == THIRD)


def of_stories(*parts: list[object], **changes: object) -> Digest:
    stories = tuple(replace(story("Title", *(each.article.id for each in part)), slug=part[0].story) for part in parts)
    harbour = topic("Harbour", stories, slug="harbour")
    days = sorted({each.first for part in parts for each in part})
    return digest(*(each for part in parts for each in part), topics=(harbour,), editions=tuple(days), **changes)


def leads(made: Digest, number: int = -1) -> list[str]:
    return [report.lead for report in issues(make_site(made))[number].stories]


def test_two_sources_lead_before_many_articles_of_one() -> None:
    loud = [told(n, "Herald", of="loud") for n in range(1, 7)]
    heard = [told(7, "Herald", of="heard"), told(8, "Gazette", of="heard")]
    assert leads(of_stories(loud, heard)) == ["a07", "a01"]


def test_what_several_told_before_leads_before_what_nobody_did() -> None:
    known = [told(1, "Herald", of="known", first=FIRST), told(2, "Gazette", of="known")]
    alone = [told(3, "Courier")]
    assert leads(of_stories(alone, known)) == ["a02", "a03"]


def test_what_the_curator_pinned_leads() -> None:
    heard = [told(7, "Herald", of="heard"), told(8, "Gazette", of="heard")]
    pinned = [replace(told(1, "Herald"), pinned=True)]
    assert leads(of_stories(heard, pinned)) == ["a01", "a07"]


def said(**word: object) -> dict[str, object]:
    """What the editor says of the second edition."""
    return {"edition_words": {SECOND: EditionText(**word)}}


def test_what_the_editor_puts_first_leads_in_that_order() -> None:
    parts = [[told(n, source, of="heard") for n, source in ((1, "Herald"), (2, "Gazette"))]]
    parts += [[told(n, "Herald", place=None)] for n in range(3, 20)]
    made = of_stories(*parts[:1], **said(lead=("a12", "a02", "a11")))
    alone = tuple(part[0] for part in parts[1:])
    made = replace(made, entries=(*made.entries, *alone), shelf=tuple(each.article.id for each in alone))
    assert leads(made)[:3] == ["a12", "a02", "a11"], "and a story by the article that was named for it"
    assert len(leads(made)) == STORIES_SHOWN


def test_the_editor_may_tell_more_of_one_topic_than_the_ranking() -> None:
    alone = [[told(n, "Herald")] for n in range(1, 30)]
    chosen = tuple(f"a{n:02}" for n in range(5, 18))
    assert leads(of_stories(*alone, **said(lead=chosen))) == [*chosen]


def test_a_name_of_another_edition_leads_nothing() -> None:
    made = of_stories([told(1, "Herald", first=FIRST)], [told(2, "Herald")], **said(lead=("a01", "a99")))
    assert leads(made) == ["a02"]


def test_what_the_editor_leaves_out_is_new_all_the_same() -> None:
    made = of_stories(
        [told(1, "Herald", first=FIRST)], [told(2, "Herald")], [told(3, "Gazette")], **said(left_out=("a03",))
    )
    issue = issues(make_site(made))[-1]
    assert ([report.lead for report in issue.stories], issue.further) == (["a02"], ())
    assert {each.article.id for each in issue.articles} == {"a02", "a03"}
    assert "Title 3" not in pages_of(made)["editions/2026-11-08.md"]
    assert "Title 3" in pages_of(made)["editions/2026-11-08/all.md"]


def test_a_letter_stands_on_the_front_page_while_it_is_the_latest_and_on_its_own_for_ever() -> None:
    letter = "See [it](topics/harbour.md#y), [this][1], [there](https://example.net/(a)), `[x](y.md)`.\n\n[1]: index.md"
    made = of_stories(
        [told(1, "Herald", first=FIRST)], [told(2, "Herald")], **said(title="The <b> ferry", letter=letter)
    )
    pages = pages_of(made)
    assert f"- ## The &#60;b&#62; ferry {{#_letter-1 .letter}}\n\n{indent(letter, '    ')}\n" in pages["index.md"]
    page = pages["editions/2026-11-08.md"]
    assert "\n# The &#60;b&#62; ferry {#_top}\n" in page
    assert "## From the editor {#_letter-1 .letter}" in page
    assert "[it](../topics/harbour.md#y), [this][1], [there](https://example.net/(a)), `[x](y.md)`" in page
    assert "\n    [1]: ../index.md\n" in page
    assert "[The &#60;b&#62; ferry](2026-11-08.md)" in pages["editions/index.md"]
    later = of_stories([told(1, "Herald")], [told(3, "Herald", first=THIRD)], **said(letter="Dear readers."))
    assert "Dear readers" not in pages_of(later)["index.md"]
    assert "Dear readers" in pages_of(later)["editions/2026-11-08.md"]


def test_a_letter_counts_in_what_there_is_to_read() -> None:
    made = of_stories([told(1, "Herald")], **said(letter="word " * 2300))
    assert issues(make_site(made))[-1].minutes == 10


def test_a_note_in_an_issue_leads_where_it_does_on_its_own_page() -> None:
    made = of_stories([replace(told(1, "Herald"), note="See [it](../topics/harbour.md) and [here](#x).")])
    assert "See [it](topics/harbour.md) and [here](articles/title-1.md#x)." in pages_of(made)["index.md"]


def test_the_leading_story_quotes_two_sources() -> None:
    heard = [told(7, "Herald", of="heard"), told(8, "Gazette", of="heard")]
    (report,) = issues(make_site(of_stories(heard)))[-1].stories
    assert [cited.article for cited in report.cited] == ["a07"], "they say nearly the same"
    other = article(9, "Cranes stop", "Cranes stood still all night because of strong wind.", source="Gazette")
    heard[1] = entry(other, topic="harbour", story="heard", first=SECOND)
    (report,) = issues(make_site(of_stories(heard)))[-1].stories
    assert [cited.article for cited in report.cited] == ["a07", "a09"]
    assert report.sources == ("a07", "a09")
    assert report.more == 1


def test_no_topic_takes_all_the_room_and_every_article_is_named_or_counted() -> None:
    alone = [[told(n, "Herald")] for n in range(1, 30)]
    (issue,) = issues(make_site(of_stories(*alone)))
    assert len(issue.stories) == FROM_ONE_TOPIC < STORIES_SHOWN
    (rest,) = issue.further
    assert len(rest.articles) == 29 - FROM_ONE_TOPIC
    assert not issue.complete


def test_each_edition_keeps_its_page_and_knows_its_neighbours() -> None:
    made = of_stories([told(1, "Herald", first=FIRST)], [told(2, "Herald")], [told(3, "Herald", first=THIRD)])
    found = issues(make_site(made))
    assert [(issue.number, issue.day, issue.before, issue.after) for issue in found] == [
        (1, FIRST, None, SECOND),
        (2, SECOND, FIRST, THIRD),
        (3, THIRD, SECOND, None),
    ]
    pages = pages_of(made)
    assert {"editions/2026-11-01.md", "editions/2026-11-08.md", "editions/2026-11-15.md"} <= pages.keys()
    assert "Title 2" in pages["editions/2026-11-08.md"]
    assert "Title 3" not in pages["editions/2026-11-08.md"]
    assert "Title 3" in pages["index.md"]
    assert pages["editions/index.md"].index("15 November") < pages["editions/index.md"].index("1 November")


def test_an_edition_of_which_all_was_withdrawn_says_so_and_the_front_page_shows_the_one_before() -> None:
    made = replace(of_stories([told(1, "Herald", first=FIRST)]), editions=(FIRST, SECOND))
    pages = pages_of(made)
    assert "was withdrawn since" in pages["editions/2026-11-08.md"]
    assert "Title 1" in pages["index.md"]
    assert "No. 1" in pages["index.md"]


@pytest.mark.parametrize("later", [0, 40], ids=["all on the page", "more than fits"])
def test_what_does_not_fit_is_listed_by_topic(later: int) -> None:
    parts = [[told(1, "Herald", first=FIRST)], *([told(n, "Herald")] for n in range(2, 3 + later))]
    pages = pages_of(of_stories(*parts))
    listed = pages.get("editions/2026-11-08/all.md")
    assert (listed is not None) == bool(later)
    assert listed is None or all(f"Title {n}]" in listed for n in range(2, 3 + later))


def test_a_reprint_is_nothing_new() -> None:
    (issue,) = issues(make_site(SAMPLE))
    assert "a03" not in {each.article.id for each in issue.articles}


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://example.org/7", '[Herald](https://example.org/7){aria-label="The original at Herald"}'),
        ("https://reader:secret@example.org/7", "[Herald](sources/herald.md)"),
        ("javascript:alert(1)", "[Herald](sources/herald.md)"),
        (None, "[Herald](sources/herald.md)"),
    ],
    ids=["an original", "an address with a password", "no web address", "none"],
)
def test_a_source_leads_to_its_original_else_to_its_page(url: str | None, line: str) -> None:
    told_of = told(7, "Herald", of="heard")
    heard = [replace(told_of, article=replace(told_of.article, url=url)), told(8, "Gazette", of="heard")]
    assert f" · {line} · " in pages_of(of_stories(heard))["index.md"]


def test_what_leads_to_more_says_of_what() -> None:
    heard = [told(7, "Herald", of="heard"), told(8, "Gazette", of="heard")]
    rendered = pages_of(of_stories(heard))["index.md"]
    assert '[1 more article](topics/harbour.md#heard){aria-label="1 more article: Title 7"}' in rendered
    assert '[Herald](articles/title-7.md){.mark aria-label="Herald: Title 7"}' in rendered
