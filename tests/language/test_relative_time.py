import pytest

from digestgen.language import relative_time


@pytest.mark.parametrize(
    ("language", "sentence", "without"),
    [
        pytest.param("en", "Last week, the bridge opened.", "the bridge opened.", id="a lead with a comma"),
        pytest.param("en", "Last week the bridge opened.", "the bridge opened.", id="a lead before a subject"),
        pytest.param("en", "This week marks the end.", "This week marks the end.", id="a subject"),
        pytest.param("en", "The bridge, on Friday, opened.", "The bridge opened.", id="between commas"),
        pytest.param(
            "en", "The bridge opened on Friday, a year late.", "The bridge opened, a year late.", id="weekday"
        ),
        pytest.param("en", "It opened on Oct. 15.", "It opened on Oct. 15.", id="a date"),
        pytest.param("en", "Closed since last week, it rusts.", "Closed since last week, it rusts.", id="since"),
        pytest.param("en", "It stays shut until Monday.", "It stays shut until Monday.", id="until"),
        pytest.param("en", "Today's vote may fail.", "Today's vote may fail.", id="a possessive"),
        pytest.param("en", "He said “we won yesterday” of it.", "He said “we won yesterday” of it.", id="a quotation"),
        pytest.param("en", "It sank two days ago in Bremen.", "It sank in Bremen.", id="ago"),
        pytest.param("de", "Am Montag kam er.", "Am Montag kam er.", id="German leads stay"),
        pytest.param("fr", "Aujourd’hui, le pont a rouvert.", "le pont a rouvert.", id="a curly apostrophe"),
        pytest.param("ja", "The bridge opened on Friday.", "The bridge opened on Friday.", id="no rules"),
    ],
)
def test_adverbials_go(language: str, sentence: str, without: str) -> None:
    assert relative_time.without(sentence, language) == without


@pytest.mark.parametrize(
    ("language", "sentence", "leads"),
    [
        ("en", "On Tuesday, the bridge opened.", True),
        ("en", "Earlier today two ferries sank.", True),
        ("en", "The war may have reached a new stage this week, with reports of troops.", True),
        ("en", "Next month's vote may fail.", True),
        ("en", "In today's world, nobody waits for a ferry.", False),
        ("en", "The ministry announced on Tuesday that the bridge would open.", False),
        ("en", "“We won yesterday,” Berg said.", False),
        ("de", "Gestern wurde die Brücke eröffnet.", True),
        ("fr", "Lundi, le pont a rouvert.", True),
        ("es", "Ayer cerró el puente.", True),
        ("it", "Questa settimana riapre il ponte.", True),
        ("ru", "На этой неделе откроют мост.", True),
        ("uk", "Минулого тижня відкрили міст.", True),
        ("ja", "On Tuesday, the bridge opened.", False),
    ],
)
def test_what_a_sentence_leads_with(language: str, sentence: str, leads: bool) -> None:  # noqa: FBT001
    assert relative_time.leads(sentence, language) == leads


def test_a_time_anywhere_is_mentioned() -> None:
    assert relative_time.mentions("The ministry has announced, once more, on Tuesday", "en")
    assert not relative_time.mentions("The ministry has announced it", "en")


def test_the_first_words_alone() -> None:
    assert relative_time.opens("On Sunday, two ferries sank.", "en")
    assert not relative_time.opens("Two ferries sank on Sunday.", "en")
