from __future__ import annotations

import pytest

from digestgen.ingest.splitting.realign import begins_with, carry_over, first_words, line_count, match_entries
from digestgen.model import ProposedStart, Seed, Sidecar, SplitLine


def entry(line: int, begins: str | None = None, **known: str) -> SplitLine:
    return SplitLine(line=line, begins=begins, **known)  # type: ignore[arg-type]


def carried(text: str, before: int | None, split: list[SplitLine], *starts: int) -> list[int | None]:
    kept, _ = carry_over(seed(text, before), split, proposed(text, *starts))
    return [None if one is None else one.line for one in kept]


def unseen(text: str, before: int | None, split: list[SplitLine], *starts: int) -> list[tuple[int, bool]]:
    _, found = carry_over(seed(text, before), split, proposed(text, *starts))
    return [(start.line, start.chosen) for start in found]


def seed(text: str, before: int | None) -> Seed:
    return Seed(name="a.txt", text=text, sidecar=Sidecar(name="a.yml", lines=before))


def proposed(text: str, *lines: int) -> list[ProposedStart]:
    """Starts at these lines; negative ones are not chosen."""
    at = text.split("\n")
    return [
        ProposedStart(
            line=abs(n), begins=first_words(at[abs(n) - 1]), title=None, titled=False, confidence=0.9, chosen=n > 0
        )
        for n in lines
    ]


def rows(words: str) -> str:
    return "\n".join("" if word == "_" else word for word in words.split())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("one", "one"),
        ("  one two\tthree four five six seven", "one two three four five six"),
        ("x" * 99, "x" * 60),
        ("\u202eevil \u200btext", "evil text"),
        ("", ""),
    ],
)
def test_first_words(line: str, words: str) -> None:
    assert first_words(line) == words
    assert begins_with(line, words)


def test_quotes_and_empty_lines_at_the_end_make_no_difference() -> None:
    assert begins_with("“Why?” he asked", '"Why?"')
    assert not begins_with("Why? he asked", "Why not")
    assert line_count("a\nb") == line_count("a\nb\n\n \n") == 2


@pytest.mark.parametrize(
    ("text", "before", "split", "expected"),
    [
        pytest.param("n A x B y", 4, [entry(1, "A"), entry(3, "B")], [2, 4], id="a line added above"),
        pytest.param("B x A", 3, [entry(1, "A"), entry(3, "B")], [1], id="two exchanged: one of them holds"),
        pytest.param("n A x A x A x", 6, [entry(n, "A") for n in (1, 3, 5)], [2, 4, 6], id="all alike, moved"),
        pytest.param("A x A x A x A x", 6, [entry(n, "A") for n in (1, 3, 5)], [1, 3, 5], id="all alike, one appended"),
        pytest.param("n n A x E x E B", 5, [entry(1, "A"), entry(3, "E"), entry(5, "B")], [3, 5, 8], id="nearest"),
        pytest.param("n A E x x E B", 5, [entry(1, "A"), entry(4, "E"), entry(5, "B")], [2, 6, 7], id="nearest below"),
        pytest.param("n T x", 2, [entry(1, title="T")], [2], id="without words, by the title"),
        pytest.param("n Tx x", 2, [entry(1, title="T")], [], id="the title is a whole line"),
        pytest.param("n B", 1, [entry(1, "A")], [], id="nowhere"),
    ],
)
def test_finds_lines_again(text: str, before: int, split: list[SplitLine], expected: list[int]) -> None:
    assert list(match_entries(split, rows(text), before).values()) == expected


@pytest.mark.parametrize(
    ("text", "before", "split", "starts", "expected"),
    [
        pytest.param("n A x x B", 4, [entry(1, "A"), entry(3), entry(4, "B")], (), [2, 4, 5], id="neighbours agree"),
        pytest.param("A n x x B", 4, [entry(1, "A"), entry(3), entry(4, "B")], (), [1, None, 5], id="they disagree"),
        pytest.param("A n x x B", 4, [entry(1, "A"), entry(3), entry(4, "B")], (4,), [1, 4, 5], id="a start tells"),
        pytest.param("A x Z y C", 5, [entry(1, "A"), entry(3, "B"), entry(5, "C")], (3,), [1, None, 5], id="replaced"),
        pytest.param("q r s", 3, [entry(1, "A"), entry(3, "B")], (1, 3), [None, None], id="another text"),
        pytest.param("a b c d", None, [entry(1), entry(3)], (), [1, 3], id="nothing is known, nothing moves"),
        pytest.param("A x", 4, [entry(1, "A"), entry(3), entry(4, "B")], (), [1, None, None], id="cut off"),
    ],
)  # fmt: skip
def test_carries_entries_over(
    text: str, before: int | None, split: list[SplitLine], starts: tuple[int, ...], expected: list[int | None]
) -> None:
    assert carried(rows(text), before, split, *starts) == expected


@pytest.mark.parametrize(
    ("line", "again"),
    [
        pytest.param("Harbour bridge opened a year late", True, id="a word less"),
        pytest.param("The harbour bridge opens a year late", True, id="a word exchanged"),
        pytest.param("The harbour bridge has opened a year late", True, id="a word more"),
        pytest.param("A harbour bridge opened one year late", False, id="two words exchanged"),
    ],
)
def test_first_words_are_known_again_but_for_one(line: str, again: bool) -> None:  # noqa: FBT001 -- a table
    split = [entry(1, "A"), entry(2, "The harbour bridge opened a year")]
    kept, _ = carry_over(seed(f"A\n{line}", 2), split, proposed(f"A\n{line}", 2))
    assert kept[1] == (entry(2, first_words(line)) if again else None)


AB = [entry(1, "A"), entry(4, "B")]


@pytest.mark.parametrize(
    ("text", "before", "split", "starts", "expected"),
    [
        pytest.param("A x x B y", 5, AB, (1, 2, 4, -5), [], id="nothing grew: what was joined stays so"),
        pytest.param("n A x x B y", 5, AB, (1, 2, 5), [(1, True)], id="above the first"),
        pytest.param("A x x B y N z", 5, AB, (1, 4, 6), [(6, True)], id="appended"),
        pytest.param("A x x B y N z", None, AB, (1, 4, 6), [], id="appended, and nobody knows"),
        pytest.param("A x x N z B y", 5, AB, (1, 4, 6), [(4, True)], id="between"),
        pytest.param("A J x N z B y", 5, AB, (1, 2, 4, 6), [(2, False), (4, True)], id="joined before, perhaps"),
        pytest.param("A n J x B y", 5, AB, (1, 3, 5), [(3, False)], id="a line added before what was joined"),
        pytest.param("A x x N -z B y", 5, AB, (1, 4, -5, 6), [(4, True), (5, False)], id="a doubted start"),
        pytest.param("N x x B y", 5, AB, (1, 4), [(1, True)], id="in the place of what is gone"),
        pytest.param("q r s", 5, AB, (1, 3), [(1, True), (3, True)], id="another text"),
    ],
)
def test_finds_what_is_new(
    text: str, before: int | None, split: list[SplitLine], starts: tuple[int, ...], expected: list[tuple[int, bool]]
) -> None:
    assert unseen(rows(text), before, split, *starts) == expected


def test_ten_thousand_entries_alike() -> None:
    split = [entry(line, "word") for line in range(1, 10_001)]
    text = "word\n" * 20_000
    found = match_entries(split, text, 10_000)
    assert list(found.values()) == list(range(1, 10_001))
