from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from digestgen.errors import InputError
from digestgen.writer import MANIFEST, create, generated_paths, save, write_tree


def test_writes_only_what_changes(tmp_path: Path) -> None:
    first = write_tree(tmp_path, {"a.md": "one", "topics/b.md": "two"}.items())
    assert first.written == ("a.md", "topics/b.md")
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    again = write_tree(tmp_path, {"a.md": "one", "topics/b.md": "two"}.items())
    assert (again.written, again.removed, again.unchanged) == ((), (), 2)
    assert stamps == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    changed = write_tree(tmp_path, {"a.md": "one", "topics/b.md": "2"}.items())
    assert changed.written == ("topics/b.md",)


def test_prunes_what_it_wrote_and_the_folders_left_empty(tmp_path: Path) -> None:
    (tmp_path / "about.md").write_text("by hand")
    write_tree(tmp_path, {"a.md": "one", "deep/er/b.md": "two"}.items())
    assert write_tree(tmp_path, ()).removed == ("a.md", "deep/er/b.md")
    assert [path.name for path in tmp_path.iterdir()] == ["about.md"]


def test_keeps_what_it_wrote_before_where_asked_to(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.html": "one", "b.html": "two"}.items())
    outcome = write_tree(tmp_path, {"b.html": "2", "c.html": "three"}.items(), keep=True)
    assert (outcome.written, outcome.removed) == (("b.html", "c.html"), ())
    assert generated_paths(tmp_path) == {"a.html", "b.html", "c.html"}
    assert (tmp_path / "a.html").read_text() == "one"
    (tmp_path / "a.html").write_text("edited")
    assert write_tree(tmp_path, {"c.html": "three"}.items(), keep=True).problems == (), "it is not asked for"
    assert len(write_tree(tmp_path, {"a.html": "one"}.items(), keep=True).problems) == 1
    assert (tmp_path / "a.html").read_text() == "edited"


def test_never_overwrites_a_hand_written_page(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("by hand")
    for _ in range(2):
        outcome = write_tree(tmp_path, {"a.md": "ours", "b.md": "ours"}.items())
        assert [problem.file for problem in outcome.problems] == [str(tmp_path / "a.md")]
        assert (tmp_path / "a.md").read_text() == "by hand"
        assert (tmp_path / "b.md").read_text() == "ours"
    assert generated_paths(tmp_path) == {"b.md"}


def test_never_overwrites_or_removes_a_page_that_was_edited_since(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.md": "ours"}.items())
    (tmp_path / "a.md").write_text("edited")
    for files in ({"a.md": "ours, newer"}.items(), ()):
        outcome = write_tree(tmp_path, files)
        assert len(outcome.problems) == 1
        assert (tmp_path / "a.md").read_text() == "edited"


def test_takes_over_a_file_that_already_is_what_it_would_write(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("same")
    assert write_tree(tmp_path, {"a.md": "same"}.items()).problems == ()
    assert write_tree(tmp_path, ()).removed == ("a.md",)


def test_a_build_that_was_stopped_half_way_is_not_taken_for_a_person(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.md": "old", "b.md": "old"}.items())
    broken = Path.replace
    try:
        Path.replace = _stop_at("b.md", broken)  # type: ignore[method-assign]
        with pytest.raises(InputError):
            write_tree(tmp_path, {"a.md": "new", "b.md": "new"}.items())
    finally:
        Path.replace = broken  # type: ignore[method-assign]
    assert (tmp_path / "a.md").read_text() == "new"
    assert write_tree(tmp_path, {"a.md": "newer", "b.md": "newer"}.items()).problems == ()


def test_no_page_is_touched_before_all_of_them_are_made(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.md": "old", "b.md": "old"}.items())
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}

    def breaks_off() -> Iterator[tuple[str, str]]:
        yield "a.md", "new"
        yield "c.md", "new"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_tree(tmp_path, breaks_off())
    assert before == {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    assert write_tree(tmp_path, {"a.md": "new", "b.md": "old"}.items()).written == ("a.md",)


def test_two_files_of_one_path_are_a_mistake_and_none_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"two files claim a\.md"):
        write_tree(tmp_path, [("a.md", "one"), ("b.md", "two"), ("a.md", "one")])
    assert list(tmp_path.iterdir()) == []


def test_the_manifest_knows_both_states_of_each_file_before_the_first_is_replaced(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.md": "old", "b.md": "same", "c.md": "gone"}.items())
    before = json.loads((tmp_path / MANIFEST).read_text())
    known = []
    whole = Path.replace

    def looking(self: Path, target: Path) -> Path:
        if Path(target).name != MANIFEST:
            known.append(json.loads((tmp_path / MANIFEST).read_text()))
        return whole(self, target)

    try:
        Path.replace = looking  # type: ignore[method-assign]
        write_tree(tmp_path, [("new.md", "new"), ("b.md", "same"), ("a.md", "new")])
    finally:
        Path.replace = whole  # type: ignore[method-assign]
    after = json.loads((tmp_path / MANIFEST).read_text())
    both = {"a.md": [*before["a.md"], *after["a.md"]], "b.md": before["b.md"], "c.md": before["c.md"]}
    assert known == [{**both, "new.md": after["new.md"]}] * 2


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: object, *_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("os.open", refused)
    with pytest.raises(InputError) as raised:
        write_tree(tmp_path, [("a.md", "new")])
    assert str(raised.value) == f"{tmp_path}: cannot be written: Permission denied"


def test_parts_come_to_the_same_as_the_whole(tmp_path: Path) -> None:
    files = [("a.json", ["[“one”,", "", " “two”]"]), ("b.md", "three"), ("c.json", [])]
    assert write_tree(tmp_path, files).written == ("a.json", "b.md", "c.json")
    whole = {"a.json": "[“one”, “two”]", "b.md": "three", "c.json": ""}
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in whole} == whole
    assert write_tree(tmp_path, whole.items()).unchanged == 3


def test_what_is_edited_while_pages_are_made_is_not_overwritten(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.md": "old"}.items())

    def edited_meanwhile() -> Iterator[tuple[str, str]]:
        yield "a.md", "new"
        (tmp_path / "a.md").write_text("edited")
        yield "b.md", "new"

    outcome = write_tree(tmp_path, edited_meanwhile())
    assert ([problem.file for problem in outcome.problems], outcome.written) == ([str(tmp_path / "a.md")], ("b.md",))
    assert (tmp_path / "a.md").read_text() == "edited"


def _stop_at(name: str, replace):  # noqa: ANN001, ANN202
    def stopping(self: Path, target: Path) -> Path:
        if Path(target).name == name:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    return stopping


def test_never_writes_through_a_link_out_of_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "topics").symlink_to(outside)
    (docs / "page.md").symlink_to(outside / "page.md")
    outcome = write_tree(docs, {"topics/a.md": "ours", "page.md": "ours"}.items())
    assert len(outcome.problems) == 2
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("manifest", ["{", "[]", '{"../x": ["0"]}', '{"/etc/x": ["0"]}', '{"a": 1}'])
def test_a_damaged_manifest_is_an_error_and_nothing_is_removed(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "x").write_text("precious")
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / MANIFEST).write_text(manifest)
    with pytest.raises(InputError, match="damaged"):
        write_tree(docs, ())
    assert (tmp_path / "x").exists()


def test_the_manifest_is_sorted(tmp_path: Path) -> None:
    write_tree(tmp_path, {"b.md": "", "a.md": ""}.items())
    assert list(json.loads((tmp_path / MANIFEST).read_text())) == ["a.md", "b.md"]


def test_saves_what_changed_and_keeps_the_mode(tmp_path: Path) -> None:
    place = tmp_path / "a.yml"
    assert save(place, "one\r\n")
    assert place.read_bytes() == b"one\r\n"
    place.chmod(0o640)
    stamp = place.stat().st_mtime_ns
    assert not save(place, "one\r\n")
    assert place.stat().st_mtime_ns == stamp
    assert save(place, "two")
    assert (place.read_text(), place.stat().st_mode & 0o777) == ("two", 0o640)
    assert [path.name for path in tmp_path.iterdir()] == ["a.yml"]


def test_a_save_that_fails_leaves_the_old_text_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "a.yml"
    place.write_text("old")
    whole = Path.replace
    try:
        Path.replace = _stop_at("a.yml", whole)  # type: ignore[method-assign]
        with pytest.raises(InputError, match="No space left"):
            save(place, "new")
    finally:
        Path.replace = whole  # type: ignore[method-assign]
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.yml": "old"}


def test_saves_through_no_link_and_over_no_folder(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("precious")
    folder = tmp_path / "seeds"
    (folder / "b.yml").mkdir(parents=True)
    (folder / "a.yml").symlink_to(precious)
    for name in ("a.yml", "b.yml", "nowhere/c.yml"):
        with pytest.raises(InputError):
            save(folder / name, "ours")
    (folder / "a.yml").unlink()
    (folder / ".a.yml.part").symlink_to(precious)
    assert save(folder / "a.yml", "ours")
    assert precious.read_text() == "precious"
    assert sorted(path.name for path in folder.iterdir()) == ["a.yml", "b.yml"]


class TestNewFiles:
    def test_are_made_with_the_folders_above_them(self, tmp_path: Path) -> None:
        assert create(tmp_path / "seeds" / "a.md", "one\n")
        assert [path.name for path in (tmp_path / "seeds").iterdir()] == ["a.md"]
        assert (tmp_path / "seeds" / "a.md").read_bytes() == b"one\n"

    @pytest.mark.parametrize("links", [True, False], ids=["with links", "where there are none"])
    def test_never_replace_anything(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool) -> None:
        def refused(*_: object) -> None:
            raise PermissionError

        if not links:
            monkeypatch.setattr("os.link", refused)
        assert create(tmp_path / "a.md", "mine")
        assert not create(tmp_path / "a.md", "other")
        (tmp_path / "b.md").symlink_to("nowhere")
        assert not create(tmp_path / "b.md", "other")
        assert (tmp_path / "a.md").read_text() == "mine"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md"]

    def test_that_cannot_be_written_are_named(self, tmp_path: Path) -> None:
        (tmp_path / "seeds").write_text("a file")
        with pytest.raises(InputError, match=r"a\.md: cannot be written"):
            create(tmp_path / "seeds" / "a.md", "one")
