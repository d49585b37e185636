from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.summaries.summarise import summarise_article, summarise_group
from digestgen.model import Article
from made import an_article

LEAD = "The harbour town of Bergen will close its old ferry quay, the city council decided on Monday."
REASON = "Engineers had found cracks in the quay that would cost 40 million kroner to repair."
SPEECH = "She told the council that the town could not wait any longer for help from Oslo."


def article(*paragraphs: str, name: str = "a", title: str = "A title", **changes: object) -> Article:
    return an_article(name, *paragraphs, title=title, **changes)


def test_sentences_stand_in_text_order() -> None:
    summary = summarise_article(article(f"{LEAD} {REASON}"))
    assert summary == (LEAD, REASON)


OTHER = "Norway's ferry operators have asked the government for 2 billion kroner to renew landing places."
THIRD = "Bergen is the second largest city of Norway and lives on its ferry traffic."


SKIPPED = {
    "editor's note": f"Editor's note: This article has been updated. {LEAD}",
    "curly editor's note": f"Editor’s note: The interview has been edited for clarity. {LEAD}",
    "correction": f"This article was originally published in March. {LEAD}",
    "read more": f"Read more: How the quay was built in 1890. {LEAD}",
    "question": f"Who would have thought that a quay could close? {LEAD}",
    "pronoun": f"{SPEECH} {LEAD}",
    "connective": f"However, the council of the town decided otherwise. {LEAD}",
    "cut at an abbreviation": f"Engineers had found cracks in the old quay of Bergen, said Ms. {LEAD}",
    "ends in dots": f"Engineers had found cracks in the old quay of Bergen . . . {LEAD}",
    "lost half of a quotation": f"The town of Bergen must act now, not in ten years.” {LEAD}",
}


@pytest.mark.parametrize("text", SKIPPED.values(), ids=SKIPPED.keys())
def test_what_does_not_read_alone_is_passed_over(text: str) -> None:
    summary = summarise_article(article(f"{text} {REASON}", OTHER, THIRD))
    assert summary[0] == LEAD
    assert set(summary) <= {LEAD, REASON, OTHER, THIRD}


TEASERS = {
    "one sentence": f"{LEAD}",
    "a pronoun": f"{SPEECH} {LEAD}",
    "three": f"Ferries for Bergen. {LEAD} {REASON}",
    "a question": f"{LEAD} Who would have thought that a quay could close?",
    "this week": f"This week ends an age of ferries in the harbour of the old town. {REASON}",
}


@pytest.mark.parametrize("text", TEASERS.values(), ids=TEASERS.keys())
def test_a_teaser_is_shown_whole(text: str) -> None:
    assert " ".join(summarise_article(article(text))) == text
    assert " ".join(summarise_article(article(f"{text} The council had", truncated=True))) == text


def test_a_teaser_leaves_out_notices_and_its_given_title() -> None:
    assert summarise_article(article(f"Read more: How the quay was built in 1890. {LEAD}")) == (LEAD,)
    assert summarise_article(article(REASON, LEAD, title=REASON.rstrip("."))) == (LEAD,)


def test_a_made_title_is_not_repeated_where_there_is_more_to_say() -> None:
    short = "Bergen gives up its oldest ferry quay in the harbour."
    told = article(f"{short} {LEAD}", REASON, OTHER, THIRD, title=short.rstrip("."), titled=False)
    assert short not in summarise_article(told)
    bare = article(short, title=short.rstrip("."), titled=False)
    assert summarise_article(bare) == (short,)


OUTDATED = "Last week the harbour town of Bergen closed its old ferry quay, the city council has said."


@pytest.mark.parametrize(
    ("language", "outdated", "other"),
    [
        ("en", OUTDATED, REASON),
        (
            "de",
            "Gestern hat die Stadt Bergen ihren alten Kai für Fähren geschlossen, sagte der Rat.",
            "Fachleute hatten im Kai der Stadt Bergen Risse gefunden, die viel Geld kosten.",
        ),
        (
            "fr",
            "Hier, la ville de Bergen a fermé son vieux quai pour les bacs, selon le conseil municipal.",
            "Des experts avaient trouvé dans le quai de Bergen des fissures qui coûtent cher à réparer.",
        ),
        (
            "ru",
            "Вчера город Берген закрыл свой старый причал для паромов, сообщил городской совет.",
            "Инженеры нашли в причале города Бергена трещины, ремонт которых стоит очень дорого.",
        ),
    ],
)
def test_a_relative_time_does_not_lead_without_a_date(language: str, outdated: str, other: str) -> None:
    text = [outdated, other, outdated, other]
    assert summarise_article(article(*text, language=language))[0] == other
    assert summarise_article(article(*text, language=language, published=date(2026, 11, 1)))[0] == outdated


def test_a_relative_time_leads_where_nothing_else_is() -> None:
    only = [OUTDATED.replace("ferry", kind) for kind in ("ferry", "fish", "coal", "salt")]
    assert summarise_article(article(*only))[0] in only


def test_a_group_does_not_lead_with_a_relative_time() -> None:
    group = [
        article(OUTDATED, name="a"),
        article(OUTDATED.replace("old", "oldest"), name="b"),
        article(OTHER, name="c"),
    ]
    assert summarise_group(group)[0].article == "c"


def test_a_cut_standfirst_and_a_cut_text_do_not_end_in_a_function_word() -> None:
    cut = "Bergen closes its old ferry quay because of the"
    assert summarise_article(article(LEAD, REASON, OTHER, THIRD, standfirst=cut))[0] == LEAD
    assert summarise_article(article(cut, truncated=True)) == ("Bergen closes its old ferry quay",)


def test_a_heading_is_no_sentence() -> None:
    assert summarise_article(article("The quay and its cracks", LEAD)) == (LEAD,)


def test_a_title_repeated_in_the_body_is_no_summary() -> None:
    assert (
        summarise_article(article("Bergen closes its old ferry quay.", LEAD, title="Bergen closes its old ferry quay"))[
            0
        ]
        == LEAD
    )


def test_the_standfirst_comes_first() -> None:
    standfirst = "Bergen gives up its oldest landing place after cracks were found"
    assert summarise_article(article(LEAD, standfirst=standfirst))[0] == standfirst


def test_a_standfirst_that_became_the_title_is_not_repeated() -> None:
    standfirst = "Bergen gives up its oldest landing place after cracks were found"
    assert summarise_article(article(LEAD, standfirst=standfirst, title=standfirst)) == (LEAD,)


def test_a_dateline_is_left_out() -> None:
    assert summarise_article(article(f"BERGEN, Norway (Reuters) - {LEAD}")) == (LEAD,)


@pytest.mark.parametrize("label", ["Why it matters: ", "The big picture: ", "[Links in Norwegian] "])
def test_a_label_is_left_out(label: str) -> None:
    assert summarise_article(article(f"{label}{LEAD}")) == (LEAD,)


def test_a_name_before_a_colon_stays() -> None:
    told = f"Mayor Anna Dahl: {LEAD}"
    assert summarise_article(article(told)) == (told,)


def test_few_words_say_too_little() -> None:
    assert summarise_article(article(f"Ferries for Bergen. {LEAD} {REASON}", OTHER, THIRD))[0] == LEAD


def test_a_quotation_of_two_sentences_keeps_its_speaker() -> None:
    told = "“The quay is old. It cannot be repaired,” Mayor Anna Dahl told the city council of Bergen."
    assert summarise_article(article(told)) == (told,)


def test_a_mark_left_open_does_not_swallow_the_rest() -> None:
    summary = summarise_article(article(f"He called it “a shame. {LEAD} {REASON}", OTHER, THIRD))
    assert summary[:2] == (LEAD, REASON)


def test_a_truncated_teaser_gives_its_whole_sentences() -> None:
    assert summarise_article(article(f"{LEAD} Engineers had found cracks in the", truncated=True)) == (LEAD,)


@pytest.mark.parametrize("end", ["in Roe v.", "by Bergen vs.", "of Atty.", "as Mr.”"])
def test_a_sentence_cut_at_an_abbreviation_is_passed_over(end: str) -> None:
    cut = f"The harbour town of Bergen was told of its old ferry quay in a ruling {end}"
    summary = summarise_article(article(cut, LEAD, REASON, OTHER, THIRD))
    assert cut not in summary
    assert summary


def test_a_single_cut_sentence_stands_as_it_is() -> None:
    cut = "Engineers had found cracks in the quay that would cost"
    assert summarise_article(article(cut, truncated=True)) == (cut,)


def test_only_dangling_text_still_gives_a_sentence() -> None:
    assert summarise_article(article(SPEECH)) == (SPEECH,)


@pytest.mark.parametrize("paragraphs", [(), ("",), ("   ",)], ids=["none", "empty", "blank"])
def test_no_text_no_summary(paragraphs: tuple[str, ...]) -> None:
    assert summarise_article(article(*paragraphs)) == ()
    assert summarise_group([article(*paragraphs)]) == ()


def test_every_article_of_a_group_speaks_before_one_speaks_twice() -> None:
    group = [article(f"{LEAD} {REASON}", name="a"), article(OTHER, name="b"), article(THIRD, name="c")]
    assert {cited.article for cited in summarise_group(group)[:3]} == {"a", "b", "c"}


def test_a_group_summary_keeps_its_measure() -> None:
    group = [article(f"{LEAD} {REASON}", name=str(at)) for at in range(3)]
    group += [article(OTHER, name="b"), article(THIRD, name="c")]
    assert sum(len(cited.sentence.split()) for cited in summarise_group(group, max_words=40)) <= 40


def test_nearly_the_same_sentence_is_told_once() -> None:
    group = [article(LEAD, name="a"), article(LEAD.replace("old", "oldest"), name="b")]
    assert len(summarise_group(group)) == 1


def test_a_group_of_dangling_texts_still_has_a_sentence() -> None:
    assert [cited.sentence for cited in summarise_group([article(SPEECH)])] == [SPEECH]


def test_a_group_passes_over_what_does_not_read_alone() -> None:
    summary = summarise_group(
        [article(SPEECH, name="a"), article("The decision came late.", name="b"), article(OTHER, name="c")]
    )
    assert [cited.article for cited in summary] == ["c"]


prose = st.text(
    alphabet=st.sampled_from("abc ABC 12 .?!… \"“”'’ «»()[] – \u00a0 éß Жї") | st.characters(exclude_categories=["Cs"]),
    max_size=200,
)
articles = st.builds(
    lambda paragraphs, standfirst, language, truncated: article(
        *paragraphs, standfirst=standfirst, language=language, truncated=truncated
    ),
    st.lists(prose, max_size=4),
    st.none() | prose,
    st.sampled_from(["en", "fr", "de", "uk", "xx"]),
    st.booleans(),
)


@given(articles)
def test_every_sentence_is_verbatim(one: Article) -> None:
    parts = [part for part in (one.standfirst, *one.paragraphs) if part]
    summary = summarise_article(one)
    assert all(any(sentence in part for part in parts) for sentence in summary)
    assert bool(summary) == any(part.strip() for part in parts)
    assert all(any(cited.sentence in part for part in parts) for cited in summarise_group([one]))
