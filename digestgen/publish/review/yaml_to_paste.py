"""What a case on the review page comes with: lines of YAML to paste, right for ``curation.yml`` as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from digestgen.publish.markdown import Markdown, code_block
from digestgen.strict_yaml import Statement, scalar

RULINGS = "curation.yml"
MOST = 50
"""Cases shown of one kind; of more, the page gives the number."""


@dataclass(frozen=True, slots=True)
class Cases:
    """What may need a decision, of one kind."""

    total: int
    shown: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paste:
    """Lines to paste, and where they belong."""

    file: str
    code: Markdown
    below: tuple[str, ...] = ()
    """The keys that the file has already, which lead to the line that this belongs under; none: at its end."""
    line: int = 0
    """Where the last of them stands."""
    by_hand: bool = False
    """Whether that line holds all its entries in brackets, so that nothing can be put under it."""


class Desk:
    """What ``curation.yml`` says, and lines that fit it."""

    def __init__(self, said: Sequence[Statement]) -> None:
        self._line: dict[tuple[str, ...], int] = {}
        self._in_brackets: set[tuple[str, ...]] = set()
        self._texts: defaultdict[str, set[str]] = defaultdict(set)
        for path, text, line in ((statement.path, statement.text, statement.line) for statement in said):
            # A list's entries come with the path of the list itself.
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
        """The keys that the file has right under this one."""
        return frozenset(each[-1] for each in self._line if each[:-1] == path)

    def mentions(self, slug: str, *keys: str) -> bool:
        """Whether one of these keys, wherever it stands, has this text as its value or in its list."""
        return any(slug in self._texts[key] for key in keys)

    def paste(self, path: tuple[str, ...], *leaves: str) -> Paste:
        """The lines that put ``leaves`` under the keys of ``path``, without those that are there."""
        known = next(length for length in range(len(path), -1, -1) if not length or path[:length] in self._line)
        rows = [f"{'  ' * depth}{yaml_text(key)}:" for depth, key in enumerate(path)][known:]
        rows += [f"{'  ' * len(path)}{leaf}" for leaf in leaves]
        return Paste(
            file=RULINGS,
            code=code_block("\n".join(rows), depth=1),
            below=path[:known],
            line=self._line.get(path[:known], 0),
            by_hand=path[:known] in self._in_brackets,
        )


def yaml_text(text: str) -> str:
    """A text as it is written in YAML and can be shown as code."""
    # Both are never plain, so that they stand in quotation marks, where a code means the character.
    return scalar(text).replace("<", "\\u003c").replace("&", "\\u0026")
