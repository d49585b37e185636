from __future__ import annotations

import pytest

from digestgen.analyse.labels.suitability import Suitability, suitability


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("Kim Jong Un", "en", Suitability.GOOD, id="a name that ends like a small word"),
        pytest.param("Theresa May", "en", Suitability.GOOD, id="a surname that is a small word"),
        pytest.param("WHO", "en", Suitability.PLAIN, id="an abbreviation"),
        pytest.param("U.S. troops", "en", Suitability.GOOD, id="an abbreviation with stops"),
        pytest.param("harbour crane", "en", Suitability.GOOD, id="a noun phrase"),
        pytest.param("gymnastics", "en", Suitability.GOOD, id="a rare noun"),
        pytest.param("NIH", "en", Suitability.GOOD, id="an abbreviation that readers know"),
        pytest.param("PVR", "en", Suitability.DOUBTFUL, id="an abbreviation that few know"),
        pytest.param("OTAN", "fr", Suitability.GOOD, id="an abbreviation that readers know in French"),
        pytest.param("COVID-19", "en", Suitability.GOOD, id="a number in a name"),
        pytest.param("5G", "en", Suitability.GOOD, id="a name that begins with a number"),
        pytest.param("3.5T budget", "en", Suitability.UNFIT, id="a sum"),
        pytest.param("2MB", "en", Suitability.UNFIT, id="a quantity"),
        pytest.param("Bank", "en", Suitability.PLAIN, id="a name on everybody's lips"),
        pytest.param("wrong direction", "en", Suitability.BARE, id="an adjective that tells nothing"),
        pytest.param("players", "en", Suitability.BARE, id="a common noun"),
        pytest.param("Russian", "en", Suitability.BARE, id="a country's adjective"),
        pytest.param("pays", "fr", Suitability.BARE, id="a common noun in French"),
        pytest.param("Lund hints", "en", Suitability.DOUBTFUL, id="a name and its verb"),
        pytest.param("could", "en", Suitability.UNFIT, id="a function word"),
        pytest.param("COULD", "en", Suitability.UNFIT, id="one in capitals for stress"),
        pytest.param("harbour crane BEFORE", "en", Suitability.UNFIT, id="one at the end"),
        pytest.param("quickly", "en", Suitability.UNFIT, id="an adverb"),
        pytest.param("ideological", "en", Suitability.DOUBTFUL, id="an adjective alone"),
        pytest.param("cable", "en", Suitability.BARE, id="a noun that ends like an adjective"),
        pytest.param("unspent", "en", Suitability.GOOD, id="an adjective that lists do not know"),
        pytest.param("accused", "en", Suitability.UNFIT, id="a participle"),
        pytest.param("pct", "en", Suitability.UNFIT, id="a unit"),
        pytest.param("million dollars", "en", Suitability.UNFIT, id="a currency"),
        pytest.param("Prozent", "de", Suitability.UNFIT, id="a unit in German"),
        pytest.param("Reuters", "en", Suitability.UNFIT, id="an agency"),
        pytest.param("BBC Radio Five Live", "en", Suitability.UNFIT, id="a channel"),
        pytest.param("Global Voices", "fr", Suitability.UNFIT, id="a site of two words"),
        pytest.param("dossier spécial", "fr", Suitability.UNFIT, id="what a site calls its page"),
        pytest.param("partie du dossier", "fr", Suitability.UNFIT, id="what a site calls its page, with a small word"),
        pytest.param("dossier nucléaire", "fr", Suitability.GOOD, id="a file on something"),
        pytest.param("Lunden Times", "en", Suitability.UNFIT, id="a newspaper that no list knows"),
        pytest.param("peace times", "en", Suitability.GOOD, id="no newspaper"),
        pytest.param("Re", "en", Suitability.UNFIT, id="the head of a mail"),
        pytest.param("netcom.com", "en", Suitability.UNFIT, id="a host"),
        pytest.param("R-Ky", "en", Suitability.UNFIT, id="a party and a state"),
        pytest.param("100th", "en", Suitability.UNFIT, id="an ordinal"),
        pytest.param("<b>crane", "en", Suitability.UNFIT, id="a mark-up"),
        pytest.param("Lunden Day", "en", Suitability.GOOD, id="the name of a day"),
        pytest.param("rainy day", "en", Suitability.UNFIT, id="a day"),
        pytest.param("Lunden Monday", "en", Suitability.UNFIT, id="a name and a weekday"),
        pytest.param("Monday", "en", Suitability.UNFIT, id="a weekday"),
    ],
)
def test_how_a_phrase_stands_as_a_label(text: str, language: str, expected: Suitability) -> None:
    assert suitability(text, [language]) is expected


def test_a_source_of_the_articles_is_no_label() -> None:
    assert suitability("The Lunden Echo", ["en"], {"the lunden echo"}) is Suitability.UNFIT
    assert suitability("The Lunden Echo Trial", ["en"], {"the lunden echo"}) is not Suitability.GOOD
