import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.duplicates import KnownTexts, find_reprints
from made import an_article

FERRY = (
    "A ferry with 140 people on board ran aground off the coast of Norway on Sunday morning.",
    "Rescue teams brought every passenger ashore within two hours, the coast guard in Bergen said.",
    "The captain told investigators that a sudden gust had pushed the vessel towards the rocks.",
    "Operators cancelled all crossings until divers have examined the hull on Tuesday.",
    "Storms closed the same route for nine days last winter, costing island shops dearly.",
)
QUOTE = '"We will rebuild every house and every school in this valley before the first snow falls,"'
WHOLE = an_article("whole", *FERRY)

REPRINTS = {
    "same words": FERRY,
    "one paragraph": (" ".join(FERRY),),
    "first three sentences": FERRY[:3],
    "last three sentences": FERRY[2:],
    "order changed": (FERRY[3], FERRY[0], FERRY[4], FERRY[1], FERRY[2]),
    "a sentence left out": FERRY[:2] + FERRY[3:],
    "capitals": tuple(line.upper() for line in FERRY),
    "typographic signs": tuple(line.replace("-", "–").replace("'", "’") for line in FERRY),
    "a word changed here and there": tuple(
        line.replace("Sunday", "Monday").replace("gust", "squall").replace("examined", "checked") for line in FERRY
    ),
}


@pytest.mark.parametrize("paragraphs", REPRINTS.values(), ids=REPRINTS.keys())
def test_an_edited_copy_is_a_reprint(paragraphs: tuple[str, ...]) -> None:
    found = find_reprints([an_article("copy", *paragraphs, title="Another title"), WHOLE])
    assert found in ({"copy": "whole"}, {"whole": "copy"})


def test_a_sentence_added_makes_the_longer_text_the_original() -> None:
    longer = an_article("longer", *FERRY, "Bergen lies on the west coast and has 290,000 inhabitants.")
    assert find_reprints([WHOLE, longer]) == {"whole": "longer"}


DIFFERENT = {
    "same frame, other numbers": (
        "Russia has lost 690,640 troops in Ukraine since Feb. 24, 2022, the General Staff reported on Oct. 28.",
        "Russia has lost 684,280 troops in Ukraine since Feb. 24, 2022, the General Staff reported on Oct. 23.",
    ),
    "a shared quotation": (
        f"{QUOTE} the mayor of Altdorf told reporters on a visit to the flooded quarter.",
        f"Donors pledged 40 million francs after a plea by Anna Wyss. {QUOTE} she said.",
    ),
    "shared small print": (
        "Sign up for our newsletter and never miss a story. The council closed the old bridge for repairs.",
        "Sign up for our newsletter and never miss a story. Two painters won this year's national art prize.",
    ),
    "two updates of one story": (
        "A ferry ran aground off Norway on Sunday and rescuers are trying to reach the passengers on board.",
        "All passengers of a ferry that ran aground off Norway have been brought ashore, the coast guard said.",
    ),
    "no text": ("", ""),
}


@pytest.mark.parametrize("texts", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_what_is_not_a_reprint(texts: tuple[str, str]) -> None:
    assert find_reprints([an_article(str(at), text) for at, text in enumerate(texts)]) == {}


def test_no_articles() -> None:
    assert find_reprints([]) == {}


def test_one_original_for_all_copies() -> None:
    copies = [an_article(f"copy{n}", *FERRY[: 5 - n % 2]) for n in range(6)]
    found = find_reprints(copies)
    assert set(found.values()) == {"copy0"}
    assert len(found) == 5


def test_of_equals_the_whole_one_is_the_original_then_the_least_id() -> None:
    cut, b, c = an_article("a", *FERRY, truncated=True), an_article("b", *FERRY), an_article("c", *FERRY)
    assert find_reprints([c, cut, b]) == {"a": "b", "c": "b"}


def test_the_standfirst_counts_as_text() -> None:
    assert find_reprints([WHOLE, an_article("x", *FERRY[1:], standfirst=FERRY[0])]) == {"x": "whole"}


def test_a_wire_report_that_many_print_is_still_found() -> None:
    copies = [an_article(f"copy{n:03}", *FERRY, f"Own note number {n}.") for n in range(150)]
    assert len(find_reprints(copies)) == 149


WORDS = "storm harbour council vote bridge teacher price river museum train budget nurse valley court".split()  # noqa: SIM905 -- a list of words reads best as one line


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12), max_size=12), st.randoms(use_true_random=False))
def test_originals_are_never_reprints_and_order_does_not_matter(texts: list[list[str]], shuffle: random.Random) -> None:
    articles = [an_article(f"a{at:02}", " ".join(text)) for at, text in enumerate(texts)]
    found = find_reprints(articles)
    assert not set(found) & set(found.values())
    assert set(found) | set(found.values()) <= {one.id for one in articles}
    shuffle.shuffle(articles)
    assert find_reprints(articles) == found


class TestKnownTexts:
    """Asked one at a time, by the same measure."""

    @pytest.mark.parametrize("paragraphs", REPRINTS.values(), ids=REPRINTS.keys())
    @pytest.mark.parametrize("later", [False, True], ids=["from the first", "added later"])
    def test_know_a_copy(self, paragraphs: tuple[str, ...], *, later: bool) -> None:
        other = an_article("other", "The council closed the old bridge for repairs, to the surprise of its ferrymen.")
        known = KnownTexts([other] if later else [other, WHOLE])
        if later:
            known.add(WHOLE)
        assert known.repeated_by(an_article("copy", *paragraphs)) is WHOLE

    def test_know_what_they_are_copies_of(self) -> None:
        first = an_article("first", *FERRY[:3])
        assert KnownTexts([first]).repeated_by(WHOLE) is first

    @pytest.mark.parametrize("texts", DIFFERENT.values(), ids=DIFFERENT.keys())
    @pytest.mark.parametrize("later", [False, True], ids=["from the first", "added later"])
    def test_know_what_is_none(self, texts: tuple[str, str], *, later: bool) -> None:
        first, second = (an_article(str(at), text) for at, text in enumerate(texts))
        known = KnownTexts([] if later else [first])
        if later:
            known.add(first)
        assert known.repeated_by(second) is None
