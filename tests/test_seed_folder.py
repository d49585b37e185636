from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from digestgen.curate.rulings import ArticleRuling, Rulings
from digestgen.errors import InputError
from digestgen.model import Publish
from digestgen.seed_folder import read_seed_folder

MakeFolder = Callable[[dict[str, str | bytes]], Path]

REFUSED: dict[str, tuple[dict[str, str | bytes], str]] = {
    "an empty seed": ({"a.txt": " \n\n"}, "a.txt: is empty"),
    "a binary file": ({"a.txt": b"\x00\x01\x02"}, "a.txt:1: holds a NUL"),
    "UTF-16": ({"a.txt": "text".encode("utf-16")}, "a.txt:1: is UTF-16"),
    "Latin-1": ({"a.txt": b"caf\xe9"}, "a.txt:1: is not UTF-8"),
    "another kind of file": ({"a.pdf": "text"}, "a.pdf: is not a kind of seed"),
    "a sidecar of no seed": (
        {"b.yml": "source: X", "bb.txt": "text"},
        "b.yml: belongs to no seed (did you mean bb.yml",
    ),
    "a broken sidecar": ({"a.txt": "text", "a.yml": "source: A\nsource: B"}, "a.yml:2: 'source' stands here twice"),
    "a broken digest.yml": ({"a.txt": "text", "digest.yml": "titel: x"}, "digest.yml:1: unknown key “titel”"),
    "a broken ruling": (
        {"curation.yml": "articles:\n  one: {hide: yes}\n"},
        "curation.yml:2: hide: “yes” is neither true nor false",
    ),
    "a seed named like the settings": (
        {"Digest.txt": "text", "digest.yml": "title: Mine"},
        "Digest.txt: would have digest.yml as its sidecar, which is not its own; rename it",
    ),
    "a seed named like the rulings": ({"curation.md": "text"}, "curation.md: would have curation.yml as its sidecar"),
    "a seed named like the ledger": ({"permalinks.jsonl": "{}"}, "permalinks.jsonl: would have permalinks.yml"),
    "rulings by another name": ({"curations.yml": "articles:"}, "curations.yml: belongs to no seed (did you mean cura"),
}


@pytest.mark.parametrize(("files", "message"), REFUSED.values(), ids=REFUSED)
def test_refuses_with_file_and_line_and_reads_the_rest(
    make_folder: MakeFolder, files: dict[str, str | bytes], message: str
) -> None:
    folder = read_seed_folder(make_folder({**files, "good.txt": "A good seed."}))
    assert any(str(problem).startswith(message) for problem in folder.problems), folder.problems
    assert "good.txt" in [seed.name for seed in folder.seeds]


LOST: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "rulings that are not YAML": ({"curation.yml": "articles: ["}, ["curation.yml", "curation.yml:1"]),
    "rulings under an unknown key": (
        {"curation.yml": "article:\n  one: {hide: true}"},
        ["curation.yml", "curation.yml:1"],
    ),
    "rulings that are not UTF-8": ({"curation.yml": b"\xe9"}, ["curation.yml", "curation.yml:1"]),
    "a line left out of the rulings": (
        {"curation.yml": "# " + "x" * 1_000_001},
        ["curation.yml", "curation.yml:1"],
    ),
    "a ledger that is not UTF-8, and another problem": (
        {"permalinks.yml": b"\xe9", "a.pdf": "text"},
        ["a.pdf", "permalinks.yml", "permalinks.yml:1"],
    ),
}


@pytest.mark.parametrize(("files", "places"), LOST.values(), ids=LOST)
def test_nothing_is_built_without_the_rulings_or_the_ledger_that_are_there(
    make_folder: MakeFolder, files: dict[str, str | bytes], places: list[str]
) -> None:
    with pytest.raises(InputError, match="nothing is built until it is mended") as caught:
        read_seed_folder(make_folder({**files, "good.txt": "A good seed."}))
    assert [str(problem).split(": ")[0] for problem in caught.value.problems] == places


def test_rulings_and_ledger_are_read(make_folder: MakeFolder) -> None:
    files: dict[str, str | bytes] = {
        "a.txt": "text",
        "curation.yml": "articles:\n  one:\n    hide: true\n",
        "permalinks.yml": "version: 1\n",
    }
    folder = read_seed_folder(make_folder(files))
    assert folder.problems == ()
    assert folder.rulings == Rulings(articles={"one": ArticleRuling(line=2, hide=True)})
    assert folder.ledger_text == "version: 1\n"


def test_a_folder_without_rulings_and_ledger_has_empty_ones(make_folder: MakeFolder) -> None:
    folder = read_seed_folder(make_folder({"a.txt": "text"}))
    assert (folder.rulings, folder.ledger_text, folder.problems) == (Rulings(), "", ())


def test_two_seeds_of_one_name_would_share_a_sidecar(make_folder: MakeFolder) -> None:
    folder = read_seed_folder(make_folder({"a.md": "# One", "A.txt": "Two"}))
    assert [seed.name for seed in folder.seeds] == ["A.txt"]
    assert [str(problem) for problem in folder.problems] == ["a.md: has the same name as A.txt; rename one of them"]


def test_a_seed_with_a_broken_sidecar_waits_until_it_is_mended(make_folder: MakeFolder) -> None:
    folder = read_seed_folder(make_folder({"a.txt": "text", "a.yml": "publish: everything"}))
    assert folder.seeds == ()
    assert [problem.file for problem in folder.problems] == ["a.txt", "a.yml"]


def test_links_are_followed_inside_the_folder_only(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"a.txt": "inside"})
    secret = tmp_path / "secret.txt"
    secret.write_text("outside")
    (folder / "b.txt").symlink_to(secret)
    (folder / "c.txt").symlink_to(folder / "a.txt")
    (folder / "d.txt").symlink_to(folder / "d.txt")
    os.mkfifo(folder / "e.txt")
    (folder / "f").mkdir()
    read = read_seed_folder(folder)
    assert {seed.name: seed.text for seed in read.seeds} == {"a.txt": "inside", "c.txt": "inside"}
    assert [problem.file for problem in read.problems] == ["b.txt", "d.txt", "e.txt", "f"]


def test_settings_and_sidecar_are_read(make_folder: MakeFolder) -> None:
    files: dict[str, str | bytes] = {
        "a.txt": "text",
        "a.yml": "source: RT\nlanguage: en-GB\narticles:\n- line: 1\n  skip: true\n",
        "digest.yml": "title: Mine\npublish: full\nsources:\n  RT: https://www.rt.com/\n",
        ".DS_Store": b"\x00",
    }
    folder = read_seed_folder(make_folder(files))
    assert folder.problems == ()
    assert (folder.settings.title, folder.settings.publish) == ("Mine", Publish.FULL)
    assert folder.settings.homepages == {"RT": "https://www.rt.com/"}
    (seed,) = folder.seeds
    assert (seed.sidecar.source, seed.sidecar.language) == ("RT", "en")
    assert seed.sidecar.articles is not None
    assert seed.sidecar.articles[0].skip


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder"):
        read_seed_folder(tmp_path / "nowhere")
