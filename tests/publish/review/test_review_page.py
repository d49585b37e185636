"""The review page: what may need a decision is on it, and every line to paste is right where it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen import strict_yaml
from digestgen.curate.files.sidecar import read_sidecar
from digestgen.curate.rulings.rulings_file import read_rulings
from digestgen.curate.rulings.validation import check_rulings
from digestgen.errors import Problem
from digestgen.model import Digest, FormerAddresses, Keyphrase, Seed, Sidecar
from digestgen.publish.notes import Note
from digestgen.publish.review.review_page import PATH, Settled, UnpublishedLetter, render, render_refusal
from digestgen.publish.review.ruling_snippets import MOST, CurationFile
from digestgen.publish.review.weak_placements import HELD
from publish.hostile import HOSTILE, SAFE_ATTRIBUTES, SAFE_TAGS, poisoned
from publish.parsed import Page as PageOfSite
from publish.parsed import broken, parts
from publish.rendered import pages_of
from publish.sample import ENTRIES, SAMPLE, article, digest, entry, placement, story, topic

WEEK = Seed(name="week.txt", text="".join(f"Line {number} of the week.\n" for number in range(1, 41)))


class Page(HTMLParser):
    """The code on the page, each with the last line of facts before it, and where it says all is well."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self.text = ""
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self._facts = ""
        self._inside: str | None = None
        self.feed(python_markdown.markdown(parts(text)[1], extensions=["attr_list", "toc"]))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        if tag == "em":
            self._facts, self._inside = "", "em"
        elif tag == "code":
            self.blocks.append((self._facts, ""))
            self._inside = "code"

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._inside == "em":
            self._facts += data
        elif self._inside == "code":
            facts, code = self.blocks[-1]
            self.blocks[-1] = (facts, code + data)

    def pastes(self) -> list[tuple[str, str]]:
        """Where lines of YAML belong, and they themselves."""
        return [(facts[facts.index("seeds/") :], code) for facts, code in self.blocks if "seeds/" in facts]


def page(shown: Digest, curation: str = "", seeds: Sequence[Seed] = (WEEK,), problems: Sequence[Problem] = ()) -> Page:
    rulings, misread = read_rulings(curation, "curation.yml")
    assert misread == ()
    path, text = render(shown, seeds, rulings.statements, problems)
    assert path == PATH == "review.md"
    assert "<" not in text
    return Page(text)


def pasted(text: str, where: str, code: str) -> str:
    """A file with lines pasted where the page says."""
    below = re.search(r"right below line (\d+), “", where)
    if not below:
        assert where.endswith("at its end"), where
        return text + code
    lines = text.splitlines(keepends=True)
    lines.insert(int(below[1]), code)
    return "".join(lines)


def filled(code: str) -> str:
    """Lines with what only the curator can know."""
    return re.sub("published:$", "published: 2026-11-22", code, flags=re.MULTILINE)


def refused(shown: Digest, curation: str) -> list[str]:
    """What is wrong with rulings on a digest."""
    rulings, problems = read_rulings(curation, "curation.yml")
    topics = {topic.slug for topic in shown.topics} | {"merged-long-ago"}
    slugs = {entry.slug for entry in shown.entries}
    checked = check_rulings(rulings, articles=slugs, topics=topics, gone=("gone",), file="curation.yml")
    return [*map(str, problems), *map(str, checked)]


CURATIONS = {
    "nothing": "",
    "an empty key": "topics:\n",
    "another topic": "# mine\ntopics:\n  alexei-navalny:\n    pin: true\n",
    "an entry that does not settle": "topics:\n  north-korea:\n    merge:\n      - merged-long-ago\n",
    "articles put in place": (
        "topics:\n  north-korea:\n    articles:\n"
        "      add:\n        - a-short-one\n      remove:\n        - gymnasts-win-gold\n"
    ),
    "an article spoken of": "articles:\n  gymnasts-win-gold:\n    title: Gold\n  gone:\n    moved: a-short-one\n",
    "a copy that is wanted": "articles:\n  north-korea-to-gain-military-experience-a03:\n    note: Read both.\n",
    "the label of another": "topics:\n  alexei-navalny:\n    label: NORTH KOREA\n",
    "brackets": "topics: {north-korea: {articles: {add: [a-short-one]}}}\narticles:\n  gone: {hide: true}\n",
}


@pytest.mark.parametrize("curation", CURATIONS.values(), ids=CURATIONS)
def test_all_that_is_offered_can_be_pasted(curation: str) -> None:
    assert refused(SAMPLE, curation) == []
    offered = page(SAMPLE, curation).pastes()
    assert offered
    for where, code in offered:
        if where.startswith("seeds/curation.yml"):
            if "by hand" not in where:
                assert refused(SAMPLE, pasted(curation, where, filled(code))) == [], (where, code)
        else:
            assert where.startswith("seeds/week.yml")
            assert read_sidecar(code, "week.yml") == Sidecar(name="week.yml")


def test_what_is_offered_does_what_it_says() -> None:
    offered = [code for where, code in page(SAMPLE).pastes() if "curation" in where]
    rulings = [read_rulings(filled(code), "curation.yml")[0] for code in offered]
    topics = [(slug, ruling) for each in rulings for slug, ruling in each.topics.items()]
    assert "north-korea" in {slug for slug, ruling in topics if ruling.hide}
    assert ("Alexei Navalny", "alexei-navalny") in {(ruling.label, slug) for slug, ruling in topics}
    assert {slug: ruling.merge[0].slug for slug, ruling in topics if ruling.merge} == {
        "alexei-navalny": "north-korea",
        "north-korea": "alexei-navalny",
    }
    added = {(slug, named.slug) for slug, ruling in topics for named in ruling.add}
    assert added == {("north-korea", "a-short-one"), ("alexei-navalny", "gymnasts-win-gold")}
    # Of two members with one reason each, the last.
    removed = {(slug, named.slug) for slug, ruling in topics for named in ruling.remove}
    assert ("alexei-navalny", "navalnys-memoir-patriot-comes-out") in removed
    hidden = {slug for each in rulings for slug, ruling in each.articles.items() if ruling.hide}
    assert hidden == {"north-korea-to-gain-military-experience-a03"}


def test_one_decision_after_the_other_can_be_pasted() -> None:
    """As a curator works: paste one, the page renews itself, paste the next where it says now."""
    curation = ""
    for number in range(12):
        offered = [each for each in page(SAMPLE, curation).pastes() if "add:" in each[0] + each[1]]
        if not offered:
            break
        where, code = offered[0]
        curation = pasted(curation, where, code)
        assert refused(SAMPLE, curation) == [], number
    assert curation.count("- ") == 2
    assert "Add it" not in page(SAMPLE, curation).text


def test_what_the_curator_settled_is_not_asked_again() -> None:
    assert "2 weak topics" in page(SAMPLE).text
    weak = page(SAMPLE, "topics:\n  alexei-navalny:\n    label: Navalny\n  north-korea:\n    note: Why.\n")
    assert "several phrases hold every topic together" in weak.text


def test_a_topic_that_is_well_held_is_not_weak() -> None:
    (first, second) = SAMPLE.topics
    phrases = tuple(Keyphrase(f"phrase {number}", 0.5) for number in range(int(2 * HELD)))
    shown = page(replace(SAMPLE, topics=(replace(first, keyphrases=phrases), second)))
    assert "1 weak topic" in shown.text
    assert "2 weak topics" in page(replace(SAMPLE, topics=(replace(first, keyphrases=phrases[1:]), second))).text


def test_doubtful_boundaries_come_weakest_first() -> None:
    entries = [
        entry(article(number, f"Article {number}", "Text.", lines=(number, number), boundary_confidence=chance))
        for number, chance in ((1, 1.0), (4, 0.7), (6, 0.4), (8, 0.95))
    ]
    text = WEEK.text.replace("Line 5 of the week.", " ").replace("Line 4", "As *it* was, line 4" + " and on" * 40)
    shown = page(digest(*entries), seeds=[replace(WEEK, text=text)])
    assert "2 doubtful boundaries" in shown.text
    assert shown.text.index("Line 6, 40% sure") < shown.text.index("Line 4, 70% sure")
    assert re.search(r"…\w[ \w]* and on of the week\.\s*Line 6 of the week\.", shown.text), "not the blank line 5"
    assert "Line 3 of the week." in shown.text
    assert [code for where, code in shown.blocks if code.startswith("digestgen")] == ["digestgen split week\n"]


def test_only_facts_that_are_wanting_are_asked_for() -> None:
    known = replace(WEEK, sidecar=Sidecar(name="week.yml", source="RT", key_lines={"source": 1}))
    asked = [code for where, code in page(SAMPLE, seeds=[known]).pastes() if "week.yml" in where]
    assert [line.partition(":")[0] for line in asked[0].splitlines()] == ["published", "url"]
    dated = digest(entry(article(1, "A", "B.", published=ENTRIES[0].article.published)))
    assert "every article has a source and a date" in page(dated).text


def test_rulings_in_force_and_former_addresses() -> None:
    curation = (
        "topics:\n  north-korea:\n    label: Kim\n  old: {hide: true}\narticles:\n  a-short-one:\n    pin: true\n"
    )
    former = FormerAddresses(articles={"was": "a01", "withdrawn": None}, topics={"kim": "north-korea", "gone": ""})
    text = page(replace(SAMPLE, former=former), curation).text
    assert "3 rulings in force" in text
    for told in ("curation.yml:2 · label: Kim", "curation.yml:4 · hide: true", "curation.yml:6 · pin: true"):
        assert told in text
    assert "4 former addresses" in text
    assert "articles/withdrawn is withdrawn" in text
    assert "topics/kim leads to topics/north-korea" in text


def test_nothing_to_decide_is_said() -> None:
    assert page(digest(), seeds=()).text.count("All is well") == 5
    assert page(digest(), seeds=()).blocks == []


def test_what_could_not_be_built_is_told() -> None:
    problem = Problem("curation.yml", 3, "is *not* YAML")
    assert "curation.yml:3: is *not* YAML" in page(SAMPLE, problems=[problem]).text
    told = Page(render_refusal([problem])[1])
    assert "curation.yml:3: is *not* YAML" in told.text
    assert "Weak topics" not in told.text


def test_long_lists_end() -> None:
    number = MOST + 10
    entries = [
        entry(
            article(n, f"Article {n}", "Text.", id=f"n{n:03}", lines=(n, n), boundary_confidence=0.5, seed=f"{n}.txt"),
            nearest_topic="t-0",
        )
        for n in range(1, number + 1)
    ]
    members = [
        entry(article(n, f"Member {n}", "Text.", id=f"m{n:03}", seed=f"{n}.txt"), topic=f"t-{n}") for n in range(number)
    ]
    copies = [
        replace(
            each,
            slug=f"{each.slug}-copy",
            article=replace(each.article, id=f"c{each.article.id}"),
            reprint_of=each.article.id,
        )
        for each in members
    ]
    topics = tuple(
        replace(topic(f"T {n}", (story(f"S {n}", f"m{n:03}", f"cm{n:03}"),)), slug=f"t-{n}") for n in range(number)
    )
    said = "".join(f"  s{n}:\n    hide: true\n" for n in range(number))
    former = FormerAddresses(topics={f"old-{n}": "" for n in range(number)})
    seeds = [Seed(name=f"{n}.txt", text="A line.\n" * 80) for n in range(number + 1)]
    text = page(digest(*entries, *members, *copies, topics=topics, former=former), f"topics:\n{said}", seeds).text
    assert text.count(f"The first {MOST} of {number}; ") == 6
    assert text.count(f"The first {MOST} of {number + 1}; ") == 1, "the seeds, one more"


def test_every_link_leads_to_a_page() -> None:
    former = FormerAddresses(articles={"was": "a01"}, topics={"kim": "north-korea", "gone": ""})
    shown = replace(SAMPLE, former=former)
    curation = "topics:\n  north-korea:\n    label: Kim\narticles:\n  a-short-one:\n    pin: true\n"
    review = render(shown, [WEEK], read_rulings(curation, "curation.yml")[0].statements, ())[1]
    pages = {path: PageOfSite(text) for path, text in {**pages_of(shown), PATH: review}.items()}
    assert broken(pages) == []
    assert len(pages[PATH].anchors) == len(set(pages[PATH].anchors))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:24]))
def test_hostile_texts_change_nothing(text: str) -> None:
    first, second = poisoned(text).entries
    doubted = replace(first.article, boundary_confidence=0.1, source=None)
    shown = replace(poisoned(text), entries=(replace(first, article=doubted), replace(second, reprint_of="a01")))
    said = (
        strict_yaml.Statement(("topics",), None, 1),
        strict_yaml.Statement(("topics", text), None, 2),
        strict_yaml.Statement(("topics", text, "note"), text, 3),
    )
    seed = Seed(name=text, text=f"{text}\n{text}\n")
    review = Page(render(shown, [seed], said, [Problem(text, 1, text)])[1])
    assert review.tags <= SAFE_TAGS | {"pre", "code"}
    assert review.names <= SAFE_ATTRIBUTES
    assert {where.partition(", ")[0] for where, _ in review.pastes()} >= {"seeds/curation.yml"}


@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), st.text(st.characters(codec="utf-8"), max_size=40)
)
def test_any_name_can_be_pasted(slug: str, label: str) -> None:
    """Not that slugs are ever like that."""
    paste = CurationFile(()).paste(
        ("topics", slug), f"label: {strict_yaml.scalar(label)}".replace("<", "").replace("&", "")
    )
    code = Page("---\n---\n- A.\n\n" + paste.code).blocks[0][1]
    root = strict_yaml.parse(code, "curation.yml")
    assert [statement.path[-1] for statement in strict_yaml.statements(root)] == ["topics", slug, "label"]


SETTLED = Settled(
    topics=("north-korea", "kept-back"),
    outdated_rulings={"north-korea": 0.25, "long-gone": 0.0},
    hidden={("topics", "kept-back"): "", ("articles", "gymnasts-win-gold"): "week.txt:12"},
)


def settled_page(curation: str, settled: Settled = SETTLED, shown: Digest = SAMPLE) -> Page:
    rulings, misread = read_rulings(curation, "curation.yml")
    assert misread == ()
    return Page(render(shown, [WEEK], rulings.statements, (), settled)[1])


def test_words_that_lost_their_articles_are_asked_about_with_their_lines() -> None:
    text = settled_page(
        "topics:\n  north-korea:\n    label: Kim\n    keep: true\n    note: >\n      Two\n      lines\n"
    ).text
    assert "1 topic whose articles have changed" in text
    assert "has kept 25% of them · curation.yml:3 · label: Kim · curation.yml:5 · note: Two lines" in text


def test_what_is_hidden_without_a_line_comes_with_the_lines_that_decide_it() -> None:
    shown = settled_page("topics:\n  north-korea:\n    label: Kim\n")
    assert "2 things hidden without a word" in shown.text
    assert "seeds/week.txt:12" in shown.text
    said = {}
    for where, code in (each for each in shown.pastes() if each[0].startswith("seeds/curation.yml")):
        read, problems = read_rulings(pasted("topics:\n  north-korea:\n    label: Kim\n", where, filled(code)), "c.yml")
        assert problems == ()
        for slug, ruling in {**read.topics, **read.articles}.items():
            said.setdefault(slug, set()).add(ruling.hide)
    assert said["kept-back"] >= {True, False}
    assert said["gymnasts-win-gold"] >= {True, False}


def test_where_nothing_of_old_needs_a_decision_nothing_is_told_of_it() -> None:
    text = settled_page("", Settled()).text
    assert "Words written for other articles" not in text
    assert "Hidden without a word" not in text


def two_stories(label: str = "The drone") -> Digest:
    """A weak topic with a second story of two articles, one of them reprinted."""
    held = replace(topic("Budget", (story("The budget", "a09"), story(label, "a07", "a08", "a10"))), slug="budget")
    near = placement("budget")
    placed = [replace(each, placement=near) if each.article.id in held.articles else each for each in ENTRIES]
    entries = [replace(each, reprint_of="a08") if each.article.id == "a10" else each for each in placed]
    return replace(digest(*entries, topics=(*SAMPLE.topics, held)), sources=SAMPLE.sources)


def parts_offered(curation: str, shown: Digest, settled: Settled = SETTLED) -> list[tuple[str, str]]:
    return [(where, code) for where, code in settled_page(curation, settled, shown).pastes() if "{label:" in code]


@pytest.mark.parametrize(
    "curation", ["", "topics:\n", "topics:\n  budget:\n    keep: true\n"], ids=["no", "yes", "more"]
)
def test_a_weak_topic_can_be_parted_in_two_by_one_line(curation: str) -> None:
    shown = two_stories()
    ((where, code),) = parts_offered(curation, shown)
    written = pasted(curation, where, code)
    assert refused(shown, written) == []
    founded = read_rulings(written, "curation.yml")[0].topics["the-drone"]
    assert founded.label == "The drone"
    assert [named.slug for named in founded.add] == ["odna-z-trokh", "ukraines-drone-over-belarus"]
    assert parts_offered(written, shown) == [], "it is asked once"


@pytest.mark.parametrize(
    ("curation", "label", "slug"),
    [
        pytest.param("", "Kept back", "kept-back-odna-z", id="the address of a hidden topic"),
        pytest.param(
            "topics:\n  the-drone: {keep: true}\n", "The drone", "the-drone-odna-z", id="a slug with a ruling"
        ),
        pytest.param("", "A: {b}, [c] # “d”", "a-b-c-d", id="signs that mean something in YAML"),
        pytest.param("", "BUDGET", None, id="the name of another topic"),
        pytest.param("topics:\n  x: {label: the drone}\n", "The drone", None, id="the name that another is given"),
        pytest.param("topics:\n  x: {lead: odna-z-trokh}\n", "The drone", None, id="an article that has its place"),
    ],
)
def test_the_topic_that_is_made_of_a_story_can_be_called_so(curation: str, label: str, slug: str | None) -> None:
    offered = parts_offered(curation, two_stories(label))
    if slug is None:
        assert offered == []
    else:
        ((_, code),) = offered
        read, problems = read_rulings(code if code.startswith("topics") else f"topics:\n{code}", "curation.yml")
        assert problems == ()
        assert {slug: ruling.label for slug, ruling in read.topics.items()} == {slug: label}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:24]))
def test_hostile_texts_of_old_change_nothing(text: str) -> None:
    said = (strict_yaml.Statement(("topics",), None, 1), strict_yaml.Statement(("topics", "budget", "note"), text, 3))
    settled = Settled(outdated_rulings={"budget": 0.1}, hidden={("topics", text): "", ("articles", text): f"{text}:1"})
    review = Page(render(two_stories(text), [WEEK], said, (), settled)[1])
    assert review.tags <= SAFE_TAGS | {"pre", "code"}
    assert review.names <= SAFE_ATTRIBUTES


def test_what_readers_do_not_see_yet_is_shown() -> None:
    letters = (
        UnpublishedLetter(date(2026, 12, 1), 2, draft=False, title=None, note=Note("Dear *readers*.", "index.md")),
        UnpublishedLetter(date(2026, 12, 24), 5, draft=True, title="The <b> snow", note=None),
    )
    settled = Settled(letters=letters, waiting=[("fox.md:1", "fox.yml:2 · publish_on: 2026-12-01")])
    _, text = render(SAMPLE, [WEEK], (), (), settled)
    page = Page(text)
    assert "1 article waiting for their day" in page.text
    assert "seeds/fox.md:1 fox.yml:2 · publish_on: 2026-12-01" in page.text
    assert "2 letters that readers do not see yet" in page.text
    assert "Waits for the first edition from 1 December 2026 on · curation.yml:2" in page.text
    assert "A draft for 24 December 2026 · curation.yml:5" in page.text
    assert "The <b> snow" in page.text
    assert "Dear *readers*." in text
