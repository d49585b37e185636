import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.ingest import clauses
from digestgen.ingest.headline import LONGEST, MOST_WORDS, headline_of
from digestgen.ingest.titles import head_of

LEAD = "The bridge over the estuary opened to lorries on Friday, a year later than engineers had promised."
BODY = "Engineers blamed the steel, which had rusted before it was painted."


@pytest.mark.parametrize(
    ("first", "titled", "standfirst"),
    [
        pytest.param("New bridge opens a year late", True, False, id="a headline"),
        pytest.param(
            "Musk has been in contact with Putin, officials since 2022, WSJ reports", True, False, id="a source"
        ),
        pytest.param("Inside the quiet dependence on American technology", True, False, id="no verb"),
        pytest.param("Why does the bridge rust?", True, False, id="a question"),
        pytest.param("The bridge is late, the agency has said", False, True, id="vague source"),
        pytest.param("The leader has insisted the troops will not leave", False, True, id="leaning"),
        pytest.param("The " + "very " * 20 + "late bridge has opened", False, True, id="too long"),
        pytest.param(LEAD, False, False, id="a sentence"),
    ],
)
def test_a_first_line_is_title_standfirst_or_text(first: str, titled: bool, standfirst: bool) -> None:  # noqa: FBT001
    head = head_of([first, LEAD, BODY], None, "en")
    assert (head.titled, head.standfirst is not None) == (titled, standfirst)
    assert not titled or head.title == first
    assert head.paragraphs == ((LEAD, BODY) if titled or standfirst else (first, LEAD, BODY))


def test_a_given_title_is_not_repeated_in_the_text() -> None:
    assert head_of(["NEW BRIDGE", LEAD], "New bridge", "en").paragraphs == (LEAD,)
    assert head_of([BODY, LEAD], "New bridge", "en").paragraphs == (BODY, LEAD)


@pytest.mark.parametrize("given_title", [None, "New bridge opens"])
def test_a_title_that_is_all_the_text_is_a_paragraph_as_well(given_title: str | None) -> None:
    head = head_of(["New bridge opens"] if given_title is None else [], given_title, "en")
    assert (head.title, head.titled, head.paragraphs) == ("New bridge opens", True, ("New bridge opens",))


@pytest.mark.parametrize(
    ("text", "truncated"),
    [
        (LEAD, False),
        (f"{LEAD} Engineers blamed the steel, which had", True),
        ("Engineers blamed the steel,", True),
        ("Engineers blamed the steel...", True),
        ("New study sheds light on the rust of steel in salt water", False),
    ],
)
def test_a_text_that_breaks_off_is_known(text: str, truncated: bool) -> None:  # noqa: FBT001
    assert head_of([text], None, "en").truncated == truncated


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("The bridge opened a year late.", "The bridge opened a year late", id="whole"),
        pytest.param(
            "Two members of a group have been charged with planning an attack on a well-known journal, "
            "the committee said.",
            "Two members of a group have been charged with planning an attack, the committee said",
            id="who said so",
        ),
        pytest.param(
            "Actor Robert Blake had gunshot residue on his hands and clothes the night his wife was shot dead, "
            "a court has heard.",
            "Actor Robert Blake had gunshot residue on his hands, a court has heard",
            id="who said so, after the clause that fits",
        ),
        pytest.param(
            "The ferries of Bergen are losing money, and they may soon be sold to a rival company from the capital, "
            "according to a report by two economists.",
            "The ferries of Bergen are losing money, according to a report by two economists",
            id="according to whom",
        ),
        pytest.param(
            "Consumer electronics giants Hitachi and Matshushita are joining forces to share and develop technology "
            "for flat screen televisions.",
            "Consumer electronics giants Hitachi and Matshushita are joining forces to share and develop…",
            id="no verb without the object it shares",
        ),
        pytest.param(
            "During the last decade, three governments have struggled to build a bridge over the estuary in the north.",
            "Three governments have struggled to build a bridge over the estuary in the north",
            id="a leading adverbial",
        ),
        pytest.param(
            "As Norway and Sweden deepen their ties, diplomats in the region say that they expect a lot more of it.",
            "Norway and Sweden deepen their ties",
            id="a leading clause that a pronoun needs",
        ),
        pytest.param(
            "Russian President Vladimir Putin began his visit to Turkmenistan on Oct. 11, speaking at a forum "
            "attended by several leaders.",
            "Vladimir Putin began his visit to Turkmenistan, speaking at a forum attended by several leaders",
            id="a trailing clause",
        ),
        pytest.param(
            "“We are working together in the international arena,” President Jane Miller said of the meeting.",
            "Jane Miller: “We are working together in the international arena”",
            id="a quotation",
        ),
        pytest.param(
            "Editor's note: This article has been updated. The bridge opened a year late.",
            "The bridge opened a year late",
            id="an editor's note",
        ),
        pytest.param(
            "The statement came two days after Foreign Minister Anna Berg said that the bridge would never open.",
            "Foreign Minister Anna Berg said that the bridge would never open",
            id="what came before is the news",
        ),
        pytest.param(
            "He said that it was late. Engineers in Bremen blamed the steel.",
            "Engineers in Bremen blamed the steel",
            id="a pronoun",
        ),
        pytest.param(
            "Sviatlana is stuck between a rock and a hard place. Despite receiving support, the country she wanted to",
            "Sviatlana is stuck between a rock and a hard place",
            id="not of the sentence that breaks off",
        ),
        pytest.param(
            "Le gouvernement a annoncé lundi que les négociations reprendraient la semaine prochaine à Paris, avec les "
            "représentants de tous les partis.",
            "Le gouvernement a annoncé lundi que les négociations reprendraient la semaine prochaine à Paris…",
            id="another language",
        ),
    ],
)
def test_made_titles(text: str, title: str) -> None:
    language = "fr" if text.startswith("Le ") else "en"
    assert headline_of([text], language) == title


def test_a_standfirst_gives_way_to_a_sentence_that_says_who() -> None:
    standfirst = "The Ukrainian leader has insisted the troops will not leave"
    lead = "Volodymyr Zelensky has ruled out any concessions, rejecting what the media has described as a compromise."
    assert headline_of([standfirst, lead], "en") == "Volodymyr Zelensky has ruled out any concessions"


def test_a_cut_says_so_and_never_cuts_a_word() -> None:
    text = "Zzz " + " ".join(f"word{number}" for number in range(40)) + "."
    title = headline_of([text], "en")
    assert title.endswith("…")
    assert text.startswith(title[:-1])
    assert text[len(title) - 1] == " "


PIECES = [
    "Berlin",
    "the",
    "minister",
    "said",
    "that",
    "of",
    "“",
    "”",
    ",",
    "and",
    "bridge",
    "opened",
    "on",
    "Monday",
    "(",
    ";",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60))
def test_titles_are_short_and_do_not_dangle(pieces: list[str]) -> None:
    text = re.sub(r" ([,;”])", r"\1", " ".join(pieces)) + "."
    title = headline_of([text], "en")
    assert 0 < len(title) <= LONGEST
    assert len(title.split()) <= MOST_WORDS + 1
    last = title.rstrip("…").split()[-1:]
    if len(text) > LONGEST and last:
        assert last[0].lower() not in clauses.NEVER_LAST - {"said", "that", "of", "and", "on", "the"} or title.endswith(
            "…"
        )


@given(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=4), st.sampled_from(["en", "fr", "ja", "xx"]))
def test_every_text_gets_a_title(paragraphs: list[str], language: str) -> None:
    assert len(headline_of(paragraphs, language)) <= LONGEST


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        '"' + "a, " * 40_000,
        "The a b c " * 9_000,
        "A. " * 30_000,
        "“" * 50_000,
        "Aa " * 30_000,
        "(" * 50_000,
    ],
    ids=lambda value: value[:6],
)
def test_hostile_texts_get_a_title(text: str) -> None:
    assert len(headline_of([text], "en")) <= LONGEST
