"""Read the sidecar of a seed: its metadata, and how it splits into articles."""

from __future__ import annotations

import re

from digestgen import fields, strict_yaml
from digestgen.errors import InputError, Problem
from digestgen.model import Sidecar, SplitLine

_KEYS = ("source", "url", "published", "language", "publish", "draft", "publish_on", "lines", "articles")
_ARTICLE_KEYS = ("line", "begins", "title", "url", "published", "source", "skip", "publish_on")
_SPLIT_HEADER = re.compile(r"^\s*# How .+ splits into articles\b", re.MULTILINE)
"""Comment that ``split`` writes above the list of articles."""


def read_sidecar(text: str, name: str) -> Sidecar:
    """Parse a sidecar; raises InputError with all problems.

    ``name`` is its file name, for messages.
    """
    problems: list[Problem] = []
    top = strict_yaml.Fields(strict_yaml.parse(text, name), name, _KEYS, problems)
    top.refuse_empty("publish", "draft", "publish_on")
    nodes = top.entries("articles")
    sidecar = Sidecar(
        name=name,
        source=top.value("source", fields.as_text),
        url=top.value("url", fields.as_url),
        published=top.value("published", fields.as_date),
        language=top.value("language", fields.as_language),
        publish=top.value("publish", fields.as_publish),
        draft=top.value("draft", fields.as_flag),
        publish_on=top.value("publish_on", fields.as_publication_day),
        lines=top.value("lines", fields.as_line_number),
        articles=None if nodes is None else _split_lines(nodes, name, problems),
        key_lines={key: top.line_of(key) for key in _KEYS if top.has(key)},
    )
    if problems:
        raise InputError(problems)
    return sidecar


def missing(sidecar: Sidecar, text: str) -> tuple[Problem, ...]:
    """Problems of a sidecar that is evidently incomplete: a split that is announced but missing or empty."""
    at = sidecar.key_lines
    line: int | None = None
    if not text.strip():
        message = "is empty; delete it or restore it"
    elif "articles" in at and not sidecar.articles:
        line, message = at["articles"], "articles: lists nothing; restore the list, or remove the line"
    elif "lines" in at and sidecar.lines is None:
        line, message = at["lines"], "lines: is empty; restore the number, or remove the line"
    elif sidecar.articles:
        return ()
    elif "lines" in at:
        line, message = at["lines"], "lines: stands without articles: below it; restore the list, or remove the line"
    elif header := _SPLIT_HEADER.search(text):
        line = text.count("\n", 0, header.end()) + 1
        message = "says that the seed was split, but no articles are listed; restore the list, or remove this comment"
    elif not at:
        message = "says nothing; delete it or restore it"
    else:
        return ()
    return (Problem(sidecar.name, line, message),)


def withholds(sidecar: Sidecar) -> bool:
    """Whether a sidecar withholds any part of its seed."""
    parts = sidecar.articles or ()
    return bool(sidecar.draft or sidecar.publish_on or any(part.skip or part.publish_on for part in parts))


def _split_lines(nodes: tuple[strict_yaml.Node, ...], name: str, problems: list[Problem]) -> tuple[SplitLine, ...]:
    split: list[SplitLine] = []
    for node in nodes:
        entry = strict_yaml.Fields(node, name, _ARTICLE_KEYS, problems)
        entry.refuse_empty(*_ARTICLE_KEYS)
        line = entry.value("line", fields.as_line_number)
        if line is None and isinstance(node, strict_yaml.Mapping) and not entry.has("line"):
            entry.report(entry.line, "an article needs its line:, the line of the seed at which it starts")
        if line is not None and split and line <= split[-1].line:
            entry.report(entry.line_of("line"), f"line {line} does not come after line {split[-1].line} before it")
        split.append(
            SplitLine(
                line=line or 0,
                begins=entry.value("begins", fields.as_text),
                title=entry.value("title", fields.as_text),
                url=entry.value("url", fields.as_url),
                published=entry.value("published", fields.as_date),
                source=entry.value("source", fields.as_text),
                skip=entry.value("skip", fields.as_flag),
                publish_on=entry.value("publish_on", fields.as_publication_day),
                at=entry.line_of("line"),
            )
        )
    return tuple(split)
