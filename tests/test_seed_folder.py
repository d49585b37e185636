from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from digestgen import seed_folder
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.ledger.ledger_file import write_ledger
from digestgen.curate.rulings.rulings import ArticleRuling, Rulings
from digestgen.errors import InputError
from digestgen.model import Publish
from digestgen.seed_folder import read_seed_folder

MakeFolder = Callable[[dict[str, str | bytes]], Path]

MakeOdd = Callable[[Path, Path, pytest.MonkeyPatch], None]


def _large(path: Path, _: Path, patch: pytest.MonkeyPatch) -> None:
    path.write_text("# " + "x" * 2_000)
    patch.setattr(seed_folder, "LARGEST_FILE", 1_000)


def _forbidden(path: Path, _: Path, patch: pytest.MonkeyPatch) -> None:
    path.write_text("source: X")
    allowed = Path.read_bytes

    def read_bytes(asked: Path) -> bytes:
        if asked.name == path.name:
            raise PermissionError(errno.EACCES, "Permission denied")
        return allowed(asked)

    patch.setattr(Path, "read_bytes", read_bytes)


def _socket(path: Path, _: Path, patch: pytest.MonkeyPatch) -> None:
    patch.chdir(path.parent)  # the address of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path.name)


KINDS_OF_FILE: dict[str, MakeOdd] = {
    "a link inside the folder": lambda path, real, _: path.symlink_to(real),
    "a link that leads out": lambda path, _, __: path.symlink_to("/etc/hostname"),
    "a link to itself": lambda path, _, __: path.symlink_to(path),
    "a link that leads nowhere": lambda path, _, __: path.symlink_to("nowhere"),
    "a folder": lambda path, _, __: path.mkdir(),
    "a pipe": lambda path, _, __: os.mkfifo(path),
    "a socket": _socket,
    "a file that is too large": _large,
    "a file that may not be read": _forbidden,
}
"""What can take a regular file's place; each is given the path, a regular file and a monkeypatch."""

REFUSED: dict[str, tuple[dict[str, str | bytes], str]] = {
    "an empty seed": ({"a.txt": " \n\n"}, "a.txt: is empty"),
    "a binary file": ({"a.txt": b"\x00\x01\x02"}, "a.txt:1: contains a NUL"),
    "UTF-16": ({"a.txt": "text".encode("utf-16")}, "a.txt:1: is UTF-16"),
    "Latin-1": ({"a.txt": b"caf\xe9"}, "a.txt:1: is not UTF-8"),
    "another kind of file": ({"a.cfg": "text"}, "a.cfg: is not a kind of seed"),
    "a sidecar of no seed": (
        {"b.yml": "source: X", "bb.txt": "text"},
        "b.yml: belongs to no seed (did you mean bb.yml",
    ),
    "a broken sidecar": ({"a.txt": "text", "a.yml": "source: A\nsource: B"}, "a.yml:2: 'source' appears twice"),
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
    "settings by a near name": (
        {"Digest.yml": "title: X"},
        "Digest.yml: is not read under this name; rename it to dige",
    ),
    "settings twice": (
        {"digest.yml": "title: X", "digest.yaml": "title: Y"},
        "digest.yaml: is not read, since digest.yml exists",
    ),
    "settings by a strange name": ({"mine.yml": "title: X"}, "mine.yml: belongs to no seed"),
    "YAML by its long ending": (
        {"notes.yaml": "source: X"},
        "notes.yaml: belongs to no seed (did you mean digest.yml?); rename it after its seed",
    ),
    "settings in a folder": (
        {"week/digest.yml": "title: X"},
        "week/digest.yml: is not read here; put it at the top of the seeds folder, as digest.yml",
    ),
    "a sidecar of no seed in a folder": (
        {"week/b.yml": "source: X", "week/bb.txt": "text"},
        "week/b.yml: belongs to no seed (did you mean bb.yml?)",
    ),
    "a sidecar in another folder": (
        {"week/good.yml": "source: X", "week/b.txt": "text"},
        "week/good.yml: belongs to no seed in this folder; if it is the sidecar of good.txt, name it good.yml",
    ),
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
        {"permalinks.yml": b"\xe9", "a.cfg": "text"},
        ["a.cfg", "permalinks.yml", "permalinks.yml:1"],
    ),
}


LEDGER = write_ledger(Ledger())
RULINGS = "articles:\n  one:\n    hide: true\n"
SKIPS = "articles:\n- line: 1\n- line: 3\n  skip: true\n"
BLOCKING: dict[str, tuple[dict[str, str | bytes], str]] = {
    **{
        f"rulings called {name}": ({name: RULINGS}, f"{name}: ")
        for name in (
            "Curation.yml",
            "CURATION.YML",
            "curation.YML",
            "curation.yaml",
            "curation.yml.txt",
            "curation.yml.bak",
            "curation.yml~",
            "curation (1).yml",
            "curation.txt.yml",
            "curation..yml",
            "curations.yml",
            "curaton.yml",
            "curation.txt",
            "curation.md",
            "rulings.yml",
            "rulings",
            "digest.yml",
            "good.yml",
            "week/curation.yml",
            "week/Curation.yaml",
            "week/rules.yml",
            "week/good.txt",
        )
    },
    **{
        f"a ledger called {name}": ({name: LEDGER}, f"{name}: ")
        for name in (
            "Permalinks.yml",
            "permalinks.yaml",
            "permalinks.yml.orig",
            "permalink.yml",
            "permalinks.txt",
            "addresses.yml",
            "notes.md",
            "good.yml",
            "backup",
            "week/permalinks.yml",
            "week/old.txt",
        )
    },
    "near rulings that say nothing": (
        {"curation.yaml": "# nothing yet\n"},
        "curation.yaml: is not read under this name",
    ),
    "near rulings that cannot be read": ({"Curation.yml": b"\xe9"}, "Curation.yml:1: is not UTF-8"),
    "near rulings beside the right ones": (
        {"curation.yml": RULINGS, "curation (1).yml": ""},
        "curation (1).yml: is not read, since curation.yml exists",
    ),
    "a copy of the ledger beside it": (
        {"permalinks.yml": LEDGER, "ledger.old": LEDGER},
        "ledger.old: reads like permalinks.yml, which exists too",
    ),
    "a ledger that is empty": (
        {"permalinks.yml": ""},
        "permalinks.yml: is empty; restore it, for example with git, or",
    ),
    "a ledger of white space": ({"permalinks.yml": " \n\t\n"}, "permalinks.yml: is empty; restore it"),
    "a ledger cut to its header": ({"permalinks.yml": "# Every address ever"}, "permalinks.yml: is empty; restore it"),
    "a sidecar called as the ledger": ({"permalinks.yml": SKIPS}, "permalinks.yml: is a sidecar, not a ledger"),
}


@pytest.mark.parametrize(("files", "message"), BLOCKING.values(), ids=BLOCKING)
def test_nothing_is_built_while_rulings_or_ledger_are_not_where_they_belong(
    make_folder: MakeFolder, files: dict[str, str | bytes], message: str
) -> None:
    with pytest.raises(InputError, match=r"[Nn]othing is built until") as caught:
        read_seed_folder(make_folder({"good.txt": "A good seed.", **files}))
    assert any(str(problem).startswith(message) for problem in caught.value.problems), caught.value.problems


@pytest.mark.parametrize("name", ["curation.yml", "permalinks.yml"])
@pytest.mark.parametrize("kind", KINDS_OF_FILE)
def test_nothing_is_built_while_rulings_or_ledger_are_no_plain_file(
    make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    folder = make_folder({"good.txt": "A good seed.", "real": RULINGS})
    KINDS_OF_FILE[kind](folder / name, folder / "real", monkeypatch)
    with pytest.raises(InputError, match=f"{name}: nothing is built until it is fixed"):
        read_seed_folder(folder)


@pytest.mark.parametrize(("files", "places"), LOST.values(), ids=LOST)
def test_nothing_is_built_without_the_rulings_or_the_ledger_that_are_there(
    make_folder: MakeFolder, files: dict[str, str | bytes], places: list[str]
) -> None:
    with pytest.raises(InputError, match="nothing is built until it is fixed") as caught:
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


TEXT = "The harbour opens.\n\nThe witness has a name.\n\nThe orchard blooms."
UNREAD: dict[str, str | bytes] = {
    "not UTF-8": SKIPS.replace("skip: true", "skip: true  # caf\xe9").encode("latin-1"),
    "UTF-16": SKIPS.encode("utf-16"),
    "UTF-16 without its mark": SKIPS.encode("utf-16-be"),
    "a NUL": SKIPS.encode() + b"\0",
    "a line that is too long": SKIPS + "# " + "x" * 1_000_001,
    "empty": b"",
    "white space": b" \n\t\n",
    "comments": "# How a.txt",
    "not YAML": SKIPS + "  skip: [",
    "skip with nothing behind it": SKIPS.replace("skip: true", "skip:"),
    "skip mistyped": SKIPS.replace("true", "treu"),
    "a key near skip": SKIPS.replace("skip", "skp"),
    "an entry cut short": SKIPS[: SKIPS.index(" 3")],
    "the list cut away": "lines: 5\narticles:\n",
    "the list and its key cut away": "lines: 5\n",
}


@pytest.mark.parametrize("sidecar", UNREAD.values(), ids=UNREAD)
def test_a_seed_waits_for_a_sidecar_that_cannot_be_read(make_folder: MakeFolder, sidecar: str | bytes) -> None:
    read = read_seed_folder(make_folder({"a.txt": TEXT, "a.yml": sidecar, "good.txt": "A good seed."}))
    assert [seed.name for seed in read.seeds] == ["good.txt"]
    assert read.waiting == {"a.txt"}
    assert {problem.file for problem in read.problems} == {"a.txt", "a.yml"}
    assert "a.txt: is left out until a.yml is fixed" in map(str, read.problems)


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
def test_a_seed_waits_for_a_sidecar_that_is_no_plain_file(
    make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    folder = make_folder({"a.txt": TEXT, "good.txt": "A good seed.", "c.txt": "source: X\n"})
    KINDS_OF_FILE[kind](folder / "a.yml", folder / "c.txt", monkeypatch)
    read = read_seed_folder(folder)
    assert [seed.name for seed in read.seeds] == ["c.txt", "good.txt"]
    assert read.waiting == {"a.txt"}
    assert [problem.file for problem in read.problems] == ["a.txt", "a.yml"]


NEAR = [
    "a.yaml",
    "A.yml",
    "a.YML",
    "a.yml.txt",
    "a.yml.bak",
    "a.yml~",
    "a.yml.orig",
    "a (1).yml",
    "a.txt.yml",
    "a..yml",
    "a - Copy.yml",
    "a.ym",
    "a_yml",
    "a.md",
    "a.json",
    "a",
]


@pytest.mark.parametrize("name", NEAR)
def test_a_seed_waits_for_a_sidecar_that_is_nearly_called_so(make_folder: MakeFolder, name: str) -> None:
    read = read_seed_folder(make_folder({"a.txt": TEXT, name: SKIPS, "good.txt": "A good seed."}))
    assert [seed.name for seed in read.seeds] == ["good.txt"]
    assert read.waiting == {"a.txt"}
    assert sorted(map(str, read.problems)) == sorted(
        [
            f"{name}: is not read under this name; rename it to a.yml",
            f"a.txt: is left out until {name} is renamed to a.yml, or deleted",
        ]
    )


@pytest.mark.parametrize("name", NEAR)
def test_a_near_name_beside_the_right_one_is_an_error_and_no_more(make_folder: MakeFolder, name: str) -> None:
    read = read_seed_folder(make_folder({"a.txt": TEXT, "a.yml": "source: RT", name: SKIPS}))
    assert [(seed.name, seed.sidecar.source) for seed in read.seeds] == [("a.txt", "RT")]
    assert [problem.file for problem in read.problems] == [name]
    assert read.problems[0].message.startswith("is not read, since a.yml exists")


@pytest.mark.parametrize("kind", [kind for kind in KINDS_OF_FILE if "large" not in kind])
def test_a_near_name_may_be_no_plain_file(make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    folder = make_folder({"a.txt": TEXT, "c.txt": "text"})
    KINDS_OF_FILE[kind](folder / "a.yaml", folder / "c.txt", monkeypatch)
    read = read_seed_folder(folder)
    assert (read.waiting, [seed.name for seed in read.seeds]) == ({"a.txt"}, ["c.txt"])


def test_names_with_accents_may_be_stored_in_two_ways(make_folder: MakeFolder) -> None:
    read = read_seed_folder(make_folder({"caf\u00e9.txt": TEXT, "cafe\u0301.yml": SKIPS}))
    assert (read.seeds, read.waiting) == ((), {"caf\u00e9.txt"})
    assert "has a name in another Unicode form than its seed" in " ".join(map(str, read.problems))


def test_a_name_with_invisible_characters_is_a_near_name(make_folder: MakeFolder) -> None:
    read = read_seed_folder(make_folder({"a.txt": TEXT, "a\u200b.yml": SKIPS}))
    assert (read.seeds, read.waiting) == ((), {"a.txt"})
    assert all(str(problem).isprintable() for problem in read.problems)


def test_a_seed_that_is_not_read_keeps_its_sidecar(make_folder: MakeFolder) -> None:
    files: dict[str, str | bytes] = {
        "a.txt": b"\xe9",
        "a.yml": SKIPS,
        "b.txt": b"\xe9",
        "b.yaml": SKIPS,
        "c.txt": "text",
    }
    read = read_seed_folder(make_folder(files))
    assert [seed.name for seed in read.seeds] == ["c.txt"]
    assert [problem.file for problem in read.problems] == ["a.txt", "b.txt", "b.yaml"]


STRAYS: dict[str, tuple[str, str | bytes, set[str]]] = {
    "that withholds nothing": ("story.yml", "source: RT\n", set()),
    "that splits and withholds nothing": ("story.yml", "articles:\n- line: 1\n", set()),
    "with a skip": ("story.yml", SKIPS, {"a.txt", "report.txt"}),
    "with a skip, near a seed's": ("reporter.yml", SKIPS, {"a.txt", "report.txt"}),
    "with a skip, by no ending": ("story", SKIPS, {"a.txt", "report.txt"}),
    "with a skip, by a text's ending": ("story.md", SKIPS, {"a.txt", "report.txt"}),
    "with a draft": ("story.yml", "draft: true\n", {"a.txt", "report.txt", "b.md", "c.jsonl"}),
    "with a draft by a text's ending": ("story.txt", "draft: true\n", {"a.txt", "report.txt", "b.md", "c.jsonl"}),
    "with a cut list": ("story.yml", "lines: 9\narticles:\n", {"a.txt", "report.txt"}),
    "that is empty": ("story.yml", "", {"a.txt", "report.txt", "b.md", "c.jsonl"}),
    "that is not YAML": ("story.yml", "articles: [", {"a.txt", "report.txt", "b.md", "c.jsonl"}),
    "with a key near skip": ("story.yaml", SKIPS.replace("skip", "skp"), {"a.txt", "report.txt", "b.md", "c.jsonl"}),
    "that is not UTF-8": ("story.yml", b"\xe9", {"a.txt", "report.txt", "b.md", "c.jsonl"}),
    "nearly in the place of the settings": ("digest.yaml", SKIPS, {"a.txt", "report.txt", "b.md", "c.jsonl"}),
    "in the place of the settings": ("digest.yml", SKIPS, {"a.txt", "report.txt", "b.md", "c.jsonl"}),
    "of settings": ("story.yml", "title: Mine\n", set()),
    "of another kind": ("story.cfg", b"\x89PDF", set()),
}


@pytest.mark.parametrize(("name", "content", "waiting"), STRAYS.values(), ids=STRAYS)
def test_seeds_without_a_sidecar_wait_for_a_stray_that_may_be_theirs(
    make_folder: MakeFolder, name: str, content: str | bytes, waiting: set[str]
) -> None:
    files: dict[str, str | bytes] = {"a.txt": TEXT, "report.txt": TEXT, "b.md": "B.", "c.jsonl": '{"text": "C."}'}
    told: dict[str, str | bytes] = {"told.txt": "told", "told.yml": "source: RT"}
    read = read_seed_folder(make_folder({**files, **told, name: content}))
    assert read.waiting == waiting
    assert {seed.name for seed in read.seeds} == files.keys() - waiting | {"told.txt"}
    assert any(problem.file == name for problem in read.problems)
    for seed in waiting:
        (problem,) = [problem for problem in read.problems if problem.file == seed]
        assert problem.message.startswith(f"is left out until {name} is fixed, renamed or deleted")


def test_a_hidden_file_is_nobodys_sidecar(make_folder: MakeFolder) -> None:
    read = read_seed_folder(make_folder({"a.txt": TEXT, ".a.yml": SKIPS, ".a.yml.swp": b"\xe9"}))
    assert ([seed.name for seed in read.seeds], read.problems, read.waiting) == (["a.txt"], (), frozenset())


def test_links_are_followed_inside_the_folder_only(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"a.txt": "inside"})
    secret = tmp_path / "secret.txt"
    secret.write_text("outside")
    (folder / "b.txt").symlink_to(secret)
    (folder / "c.txt").symlink_to(folder / "a.txt")
    (folder / "d.txt").symlink_to(folder / "d.txt")
    os.mkfifo(folder / "e.txt")
    (folder / "f").mkdir()
    (folder / "f" / "inside.txt").write_text("below")
    (folder / "g").symlink_to(folder / "f")
    (folder / "h").symlink_to(tmp_path)
    (folder / "f" / "loop").symlink_to(folder)
    read = read_seed_folder(folder)
    assert {seed.name: seed.text for seed in read.seeds} == {
        "a.txt": "inside",
        "c.txt": "inside",
        "f/inside.txt": "below",
    }
    refused = {"b.txt", "d.txt", "e.txt", "f/loop", "g", "h"}
    assert {problem.file for problem in read.problems} == refused


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


@pytest.mark.parametrize("data", ["<opml/>", b"\xff\xfe<", ""], ids=["OPML", "in another encoding", "empty"])
def test_the_list_of_feeds_is_passed_over(make_folder: MakeFolder, data: str | bytes) -> None:
    folder = read_seed_folder(make_folder({"a.txt": "The gate is open.", "feeds.opml": data}))
    assert (folder.problems, folder.notices, len(folder.seeds)) == ((), (), 1)


def test_folders_are_read_in_any_depth(make_folder: MakeFolder) -> None:
    files: dict[str, str | bytes] = {
        "a.txt": "One.",
        "a.yml": "source: A",
        "2024/a.md": "Two.",
        "2024/a.yml": "source: B",
        "2024/spring/Note with spaces.MD": "Three.",
        "2024/spring/digest.markdown": "Four.",
        "2024/spring/digest.yml": "source: D",
        ".obsidian/workspace.md": "no",
        "2024/.trash/b.md": "no",
    }
    read = read_seed_folder(make_folder(files))
    assert (read.problems, read.notices) == ((), ())
    assert [(seed.name, seed.text, seed.sidecar.source, seed.sidecar.name) for seed in read.seeds] == [
        ("2024/a.md", "Two.", "B", "2024/a.yml"),
        ("2024/spring/Note with spaces.MD", "Three.", None, ""),
        ("2024/spring/digest.markdown", "Four.", "D", "2024/spring/digest.yml"),
        ("a.txt", "One.", "A", "a.yml"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "waiting"),
    [
        ("week/a.yaml", SKIPS, {"week/a.txt"}),
        ("week/story.yml", SKIPS, {"week/a.txt", "week/b.text"}),
        ("week/story.yml", "draft: true", {"week/a.txt", "week/b.text", "week/c.md"}),
        ("a.yml", "articles: [", {"a.txt"}),
        ("c.yml", "draft: true", {"week/c.md"}),
        ("b.yml", SKIPS, {"week/b.text"}),
        ("week.yml", "draft: true", {"week/a.txt", "week/b.text", "week/c.md", "week/deep/d.md"}),
        ("week/deep/a.yml", "draft: true", {"a.txt", "week/a.txt"}),
        ("week/deep/zzz.yml", "draft: true", {"week/deep/d.md"}),
        ("week/c.yml", "source: X", set()),
    ],
)
def test_strays_are_looked_for_folder_by_folder(
    make_folder: MakeFolder, name: str, content: str, waiting: set[str]
) -> None:
    files: dict[str, str | bytes] = {
        "a.txt": TEXT,
        "week/a.txt": TEXT,
        "week/b.text": TEXT,
        "week/c.md": "C.",
        "week/deep/d.md": "D.",
    }
    read = read_seed_folder(make_folder({**files, name: content}))
    assert read.waiting == waiting
    assert {seed.name for seed in read.seeds} == files.keys() - waiting
    assert {problem.file for problem in read.problems} >= waiting


@pytest.mark.parametrize("kind", ["a link inside the folder", "a link that leads out", "a pipe"])
def test_what_is_not_read_need_be_no_plain_file(
    make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    folder = make_folder({"a.txt": TEXT, "real": "x"})
    (folder / "real").unlink()
    KINDS_OF_FILE[kind](folder / "README.md", folder / "a.txt", monkeypatch)
    KINDS_OF_FILE[kind](folder / "b.pdf", folder / "a.txt", monkeypatch)
    read = read_seed_folder(folder)
    assert ([seed.name for seed in read.seeds], read.problems, len(read.notices)) == (["a.txt"], (), 2)


AS_TEXT = "save its text as .txt or .md, or the page that it came from as .html"
PASSED: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "what tells people of the folder": (
        {"README.md": "# Ours", "week/readme.txt": "x", "LICENSE": "x", "_index.md": "x"},
        ["LICENSE: is skipped, since it is no text for the digest; should it be one, rename it (and 3 more)"],
    ),
    "what systems leave": (
        {"desktop.ini": "[.ShellClassInfo]", "Thumbs.db": b"\x00\xff", ".DS_Store": b"\x00", "Icon\r": ""},
        ["'Icon\\r': is skipped, since it is no text for the digest; should it be one, rename it (and 2 more)"],
    ),
    "what is not read": (
        {"a.pdf": b"%PDF\xff", "week/b.PDF": b"%PDF", "c.docx": b"PK\x00", "d.jpg": b"\xff\xd8", "e.png": b"\x89"},
        [
            f"a.pdf: is PDF, which is not read; {AS_TEXT} (and 1 more)",
            f"c.docx: is a Word document, which is not read; {AS_TEXT}",
            "d.jpg: is a picture, which is not read; write what is to be read of it into a .txt or .md (and 1 more)",
        ],
    ),
    "feeds": ({"feeds.opml": "<opml/>"}, []),
    "folders of drafts": (
        {"_drafts/b.md": "no", "week/Private/c.md": "no"},
        ["_drafts: is skipped with everything in it, since its name marks it as private (and 1 more)"],
    ),
}


@pytest.mark.parametrize(("files", "notices"), PASSED.values(), ids=PASSED)
def test_what_is_no_seed_is_passed_over_with_a_note(
    make_folder: MakeFolder, files: dict[str, str | bytes], notices: list[str]
) -> None:
    read = read_seed_folder(make_folder({**files, "good.txt": "A good seed."}))
    assert ([seed.name for seed in read.seeds], read.problems) == (["good.txt"], ())
    assert [str(notice) for notice in read.notices] == notices


def test_what_a_browser_keeps_of_a_page_is_passed_over(make_folder: MakeFolder) -> None:
    parts = {
        f"{folder}/{name}": "x" for folder in ("Gate_files", "Quay-Dateien") for name in ("a.js", "ad.html", "b.css")
    }
    read = read_seed_folder(make_folder({"Gate.html": "<p>It opened.", "Quay.htm": "<p>It too.", **parts}))
    assert ([seed.name for seed in read.seeds], read.problems) == (["Gate.html", "Quay.htm"], ())
    (notice,) = read.notices
    assert "(and 1 more)" in notice.message


def test_a_folder_called_as_parts_of_no_page_is_read(make_folder: MakeFolder) -> None:
    read = read_seed_folder(make_folder({"week_files/a.txt": "It rained."}))
    assert [seed.name for seed in read.seeds] == ["week_files/a.txt"]


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "story.pdf", "story.jpg", "desktop.ini"])
def test_a_file_of_ours_is_none_of_these_whatever_its_name(make_folder: MakeFolder, name: str) -> None:
    read = read_seed_folder(make_folder({"a.txt": TEXT, name: SKIPS}))
    assert (read.seeds, read.waiting) == ((), {"a.txt"})
    assert name in {problem.file for problem in read.problems}


def test_a_folder_that_cannot_be_read_costs_only_itself(
    make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folder({"a.txt": "One.", "week/b.txt": "Two."})
    allowed = os.scandir

    def scandir(asked: Path) -> object:
        if Path(asked).name == "week":
            raise PermissionError(errno.EACCES, "Permission denied")
        return allowed(asked)

    monkeypatch.setattr(os, "scandir", scandir)
    read = read_seed_folder(folder)
    assert [seed.name for seed in read.seeds] == ["a.txt"]
    assert [str(problem) for problem in read.problems] == ["week: is no folder that can be read: Permission denied"]
