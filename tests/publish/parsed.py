"""Pages of a digest, taken apart as a browser does."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html.parser import HTMLParser

import markdown as python_markdown
import yaml


def parts(page: str) -> tuple[dict[str, object], str]:
    """Front matter and body of a page."""
    _, head, body = page.split("---\n", 2)
    return yaml.safe_load(head), body


class Page(HTMLParser):
    """Tags, links, anchors and text of a page, as the site shows it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.attributes: set[str] = set()
        self.classes: set[str] = set()
        self.headings: list[int] = []
        self.text = ""
        self.names: list[tuple[str, str]] = []
        self.meta, body = parts(text)
        self.feed(python_markdown.markdown(body, extensions=["attr_list", "toc"]))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.anchors += [value or "" for name, value in attrs if name == "id"]
        given = dict(attrs)
        self.classes |= set((given.get("class") or "").split())
        self.names += [(given.get("aria-label") or "", given["href"] or "")] if tag == "a" else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(pages: Mapping[str, str]) -> dict[str, Page]:
    return {path: Page(text) for path, text in pages.items()}


def broken(pages: Mapping[str, Page]) -> list[tuple[str, str]]:
    """Links inside the site that lead nowhere."""
    return [
        (path, link)
        for path, page in pages.items()
        for link in page.links
        if not link.startswith(("http://", "https://")) and not leads(pages, path, link)
    ]


def target(path: str, link: str) -> str:
    page = link.partition("#")[0]
    if page.endswith("/"):  # in our own HTML it is an address of the site, not of a page
        page = page[:-1] + ".md"
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), page)) if page else path


def leads(pages: Mapping[str, Page], path: str, link: str) -> bool:
    page, anchor = pages.get(target(path, link)), link.partition("#")[2]
    return page is not None and (not anchor or anchor in page.anchors)
