from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.ingest.splitting.dump import LIKELY, possible_starts, read_dump
from digestgen.model import Directive, Seed, Sidecar, SplitLine
from made import BRIDGE, FOX

SEEDS = Path(__file__).parents[2] / "cases" / "user" / "seeds"
TEASERS = [
    "Foxes have moved into the city in numbers that surprise biologists, a survey of gardens shows.",
    "The bridge over the estuary opened to lorries on Friday, a year later than engineers had promised.",
    "Parliament votes today on a law that would let towns tax empty houses. Opponents of the law, who",
    "Bakers say that the price of butter has doubled since spring and will not fall before",
    "The national orchestra has chosen a conductor of twenty-six, the youngest in its history.",
]
DUMP = [
    FOX,
    BRIDGE,
    [
        "Bakers fear the price of butter",
        "Bakers say that the price of butter has doubled since spring, and that bread may follow before winter.",
        "A kilogram of butter costs nine crowns at the market, twice what bakers paid for butter in March.",
        "Dairy farmers blame the drought, which left the meadows brown and the cows without hay.",
    ],
    [
        "Orchestra chooses a conductor of twenty-six",
        "The national orchestra has chosen Mira Solberg, the youngest conductor in the history of the orchestra.",
        "Solberg led her first symphony at nineteen, when the conductor of her school fell ill.",
        "The musicians of the orchestra voted for Solberg by sixty to eleven, a violinist said.",
    ],
    [
        "Court frees the captain of the ferry",
        "A court in Halvik freed the captain of a ferry that ran aground with two hundred passengers in May.",
        "The judge said that the captain could not have seen the rock, which no chart of the strait showed.",
        "Passengers of the ferry said they would appeal against the ruling of the judge.",
    ],
    [
        "Village school reopens with eleven pupils",
        "The village school of Torna reopened on Monday with eleven pupils, nine years after it was closed.",
        "Parents in the village had taught the pupils at home rather than send them over the pass in snow.",
        "The school has one teacher, Olga Venn, who was a pupil there herself.",
    ],
    [
        "Glacier loses a third of its ice",
        "The Brenner glacier has lost a third of its ice since 1990, measurements by the university show.",
        "Geographers drilled into the ice at forty places and found the glacier thinner at each of them.",
        "If summers stay as warm, the glacier will be gone by 2060, the geographers said.",
    ],
    [
        "Football club sells its stadium",
        "The football club of Marden has sold its stadium to the town to pay debts of four million crowns.",
        "The club will rent the stadium back for its home matches, the mayor and the chairman announced.",
        "Supporters of the club welcomed the sale, since the stadium could have become a car park.",
    ],
]
"""Eight articles, each a title and three paragraphs."""


def seed(text: str, *split: SplitLine) -> Seed:
    return Seed(name="a.txt", text=text, sidecar=Sidecar(name="a.yml", articles=split or None))


def starts(text: str) -> list[int]:
    drafts, problems = read_dump(seed(text), "en")
    assert problems == []
    return [draft.lines[0] for draft in drafts]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("000_*.txt", [1, 12, 21, 33, 41, 49, 78]),
        ("002_*.txt", [1, *range(4, 35)]),
    ],
    ids=["seven articles with section headings inside", "a tag page of 32 teasers"],
)
def test_the_seeds_are_split_as_a_careful_reader_would(pattern: str, expected: list[int]) -> None:
    (path,) = SEEDS.glob(pattern)
    assert starts(path.read_text(encoding="utf-8")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\n".join(FOX), [1], id="one article"),
        pytest.param("\n".join([*FOX, *BRIDGE]), [1, 5], id="two articles"),
        pytest.param("\n\n".join([*FOX, *BRIDGE]), [1, 9], id="two articles, empty lines between paragraphs"),
        pytest.param("\n".join([*FOX[1:], "---", *BRIDGE[1:]]), [1, 5], id="a separator"),
        pytest.param("\n".join(["***", *FOX, "***", *BRIDGE, "***"]), [2, 7], id="separators at the ends"),
        pytest.param("\n".join([*FOX[1:], "", *BRIDGE[1:]]), [1, 5], id="an empty line between articles"),
        pytest.param("\n".join([*TEASERS * 2][:5]), [1, 2, 3, 4, 5], id="teasers"),
        pytest.param("\n".join([TEASERS[0], *TEASERS]), [1, 3, 4, 5, 6], id="a teaser that stands there twice"),
        pytest.param("One line only.", [1], id="one line"),
        pytest.param("\n\n  \n", [], id="nothing"),
        pytest.param("---\n\n***", [], id="separators only"),
    ],
)
def test_splits(text: str, expected: list[int]) -> None:
    assert starts(text) == expected


def dump_with(*separators: tuple[int, str]) -> str:
    """The dump with separators in front of the lines (0-based) named."""
    lines = [line for article in DUMP for line in article]
    for at, mark in sorted(separators, reverse=True):
        lines.insert(at, mark)
    return "\n".join(lines)


def firsts(text: str) -> list[str]:
    lines = text.split("\n")
    return [lines[line - 1] for line in starts(text)]


@pytest.mark.parametrize(
    "separators",
    [
        pytest.param([], id="none"),
        pytest.param([(12, "---")], id="one, between two articles"),
        pytest.param([(14, "***")], id="one, inside an article"),
        pytest.param([(4, "* * *"), (22, "* * *")], id="one between and one inside"),
        pytest.param([(at, "=====") for at in range(4, 32, 4)], id="at each article"),
        pytest.param([*((at, "=====") for at in range(4, 32, 4)), (14, "* * *")], id="at each, another kind inside"),
        pytest.param([(at, "---") for at in range(4, 28, 4)], id="at all but one"),
    ],
)
def test_a_stray_separator_neither_parts_an_article_nor_joins_others(separators: list[tuple[int, str]]) -> None:
    assert firsts(dump_with(*separators)) == [article[0] for article in DUMP]


@pytest.mark.parametrize("at", [2, 5, 8])
def test_a_stray_separator_in_a_list_of_teasers_joins_none(at: int) -> None:
    teasers = [*TEASERS, *(article[1] for article in DUMP[3:])]
    lines = [*teasers[:at], "=====", *teasers[at:]]
    assert firsts("\n".join(lines)) == teasers


@pytest.mark.parametrize("number", ["{0}. ", "{0}) ", "({0}) "])
@pytest.mark.parametrize("order", [1, -1], ids=["up", "down"])
def test_of_numbered_sections_nobody_can_be_as_sure_as_of_articles(number: str, order: int) -> None:
    lines = [
        line
        for place, article in enumerate(DUMP[::order], start=1)
        for line in [number.format(place if order == 1 else 9 - place) + article[0], *article[1:]]
    ]
    drafts, _ = read_dump(seed("\n".join(lines)), "en")
    plain, _ = read_dump(seed(dump_with()), "en")
    assert max(draft.confidence for draft in drafts[1:]) < max(draft.confidence for draft in plain[1:])


def test_quoted_lines_of_a_letter_part_no_article() -> None:
    quoted = ["> The ferry ran aground off Halvik in May.", *FOX[1:], "> Nobody on board had a chart of the strait."]
    assert all(not line.startswith(">") for line in firsts("\n".join([*BRIDGE, *quoted, *BRIDGE[1:]])))


def test_of_two_paragraphs_in_a_row_only_one_is_a_sure_start() -> None:
    lines = [line for article in DUMP for line in (article[0], "A second title for the same report", *article[1:])]
    drafts, _ = read_dump(seed("\n".join(lines)), "en")
    plain, _ = read_dump(seed(dump_with()), "en")
    assert max(draft.confidence for draft in drafts[1:]) < max(draft.confidence for draft in plain[1:])


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["I am not sure that the council may keep the", "ferry from running at night. It seems to me",
             "to have had its way so far by saying nothing. Why", "does nobody take the timetable to the judge",
             "and ask what it was worth on the day"],
            id="a letter broken into lines",
        ),
        pytest.param([BRIDGE[0], "Halvik", *[" ".join(BRIDGE[1:])] * 2], id="a page that shows its text twice"),
        pytest.param([*FOX, *["We use your address to send you what you asked for. Write to us to be left out."] * 2],
                     id="a notice that stands there twice"),
    ],
)  # fmt: skip
def test_lines_that_go_on_and_texts_that_stand_there_twice_part_no_article(lines: list[str]) -> None:
    assert starts("\n".join(lines)) == [1]


@pytest.mark.parametrize(
    ("lines", "sure"),
    [
        pytest.param([article[0] for article in DUMP[:6]], True, id="headlines"),
        pytest.param(
            ["Ferry captain freed after night in Halvik", "The captain of the ferry left the court of Halvik at noon",
             "The ferry ran aground off Halvik in May, with the captain on the bridge",
             "The court of Halvik found no chart of the rock that the ferry hit",
             "Passengers of the ferry want the captain to come before another court"],
            False,
            id="points of one article",
        ),
        pytest.param(
            ["राजधानी में बारिश से सड़कें डूबीं", "किसानों को मिलेगा बीमा का पैसा", "नदी पर पुल बनकर तैयार हुआ",
             "अस्पताल में डॉक्टरों की हड़ताल जारी"],
            False,
            id="a script without capitals",
        ),
    ],
)  # fmt: skip
def test_how_sure_a_list_of_headlines_is_depends_on_what_else_it_may_be(lines: list[str], *, sure: bool) -> None:
    drafts, _ = read_dump(seed("\n".join(lines)), "en")
    assert len(drafts) > 2
    assert all((draft.confidence >= 0.9) is sure for draft in drafts[1:])


def test_a_separator_is_certain_only_where_it_is_a_habit() -> None:
    def confidence_of(title: str, text: str) -> float:
        drafts, _ = read_dump(seed(text), "en")
        return next(draft.confidence for draft in drafts if draft.paragraphs[0] == title)

    title = DUMP[3][0]
    assert confidence_of(title, dump_with(*((at, "---") for at in range(4, 32, 4)))) == 1.0
    assert 0.5 < confidence_of(title, dump_with((12, "---"))) < 1.0


RECIPE = """Recipe: Plum cake with cinnamon

For the dough
250 g flour
125 g butter
1 egg

Knead the flour, the butter and the egg, and let the dough rest in a cool place for an hour.

Roll it out and lay the halved plums on it in rows.

Bake the cake for forty minutes at 180 degrees. Strew it with cinnamon while it is warm."""
RELEASE = """PRESS RELEASE

Halvik Savings Bank opens a branch on wheels

HALVIK, 3 March 2025 – Halvik Savings Bank will send a bus to nine villages from April. It replaces three branches.

“Nobody should have to drive an hour to see a teller,” said Jon Aas, who heads the bank.

The bus carries two tellers and a cash machine. It stops in each village once a week.

About Halvik Savings Bank
Halvik Savings Bank was founded in 1871 and has 40,000 customers.

Media contact
Eva Roth, press@bank.example, +00 000 0001"""
CITY_NEWS = """Swimming pool to stay open through the winter

The outdoor pool of Torna will stay open until March. The council voted for it by eleven to four on Monday.

Water will be kept warm with heat from the waste plant next door. Until now, that heat went up the chimney.

"I have swum here every morning since 1988, and I will not stop for snow," said Berta Holm, a retired teacher.

Opponents pointed to the cost of lifeguards in the dark months. Two more will be hired, at ninety thousand crowns.

A first count of visitors is due at New Year."""
BRIEF = """Marden grants a licence to the night tram

The transport board of Marden granted a licence to the night tram on Thursday. It will run from May.

Drivers had asked for guards on board after two attacks in autumn. The company agreed to pay for six.

"We want people to get home," said the chair of the board, Liv Sand.

Tickets will cost three crowns more than by day. Students travel free."""


@pytest.mark.parametrize("text", [RECIPE, RELEASE, CITY_NEWS, BRIEF], ids=["recipe", "release", "city news", "brief"])
@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["empty lines", "a paragraph a line"])
def test_a_single_article_stays_whole(text: str, gap: str) -> None:
    assert starts(text.replace("\n\n", gap)) == [1]


@pytest.mark.parametrize("most", [1, 2, 3], ids=["leads", "two paragraphs", "three paragraphs"])
@pytest.mark.parametrize(
    "dateline",
    ["{0}, July 13 (Northwire) – ", "{0} (NW) - ", "{0} — ", "{0}, July 13. /NORD/. "],
    ids=["date and agency", "agency", "place", "after the Russian manner"],
)
def test_reports_are_parted_at_their_datelines(dateline: str, most: int) -> None:
    places = ["HALVIK", "TORNA", "MARDEN", "OLDPORT", "NEW MARDEN", "BRENNER", "PORTO NOVO", "LINDEN"]
    reports = [
        [dateline.format(place) + article[1], *article[2 : 1 + most]]
        for place, article in zip(places, DUMP, strict=True)
    ]
    assert firsts("\n".join(line for report in reports for line in report)) == [report[0] for report in reports]


def test_wire_copy_is_parted_above_its_slugs_and_below_its_ends() -> None:
    slugs = ["ANIMALS-FOXES/", "BRIDGE-OPENING (UPDATE 2)", "FOOD-BUTTER", "MUSIC-ORCHESTRA/CHIEF"]
    reports = [
        [slug, f"HALVIK, May 3 (NW) - {article[1]}", *article[2:], end]
        for slug, article, end in zip(
            slugs, DUMP[:4], ["More later", "ENDS", "(Reporting by A. Berg)", "-30-"], strict=True
        )
    ]
    assert firsts("\n".join(line for report in reports for line in report)) == slugs


def test_a_title_and_a_standfirst_belong_to_the_report_below() -> None:
    reports = [[article[0], f"HALVIK, May 3 (NW) - {article[1]}", *article[2:]] for article in DUMP]
    assert firsts("\n".join(line for report in reports for line in report)) == [article[0] for article in DUMP]


@pytest.mark.parametrize("count", [3, 5, 8])
def test_headlines_are_parted_line_by_line(count: int) -> None:
    titles = [article[0] for article in DUMP][:count]
    drafts, _ = read_dump(seed("\n".join(titles)), "en")
    assert [draft.paragraphs for draft in drafts] == [(title,) for title in titles]
    assert all(draft.confidence >= 0.9 for draft in drafts)


def test_a_doubled_teaser_is_folded_and_said_once() -> None:
    drafts, _ = read_dump(seed("\n".join([BRIDGE[0], TEASERS[1], TEASERS[1], *TEASERS[2:]])), "en")
    assert drafts[0].lines == (1, 3)
    assert drafts[0].paragraphs == (BRIDGE[0], TEASERS[1])
    assert [draft.lines[0] for draft in drafts[1:]] == [4, 5, 6]


def test_confidence_is_certain_where_it_was_told_and_a_probability_elsewhere() -> None:
    drafts, _ = read_dump(seed("\n".join([*FOX, "---", *BRIDGE])), "en")
    assert [draft.confidence for draft in drafts] == [1.0, 1.0]
    drafts, _ = read_dump(seed("\n".join([*FOX, *BRIDGE])), "en")
    assert drafts[0].confidence == 1.0
    assert 0.5 < drafts[1].confidence < 1.0


def test_the_sidecar_is_the_truth() -> None:
    split = [SplitLine(line=1, title="T"), SplitLine(line=3, skip=True), SplitLine(line=4, url="https://example.org/a")]
    drafts, problems = read_dump(seed("one\n\ntwo\nthree\nfour\n", *split), "en")
    assert problems == []
    assert [(d.lines, d.paragraphs, d.title, d.url, d.confidence) for d in drafts] == [
        ((1, 1), ("one",), "T", None, 1.0),
        ((3, 3), ("two",), None, None, 1.0),
        ((4, 5), ("three", "four"), None, "https://example.org/a", 1.0),
    ]


def test_what_is_skipped_is_read_and_marked() -> None:
    split = [SplitLine(line=1), SplitLine(line=2, skip=True, at=7), SplitLine(line=3, skip=False, at=9)]
    drafts, _ = read_dump(seed("one\ntwo\nthree", *split), "en")
    assert [draft.directive for draft in drafts] == [
        None,
        Directive(show=False, says="skip: true", file="a.yml", line=7),
        Directive(show=True, says="skip: false", file="a.yml", line=9),
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([1, 9], "a.yml:19: articles: line 9 is outside a.txt, which has 4 lines"),
        ([0, 1], "a.yml:10: articles: line 0 is outside"),
        ([1, 2], "a.yml:12: articles: line 2 of a.txt holds no text"),
        ([3], "a.yml:13: articles: a.txt has text from line 1 on, but no article is listed until line 3"),
        ([], "a.yml:7: articles: a.txt has text from line 1 on, but no article is listed anywhere"),
    ],
)
def test_a_seed_is_left_out_while_its_split_cannot_be_right(lines: list[int], said: str) -> None:
    entries = tuple(SplitLine(line=line, at=10 + line) for line in lines)
    sidecar = Sidecar(name="a.yml", articles=entries, key_lines={"articles": 7})
    drafts, problems = read_dump(Seed(name="a.txt", text="one\n\ntwo\nthree", sidecar=sidecar), "en")
    assert drafts == []
    assert any(str(problem).startswith(said) for problem in problems)
    assert str(problems[-1]) == "a.txt: is left out until a.yml is fixed"


def test_a_split_that_is_out_of_date_says_where_its_lines_are_now() -> None:
    split = (SplitLine(line=1, begins="one", at=4), SplitLine(line=3, begins="two “x”", at=6), SplitLine(line=4, at=8))
    sidecar = Sidecar(name="my week.yml", lines=4, articles=split, key_lines={"lines": 2, "articles": 3})

    def said(text: str) -> list[str]:
        return [str(one) for one in read_dump(Seed(name="my week.txt", text=text, sidecar=sidecar), "en")[1]]

    update = "(digestgen split 'my week' --update carries your corrections over)"
    assert said("one\n\ntwo  “x” three\nfour\n\n\n") == []
    assert said('one\n\ntwo "x" three\nfour') == []
    assert said("nought\none\n\ntwo “x” three\nfour") == [
        f"my week.yml:2: lines: my week.txt had 4 lines when it was split, and has 5 now {update}",
        f"my week.yml:4: line 1 of my week.txt no longer begins “one”; it is now line 2 {update}",
        f"my week.yml:6: line 3 of my week.txt no longer begins “two “x””; it is now line 4 {update}",
        "my week.txt: is left out until my week.yml is fixed",
    ]
    assert said("one\n\n\nthree") == [
        f"my week.yml:6: line 3 of my week.txt no longer begins “two “x””; no other line does {update}",
        "my week.txt: is left out until my week.yml is fixed",
    ]


def test_an_article_may_start_inside_a_wrapped_paragraph() -> None:
    rows = [line[at : at + 50] for line in FOX[1:] for at in range(0, len(line), 50)]
    drafts, problems = read_dump(seed("\n".join(rows), SplitLine(line=1), SplitLine(line=2)), "en")
    assert problems == []
    assert [draft.lines for draft in drafts] == [(1, 1), (2, len(rows))]
    assert drafts[1].paragraphs[0] == FOX[1][50:]


def test_doubted_starts_are_likely_ones_that_were_not_chosen() -> None:
    (path,) = SEEDS.glob("000_*.txt")
    text = "\n".join([*FOX, FOX[1], FOX[1], *BRIDGE, *path.read_text(encoding="utf-8").split("\n")])
    doubted = possible_starts(text, "en")
    assert not {line for line, _ in doubted} & set(starts(text))
    assert all(chance >= LIKELY for _, chance in doubted)
    assert 6 not in {line for line, _ in doubted}
    assert possible_starts("---", "en") == ()


@given(st.lists(st.sampled_from([*FOX, *BRIDGE, *TEASERS, "", "---", "a", "x" * 300, "«"]), max_size=30))
def test_every_line_of_text_is_in_exactly_one_article(lines: list[str]) -> None:
    drafts, problems = read_dump(seed("\n".join(lines)), "en")
    assert problems == []
    covered = [line for draft in drafts for line in range(draft.lines[0], draft.lines[1] + 1)]
    assert len(covered) == len(set(covered))
    text = {number for number, line in enumerate(lines, start=1) if line not in {"", "---"}}
    assert text <= set(covered)


@pytest.mark.parametrize(
    "text",
    ["x" * 3_000_000, "\n" * 300_000, "word\n" * 8_000, "a b " * 500_000, '"' * 500_000 + "\n" + "'" * 500_000],
    ids=["one word", "empty lines", "one-word lines", "one line of words", "quotes"],
)
def test_hostile_texts_are_read(text: str) -> None:
    drafts, _ = read_dump(seed(text), "en")
    assert len(drafts) <= text.count("\n") + 1
