from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.keyphrases.extraction import extract, select, warning
from digestgen.analyse.keyphrases.surnames import full_names
from digestgen.language.phrases import contains, normalised_phrase
from digestgen.model import Article, Keyphrase
from made import an_article


def chosen_of(articles: Mapping[str, Article]) -> dict[str, tuple[Keyphrase, ...]]:
    candidates = {id_: extract(each) for id_, each in articles.items()}
    return select(candidates, articles, full_names(candidates, articles), articles)


def phrases(*paragraphs: str, **changes: object) -> list[str]:
    only = an_article("a", *paragraphs, **changes)
    return [phrase.text for phrase in chosen_of({"a": only})["a"]]


HARBOUR = (
    "The harbour authority in New York signed the ferry contract with Theresa May’s former adviser on Monday.",
    "Harbour Minister Ilona Peter Varga said the ferry contract would end COVID-19 delays and please the U.S. Navy.",
    "Officials of the EU, the UK and the US met at the G20 summit; North Korea stayed away, and AI was left out.",
    "The ferry contract was praised in New York, where Theresa May spoke of 5G masts. North Korea did not comment.",
)


@pytest.mark.parametrize("name", ["New York", "Theresa May", "COVID-19", "North Korea", "EU", "UK", "AI", "5G", "G20"])
def test_names_that_yake_would_break_come_out_whole(name: str) -> None:
    found = [phrase.text.split() for phrase in extract(an_article("a", *HARBOUR))]
    assert any(contains(tuple(words), tuple(name.split())) for words in found), found
    assert not any([half] in found for half in name.split() if half != name)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("Define HOLD_SIG before use. The macro HOLD_SIG blocks it.", "HOLD_SIG", id="a macro"),
        pytest.param("The call notify_set_timer failed: notify_set_timer hangs.", "notify_set_timer", id="a function"),
        pytest.param("They wrote #stop_the_ferry. Under #stop_the_ferry came more.", "stop_the_ferry", id="a hashtag"),
        pytest.param("@tom_d was asked. The answer by @tom_d was short.", "tom_d", id="a user"),
    ],
)
def test_a_word_joined_by_underscores_is_not_parted(text: str, word: str) -> None:
    found = [each for phrase in phrases(text) for each in phrase.split()]
    assert word in found
    assert set(found).isdisjoint(word.split("_"))


def test_a_name_is_not_cut_off_and_does_not_take_its_office_along() -> None:
    found = phrases(*HARBOUR)
    assert "Ilona Peter Varga" in found
    assert not any("Minister" in text for text in found)


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        pytest.param("Lisbon trams stop on Monday. Monday is the day of the trams in Lisbon.", "monday", id="weekday"),
        pytest.param("Rovers won in October. The October cup went to Rovers of Leith.", "october", id="month"),
        pytest.param(
            "Mayor Ada Brandt warned Oslo. Ada Brandt warned Bergen of floods.", "warned", id="reporting verb"
        ),
        pytest.param("The striking dockers’ union met. The union’s leader left.", "'s", id="possessive"),
    ],
)
def test_unreadable_words_are_in_no_phrase(text: str, unwanted: str) -> None:
    found = phrases(text)
    assert found
    assert not any(unwanted in phrase.lower() for phrase in found)


def test_a_day_has_a_name_and_a_weekday_none() -> None:
    found = phrases(
        "Families met on Memorial Day in Leeds. On Memorial Day the mayor told the Senate Tuesday that it rained."
    )
    assert "Memorial Day" in found
    assert not any("Tuesday" in phrase for phrase in found)


def test_small_words_and_brackets_inside_a_name_do_not_break_it() -> None:
    found = phrases("Critics of Bill van Dorn met Mayor [Ada] Brandt in Oslo.", "The vote pleased Bill van Dorn.")
    assert {"Bill van Dorn", "Ada Brandt"} <= set(found)


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        pytest.param("The council wants to sidestep rail unions in Leeds.", "sidestep", id="after to"),
        pytest.param("Envoys will gain military ground in Mali.", "gain", id="after will"),
        pytest.param("Poland shot down drones over Lublin. Poland shot down two.", "shot", id="before a particle"),
        pytest.param("A truce brokered by Oman holds. The truce brokered by Oman is new.", "brokered", id="passive"),
        pytest.param("Blair blasts Tory spending. Mayor Blair blasts Tory spending.", "blasts", id="after a name"),
        pytest.param("The merger lifts profits at Acme. Merger lifts profits.", "lifts", id="between nouns"),
        pytest.param(
            "In Leeds, Dale Wilkes handed ban. So Dale Wilkes handed ban papers in.", "handed", id="past after a name"
        ),
        pytest.param(
            "A diplomat familiar with Mali spoke of the diplomat familiar with Oman.", "familiar", id="adjective"
        ),
    ],
)
def test_no_phrase_is_half_a_sentence(text: str, unwanted: str) -> None:
    found = phrases(text)
    assert found
    assert not any(unwanted in phrase.lower().split() for phrase in found)


def test_a_stressed_word_is_no_name_and_a_name_in_capitals_is_one() -> None:
    stressed = phrases(
        "The modem driver is NOT the fault, and a new modem driver will not help: YOU wired the modem, as you know.",
        "Have you tried the port? If you have not, the modem will not answer you, as I told you.",
    )
    assert not {"NOT", "YOU"} & set(stressed)
    assert any("modem" in text for text in stressed)
    assert "WHO" in phrases("Doctors of the WHO met nurses who had asked the WHO for vaccines. The WHO has agreed.")


def test_a_phrase_does_not_run_on_from_an_unterminated_title_or_line() -> None:
    found = phrases("Fishing quotas fall", "Rising seas threaten fishing quotas", title="Norway and Iceland agree")
    assert not any("fall" in text.lower() and "sea" in text.lower() for text in found)
    assert not any("Iceland" in text and "quota" in text for text in found)


def test_a_wrapped_line_is_read_as_one() -> None:
    assert "separate account industry" in phrases("New entrants shake up the separate account", "industry of Ohio.")


def test_names_keep_their_capitals_in_a_headline_in_capitals() -> None:
    found = phrases("Storms hit the coast of Wales. Wales had storms.", title="STORMS BATTER WALES COAST AGAIN TODAY")
    assert "Wales" in " ".join(found)


def test_one_spelling_for_one_phrase_in_the_whole_collection() -> None:
    texts = {
        "a": "The cruise missile flew far. A cruise missile is loud.",
        "b": "Cruise missiles fly far. Many cruise missiles are loud.",
        "c": "They buy cruise missiles from abroad, and cruise missiles are dear.",
    }
    articles = {id_: an_article(id_, text) for id_, text in texts.items()}
    chosen = chosen_of(articles)
    spelled = {p.text for ps in chosen.values() for p in ps if normalised_phrase(p.text) == ("cruise", "missile")}
    assert spelled == {"cruise missiles"}


def test_selecting_does_not_depend_on_the_order_of_the_articles() -> None:
    articles = {id_: an_article(id_, text) for id_, text in zip("abcd", HARBOUR, strict=True)}
    assert chosen_of(articles) == chosen_of(dict(reversed(articles.items())))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(
            "fr",
            "L’Assemblée nationale a adopté la réforme des retraites de Martine Lenoir. Les syndicats appellent à la "
            "grève contre la réforme des retraites, et le Conseil constitutionnel doit se prononcer.",
            {"réforme des retraites", "Assemblée nationale", "Martine Lenoir"},
            id="French",
        ),
        pytest.param(
            "de",
            "Im Bundestag wurde über das Heizungsgesetz gestritten. Im Ausschuss verteidigte Petra Vogel das "
            "Heizungsgesetz. Umweltverbände kritisierten hohe Kosten.",
            {"Heizungsgesetz", "Petra Vogel"},
            id="German",
        ),
        pytest.param(
            "es",
            "El Gobierno de Marta Robles aprobó la ley de vivienda. La ley de vivienda, dice Marta Robles, es justa.",
            {"ley de vivienda", "Marta Robles"},
            id="Spanish",
        ),
        pytest.param(
            "uk",
            "До Харкова приїхав Олег Степанюк. Після ракетного удару місто без світла; рятувальники, за словами "
            "голови, ще працюють після ракетного удару.",
            {"Олег Степанюк", "ракетного удару"},
            id="Ukrainian",
        ),
        pytest.param(
            "ru",
            "В исправительной колонии, пишут газеты, голодает Павел Орлов. Адвокаты не видели его в исправительной "
            "колонии две недели.",
            {"Павел Орлов", "исправительной колонии"},
            id="Russian",
        ),
    ],
)
def test_other_languages(language: str, text: str, expected: set[str]) -> None:
    assert expected <= set(phrases(text, language=language))


def test_a_language_without_function_words_works_and_is_reported() -> None:
    assert warning("en", ["a.txt"]) is None
    assert warning("xx", ["a.txt", "b.txt"]) == (
        "a.txt, b.txt: no list of function words for the language 'xx': keyphrases and topics will be poor"
    )
    assert "`language:`" in (warning("und", ["a.txt"]) or "")
    assert "c.txt and 2 more:" in (warning("xx", [f"{letter}.txt" for letter in "abcde"]) or "")
    assert phrases("Bahasa kotak merah. Kotak merah besar itu.", language="xx")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("?!… — ..;;", id="punctuation"),
        pytest.param("a" * 1_000_000, id="one long word"),
        pytest.param(" ".join(f"word{n}x" for n in range(100_000)), id="a hundred thousand words"),
        pytest.param("a." * 200_000, id="one long acronym"),
        pytest.param("it's-" * 100_000, id="joined words"),
        pytest.param("Qbbbbq Qcbbbq \0\x1b\u202e Qbbbbq EU Qbbbbq", id="what looks like a placeholder"),
        pytest.param("Kim " * 20_000, id="one name for ever"),
    ],
)
def test_hostile_text(text: str) -> None:
    for phrase in extract(an_article("a", text)):
        assert phrase.score > 0
        assert len(phrase.text) < 250


def test_only_the_first_words_of_an_article_count() -> None:
    before = ["The mill wheel turned slowly."] * 800
    found = extract(an_article("a", *before, "Zanzibar clove. Zanzibar clove farmers."))
    assert not any("Zanzibar" in phrase.text for phrase in found)


AWKWARD_WORDS = (
    *("Kim", "Jong", "Un", "missiles", "missile", "North", "Korea", "korean", "The", "of", "a", "said", "Monday", "EU"),
    *("May", "New", "York", "5G", "don't", "’", ".", ",", '"', "-", "city", "Minister", "peace-deal", "IT", "us", "É"),
)


@given(
    st.lists(
        st.lists(
            st.sampled_from(AWKWARD_WORDS),
            max_size=30,
        ).map(" ".join)
        | st.text(max_size=40),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_the_text_the_list_can_be_printed(texts: list[str]) -> None:
    articles = {f"a{n}": an_article(f"a{n}", text) for n, text in enumerate(texts)}
    chosen = chosen_of(articles)
    assert chosen.keys() == articles.keys()
    for listed in chosen.values():
        folded = [normalised_phrase(phrase.text) for phrase in listed]
        assert len(listed) <= 12
        assert [p.score for p in listed] == sorted(p.score for p in listed)
        assert all(phrase.score > 0 and phrase.text.strip() for phrase in listed)
        assert not any(contains(one, two) for one in folded for two in folded if one is not two)


def test_of_phrases_inside_one_another_only_the_best_stays() -> None:
    only = an_article("a", "Sea otters swim in rivers.")
    listed = [Keyphrase("otter", 0.1), Keyphrase("rivers", 0.2), Keyphrase("otters", 0.5), Keyphrase("sea otters", 0.9)]
    assert len(select({"a": listed}, {"a": only}, full_names({"a": listed}, {"a": only}), {"a"})["a"]) == 2
