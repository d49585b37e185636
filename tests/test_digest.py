from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digestgen.analyse import keyphrases, summarise
from digestgen.curate.settings import DigestSettings
from digestgen.digest import compose
from digestgen.ingest import read
from digestgen.model import CitedSentence, Seed, Sidecar
from digestgen.promises import verify

SUBJECTS = {
    "crane": ["Port Ellery", "the steam crane", "harbour master Ida Marsh", "the maritime museum"],
    "frost": ["the Velm valley", "apple growers", "the May frost", "Tomas Berg"],
    "chess": ["the chess club", "Sandby", "a blindfold match", "grandmaster Olga Lind"],
}
VERBS = ["met", "praised", "refused", "found", "visited", "paid for", "waited for"]


@st.composite
def an_article(draw: st.DrawFn) -> str:
    nouns = SUBJECTS[draw(st.sampled_from(sorted(SUBJECTS)))]
    sentence = st.builds(
        lambda a, b, c: f"{a[0].upper()}{a[1:]} {b} {c}.",
        st.sampled_from(nouns), st.sampled_from(VERBS), st.sampled_from(nouns),
    )  # fmt: skip
    odd = st.text(max_size=40).map(lambda text: text.replace("\n", " ").replace("\r", " "))
    return "\n".join(draw(st.lists(st.one_of(sentence, sentence, sentence, odd), min_size=1, max_size=6)))


@st.composite
def some_seeds(draw: st.DrawFn) -> list[Seed]:
    texts = draw(st.lists(an_article(), min_size=0, max_size=6))
    sources = st.sampled_from([None, "RT", "BBC"])
    return [
        Seed(name=f"{index}.txt", text=text, sidecar=Sidecar(source=draw(sources))) for index, text in enumerate(texts)
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(seeds=some_seeds(), order=st.randoms(use_true_random=False))
def test_every_article_once_whatever_the_order_of_the_seeds(seeds: list[Seed], order) -> None:  # noqa: ANN001
    composition = compose(seeds, DigestSettings())  # it verifies placement and summaries itself
    shuffled = list(seeds)
    order.shuffle(shuffled)
    assert compose(shuffled, DigestSettings()) == composition
    digest = composition.digest
    slugs = [entry.slug for entry in digest.entries]
    assert len(set(slugs)) == len(slugs)
    ids = {entry.article.id for entry in digest.entries}
    for entry in digest.entries:
        assert entry.summary
        assert {link.id for link in entry.related} < ids
        assert entry.topic is None or entry.topic_reasons


def test_no_seeds_make_an_empty_digest() -> None:
    digest = compose([], DigestSettings()).digest
    assert (digest.entries, digest.topics, digest.shelf) == ((), (), ())


def a_digest():  # noqa: ANN201
    text = "\n".join(f"The harbour master Ida Marsh showed the steam crane of Port Ellery to guest {n}." for n in "ab")
    seeds = [Seed(name=f"{n}.txt", text=f"{text}\nShe spoke of {n}.") for n in ("rust", "storms", "museums")]
    return compose(seeds, DigestSettings()).digest


def test_verify_refuses_an_invented_sentence() -> None:
    digest = a_digest()
    first = replace(digest.entries[0], summary=("Nobody ever wrote this.",))
    with pytest.raises(AssertionError, match="not in its article"):
        verify(replace(digest, entries=(first, *digest.entries[1:])))


def test_verify_refuses_a_wrong_citation() -> None:
    seeds = [Seed(name="a.txt", text="One is here."), Seed(name="b.txt", text="Two is there.")]
    digest = compose(seeds, DigestSettings()).digest
    other = digest.entries[1].article.id
    topics = tuple(replace(topic, summary=(CitedSentence("One is here.", other),)) for topic in digest.topics)
    wrong = replace(digest.entries[1], summary=("One is here.",))
    with pytest.raises(AssertionError):
        verify(replace(digest, topics=topics, entries=(digest.entries[0], wrong)))


def test_verify_refuses_a_lost_and_a_doubled_article() -> None:
    digest = compose([Seed(name="a.txt", text="One is here.")], DigestSettings()).digest
    for shelf in ((), digest.shelf * 2):
        with pytest.raises(AssertionError, match="exactly once"):
            verify(replace(digest, shelf=shelf))


def _refusing(function, poison: str):  # noqa: ANN001, ANN202
    def refuse(thing, *rest):  # noqa: ANN001, ANN002, ANN202
        if poison in str(thing):
            raise ZeroDivisionError("of no\nuse")
        return function(thing, *rest)

    return refuse


@pytest.mark.parametrize(
    ("module", "function", "line"),
    [
        pytest.param(read, "read_seed", None, id="a seed that cannot be read"),
        pytest.param(keyphrases, "extract", 1, id="an article that cannot be studied"),
        pytest.param(summarise, "summarise_article", 1, id="an article that cannot be summarised"),
    ],
)
def test_a_fault_in_one_text_leaves_the_others(monkeypatch: pytest.MonkeyPatch, module, function, line) -> None:  # noqa: ANN001
    good = Seed(name="good.txt", text="Bread is dearer in Paris.\n\nBakers in Paris blame the price of flour for it.\n")
    bad = Seed(name="bad.txt", text="A poisonous story about Rome.\n\nNobody in Rome can bear to read it.\n")
    monkeypatch.setattr(module, function, _refusing(getattr(module, function), "poisonous"))
    composed = compose([bad, good], DigestSettings())
    assert {entry.article.seed for entry in composed.digest.entries} == {"good.txt"}
    (problem,) = composed.problems
    assert (problem.file, problem.line) == ("bad.txt", line)
    assert "ZeroDivisionError: of no use" in problem.message
