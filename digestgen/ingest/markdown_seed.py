"""Markdown seeds: front matter, level-1 headings, and the text without its markup (sole importer of markdown-it)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from digestgen.errors import InputError, Problem
from digestgen.fields import as_date, as_flag, as_language, as_publish, as_text, as_url, quoted
from digestgen.ingest.draft import Draft, Found, paragraphs_of
from digestgen.ingest.html_text import paragraphs_of_html
from digestgen.ingest.withheld import decisive, drafted, may_withhold, published, stray_word
from digestgen.strict_yaml import Fields, Mapping, Scalar, parse
from digestgen.text import clean_line

_KEYS = ("title", "source", "url", "published", "language", "publish", "draft")
_FENCE = re.compile(r"-{3,}[ \t]*")
_CLOSING = re.compile(r"(?:-{3,}|\.\.\.)[ \t]*")
_KEY_LINE = re.compile(rf"(?:{'|'.join(_KEYS)})[ \t]*:(?:[ \t].*)?")
_ANY_KEY_LINE = re.compile(r"""["']?([\w-]{1,40})["']?[ \t]*:(?:[ \t]+(.*))?""")
_TOML_FENCE = re.compile(r"\+{3,}[ \t]*")
_TOML_LINE = re.compile(r"[\w.\"'-]{1,40}[ \t]*=.*|\[.*\][ \t]*")
_LONGEST_HEAD = 200
"""Lines of front matter that are looked through for its end."""
_LONGEST_INLINE = 20_000
"""Characters of a paragraph whose markup is still read; inline parsing is not linear on hostile input."""
_SPACED = {"softbreak", "hardbreak"}
_TEXTUAL = {"text", "code_inline", "text_special"}


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the file with front matter of its own, or the whole file."""

    first: int
    """1-based line at which it starts, front matter included."""
    head: tuple[int, str] | None
    """First line and text of its front matter."""
    body: int
    """1-based line at which its Markdown starts."""
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block of plain text, empty for a thematic break; level 1 for a ``# `` heading."""

    line: int
    last: int
    text: str
    level: int | None = None
    stray: tuple[int, str] | None = None
    """A line in it that should have been front matter, and its number."""


def read_markdown(text: str, file: str) -> Found:
    """The articles of a ``.md`` seed, and what is wrong with its front matter.

    A file is one article, but each further block of front matter starts another; in a part that has no title in
    front matter, each of several ``# `` headings does; and where there is no such heading either, each ``---`` does.
    A part whose front matter may withhold it, but cannot be read, is left out; so is the whole file where it cannot be
    told for certain what is front matter and what is text.
    """
    lines = text.split("\n")
    problems: list[Problem] = []
    drafts: list[Draft] = []
    opening = next((index for index, line in enumerate(lines) if line.strip("\ufeff \t")), 0)
    if unclosed := _unclosed(lines, opening, file):
        return Found((), (unclosed,))
    for part in _parts(lines, opening):
        pieces = list(_pieces(part.lines, part.body))
        if stray := next((piece.stray for piece in pieces if piece.stray), None):
            return Found((), (*problems, _misplaced(file, *stray)))
        drafts += _read_part(part, pieces, file, problems)
    return Found(drafts, problems)


def _unclosed(lines: Sequence[str], opening: int, file: str) -> Problem | None:
    """What is wrong where the file starts with front matter that does not end, or is none that is read."""
    first = lines[opening].lstrip("\ufeff")
    run = _run(lines, opening)
    if _TOML_FENCE.fullmatch(first) and any(_TOML_LINE.fullmatch(line) for line in run):
        message = "is TOML; write front matter as YAML (key: value) between two lines ---"
    elif _FENCE.fullmatch(first) and any(_ANY_KEY_LINE.fullmatch(line) for line in run):
        if _closing(lines, opening) is not None:
            return None
        message = f"starts front matter that has no end in the next {_LONGEST_HEAD} lines; put a line --- below it"
    else:
        return None
    return Problem(file, opening + 1, f"{message}. The file is left out until then")


def _misplaced(file: str, line: int, word: str) -> Problem:
    message = (
        f"{quoted(word)} stands among the text, where it is not read; put it into front matter, between two lines --- "
        "with an empty line above. The file is left out until then"
    )
    return Problem(file, line, message)


def _parts(lines: Sequence[str], opening: int) -> Iterator[_Part]:
    starts: list[tuple[int, int]] = []
    first_lines = _run(lines, opening)
    told = opening == 0 or any(_ANY_KEY_LINE.fullmatch(line) for line in first_lines)
    if told and _FENCE.fullmatch(lines[opening].lstrip("\ufeff")):
        closing = _closing(lines, opening)
        if closing is not None:
            starts.append((opening, closing))
    index = starts[0][1] + 1 if starts else 0
    while index < len(lines) - 2:
        if _FENCE.fullmatch(lines[index]) and not lines[index - 1].strip() and _opens_part(lines, index):
            closing = _closing(lines, index)
            if closing is not None:
                starts.append((index, closing))
                index = closing
        index += 1
    if not starts or starts[0][0] > opening:
        end = starts[0][0] if starts else len(lines)
        yield _Part(1, None, 1, lines[:end])
    ends = [*(start for start, _ in starts), len(lines)][1:]
    for (start, closing), end in zip(starts, ends, strict=True):
        head = "\n".join(lines[start + 1 : closing])
        yield _Part(start + 1, (start + 2, head), closing + 2, lines[closing + 1 : end])


def _closing(lines: Sequence[str], opening: int) -> int | None:
    for index in range(opening + 1, min(len(lines), opening + _LONGEST_HEAD)):
        if _CLOSING.fullmatch(lines[index]):
            return index
    return None


def _opens_part(lines: Sequence[str], fence: int) -> bool:
    """Whether a fence inside the file opens front matter: what follows is a known key, or keys with a known one."""
    if _KEY_LINE.fullmatch(lines[fence + 1]):
        return True
    run = list(_run(lines, fence))
    keys = [_ANY_KEY_LINE.fullmatch(line) for line in run[:-1]]
    if not keys or keys[0] is None or not _CLOSING.fullmatch(run[-1]):
        return False
    return any(key and (key[1] in _KEYS or may_withhold(key[1], key[2])) for key in keys)


def _run(lines: Sequence[str], fence: int) -> Iterator[str]:
    """The lines below a fence: from the first that says something to the next that is empty, or closes."""
    started = False
    for line in lines[fence + 1 : fence + _LONGEST_HEAD]:
        if line.strip():
            started = started or not line.startswith("#")
            if started:
                yield line
            if _CLOSING.fullmatch(line):
                return
        elif started:
            return


def _read_part(part: _Part, pieces: Sequence[_Piece], file: str, problems: list[Problem]) -> Iterator[Draft]:
    known = _front_matter(part.head, file, problems)
    if known is None:
        message = "what starts here is left out until its front matter is mended"
        problems.append(Problem(file, part.first, message))
        return
    groups = _grouped(pieces, titled=known.title is not None)
    if not groups and known.title is not None:
        groups = [[]]
    if not groups and part.head is not None:
        problems.append(Problem(file, part.first, "has front matter, but no text"))
    for number, group in enumerate(groups):
        title = known.title
        first = part.first if number == 0 else group[0].line
        if group and group[0].level == 1 and title in {None, group[0].text}:
            title = group[0].text
            group = group[1:] or group  # noqa: PLW2901 - the heading is the title, unless it is all there is
        yield Draft(
            paragraphs=paragraphs_of(piece.text for piece in group),
            lines=(first, max([first, *(piece.last for piece in group)])),
            confidence=1.0,
            title=title,
            source=known.source,
            url=known.url,
            published=known.published,
            language=known.language,
            publish=known.publish,
            directive=known.directive,
        )


def _front_matter(head: tuple[int, str] | None, file: str, problems: list[Problem]) -> Draft | None:
    """What front matter says of a part; None where it may withhold it, but cannot be read."""
    empty = Draft(paragraphs=(), lines=(1, 1), confidence=1.0)
    if head is None:
        return empty
    line, text = head
    try:
        node = parse(text, file, first_line=line)
    except InputError as error:
        problems.extend(error.problems)
        return None
    if not isinstance(node, Mapping):
        message = "front matter is not a mapping; write lines such as “title: …” between the two ---"
        problems.append(Problem(file, node.line, message))
        return None
    fields = Fields(node, file, _KEYS, problems)
    before = len(problems)
    fields.refuse_empty("draft", "published")
    draft, day = fields.value("draft", as_flag), fields.value("published", _as_published)
    publish = fields.value("publish", as_publish)
    unknown = {key: value for key, (_, value) in node.entries.items() if key not in _KEYS}
    if len(problems) > before or any(
        may_withhold(key, value.text if isinstance(value, Scalar) else None) for key, value in unknown.items()
    ):
        return None
    return Draft(
        paragraphs=(),
        lines=(1, 1),
        confidence=1.0,
        title=fields.value("title", as_text),
        source=fields.value("source", as_text),
        url=fields.value("url", as_url),
        published=None if isinstance(day, bool) else day,
        language=fields.value("language", as_language),
        publish=publish,
        directive=decisive(
            (
                drafted(draft, file, fields.line_of("draft")),
                published(day, file, fields.line_of("published")),
            )
        ),
    )


def _as_published(value: str) -> date | bool:
    """A date, or ``true`` or ``false`` as in Jekyll: whether the article is out."""
    if value in {"true", "false"}:
        return value == "true"
    try:
        return as_date(value)
    except ValueError as error:
        raise ValueError(f"{error}, and neither true nor false") from None


def _grouped(pieces: Sequence[_Piece], *, titled: bool) -> list[list[_Piece]]:
    headings = sum(piece.level == 1 for piece in pieces)
    by_heading = not titled and headings > 1
    by_break = not titled and headings == 0
    groups: list[list[_Piece]] = [[]]
    for piece in pieces:
        if (by_heading and piece.level == 1) or (by_break and not piece.text):
            groups.append([])
        if piece.text:
            groups[-1].append(piece)
    return [group for group in groups if group]


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _pieces(lines: Sequence[str], first_line: int) -> Iterator[_Piece]:
    """The blocks as plain text; code and comments are left out, a table row is one piece."""
    blocks_only = MarkdownIt("commonmark").enable("table").disable("inline")
    cells: list[str] | None = None
    place = (first_line, first_line)
    level: int | None = None
    references: dict[str, object] = {}
    for token in blocks_only.parse("\n".join(lines), references):
        if token.map is not None:
            place = (token.map[0] + first_line, token.map[1] + first_line - 1)
        match token.type:
            case "heading_open" | "heading_close":
                level = 1 if token.markup in {"#", "="} and token.nesting == 1 else None
            case "tr_open":
                cells = []
            case "tr_close":
                yield _Piece(*place, "; ".join(filter(None, cells or ())))
                cells = None
            case "inline" if cells is not None:
                cells.append(_plain(token.content, references))
            case _:
                stray = stray_word(token.content.split("\n"), place[0])
                yield from (_Piece(*place, text, level, stray) for text in _block_texts(token, references))


def _block_texts(token: Token, references: dict[str, object]) -> Sequence[str]:
    """What a token gives to read; a thematic break gives one empty text."""
    if token.type == "inline":
        return paragraphs_of([_plain(token.content, references)])
    if token.type == "html_block":
        return paragraphs_of_html(token.content)
    return [""] if token.type == "hr" else []


def _plain(markup: str, references: dict[str, object]) -> str:
    if len(markup) > _LONGEST_INLINE:
        return clean_line(markup)
    return clean_line("".join(_texts(_parser().parseInline(markup, references))))


def _texts(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in _TEXTUAL:
            yield token.content
        elif token.type in _SPACED:
            yield " "
        elif token.type == "inline":
            yield from _texts(token.children or ())
