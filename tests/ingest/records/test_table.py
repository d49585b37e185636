from __future__ import annotations

from datetime import date

import pytest

from digestgen.decode import decode
from digestgen.errors import InputError
from digestgen.ingest.records.table import read_table

EXPORTS = {
    "a spreadsheet": (
        "title,text,url,published,source\nGate opens,It opened.,https://e.example/a,12 November 2024,Echo\n",
        ("Gate opens", ("It opened.",), "https://e.example/a", date(2024, 11, 12), "Echo"),
    ),
    "a spreadsheet with semicolons": (
        'title;text;published\nGate opens;"It opened; at last, it did.";2024-11-12\n',
        ("Gate opens", ("It opened; at last, it did.",), None, date(2024, 11, 12), None),
    ),
    "Excel's own line": (
        "sep=;\ntitle;text\nGate opens;It opened.\n",
        ("Gate opens", ("It opened.",), None, None, None),
    ),
    "tabs": (
        'Title\tText\tDate\nGate opens\tIt opened, in "haste".\t2024-11-12\n',
        ("Gate opens", ('It opened, in "haste".',), None, date(2024, 11, 12), None),
    ),
    "a cell of several lines": (
        'title,text\nGate opens,"It opened.\n\nIt was ""late""."\n',
        ("Gate opens", ("It opened.", 'It was "late".'), None, None, None),
    ),
    "HTML in a cell": (
        'title,text\nGate &amp; quay,"<p>It opened.</p><p>It was late.</p>"\n',
        ("Gate & quay", ("It opened.", "It was late."), None, None, None),
    ),
    "Instapaper": (
        "URL,Title,Selection,Folder,Timestamp\nhttps://e.example/a,Gate opens,It opened.,Archive,1731405600\n",
        ("Gate opens", ("It opened.",), "https://e.example/a", date(2024, 11, 12), None),
    ),
    "Raindrop": (
        (
            "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
            "1,Gate opens,,It opened.,https://e.example/a,Unsorted,harbour,2024-11-12T10:00:00.000Z,,,false\n"
        ),
        ("Gate opens", ("It opened.",), "https://e.example/a", date(2024, 11, 12), None),
    ),
    "Zotero": (
        (
            '"Key","Item Type","Author","Title","Publication Title","Url","Abstract Note","Date","Extra"\n'
            '"AB","","Reed, Ann","Gate opens","Echo","https://e.example/a","It opened.","2024-11-12",""\n'
        ),
        ("Gate opens", ("It opened.",), "https://e.example/a", date(2024, 11, 12), "Echo"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), EXPORTS.values(), ids=EXPORTS)
def test_reads_the_tables_that_people_have(text: str, expected: tuple[object, ...]) -> None:
    found = read_table(text, "a.csv")
    assert not found.problems
    (draft,) = found.drafts
    assert (draft.title, draft.paragraphs, draft.url, draft.published, draft.source) == expected


def test_a_row_stands_where_it_starts() -> None:
    found = read_table('title,text\nA,"It\nrained."\n\nB,It snowed.\n', "a.csv")
    assert [draft.lines for draft in found.drafts] == [(2, 2), (5, 5)]


def test_a_byte_order_mark_is_no_part_of_a_name() -> None:
    found = read_table(decode("\ufefftitle,text\nA,It rained.\n".encode(), "a.csv").text, "a.csv")
    assert [draft.title for draft in found.drafts] == ["A"]


ADDRESSES = {
    "Pocket": "title,url,time_added,tags,status\nA,https://e.example/a,1700000000,,unread\nB,https://e.example/b,1,,archive\n",
    "Instapaper": "URL,Title,Selection,Folder,Timestamp\nhttps://e.example/a,A,,Unread,1700000000\n",
}


@pytest.mark.parametrize("text", ADDRESSES.values(), ids=ADDRESSES)
def test_a_list_of_addresses_is_a_note_with_what_to_do(text: str) -> None:
    found = read_table(text, "list.csv")
    assert (found.drafts, found.problems) == ((), ())
    (notice,) = found.notices
    assert "digestgen add list.csv" in notice.message


def test_rows_without_a_text_are_passed_over_with_one_note() -> None:
    found = read_table("title,text,url\nA,It rained.,\nB,,https://e.example/b\nC,,\n", "a.csv")
    assert [draft.title for draft in found.drafts] == ["A"]
    (notice,) = found.notices
    assert (notice.line, notice.message[:6]) == (3, "2 rows")


def test_a_row_may_withhold_itself() -> None:
    found = read_table("title,text,draft\nA,It rained.,true\nB,It snowed.,\nC,It hailed.,perhaps\n", "a.csv")
    assert [draft.directive and draft.directive.show for draft in found.drafts] == [False, None]
    assert [problem.line for problem in found.problems] == [4]


REFUSED = {
    "no names of columns": ("1,2\n3,4\n", 1, "names the columns"),
    "nothing but names": ("title,text\n", 1, "no rows"),
    "a quotation mark that stays open": ('title,text\nA,It rained.\nB,"It never\nends\nC,x\n', 3, "never closed"),
    "one that stays open at the top": ('"title,text\nA,It rained.\n', 1, "never closed"),
    "nothing": ("", 1, "names the columns"),
    "a cell of ten million letters": ('title,text\nA,"' + "x\n" * 5_000_000 + '"\n', 2, "never closed"),
}


@pytest.mark.parametrize(("text", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_says_what_is_wrong_and_where(text: str, line: int, message: str) -> None:
    (problem,) = read_table(text, "a.csv").problems
    assert (problem.file, problem.line) == ("a.csv", line)
    assert message in problem.message


def test_rows_before_an_open_quotation_mark_are_read() -> None:
    assert [draft.title for draft in read_table('title,text\nA,It rained.\nB,"It', "a.csv").drafts] == ["A"]


def test_a_table_in_utf_16_is_refused() -> None:
    with pytest.raises(InputError, match="UTF-16"):
        decode("title,text\nA,B\n".encode("utf-16"), "a.csv")


def test_a_long_table_is_read_whole() -> None:
    text = "title,text\n" + "".join(f"Gate {n} opens,It opened {n} times.\n" for n in range(20_000))
    assert len(read_table(text, "a.csv").drafts) == 20_000
