from digestgen.ingest.own_words import in_own_words, is_own, own_paragraphs
from digestgen.ingest.recurring_lines import find_recurring, lines_of
from digestgen.ingest.titles.head import head_of
from made import an_article

COOKIES = "We use cookies to improve your visit. Read more in our policy."
TEXTS = [
    "The bridge over the estuary opened to lorries on Friday, a year later than engineers had promised.",
    "Foxes have moved into the city in numbers that surprise biologists, a survey of gardens shows.",
    "Bakers in Paris blame the price of flour for bread that is dearer than it ever was in a summer.",
]
RECURRING = find_recurring([lines_of([text, COOKIES, "Sign up for our newsletter"]) for text in TEXTS])
WROTE = "In article <2F.91@quay.example> ada@quay.example (Ada Brandt) writes:"
ASKED = "> Has anybody counted the foxes that live in the harbour of Bergen?"
ANSWER = "Nobody ever counted the foxes of Bergen, since they come out at night."


def test_an_article_of_nothing_else_stays_as_it_is() -> None:
    bare = an_article("a", COOKIES, "Sign up for our newsletter")
    assert in_own_words(RECURRING, bare) is bare


def test_an_article_that_is_all_its_author_wrote_stays_as_it_is() -> None:
    article = an_article("a", ANSWER, TEXTS[0], standfirst="Foxes")
    assert in_own_words(RECURRING, article) is article


def test_a_line_may_be_the_standfirst_and_the_end() -> None:
    article = an_article("a", TEXTS[0], "Sign up for our newsletter", standfirst=COOKIES, truncated=True)
    own = in_own_words(RECURRING, article)
    assert (own.standfirst, own.paragraphs, own.truncated) == (None, (TEXTS[0],), False)


def test_what_others_wrote_is_not_the_authors_own() -> None:
    article = an_article("a", WROTE, ASKED, ANSWER)
    assert in_own_words((), article).paragraphs == (ANSWER,)
    assert [is_own((), text) for text in (WROTE, ASKED, ANSWER)] == [False, False, True]


def test_quotations_are_read_where_there_is_nothing_else() -> None:
    assert own_paragraphs((), [WROTE, ASKED], "en") == (WROTE, ASKED.removeprefix("> "))


def test_a_title_is_made_of_the_authors_own_words() -> None:
    head = head_of([WROTE, ASKED, ANSWER, TEXTS[1]], None, "en")
    assert head.title == "Nobody ever counted the foxes of Bergen, since they come out at night"
    assert head.paragraphs[0] == WROTE
