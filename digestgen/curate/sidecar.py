"""The sidecar of a seed: what the curator knows of it, and how it splits."""

from __future__ import annotations

from digestgen import fields, strict_yaml
from digestgen.errors import InputError, Problem
from digestgen.model import Sidecar, SplitLine

_KEYS = ("source", "url", "published", "language", "publish", "lines", "articles")
_ARTICLE_KEYS = ("line", "begins", "title", "url", "published", "source", "skip")


def read_sidecar(text: str, name: str) -> Sidecar:
    """The sidecar in ``text``; raises InputError with everything that is wrong with it.

    ``name`` is the sidecar's file name, for messages.
    """
    problems: list[Problem] = []
    top = strict_yaml.Fields(strict_yaml.parse(text, name), name, _KEYS, problems)
    nodes = top.entries("articles")
    sidecar = Sidecar(
        name=name,
        source=top.value("source", fields.as_text),
        url=top.value("url", fields.as_url),
        published=top.value("published", fields.as_date),
        language=top.value("language", fields.as_language),
        publish=top.value("publish", fields.as_publish),
        lines=top.value("lines", fields.as_line_number),
        articles=None if nodes is None else _split_lines(nodes, name, problems),
        key_lines={key: top.line_of(key) for key in _KEYS if top.has(key)},
    )
    if problems:
        raise InputError(problems)
    return sidecar


def _split_lines(nodes: tuple[strict_yaml.Node, ...], name: str, problems: list[Problem]) -> tuple[SplitLine, ...]:
    split: list[SplitLine] = []
    for node in nodes:
        entry = strict_yaml.Fields(node, name, _ARTICLE_KEYS, problems)
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
                skip=entry.value("skip", fields.as_flag) or False,
                at=entry.line_of("line"),
            )
        )
    return tuple(split)
