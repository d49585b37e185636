"""Generates any number of reproducible fictional articles on eight subjects."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

PEOPLE, PLACES, THINGS = 0, 1, 2
SUBJECTS = {
    "harbour": (
        ("Ida Marsh", "harbour master Ida Marsh", "the dockers' union"),
        ("Port Ellery", "the Ellery quay", "the outer harbour"),
        ("the steam crane", "the dredger", "the container terminal", "the harbour dues", "the tugboats"),
    ),
    "orchard": (
        ("Tomas Berg", "the apple growers", "agronomist Tomas Berg"),
        ("the Velm valley", "Upper Velm", "the orchards of Velm"),
        ("the May frost", "the cider press", "the blossom", "the orchard subsidy", "the codling moth"),
    ),
    "chess": (
        ("Olga Lind", "grandmaster Olga Lind", "the chess federation"),
        ("Sandby", "the Sandby open", "the tournament hall"),
        ("the blindfold match", "the endgame", "the Lind gambit", "the world title", "the rating list"),
    ),
    "volcano": (
        ("Hector Ruiz", "volcanologist Hector Ruiz", "the volcano observatory"),
        ("Mount Carda", "the Carda crater", "the villages below Carda"),
        ("the lava dome", "the ash plume", "the seismometers", "the evacuation order", "the sulphur clouds"),
    ),
    "opera": (
        ("Mirela Stan", "soprano Mirela Stan", "the stage hands"),
        ("the Halden opera", "the Halden stage", "Halden"),
        ("the overture", "the costume store", "the new libretto", "the orchestra pit", "the premiere"),
    ),
    "rail": (
        ("Piet Vermeer", "rail minister Piet Vermeer", "the train drivers"),
        ("the Nordal line", "Nordal station", "the Nordal tunnel"),
        ("the night train", "the signal box", "the overhead wires", "the rail strike", "the timetable"),
    ),
    "bees": (
        ("Amina Diallo", "entomologist Amina Diallo", "the beekeepers"),
        ("the Lorne heath", "the apiaries of Lorne", "Lorne"),
        ("the hive mites", "the heather honey", "the queen cells", "the pesticide ban", "the swarms"),
    ),
    "satellite": (
        ("Kenji Mori", "mission chief Kenji Mori", "the ground crew"),
        ("the Tarn launch site", "Tarn", "the Tarn control room"),
        ("the weather satellite", "the upper stage", "the solar panels", "the telemetry", "the launch window"),
    ),
}
_VERBS = (
    *("praised", "questioned", "inspected", "defended", "described", "measured", "abandoned", "repaired", "celebrated"),
    *("photographed", "postponed", "financed", "explained", "criticised", "expected", "revisited", "remembered"),
)
_DETAILS = (
    *("a brass bell", "two lanterns", "an angry letter", "seven witnesses", "a borrowed ladder", "wet ledgers"),
    *("a lost umbrella", "forty schoolchildren", "a cracked mirror", "old photographs", "a silent auction"),
    *("a tin of paint", "three accountants", "a stray dog", "thick fog", "a late breakfast", "a marching band"),
    *("a broken clock", "five barrels", "a retired judge", "paper maps", "an empty lorry", "a folding chair"),
    *("a church choir", "blue tarpaulins", "a rusty key", "a telephone call", "nine petitions", "a frozen pond"),
    *("a dusty archive", "a bicycle courier", "hand-written notes", "a rented van", "a wooden leg", "a loud cheer"),
)
_TIMES = (
    *("on Monday", "at dawn", "before noon", "in the small hours", "after the hearing", "during the holidays"),
    *("for the third time", "without notice", "despite the weather", "as the crowd watched", "in spite of doubts"),
)
_FRAMES = (
    "{who} {verb} {thing} in {place} {when}, and {detail} went with it.",
    "{when_}, {thing} was all that {who} spoke of, though {detail} stood in the way.",
    "Nobody in {place} had expected {thing} to need {detail} {when}.",
    "With {detail} and little else, {who} {verb} what was left of {thing}.",
    "In {place}, {detail} mattered more than {thing}, people said {when}.",
    '{who} said of {thing}: "We had {detail}, and {place} had nothing {when}."',
    "The council {verb} {thing}; {who} called that {detail} too many for {place}.",
)


@dataclass(frozen=True)
class Written:
    """A fictional article."""

    title: str
    paragraphs: tuple[str, ...]

    def as_markdown(self) -> str:
        return f"# {self.title}\n\n" + "\n\n".join(self.paragraphs) + "\n"


def write(subject: str, number: int, *, sentences: int = 9) -> Written:
    """The n-th article on a subject; no two are near-duplicates."""
    random = Random(f"{subject} {number}")  # noqa: S311 -- the same every time is what it is for
    who, place, thing = SUBJECTS[subject]

    def sentence() -> str:
        when = random.choice(_TIMES)
        text = random.choice(_FRAMES).format(
            who=random.choice(who),
            place=random.choice(place),
            thing=random.choice(thing),
            verb=random.choice(_VERBS),
            detail=random.choice(_DETAILS),
            when=when,
            when_=when[0].upper() + when[1:],
        )
        return text[0].upper() + text[1:]

    said = [sentence() for _ in range(sentences)]
    title = f"{random.choice(who)} {random.choice(_VERBS)} {random.choice(thing)} with {random.choice(_DETAILS)}"
    paragraphs = tuple(" ".join(said[start : start + 3]) for start in range(0, sentences, 3))
    return Written(title[0].upper() + title[1:], paragraphs)
