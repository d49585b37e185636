"""The search index: made of what is marked, the same every time, or a failure that says why."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from digestgen.errors import InputError
from digestgen.site.search.search_index import index_site
from digestgen.site.search.spaceless_text import GAP
from e2e.found import indexed


def page(site: Path, name: str, words: str, mark: str = "data-pagefind-body") -> None:
    (site / name).mkdir(parents=True)
    text = f'<!doctype html><html lang="en"><title>{name}</title><main {mark}><h1>{words}</h1></main></html>'
    (site / name / "index.html").write_text(text, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    page(tmp_path / "site", "one", "The ferry sank")
    page(tmp_path / "site", "two", "The ferry was raised")
    page(tmp_path / "site", "list", "Two ferries", mark="")
    return tmp_path / "site"


def files(site: Path) -> dict[str, bytes]:
    index = site / "pagefind"
    return {path.relative_to(index).as_posix(): path.read_bytes() for path in index.rglob("*") if path.is_file()}


def test_it_holds_what_is_marked_and_only_what_a_reader_loads(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    index_site(site, 2)
    made = files(site)
    assert json.loads(made["pagefind-entry.json"])["languages"]["en"]["page_count"] == 2
    assert {"pagefind.js", "pagefind-worker.js", "wasm.en.pagefind"} <= made.keys()
    assert [name for name in made if "ui" in name or "highlight" in name] == []
    assert capfd.readouterr() == ("", "")


def test_it_is_the_same_every_time_with_all_its_filters(tmp_path: Path) -> None:
    made = []
    for folder, numbers in (("one", range(30)), ("two", reversed(range(30)))):
        for number in numbers:
            mark = f'data-pagefind-body data-pagefind-filter="number:{number}"'
            page(tmp_path / folder, f"p{number}", f"Ferry {number}", mark)
        index_site(tmp_path / folder, 30)
        made.append(files(tmp_path / folder))
    assert made[0] == made[1]
    assert any(name.startswith("filter/") for name in made[0])


def test_characters_without_spaces_are_words_and_excerpts_show_them_together(tmp_path: Path) -> None:
    made = []
    for folder, names in (("one", ("a", "b")), ("two", ("b", "a"))):
        for name in names:
            page(tmp_path / folder, name, {"a": "東京電力 の社長", "b": "The ferry"}[name])
        before = (tmp_path / folder / "a" / "index.html").read_bytes()
        index_site(tmp_path / folder, 2, without_spaces=True)
        assert (tmp_path / folder / "a" / "index.html").read_bytes() == before
        made.append(files(tmp_path / folder))
    assert made[0] == made[1]
    held = indexed(tmp_path / "one")
    assert held["a/"].content == GAP.join("東京電力") + " " + GAP.join("の社長") + "."
    assert held["b/"].content == "The ferry."


def test_its_words_are_listed_beside_it(site: Path) -> None:
    index_site(site, 2)
    made = files(site)
    parts = json.loads(made["words.json"])["parts"]
    assert [first for first, _ in parts] == ["ferry"]
    assert made[f"words/{parts[0][1]}.txt"].decode() == "ferry 2\nraised\nsank\nthe 2\nwas\n"


def test_nothing_is_left_of_an_earlier_one(site: Path) -> None:
    index_site(site, 2)
    only = files(site)
    page(site, "three", "A third ferry")
    index_site(site, 3)
    (site / "three" / "index.html").unlink()
    index_site(site, 2)
    assert files(site) == only


def test_fewer_pages_than_there_are_is_a_failure(site: Path) -> None:
    with pytest.raises(InputError, match="holds 2 of the 3 pages"):
        index_site(site, 3)


def test_a_site_without_a_page_to_find_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Pagefind ended with code 1: .*; the site would have no search"):
        index_site(tmp_path, 0)


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("print('half\\nThe disk is full', file=sys.stderr); sys.exit(3)", r"ended with code 3: The disk is full;"),
        ("sys.exit(4)", "ended with code 4;"),
        ("pass", r"left no readable pagefind-entry\.json"),
        ("index.mkdir(); (index / 'pagefind-entry.json').write_text('[]')", "readable"),
        ("index.mkdir(); (index / 'pagefind-entry.json').write_text('{')", "readable"),
    ],
    ids=["an error", "a silent error", "nothing made", "another shape", "no JSON"],
)
def test_a_pagefind_that_fails_is_told(site: Path, monkeypatch: pytest.MonkeyPatch, program: str, told: str) -> None:
    fake = site.parent / "pagefind"
    index = "pathlib.Path(sys.argv[sys.argv.index('--site') + 1], 'pagefind')"
    fake.write_text(f"#!{sys.executable}\nimport pathlib, sys\nindex = {index}\n{program}\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(fake))
    with pytest.raises(InputError, match=told) as failure:
        index_site(site, 2)
    assert len(failure.value.problems) == 1
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize("name", ["subprocess", "json", "pagefind", "pagefind_bin", "sitecustomize"])
def test_what_lies_in_the_site_is_not_run(site: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(site)
    (site / f"{name}.py").write_text(f"open({str(site.parent / 'sprung')!r}, 'w')\n", encoding="utf-8")
    index_site(site, 2)
    assert not (site.parent / "sprung").exists()


def test_what_lies_in_the_site_sets_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    (site / "pagefind.yml").write_text(f"output_path: {site.parent / 'elsewhere'}\n", encoding="utf-8")
    index_site(Path(), 2)
    assert "pagefind-entry.json" in files(site)
    assert not (site.parent / "elsewhere").exists()


def test_without_pagefind_it_says_so(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(site / "nowhere"))
    with pytest.raises(InputError, match="No such file"):
        index_site(site, 2)
