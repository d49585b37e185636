"""Two curators, each on a branch of their own: git merges what they published without a conflict, and nothing dies."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from digestgen.curate.ledger import ArticleLink, Ledger, TopicLink, read_ledger, write_ledger
from newsroom import write

PROJECT = Path(__file__).resolve().parents[1]


def run(folder: Path, *words: str) -> str:
    roles = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
    identity = {f"GIT_{role}": "curator@example.org" for role in roles}
    environment = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def publish(folder: Path, articles: dict[str, int], rulings: str = "") -> Ledger:
    """Add the first so many articles on these subjects, build, and commit."""
    seeds = folder / "seeds"
    seeds.mkdir(exist_ok=True)
    for subject, count in articles.items():
        for number in range(count):
            (seeds / f"{subject}-{number}.md").write_text(write(subject, number).as_markdown(), encoding="utf-8")
    if rulings:
        (seeds / "curation.yml").write_text(rulings, encoding="utf-8")
    run(folder, sys.executable, "-m", "digestgen", "build")
    run(folder, "git", "add", "seeds", ".gitattributes")
    run(folder, "git", "commit", "--message", "An edition")
    return ledger_of(folder)


def ledger_of(folder: Path) -> Ledger:
    return read_ledger((folder / "seeds" / "permalinks.yml").read_text(encoding="utf-8"), "permalinks.yml")


def test_two_ledgers_merge(tmp_path: Path) -> None:
    run(tmp_path, "git", "init", "--initial-branch", "main")
    shutil.copy(PROJECT / ".gitattributes", tmp_path)
    first = publish(tmp_path, {"chess": 4, "volcano": 4, "rail": 4, "orchard": 4})
    moved = next(slug for slug, link in first.articles.items() if link.topic)
    target = next(slug for slug in first.topics if slug != first.articles[moved].topic)

    run(tmp_path, "git", "switch", "--create", "one")
    # The first and the last slug in the ledger are the new ones of either branch: there git is most easily confused.
    one = publish(tmp_path, {"bees": 5, "volcano": 6}, f"topics: {{{target}: {{articles: {{add: [{moved}]}}}}}}\n")
    run(tmp_path, "git", "switch", "main")
    run(tmp_path, "git", "switch", "--create", "other")
    other = publish(tmp_path, {"harbour": 5, "satellite": 5, "rail": 6})

    run(tmp_path, "git", "merge", "--no-edit", "one")
    merged = ledger_of(tmp_path)
    for ledger in (one, other):
        assert ledger.articles.keys() <= merged.articles.keys()
        assert ledger.topics.keys() <= merged.topics.keys()
    assert len(merged.topics) > len(first.topics)

    run(tmp_path, sys.executable, "-m", "digestgen", "build")
    built = ledger_of(tmp_path)
    digest = json.loads((tmp_path / "docs" / "digest.json").read_text(encoding="utf-8"))
    assert {article["slug"] for article in digest["articles"]} == one.articles.keys() | other.articles.keys()
    for ledger in (one, other):
        assert ledger.articles.keys() <= built.articles.keys()
        for slug in ledger.topics:
            assert (tmp_path / "docs" / "topics" / f"{slug}.md").is_file()
    assert next(article["topic"] for article in digest["articles"] if article["slug"] == moved) == target
    run(tmp_path, sys.executable, "-m", "digestgen", "build")
    assert ledger_of(tmp_path) == built


def test_new_lines_on_both_sides_of_the_border_between_the_lists(tmp_path: Path) -> None:
    """Git joins changes that are close together: the border must be wide enough that it does not do so across it."""

    def written(*articles: str, topics: tuple[str, ...]) -> str:
        day = date(2026, 11, 22)
        return write_ledger(
            Ledger(
                articles={slug: ArticleLink(slug=slug, id=slug, first=day) for slug in articles},
                topics={slug: TopicLink(slug=slug, label=slug, first=day) for slug in topics},
            )
        )

    place = tmp_path / "seeds" / "permalinks.yml"
    place.parent.mkdir()
    shutil.copy(PROJECT / ".gitattributes", tmp_path)
    run(tmp_path, "git", "init", "--initial-branch", "main")
    for branch, text in {
        "main": written("m", topics=("m",)),
        "one": written("m", "z1", topics=("a1", "m")),
        "other": written("m", "z2", topics=("a2", "m")),
    }.items():
        if branch != "main":
            run(tmp_path, "git", "switch", "--create", branch, "main")
        place.write_text(text, encoding="utf-8")
        run(tmp_path, "git", "add", ".")
        run(tmp_path, "git", "commit", "--message", branch)
    run(tmp_path, "git", "merge", "--no-edit", "one")
    merged = ledger_of(tmp_path)
    assert (list(merged.articles), list(merged.topics)) == (["m", "z1", "z2"], ["a1", "a2", "m"])
