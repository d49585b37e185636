import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.ingest.titles import english
from digestgen.ingest.titles.head import breaks_off, head_of
from digestgen.ingest.titles.made_title import LONGEST, MOST_WORDS, make_title
from digestgen.language.text import words

LEAD = "The bridge over the estuary opened to lorries on Friday, a year later than engineers had promised."
BODY = "Engineers blamed the steel, which had rusted before it was painted."


@pytest.mark.parametrize(
    ("first", "titled", "standfirst"),
    [
        pytest.param("New bridge opens a year late", True, False, id="a headline"),
        pytest.param(
            "Musk has been in contact with Putin, officials since 2022, WSJ reports", True, False, id="a source"
        ),
        pytest.param("Inside the quiet dependence on American technology", True, False, id="no verb"),
        pytest.param("Why does the bridge rust?", True, False, id="a question"),
        pytest.param("The bridge is late, the agency has said", False, True, id="vague source"),
        pytest.param("The leader has insisted the troops will not leave", False, True, id="leaning"),
        pytest.param("The " + "very " * 20 + "late bridge has opened", False, True, id="too long"),
        pytest.param(LEAD, False, False, id="a sentence"),
    ],
)
def test_a_first_line_is_title_standfirst_or_text(first: str, titled: bool, standfirst: bool) -> None:  # noqa: FBT001
    head = head_of([first, LEAD, BODY], None, "en")
    assert (head.titled, head.standfirst is not None) == (titled, standfirst)
    assert not titled or head.title == first
    assert head.paragraphs == ((LEAD, BODY) if titled or standfirst else (first, LEAD, BODY))


@pytest.mark.parametrize(
    ("language", "first", "below"),
    [
        (
            "en",
            "The list of sightings is going to be posted to the",
            "It will be long, and it will come every week.",
        ),
        ("en", "Has anybody counted the foxes of Bergen, or is it", "going to be done by the city, as the mayor said?"),
        ("fr", "La ville de Bergen compte les renards de", "On en a vu trois dans le port, la nuit de lundi."),
        ("de", "Die Stadt Bergen zählt die Füchse von", "Drei wurden am Montag nachts im Hafen gesehen."),
    ],
)
def test_a_broken_line_is_no_title(language: str, first: str, below: str) -> None:
    head = head_of([first, below], None, language)
    assert not head.titled
    assert head.title != first


@pytest.mark.parametrize(
    ("language", "line"), [("en", "Bergen gives in"), ("en", "What foxes live on"), ("de", "Bergen lehnt Füchse ab")]
)
def test_a_headline_may_end_in_a_particle(language: str, line: str) -> None:
    assert head_of([line, "The foxes may stay in Bergen."], None, language).titled


def test_what_says_next_to_nothing_is_no_title() -> None:
    text = "Excuse me? The harbour town of Bergen will close its ferry quay."
    assert make_title([text], "en") == "The harbour town of Bergen will close its ferry quay"
    assert make_title(["Excuse me? It is."], "en") == "Excuse me?"


def test_a_given_title_is_not_repeated_in_the_text() -> None:
    assert head_of(["NEW BRIDGE", LEAD], "New bridge", "en").paragraphs == (LEAD,)
    assert head_of([BODY, LEAD], "New bridge", "en").paragraphs == (BODY, LEAD)


@pytest.mark.parametrize("given_title", [None, "New bridge opens"])
def test_a_title_that_is_all_the_text_is_a_paragraph_as_well(given_title: str | None) -> None:
    head = head_of(["New bridge opens"] if given_title is None else [], given_title, "en")
    assert (head.title, head.titled, head.paragraphs) == ("New bridge opens", True, ("New bridge opens",))


@pytest.mark.parametrize(
    ("text", "truncated"),
    [
        (LEAD, False),
        (f"{LEAD} Engineers blamed the steel, which had", True),
        ("Engineers blamed the steel,", True),
        ("Engineers blamed the steel...", True),
        ("New study sheds light on the rust of steel in salt water", False),
    ],
)
def test_a_text_that_breaks_off_is_known(text: str, truncated: bool) -> None:  # noqa: FBT001
    assert head_of([text], None, "en").truncated == truncated


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("The bridge opened a year late.", "The bridge opened a year late", id="whole"),
        pytest.param(
            "Two members of a group have been charged with planning an attack on a well-known journal, "
            "the committee said.",
            "Two members of a group have been charged with planning an attack, the committee said",
            id="who said so",
        ),
        pytest.param(
            "Actor Robert Blake had gunshot residue on his hands and clothes the night his wife was shot dead, "
            "a court has heard.",
            "Actor Robert Blake had gunshot residue on his hands, a court has heard",
            id="who said so, after the clause that fits",
        ),
        pytest.param(
            "The ferries of Bergen are losing money, and they may soon be sold to a rival company from the capital, "
            "according to a report by two economists.",
            "The ferries of Bergen are losing money, according to a report by two economists",
            id="according to whom",
        ),
        pytest.param(
            "Consumer electronics giants Hitachi and Matshushita are joining forces to share and develop technology "
            "for flat screen televisions.",
            "Consumer electronics giants Hitachi and Matshushita are joining forces to share and develop…",
            id="no verb without the object it shares",
        ),
        pytest.param(
            "During the last decade, three governments have struggled to build a bridge over the estuary in the north.",
            "Three governments have struggled to build a bridge over the estuary in the north",
            id="a leading adverbial",
        ),
        pytest.param(
            "As Norway and Sweden deepen their ties, diplomats in the region say that they expect a lot more of it.",
            "Norway and Sweden deepen their ties",
            id="a leading clause that a pronoun needs",
        ),
        pytest.param(
            "Russian President Vladimir Putin began his visit to Turkmenistan on Oct. 11, speaking at a forum "
            "attended by several leaders.",
            "Vladimir Putin began his visit to Turkmenistan, speaking at a forum attended by several leaders",
            id="a trailing clause",
        ),
        pytest.param(
            "“We are working together in the international arena,” President Jane Miller said of the meeting.",
            "Jane Miller: “We are working together in the international arena”",
            id="a quotation",
        ),
        pytest.param(
            "“We will go on and fight to undo Roe v. Wade and every one of the cases that followed it in all the "
            "courts of this country,” President Jane Miller said.",
            "Jane Miller: “We will go on and fight to undo Roe v. Wade”",
            id="a quotation with an abbreviation",
        ),
        pytest.param(
            "“We ask the justices to overturn Roe v. Wade after all these years of rulings by every one of the other "
            "courts of this country,” President Jane Miller said.",
            "Jane Miller: “We ask the justices to overturn Roe v. Wade after all these years…”",
            id="no cut at an abbreviation",
        ),
        pytest.param(
            "Editor's note: This article has been updated. The bridge opened a year late.",
            "The bridge opened a year late",
            id="an editor's note",
        ),
        pytest.param(
            "The statement came two days after Foreign Minister Anna Berg said that the bridge would never open.",
            "Foreign Minister Anna Berg said that the bridge would never open",
            id="what came before is the news",
        ),
        pytest.param(
            "He said that it was late. Engineers in Bremen blamed the steel.",
            "Engineers in Bremen blamed the steel",
            id="a pronoun",
        ),
        pytest.param(
            "Sviatlana is stuck between a rock and a hard place. Despite receiving support, the country she wanted to",
            "Sviatlana is stuck between a rock and a hard place",
            id="not of the sentence that breaks off",
        ),
        pytest.param(
            "Le gouvernement a annoncé lundi que les négociations reprendraient la semaine prochaine à Paris, avec les "
            "représentants de tous les partis.",
            "Le gouvernement a annoncé que les négociations reprendraient à Paris…",
            id="another language",
        ),
    ],
)
def test_made_titles(text: str, title: str) -> None:
    language = "fr" if text.startswith("Le ") else "en"
    assert make_title([text], language) == title


SAYS = [
    pytest.param(
        "While the new timetable of the coastal railway is popular with tourists from abroad, commuters in the three "
        "northern towns say that it has made their mornings longer.",
        "Commuters in the three northern towns say that it has made their mornings longer",
        id="while",
    ),
    pytest.param(
        "Although the council had promised to repair the old lighthouse at Skagen before the winter storms, engineers "
        "have found that the tower cannot be saved.",
        "Engineers have found that the tower cannot be saved",
        id="although",
    ),
    pytest.param(
        "Despite years of protests by fishermen in the villages along the estuary of the river, the ministry has "
        "approved the new harbour at Oldport.",
        "The ministry has approved the new harbour at Oldport",
        id="despite",
    ),
    pytest.param(
        "While Berg was quick to blame the owners of the ferries for the delays in a speech to the British chamber of "
        "trade, she made no mention of the council.",
        "Berg made no mention of the council",
        id="a subject that both clauses share",
    ),
    pytest.param(
        "Calling the harbour at Oldport the “gate of the north” is still quite common in the capital, but this name is "
        "misleading to all who have not seen the harbour.",
        "Engineers closed the harbour for the winter",
        id="a concession that cannot be parted from its answer",
    ),
    pytest.param(
        "Calling the old harbour at Oldport with its quays the “gate of the north” is really quite common, but "
        "this name is misleading.",
        "Calling the old harbour at Oldport with its quays the “gate of the north” is misleading",
        id="is common but misleading",
    ),
    pytest.param(
        "The plan to move the ferry quay is popular among the shopkeepers of the old town and its many visitors, but "
        "engineers warn that the new pier will sink.",
        "Engineers warn that the new pier will sink",
        id="the first of two clauses grants",
    ),
    pytest.param(
        "Anna Berg was expected to win the race for mayor of Oldport with ease after a quiet campaign, but lost by "
        "nine "
        "votes to a baker from the north.",
        "Anna Berg lost by nine votes to a baker from the north",
        id="what was expected",
    ),
    pytest.param(
        "Fiona Dahl has opened a theatre for puppets in the old customs house of Oldport, but neighbours complain that "
        "its bell is rung too often.",
        "Fiona Dahl has opened a theatre for puppets in the old customs house of Oldport",
        id="an event is news of its own",
    ),
    pytest.param(
        "The strike at Oldport will go ahead in the summer, as the union has said many times before, unless the owners "
        "of the three ferries pay more.",
        "Engineers closed the harbour for the winter",
        id="a condition further on",
    ),
    pytest.param(
        "Fishing is forbidden in the bay at Oldport except on the two days before the feast of the patron saint in "
        "June.",
        "Engineers closed the harbour for the winter",
        id="an exception",
    ),
    pytest.param(
        "The museum did not close because of a lack of visitors but because its roof had begun to leak on the "
        "paintings "
        "of the old masters.",
        "Engineers closed the harbour for the winter",
        id="not because",
    ),
    pytest.param(
        "No minister has confirmed that the government plans to sell the three oldest lighthouses on the northern "
        "coast "
        "to a hotel company.",
        "No minister has confirmed that the government plans to sell the three oldest lighthouses",
        id="nobody says so",
    ),
    pytest.param(
        "The mayor of Oldport never said that the bridge would be closed to lorries, a spokeswoman for the council "
        "told "
        "reporters.",
        "The mayor of Oldport never said that the bridge would be closed to lorries",
        id="never said",
    ),
    pytest.param(
        "Critics claim that the new harbour at Oldport, which was built by a company from the capital, will sink "
        "within "
        "ten years of its opening.",
        "Critics claim that the new harbour at Oldport will sink within ten years of its opening",
        id="a doubtful claim keeps its speaker",
    ),
    pytest.param(
        "For Anna Dahl, a member of the city council, history is repeating itself: The old quay sank in the very "
        "same way.",
        "For Anna Dahl, history is repeating itself: The old quay sank in the very same way",
        id="how one person sees it",
    ),
    pytest.param(
        "Will the last of the old ferries on the northern coast survive the winter, as its owners in the capital have "
        "promised to the villages?",
        "Will the last of the old ferries on the northern coast survive the winter?",
        id="a question",
    ),
    pytest.param(
        "Oldport council is planning a network of cycle paths to ease the traffic in the narrow streets of the old "
        "town.",
        "Oldport council is planning a network of cycle paths to ease the traffic",
        id="articles stay",
    ),
]


@pytest.mark.parametrize(("text", "title"), SAYS)
def test_a_title_says_what_its_sentence_says(text: str, title: str) -> None:
    assert make_title([text, "Engineers closed the harbour for the winter."], "en") == title


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        pytest.param(
            "de",
            "Die Brücke ist bei den vielen Touristen aus dem In- und Ausland seit ihrer Eröffnung sehr beliebt, "
            "aber die "
            "Ingenieure halten sie für unsicher.",
            "Die Ingenieure halten sie für unsicher",
            id="aber",
        ),
        pytest.param(
            "de",
            "Obwohl die neue Brücke über die Mündung bei den Touristen aus dem Ausland sehr beliebt ist, klagen "
            "die Pendler "
            "aus dem Norden. Die Stadt will die Brücke sperren.",
            "Die Stadt will die Brücke sperren",
            id="obwohl: the verb comes first",
        ),
        pytest.param(
            "fr",
            "Bien que le pont, construit par une entreprise de la capitale, soit très apprécié des touristes "
            "étrangers, les "
            "habitants du nord se plaignent du bruit.",
            "Les habitants du nord se plaignent du bruit",
            id="bien que",
        ),
        pytest.param(
            "es",
            "Aunque el nuevo puente sobre el estuario es muy popular entre los turistas que llegan del extranjero, los "
            "vecinos del norte lo detestan.",
            "Los vecinos del norte lo detestan",
            id="aunque",
        ),
        pytest.param(
            "it",
            "Sebbene il nuovo ponte sia molto amato dai turisti che arrivano dall'estero per tutta l'estate, gli "
            "abitanti "
            "del nord si lamentano del rumore.",
            "Gli abitanti del nord si lamentano del rumore",
            id="sebbene",
        ),
        pytest.param(
            "ru",
            "Хотя новый мост через залив очень нравится туристам, приезжающим летом из других стран, жители северных "
            "посёлков жалуются на шум.",
            "Жители северных посёлков жалуются на шум",
            id="хотя",
        ),
        pytest.param(
            "uk",
            "Попри протести рибалок із сіл на північному узбережжі, що тривали понад три роки, міністерство схвалило "
            "будівництво нового порту.",
            "Міністерство схвалило будівництво нового порту",
            id="попри",
        ),
    ],
)
def test_concessions_in_other_languages(language: str, text: str, title: str) -> None:
    assert make_title([text], language) == title


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", "On Tuesday, the mayor of Oldport opened the bridge.", "The mayor of Oldport opened the bridge"),
        (
            "en",
            "The war of words may have reached a new stage this week.",
            "The war of words may have reached a new stage",
        ),
        ("en", "This week marks a turn. Oldport opened its new bridge.", "This week marks a turn"),
        ("de", "Der Minister hat am Montag die Brücke eröffnet.", "Der Minister hat die Brücke eröffnet"),
        ("fr", "Hier, le maire a inauguré le pont.", "Le maire a inauguré le pont"),
        ("es", "El alcalde anunció el lunes que el puente cerrará.", "El alcalde anunció que el puente cerrará"),
        (
            "it",
            "Il sindaco ha annunciato ieri che il ponte chiuderà.",
            "Il sindaco ha annunciato che il ponte chiuderà",
        ),
        ("ru", "В понедельник министр открыл мост.", "Министр открыл мост"),
        ("uk", "Міністр заявив у вівторок, що міст закриють.", "Міністр заявив, що міст закриють"),
    ],
)
def test_relative_times_go_where_they_can(language: str, text: str, title: str) -> None:
    assert make_title([text], language) == title


def test_a_standfirst_gives_way_to_a_sentence_that_says_who() -> None:
    standfirst = "The Ukrainian leader has insisted the troops will not leave"
    lead = "Volodymyr Zelensky has ruled out any concessions, rejecting what the media has described as a compromise."
    assert make_title([standfirst, lead], "en") == "Volodymyr Zelensky has ruled out any concessions"


def test_a_cut_says_so_and_never_cuts_a_word() -> None:
    text = "Zzz " + " ".join(f"word{number}" for number in range(40)) + "."
    title = make_title([text], "en")
    assert title.endswith("…")
    assert text.startswith(title[:-1])
    assert text[len(title) - 1] == " "


PIECES = [
    "Berlin",
    "the",
    "minister",
    "said",
    "that",
    "of",
    "“",
    "”",
    ",",
    "and",
    "bridge",
    "opened",
    "on",
    "Monday",
    "(",
    ";",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60))
def test_titles_are_short_and_do_not_dangle(pieces: list[str]) -> None:
    text = re.sub(r" ([,;”])", r"\1", " ".join(pieces)) + "."
    title = make_title([text], "en")
    assert 0 < len(title) <= LONGEST
    assert len(title.split()) <= MOST_WORDS + 1
    last = title.rstrip("…").split()[-1:]
    if len(text) > LONGEST and last:
        assert last[0].lower() not in english.NEVER_LAST - {"said", "that", "of", "and", "on", "the"} or title.endswith(
            "…"
        )


@given(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=4), st.sampled_from(["en", "fr", "ja", "xx"]))
def test_every_text_gets_a_title(paragraphs: list[str], language: str) -> None:
    assert len(make_title(paragraphs, language)) <= LONGEST


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        '"' + "a, " * 40_000,
        "The a b c " * 9_000,
        "A. " * 30_000,
        "“" * 50_000,
        "Aa " * 30_000,
        "(" * 50_000,
    ],
    ids=lambda value: value[:6],
)
def test_hostile_texts_get_a_title(text: str) -> None:
    assert len(make_title([text], "en")) <= LONGEST


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        pytest.param("hi", "नगर परिषद ने पुल खोला। मेयर चुप रहे।", "नगर परिषद ने पुल खोला", id="Hindi"),
        pytest.param("ar", "افتتح المجلس الجسر. صمت العمدة.", "افتتح المجلس الجسر", id="Arabic"),
        pytest.param("zh", "市政府开放了大桥。市长没有说话。", "市政府开放了大桥", id="Chinese"),
        pytest.param("am", "ድልድዩ ተከፈተ። ከንቲባው ዝም አሉ።", "ድልድዩ ተከፈተ", id="Amharic"),
        pytest.param("ja", "橋は安全ですか？市長は黙っていた。", "橋は安全ですか？", id="a Japanese question"),
    ],
)
def test_a_made_title_has_no_full_stop_in_any_script(language: str, text: str, title: str) -> None:
    assert make_title([text], language) == title


def test_a_title_without_spaces_is_cut_between_words() -> None:
    text = "市政府计划下个月出售老图书馆并且修复灯塔" * 8
    title = make_title([text], "zh")
    assert title.endswith("…")
    assert len(title) <= LONGEST
    assert words(title) == words(text)[: len(words(title))]


@pytest.mark.parametrize(
    ("paragraph", "broken"),
    [
        ("It opened on Friday. Engineers blamed the steel, which had", True),
        ("Engineers blamed the steel,", True),
        ("Engineers blamed the steel…", True),
        ("It opened on Friday. Engineers cited the ruling in Roe v.", True),
        ("It opened on Friday. Engineers blamed the steel.", False),
        ("New study sheds light on rust", False),
        ("It opened on Friday. The engineers said:", False),
        ("It opened on Friday. Engineers blamed “the steel.”", False),
        ("", False),
        ("पुल शुक्रवार को खुला। इंजीनियरों ने बताया कि इस्पात", True),
        ("大桥星期五开放。工程师说钢材", True),
        ("大桥星期五开放。工程师说钢材不合格。", False),
    ],
)
def test_what_breaks_off(paragraph: str, broken: bool) -> None:  # noqa: FBT001
    assert breaks_off(paragraph) == broken
