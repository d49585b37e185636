"""The edition as a mail: the page of the issue, in two forms that say the same; short, safe, always the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.language.text import clean_line
from digestgen.model import Digest, EditionText, Entry
from digestgen.publish.issues import OTHERS_SHOWN, STORIES_SHOWN, TITLES_SHOWN, TOPICS_SHOWN, issues
from digestgen.publish.mail.edition_mail import LIMITS, MAX_HTML_BYTES, Mail, mail
from digestgen.publish.site import make_site
from digestgen.publish.wording import title_of
from digestgen.slugs import slug
from publish.hostile import HOSTILE
from publish.sample import ENTRIES, SAMPLE, article, digest, entry, sources, story, topic

URL = "https://example.org/news/"
BEFORE, AFTER = date(2026, 11, 15), date(2026, 11, 22)
UNSEEN = (*range(32), *range(127, 160), *range(0x2028, 0x202F), *range(0x2066, 0x206A))
"""What no curator's file may hold."""
VOID = {"meta", "br", "hr"}
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "span", "br", "h1", "h2", "h3"),
    *("p", "blockquote", "ul", "ol", "li", "a", "strong", "em", "code", "pre", "hr"),
}
ATTRIBUTES = {"lang", "dir", "charset", "name", "content", "class", "style", "role", "href", "start"}


class Page(HTMLParser):
    """A mail as a reader's program sees it; fails where a tag is not closed, or is none of ours."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.headings: list[tuple[str, str]] = []
        self.styles: set[str] = set()
        self.words: list[str] = []
        assert text.startswith("<!doctype html>\n")
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert dict(attrs).keys() <= ATTRIBUTES
        assert len(dict(attrs)) == len(attrs)
        self.styles.add(dict(attrs).get("style") or "")
        if tag == "a":
            self.links.append((dict(attrs)["href"] or "", ""))
        if tag in {"h1", "h2", "h3"}:
            self.headings.append((tag, ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"style", "title"}:
            return
        for kept in (self.links, self.headings):
            if kept and set(self.open) & ({"a"} if kept is self.links else {"h1", "h2", "h3"}):
                kept[-1] = (kept[-1][0], kept[-1][1] + data)
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        assert re.fullmatch(r"\[if mso\]><(table|/td).*<!\[endif\]", data)

    @property
    def text(self) -> str:
        return clean_line(" ".join(self.words))


def seen(shown: Digest, *fresh: str, day: date = AFTER) -> Digest:
    """The digest, on a site, in which the articles of these ids are new, and all others and the topics are not."""
    new = set(fresh)
    return replace(
        shown,
        url=URL,
        entries=tuple(replace(one, first=day if one.article.id in new else BEFORE) for one in shown.entries),
        topics=tuple(replace(one, first=BEFORE) for one in shown.topics),
    )


def everything(shown: Digest) -> Digest:
    return seen(shown, *(one.article.id for one in shown.entries))


def made(shown: Digest, since: date | None = BEFORE) -> Mail:
    found = mail(shown, since)
    assert found is not None
    return found


def headings(shown: Digest, since: date | None = BEFORE) -> list[str]:
    return [text for level, text in Page(made(shown, since).html).headings if level != "h1"]


@cache
def usual() -> Mail:
    return made(everything(SAMPLE))


def many(stories: int, topics: int = 1, *, each: int = 1, shelf: int = 0) -> Digest:
    """A digest of so many topics of so many stories of so many new articles each."""
    entries: list[Entry] = []
    told = []
    for name in (f"Topic {number}" for number in range(topics)):
        parts = []
        for part in range(stories):
            keys = []
            for _ in range(each):
                number = len(entries)
                entries.append(
                    entry(article(number, f"Title {number}", f"Said in {number}."), slug=f"s{number}", topic=slug(name))
                )
                keys.append(entries[-1].article.id)
            parts.append(story(f"{name} {part}", *keys))
        told.append(topic(name, tuple(parts)))
    start = len(entries)
    entries += [
        entry(article(start + number, f"Lone {number}", "So it is."), slug=f"l{number}") for number in range(shelf)
    ]
    return everything(digest(*entries, topics=tuple(told)))


def test_it_tells_the_issue_in_its_order_and_nothing_else() -> None:
    new = seen(SAMPLE, "a02", "a06", "a12")
    (before, issue) = issues(make_site(new))
    titles = {one.article.id: title_of(one) for one in new.entries}
    assert headings(new) == ["Stories", *(titles[report.lead] for report in issue.stories), "That is all"]
    found = made(new)
    assert (found.day, found.name, found.articles, found.stories) == (AFTER, "No. 2", 3, 3)
    assert found.subject == f"Week 43, No. 2: {titles[issue.stories[0].lead]}"
    assert "No. 2 · 22 November 2026" in Page(found.html).text
    assert "3 stories, 1 minute · 3 new articles" in Page(found.html).text
    for report in issue.stories:
        assert all(cited.sentence in Page(found.html).text for cited in report.cited)
    assert not {title_of(one) for one in before.articles} & set(headings(new))


@pytest.mark.parametrize(
    ("fresh", "since"),
    [((), BEFORE), (("a01",), AFTER), (("a03",), BEFORE)],
    ids=["no article", "none since", "a reprint of what was there"],
)
def test_nothing_new_is_no_mail(fresh: tuple[str, ...], since: date) -> None:
    assert mail(seen(SAMPLE, *fresh), since) is None


@pytest.mark.parametrize("since", [None, BEFORE])
def test_an_edition_of_which_all_was_withdrawn_is_no_mail(since: date | None) -> None:
    assert mail(replace(seen(SAMPLE), editions=(BEFORE, AFTER)), since) is None


def test_an_empty_digest_is_no_mail() -> None:
    assert mail(digest(url=URL), None) is None


def test_a_mail_needs_the_address_of_the_site() -> None:
    with pytest.raises(ValueError, match="address of the site"):
        mail(SAMPLE, None)


def test_in_a_first_edition_nothing_is_called_new() -> None:
    found = made(everything(SAMPLE), None)
    assert "11 articles" in Page(found.html).text
    assert "new" not in found.text.replace("/news/", "").lower()


def test_several_editions_are_told_as_one() -> None:
    shown = seen(SAMPLE, "a02", "a06")
    middle = date(2026, 11, 18)
    three = replace(
        shown,
        entries=tuple(replace(one, first=middle) if one.article.id == "a12" else one for one in shown.entries),
        edition_words={
            middle: EditionText(title="The gymnasts", letter="Of gold.", lead=("a12",)),
            AFTER: EditionText(title="The memoir", letter="Of a book."),
        },
    )
    latest, both = made(three, None), made(three)
    assert latest == made(three, middle), "the latest edition is what came after the one before"
    assert (latest.name, latest.articles) == ("No. 3", 2)
    assert (both.name, both.articles, both.day) == ("No. 2 to 3", 3, AFTER)
    assert "3 new articles since 15 November 2026" in Page(both.html).text
    assert headings(three)[:4] == ["No. 3 · The memoir", "No. 2 · The gymnasts", "Stories", "Gymnasts win gold"]
    assert headings(three, None)[:2] == ["The memoir", "Stories"]


def test_the_editor_speaks_first() -> None:
    word = EditionText(title="The <b> issue", letter="Dear readers,\n\nsee [it](topics/x.md).", lead=("a12",))
    shown = replace(everything(SAMPLE), edition_words={AFTER: word}, editions=(AFTER,))
    found = made(shown, None)
    assert headings(shown, None)[:3] == ["The <b> issue", "Stories", "Gymnasts win gold"]
    assert found.subject == "Week 43, No. 1: The <b> issue"
    assert (f"{URL}topics/x/", "it") in Page(found.html).links
    assert "\nDear readers,\n\nsee it.\nhttps://example.org/news/topics/x/\n" in found.text


def test_a_story_is_told_with_its_sources_in_its_own_words() -> None:
    page, text = Page(usual().html), usual().text
    assert (
        "* Pyongyang has sent 10,000 soldiers to Ukraine\n"
        f"  {URL}stories/north-korea-sends-troops/\n\n"
        "    North Korea moved from weapons to troops. (The Kyiv Independent)\n"
    ) in text
    assert (f"{URL}stories/north-korea-sends-troops/", ENTRIES[0].article.title) in page.links
    assert ("https://example.org/1", "The Kyiv Independent") in page.links
    assert (f"{URL}topics/north-korea/", "North Korea") in page.links
    assert "reader:secret" not in usual().html + text


def test_a_sentence_that_a_title_was_cut_from_is_whole() -> None:
    title = "The harbour master opened the gate…"
    sentence = "The harbour master opened the gate on Monday at dawn without any notice."
    found = made(everything(digest(entry(article(1, title, sentence), slug="gate"))))
    assert sentence in " ".join(found.text.split())


def test_the_editors_words_are_no_quotation_and_keep_their_links() -> None:
    note = "# Read\n\n*these* [first](../topics/x.md#y), <b>now</b>.\n\n![A map](https://example.net/m.png)\n\n    a  b"
    new = everything(
        digest(replace(ENTRIES[0], placement=None, note=note, summary=("Mine & ours.",), own_summary=True))
    )
    found = made(new)
    assert "  From the editor:\n  Read\n  these first, <b>now</b>.\n  A map\n  a b\n" in found.text
    assert f"\n  {URL}topics/x/#y\n" in found.text
    assert "\n  Mine & ours.\n" in found.text
    page = Page(found.html)
    assert (f"{URL}topics/x/#y", "first") in page.links
    assert [level for level, _ in page.headings] == ["h1", "h2", "h3", "h2"]
    assert "blockquote" not in found.html
    assert "<pre" in found.html
    assert "a  b" in found.html


def test_a_long_note_is_read_on_the_site() -> None:
    shown = everything(SAMPLE)
    found = made(replace(shown, topics=(replace(shown.topics[0], note="Long words. " * 300), shown.topics[1])))
    assert (f"{URL}topics/north-korea/", "Read on") in Page(found.html).links
    assert f"  Read on:\n  {URL}topics/north-korea/\n" in found.text
    assert found.text.count("Long words") < 100


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (many(STORIES_SHOWN + 3), 2 + TITLES_SHOWN),
        (many(1, shelf=STORIES_SHOWN + OTHERS_SHOWN + 9), STORIES_SHOWN + OTHERS_SHOWN),
        (many(2, TOPICS_SHOWN + LIMITS[0].named + 20), STORIES_SHOWN + TITLES_SHOWN),
    ],
    ids=["one topic", "shelf", "many topics"],
)
def test_what_there_is_no_room_for_is_on_the_site(shown: Digest, told: int) -> None:
    found = made(shown)
    page = Page(found.html)
    titles = {title_of(one) for one in shown.entries}
    assert told <= len({text for _, text in page.links if text in titles}) < len(titles)
    assert (f"{URL}articles/", f"All {len(titles)} articles") in page.links
    assert f"\nAll {len(titles)} articles:\n{URL}articles/\n" in found.text


def test_topics_that_there_is_no_room_for_are_counted() -> None:
    shown = many(3, 60)
    left = 60 - LIMITS[0].topics - LIMITS[0].named
    assert f"And {left} more topics" in Page(made(shown).html).text
    assert f"\nAnd {left} more topics\n" in made(shown).text


@pytest.mark.parametrize("text", ["<&\"'" * 600, "東" * 2000, "word " * 500, "https://例.example/" + "ж" * 1900])
def test_gmail_shows_the_whole_mail_however_much_is_new(text: str) -> None:
    huge = many(10, 80, each=2, shelf=120)
    entries = tuple(
        replace(
            one,
            article=replace(one.article, title=f"{one.slug} {text}", source=text, url=f"https://example.org/{text}"),
            summary=(text, text[1:], text[2:]),
            note=text[:800],
        )
        for one in huge.entries
    )
    topics = tuple(replace(one, label=f"{one.label} {text}", note=text) for one in huge.topics)
    found = made(replace(huge, title=text, entries=entries, topics=topics, sources=sources(text)))
    assert len(found.html.encode()) <= MAX_HTML_BYTES < 100_000
    assert Page(found.html).headings
    assert max(map(len, found.text.splitlines())) < 998


def test_it_is_a_page_that_mail_programs_understand() -> None:
    page = Page(usual().html)
    levels = [int(level[1]) for level, _ in page.headings]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert '<html lang="en">' in usual().html
    assert "<title>Week 43, No. 1: Pyongyang has sent 10,000 soldiers to Ukraine</title>" in usual().html
    assert not [style for style in page.styles if re.search(r"flex|grid|var\(|position|url\(|calc", style)]
    assert all(text.strip() for _, text in page.links)
    assert all(address.startswith("https://example.org/") for address, _ in page.links)
    assert "http" not in re.sub(r'href="[^"]*"', "", usual().html), "nothing is fetched"


def test_both_forms_say_the_same_in_the_same_order() -> None:
    page, text = Page(usual().html), usual().text
    place = 0
    for level, heading in page.headings:
        found = clean_line(text[place:]).find(clean_line(heading))
        assert found >= 0, (level, heading)
    titles = [heading for _, heading in page.headings[1:]]
    assert [text.index(title) for title in titles] == sorted(text.index(title) for title in titles)
    assert {address for address, _ in page.links} == set(re.findall(r"https?://\S+", text))


def test_the_text_suits_every_mail_program() -> None:
    lines = usual().text.split("\n")
    assert all(len(line) <= 72 or line.strip().startswith("https://") for line in lines)
    assert not [line for line in lines if line != line.rstrip() or line.startswith((">", "From ", "-- "))]
    assert "\n\n\n\n" not in usual().text


def test_another_language_is_named() -> None:
    assert '<blockquote lang="uk" dir="auto"' in re.sub(r' style="[^"]*"', "", usual().html).replace(
        '<blockquote class="', '<blockquote x="'
    )
    assert 'lang="fr"' in usual().html
    assert usual().html.count('lang="en"') == 1


def poisoned(text: str) -> Digest:
    """A digest in which every text that is not ours is the given one."""
    entries = tuple(
        replace(
            one,
            article=replace(one.article, title=text, source=text, url=text, language="fr"),
            summary=(text, text + " more of it, and then some more words to it"),
            own_summary=number % 2 == 0,
            note=text.translate(dict.fromkeys(UNSEEN)),
        )
        for number, one in enumerate(SAMPLE.entries)
    )
    topics = tuple(replace(one, label=text, note=entries[0].note) for one in SAMPLE.topics)
    changes = {"title": text, "description": text, "entries": entries, "topics": topics}
    return everything(replace(SAMPLE, sources=sources(text), **changes))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out(text: str) -> None:
    check_poisoned(text)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_any_text_gives_a_well_formed_mail(text: str) -> None:
    check_poisoned(text)


def check_poisoned(text: str) -> None:
    found = made(poisoned(text))
    page = Page(found.html)
    for address, _ in page.links:
        assert not re.match(r"\s*(?:javascript|vbscript|file|data:text)", address, re.IGNORECASE)
    # No text reaches a look.
    assert page.styles <= looks()
    for written in (found.html, found.text, found.subject):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written)
    assert not [line for line in found.text.split("\n") if line != line.rstrip() or line.startswith((">", "From "))]


@cache
def looks() -> set[str]:
    shown = everything(SAMPLE)
    note = "# h\n\np [a](b)\n\n> q\n\n- l\n\n1. n\n\n---\n\n    c"
    noted = replace(
        shown,
        entries=tuple(replace(one, note=note, own_summary=place % 2 == 0) for place, one in enumerate(shown.entries)),
        topics=tuple(replace(one, first=AFTER, note="x " * 900) for one in shown.topics),
    )
    return Page(made(noted).html).styles | Page(made(many(1, 70, shelf=9)).html).styles | Page(usual().html).styles


def test_the_same_digest_gives_the_same_bytes() -> None:
    assert made(everything(SAMPLE)) == usual()
