"""A seed's split end to end: written, corrected, outdated, carried over."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digestgen.cli import main
from digestgen.curate.files.sidecar import read_sidecar
from digestgen.curate.files.sidecar_writer import carry_over_split, with_split
from digestgen.ingest.read import Defaults, read_seed
from digestgen.ingest.split_proposal import propose
from digestgen.ingest.splitting.dump import read_dump
from digestgen.ingest.splitting.realign import carry_over, line_count
from digestgen.language.text import clean_line
from digestgen.model import Publish, Seed, SplitLine
from made import BRIDGE, FOX

MakeFolder = Callable[[dict[str, str | bytes]], Path]

DEFAULTS = Defaults(language="en", publish=Publish.SUMMARY)
DUMP = "\n".join([*FOX, *BRIDGE])
TEASERS = "002_302ee5bc190fd23a"


def split_of(text: str) -> str:
    """The sidecar that ``split`` would write for ``a.txt``."""
    return with_split("", "a.yml", "a.txt", propose(Seed(name="a.txt", text=text), DEFAULTS), line_count(text))


def told(text: str, sidecar: str) -> Seed:
    return Seed(name="a.txt", text=text, sidecar=read_sidecar(sidecar, "a.yml"))


def updated(text: str, sidecar: str) -> str:
    """The sidecar that ``split --update`` would write."""
    seed = told(text, sidecar)
    assert seed.sidecar.articles is not None
    kept, unseen = carry_over(seed, seed.sidecar.articles, propose(seed, DEFAULTS))
    return carry_over_split(sidecar, "a.yml", kept, unseen, line_count(text))


def articles(sidecar: str) -> tuple[SplitLine, ...]:
    found = read_sidecar(sidecar, "a.yml").articles
    assert found is not None
    return found


def built(seeds: Path, docs: Path) -> list[dict[str, object]]:
    assert main(["build", "--seeds", str(seeds), "--docs", str(docs)]) == 0
    digest = json.loads((docs / "digest.json").read_text())
    for article in digest["articles"]:
        article.pop("boundary_confidence")
    return list(digest["articles"]) + digest["topics"] + digest["shelf"]


def test_writing_the_split_of_the_real_seeds_changes_nothing(
    make_folder: MakeFolder, sample: Path, tmp_path: Path
) -> None:
    files = {path.name: path.read_bytes() for path in sample.iterdir() if path.name[0] in "0d"}
    seeds = make_folder(files)
    before = built(seeds, tmp_path / "docs")
    for name in [name for name in files if name.endswith(".txt")]:
        assert main(["split", name, "--seeds", str(seeds)]) == 0
        sidecar = (seeds / name).with_suffix(".yml")
        assert sidecar.read_bytes().startswith(files[sidecar.name])
    assert built(seeds, tmp_path / "docs") == before


def test_corrections_outlive_a_changed_seed(
    make_folder: MakeFolder, sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (sample / f"{TEASERS}.txt").read_text(encoding="utf-8")
    seeds = make_folder({f"{TEASERS}.txt": text})
    sidecar = seeds / f"{TEASERS}.yml"
    split = ["split", TEASERS, "--seeds", str(seeds)]
    assert main(split) == 0
    proposal = sidecar.read_text(encoding="utf-8")

    # The curator joins line 12 to line 11, and gives line 7 a title and a comment.
    rows = proposal.splitlines(keepends=True)
    joined = next(number for number, row in enumerate(rows) if "- line: 12 " in row)
    del rows[joined : joined + 3]
    seventh = next(number for number, row in enumerate(rows) if "- line: 7 " in row)
    rows[seventh + 1] = '    title: "A secret clause"  # from the site\n'
    corrected = "".join(rows)
    sidecar.write_text(corrected, encoding="utf-8")
    assert len(built(seeds, tmp_path / "docs")) > 0
    assert main(split) == 0
    assert sidecar.read_text(encoding="utf-8") == corrected

    teaser = "The national orchestra has chosen a conductor of twenty-six, the youngest in its history."
    top = ["Foxes move into the city", FOX[1], FOX[2]]
    (seeds / f"{TEASERS}.txt").write_text("\n".join([*top, text.rstrip("\n"), teaser]), encoding="utf-8")
    capsys.readouterr()
    assert main(["build", "--seeds", str(seeds), "--docs", str(tmp_path / "docs")]) == 1
    said = capsys.readouterr().err
    at = 1 + next(number for number, row in enumerate(rows) if "- line: 7 " in row)
    assert f"{TEASERS}.yml:{at}: line 7 of {TEASERS}.txt no longer begins “The secret clause" in said
    assert f"; it is now line 10 (digestgen split {TEASERS} --update" in said
    assert f"lines: {TEASERS}.txt had 34 lines when it was split, and has 38 now" in said
    assert f"error: {TEASERS}.txt: is left out until {TEASERS}.yml is fixed" in said

    assert main([*split, "--update"]) == 0
    said = capsys.readouterr().err
    assert "moved: line 7 → 10" in said
    assert "new: line 38" in said
    assert "gone" not in said
    carried = sidecar.read_text(encoding="utf-8")
    entries = {entry.line: entry for entry in articles(carried)}
    assert entries[10].title == "A secret clause"
    assert 15 not in entries
    assert {line - 3 for line in entries if 4 <= line <= 37} == {1, *range(4, 35)} - {12}
    assert carried.count("# from the site") == 1
    assert len(built(seeds, tmp_path / "docs")) > 0
    assert main([*split, "--update"]) == 0
    assert sidecar.read_text(encoding="utf-8") == carried


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("weak", "weak: is no seed in {} (did you mean 'week'?)"),
        ("week.md", "week.md: is no seed in {} (did you mean 'week'?)"),
        ("notes", "notes.md: already says where its articles start"),
        ("notes.md", "notes.md: already says where its articles start"),
        ("latin", "latin.txt:1: is not UTF-8"),
        ("odd.txt", "odd.yml:1: unknown key “sauce”"),
        ("marks", "marks.txt: has no text in it"),
    ],
)
def test_what_cannot_be_split_is_said(
    make_folder: MakeFolder, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    seeds = make_folder(
        {
            "week.txt": DUMP,
            "notes.md": "# Rain\n\nIt rains.",
            "latin.txt": b"caf\xe9",
            "odd.txt": "One.",
            "odd.yml": "sauce: RT",
            "marks.txt": "---",
        }
    )
    before = sorted(path.name for path in seeds.iterdir())
    assert main(["split", name, "--seeds", str(seeds)]) == 1
    assert said.format(seeds) in capsys.readouterr().err
    assert sorted(path.name for path in seeds.iterdir()) == before


def test_line_ends_and_a_mark_stay_as_the_curators_editor_wrote_them(make_folder: MakeFolder) -> None:
    before = "\ufeff# mine\r\nsource: RT\r\n".encode()
    seeds = make_folder({"week.txt": DUMP, "week.yml": before})
    assert main(["split", "week", "--seeds", str(seeds)]) == 0
    written = (seeds / "week.yml").read_bytes()
    assert written.startswith(before)
    assert written.count(b"\n") == written.count(b"\r\n") > 8
    (seeds / "week.txt").write_text("---\n" + DUMP)
    assert main(["split", "week", "--seeds", str(seeds), "--update"]) == 0
    moved = written.replace(b"line: 5 ", b"line: 6 ").replace(b"line: 1 ", b"line: 2 ").replace(b"s: 8\r", b"s: 9\r")
    assert (seeds / "week.yml").read_bytes() == moved


def test_a_linked_sidecar_is_not_written_through(make_folder: MakeFolder, tmp_path: Path) -> None:
    seeds = make_folder({"week.txt": DUMP})
    outside = tmp_path / "outside.yml"
    (seeds / "week.yml").symlink_to(outside)
    assert main(["split", "week", "--seeds", str(seeds)]) == 1
    (seeds / "week.yml").unlink()
    (seeds / ".week.yml.part").symlink_to(outside)
    assert main(["split", "week", "--seeds", str(seeds)]) == 0
    assert not outside.exists()


HOSTILE = [
    *FOX, *BRIDGE, "", "---", "- line: 1", "a: b # c", "“«\"'", "\\", "#", "! & * ? | > % @ `", "[x](y) {z}",
    "\u202eevil\u2066", "سلام\u200cدنیا", "👩\u200d👩\u200d👧 x", "\x85\u2028\u2029 z", "\x07bell\x1b[31m", "null", "~",
    "'", "x" * 300, "\ufeff", "\u200b", "\U0010ffff", "\ufffe", "e\u0301", "5", "yes", "<<", "...",
]  # fmt: skip
LINES = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_characters="\n\r\0"), max_size=40))


@given(st.lists(LINES, max_size=25).map("\n".join))
def test_whatever_stands_in_a_seed_its_split_reads_back_and_changes_nothing(text: str) -> None:
    assume(any(row != "---" and clean_line(row) for row in text.split("\n")))
    sidecar = split_of(text)
    before = read_seed(Seed(name="a.txt", text=text), DEFAULTS)
    after = read_seed(told(text, sidecar), DEFAULTS)
    assert after.problems == ()
    assert after.articles == tuple(replace(article, boundary_confidence=1.0) for article in before.articles)
    assert updated(text, sidecar) == sidecar


UNIQUE = [f"{line} ({number})" for number in range(4) for line in [*FOX, "", *BRIDGE]]


@given(data=st.data())
def test_an_entry_follows_its_line_wherever_it_moves(data: st.DataObject) -> None:
    starts = sorted(data.draw(st.sets(st.sampled_from([n for n, line in enumerate(UNIQUE) if line and n]))) | {0})
    entries = "".join(f"- line: {n + 1}\n  title: T{n}\n  begins: {json.dumps(UNIQUE[n])}\n" for n in starts)
    sidecar = f"lines: {len(UNIQUE)}\narticles:\n{entries}"
    order = data.draw(st.lists(st.sampled_from(range(len(UNIQUE))), unique=True, min_size=1).map(sorted))
    lines = [UNIQUE[number] for number in order]
    for _ in range(data.draw(st.integers(0, 3))):
        where = data.draw(st.integers(0, len(lines)))
        lines[where:where] = data.draw(st.lists(st.sampled_from(["Something new.", "", *BRIDGE]), max_size=4))
    text = "\n".join(lines)
    assume(text.strip())
    carried = updated(text, sidecar)
    assert read_dump(told(text, carried), "en")[1] == []
    assert updated(text, carried) == carried
    now = {entry.title: entry.line for entry in articles(carried)}
    for number in starts:
        if number in order:
            assert now[f"T{number}"] == lines.index(UNIQUE[number]) + 1
        assert f"title: T{number}\n" in carried


def test_a_seed_that_only_grew_at_its_end_is_noticed() -> None:
    _, problems = read_dump(told(DUMP + "\nMore.", split_of(DUMP)), "en")
    assert [(problem.file, problem.line) for problem in problems] == [("a.yml", 5), ("a.txt", None)]


def test_hard_wrapped_paragraphs_stay_whole() -> None:
    wrapped = "\n\n".join(
        "\n".join(line[at : at + 60] for at in range(0, len(line), 60)) for line in [*FOX[1:], *BRIDGE[1:]]
    )
    before, _ = read_dump(Seed(name="a.txt", text=wrapped), "en")
    after, problems = read_dump(told(wrapped, split_of(wrapped)), "en")
    assert problems == []
    assert [replace(draft, confidence=0) for draft in after] == [replace(draft, confidence=0) for draft in before]
