"""A small digest, made by hand: what the pages of a digest are tried on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from digestgen.model import (
    Article,
    CitedSentence,
    Digest,
    Entry,
    Keyphrase,
    Placement,
    Publish,
    Reason,
    RelatedArticle,
    RelatedTopic,
    Source,
    Story,
    Topic,
)
from digestgen.slugs import slug, unique_slugs
from made import an_article


def article(number: int, title: str, text: str, **changes: object) -> Article:
    plain = an_article(
        f"a{number:02}",
        text,
        title=title,
        source="The Kyiv Independent",
        url=f"https://example.org/{number}",
        lines=(number, number),
        boundary_confidence=0.9,
    )
    return replace(plain, **changes)


def placement(topic: str | None, *phrases: str) -> Placement | None:
    """Near a topic for these phrases, the strongest first; None without a topic."""
    reasons = tuple(Reason(phrase, 1 / (place + 1)) for place, phrase in enumerate(phrases, start=1))
    return None if topic is None else Placement(topic=topic, reasons=reasons, similarity=0.5)


def entry(  # noqa: PLR0913 -- each is a field of a placement
    article: Article,
    phrases: tuple[str, ...] = (),
    *,
    topic: str | None = None,
    topic_reasons: tuple[str, ...] = (),
    nearest_topic: str | None = None,
    nearest_reasons: tuple[str, ...] = (),
    **changes: object,
) -> Entry:
    plain = Entry(
        article=article,
        slug=slug(article.title) or article.id,
        summary=article.paragraphs[:1],
        keyphrases=tuple(Keyphrase(phrase, 0.01 * place) for place, phrase in enumerate(phrases, start=1)),
        placement=placement(topic, *topic_reasons),
        nearest=placement(nearest_topic, *nearest_reasons),
        story=None,
        related=(),
        reprint_of=None,
    )
    return replace(plain, **changes)


def digest(*entries: Entry, topics: tuple[Topic, ...] = (), **changes: object) -> Digest:
    """A digest of the entries; those that no topic holds are on its shelf."""
    placed = {key for topic in topics for key in topic.articles}
    names = sorted({entry.article.source for entry in entries if entry.article.source})
    plain = Digest(
        title="Week 43",
        description="",
        language="en",
        entries=entries,
        topics=topics,
        shelf=tuple(entry.article.id for entry in entries if entry.article.id not in placed),
        sources=sources(*names),
    )
    return replace(plain, **changes)


def sources(*names: str) -> tuple[Source, ...]:
    """Sources of these names, each with an address of its own."""
    slugs = unique_slugs([(name, name) for name in names], reserved=["index"])
    return tuple(Source(name=name, slug=each) for name, each in zip(names, slugs, strict=True))


def topic(label: str, stories: tuple[Story, ...], **changes: object) -> Topic:
    plain = Topic(
        slug=slug(label),
        label=label,
        keyphrases=(),
        articles=tuple(key for story in stories for key in story.articles),
        stories=stories,
        summary=(),
        related=(),
        sources={},
    )
    return replace(plain, **changes)


def story(label: str, *articles: str) -> Story:
    return Story(slug=slug(label), label=label, headline=articles[0] if articles else "", articles=articles)


KOREA = ("North Korea", "Pyongyang", "troops")
NAVALNY = ("Alexei Navalny", "Yulia Navalnaya", "memoir")
IN_KOREA = {"topic": "north-korea", "topic_reasons": KOREA[:2], "nearest_topic": "alexei-navalny"}
IN_NAVALNY = {
    "topic": "alexei-navalny",
    "topic_reasons": NAVALNY[:1],
    "nearest_topic": "north-korea",
    "nearest_reasons": ("Kremlin",),
}

ENTRIES = (
    entry(
        article(
            1,
            "Pyongyang has sent 10,000 soldiers to Ukraine",
            "North Korea moved from weapons to troops.",
            published=date(2024, 10, 15),
        ),
        KOREA,
        story="north-korea-sends-troops",
        related=(RelatedArticle("a03", ("troops",)), RelatedArticle("a05", ())),
        **IN_KOREA,
    ),
    entry(
        article(
            2,
            "North Korea to gain military experience",
            "The secret clause let North Korea send 1,000 soldiers.",
            published=date(2024, 10, 24),
            source="RT",
        ),
        (*KOREA, "Kremlin"),
        story="north-korea-sends-troops",
        **IN_KOREA,
    ),
    entry(
        article(
            3,
            "North Korea to gain military experience!",
            "The secret clause let North Korea send 1,000 soldiers.",
            source=None,
            url=None,
        ),
        KOREA,
        slug="north-korea-to-gain-military-experience-a03",
        story="north-korea-sends-troops",
        reprint_of="a02",
        **IN_KOREA,
    ),
    entry(
        article(
            4,
            "Putin acknowledges reports of North Korean troops",
            "Putin appeared to acknowledge reports of North",
            titled=False,
            truncated=True,
            url="https://reader:secret@example.org/4",
        ),
        ("North Korea", "Kremlin"),
        summary=("Putin appeared to acknowledge reports of North",),
        story="putin-acknowledges-reports-of-north-korean-troops",
        **IN_KOREA,
    ),
    entry(
        article(5, "Navalnaya would run for president", "“I will participate,” Yulia Navalnaya said."),
        NAVALNY,
        story="navalnaya-would-run-for-president",
        **IN_NAVALNY,
    ),
    entry(
        article(
            6,
            "Navalny’s memoir “Patriot” comes out",
            "The memoir is compiled from his prison diaries.",
            publish=Publish.FULL,
            standfirst="A book in 22 languages.",
        ),
        NAVALNY,
        story="navalnys-memoir-patriot-comes-out",
        **IN_NAVALNY,
    ),
    entry(
        article(
            7, "Одна з трьох російських дронів", "Один дрон упав у Білорусі.", language="uk", source="Українська правда"
        ),
        ("Україна", "дрон"),
        slug="odna-z-trokh",
    ),
    entry(article(8, "Ukraine’s drone over Belarus", "A drone crashed in Belarus."), ("Україна", "2024 budget")),
    entry(article(9, "Étude on the 2024 budget", "The budget of 2024 is here."), ("2024 budget", "État")),
    entry(article(10, "L’État et le budget", "L’État a un budget.", language="fr", source=None), ("État", "budget")),
    entry(article(11, "A short one", "Short.", lines=(20, 31)), (), nearest_topic="north-korea"),
    entry(
        article(12, "Gymnasts win gold", "They won in Antwerp.", boundary_confidence=1.0),
        ("gymnastics",),
        nearest_topic="alexei-navalny",
        nearest_reasons=("Kremlin", "memoir"),
    ),
)  # fmt: skip

SAMPLE = digest(
    *ENTRIES,
    topics=(
        topic(
            "North Korea",
            (
                replace(
                    story("North Korea sends troops", "a01", "a02", "a03"),
                    has_page=True,
                    only=(CitedSentence("The secret clause let North Korea send 1,000 soldiers.", "a02"),),
                ),
                story("Putin acknowledges reports of North Korean troops", "a04"),
            ),
            keyphrases=(Keyphrase("North Korea", 0.01), Keyphrase("troops", 0.02)),
            summary=(
                CitedSentence("North Korea moved from weapons to troops.", "a01"),
                CitedSentence("The secret clause let North Korea send 1,000 soldiers.", "a02"),
            ),
            related=(RelatedTopic("alexei-navalny", ("Kremlin",)),),
            sources={"The Kyiv Independent": 2, "RT": 1},
        ),
        topic(
            "Alexei Navalny",
            (
                story("Navalnaya would run for president", "a05"),
                story("Navalny’s memoir “Patriot” comes out", "a06"),
            ),
            keyphrases=(Keyphrase("Alexei Navalny", 0.01),),
            summary=(CitedSentence("The memoir is compiled from his prison diaries.", "a06"),),
            sources={"The Kyiv Independent": 2},
        ),
    ),
    sources=(
        Source(name="RT", slug="rt", homepage="https://www.rt.com/"),
        *sources("The Kyiv Independent", "Українська правда"),
    ),
)
