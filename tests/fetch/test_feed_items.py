"""Feed items as JSON lines: stable ids, mergeable lines, curator's edits kept."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.files.settings import FeedSettings
from digestgen.errors import Problem
from digestgen.fetch.feed_items import FeedItem, feed_items, item_line
from digestgen.fetch.feed_list import FollowedFeed
from digestgen.fetch.item_files import ItemAction, ItemFiles
from digestgen.ingest.draft import Draft, paragraphs_of
from digestgen.ingest.read import Defaults, draft_seed, read_seed
from digestgen.model import Publish, Seed

TODAY = date(2026, 11, 28)
GAZETTE = FollowedFeed(
    name="gazette", title="Harbour Gazette", url="https://gazette.example/feed", line=3, settings=FeedSettings()
)
QUAY = Draft(
    paragraphs=("The quay is open again.", "It cost two million."),
    lines=(1, 1),
    confidence=1.0,
    guid="https://gazette.example/?p=7",
    title="Quay reopens",
    source="gazette.example - news",
    url="https://gazette.example/quay",
    published=date(2026, 11, 12),
    language="en",
    hints=("harbour", "money"),
)
CRANE = replace(QUAY, guid="https://gazette.example/?p=8", title="Crane sold", url="https://gazette.example/crane")


def item(draft: Draft, feed: FollowedFeed = GAZETTE) -> FeedItem:
    (found,) = feed_items([draft], feed)
    return found


def pulled(
    texts: dict[str, str], *drafts: Draft, feed: FollowedFeed = GAZETTE
) -> tuple[dict[str, str], list[ItemAction]]:
    """The files after pulling some items, and the action for each."""
    files = ItemFiles(texts, TODAY)
    fates = [files.put(one, feed.name) for one in feed_items(drafts, feed)]
    return {**texts, **files.changed()}, fates


def test_a_line() -> None:
    (files, fates) = pulled({}, QUAY)
    ((name, text),) = files.items()
    assert (name, fates) == ("gazette-2026-11.jsonl", [ItemAction.NEW])
    said = json.loads(text)
    assert list(said) == ["id", "published", "title", "source", "url", "language", "tags", "text", "pulled"]
    assert said["text"] == "The quay is open again.\nIt cost two million."
    reading = read_seed(Seed(name=name, text=text), Defaults(language=None, publish=Publish.SUMMARY))
    assert (reading.problems, reading.notices) == ((), ())
    (article,) = reading.articles
    assert (article.id, article.title, article.source) == (said["id"], "Quay reopens", "Harbour Gazette")
    assert (article.url, article.published) == ("https://gazette.example/quay", date(2026, 11, 12))
    assert article.paragraphs == QUAY.paragraphs
    assert article.hints == ("harbour", "money")


def test_an_item_without_a_date_goes_to_the_month_in_which_it_was_first_seen() -> None:
    files, _ = pulled({}, replace(QUAY, published=None))
    assert list(files) == ["gazette-2026-11.jsonl"]
    assert "published" not in json.loads(files["gazette-2026-11.jsonl"])


@pytest.mark.parametrize(
    ("paragraphs", "kept"),
    [
        pytest.param(("a" * 149_999, "b", "c"), ("a" * 149_999, "b"), id="too many"),
        pytest.param(("a" * 2_000_000,), ("a" * 150_000,), id="a giant"),
    ],
)
def test_a_text_that_no_line_could_hold_is_cut(paragraphs: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert item(replace(QUAY, paragraphs=paragraphs)).paragraphs == kept


class TestIds:
    @pytest.mark.parametrize(
        "edited",
        [
            pytest.param(replace(QUAY, title="Quay reopens at last"), id="title"),
            pytest.param(replace(QUAY, paragraphs=("Other text.",)), id="text"),
            pytest.param(replace(QUAY, url="https://gazette.example/quay-at-last"), id="address"),
            pytest.param(replace(QUAY, published=date(2026, 12, 1)), id="date"),
            pytest.param(replace(QUAY, guid="http://www.gazette.example/?p=7"), id="the site moved to https"),
        ],
    )
    def test_outlast_an_edit(self, edited: Draft) -> None:
        assert item(edited).id == item(QUAY).id

    def test_of_names_that_every_feed_uses_are_the_feed_s_own(self) -> None:
        other = replace(GAZETTE, url="https://other.example/feed")
        assert item(replace(QUAY, guid="7")).id != item(replace(QUAY, guid="7"), other).id
        assert item(QUAY).id == item(QUAY, other).id

    def test_are_the_address_s_where_the_feed_gives_none(self) -> None:
        bare = replace(QUAY, guid=None)
        assert item(bare).id == item(replace(bare, title="x", url="http://www.gazette.example/quay?utm_source=rss")).id

    def test_of_a_feed_that_calls_everything_the_same(self) -> None:
        both = feed_items([replace(QUAY, guid="0"), replace(CRANE, guid="0")], GAZETTE)
        assert len({one.id for one in both}) == 2

    def test_are_written_once(self) -> None:
        assert len(feed_items([QUAY, QUAY], GAZETTE)) == 1


class TestKeywords:
    @pytest.mark.parametrize(
        ("take", "leave", "taken"),
        [
            pytest.param((), (), True, id="nothing said"),
            pytest.param(("quay",), (), True, id="in the title"),
            pytest.param(("two million",), (), True, id="two words in the text"),
            pytest.param(("HARBOUR",), (), True, id="a tag, in capitals"),
            pytest.param(("mill",), (), False, id="a piece of a word"),
            pytest.param(("storm", "quay"), (), True, id="one of two"),
            pytest.param(("storm",), (), False, id="none"),
            pytest.param((), ("money",), False, id="left"),
            pytest.param(("quay",), ("money",), False, id="taken and left"),
            pytest.param((), ("storm",), True, id="not left"),
        ],
    )
    def test_take_and_leave(self, take: tuple[str, ...], leave: tuple[str, ...], *, taken: bool) -> None:
        feed = replace(GAZETTE, settings=FeedSettings(take=take, leave=leave))
        assert bool(feed_items([QUAY], feed)) is taken

    def test_part_of_a_hashtag_counts(self) -> None:
        feed = replace(GAZETTE, settings=FeedSettings(take=("ferry strike",)))
        assert feed_items([replace(QUAY, paragraphs=("Seen at #the_ferry_strike today.",))], feed)


class TestMerging:
    def test_the_same_again_changes_nothing(self) -> None:
        files, _ = pulled({}, QUAY, CRANE)
        again, fates = pulled(files, CRANE, QUAY)
        assert (again, fates) == (files, [ItemAction.SAME, ItemAction.SAME])

    def test_an_edit_updates_its_line(self) -> None:
        files, _ = pulled({}, QUAY, CRANE)
        again, fates = pulled(files, replace(QUAY, title="Quay reopens at last", published=date(2026, 12, 1)))
        assert fates == [ItemAction.UPDATED]
        assert list(again) == ["gazette-2026-11.jsonl"]
        titles = [json.loads(line)["title"] for line in again["gazette-2026-11.jsonl"].splitlines()]
        assert titles == ["Crane sold", "Quay reopens at last"]

    def test_what_vanishes_from_the_feed_stays(self) -> None:
        files, _ = pulled({}, QUAY)
        again, _ = pulled(files, CRANE)
        assert files["gazette-2026-11.jsonl"].strip() in again["gazette-2026-11.jsonl"]

    def test_lines_are_sorted_by_date_and_id(self) -> None:
        undated = replace(CRANE, guid="tag:9", published=None)
        files, _ = pulled({}, QUAY, replace(CRANE, published=date(2026, 11, 2)), undated)
        days = [json.loads(line).get("published") for line in files["gazette-2026-11.jsonl"].splitlines()]
        assert days == [None, "2026-11-02", "2026-11-12"]

    def test_what_the_curator_wrote_beside_it_stays_through_an_edit(self) -> None:
        files, _ = pulled({}, QUAY)
        name, text = next(iter(files.items()))
        hidden = {name: text.replace('"pulled"', '"draft": true, "pulled"')}
        again, fates = pulled(hidden, replace(QUAY, title="Quay reopens at last"))
        assert fates == [ItemAction.UPDATED]
        said = json.loads(again[name])
        assert (said["draft"], said["title"]) == (True, "Quay reopens at last")

    def test_what_the_curator_changed_is_the_curator_s(self) -> None:
        files, _ = pulled({}, QUAY)
        name, text = next(iter(files.items()))
        mine = {name: text.replace("Quay reopens", "The quay, open")}
        assert pulled(mine, QUAY) == (mine, [ItemAction.SAME])
        assert pulled(mine, replace(QUAY, title="Quay reopens at last")) == (mine, [ItemAction.EDITED])

    def test_a_line_without_our_mark_is_the_curator_s(self) -> None:
        mine = {"gazette-2026-11.jsonl": json.dumps({"id": item(QUAY).id, "text": "Mine."}) + "\n"}
        assert pulled(mine, QUAY) == (mine, [ItemAction.EDITED])

    def test_lines_without_an_id_stay(self) -> None:
        mine = '{"text": "A note of mine."}\n'
        files, _ = pulled({"gazette-2026-11.jsonl": mine}, QUAY)
        assert files["gazette-2026-11.jsonl"].startswith(mine)

    def test_what_two_feeds_have_stands_once_and_is_the_first_s(self) -> None:
        files, _ = pulled({}, QUAY)
        world = replace(GAZETTE, name="gazette-world", title="World")
        assert pulled(files, replace(QUAY, title="Elsewhere"), feed=world) == (files, [ItemAction.SAME])

    def test_a_line_that_both_sides_of_a_merge_brought_stands_once(self) -> None:
        files, _ = pulled({}, QUAY)
        name, text = next(iter(files.items()))
        again, fates = pulled({name: text + text}, QUAY)
        assert (again, fates) == (files, [ItemAction.SAME])


BROKEN = {
    "no JSON": "{\n",
    "a conflict": "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> b\n",
    "no object": "[]\n",
    "one id for two things": '{"id": "a", "text": "one"}\n{"id": "a", "text": "two"}\n',
}


class TestFilesThatCannotBeRead:
    @pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
    def test_are_left_alone(self, text: str) -> None:
        name = "gazette-2026-11.jsonl"
        files, fates = pulled({name: text}, QUAY, replace(CRANE, published=date(2026, 10, 1)))
        assert fates == [ItemAction.HELD_BACK, ItemAction.NEW]
        assert files[name] == text
        (problem,) = ItemFiles({name: text}, TODAY).problems
        assert problem.message.endswith("the file is left alone until this is fixed")

    def test_hold_back_what_they_may_have(self) -> None:
        files, _ = pulled({}, QUAY)
        broken = {"gazette-2026-11.jsonl": files["gazette-2026-11.jsonl"] + "{\n"}
        assert pulled(broken, replace(QUAY, published=date(2026, 12, 1))) == (broken, [ItemAction.HELD_BACK])

    def test_be_they_no_text_at_all(self) -> None:
        files = ItemFiles({}, TODAY, [Problem("gazette-2026-11.jsonl", 1, "is not UTF-8")])
        assert files.put(item(QUAY), "gazette") is ItemAction.HELD_BACK


TEXTS = st.lists(
    st.text(max_size=30) | st.sampled_from(["a < b", "<p>", "<b>x</b>", "&amp; &lt;b&gt;", "a\tb", "&#42;"])
)


@given(TEXTS, st.text(max_size=20))
def test_a_line_is_one_line_and_reads_as_what_it_is_made_of(texts: list[str], title: str) -> None:
    paragraphs = paragraphs_of(texts)
    made = replace(item(QUAY), paragraphs=paragraphs, title=" ".join(paragraphs_of([title])) or "Quay")
    line = item_line(made)
    assert "\n" not in line
    said = json.loads(line)
    assert said["title"] == made.title
    if not any("&" in paragraph for paragraph in paragraphs):  # what is escaped may be so twice, as feeds do
        (draft,) = draft_seed(Seed(name="a.jsonl", text=line), Defaults(language=None, publish=Publish.SUMMARY)).drafts
        assert draft.paragraphs == paragraphs


def test_two_branches_that_pulled_at_different_times_merge(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@a.example", *words], cwd=tmp_path, check=True)

    def commit(*drafts: Draft) -> None:
        path = tmp_path / "gazette-2026-11.jsonl"
        before = {path.name: path.read_text(encoding="utf-8")} if path.exists() else {}
        path.write_text(pulled(before, *drafts)[0][path.name], encoding="utf-8")
        git("add", ".")
        git("commit", "-qm", "Pull")

    day = [replace(QUAY, guid=f"tag:{n}", title=f"Day {n}", published=date(2026, 11, n)) for n in range(1, 10)]
    git("init", "-q", "-b", "main")
    (tmp_path / ".gitattributes").write_text("*.jsonl merge=union\n", encoding="utf-8")
    commit(*day[:3])
    git("switch", "-qc", "other")
    commit(*day[3:6])
    git("switch", "-q", "main")
    commit(*day[3:5], *day[6:])
    git("merge", "-q", "-m", "Merge", "other")
    path = tmp_path / "gazette-2026-11.jsonl"
    text = path.read_text(encoding="utf-8")
    merged, fates = pulled({path.name: text}, *day)
    assert fates == [ItemAction.SAME] * 9
    assert [json.loads(line)["title"] for line in merged[path.name].splitlines()] == [f"Day {n}" for n in range(1, 10)]
