"""YAML snippets for the review page that fit ``curation.yml`` as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from digestgen.publish.markdown import Markdown, code_block
from digestgen.strict_yaml import Statement, scalar

RULINGS = "curation.yml"
MOST = 50
"""Cases shown per kind; beyond that, the page gives the number."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Cases of one kind that may need a decision."""

    total: int
    shown: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Lines to paste, and where they belong."""

    file: str
    code: Markdown
    below: tuple[str, ...] = ()
    """Existing keys above the insertion point; empty for the end of the file."""
    line: int = 0
    """Line of the last of these keys."""
    by_hand: bool = False
    """Whether that line uses flow style (brackets), so that nothing can be added below it."""


class CurationFile:
    """The statements of ``curation.yml``, for making snippets that fit it."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._line: dict[tuple[str, ...], int] = {}
        self._in_brackets: set[tuple[str, ...]] = set()
        self._texts: defaultdict[str, set[str]] = defaultdict(set)
        for path, text, line in ((statement.path, statement.text, statement.line) for statement in statements):
            # The entries of a list have the path of the list.
            above = path if path in self._line else path[:-1]
            if self._line.get(above) == line:
                self._in_brackets.add(above)
            self._line.setdefault(path, line)
            if text is not None:
                self._texts[path[-1]] |= {text, text.casefold()}

    def says(self, *path: str) -> bool:
        """Whether the file has this key."""
        return path in self._line

    def keys(self, *path: str) -> frozenset[str]:
        """Keys directly below this one."""
        return frozenset(each[-1] for each in self._line if each[:-1] == path)

    def mentions(self, slug: str, *keys: str) -> bool:
        """Whether any of these keys, at any place, has this text as its value or list item."""
        return any(slug in self._texts[key] for key in keys)

    def paste(self, path: tuple[str, ...], *leaves: str) -> Snippet:
        """Make the lines that add ``leaves`` below ``path``, without keys that exist already."""
        known = next(length for length in range(len(path), -1, -1) if not length or path[:length] in self._line)
        rows = [f"{'  ' * depth}{yaml_text(key)}:" for depth, key in enumerate(path)][known:]
        rows += [f"{'  ' * len(path)}{leaf}" for leaf in leaves]
        return Snippet(
            file=RULINGS,
            code=code_block("\n".join(rows), depth=1),
            below=path[:known],
            line=self._line.get(path[:known], 0),
            by_hand=path[:known] in self._in_brackets,
        )


def yaml_text(text: str) -> str:
    """Write a text as a YAML scalar that can be shown as code."""
    # A scalar with < or & is always quoted, so escape codes work in it.
    return scalar(text).replace("<", "\\u003c").replace("&", "\\u0026")
