from __future__ import annotations

import pytest

from digestgen.analyse.labels.admissible import Standing, standing


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("Kim Jong Un", "en", Standing.GOOD, id="a name that ends like a small word"),
        pytest.param("Theresa May", "en", Standing.GOOD, id="a surname that is a small word"),
        pytest.param("WHO", "en", Standing.PLAIN, id="an abbreviation"),
        pytest.param("U.S. troops", "en", Standing.GOOD, id="an abbreviation with stops"),
        pytest.param("harbour crane", "en", Standing.GOOD, id="a noun phrase"),
        pytest.param("gymnastics", "en", Standing.GOOD, id="a rare noun"),
        pytest.param("NIH", "en", Standing.GOOD, id="an abbreviation that readers know"),
        pytest.param("PVR", "en", Standing.DOUBTFUL, id="an abbreviation that few know"),
        pytest.param("OTAN", "fr", Standing.GOOD, id="an abbreviation that readers know in French"),
        pytest.param("COVID-19", "en", Standing.GOOD, id="a number in a name"),
        pytest.param("5G", "en", Standing.GOOD, id="a name that begins with a number"),
        pytest.param("3.5T budget", "en", Standing.UNFIT, id="a sum"),
        pytest.param("2MB", "en", Standing.UNFIT, id="a quantity"),
        pytest.param("Bank", "en", Standing.PLAIN, id="a name on everybody's lips"),
        pytest.param("wrong direction", "en", Standing.BARE, id="an adjective that tells nothing"),
        pytest.param("players", "en", Standing.BARE, id="a common noun"),
        pytest.param("Russian", "en", Standing.BARE, id="a country's adjective"),
        pytest.param("pays", "fr", Standing.BARE, id="a common noun in French"),
        pytest.param("Lund hints", "en", Standing.DOUBTFUL, id="a name and its verb"),
        pytest.param("could", "en", Standing.UNFIT, id="a function word"),
        pytest.param("COULD", "en", Standing.UNFIT, id="one in capitals for stress"),
        pytest.param("harbour crane BEFORE", "en", Standing.UNFIT, id="one at the end"),
        pytest.param("quickly", "en", Standing.UNFIT, id="an adverb"),
        pytest.param("ideological", "en", Standing.DOUBTFUL, id="an adjective alone"),
        pytest.param("cable", "en", Standing.BARE, id="a noun that ends like an adjective"),
        pytest.param("unspent", "en", Standing.GOOD, id="an adjective that lists do not know"),
        pytest.param("accused", "en", Standing.UNFIT, id="a participle"),
        pytest.param("pct", "en", Standing.UNFIT, id="a unit"),
        pytest.param("million dollars", "en", Standing.UNFIT, id="a currency"),
        pytest.param("Prozent", "de", Standing.UNFIT, id="a unit in German"),
        pytest.param("Reuters", "en", Standing.UNFIT, id="an agency"),
        pytest.param("BBC Radio Five Live", "en", Standing.UNFIT, id="a channel"),
        pytest.param("Global Voices", "fr", Standing.UNFIT, id="a site of two words"),
        pytest.param("dossier spécial", "fr", Standing.UNFIT, id="what a site calls its page"),
        pytest.param("partie du dossier", "fr", Standing.UNFIT, id="what a site calls its page, with a small word"),
        pytest.param("dossier nucléaire", "fr", Standing.GOOD, id="a file on something"),
        pytest.param("Lunden Times", "en", Standing.UNFIT, id="a newspaper that no list knows"),
        pytest.param("peace times", "en", Standing.GOOD, id="no newspaper"),
        pytest.param("Re", "en", Standing.UNFIT, id="the head of a mail"),
        pytest.param("netcom.com", "en", Standing.UNFIT, id="a host"),
        pytest.param("R-Ky", "en", Standing.UNFIT, id="a party and a state"),
        pytest.param("100th", "en", Standing.UNFIT, id="an ordinal"),
        pytest.param("<b>crane", "en", Standing.UNFIT, id="a mark-up"),
        pytest.param("Lunden Day", "en", Standing.GOOD, id="the name of a day"),
        pytest.param("rainy day", "en", Standing.UNFIT, id="a day"),
        pytest.param("Lunden Monday", "en", Standing.UNFIT, id="a name and a weekday"),
        pytest.param("Monday", "en", Standing.UNFIT, id="a weekday"),
    ],
)
def test_how_a_phrase_stands_as_a_label(text: str, language: str, expected: Standing) -> None:
    assert standing(text, [language]) is expected


def test_a_source_of_the_articles_is_no_label() -> None:
    assert standing("The Lunden Echo", ["en"], {"the lunden echo"}) is Standing.UNFIT
    assert standing("The Lunden Echo Trial", ["en"], {"the lunden echo"}) is not Standing.GOOD
