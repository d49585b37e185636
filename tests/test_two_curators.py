"""Two curators on their own branches: git merges without conflict, and no address dies."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from command import digestgen
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, SourceLink, TopicLink, Withheld
from digestgen.curate.ledger.ledger_file import read_ledger, write_ledger
from newsroom import write

LEDGER = Path("seeds") / "permalinks.yml"


def run(folder: Path, *words: str) -> str:
    """The output of a command that must succeed."""
    roles = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
    identity = {f"GIT_{role}": "curator@example.org" for role in roles}
    environment = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def add(folder: Path, subject: str, *numbers: int) -> None:
    for number in numbers:
        text = write(subject, number).as_markdown()
        (folder / "seeds" / f"{subject}-{number}.md").write_text(text, encoding="utf-8")


def asked(folder: Path, command: str) -> str:
    done = digestgen(command, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stderr


def build(folder: Path) -> str:
    return asked(folder, "build")


def commit(folder: Path) -> None:
    run(folder, "git", "add", "seeds")
    run(folder, "git", "commit", "--message", "An edition")


def branch(folder: Path, name: str) -> None:
    run(folder, "git", "switch", "--create", name, "main")


def ledger_of(folder: Path) -> Ledger:
    return read_ledger((folder / LEDGER).read_text(encoding="utf-8"), LEDGER.name)


def articles_of(folder: Path) -> dict[str, dict[str, object]]:
    """Seed name without extension → its article."""
    digest = json.loads((folder / "docs" / "digest.json").read_text(encoding="utf-8"))
    return {article["seed"].removesuffix(".md"): article for article in digest["articles"]}


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A project whose first edition is published on main."""
    run(tmp_path, "git", "init", "--initial-branch", "main")
    (tmp_path / "seeds").mkdir()
    for subject in ("chess", "volcano", "opera", "orchard"):
        add(tmp_path, subject, *range(4))
    build(tmp_path)
    slugs = {name: article["slug"] for name, article in articles_of(tmp_path).items()}
    topics = {name: article["topic"] for name, article in articles_of(tmp_path).items()}
    rulings = (
        f"topics:\n  {topics['chess-0']}:\n    note: Here is chess.\n"
        "# Topics are decided on above.\n#\n#\n# Articles are decided on below.\n"
        f"articles:\n  {slugs['chess-0']}:\n    note: Here is Olga.\n"
    )
    (tmp_path / "seeds" / "curation.yml").write_text(rulings, encoding="utf-8")
    build(tmp_path)
    commit(tmp_path)
    return tmp_path


def test_a_build_on_a_branch_leaves_the_ledger_as_it_is_and_says_so(published: Path) -> None:
    before = (published / LEDGER).read_bytes()
    branch(published, "one")
    add(published, "bees", *range(5))
    said = build(published)
    assert "permalinks.yml is left as it is on the branch “one”; addresses are recorded on “main” alone" in said
    assert (published / LEDGER).read_bytes() == before
    assert {f"bees-{number}" for number in range(5)} <= articles_of(published).keys()
    checked = asked(published, "check")
    assert "not up to date" not in checked
    commit(published)
    run(published, "git", "checkout", "--detach")
    assert "is left as it is on no branch" in build(published)
    assert (published / LEDGER).read_bytes() == before


def test_two_branches_merge_without_a_conflict_and_every_address_of_main_answers(published: Path) -> None:
    first, names = ledger_of(published), articles_of(published)
    rulings = published / "seeds" / "curation.yml"
    moved, hidden = str(names["chess-1"]["slug"]), str(names["volcano-2"]["slug"])
    target = str(names["opera-0"]["topic"])

    branch(published, "one")
    add(published, "bees", *range(5))
    add(published, "volcano", 4, 6)
    decided = f"topics:\n  {target}:\n    articles:\n      add: [{moved}]\n"
    rulings.write_text(rulings.read_text("utf-8").replace("topics:\n", decided), encoding="utf-8")
    build(published)
    commit(published)

    branch(published, "other")
    add(published, "harbour", *range(5))
    add(published, "opera", 4)
    rulings.write_text(rulings.read_text("utf-8") + f"  {hidden}:\n    hide: true\n", encoding="utf-8")
    build(published)
    commit(published)

    run(published, "git", "switch", "main")
    for each in ("one", "other"):
        run(published, "git", "merge", "--no-ff", "--no-edit", each)
    assert ledger_of(published) == first
    said = build(published)
    assert "left as it is" not in said
    after = articles_of(published)
    expected = names.keys() | {f"{subject}-{number}" for subject in ("bees", "harbour") for number in range(5)}
    assert after.keys() == (expected | {"volcano-4", "volcano-6", "opera-4"}) - {"volcano-2"}
    assert after["chess-1"]["topic"] == target
    assert {after[name]["topic"] for name in names if name.startswith("opera")} == {target}

    recorded = ledger_of(published)
    assert {article["slug"] for article in after.values()} | {hidden} == recorded.articles.keys()
    for slug in first.articles:
        assert (published / "docs" / "articles" / f"{slug}.md").is_file()
    for slug in first.topics:
        assert (published / "docs" / "topics" / f"{slug}.md").is_file()
    assert {name: after[name]["slug"] for name in names if name in after} == {
        name: article["slug"] for name, article in names.items() if name != "volcano-2"
    }
    text = (published / LEDGER).read_bytes()
    build(published)
    assert (published / LEDGER).read_bytes() == text


def test_ledgers_that_git_joins_line_by_line_are_read(tmp_path: Path) -> None:
    """From older versions, or if git is configured so: what one side withholds stays withheld, and nothing is lost."""
    day = date(2026, 11, 22)

    def written(*names: str) -> str:
        return write_ledger(
            Ledger(
                articles={name: ArticleLink(slug=name, id=name, first=day) for name in names},
                withheld={name: Withheld(id=name, marks="abcdef") for name in names},
                topics={name: TopicLink(slug=name, label=name, first=day) for name in names},
                sources={name: SourceLink(slug=name, name=name) for name in names},
            )
        )

    (tmp_path / ".gitattributes").write_text("seeds/permalinks.yml merge=union\n", encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    run(tmp_path, "git", "init", "--initial-branch", "main")
    # Both sides add lines near every list boundary, since git takes nearby changes for one.
    for name, text in {
        "main": written("m"),
        "one": written("a1", "m", "z1"),
        "other": written("a2", "m", "z2"),
    }.items():
        if name != "main":
            branch(tmp_path, name)
        (tmp_path / LEDGER).write_text(text, encoding="utf-8")
        run(tmp_path, "git", "add", ".")
        run(tmp_path, "git", "commit", "--message", name)
    run(tmp_path, "git", "merge", "--no-edit", "one")
    assert (tmp_path / LEDGER).read_text(encoding="utf-8").count("# The end") == 2
    assert ledger_of(tmp_path) == read_ledger(written("a1", "a2", "m", "z1", "z2"), LEDGER.name)
