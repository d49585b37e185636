import pytest

from digestgen.language.replies import is_attribution, is_greeting, is_of_reply, quote_mark, without_quote_mark


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("> It rained.", "> "),
        (">It rained.", ">"),
        ("> > It rained.", "> > "),
        ("AB> It rained.", "AB> "),
        ("|> : |> It rained.", "|> : |> "),
        (": It rained.", ": "),
        ("} It rained.", "} "),
        ("It rained.", ""),
        ("The mayor: it rained.", ""),
        ("a > b", ""),
        ("5 > 3", ""),
        ("<b>", ""),
        ("->", ""),
        ("", ""),
    ],
)
def test_marks_of_quoted_lines(line: str, mark: str) -> None:
    assert quote_mark(line) == mark


def test_a_mark_alone_stays() -> None:
    assert without_quote_mark(">") == ">"
    assert without_quote_mark("> It rained.") == "It rained."


ATTRIBUTIONS = [
    "In article <2F.91@quay.example> ada@quay.example (Ada Brandt) writes:",
    "From article <2F.91@quay.example>, by ada@quay.example (Ada Brandt):",
    "In <2F.91@quay.example> ada@quay.example",
    "Ada Brandt <ada@quay.example> wrote:",
    "Tomas Berg (tomas@quay.example) responded to article <2F.91@quay.example> by saying",
    "On 3 May 2026 at 10:02, Ada Brandt wrote:",
    "On Sun, May 3, 2026 at 10:02 AM Ada Brandt <ada@quay.example> wrote:",
    "3 May 2026 10:02:11 Ada Brandt Writes:",
    "Am 03.05.2026 um 10:02 schrieb Ada Brandt:",
    "Le 3 mai 2026 à 10:02, Ada Brandt a écrit :",
    "El dom, 3 may 2026 a las 10:02, Ada Brandt escribió:",
    "Il giorno dom 3 mag 2026 alle ore 10:02 Ada Brandt ha scritto:",
    "Em 3 de mai. de 2026, Ada Brandt escreveu:",
    "Op 3 mei 2026 om 10:02 schreef Ada Brandt:",
    "W dniu 3.05.2026 o 10:02, Ada Brandt napisał(a):",
    "вс, 3 мая 2026 г. в 10:02, Ада Брандт написал(а):",
    "нд, 3 трав. 2026 р. о 10:02 Ада Брандт пише:",
    "Ada Brandt writes:",
    "Ada Brandt writes...",
    "quay.example writes (in another group):",
    "Newsgroups: rec.foxes",
    "Message-ID: <2F.91@quay.example>",
    "Lines: 23",
    "From: Ada Brandt <ada@quay.example>",
]


@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_lines_that_say_whose_words_follow(line: str) -> None:
    assert is_attribution(line)
    assert is_of_reply(line)


PROSE = [
    "The mayor wrote a letter to the harbour in 1990.",
    "The quay is shut, the council said on 3 May.",
    "Police said on Monday:",
    "As the mayor wrote: dare to know.",
    "Lines: how a poem is made",
    "From: the harbour",
    f"He wrote on 3 May that the harbour of Bergen, {'shut for nine years and ' * 9}dear, had opened for everybody:",
]


@pytest.mark.parametrize("line", PROSE)
def test_what_is_no_such_line(line: str) -> None:
    assert not is_of_reply(line)


@pytest.mark.parametrize(
    ("line", "greets"),
    [
        ("Hi", True),
        ("Hello everybody out there!", True),
        ("Dear Ada Brandt,", True),
        ("Sehr geehrte Damen und Herren,", True),
        ("Bonjour à tous", True),
        ("Уважаемые коллеги!", True),
        ("Dear bread angers Paris", False),
        ("Hello from the harbour of Bergen, says a sign", False),
        ("Hilary opens the quay", False),
    ],
)
def test_greetings(line: str, greets: bool) -> None:  # noqa: FBT001
    assert is_greeting(line) == is_of_reply(line) == greets


@pytest.mark.parametrize("unit", ["a@", "wrote ", "> ", "1 ", "<", "a b "], ids=repr)
def test_a_hostile_line_takes_no_longer_than_another(unit: str) -> None:
    is_of_reply(unit * 50_000)
    is_of_reply((unit * 400)[:399] + ":")
