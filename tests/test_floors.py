"""The architecture rules, checked on the code itself: allowed imports, and what exists in one place only."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "digestgen"

FLOORS = {
    "__main__": 7, "site": 7,
    "cli": 6, "commands": 6, "api": 6,
    "terminal": 5, "build": 5, "mailing": 5, "fetch": 5,
    "seed_folder": 4, "writer": 4, "executor": 4, "dask_cluster": 4, "mkdocs_process": 4, "lock": 4,
    "cache": 4, "input_hash": 4, "git_branch": 4, "project": 4, "new_project": 4,
    "compose": 3,
    "ingest": 2, "analyse": 2, "curate": 2, "publish": 2,
    "language": 1, "routes": 1, "translation": 1, "teaser": 1, "strict_yaml": 1, "fields": 1, "decode": 1, "slugs": 1,
    "dates": 1, "field_aliases": 1, "seed_kinds": 1, "charsets": 1,
    "model": 0, "errors": 0, "version": 0,
}  # fmt: skip
WINGS = {"ingest", "analyse", "curate", "publish"}
PURE = WINGS | {"compose", "model", "errors"}

QUARANTINES = {
    "yaml": {"strict_yaml"},
    "segtok": {"analyse/keyphrases/yake_scores"},
    "feedparser": {"ingest/feed"},
    "jinja2": {"publish/templating"},
    "mkdocs": {"site/__main__", "site/incremental", "site/plugin", "site/preview"},
    "urllib3": {"fetch/http_request"},
    "slugify": {"slugs"},
    "wordfreq": {"language/word_frequency"},
    "Stemmer": {"language/stems"},
    "sentencex": {"language/text"},
    "icu4py": {"language/segmenter"},
    "py3langid": {"language/detection"},
    "babel": {"dates", "translation", "site/defaults"},
    "markupsafe": {"publish/templating"},
    "PIL": {"site/cards"},
    "lxml": {"ingest/html/fragments", "ingest/html/tree", "ingest/html/main_text", "ingest/html/metadata"},
    "trafilatura": {"ingest/html/main_text"},
    "readability": {"ingest/html/main_text"},
    "htmldate": {"ingest/html/metadata"},
    "rich": {
        "api",
        "commands",
        "build",
        "mailing",
        "executor",
        "site/preview",
        "terminal/adding",
        "terminal/layout",
        "terminal/outcome",
        "terminal/plan",
        "terminal/pulling",
        "terminal/explanation",
    },
    "subprocess": {"mkdocs_process", "site/search/search_index"},
    "cbor2": {"site/search/search_index"},
    "sqlite3": {"cache"},
    "msgspec": {"cache", "publish/export"},
    "platformdirs": {"cache"},
    "concurrent": {"executor", "dask_cluster", "fetch/parallel"},
    "distributed": {"dask_cluster"},
    "courlan": {"fetch/canonical"},
    "xml": {"fetch/opml", "publish/feeds/feed_formats"},
    "multiprocessing": {"executor"},
}
"""Library → the only modules that may import it."""

MAKERS = {
    "Article": "ingest/read",
    "Claims": "curate/ledger/claims",
    "Placement": "analyse/grouping/cluster",
    "Reason": "analyse/grouping/cluster",
    "Group": "analyse/grouping/cluster",
    "Grouping": "analyse/grouping/cluster",
    "Entry": "compose/entries",
    "Topic": "compose/entries",
    "Story": "compose/entries",
    "Source": "compose/digest",
    "Digest": "compose/digest",
    "ArticleLink": "curate/ledger/update",
    "Withheld": "curate/ledger/update",
    "SourceLink": "curate/ledger/update",
    "FormerAddresses": "curate/ledger/update",
}
"""Noun → the only module that creates instances of it."""

IMPURE = {
    "os",
    "pathlib.Path",
    "io",
    "shutil",
    "subprocess",
    "socket",
    "time",
    "random",
    "tempfile",
    "urllib.request",
    "sys",
}
"""Imports that pure modules must not use."""
IMPURE_CALLS = {"open", "print", "input", "eval", "exec", "__import__"}


def modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("/__init__")
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


MODULES = modules()


def room(name: str) -> str:
    return name.split("/", maxsplit=1)[0]


@cache
def imports(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_every_room_has_its_floor() -> None:
    assert {room(name) for name in MODULES} - {"__init__"} == set(FLOORS)


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"__init__"}))
def test_imports_go_downwards(name: str) -> None:
    for imported in sorted(imports(MODULES[name])):
        parts = imported.split(".")
        if parts[0] != "digestgen" or len(parts) == 1 or parts[1] == room(name):
            continue
        assert parts[1] in FLOORS, f"{name} imports {imported}, which is no room"
        below = FLOORS[parts[1]] < FLOORS[room(name)]
        beside = FLOORS[parts[1]] == FLOORS[room(name)] and not {parts[1], room(name)} & WINGS
        assert below or beside, f"{name} (floor {FLOORS[room(name)]}) imports {imported} (floor {FLOORS[parts[1]]})"


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"__init__"}))
def test_no_circle_inside_a_floor(name: str) -> None:
    def reachable(start: str, seen: set[str]) -> set[str]:
        for imported in imports(MODULES[start]):
            parts = imported.split(".")
            if parts[0] != "digestgen":
                continue
            for known in ("/".join(parts[1:]), "/".join(parts[1:-1])):
                if known in MODULES and known not in seen:
                    seen.add(known)
                    reachable(known, seen)
        return seen

    assert name not in reachable(name, set())


@pytest.mark.parametrize("wing", sorted(WINGS))
def test_no_circle_between_the_rooms_of_a_wing(wing: str) -> None:
    def place(name: str) -> str:
        return "/".join(name.split("/")[:2])

    leads: dict[str, set[str]] = {}
    for name in MODULES:
        if room(name) == wing:
            paths = {imported.removeprefix("digestgen.").replace(".", "/") for imported in imports(MODULES[name])}
            within = {place(path) for path in paths if path.startswith(f"{wing}/")}
            leads.setdefault(place(name), set()).update(within - {place(name)})
    TopologicalSorter(leads).prepare()  # raises CycleError


@pytest.mark.parametrize("library", QUARANTINES)
def test_a_library_stays_in_its_quarantine(library: str) -> None:
    users = {
        name for name, tree in MODULES.items() if any(imported.split(".")[0] == library for imported in imports(tree))
    }
    assert users <= QUARANTINES[library]
    assert users, f"nothing imports {library} any more: drop it from this table"


@pytest.mark.parametrize("noun", MAKERS)
def test_a_noun_is_made_in_one_place(noun: str) -> None:
    makers = {
        name
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == noun
    }
    assert makers == {MAKERS[noun]}


@pytest.mark.parametrize("name", sorted(name for name in MODULES if room(name) in PURE))
def test_the_middle_is_pure(name: str) -> None:
    for imported in imports(MODULES[name]):
        assert imported not in IMPURE, f"{name} imports {imported}"
        assert imported.split(".")[0] not in IMPURE, f"{name} imports {imported}"
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in IMPURE_CALLS, f"{name}:{node.lineno} calls {node.func.id}()"
        if isinstance(node, ast.Attribute):
            clock = node.attr in {"now", "today", "utcnow"} and isinstance(node.value, ast.Name)
            assert not clock, f"{name}:{node.lineno} reads the clock"


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_dataclass_is_frozen(name: str) -> None:
    for node in ast.walk(MODULES[name]):
        for decorator in getattr(node, "decorator_list", []):
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if getattr(called, "id", "") == "dataclass":
                words = {word.arg for word in decorator.keywords} if isinstance(decorator, ast.Call) else set()
                assert "frozen" in words, f"{name}:{node.lineno} is not frozen"
