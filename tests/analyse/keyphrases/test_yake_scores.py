"""The package ``yake`` is the reference: every phrase in its order, every score to the last bit."""

from __future__ import annotations

import warnings
from functools import cache

import pytest
import yake
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.keyphrases import extraction
from digestgen.analyse.keyphrases.extraction import extract
from digestgen.analyse.keyphrases.yake_scores import scored_phrases
from digestgen.language.stop_words import stop_words
from made import BRIDGE, FOX, an_article

STOP = frozenset({"the", "of", "and", "does", "his", "by", "die", "der", "и", "на", "και", "it", "can't", "de"})
MOST = 40


@cache
def package(stop: frozenset[str], most: int) -> yake.KeywordExtractor:
    return yake.KeywordExtractor(n=3, window_size=1, dedup_lim=1.0, top=most, stopwords=set(stop))


def reference(text: str, stop: frozenset[str] = STOP, most: int = MOST) -> list[tuple[str, float]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [(phrase, float(score)) for phrase, score in package(stop, most).extract_keywords(text)]


TEXTS = {
    "nothing": "",
    "white space": " \n ",
    "function words alone": "The of and. By the of.",
    "one word": "ferry",
    "a capital opens it": "Ferry boats leave. The ferry boats of Oslo leave.",
    "a small letter opens it": "é. Foxes leave. foxes stay.",
    "a single letter opens it": "A. Fox left the den. A fox left the den.",
    "plural and singular": "does doe Does DOE deers deer gas gases bus. Class classes class.",
    "small words inside": "Bank of England and Bank of Scotland. The bank of England. Bank of the England.",
    "names and acronyms": "In Oslo NATO met Ada Brandt. NATO and iPhone and eBay met Ada. McAdam met NATO.",
    "abbreviations": "He met Dr. Brandt in the U.S. Navy on Jan. Third. Mr. Fox left. Prof. Varga vs. Fox.",
    "initials": "By A. Brandt and J. B. Varga. Then Ada B. Varga left. The Captain A. Fox met A.-B. Fox.",
    "words after a stop in small letters": "Foxes left. and they stayed! is it so? via Oslo. of course. through it.",
    "dates": "On 3. Oct the fox left. In 12. December it came. 0123. Jan was cold.",
    "contractions": "Don't can't won't it's y'all'd foxes' boys' O'Neil rock'n'roll 'tis 'a' ’s l’eau Ada’s d'Ada ''.",
    "numbers": "1,000 and 1.5 at 12:30 on 5G and G20, COVID-19, H2O, x² and C₂. 3 12 12.",
    "punctuation": 'Fox ... fox… (fox) "fox," fox; fox: – — fox/fox a,b .a ,; €, $5 5% _ __ a_b #fox.',
    "dangling commas": "fox, fox,; ,: €,: (,; fox.,",
    "stops at the end": 'The fox left." The fox left.) The fox left... The fox left?! .',
    "the stop is not last": 'The fox left. "The fox left" ) ) )',
    "brackets": "The fox (a fox. Then another) left. The fox [1] left. See (Nature. Fox, 1. Vol) it. ((",
    "links and addresses": "Write to a@b.org, or see http://x.org/a?b=c, and www.x.org. Foxes (http://x.org/).",
    "entities": "Fox &amp; hen &lt;b&gt; &nbsp; fox&hen AT&T &.",
    "breaks of lines": "Fo-\r\nxes and fo-\u2028xes.\nFoxes\n\nleft. \tFoxes\x0bleft\x1cfoxes\x85foxes\xa0foxes.",
    "ellipsis at the end": "Foxes left the city and foxes came ...",
    "German": "Die Füchse ziehen in die Straße. Die STRASSE der Füchse. Füchse z.B. Mär. Straße.",
    "Turkish": "İstanbul ve istanbul. In İstanbul İİ ıı I.",
    "Greek": "Η ΟΔΟΣ ΣΟΦΟΣ και η οδός σοφός. Στην Οδό Σ. ΟΔΟΣ Α.",
    "Russian": "Москва и СССР. В Москве на Неве. Нева и Москва.",
    "Hebrew and Arabic": "תל־אביב גדולה. תל־אביב. العربية لغة. العربية لغة.",
    "Chinese and Japanese": "北京 東京です。 北京 東京。北京 ！ 東京です。",
    "Thai and Hindi": "ไทย ไทย हिन्दी भाषा है। हिन्दी भाषा है।",
    "odd letters": "ǅ ǆ Ⓐ ⓐ Ⅷ ⅷ ʰa Aʰ. Fox Aʰ. Fox co\u00adop co\u00adop ª º. ﬁn 𝐀𝐛 𐐀𐐨.",
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_scores_are_those_of_the_package(text: str) -> None:
    assert scored_phrases(text, STOP, MOST) == reference(text)


@pytest.mark.parametrize("stop", [frozenset({"no text holds this"}), stop_words("en")], ids=["none", "English"])
@pytest.mark.parametrize("lines", [FOX, BRIDGE, [*FOX, *BRIDGE] * 4], ids=["foxes", "a bridge", "long"])
def test_scores_of_articles_are_those_of_the_package(lines: list[str], stop: frozenset[str]) -> None:
    text = "\n".join(lines)
    assert scored_phrases(text, stop, 150) == reference(text, stop, 150)


PARTS = " ".join(TEXTS.values()).split()
SPACES = st.sampled_from([*[" "] * 12, ". ", ", ", "\n", "? ", ".” ", ") ", "-", "", "  "])
WORDS = st.sampled_from(sorted(set(PARTS))) | st.text(max_size=6)


@given(st.lists(st.tuples(WORDS, SPACES), max_size=60).map(lambda pairs: "".join(map("".join, pairs))))
def test_scores_of_any_text_are_those_of_the_package(text: str) -> None:
    assert scored_phrases(text, STOP, MOST) == reference(text)


SENTENCES = {
    "en": "Foxes of New York don’t fear the U.S. Navy, says Ada Brandt of the EU. The foxes can’t read COVID-19 rules.",
    "fr": "L’eau de la Seine monte. Jean d’Arc et M. Dupont n’ont pas vu l’eau de l’Oise aujourd’hui.",
    "de": "Die Füchse ziehen in die Straße z. B. nach Köln. Am 3. Oktober kam Dr. Brandt mit den Füchsen.",
    "ru": "Москва закрыла мост на Неве. Мост в Москве откроет В. Петров.",
    "el": "Η Αθήνα έκλεισε τη γέφυρα. Η γέφυρα της Αθήνας άνοιξε.",
    "ja": "東京の橋が閉じた。橋は東京で開く。",
    "ar": "أغلقت القاهرة الجسر. الجسر في القاهرة مفتوح.",
    "hi": "दिल्ली का पुल बंद है। पुल दिल्ली में खुलेगा।",
}


@given(
    st.sampled_from(sorted(SENTENCES)),
    st.lists(st.sampled_from(sorted(SENTENCES.values())), min_size=1, max_size=6),
)
def test_keyphrases_are_those_of_the_package(language: str, paragraphs: list[str]) -> None:
    article = an_article("a", *paragraphs, language=language)
    with pytest.MonkeyPatch.context() as patched:
        found = extract(article)
        patched.setattr(
            extraction, "scored_phrases", lambda text, stop, most: reference(text, stop or frozenset({"\0"}), most)
        )
        assert found == extract(article)
