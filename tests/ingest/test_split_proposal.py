from __future__ import annotations

import pytest

from digestgen.errors import InputError
from digestgen.ingest.read import Defaults
from digestgen.ingest.split_proposal import propose
from digestgen.ingest.splitting.dump import LIKELY
from digestgen.model import ProposedStart, Publish, Seed, Sidecar, SplitLine
from made import BRIDGE, FOX

DEFAULTS = Defaults(language=None, publish=Publish.SUMMARY)


def test_proposes_the_starts_with_what_is_known_of_each() -> None:
    first, second = propose(Seed(name="a.txt", text="\n".join([*FOX, *BRIDGE[1:]])), DEFAULTS)
    assert first == ProposedStart(
        line=1, begins="Foxes move into the city", title=FOX[0], titled=True, confidence=1.0, chosen=True
    )
    assert (second.line, second.begins) == (5, "The bridge over the estuary opened")
    assert (second.titled, second.chosen) == (False, True)
    assert second.title
    assert second.confidence < 1.0


def test_the_split_of_the_sidecar_is_set_aside_but_its_language_is_not() -> None:
    text = "\n".join([*FOX, *BRIDGE])
    split = Sidecar(name="a.yml", lines=3, articles=(SplitLine(line=3, title="Mine"),), language="en")
    plain = Sidecar(name="a.yml", language="en")
    proposed = propose(Seed(name="a.txt", text=text, sidecar=split), DEFAULTS)
    assert proposed == propose(Seed(name="a.txt", text=text, sidecar=plain), DEFAULTS)
    assert [start.line for start in proposed if start.chosen] == [1, 5]


def test_doubted_starts_stand_in_their_place_without_a_title() -> None:
    butter = [
        "Bakers say that the price of butter has doubled since spring, and that bread may follow before winter.",
        "A kilogram of butter costs nine crowns at the market, twice what bakers paid for butter in March.",
        "Dairy farmers blame the drought, which left the meadows brown and the cows without hay.",
    ]
    proposed = propose(Seed(name="a.txt", text="\n".join([*butter, *BRIDGE[1:]])), DEFAULTS)
    assert [(start.line, start.chosen) for start in proposed] == [(1, True), (3, False), (4, True)]
    assert proposed[1].begins == "Dairy farmers blame the drought, which"
    assert proposed[1].title is None
    assert LIKELY <= proposed[1].confidence < 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("---\n\n", "a.txt: has no text in it", id="no text"),
        pytest.param("Foxes.\ndraft: true", "a.txt:2: “draft: true” is in the text", id="a text that waits"),
    ],
)
def test_nothing_is_proposed_where_the_seed_cannot_be_read(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        propose(Seed(name="a.txt", text=text), DEFAULTS)
    assert str(caught.value).startswith(said)
