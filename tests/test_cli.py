"""The command line, mostly in this process, and in its own where that matters."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from rich.console import Console

from command import digestgen
from digestgen import build as shell
from digestgen import cli, executor
from digestgen.build import build
from digestgen.curate.files.settings import DigestSettings
from digestgen.errors import InputError, Problem
from digestgen.lock import LOCK_NAME, exclusive
from digestgen.seed_folder import SeedFolder

MakeFolder = Callable[[dict[str, str | bytes]], Path]


def in_a_process(*words: str | Path, hash_seed: str = "random") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    call = [sys.executable, "-m", "digestgen", *map(str, words)]
    return subprocess.run(call, capture_output=True, text=True, check=False, env=environment)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_builds_any_folder_of_seeds_without_configuration(make_folder: MakeFolder, tmp_path: Path) -> None:
    seeds = make_folder({"a.txt": "The harbour master opened the gate.", "b.md": "# Rain\n\nIt will rain on Sunday."})
    done = in_a_process("build", "--seeds", seeds, "--docs", tmp_path / "docs")
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 articles" in done.stderr
    digest = json.loads((tmp_path / "docs" / "digest.json").read_text())
    assert [article["seed"] for article in digest["articles"]] == ["a.txt", "b.md"]


@pytest.mark.parametrize(
    ("config", "address", "notices"),
    [
        (None, None, 0),
        ("site_name: Here\nsite_url: https://example.org/news\n", "https://example.org/news/", 0),
        ("site_name: Here\n", None, 1),
        ("site_url: !ENV SITE\n", None, 1),
        ("site_url: javascript:alert(1)\n", None, 1),
    ],
    ids=["outside a project", "with an address", "without one", "from the environment", "no address"],
)
def test_feeds_need_the_address_of_the_site(
    config: str | None, address: str | None, notices: int, make_folder: MakeFolder, tmp_path: Path
) -> None:
    seeds = make_folder({"a.txt": "The harbour master opened the gate."})
    if config is not None:
        (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    outcome = build(seeds, tmp_path / "docs", Console(quiet=True), today=date(2026, 11, 22))
    feeds = {"feed.xml", "feed.json", "feeds.opml", "llms.txt", "subscribe.md"}
    assert feeds & contents(tmp_path / "docs").keys() == (feeds if address else set())
    assert outcome.digest.url == address
    assert len([notice for notice in outcome.notices if "site_url" in notice]) == notices


def test_feeds_change_with_the_articles_and_not_with_the_day(make_folder: MakeFolder, tmp_path: Path) -> None:
    seeds = make_folder({"a.txt": "The harbour master opened the gate."})
    docs = tmp_path / "docs"
    (tmp_path / "mkdocs.yml").write_text("site_url: https://example.org/\n", encoding="utf-8")

    def items(day: int) -> list[tuple[str, str]]:
        build(seeds, docs, Console(quiet=True), today=date(2026, 11, day), record=True)
        feed = json.loads((docs / "feed.json").read_text(encoding="utf-8"))
        return [(item["title"], item["date_modified"][:10]) for item in feed["items"]]

    first = items(20)
    before = contents(docs)
    assert items(21) == first == [("The harbour master opened the gate", "2026-11-20")]
    assert contents(docs) == before
    make_folder({"b.md": "# Rain\n\nIt will rain on Sunday."})
    assert items(22) == [("Rain", "2026-11-22"), *first]


def test_two_builds_are_identical_and_a_second_one_writes_nothing(sample: Path, tmp_path: Path) -> None:
    for name, hash_seed in (("one", "1"), ("two", "2")):
        done = in_a_process("build", "--seeds", sample, "--docs", tmp_path / name, hash_seed=hash_seed)
        assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    again = digestgen("build", "--seeds", sample, "--docs", tmp_path / "one")
    assert "0 files written, 0 removed" in again.stderr


def test_a_build_tells_what_it_remembers_if_asked(sample: Path, tmp_path: Path) -> None:
    def told(*words: str) -> str:
        return digestgen("build", "--seeds", sample, "--docs", tmp_path / "docs", *words).stderr

    assert "cache:" not in told()
    assert "cache: nothing has changed since the last build" in told("--verbose")
    (sample / "new.md").write_text("# Rain\n\nIt will rain on Sunday.", encoding="utf-8")
    assert re.search(r"cache: [1-9]\d* results found, [1-9]\d* made; kept in .*results", told("--verbose"))


def test_many_cores_give_what_one_core_gives(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "LEAST_FOR_POOL", 2)
    for workers in (1, 2):
        build(sample, tmp_path / str(workers), Console(stderr=True), today=date(2026, 11, 22), workers=workers)
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_bad_input_ends_with_1_names_file_and_line_and_builds_the_rest(make_folder: MakeFolder, tmp_path: Path) -> None:
    seeds = make_folder(
        {"bad.txt": b"caf\xe9", "empty.txt": "", "good.txt": "The gate is open.", "w.jsonl": "{}\n[1]\n"}
    )
    done = digestgen("build", "--seeds", seeds, "--docs", tmp_path / "docs")
    assert done.returncode == 1
    for place in ("error: bad.txt:1:", "error: empty.txt:", "error: w.jsonl:1:", "error: w.jsonl:2:"):
        assert place in done.stderr
    assert "Traceback" not in done.stderr
    assert len(json.loads((tmp_path / "docs" / "digest.json").read_text())["articles"]) == 1


@pytest.mark.parametrize("words", [[], ["bulid"], ["build", "--seed"]], ids=["nothing", "a typo", "half an option"])
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([*words, "x"] if words[-1:] == ["--seed"] else words)
    assert caught.value.code == 2


def test_no_seeds_folder_and_no_project_are_clear_errors(tmp_path: Path) -> None:
    for command in ("build", "site"):
        done = digestgen(command, cwd=tmp_path)
        assert done.returncode == 1
        assert done.stderr.startswith("error: seeds: is no folder")
    done = digestgen("serve", cwd=tmp_path)
    assert done.returncode == 1
    assert "or make one there: digestgen new ." in done.stderr


def test_clean_removes_the_generated_pages_only(make_folder: MakeFolder, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "about.md").write_text("by hand")
    digestgen("build", "--seeds", make_folder({"a.txt": "The gate is open."}), "--docs", docs)
    assert len(contents(docs)) > 3
    assert digestgen("clean", "--docs", docs).returncode == 0
    assert contents(docs) == {"about.md": b"by hand"}


@pytest.fixture
def harbour(project: Path, tmp_path: Path) -> Path:
    """Six articles, built once without problems."""
    seeds = tmp_path / "harbour"
    shutil.copytree(project / "tests" / "cases" / "harbour" / "seeds", seeds)
    wire = seeds / "wire.jsonl"
    wire.write_text("".join(wire.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    assert cli.main(["build", "--seeds", str(seeds), "--docs", str(tmp_path / "docs")]) == 0
    return seeds


def ask(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of a command."""
    capsys.readouterr()
    code = cli.main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("command", [["plan"], ["plan", "--json"], ["check"], ["explain", "frost"]])
def test_asking_writes_nothing(harbour: Path, command: list[str]) -> None:
    (harbour / "new.txt").write_text("The gate is open, the harbour master said.", encoding="utf-8")
    before = contents(harbour.parent)
    assert cli.main([*command, "--seeds", str(harbour)]) == 0
    assert contents(harbour.parent) == before


def test_a_plan_tells_what_a_build_would_change(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unchanged = "Nothing would change for readers.\n"
    assert ask(capsys, "plan", "--seeds", harbour) == (0, unchanged, "")
    rulings = "topics:\n  frost:\n    label: Late frost\n    merge: [steam-crane]\n"
    (harbour / "curation.yml").write_text(rulings, encoding="utf-8")
    code, out, err = ask(capsys, "plan", "--seeds", harbour)
    assert (code, err) == (0, "")
    assert "Late frost" in out
    assert "renamed, was “Frost”" in out
    assert "curation.yml:" in out
    code, out, err = ask(capsys, "plan", "--seeds", harbour, "--json")
    assert (code, err) == (0, "")
    changes = {topic["slug"]: topic["change"] for topic in json.loads(out)["topics"]}
    assert changes == {"frost": "changed", "steam-crane": "merged"}


def test_a_regrouping_is_shown_and_taken_over_when_accepted(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = harbour / "permalinks.yml"
    before = ledger.read_bytes()
    code, out, _ = ask(capsys, "regroup", "--seeds", harbour)
    assert (code, ledger.read_bytes()) == (0, before)
    assert "Nothing would change" in out
    code, _, err = ask(capsys, "regroup", "frostg", "--seeds", harbour)
    assert code == 1
    assert "did you mean 'frost'?" in err
    wire = harbour / "wire.jsonl"
    wire.write_text(wire.read_text("utf-8").replace("frost", "harbour").replace("Frost", "Harbour"), encoding="utf-8")
    docs = harbour.parent / "docs"
    code, _, err = ask(capsys, "regroup", "--accept", "--seeds", harbour, "--docs", docs)
    assert code == 0
    assert "accepted; run" in err
    assert cli.main(["build", "--seeds", str(harbour), "--docs", str(docs)]) == 0
    assert ask(capsys, "plan", "--seeds", harbour)[1] == "Nothing would change for readers.\n"


def test_no_regrouping_is_taken_over_while_a_build_is_at_work(
    harbour: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "exclusive", partial(exclusive, wait=0))
    ledger, docs = harbour / "permalinks.yml", harbour.parent / "docs"
    ledger.unlink()
    with exclusive(docs):
        code, _, err = ask(capsys, "regroup", "--accept", "--seeds", harbour, "--docs", docs)
        assert (code, ledger.exists()) == (1, False)
        assert "is at work in this folder" in err
        assert ask(capsys, "regroup", "--seeds", harbour, "--docs", docs)[0] == 0, "what only shows waits for nobody"
    assert ask(capsys, "regroup", "--accept", "--seeds", harbour, "--docs", docs)[0] == 0
    assert ledger.exists()


def test_the_ledger_that_a_regrouping_takes_over_is_read_under_the_lock(
    harbour: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    docs, read = harbour.parent / "docs", shell.read_seed_folder

    def reading(seeds: Path, settings: DigestSettings) -> SeedFolder:
        assert (docs / LOCK_NAME).is_file()
        return read(seeds, settings)

    monkeypatch.setattr(shell, "read_seed_folder", reading)
    assert ask(capsys, "regroup", "--accept", "--seeds", harbour, "--docs", docs)[0] == 0
    assert not (docs / LOCK_NAME).exists()


def test_a_plan_that_would_lose_addresses_ends_with_1_and_lines_to_paste(
    harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (harbour / "wire.jsonl").unlink()
    code, out, err = ask(capsys, "plan", "--seeds", harbour)
    assert code == 1
    assert err.count("error: wire.jsonl: ") == 2, "the reprint stands in another seed, and keeps its address"
    pasted = out[out.rindex("articles:\n") :]
    (harbour / "curation.yml").write_text(pasted, encoding="utf-8")
    assert ask(capsys, "plan", "--seeds", harbour)[0] == 0
    assert ask(capsys, "plan", "--seeds", harbour, "--json")[2] == ""


def test_the_plan_of_a_first_edition_is_short(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (harbour / "permalinks.yml").unlink()
    code, out, _ = ask(capsys, "plan", "--seeds", harbour)
    assert code == 0
    assert out.startswith("The first edition: 6 articles in 2 topics, 1 on the shelf.")


def test_explain_tells_of_articles_and_topics(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ask(capsys, "explain", "topics/frost", "--seeds", harbour)
    assert (code, err) == (0, "")
    assert out.startswith("Topic: Frost\n")
    code, out, err = ask(capsys, "explain", "frost-fund-for-velm-valley-growers", "--seeds", harbour, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["article"]["topic"]["slug"] == "frost"


def test_explain_suggests_what_comes_near(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ask(capsys, "explain", "frosty", "--seeds", harbour)
    assert (code, out) == (1, "")
    assert "error: “frosty”: is the slug of no article and no topic; did you mean topics/frost" in err
    code, out, err = ask(capsys, "explain", "[/]\x1b[2J", "--seeds", harbour)
    assert (code, out) == (1, "")
    assert "\x1b" not in err


def test_explain_says_that_the_input_has_errors(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (harbour / "empty.txt").touch()
    code, _, err = ask(capsys, "explain", "frost", "--seeds", harbour)
    assert code == 0
    assert "note: the input has 1 error" in err


def test_check_is_one_line_where_all_is_well(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fine = "6 articles in 2 topics, 1 on the shelf: no errors\n"
    assert ask(capsys, "check", "--seeds", harbour) == (0, "", fine)


def test_check_notes_a_ledger_that_is_out_of_date(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (harbour / "new.txt").write_text("The gate is open, the harbour master said.", encoding="utf-8")
    code, _, err = ask(capsys, "check", "--seeds", harbour)
    assert code == 0
    assert "note: permalinks.yml is not up to date; run `digestgen build` and commit it\n" in err
    assert err.endswith(": no errors, 1 note\n")


def test_check_lists_every_error(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (harbour / "empty.txt").touch()
    (harbour / "curation.yml").write_text("topics:\n  frostg:\n    pin: true\n", encoding="utf-8")
    code, out, err = ask(capsys, "check", "--seeds", harbour)
    assert (code, out) == (1, "")
    assert "error: curation.yml:2: " in err
    assert "error: empty.txt: " in err
    assert "permalinks.yml" not in err, "a build that meets errors leaves the ledger alone"
    assert err.endswith(": 2 errors\n")


# The ledger.


def rebuilt(seeds: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, bool]:
    """Exit code and stderr of a build, and whether it left pages and ledger unchanged."""
    before = contents(seeds.parent)
    code, _, err = ask(capsys, "build", "--seeds", seeds, "--docs", seeds.parent / "docs")
    return code, err, contents(seeds.parent) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("frost", "tomas-burg", 1), "was changed by hand"),
        (lambda text: "\n".join(text.splitlines()[:8]) + "\n", "is cut short"),
        (lambda text: text.replace("version: 2", "version: 3"), "version 3 is of another digestgen"),
        (lambda text: text.replace("version: 2\n", ""), "its version is missing"),
        (lambda text: re.sub("  - .*chess.*\n", "", text, count=1), "lacks 1 of its lines"),
        (lambda text: text + "<<<<<<< HEAD\n", "permalinks.yml"),
    ],
    ids=["changed", "cut short", "a later version", "no version", "a line less", "a conflict"],
)
def test_a_ledger_that_is_not_as_it_was_written_stops_the_build(
    change: Callable[[str], str], said: str, harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = harbour / "permalinks.yml"
    ledger.write_text(change(ledger.read_text("utf-8")), encoding="utf-8")
    code, err, unchanged = rebuilt(harbour, capsys)
    assert (code, unchanged) == (1, True)
    assert err.startswith("error: permalinks.yml")
    assert said in err


def test_a_ledger_that_cannot_be_written_is_an_error_with_a_remedy(
    harbour: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _: str) -> bool:
        raise InputError([Problem(path.name, None, "cannot be written: it is read-only")])

    monkeypatch.setattr("digestgen.build.save", refuse)
    (harbour / "new.txt").write_text("The gate is open, the harbour master said.", encoding="utf-8")
    code, _, err = ask(capsys, "build", "--seeds", harbour, "--docs", harbour.parent / "docs")
    assert code == 1
    assert "error: permalinks.yml: cannot be written: it is read-only; make it writable and build again" in err


def test_a_build_that_meets_errors_leaves_the_ledger_alone(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = (harbour / "permalinks.yml").read_bytes()
    (harbour / "empty.txt").touch()
    (harbour / "new.txt").write_text("The gate is open, the harbour master said.", encoding="utf-8")
    assert ask(capsys, "build", "--seeds", harbour, "--docs", harbour.parent / "docs")[0] == 1
    assert (harbour / "permalinks.yml").read_bytes() == ledger


def test_a_topic_is_not_hidden_without_the_ledger_that_knows_its_articles(
    harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (harbour / "curation.yml").write_text("topics:\n  frost:\n    hide: true\n", encoding="utf-8")
    assert ask(capsys, "build", "--seeds", harbour, "--docs", harbour.parent / "docs")[0] == 0
    (harbour / "permalinks.yml").unlink()
    code, err, unchanged = rebuilt(harbour, capsys)
    assert (code, unchanged) == (1, True)
    assert err.startswith("error: curation.yml:2: “frost” is hidden, but only permalinks.yml knows")


def test_a_draft_waits_and_is_no_error(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (harbour / "new.md").write_text("---\ndraft: true\n---\n\nThe gate is open, nobody said.\n", encoding="utf-8")
    code, _, err = ask(capsys, "build", "--seeds", harbour, "--docs", harbour.parent / "docs")
    assert code == 0
    assert "note: new.md:2: is a draft (draft: true) and waits; draft: false publishes it" in err
    assert b"nobody said" not in b"".join(contents(harbour.parent / "docs").values())


class TestAdd:
    QUAY = "Quay reopens\n\nThe quay is open again after three years, the harbour master said on Monday.\n"

    def test_writes_a_seed_and_names_the_next_command(self, tmp_path: Path) -> None:
        (tmp_path / "quay.txt").write_text(self.QUAY)
        done = digestgen("add", "quay.txt", "--seeds", "texts", cwd=tmp_path)
        assert done.returncode == 0
        assert "added: texts/quay-reopens.md  Quay reopens" in done.stderr
        assert "1 article added\nnext: digestgen build --seeds texts\n" in done.stderr
        again = digestgen("add", "quay.txt", "--seeds", "texts", cwd=tmp_path)
        assert again.returncode == 0
        assert (
            "there already: quay.txt (“Quay reopens”) is in quay-reopens.md\nnothing added, 1 there already\n"
            in again.stderr
        )

    def test_tells_each_that_failed_and_ends_with_1(self, tmp_path: Path) -> None:
        (tmp_path / "quay.txt").write_text(self.QUAY)
        done = digestgen("add", "nowhere.txt", "http://127.0.0.1:9/x", "quay.txt", cwd=tmp_path)
        assert done.returncode == 1
        assert "error: nowhere.txt: is not there\n" in done.stderr
        assert "error: http://127.0.0.1:9/x: is not on the public internet" in done.stderr
        assert "1 article added, 2 failed\n" in done.stderr

    def test_without_anything_to_add_is_wrong_usage(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"\n"), encoding="utf-8"))
        done = digestgen("add", cwd=tmp_path)
        assert done.returncode == 2
        assert "there is no address in what was given" in done.stderr


class TestPull:
    def test_without_a_list_of_feeds_says_what_to_do(self, tmp_path: Path) -> None:
        done = digestgen("pull", cwd=tmp_path)
        assert done.returncode == 1
        assert "error: seeds/feeds.opml: is not there; export the feeds" in done.stderr

    def test_tells_a_script_what_came_of_each(self, tmp_path: Path) -> None:
        (tmp_path / "seeds").mkdir()
        opml = '<opml><body><outline text="Gazette" xmlUrl="http://127.0.0.1:9/feed"/></body></opml>'
        (tmp_path / "seeds" / "feeds.opml").write_text(opml)
        done = digestgen("pull", "--json", cwd=tmp_path)
        assert done.returncode == 1
        (feed,) = json.loads(done.stdout)["feeds"]
        assert (feed["feed"], feed["added"]) == ("Gazette", 0)
        assert feed["problem"].startswith("is not on the public internet")
        assert "0 new articles of 1 feed, 1 feed failed" in done.stderr
