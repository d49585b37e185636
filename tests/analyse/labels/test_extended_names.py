from __future__ import annotations

import pytest

from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.keyphrases.surnames import full_names
from digestgen.analyse.keyphrases.tokens import tokenise
from digestgen.analyse.labels.extended_names import whole_name
from digestgen.analyse.labels.labelling import label_groups
from made import an_article, keyphrases


@pytest.mark.parametrize(
    ("texts", "text", "expected"),
    [
        pytest.param(
            ["They asked the Crane and Rust Board.", "So the Crane and Rust Board met."],
            "Rust Board",
            "Crane and Rust Board",
            id="a name goes before it",
        ),
        pytest.param(
            ["They asked the Panel on Rust.", "So the Panel on Rust met."], "Panel", "Panel on Rust", id="one after it"
        ),
        pytest.param(
            ["They asked Ports and Rust Board.", "So U.K. Ports and Rust Board met."] * 2,
            "Rust Board",
            "Ports and Rust Board",
            id="a part of a longer name still",
        ),
        pytest.param(
            ["They met Bo Lund and Ada Brandt.", "So Ada Brandt met them."], "Ada Brandt", "Ada Brandt", id="not always"
        ),
        pytest.param(["They asked the Crane and Rust Board."], "Rust Board", "Rust Board", id="only once"),
        pytest.param(["They asked cranes and Rust Board."] * 2, "Rust Board", "Rust Board", id="a noun before it"),
    ],
)
def test_a_name_is_whole(texts: list[str], text: str, expected: str) -> None:
    assert whole_name(text, [tokenise(an_article("a", each)) for each in texts]) == expected


def test_a_label_is_a_person_without_what_leads_up_to_her() -> None:
    texts = {"a": "They say that Accuser Ada Brandt spoke.", "b": "So Ada Brandt spoke.", "c": "Nobody spoke."}
    articles = {id_: an_article(id_, text) for id_, text in texts.items()}
    known = {"a": keyphrases("Accuser Ada Brandt"), "b": keyphrases("Accuser Ada Brandt", "Ada Brandt"), "c": ()}
    index = KeyphraseIndex(articles, known, full_names(known, articles))
    assert label_groups([("a", "b")], index) == ("Ada Brandt",)


def test_a_day_is_no_part_of_a_name() -> None:
    texts = {"a": "They saw the Rust Crane on Wednesday.", "b": "So the Rust Crane on Wednesday fell."}
    articles = {id_: an_article(id_, text) for id_, text in texts.items()}
    known = {id_: keyphrases("Rust Crane") for id_ in texts}
    index = KeyphraseIndex(articles, known, full_names(known, articles))
    assert label_groups([("a", "b")], index) == ("Rust Crane",)
