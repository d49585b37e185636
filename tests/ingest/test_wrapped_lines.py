from hypothesis import given
from hypothesis import strategies as st

from digestgen.ingest.html.fragments import paragraphs_of_field
from digestgen.ingest.wrapped_lines import rejoined, unwrapped
from digestgen.language.text import clean_line, words

POST = """\
Has anyone counted all the foxes in the harbour of Bergen, or
is it to be done by the city
in the spring?

> The foxes of Bergen come out at night, and nobody has ever seen more
> than two of them at a time.
I have seen three of them near the old ferry quay, on a night when there
was no moon.
1. A list of all sightings can be had from me, if anybody wants to see it
2. So can the pictures
Ada"""


def test_a_text_broken_into_lines_is_rejoined() -> None:
    assert unwrapped(POST) == (
        "Has anyone counted all the foxes in the harbour of Bergen, or is it to be done by the city in the spring?",
        "> The foxes of Bergen come out at night, and nobody has ever seen more than two of them at a time.",
        "I have seen three of them near the old ferry quay, on a night when there was no moon.",
        "1. A list of all sightings can be had from me, if anybody wants to see it",
        "2. So can the pictures",
        "Ada",
    )


def test_a_field_of_a_record_is_rejoined() -> None:
    assert paragraphs_of_field(POST) == unwrapped(POST)


def test_a_paragraph_a_line_stays_so() -> None:
    lines = [
        "The bridge over the estuary opened to lorries on Friday, a year late.",
        "Foxes have moved into the city in numbers that surprise biologists",
        "Bakers in Paris blame the price of flour for bread that is dearer than ever.",
        "iPhones are dearer, too.",
    ]
    assert unwrapped("\n".join(lines)) == tuple(lines)


def test_long_lines_are_paragraphs_whatever_they_begin_with() -> None:
    lines = ["The bridge over the estuary opened, " * 5 + "and", "foxes have moved into the city " * 6, "and so on"]
    assert unwrapped("\n".join(lines)) == tuple(map(clean_line, lines))


def test_a_rule_is_no_text_that_goes_on() -> None:
    rule = "=" * 60
    assert unwrapped(f"{POST}\n\n{rule}\nLast change: in May")[-2:] == (rule, "Last change: in May")


def test_rows_of_a_table_are_not_joined() -> None:
    table = "Bergen      12 foxes seen      of which 3 were young\nOslo        10 foxes seen      of which 9 were young"
    assert unwrapped(f"{POST}\n\n{table}")[-2:] == tuple(clean_line(row) for row in table.split("\n"))


lines = st.lists(st.text(alphabet="ab .>|:\t-1", max_size=90), max_size=12)


@given(lines)
def test_no_word_is_lost(lines: list[str]) -> None:
    said = [word for line in lines for word in words(clean_line(line))]
    # Quotation marks of continued lines go, and letters may be among them ("AB> ").
    kept = [word for paragraph in rejoined(lines) for word in words(paragraph)]
    assert [word for word in kept if len(word) > 4] == [word for word in said if len(word) > 4]
    assert all(paragraph == clean_line(paragraph) != "" for paragraph in rejoined(lines))
