"""People's own notes as seeds: names, folders, front matter, private parts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from digestgen.cli import main
from made import BRIDGE, FOX

MakeFolder = Callable[[dict[str, str | bytes]], Path]

VAULT: dict[str, str | bytes] = {
    ".obsidian/app.md": "SECRET",
    "README.md": "# SECRET",
    "Ship chandlers of Oldport.md": (
        "---\naliases: [SECRET]\ntags: [rope]\n---\nThree are left, [[Moor|the Moor family]] first. All sell rope.\n\n"
        "> [!private] SECRET\n> SECRET\n\n%% SECRET %%\n"
    ),
    "posts/2024-11-12-quay-reopens.md": (
        '---\nlayout: post\ntitle: "Quay reopens"\ndate: 2024-11-12 10:00 +0100\n---\nThe ferry quay reopens in May.\n'
    ),
    "posts/secret.md": "+++\ntitle = 'SECRET'\ndraft = true\n+++\nThe SECRET will be sold.\n",
    "posts/deep/week 42.TXT": "\n".join([*FOX, *BRIDGE]),
    "posts/deep/week 42.yml": "source: Gazette\n",
    "data/feed.ndjson": '{"headline": "Cod &amp; chips", "content_html": "<p>Cod prices fell.</p>", "link": "https://a.b/c"}',
    "data/scan.pdf": b"%PDF\xff SECRET",
}


@pytest.fixture
def vault(make_folder: MakeFolder) -> Path:
    return make_folder(VAULT)


def test_a_vault_is_read_as_it_lies_there(vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs = tmp_path / "docs"
    assert main(["build", "--seeds", str(vault), "--docs", str(docs)]) == 0
    err = capsys.readouterr().err
    assert "error" not in err
    assert err.count("note:") == 3, err
    articles = {article["title"]: article for article in json.loads((docs / "digest.json").read_text())["articles"]}
    assert articles.keys() >= {"Ship chandlers of Oldport", "Quay reopens", "Cod & chips", FOX[0], BRIDGE[0]}
    assert articles["Quay reopens"]["published"] == "2024-11-12"
    assert articles["Cod & chips"]["url"] == "https://a.b/c"
    assert (articles[FOX[0]]["seed"], articles[FOX[0]]["source"]) == ("posts/deep/week 42.TXT", "Gazette")
    assert articles["Ship chandlers of Oldport"]["summary"][0].startswith("Three are left, the Moor family first.")
    public = [path for path in docs.rglob("*") if path.is_file()]
    assert not [path for path in public if b"SECRET" in path.read_bytes()]
    assert "SECRET" not in (vault / "permalinks.yml").read_text()


def test_a_seed_in_a_folder_is_split_and_explained(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("posts/deep/week 42", "week 42.TXT", "week 42"):
        assert main(["split", "--seeds", str(vault), name]) == 0
    assert "articles:" in (vault / "posts/deep/week 42.yml").read_text()
    assert main(["build", "--seeds", str(vault), "--docs", str(tmp_path / "docs")]) == 0
    assert main(["plan", "--seeds", str(vault)]) == 0
    assert main(["explain", "--seeds", str(vault), "quay-reopens"]) == 0
    assert "posts/2024-11-12-quay-reopens.md" in capsys.readouterr().out
    assert main(["check", "--seeds", str(vault)]) == 0


def test_a_folder_that_is_renamed_loses_no_address(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = tmp_path / "docs"
    assert main(["build", "--seeds", str(vault), "--docs", str(docs)]) == 0
    before = {article["slug"] for article in json.loads((docs / "digest.json").read_text())["articles"]}
    (vault / "posts").rename(vault / "archive")
    assert main(["build", "--seeds", str(vault), "--docs", str(docs)]) == 0, capsys.readouterr().err
    assert before == {article["slug"] for article in json.loads((docs / "digest.json").read_text())["articles"]}
