"""A strict subset of YAML (sole importer of yaml).

The parser's events become a tree with line numbers. Anchors, aliases, tags, duplicate keys, multiple documents, deep
nesting and keys that are not plain text are errors. Every scalar keeps its written text, so ``NO`` is not false and
``12:30`` is not 750. ``Fields`` reads a mapping against its known keys and collects all problems instead of stopping at
the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn, TypeVar

import yaml

from digestgen.errors import InputError, Problem
from digestgen.field_aliases import our_name
from digestgen.fields import as_text, quoted, suggestion_or_known

DEEPEST = 6
LONGEST = 20_000_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; None if it is empty, ``~`` or ``null``."""

    text: str | None
    line: int
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    """Start and end offset in the parsed text, quotes included."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    entries: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the order written."""

    entries: dict[str, tuple[int, Node]]
    """Key → (line of the key, value)."""
    line: int


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Statement:
    """A key in a file with its value; a list gives one more for each single value in it."""

    path: tuple[str, ...]
    """The keys that lead to it, ending in its own."""
    text: str | None
    """None if it is empty, a list or a mapping."""
    line: int


_KINDS = {Scalar: "a single value", Sequence: "a list", Mapping: "a mapping (key: value)"}


def parse(text: str, file: str, *, first_line: int = 1) -> Node:
    """Parse the single document in ``text``; an empty text is an empty Mapping.

    ``file`` and ``first_line`` (the line of the file at which ``text`` starts) are for messages. Raises InputError.
    """
    if len(text) > LONGEST:
        raise InputError([Problem(file, None, f"is longer than {LONGEST:,} characters")])
    if not text.strip():  # a tab alone is no YAML
        return Mapping({}, first_line)
    builder = _Builder(file, first_line - 1)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # The parser reports what is missing at the end one line too late.
        line = None if mark is None else min(mark.line, text.rstrip().count("\n")) + first_line
        message = f"is not YAML: {error.problem or error.context}"
        raise InputError([Problem(file, line, message)]) from None
    except (yaml.YAMLError, UnicodeError) as error:
        reason = str(error).splitlines()[0]
        raise InputError([Problem(file, None, f"is not YAML: {reason}")]) from None
    return builder.root or Mapping({}, first_line)


# The C parser is ten times faster; PyYAML may have been built without it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def statements(node: Node, path: tuple[str, ...] = ()) -> Iterator[Statement]:
    """All statements of a tree, in the order written; ``path`` is where ``node`` is."""
    if isinstance(node, Mapping):
        for key, (line, value) in node.entries.items():
            yield Statement((*path, key), value.text if isinstance(value, Scalar) else None, line)
            yield from statements(value, (*path, key))
    elif isinstance(node, Sequence):
        for entry in node.entries:
            if isinstance(entry, Scalar):
                yield Statement(path, entry.text, entry.line)
            yield from statements(entry, path)


def scalar(text: str) -> str:
    """Write ``text`` as a YAML scalar on one line that ``parse`` reads back."""
    if _PLAIN.fullmatch(text) and text != "null":
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


# Safe in block and flow context, and never read as anything but text.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*")


def top_value(text: str, *path: str) -> str | None:
    """The value of a key in foreign YAML such as mkdocs.yml, which may contain tags and anchors.

    ``path`` leads to it from the top, key by key. None if there is no such key, its value is not plain text, or the
    file is not YAML.
    """
    depth, found, name, is_value = 0, 0, None, False
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
                if depth == found:
                    return None
            elif depth == found + 1 and isinstance(event, yaml.NodeEvent):
                plain = event.value if isinstance(event, yaml.ScalarEvent) and event.tag is None else None
                asked = is_value and name == path[found]
                if asked and found + 1 < len(path) and isinstance(event, yaml.MappingStartEvent):
                    found, plain, is_value = found + 1, None, True
                elif asked:
                    return plain if found + 1 == len(path) else None
                name, is_value = plain, not is_value
            if isinstance(event, yaml.CollectionStartEvent):
                if not depth and not isinstance(event, yaml.MappingStartEvent):
                    return None
                depth += 1
    except (yaml.YAMLError, UnicodeError):
        return None
    return None


class _Open:
    """A list or mapping that is still open."""

    def __init__(self, line: int, *, mapping: bool) -> None:
        self.line = line
        self.mapping = mapping
        self.key: Scalar | None = None
        self.items: list[Node] = []
        self.entries: dict[str, tuple[int, Node]] = {}

    def closed(self) -> Node:
        return Mapping(self.entries, self.line) if self.mapping else Sequence(tuple(self.items), self.line)


class _Builder:
    def __init__(self, file: str, offset: int) -> None:
        self.file = file
        self.offset = offset
        self.root: Node | None = None
        self.stack: list[_Open] = []

    def take(self, event: yaml.Event) -> None:
        line = (event.start_mark.line if event.start_mark else 0) + 1 + self.offset
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse(line, "anchors and aliases (& and *) are not used here; write the value out, or quote it")
        if getattr(event, "tag", None):
            self.refuse(line, "tags (!) are not used here; quote a text that starts with an exclamation mark")
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self.refuse(line, "a second document (---) starts here; one file holds one")
        if isinstance(event, yaml.ScalarEvent):
            plain = bool(event.implicit[0])
            text = None if plain and event.value in {"", "~", "null"} else event.value
            span = (event.start_mark.index, event.end_mark.index) if event.start_mark and event.end_mark else (0, 0)
            self.add(Scalar(text, line, span))
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self.stack) == DEEPEST:
                self.refuse(line, f"is nested more than {DEEPEST} levels deep")
            self.stack.append(_Open(line, mapping=isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.add(self.stack.pop().closed())

    def add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if not parent.mapping:
            parent.items.append(node)
        elif parent.key is None:
            if not isinstance(node, Scalar) or node.text is None:
                self.refuse(node.line, "a key must be plain text")
            parent.key = node
        else:
            key = parent.key.text or ""
            if key in parent.entries:
                self.refuse(parent.key.line, f"{key!r} appears twice (first in line {parent.entries[key][0]})")
            parent.entries[key] = (parent.key.line, node)
            parent.key = None

    def refuse(self, line: int, message: str) -> NoReturn:
        raise InputError([Problem(self.file, line, message)])


class Fields:
    """Reads a mapping key by key; its problems are collected in ``problems``."""

    def __init__(self, node: Node, file: str, known: tuple[str, ...], problems: list[Problem]) -> None:
        self.file = file
        self.line = node.line
        self.problems = problems
        self._entries: dict[str, tuple[int, Node]] = {}
        if not isinstance(node, Mapping):
            self.report(node.line, f"is {_KINDS[type(node)]} where a mapping (key: value) belongs")
            return
        self._entries = node.entries
        for key, (line, _) in node.entries.items():
            if key not in known:
                meant = our_name(key)  # letters alone would take “date” for “draft”
                self.report(
                    line,
                    f"unknown key {quoted(key)}{suggestion_or_known(meant if meant in known else key, list(known))}",
                )

    def report(self, line: int, message: str) -> None:
        """Add a problem at a line of this file."""
        self.problems.append(Problem(self.file, line, message))

    def has(self, key: str) -> bool:
        """Whether the key is present, whatever its value."""
        return key in self._entries

    def refuse_empty(self, *keys: str, asked: str = "what it is") -> None:
        """Report each of some keys that is present but empty; ``asked`` is what to write."""
        for key in keys:
            line, node = self._entries.get(key, (self.line, None))
            if isinstance(node, Scalar) and node.text is None:
                self.report(line, f"{key}: is empty; write {asked}, or remove the line")

    def line_of(self, key: str) -> int:
        """The line of a key; the mapping's own line if the key is absent."""
        return self._entries[key][0] if key in self._entries else self.line

    def value(self, key: str, read: Callable[[str], T]) -> T | None:
        """The value of a key as typed by ``read``; None if absent, empty or refused (and then reported)."""
        line, node = self._entries.get(key, (self.line, Scalar(None, self.line)))
        if not isinstance(node, Scalar):
            self.report(line, f"{key}: is {_KINDS[type(node)]} where a single value belongs")
            return None
        if node.text is None:
            return None
        try:
            return read(node.text)
        except ValueError as error:
            self.report(node.line, f"{key}: {error}")
            return None

    def entries(self, key: str) -> tuple[Node, ...] | None:
        """The entries of a list; None if the key is absent."""
        if key not in self._entries:
            return None
        line, node = self._entries[key]
        if isinstance(node, Sequence):
            return node.entries
        if not isinstance(node, Scalar) or node.text is not None:
            self.report(line, f"{key}: is {_KINDS[type(node)]} where a list belongs")
        return None

    def texts(self, key: str) -> tuple[tuple[str, int], ...]:
        """The short texts of a list, each with its line; other entries are reported and left out."""
        found = []
        for node in self.entries(key) or ():
            if not isinstance(node, Scalar):
                self.report(node.line, f"{key}: holds {_KINDS[type(node)]} where a single value belongs")
                continue
            try:
                found.append((as_text(node.text or ""), node.line))
            except ValueError as error:
                self.report(node.line, f"{key}: an entry {error}")
        return tuple(found)

    def mapping(self, key: str) -> dict[str, tuple[int, Node]]:
        """The entries of a mapping with free keys; empty if the key is absent."""
        line, node = self._entries.get(key, (self.line, Scalar(None, self.line)))
        if isinstance(node, Mapping):
            return node.entries
        if not isinstance(node, Scalar) or node.text is not None:
            self.report(line, f"{key}: is {_KINDS[type(node)]} where a mapping (key: value) belongs")
        return {}
