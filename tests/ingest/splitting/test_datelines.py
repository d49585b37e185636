import pytest

from digestgen.ingest.splitting.datelines import is_end_mark, opens_with_dateline


@pytest.mark.parametrize(
    "text",
    [
        "OLDPORT, 12 November 2024 – Norland Ferries has ordered two ships.",
        "HALVIK, July 13 (Northwire) – A court freed the captain.",
        "HALVIK (Northwire) - A court freed the captain.",
        "HALVIK — A court freed the captain.",
        "NEW MARDEN/HALVIK, Sept. 3 (NW) — Prices rose.",
        "PORTO NOVO, Torna (NW) — Prices rose.",
        "RIO DEL MAR, Jan. 3, 2024 (NW) -- Prices rose.",
        "(NW) -- Prices rose.",
        "MARDEN, March 3. /NORD/. Prices rose.",
        "Марден, 13 июля. /НОРД/. Цены выросли.",
        "Halvik, le 3 mai 2020 - Les prix montent.",
        "HALVIK, 3. Juli (nwd) – Die Preise steigen.",
        "May 3 (Northwire) - Prices rose.",
    ],
)
def test_a_dateline_is_known(text: str) -> None:
    assert opens_with_dateline(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor – who was born in Halvik – said no.",
        "Football - Marden won",
        "Anna Lindqvist — the mayor — said no.",
        "He said (in May) - and meant it - that prices rise.",
        "GO – now",
        "1 - 2 win for Marden",
        "In May 2020 – when the bank closed – prices rose.",
        "3 May – The bank closes.",
        "“HALVIK – A court freed the captain.”",
        "– No, he said.",
        "",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert not opens_with_dateline(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ENDS", True),
        ("- ends -", True),
        ("-30-", True),
        ("More later", True),
        ("MORE TO COME...", True),
        ("(Reporting by A. Berg; Editing by D. Moor)", True),
        ("Ends of the earth", False),
        ("The end of the ferry", False),
        ("More later trains to Halvik", False),
        ("30 years", False),
        ("", False),
    ],
)
def test_end_marks(text: str, *, expected: bool) -> None:
    assert is_end_mark(text) is expected
