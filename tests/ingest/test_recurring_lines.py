import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.ingest.recurring_lines import (
    find_recurring,
    is_recurring,
    lines_of,
    without_recurring,
)

COOKIES = "We use cookies to improve your visit. Read more in our policy."
TEXTS = [
    "The bridge over the estuary opened to lorries on Friday, a year later than engineers had promised.",
    "Foxes have moved into the city in numbers that surprise biologists, a survey of gardens shows.",
    "Bakers in Paris blame the price of flour for bread that is dearer than it ever was in a summer.",
    "The last of the old ferries was sold to a museum that wants to show it on dry land next to its mill.",
]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        pytest.param([[COOKIES, text] for text in TEXTS[:3]], True, id="three texts"),
        pytest.param([[text, COOKIES.upper()] for text in TEXTS[:3]], True, id="in capitals"),
        pytest.param([[f"{text} {COOKIES} {text[::-1]}"] for text in TEXTS[:3]], True, id="inside a paragraph"),
        pytest.param([[COOKIES, text] for text in TEXTS[:2]], False, id="two texts"),
        pytest.param([[COOKIES, COOKIES, COOKIES, TEXTS[0]]], False, id="thrice in one text"),
        pytest.param([[COOKIES, TEXTS[0]], *[[COOKIES, TEXTS[1]]] * 4], False, id="reprints are one text"),
        pytest.param([[COOKIES, *TEXTS, str(n)] for n in range(9)], False, id="with numbers of their own"),
        pytest.param([[COOKIES]] * 4, False, id="nothing else"),
        pytest.param([[COOKIES, "Ferry sold."], *([COOKIES, text] for text in TEXTS)], True, id="a short text first"),
    ],
)
def test_lines_recur_in_different_texts(texts: list[list[str]], found: bool) -> None:  # noqa: FBT001
    recurring = find_recurring([lines_of(text) for text in texts])
    assert is_recurring(recurring, "We use cookies to improve your visit.") == found
    assert is_recurring(recurring, COOKIES) == found
    assert not any(is_recurring(recurring, text) for text in TEXTS)


RECURRING = find_recurring([lines_of([COOKIES, "Sign up for our newsletter", text]) for text in TEXTS])


def test_what_is_left_stands_as_it_stood() -> None:
    paragraph = f"{TEXTS[0]}  {TEXTS[1]} We use cookies to improve your visit. {TEXTS[2]}"
    assert without_recurring(RECURRING, [COOKIES, paragraph, "Sign up for our newsletter"], "en") == (
        f"{TEXTS[0]}  {TEXTS[1]}",
        TEXTS[2],
    )


def test_a_sentence_with_a_line_in_it_stays() -> None:
    told = "“Sign up for our newsletter” is what every site in the survey told its readers first."
    assert without_recurring(RECURRING, [told], "en") == (told,)


@given(st.lists(st.lists(st.text(alphabet="ab .!?\n“”", max_size=30), max_size=5), max_size=6))
def test_what_is_kept_is_of_the_text_in_its_order(texts: list[list[str]]) -> None:
    recurring = find_recurring([lines_of(text) for text in texts])
    for text in texts:
        rest = iter(text)
        at, line = 0, ""
        for paragraph in without_recurring(recurring, text, "en"):
            while (found := line.find(paragraph, at)) < 0:
                at, line = 0, next(rest)
            at = found + len(paragraph)
