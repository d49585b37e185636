from __future__ import annotations

import pytest

from digestgen.errors import InputError
from digestgen.fetch.address_lists import addresses_in
from digestgen.fetch.opml import Outline, read_opml

A, B = "https://a.example/one", "http://b.example/two?x=1&y=2"
BOOKMARKS = f"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
<DL><p><DT><H3>To read</H3>
<DL><p><DT><A HREF="{A}" ADD_DATE="1">One</A>
<DT><A HREF="javascript:alert(1)">No</A><DT><A HREF="place:sort=8">No</A>
<DT><A HREF="{B.replace("&", "&amp;")}">Two</A></DL><p></DL>"""
POCKET = f"""<!DOCTYPE html>
<html>
 <!--So long--> <head>
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><title>Pocket Export</title></head>
 <body><h1>Unread</h1><ul><li><a href="{A}" time_added="1" tags="">One</a></li>
 <li><a href="{B.replace("&", "&amp;")}">Two</a></li></ul></body></html>"""
OPML = f"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News" title="News">
  <outline type="rss" text="A" xmlUrl="{A}" htmlUrl="https://a.example/"/>
</outline>
<outline type="link" text="B" url="{B.replace("&", "&amp;")}"/>
</body></opml>"""

LISTS = {
    "one a line": ("list.txt", f"# mine\n{A}\n\n  <{B}>\n{A}\n"),
    "with a byte-order mark": ("list.txt", f"\ufeff{A}\r\n{B}\r\n"),
    "bookmarks": ("bookmarks.html", BOOKMARKS),
    "Pocket's page": ("ril_export.html", POCKET),
    "Pocket's table": (
        "pocket.csv",
        f'title,url,time_added,tags,status\nOne,{A},1,,unread\n"Two, too",{B},2,,archive\n',
    ),
    "Instapaper's table": ("in.csv", f"URL,Title,Selection,Folder,Timestamp\n{A},One,,Unread,1\n{B},Two,,Unread,2\n"),
    "a table with semicolons": ("in.csv", f"Title;Link\nOne;{A}\nTwo;{B}\nshort\n"),
    "OPML": ("feeds.opml", OPML),
    "OPML by another name": ("feeds.xml", OPML),
}


@pytest.mark.parametrize(("name", "text"), LISTS.values(), ids=LISTS)
def test_a_list_of_addresses(name: str, text: str) -> None:
    assert addresses_in(text, name) == (A, B)


TEXTS = {
    "a text with an address in it": ("a.txt", f"See there:\n{A}\n"),
    "a page": ("a.html", f'<!DOCTYPE html><html><head><title>A</title></head><body><a href="{A}">x</a></body></html>'),
    "a table of texts": ("a.csv", f"url,text\n{A},The quay is open again.\n"),
    "a table without addresses": ("a.csv", "name,age\nAnna,3\n"),
    "a broken table": ("a.csv", 'url\n"\0'),
    "nothing": ("a.txt", ""),
    "a mail": ("a.eml", A),
    "a feed": ("a.xml", "<rss><channel/></rss>"),
}


@pytest.mark.parametrize(("name", "text"), TEXTS.values(), ids=TEXTS)
def test_no_list_of_addresses(name: str, text: str) -> None:
    assert not addresses_in(text, name)


def test_the_outlines_of_opml() -> None:
    first, second = read_opml(OPML, "feeds.opml")
    assert first == Outline(line=4, title="A", feed=A, page="https://a.example/")
    assert second == Outline(line=6, title="B", feed="", page=B)


BROKEN = {
    "an ampersand": ('<opml><body>\n<outline xmlUrl="http://a.example/?a&b"/></body></opml>', 2, "is not well-formed"),
    "cut off": ("<opml><body>\n", 2, "is not well-formed"),
    "something else": ("<html><body/></html>", 1, "is no OPML"),
    "an entity of a file": (
        '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><outline text="&a;"/></opml>',
        1,
        "declares entities of its own",
    ),
    "entities that grow": (
        '<!DOCTYPE opml [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><opml>&b;</opml>',
        1,
        "declares entities of its own",
    ),
    "depth": (f"<opml>{'<outline>' * 200}{'</outline>' * 200}</opml>", 1, "is nested too deeply"),
}


@pytest.mark.parametrize(("text", "line", "message"), BROKEN.values(), ids=BROKEN)
def test_opml_that_cannot_be_read(text: str, line: int, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_opml(text, "feeds.opml")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("feeds.opml", line)
    assert problem.message.startswith(message)
