"""The pages of a digest: complete, linked both ways, safe, bounded, and the same every time."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.language.text import words
from digestgen.model import (
    CitedSentence,
    Coverage,
    Digest,
    Entry,
    FormerAddresses,
    Keyphrase,
    PhraseFit,
    RelatedArticle,
    Section,
)
from digestgen.publish.pages import site_pages
from digestgen.publish.pagination import PAGE_SIZE
from digestgen.publish.site import make_site
from digestgen.publish.wording import prose
from digestgen.writer import write_tree
from effort import costly
from publish.hostile import HOSTILE, SAFE_ATTRIBUTES, SAFE_TAGS, poisoned
from publish.parsed import Page, broken, parts, read, target
from publish.rendered import pages_of
from publish.sample import ENTRIES, SAMPLE, article, digest, entry, story, topic

TROOPS = "north-korea-sends-troops"


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return read(pages_of(SAMPLE))


def many(number: int) -> Digest:
    """A digest of many articles in one topic, as many on the shelf, all of one source and one phrase."""
    numbers = range(2 * number)
    entries = [
        entry(
            article(n, f"Article {n}", f"Sentence {n}.", id=f"n{n:05}"),
            ("everywhere", f"only {n // 2}"),
            topic="big" if n < number else None,
            story=f"story-{n // 2}" if n < number else None,
        )
        for n in numbers
    ]
    stories = tuple(story(f"Story {n}", f"n{2 * n:05}", f"n{2 * n + 1:05}") for n in range(number // 2))
    return digest(*entries, topics=(topic("Big", stories),))


def sectioned() -> Digest:
    """A digest whose articles stand in two sections or in none, one of them without topics and longer than a page."""
    sections = (
        Section(slug="near", label="Near", topics=("big",)),
        Section(slug="far", label="Far off", topics=()),
    )
    made, shelf = many(210), iter(["near", *["far"] * (PAGE_SIZE + 1), None, *["far"] * 7])
    entries = tuple(replace(each, section="near" if each.topic else next(shelf)) for each in made.entries)
    return replace(
        made, entries=entries, sections=sections, topics=tuple(replace(each, section="near") for each in made.topics)
    )


DIGESTS = {
    "sample": SAMPLE,
    "sections": sectioned(),
    "empty": digest(),
    "one article": digest(ENTRIES[7]),
    "no source": digest(entry(article(1, "A", "B.", source=None, url=None))),
    "large": many(210),
}


@cache
def made(name: str) -> dict[str, Page]:
    return read(pages_of(DIGESTS[name]))


@pytest.mark.parametrize("name", DIGESTS)
def test_all_links_lead_somewhere(name: str) -> None:
    assert broken(made(name)) == []


@pytest.mark.parametrize("name", DIGESTS)
def test_every_page_can_be_reached_from_the_front_page(name: str) -> None:
    pages = made(name)
    navigation = ["topics", "editions", "articles"]
    reached, waiting = set(), ["index.md", *(f"{part}/index.md" for part in navigation), "new.md"]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += [target(path, link) for link in pages[path].links if not link.startswith("http")]
    assert reached == set(pages)


@pytest.mark.parametrize("name", DIGESTS)
def test_every_page_has_one_title_headings_in_order_and_ids_of_its_own(name: str) -> None:
    for path, page in made(name).items():
        assert page.headings.count(1) == 1, path
        assert page.headings[0] == 1, path
        assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False)), path
        assert len(page.anchors) == len(set(page.anchors)) == len(page.headings), path
        assert page.meta["title"], path
        assert page.meta["description"], path


@pytest.mark.parametrize("name", DIGESTS)
def test_pages_are_text_with_a_last_line_and_no_raw_html(name: str) -> None:
    for path, text in pages_of(DIGESTS[name]).items():
        assert text.startswith("---\n"), path
        assert text.endswith("\n"), path
        assert not text.endswith("\n\n"), path
        assert "\n\n\n" not in text, path
        body = parts(text)[1]
        assert "<" not in (re.sub(r'\n<div class="map">\n.*?\n</div>\n', "", body, flags=re.DOTALL)), path
        assert ("<" in body) == (path == "map/index.md"), path
        assert not re.search(r"[ \t]\n", text), path


def test_large_lists_are_parted(pages: dict[str, Page]) -> None:
    large = made("large")
    assert "articles/page/3.md" in large
    assert "articles/page/4.md" not in large
    assert "topics/big/2.md" in large
    assert "more-stories/2.md" in large
    assert "sources/the-kyiv-independent/3.md" in large
    assert max(len(page.links) for page in large.values()) < 850
    assert not any("/page/" in path for path in pages)


def test_rendering_is_repeatable() -> None:
    assert pages_of(SAMPLE) == pages_of(SAMPLE)


@pytest.mark.parametrize(
    ("path", "former", "target", "address"),
    [
        ("articles/was.md", {"articles": {"was": "a11"}}, "articles/a-short-one.md", "articles/a-short-one/"),
        ("topics/kim.md", {"topics": {"kim": "north-korea"}}, "topics/north-korea.md", "topics/north-korea/"),
        ("topics/kim.md", {"topics": {"kim": ""}}, "more-stories.md", "more-stories/"),
        ("stories/short.md", {"stories": {"short": "a11"}}, "articles/a-short-one.md", "articles/a-short-one/"),
        ("stories/kim.md", {"stories": {"kim": "a01"}}, f"stories/{TROOPS}.md", f"stories/{TROOPS}/"),
        ("sources/tass.md", {"sources": {"tass": "rt"}}, "sources/rt.md", "sources/rt/"),
        ("sources/tass.md", {"sources": {"tass": ""}}, "sources/index.md", "sources/"),
    ],
    ids=[
        "an article",
        "a topic",
        "a topic that went to the shelf",
        "a story that one tells",
        "a story that became another",
        "a source",
        "a source of nothing any more",
    ],
)
def test_a_former_address_leads_on(path: str, former: dict[str, dict[str, str]], target: str, address: str) -> None:
    rendered = read(pages_of(replace(SAMPLE, former=FormerAddresses(**former))))
    assert rendered[path].meta["moved"] == address
    assert [posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) for link in rendered[path].links] == [
        target
    ]
    assert broken(rendered) == []


@pytest.mark.parametrize("kind", ["articles", "topics", "stories"])
def test_what_was_withdrawn_says_so_and_nothing_of_itself(kind: str) -> None:
    former = FormerAddresses(**{kind: {"a-secret-clause": None}})
    page = pages_of(replace(SAMPLE, former=former))[f"{kind}/a-secret-clause.md"]
    assert "has been withdrawn" in page
    assert "secret" not in page


def test_two_pages_of_one_path_are_not_written(tmp_path: Path) -> None:
    twice = make_site(digest(replace(ENTRIES[7], slug="same"), replace(ENTRIES[8], slug="same")))
    with pytest.raises(ValueError, match="two files claim articles/same"):
        write_tree(tmp_path, site_pages.render(twice))
    assert list(tmp_path.iterdir()) == []


def test_front_page(pages: dict[str, Page]) -> None:
    front = pages["index.md"]
    assert "No. 1 · 10 stories, 1 minute · 11 articles" in front.text
    assert "topics/north-korea.md" in front.links
    assert "That is all" in front.text
    assert "Gymnasts win gold" in front.text
    assert front.meta["description"] == "12 articles in 2 topics: North Korea, Alexei Navalny."
    described = read(pages_of(replace(SAMPLE, description="All of *it*.")))["index.md"]
    assert described.meta["description"] == "All of *it*."
    assert "All of *it*." in described.text


def test_quiet_topics_do_not_describe_the_digest() -> None:
    korea, navalny = SAMPLE.topics
    front = read(pages_of(replace(SAMPLE, topics=(replace(korea, quiet=True), navalny))))["index.md"]
    assert front.meta["description"] == "12 articles in 2 topics: Alexei Navalny."


def test_the_address_of_what_is_new_leads_to_the_latest_edition() -> None:
    entries = tuple(replace(each, first=date(2024, 11, 3)) for each in SAMPLE.entries)
    rendered = read(pages_of(replace(SAMPLE, entries=entries, editions=(date(2024, 11, 3),))))
    assert rendered["new.md"].meta["moved"] == "editions/2024-11-03/"
    assert read(pages_of(SAMPLE))["new.md"].meta["moved"] == ""


def test_topic_page(pages: dict[str, Page]) -> None:
    page = pages["topics/north-korea.md"]
    assert {"north-korea-sends-troops", "putin-acknowledges-reports-of-north-korean-troops"} <= set(page.anchors)
    assert {f"../stories/{TROOPS}.md", "../articles/putin-acknowledges-reports-of-north-korean-troops.md"} <= set(
        page.links
    )
    assert {"https://example.org/1", "https://example.org/2"} <= set(page.links), "the originals"
    assert {"alexei-navalny.md", "../keyphrases/n.md#north-korea"} <= set(page.links)


def test_a_topic_tells_who_covers_it_when_and_what_it_was_called() -> None:
    korea = replace(
        SAMPLE.topics[0],
        coverage=(Coverage("The Kyiv Independent", 2, ("troops", "North Korea")), Coverage("RT", 1, ())),
        former_names=("Pyongyang", "Kursk"),
    )
    pages = read(pages_of(replace(SAMPLE, topics=(korea, *SAMPLE.topics[1:]))))
    page = pages["topics/north-korea.md"]
    assert "Formerly: Pyongyang, Kursk." in page.text
    assert "The Kyiv Independent 2 articles, more than others about troops, North Korea\n" in page.text
    assert "RT 1 article\n" in page.text
    assert page.links.count("../keyphrases/t.md#troops") == 2
    assert "15 October 2024 to 24 October 2024" in page.text
    other = pages["topics/alexei-navalny.md"]
    assert "_coverage" not in other.anchors
    assert "Formerly" not in other.text


def several(number: int, **changes: object) -> Digest:
    """A digest of one topic with so many stories of one article, each of a month of its own."""
    entries = [
        entry(
            article(n, f"Told {n}", f"Said {n} of the boats.", published=date(2023 + n // 12, 1 + n % 12, 5)),
            topic="big",
        )
        for n in range(number)
    ]
    stories = tuple(story(f"Story {each.article.id}", each.article.id) for each in entries)
    return digest(*entries, topics=(topic("Big", stories, **changes),))


def test_what_a_topic_has_in_common_is_said_first_and_not_again() -> None:
    brief = (CitedSentence("Said 2 of the boats.", "a02"),)
    page = read(pages_of(several(6, summary=brief)))["topics/big.md"]
    assert page.text.count("Said 2 of the boats.") == 1
    assert page.anchors.index("_brief") < page.anchors.index("_stories")
    assert "Said 3 of the boats." in page.text
    few = read(pages_of(several(5, summary=brief)))["topics/big.md"]
    assert "_brief" not in few.anchors, "the stories say it themselves"


def test_long_topics_have_contents_and_very_long_ones_months() -> None:
    assert "toc" in read(pages_of(several(7)))["topics/big.md"].meta["hide"]
    assert read(pages_of(several(8)))["topics/big.md"].meta["hide"] == ["navigation"]
    very = read(pages_of(several(60)))["topics/big.md"]
    assert very.meta["hide"] == ["navigation"]
    assert "January 2023" in very.text
    assert very.anchors.count("_month-1") == 1


def test_story_page(pages: dict[str, Page]) -> None:
    page = pages["stories/north-korea-sends-troops.md"]
    assert page.links.index("https://example.org/1") < page.links.index("https://example.org/2"), "first to last"
    assert {"../topics/north-korea.md", "../articles/north-korea-to-gain-military-experience.md"} <= set(page.links)
    assert "As each tells it, first to last" in page.text
    assert "../articles/north-korea-to-gain-military-experience-a03.md" in page.links, "the reprint"
    assert page.text.index("Only here:") < page.text.index("The secret clause")
    assert "Putin acknowledges reports" in page.text, "what else is in the topic"
    listed = pages["stories/index.md"]
    assert "north-korea-sends-troops.md" in listed.links
    assert "stories/north-korea-sends-troops.md" in pages["index.md"].links


def test_without_dates_no_order_of_telling_is_claimed() -> None:
    told = [entry(article(n, f"Told {n}", "Text.", source=f"Paper {n}"), story="told") for n in range(2)]
    both = replace(story("Told", "a00", "a01"), has_page=True)
    page = read(pages_of(digest(*told, shelf=(), stories=(both,))))["stories/told.md"]
    assert "As each tells it" in page.text
    assert "first to last" not in page.text
    assert "2 sources" in page.text


def test_one_source_is_no_coverage_and_many_are_named_only() -> None:
    sources = [f"Paper {n:02}" for n in range(15)]
    entries = [entry(article(n, f"Told {n}", "Text.", source=name), topic="big") for n, name in enumerate(sources)]
    big = topic("Big", (story("Big", *(each.article.id for each in entries)),))

    def shown(number: int) -> str:
        who = tuple(Coverage(name, 1, ()) for name in sources[:number])
        page = read(pages_of(digest(*entries, topics=(replace(big, coverage=who),))))["topics/big.md"]
        return page.text.partition("Who writes about it")[2]

    assert shown(1) == ""
    assert "Also Paper 12, Paper 13, Paper 14." in shown(15)


def test_article_page(pages: dict[str, Page]) -> None:
    page = pages["articles/north-korea-to-gain-military-experience.md"]
    assert {"https://example.org/2", "../sources/rt.md", "../topics/north-korea.md"} <= set(page.links)
    assert "../topics/alexei-navalny.md" in page.links, "the runner-up"
    assert "north-korea-to-gain-military-experience-a03.md" in page.links, "the reprint"
    assert "pyongyang-has-sent-10000-soldiers-to-ukraine.md" in page.links, "the same story"
    assert "24 October 2024" in page.text
    assert "week.txt, line 2" in page.text
    copy = pages["articles/north-korea-to-gain-military-experience-a03.md"]
    assert "north-korea-to-gain-military-experience.md" in copy.links
    assert "No link to the original." in copy.text


def test_a_teaser_and_a_made_title_are_marked(pages: dict[str, Page]) -> None:
    page = pages["articles/putin-acknowledges-reports-of-north-korean-troops.md"]
    assert "cut off by the source" in page.text
    assert "The title was made from the text." in page.text
    assert not [link for link in page.links if "secret" in link]
    other = pages["articles/gymnasts-win-gold.md"]
    assert "cut off" not in other.text
    assert "was made from the text" not in other.text


def test_full_text_only_where_allowed(pages: dict[str, Page]) -> None:
    full = [path for path, page in pages.items() if "Full text" in page.text]
    assert full == ["articles/navalnys-memoir-patriot-comes-out.md"]
    assert "A book in 22 languages." in pages[full[0]].text


@pytest.mark.parametrize(
    ("title", "summary", "shown"),
    [
        ("Kursk", ("Troops are here.",), "Troops are here."),
        ("Troops are here", ("Troops are here.",), ""),
        ("Troops are here", ("Troops are here.", "Seoul says so."), "Seoul says so."),
        (
            "Troops are…",
            ("Troops are here in Kursk, as officials in Seoul say.",),
            "Troops are here in Kursk, as officials in Seoul say.",
        ),
        ("Troops are here", ("Troops are here, it says.", "Seoul says so."), "Seoul says so."),
        ("Seoul: Troops are now in Kursk", ("Troops are now in Kursk, Seoul said.", "All agree."), "All agree."),
        (
            "Russia",
            ("Russian troops march on Kyiv with tanks, says Kyiv.",),
            "Russian troops march on Kyiv with tanks, says Kyiv.",
        ),
        ("Troops", (), ""),
        ("Kursk", ("Troops are here.", "Seoul says so.", "All agree."), "Troops are here. Seoul says so. All agree."),
    ],
)
def test_under_a_title_stands_what_it_does_not_say(title: str, summary: tuple[str, ...], shown: str) -> None:
    one = entry(article(1, title, "Text.", source=None), summary=summary)
    shelf = read(pages_of(digest(one)))["more-stories.md"]
    assert shelf.text.partition(title)[2].strip() == shown


def test_a_long_article_shows_one_sentence_that_does_not_repeat_its_title() -> None:
    goes_on = "Troops are here in Kursk, as officials in Seoul say."
    text = "Word after word. " * 40
    one = entry(article(1, "Troops are here", text, source=None), summary=(goes_on, "Seoul agrees.", "All agree."))
    shelf = read(pages_of(digest(one)))["more-stories.md"]
    assert shelf.text.partition("Troops are here")[2].strip() == "Seoul agrees."


def test_without_topics_the_front_page_tells_the_stories() -> None:
    front = read(pages_of(digest(ENTRIES[7])))["index.md"]
    assert "A drone crashed in Belarus." in front.text
    assert "0 topics" not in front.text


def test_the_shelf_names_the_nearest_topic(pages: dict[str, Page]) -> None:
    shelf = pages["more-stories.md"]
    assert "Closest topic: North Korea." in shelf.text
    assert "Closest topic: Alexei Navalny; both mention Kremlin, memoir." in shelf.text
    assert "../topics/north-korea.md" in pages["articles/a-short-one.md"].links
    assert "It fits no topic." in pages["articles/odna-z-trokh.md"].text


def test_keyphrases_by_letter(pages: dict[str, Page]) -> None:
    letters = [path for path in pages if path.startswith("keyphrases/")]
    assert letters == [f"keyphrases/{name}.md" for name in ("index", "0-9", *"aekmnpty", "cyrillic")]
    assert "etat" in pages["keyphrases/e.md"].anchors
    assert "gymnastics" not in {anchor for path in letters for anchor in pages[path].anchors}
    assert "../articles/a-short-one.md" not in pages["keyphrases/n.md"].links
    assert "../articles/putin-acknowledges-reports-of-north-korean-troops.md" in pages["keyphrases/n.md"].links


def test_two_spellings_are_one_phrase_and_a_reprint_is_no_second_holder() -> None:
    one, two, copy = (entry(article(n, f"Article {n}", "Text.")) for n in (1, 2, 3))
    with_phrases = digest(
        replace(one, keyphrases=(Keyphrase("Drone Strikes", 0.1), Keyphrase("alone", 0.2))),
        replace(two, keyphrases=(Keyphrase("drone strike", 0.1),)),
        replace(copy, keyphrases=(Keyphrase("drone strike", 0.1), Keyphrase("alone", 0.2)), reprint_of="a01"),
    )
    letters = {path: page.anchors for path, page in read(pages_of(with_phrases)).items() if path[:12] == "keyphrases/d"}
    assert letters == {"keyphrases/d.md": ["_top", "drone-strike"]}


def test_languages_are_marked_where_they_differ(pages: dict[str, Page]) -> None:
    rendered = pages_of(SAMPLE)
    assert "lang=uk" in rendered["articles/odna-z-trokh.md"]
    assert "lang" not in pages["articles/gymnasts-win-gold.md"].attributes


BRIDGE = entry(
    article(21, "افتتاح الجسر", "افتتح الجسر اليوم.", language="ar", published=date(2026, 11, 2)),
    ("الجسر",),
    slug="bridge",
    topic="bridge",
    story="bridge",
)
FERRY = entry(
    article(22, "عبارة جديدة", "أبحرت العبارة.", language="ar", published=date(2026, 11, 3)),
    slug="ferry",
    topic="bridge",
    story="ferry",
    related=(RelatedArticle("a21", ("الجسر",)),),
)
TIDE = entry(article(23, "The tide turns", "It turned.", language="ar"), slug="tide", reprint_of="a21")


def arabic(label: str = "الجسر", *others: Entry, said: int = 2) -> Digest:
    stories = (replace(story("افتتاح الجسر", "a21"), slug="bridge"), replace(story("عبارة", "a22"), slug="ferry"))
    made = topic(
        label,
        stories,
        slug="bridge",
        summary=(CitedSentence("افتتح الجسر اليوم.", "a21"),),
        holds=(PhraseFit(label, 1.0, said, 0),),
    )
    return digest(BRIDGE, FERRY, TIDE, *others, topics=(made,))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("index.md", "- ### [افتتاح الجسر](articles/bridge.md){lang=ar} {#bridge .story"),
        ("index.md", "    {.quoted lang=ar}"),
        ("topics/index.md", "- ## [الجسر](bridge.md){lang=ar} {#bridge}"),
        ("topics/index.md", "    {.quoted lang=ar}"),
        ("topics/bridge.md", "# الجسر {#_top lang=ar}"),
        ("topics/bridge.md", "{.quoted lang=ar}"),
        ("topics/bridge.md", "### [عبارة جديدة](../articles/ferry.md){lang=ar} {#ferry .story}"),
        ("articles/index.md", "- [افتتاح الجسر](bridge.md){lang=ar} *[The Kyiv Independent]"),
        ("articles/ferry.md", "> {lang=ar}"),
        ("articles/ferry.md", " · [الجسر](../topics/bridge.md){lang=ar}"),
        ("articles/ferry.md", "- [افتتاح الجسر](bridge.md){lang=ar} *[The Kyiv Independent]"),
        ("articles/ferry.md", "Filed under [الجسر](../topics/bridge.md){lang=ar}."),
        ("sources/the-kyiv-independent.md", "- [عبارة جديدة](../articles/ferry.md){lang=ar} *3 November 2026"),
        ("archive/2026-11.md", "- [عبارة جديدة](../articles/ferry.md){lang=ar} *"),
        ("more-stories.md", "- ## [The tide turns](articles/tide.md){lang=ar} {#tide}"),
    ],
)
def test_a_title_in_another_language_is_marked_wherever_it_stands(path: str, line: str) -> None:
    assert any(line in each for each in pages_of(arabic())[path].splitlines())


def test_a_label_that_the_curator_gave_is_in_the_language_of_the_site() -> None:
    assert "# The bridge {#_top}" in pages_of(arabic("The bridge", said=0))["topics/bridge.md"]
    assert "- ## [The bridge](bridge.md) {#bridge}" in pages_of(arabic("The bridge", said=0))["topics/index.md"]


def test_a_topic_in_several_languages_has_a_label_in_none() -> None:
    made = arabic()
    entries = tuple(replace(each, article=replace(each.article, language="fa" if each is FERRY else "ar"))
                    for each in made.entries)  # fmt: skip
    assert "# الجسر {#_top}" in pages_of(replace(made, entries=entries))["topics/bridge.md"]


def test_a_summary_by_the_curator_is_in_the_language_of_the_site() -> None:
    made = arabic()
    entries = tuple(replace(each, summary=("It opened at last.",), own_summary=True) for each in made.entries)
    lines = pages_of(replace(made, entries=entries))["topics/bridge.md"].splitlines()
    assert "It opened at last." in lines
    assert "{lang=ar}" not in lines


def test_each_paragraph_of_a_quotation_says_its_language() -> None:
    lines = "> أولا\n> {lang=ar}\n>\n> ثانيا. ثالثا.\n> {lang=ar}"
    assert prose(("أولا", "ثانيا.", "ثالثا."), "ar") == lines


def test_a_list_in_the_language_of_the_site_says_nothing_of_it() -> None:
    rendered = pages_of(replace(arabic(), language="ar"))
    assert not [path for path, text in rendered.items() if "lang=" in text]


def test_only_articles_and_topics_are_searched(pages: dict[str, Page]) -> None:
    searched = {path.partition("/")[0] for path, page in pages.items() if "searched" not in page.meta}
    assert searched == {"articles", "topics"}
    assert pages["articles/index.md"].meta["searched"] is False


def test_only_the_first_page_of_a_topic_is_searched() -> None:
    keys = [f"a{number:03}" for number in range(PAGE_SIZE + 1)]
    entries = [entry(article(number, "Boats", "Boats."), slug=key, topic="boats") for number, key in enumerate(keys)]
    stories = tuple(story("Boats", made.article.id) for made in entries)
    rendered = read(pages_of(digest(*entries, topics=(topic("Boats", stories, slug="boats"),))))
    assert [
        path for path, page in rendered.items() if path.startswith("topics/boats") and "searched" not in page.meta
    ] == ["topics/boats.md"]


def test_the_pages_of_a_list_name_their_neighbours() -> None:
    entries = [entry(article(number, f"Boats {number:03}", "Boats.")) for number in range(2 * PAGE_SIZE + 1)]
    rendered = read(pages_of(digest(*entries)))
    first, second, third = (rendered[f"articles/{name}.md"].meta for name in ("index", "page/2", "page/3"))
    assert (first.get("previous"), first["next"]) == (None, "articles/page/2/")
    assert (second["previous"], second["next"]) == ("articles/", "articles/page/3/")
    assert (third["previous"], third.get("next")) == ("articles/page/2/", None)


SAFE_FIELDS = {"title", "description", "kind", "hide", "searched", "topic", "source", "published", "cite", "language"}


@pytest.fixture(scope="module")
def harmless() -> dict[str, Page]:
    return read(pages_of(poisoned("harmless words")))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:24]))
def test_hostile_texts_change_no_page(text: str, harmless: dict[str, Page]) -> None:
    hostile = read(pages_of(poisoned(text)))
    classes = {"original"}.union(*(page.classes for page in harmless.values()))
    fixed = [path for path in hostile if not path.startswith(("keyphrases/", "sources/")) and path != "new.md"]
    for path in fixed:
        expected, page = harmless[path], hostile[path]
        assert set(page.meta) == set(expected.meta) <= SAFE_FIELDS
        assert page.headings == (expected.headings if words(text) or path != "index.md" else [1, 2, 3, 3, 2])
    for path, page in hostile.items():
        assert set(page.tags) <= SAFE_TAGS, path
        assert page.attributes <= SAFE_ATTRIBUTES, path
        assert page.classes <= classes, path
        assert all(re.match(r"https?://[a-z0-9]|[a-z0-9./#_-]+$", link) for link in page.links), path
    assert broken(hostile) == []


@costly(0.3)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_text_changes_no_page(text: str) -> None:
    pages = read(pages_of(poisoned(text)))
    assert broken(pages) == []
    assert {tag for page in pages.values() for tag in page.tags} <= SAFE_TAGS
    assert {name for page in pages.values() for name in page.attributes} <= SAFE_ATTRIBUTES


def test_what_fits_no_topic_is_listed_by_section() -> None:
    written, pages = pages_of(DIGESTS["sections"]), made("sections")
    shelves = ["more-stories.md", "more-stories/2.md"]
    headings = [line for path in shelves for line in written[path].splitlines() if line.startswith("## ")]
    assert headings == [
        "## Near {#_near}",
        "## Far off {#_far}",
        "## Far off {#_far}",
        "## Other stories {#_others}",
    ]
    lists = written["topics/index.md"].splitlines()
    assert [line for line in lists if line.startswith("## ")] == headings[:2]
    assert ("1 article: Near", "../more-stories.md#_near") in pages["topics/index.md"].names
    assert ("208 articles: Far off", "../more-stories.md#_far") in pages["topics/index.md"].names
    assert "../more-stories.md#_far" in pages["articles/article-300.md"].links
    assert "../more-stories.md" in pages[f"articles/article-{210 + PAGE_SIZE + 2}.md"].links


def test_where_there_are_sections_and_no_topic_that_is_said() -> None:
    alone = tuple(replace(each, placement=None, nearest=None, story=None, section="asia") for each in SAMPLE.entries)
    shelf = tuple(each.article.id for each in alone)
    sections = (Section(slug="asia", label="Asia", topics=()),)
    bare = replace(SAMPLE, entries=alone, topics=(), stories=(), shelf=shelf, sections=sections)
    page = pages_of(bare)["topics/index.md"]
    assert "*This digest has no topics yet." in page
    assert "0 topics" not in page


def test_topics_are_listed_by_section() -> None:
    first, *others = SAMPLE.topics
    section = Section(slug="east-asia", label="East Asia", topics=(first.slug,))
    written = pages_of(replace(SAMPLE, topics=(replace(first, section="east-asia"), *others), sections=(section,)))
    lines = [line for line in written["topics/index.md"].splitlines() if line.lstrip("- ").startswith("#")]
    headings = [line.partition(" {#")[0].partition("](")[0] for line in lines]
    assert headings == [
        "# Topics",
        "## East Asia",
        f"- ### [{first.label}",
        "## Other topics",
        *(f"- ### [{topic.label}" for topic in others),
    ]
