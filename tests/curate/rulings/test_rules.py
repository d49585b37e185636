from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.rulings.rules import RuleIndex, match_key, matches
from digestgen.curate.rulings.rulings import Rule, SlugRef
from made import an_article

KEYWORDS = {
    "a word": ("missile", "A missile fell.", True),
    "in capitals": ("missile", "MISSILE FALLS", True),
    "sought in capitals": ("MISSILE", "A missile fell.", True),
    "more than one of it": ("missile", "Missiles fell.", True),
    "whose": ("missile", "The missile’s path", True),
    "more than one of it, sought": ("missiles", "A missile fell.", False),
    "a name that looks like a plural": ("The Times", "for the time being", False),
    "a name in full": ("The Times", "as “The Times” has it", True),
    "part of a word": ("missile", "the art of missilery", False),
    "part of a joined word": ("Kremlin", "pro-Kremlin voices", True),
    "a joined word": ("pro-Kremlin", "pro-Kremlin voices", True),
    "a joined word that is parted": ("pro-Kremlin", "pro Kremlin voices", True),
    "a part of a joined word and what follows": ("Kremlin voices", "pro-Kremlin voices", True),
    "with an unbreakable hyphen": ("pro-Kremlin", "pro\u2011Kremlin voices", True),
    "part of a word joined by underscores": ("Kremlin", "#pro_Kremlin_voices", True),
    "over underscores": ("Kremlin voices", "pro_kremlin_voices_", True),
    "a word joined by underscores": ("pro_kremlin", "pro Kremlin voices", True),
    "behind an apostrophe": ("Ukraine", "l’Ukraine", True),
    "a straight apostrophe": ("O'Brien", "Mr O’Brien", True),
    "a curly apostrophe": ("O’Brien", "Mr O'Brien", True),
    "a modifier as apostrophe": ("Kam'yanets", "Kam\u02bcyanets", True),
    "in quotation marks": ("war", "the “war” of words", True),
    "quotation marks inside": ('so-called "war" of words', "a so-called «war» of words", True),
    "a phrase": ("north korea", "North Korea, again", True),
    "a phrase over a line of punctuation": ("north korea", "to the north: Korea", True),
    "a phrase in another order": ("north korea", "Korea, North", False),
    "a phrase that is cut off": ("north korea", "It lies in the north", False),
    "a phrase whose first word comes twice": ("north korea", "north north Korea", True),
    "an abbreviation": ("U.S. troops", "US troops", True),
    "an abbreviation, sought without dots": ("USSR", "the U.S.S.R. fell", True),
    "with an ampersand": ("R&D", "its R&D arm", True),
    "a number": ("COVID-19", "Covid-19 spread", True),
    "a decomposed letter": ("café", "the cafe\u0301 closed", True),
    "another letter": ("cafe", "the café closed", False),
    "wide letters": ("missile", "ｍｉｓｓｉｌｅ", True),
    "a joiner that hides it": ("missile", "A mis\u200dsile fell.", True),
    "a sharp s": ("Straße", "STRASSE", True),
    "a dotted capital": ("İstanbul", "İSTANBUL", True),
    "Cyrillic in another case": ("Москва", "в Москве", True),
    "Cyrillic, another word": ("Москва", "москит", False),
    "Chinese": ("导弹", "一枚导弹落下", True),
    "Chinese in another order": ("弹导", "一枚导弹落下", False),
    "Chinese, a quotation": ("“导弹”", "一枚«导弹»落下", True),
    "Latin letters in Chinese": ("Kim", "与Kim会面", True),
    "no phrase over Chinese": ("Kim Jong", "Kim会面Jong", False),
    "Japanese": ("ミサイル", "弾道ミサイルを発射", True),
    "Korean with a particle": ("서울", "서울에서 만났다", True),
    "Thai": ("ขีปนาวุธ", "ยิงขีปนาวุธสองลูก", True),
    "Hindi": ("मिसाइल", "एक मिसाइल गिरी", True),
    "Hindi, another vowel": ("मिसाइल", "एक मसाला", False),
    "Hebrew": ("טיל", "טיל נפל", True),
    "nothing": ("missile", "", False),
}


@pytest.mark.parametrize(("keyword", "text", "expected"), KEYWORDS.values(), ids=KEYWORDS)
def test_a_keyword_stands_in_an_article(keyword: str, text: str, expected: bool) -> None:  # noqa: FBT001
    rule = Rule(1, keyword=keyword, hide=True)
    assert matches(rule, an_article("a", "Before.", text, "After.")) is expected
    assert matches(rule, an_article("a", title=text)) is expected
    assert matches(rule, an_article("a", standfirst=text)) is expected


def test_no_phrase_is_found_across_paragraphs() -> None:
    rule = Rule(1, keyword="north korea", hide=True)
    apart = an_article("a", "To the north", "Korea", title="North", standfirst="Korea")
    assert not matches(rule, apart)


NAMES = {
    "a source": (Rule(1, source="The Daily Planet", hide=True), True),
    "a source in another case": (Rule(1, source="the daily PLANET", hide=True), True),
    "a source with another apostrophe": (Rule(1, source="The Daily Planet’s", hide=True), False),
    "part of a source": (Rule(1, source="Planet", hide=True), False),
    "a feed with a month behind it": (Rule(1, feed="world-news", hide=True), True),
    "a feed in another case": (Rule(1, feed="World-News", hide=True), True),
    "a seed": (Rule(1, feed="world-news-2026-11", hide=True), True),
    "a seed with its ending": (Rule(1, feed="world-news-2026-11.jsonl", hide=True), True),
    "part of a feed": (Rule(1, feed="world", hide=True), False),
    "more than a feed": (Rule(1, feed="world-news-2026", hide=True), False),
    "the name of a source as a keyword": (Rule(1, keyword="Planet", hide=True), False),
}


@pytest.mark.parametrize(("rule", "expected"), NAMES.values(), ids=NAMES)
def test_a_source_and_a_feed_are_known_by_their_whole_name(rule: Rule, expected: bool) -> None:  # noqa: FBT001
    article = an_article("a", "Text.", source="The Daily Planet", seed="world-news-2026-11.jsonl")
    assert matches(rule, article) is expected


SEEDS = {
    "the name alone": ("news.jsonl", True),
    "with a month": ("news-2026-11.jsonl", True),
    "with a day": ("news-2026-11-22.txt", True),
    "in a folder": ("feeds/news-2026-11.jsonl", True),
    "in capitals": ("NEWS-2026-11.jsonl", True),
    "with a year": ("news-2026.jsonl", False),
    "with a word": ("news-sport-2026-11.jsonl", False),
    "with a word before": ("old-news-2026-11.jsonl", False),
    "a folder of the name": ("news/week.txt", False),
}


@pytest.mark.parametrize(("seed", "expected"), SEEDS.values(), ids=SEEDS)
def test_a_feed_is_all_its_seeds(seed: str, expected: bool) -> None:  # noqa: FBT001
    assert matches(Rule(1, feed="news", hide=True), an_article("a", "Text.", seed=seed)) is expected


def test_an_article_without_a_source_has_none() -> None:
    assert not matches(Rule(1, source="None", hide=True), an_article("a", "Text."))


SHOWN = Rule(1, keyword="fox", hide=False)
TO_CITY = Rule(2, keyword="city", topic=SlugRef("city", 2))
HIDDEN = Rule(3, source="RT", hide=True)
TO_ZOO = Rule(4, keyword="fox", topic=SlugRef("zoo", 4))

DECIDED = {
    "none": ("A hen.", "Planet", (), None, None),
    "the first that hides or shows": ("A fox.", "RT", (SHOWN, HIDDEN, TO_ZOO), SHOWN, TO_ZOO),
    "the first that sends": ("A fox in the city.", "Planet", (SHOWN, TO_CITY, TO_ZOO), SHOWN, TO_CITY),
    "one that only hides": ("A hen.", "RT", (HIDDEN,), HIDDEN, None),
    "one that only sends": ("The city.", None, (TO_CITY,), None, TO_CITY),
}


@pytest.mark.parametrize(("text", "source", "fitting", "hiding", "sending"), DECIDED.values(), ids=DECIDED)
def test_the_first_rule_that_fits_decides(
    text: str, source: str | None, fitting: tuple[Rule, ...], hiding: Rule | None, sending: Rule | None
) -> None:
    article = an_article("a", text, source=source)
    for known in ([article], []):
        index = RuleIndex([SHOWN, TO_CITY, HIDDEN, TO_ZOO], known)
        assert index.matching(article) == fitting
        assert index.visibility_rule(article) is hiding
        assert index.topic_rule(article) is sending


def test_rules_go_by_what_an_article_was_before_the_curator_edited_it() -> None:
    article = an_article("a", "Text.", title="A fox")
    index = RuleIndex([HIDDEN, TO_ZOO], [article])
    assert index.topic_rule(an_article("a", "Text.", title="A hen")) is TO_ZOO
    assert index.topic_rule(an_article("b", "Text.", title="A hen")) is None


SAME = {
    "case": (Rule(1, keyword="Fox"), Rule(2, keyword="FOX"), True),
    "whatever is decided": (Rule(1, keyword="fox", hide=True), TO_ZOO, True),
    "an abbreviation": (Rule(1, keyword="U.S. troops"), Rule(2, keyword="us  troops"), True),
    "quotation marks": (Rule(1, keyword="“war” of words"), Rule(2, keyword="war of words"), True),
    "a plural": (Rule(1, keyword="hen"), Rule(2, keyword="hens"), False),
    "words that are parted elsewhere": (Rule(1, keyword="ab c"), Rule(2, keyword="a bc"), False),
    "Chinese": (Rule(1, keyword="“导弹”"), Rule(2, keyword='"导弹"'), True),
    "a source": (Rule(1, source="RT"), Rule(2, source="rt"), True),
    "two sources": (Rule(1, source="RT"), Rule(2, source="R.T."), False),
    "a feed": (Rule(1, feed="news"), Rule(2, feed="News"), True),
    "a source and a keyword": (Rule(1, source="rt"), Rule(2, keyword="rt"), False),
    "a source and a feed": (Rule(1, source="rt"), Rule(2, feed="rt"), False),
}


@pytest.mark.parametrize(("one", "other", "expected"), SAME.values(), ids=SAME)
def test_when_two_rules_are_about_the_same(one: Rule, other: Rule, expected: bool) -> None:  # noqa: FBT001
    assert (match_key(one) == match_key(other)) is expected


WORDS = st.sampled_from(
    ["fox", "Foxes", "fox’s", "hen", "pro-fox", "U.S.", "us", "лиса", "лисы", "狐", "的狐狸", "ни", "’", "é"]
)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)


@given(st.lists(TEXTS.filter(lambda text: text.strip(" ’")), max_size=4), st.lists(TEXTS, max_size=4))
def test_many_rules_at_once_find_what_each_alone_finds(keywords: list[str], paragraphs: list[str]) -> None:
    article = an_article("a", *paragraphs)
    rules = [Rule(line, keyword=keyword, hide=True) for line, keyword in enumerate(keywords, 1)]
    alone = tuple(rule for rule in rules if matches(rule, article))
    assert RuleIndex(rules, [an_article("b", *reversed(paragraphs)), article]).matching(article) == alone
    by_meaning = {match_key(rule): matches(rule, article) for rule in rules}
    assert all(by_meaning[match_key(rule)] == matches(rule, article) for rule in rules)


@given(TEXTS, TEXTS.filter(lambda text: text.strip(" ’")), TEXTS)
def test_a_keyword_is_found_wherever_it_stands(before: str, keyword: str, after: str) -> None:
    text = f"{before} {keyword.upper()} {after}"
    assert matches(Rule(1, keyword=keyword, hide=True), an_article("a", text))
