from __future__ import annotations

import shutil
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from digestgen import build as shell
from digestgen import cache
from digestgen.cache import Cache, CachingExecutor, cache_file
from digestgen.compose import articles
from digestgen.compose.executor import Fault, SerialExecutor
from made import BRIDGE, FOX


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "results.sqlite3"


@pytest.fixture
def opened(place: Path) -> Iterator[Callable[..., Cache]]:
    all_opened: list[Cache] = []

    def opening(**named: Any) -> Cache:  # noqa: ANN401
        all_opened.append(Cache(place, **named))
        return all_opened[-1]

    yield opening
    for each in all_opened:
        each.close()


def keys(count: int, first: int = 0) -> list[bytes]:
    return [number.to_bytes(16) for number in range(first, first + count)]


def test_what_is_put_is_there_for_the_next(opened: Callable[..., Cache]) -> None:
    some = dict.fromkeys(keys(1_200), b"value")
    opened().put(some)
    assert opened().get(keys(1_300)) == some


def test_only_its_owner_may_look_into_it(opened: Callable[..., Cache], place: Path) -> None:
    opened()
    assert place.parent.stat().st_mode & 0o077 == 0


def test_many_write_at_once(opened: Callable[..., Cache], place: Path) -> None:
    def write(number: int) -> None:
        mine = Cache(place)
        for key in keys(20, first=100 * number):
            mine.put({key: b"value"})
        mine.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened().get([key for number in range(4) for key in keys(20, first=100 * number)])) == 80


def test_many_create_it_at_once(tmp_path: Path) -> None:
    works: list[bool] = []

    def create(place: Path, start: threading.Barrier) -> None:
        start.wait()
        mine = Cache(place)
        works.append(mine.works)
        mine.close()

    for turn in range(40):
        start = threading.Barrier(6)
        threads = [threading.Thread(target=create, args=[tmp_path / f"{turn}.sqlite3", start]) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert all(works)


def test_what_was_not_asked_for_longest_makes_room(opened: Callable[..., Cache]) -> None:
    value, most = b"v" * 1_000, 300_000
    opened(most_bytes=most).put(dict.fromkeys(keys(200), value))
    opened(most_bytes=most).get(keys(20))
    for turn in (1, 2):
        opened(most_bytes=most).put(dict.fromkeys(keys(60, first=1_000 * turn), value))
    last = opened(most_bytes=most)
    assert len(last.get(keys(20))) == 20
    assert len(last.get(keys(180, first=20))) < 180
    assert len(last.get(keys(60, first=2_000))) == 60


def test_its_size_is_bounded(opened: Callable[..., Cache], place: Path) -> None:
    for turn in range(20):
        opened(most_bytes=200_000).put(dict.fromkeys(keys(50, first=1_000 * turn), b"v" * 1_000))
    opened().close()
    assert place.stat().st_size < 400_000


def garble(place: Path) -> None:
    place.parent.mkdir()
    place.write_bytes(b"no database at all" * 1_000)


def garble_a_page(place: Path) -> None:
    kept = Cache(place)
    kept.put(dict.fromkeys(keys(500), b"v" * 500))
    kept.close()
    data = bytearray(place.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    place.write_bytes(data)


def forbid(place: Path) -> None:
    place.parent.write_text("a file where the folder belongs")


def be_a_folder(place: Path) -> None:
    place.mkdir(parents=True)


@pytest.mark.parametrize("spoil", [garble, garble_a_page, forbid, be_a_folder])
def test_a_cache_that_fails_is_an_empty_one(
    place: Path, opened: Callable[..., Cache], spoil: Callable[..., None]
) -> None:
    spoil(place)
    failing = opened()
    assert failing.get(keys(500)) == {}
    failing.put({b"key": b"value"})
    assert mapped(CachingExecutor(SerialExecutor(), failing)) == [Length(3), Length(5)]


@pytest.mark.parametrize("spoil", [garble, garble_a_page])
def test_after_damage_the_next_begins_anew(
    place: Path, opened: Callable[..., Cache], spoil: Callable[..., None]
) -> None:
    spoil(place)
    opened().get(keys(500))
    opened().put({b"key": b"value"})
    assert opened().get([b"key"]) == {b"key": b"value"}


@dataclass(frozen=True)
class Length:
    of: int


asked: list[str] = []


def measured(text: str) -> Length | Fault:
    asked.append(text)
    return Length(len(text)) if text else Fault("empty")


def mapped(executor: CachingExecutor, *texts: str) -> Sequence[Length | Fault]:
    asked.clear()
    return [*executor.map("Measuring", measured, texts or ("one", "three"))]


def test_only_what_is_new_is_done(opened: Callable[..., Cache]) -> None:
    assert mapped(CachingExecutor(SerialExecutor(), opened())) == [Length(3), Length(5)]
    again = CachingExecutor(SerialExecutor(), opened())
    assert mapped(again, "three", "one", "eleven") == [Length(5), Length(3), Length(6)]
    assert asked == ["eleven"]
    assert (again.work.remembered, again.work.done) == (2, 1)


def test_a_value_that_another_build_drops_meanwhile_is_made_again(
    opened: Callable[..., Cache], monkeypatch: pytest.MonkeyPatch
) -> None:
    mapped(CachingExecutor(SerialExecutor(), opened()))
    monkeypatch.setattr(Cache, "get", lambda *_: {})
    assert mapped(CachingExecutor(SerialExecutor(), opened()), "three", "eleven", "one") == [
        Length(5),
        Length(6),
        Length(3),
    ]


def test_only_some_results_at_a_time_are_in_memory(opened: Callable[..., Cache]) -> None:
    asked.clear()
    results = CachingExecutor(SerialExecutor(), opened()).map("Measuring", measured, [str(at) for at in range(1_200)])
    assert next(results) == Length(1)
    assert len(asked) < 1_200
    assert len([*results]) == 1_199


def test_a_fault_is_not_remembered(opened: Callable[..., Cache]) -> None:
    for _ in range(2):
        assert mapped(CachingExecutor(SerialExecutor(), opened()), "") == [Fault("empty")]
        assert asked == [""]


def test_other_code_asks_for_other_results(opened: Callable[..., Cache], monkeypatch: pytest.MonkeyPatch) -> None:
    mapped(CachingExecutor(SerialExecutor(), opened()))
    monkeypatch.setattr(cache, "_versions", lambda: b"another release")
    mapped(CachingExecutor(SerialExecutor(), opened()))
    assert asked == ["one", "three"]


@pytest.mark.parametrize(
    "value", [b"", b"no zlib", zlib.compress(b"no msgpack"), zlib.compress(b"\x81\xa2of\xa5three")], ids=repr
)
def test_what_is_not_of_the_type_is_done_anew(place: Path, opened: Callable[..., Cache], value: bytes) -> None:
    mapped(CachingExecutor(SerialExecutor(), opened()))
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE entry SET value = ?", [value])
    assert mapped(CachingExecutor(SerialExecutor(), opened())) == [Length(3), Length(5)]
    assert asked == ["one", "three"]


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_build_with_a_cache_is_one_without(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "dump.txt").write_text("\n".join([*FOX, *BRIDGE]), encoding="utf-8")
    built = {}
    for name in ("cold", "warm", "without"):
        if name == "without":
            cache_file().unlink()
            cache_file().mkdir()
        outcome = shell.build(seeds, tmp_path / name, Console(quiet=True), today=date(2026, 11, 29))
        built[name] = tree(tmp_path / name), outcome.work.remembered, outcome.work.done
    (cold, _, asked_for), (warm, remembered, done), (without, *_) = built["cold"], built["warm"], built["without"]
    assert cold == warm == without
    assert (remembered, done) == (asked_for, 0)


def test_a_seed_that_is_renamed_asks_for_no_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "dump.txt").write_text("\n".join([*FOX, *BRIDGE]), encoding="utf-8")
    shell.build(seeds, tmp_path / "docs", Console(quiet=True), today=date(2026, 11, 29))
    (seeds / "dump.txt").rename(seeds / "other.txt")
    monkeypatch.setattr(articles, "_study", _unwanted)
    shell.build(seeds, tmp_path / "docs", Console(quiet=True), today=date(2026, 11, 29))


def _unwanted(article: object) -> articles.Study | Fault:
    raise AssertionError(article)


_unwanted.__module__, _unwanted.__qualname__ = articles.__name__, "_study"


def replace_in(name: str, old: str, new: str) -> Callable[[Path], object]:
    def replacing(seeds: Path) -> None:
        text = (seeds / name).read_text(encoding="utf-8")
        assert old in text
        (seeds / name).write_text(text.replace(old, new), encoding="utf-8")

    return replacing


def write(name: str, text: str) -> Callable[[Path], object]:
    return lambda seeds: (seeds / name).write_text(text, encoding="utf-8")


def test_that_readers_know_a_title_asks_for_no_work(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    mill = ["The mill by the stream burnt down on Friday, and nobody was hurt.", "Millers mourn it."]
    for number, rest in enumerate([FOX[1:], BRIDGE[1:], mill]):
        (seeds / f"{number}.md").write_text("\n\n".join([NOTICE, *rest]), encoding="utf-8")
    work = [
        shell.build(seeds, tmp_path / "docs", Console(quiet=True), today=date(2026, 11, 29), record=True).work
        for _ in range(2)
    ]
    assert (work[1].remembered, work[1].done) == (work[0].done, 0)


NOTICE = "Subscribe to the newsletter of the harbour"
EDITS: dict[str, Callable[[Path], object]] = {
    "the first edition": lambda _: None,
    "nothing": lambda _: None,
    "an article": write("ferry.md", f"# The last ferry is sold\n\n{NOTICE}\n\nThe last of the old ferries was sold."),
    "another": write("mill.md", f"# The mill burns\n\n{NOTICE}\n\nThe mill by the stream burnt down on Friday."),
    "a third, by which a line recurs": write("quay.md", f"# A quay\n\n{NOTICE}\n\nThe quay was swept by the storm."),
    "an edited text": replace_in("mill.md", "burnt down", "was burnt to the ground"),
    "a renamed seed": lambda seeds: (seeds / "quay.md").rename(seeds / "pier.md"),
    "a sidecar": write("mill.yml", "source: The Miller\npublished: 2026-11-20\n"),
    "an alias": write("curation.yml", "aliases:\n  Ukraine: [Kyiv]\n"),
    "the settings": write("digest.yml", "title: Harbour\n"),
    "a language": write("ferry.yml", "language: de\n"),
    "a text that is gone": lambda seeds: (seeds / "pier.md").unlink(),
    "a copy": lambda seeds: (seeds / "copy.md").write_bytes((seeds / "mill.md").read_bytes()),
}


@pytest.mark.long
def test_after_any_edit_a_build_is_what_a_clean_one_is(sample: Path, tmp_path: Path) -> None:
    for number, (edit, apply) in enumerate(EDITS.items()):
        apply(sample)
        copy = shutil.copytree(sample, tmp_path / f"seeds-{number}")
        for seeds, docs, clean in ((sample, "docs", False), (copy, f"clean-{number}", True)):
            shell.build(seeds, tmp_path / docs, Console(quiet=True), today=date(2026, 11, 29), record=True, clean=clean)
        assert tree(tmp_path / "docs") == tree(tmp_path / f"clean-{number}"), edit
        assert tree(sample) == tree(copy), edit
