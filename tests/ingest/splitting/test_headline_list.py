import pytest

from digestgen.ingest.splitting.headline_list import is_headline_list
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
        pytest.param(
            [
                "The keeper of whom you wrote is Olaf Berg. He was",
                "then playing for Torna. His team",
                "before that was Halvik. While he did come back",
                "and played on, nobody knows where he is",
                "Ask the club",
            ],
            False,
            id="a letter broken into lines",
        ),
        pytest.param(
            ["Torna 3 2 0 1 8-6 4", "Halvik 2 2 0 0 6-1 4", "Marden 2 1 1 0 6-4 3", "Brenner 3 1 1 1 5-8 3"],
            False,
            id="a table",
        ),
        pytest.param([*HEADLINES, "iFerry sells its last ship to Torna"], True, id="a name that begins small"),
        pytest.param([], False, id="nothing"),
    ],
)
def test_headline_lists(texts: list[str], *, expected: bool) -> None:
    assert is_headline_list(texts) is expected
