"""Grouping through its one public door."""

import random
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digestgen.analyse.grouping import cluster
from digestgen.model import Article, Grouping, Keyphrase
from effort import costly
from made import an_article

SUBJECTS = {
    "glacier": "glacier ice meltwater moraine crevasse alpine summit snowfield avalanche ridge climber rope",
    "orchestra": "orchestra violin conductor symphony rehearsal cello concert overture soloist trumpet score podium",
    "harbour": "harbour ferry captain freight container crane dock pilot tugboat customs quay shipping",
    "vaccine": "vaccine clinic nurse antibody dose trial virus epidemic immunity patient syringe laboratory",
}


def article(number: str, text: str, *, language: str = "en") -> Article:
    return an_article(number, *filter(None, [text]), title=text[:40], titled=False, language=language)


def corpus(each: int, seed: int = 1) -> tuple[list[Article], dict[str, list[Keyphrase]], dict[str, str]]:
    """``each`` articles on every subject, of words drawn from the subject's own and some that all share."""
    draw = random.Random(seed)  # noqa: S311 - tests want a seed, not secrecy
    shared = ["report", "morning", "region", "plan", "people", "group", "work", "member", "official", "statement"]
    articles, keyphrases, subject_of = [], {}, {}
    for subject, words in SUBJECTS.items():
        for number in range(each):
            own = draw.sample(words.split(), 7)
            made = article(f"{subject}-{number:03d}", " ".join([subject, *own, *draw.sample(shared, 4), subject]) + ".")
            articles.append(made)
            keyphrases[made.id] = [Keyphrase(word, 0.1 * place) for place, word in enumerate([subject, *own], 1)]
            subject_of[made.id] = subject
    return articles, keyphrases, subject_of


def check_sound(grouping: Grouping, articles: list[Article]) -> None:
    """What must hold of every grouping of these articles."""
    ids = sorted(each.id for each in articles)
    placed = [number for group in grouping.groups.values() for number in group.articles]
    assert sorted(placed) == sorted(grouping.placements)
    assert len(placed) == len(set(placed))
    assert {*placed, *grouping.nearest} <= set(ids)
    for name, group in grouping.groups.items():
        assert len(group.articles) >= 2
        assert sorted(number for story in group.stories for number in story) == sorted(group.articles)
        assert all(grouping.placements[number].topic == name for number in group.articles)
    for number, placement in [*grouping.placements.items(), *grouping.nearest.items()]:
        assert 1 <= len(placement.reasons) <= 5
        assert placement.topic in grouping.groups
        assert number not in grouping.placements or grouping.nearest.get(number) != grouping.placements[number]
    sizes = [len(group.articles) for group in grouping.groups.values()]
    assert sizes == sorted(sizes, reverse=True)


def test_subjects_come_apart() -> None:
    articles, keyphrases, subject_of = corpus(each=12)
    grouping = cluster.group(articles, keyphrases)
    check_sound(grouping, articles)
    for found in grouping.groups.values():
        assert len({subject_of[number] for number in found.articles}) == 1
    assert sum(len(found.articles) for found in grouping.groups.values()) >= 0.9 * len(articles)


def test_the_order_of_the_articles_makes_no_difference() -> None:
    articles, keyphrases, _ = corpus(each=9)
    expected = cluster.group(articles, keyphrases)
    for seed in range(3):
        shuffled = articles[:]
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - tests want a seed, not secrecy
        assert cluster.group(shuffled, keyphrases) == expected


def test_reasons_are_words_of_the_article_that_another_member_has_too() -> None:
    articles, keyphrases, _ = corpus(each=8)
    text = {each.id: each.paragraphs[0].lower() for each in articles}
    grouping = cluster.group(articles, keyphrases)
    for number, placement in grouping.placements.items():
        others = [each for each in grouping.groups[placement.topic].articles if each != number]
        for reason in placement.phrases:
            assert reason.lower() in text[number]
            assert any(word in text[other] for word in reason.lower().split() for other in others)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([], id="none"),
        pytest.param(["The ferry left the harbour."], id="one"),
        pytest.param(["", ""], id="two empty"),
        pytest.param(["the of and", "of the and"], id="function words alone"),
        pytest.param(["The ferry left the harbour.", "The orchestra played."], id="two unlike"),
        pytest.param(["The ferry left the harbour."] * 2, id="two alike"),
        pytest.param(["12 34", "....", "\u0000", "😀😀"], id="no words to speak of"),
    ],
)
def test_few_articles(texts: list[str]) -> None:
    articles = [article(f"a{number}", text) for number, text in enumerate(texts)]
    keyphrases = {each.id: [Keyphrase(word, 0.1) for word in each.title.split()] for each in articles}
    check_sound(cluster.group(articles, keyphrases), articles)


def test_without_keyphrases_everything_is_on_the_shelf() -> None:
    articles, _, _ = corpus(each=3)
    grouping = cluster.group(articles, {})
    check_sound(grouping, articles)
    assert grouping.groups == {}


def test_hundreds_of_copies_are_one_group() -> None:
    articles = [article(f"copy-{number:04d}", "The ferry left the harbour at dawn.") for number in range(300)]
    phrases = [Keyphrase("ferry", 0.1), Keyphrase("harbour", 0.2)]
    grouping = cluster.group(articles, {each.id: phrases for each in articles})
    check_sound(grouping, articles)
    assert [len(found.articles) for found in grouping.groups.values()] == [300]


def test_a_huge_article_does_no_harm() -> None:
    articles, keyphrases, _ = corpus(each=5)
    articles.append(article("huge", " ".join(f"word{number % 50_000}" for number in range(150_000))))
    check_sound(cluster.group(articles, keyphrases), articles)


def test_languages_may_be_mixed() -> None:
    articles, keyphrases, subject_of = corpus(each=6)
    for number in range(6):
        made = article(
            f"fr-{number}", f"La grève des cheminots paralyse la gare Saint-Lazare, jour {number}.", language="fr"
        )
        articles.append(made)
        keyphrases[made.id] = [Keyphrase("grève des cheminots", 0.1), Keyphrase("gare Saint-Lazare", 0.2)]
        subject_of[made.id] = "strike"
    grouping = cluster.group(articles, keyphrases)
    check_sound(grouping, articles)
    french = [placement.topic for number, placement in grouping.placements.items() if number.startswith("fr-")]
    assert len(french) == 6
    assert len(set(french)) == 1


WORDS = st.sampled_from(
    ["glacier", "ferry", "orchestra", "vaccine", "Paris", "the", "of", "world", "2024", "l'État", "U.S.", "naïve"]
)
TEXTS = st.lists(st.lists(WORDS, max_size=8).map(" ".join), max_size=12)


@costly(0.3)
@given(texts=TEXTS, seed=st.integers(0, 5))
@example(texts=["", "", "glacier", "U.S.", "glacier U.S."], seed=0)
def test_whatever_is_given_is_placed_once(texts: list[str], seed: int) -> None:
    articles = [article(f"a{number:02d}", text) for number, text in enumerate(texts)]
    keyphrases = {
        each.id: [Keyphrase(word, 0.1) for word in each.paragraphs[0].split()[:4]]
        for each in articles
        if each.paragraphs
    }
    grouping = cluster.group(articles, keyphrases)
    check_sound(grouping, articles)
    shuffled = articles[:]
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - tests want a seed, not secrecy
    assert cluster.group(shuffled, keyphrases) == grouping


def test_two_people_of_one_surname_are_neither_topic_nor_story() -> None:
    texts = {
        "premier": "Prime minister Boris Johnson visited the shipyard of Norwick on Monday and promised orders.",
        "powder": "The maker of the baby powder, Johnson & Johnson, settled hundreds of lawsuits over talc.",
        "ferry": "A ferry ran aground off the islands in thick fog; all passengers were brought ashore.",
        "wheat": "Farmers in the south expect the best wheat harvest for ten years after a mild spring.",
    }
    articles = [article(name, text) for name, text in texts.items()]
    phrases = {
        "premier": ["Boris Johnson", "shipyard"],
        "powder": ["Johnson", "baby powder"],
        "ferry": ["ferry", "islands"],
        "wheat": ["wheat harvest"],
    }
    collection = cluster.collect(
        articles, {name: [Keyphrase(phrase, 0.1) for phrase in found] for name, found in phrases.items()}
    )
    found = cluster.propose(collection, texts)
    assert found.groups == ()
    assert sorted(found.stories) == [(name,) for name in sorted(texts)]


@pytest.mark.parametrize(("topics", "least"), [(0, 3), (24, 3), (95, 3), (96, 4), (191, 4), (192, 5), (400, 6)])
def test_a_topic_holds_one_article_more_whenever_the_topics_double(topics: int, least: int) -> None:
    assert cluster.DEFAULTS.least_articles(topics) == least


def test_pairs_do_not_make_topics_larger() -> None:
    def told(subject: str, happening: str) -> str:
        return " ".join([*(f"{subject}{letter}" for letter in "ab"), *(f"{happening}{letter}" for letter in "uvwxyz")])

    texts = {f"pair-{n}-{m}": told(f"pair{n}", f"pair{n}") for n in range(40) for m in range(2)}
    threads = {f"thread-{n}-{m}": told(f"thread{n}", f"only{n}{m // 2}") for n in range(3) for m in range(4)}
    articles = [article(name, text) for name, text in {**texts, **threads}.items()]
    keyphrases = {each.id: [Keyphrase(word, 0.1) for word in each.paragraphs[0].split()] for each in articles}
    few = replace(cluster.DEFAULTS, many_topics=3)
    found = cluster.propose(cluster.collect(articles, keyphrases, few), keyphrases)
    assert found.groups == tuple(tuple(f"thread-{n}-{m}" for m in range(4)) for n in range(3))
