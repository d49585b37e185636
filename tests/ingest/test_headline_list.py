import pytest

from digestgen.ingest.headline_list import is_headline_list
from made import FOX

HEADLINES = [
    "Foxes move into the city",
    "New bridge opens a year late",
    "Who pays for the harbour of Halvik?",
    "Orchestra chooses a conductor of twenty-six",
    "Court frees the captain of the ferry",
]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(HEADLINES, True, id="headlines"),
        pytest.param([*HEADLINES, "The bridge is closed again."], True, id="one that ends as a sentence does"),
        pytest.param(HEADLINES[:2], False, id="too few"),
        pytest.param(FOX, False, id="an article"),
        pytest.param([line for title in HEADLINES for line in (title, FOX[1])], False, id="titles over teasers"),
        pytest.param(["Flour", "Two eggs", "Salt", "Caraway seeds", "Warm water"], False, id="a shopping list"),
        pytest.param(
            ["I saw the river in the rain,", "and nobody was there but me", "to hear it"], False, id="a verse"
        ),
        pytest.param([], False, id="nothing"),
    ],
)
def test_headline_lists(texts: list[str], *, expected: bool) -> None:
    assert is_headline_list(texts) is expected
