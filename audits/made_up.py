"""A made-up digest with every kind of page, in two editions, so that some addresses have moved or are withdrawn."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

from digestgen.curate.ledger.ledger_file import read_ledger
from e2e.conftest import HOSTILE
from newsroom import write

DAY = 86_400
PAPERS = ("The Lantern", "Ellery Post", "Der Bote", "Velm Weekly", "Wire")
ARTICLES = {"bees": 64, "harbour": 9, "orchard": 7, "chess": 6, "volcano": 6, "opera": 5, "rail": 5, "satellite": 4}
"""How many on each subject; a topic as large as the first is listed in short."""

FOREIGN = {
    "fr": (
        "Les ruches du plateau de Lorne ont donné moins de miel de bruyère, ont dit les apiculteurs lundi.",
        "« Les abeilles ont souffert du gel de mai », a expliqué l'entomologiste Amina Diallo à la presse.",
        "Le ministère promet une aide aux apiculteurs avant la fin de l'année.",
    ),
    "ar": (
        "قال مربو النحل في لورن إن خلايا النحل أعطت عسلا أقل هذا العام بسبب صقيع أيار.",
        "وأوضحت عالمة الحشرات أمينة ديالو أن النحل عانى من البرد ومن المبيدات في الحقول القريبة.",
        "ووعدت الوزارة بمساعدة مربي النحل قبل نهاية العام.",
    ),
    "zh": (
        "洛恩荒原的养蜂人周一表示，今年的石楠蜜产量减少。",
        "昆虫学家阿米娜·迪亚洛说，蜜蜂受到五月霜冻的影响。",
        "农业部承诺在年底前向养蜂人提供援助。",
    ),
}


def first_edition() -> dict[str, str]:
    """The seeds of the first edition: name → text."""
    seeds = dict(HOSTILE)
    for subject, number in ARTICLES.items():
        lines = []
        for index in range(number):
            written = write(subject, index, sentences=6)
            lines.append(
                {
                    "title": written.title,
                    "text": "\n\n".join(written.paragraphs),
                    "source": PAPERS[index % len(PAPERS)],
                    "url": f"https://example.org/{subject}/{index}",
                    "published": f"2026-{9 + index % 3:02d}-{1 + index % 28:02d}",
                }
            )
        seeds[f"{subject}.jsonl"] = "\n".join(map(json.dumps, lines))
    seeds["repeated.jsonl"] = json.dumps(
        {
            "title": "As the wire has it",
            "text": "\n\n".join(write("harbour", 0, sentences=6).paragraphs) + " The wire adds this.",
            "source": "Wire",
            "published": "2026-11-20",
        }
    )
    for language, sentences in FOREIGN.items():
        seeds[f"{language}.md"] = f"---\nlanguage: {language}\n---\n# {sentences[0]}\n\n" + "\n\n".join(sentences)
    seeds["oddments.jsonl"] = "\n".join(json.dumps({"text": _oddment(number)}) for number in range(110))
    seeds["digest.yml"] = (
        "title: Made up\ndescription: News that never was, to be looked at from all sides.\n"
        "sources:\n  The Lantern: https://example.org/lantern\n"
    )
    seeds["opera.yml"] = "publish: full\n"
    return seeds


def _oddment(number: int) -> str:
    """A short text that shares no name with any other, so that long lists run over several pages."""
    random = Random(number)  # noqa: S311 -- the same every time is what it is for
    one, two, three = ("".join(random.choices(("ba", "ko", "ri", "tu", "me", "sna", "vel"), k=4)) for _ in range(3))
    return f"In {one.title()}, a {two} was put up for sale. It had been in a {three} for {number + 2} years."


def second_edition(seeds: Path) -> None:
    """Add, remove and rule, so that readers of the first edition find things new, moved and withdrawn."""
    ledger = read_ledger((seeds / "permalinks.yml").read_text(encoding="utf-8"), "permalinks.yml")
    members = Counter(link.topic for link in ledger.articles.values() if link.topic)
    topics = sorted(members, key=lambda topic: (-members[topic], topic))
    bees = [slug for slug, link in ledger.articles.items() if link.seed == "bees.jsonl"]
    opera = [slug for slug, link in ledger.articles.items() if link.seed == "opera.jsonl"]
    (seeds / "curation.yml").write_text(
        f"""\
topics:
  {topics[1]}:
    label: A label by the editor
    pin: true
    note: |
      We follow this since **October**; [the report](https://example.org/report) is the place to start.

      - First, the quay.
      - Then the crane.
  {topics[2]}:
    merge: [{topics[3]}]
    note: Two subjects in one.
  {topics[4]}:
    hide: true
articles:
  {bees[0]}: {{note: The figures are disputed., pin: true}}
  {bees[1]}: {{summary: Written by the editor. It is short.}}
  {bees[2]}: {{hide: true}}
  {opera[0]}: {{note: "The *whole* text, by courtesy of the paper."}}
editions:
  1970-01-03:
    title: An edition with a letter
    letter: |
      Dear readers, [the list of topics](topics/index.md) has grown, and so has **this letter**.

      1. First, the quay.
      2. Then the [crane](https://example.org/crane).

      > It was late.
""",
        encoding="utf-8",
    )
    (seeds / "new.jsonl").write_text(
        "\n".join(
            json.dumps({"title": written.title, "text": "\n\n".join(written.paragraphs), "source": "The Lantern"})
            for written in (write(subject, 99, sentences=6) for subject in ("bees", "harbour", "orchard"))
        ),
        encoding="utf-8",
    )
    # More than an edition shows, so that it has a list of all.
    (seeds / "late.jsonl").write_text(
        "\n".join(json.dumps({"text": _oddment(number)}) for number in range(200, 230)), encoding="utf-8"
    )
