"""Reader for Markdown: front matter, level-1 headings, and the text without markup (sole importer of markdown-it)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from digestgen.errors import Problem
from digestgen.field_aliases import our_name
from digestgen.fields import quoted
from digestgen.ingest.diagnostics import Diagnostics
from digestgen.ingest.draft import Draft, ParsedSeed, paragraphs_of
from digestgen.ingest.html.fragments import paragraphs_of_html
from digestgen.ingest.markdown.dialects import (
    ConcealmentFilter,
    callout_kind,
    is_private,
    plain_markup,
    without_callout_mark,
)
from digestgen.ingest.markdown.front_matter import (
    FrontMatter,
    FrontMatterFormat,
    read_front_matter,
    unfenced_front_matter,
)
from digestgen.ingest.records.directives import decides_visibility
from digestgen.ingest.records.visibility_flags import may_withhold, stray_setting
from digestgen.language.text import clean_line

_KEYS = ("title", "source", "url", "published", "language", "publish", "draft")
_FENCE = re.compile(r"-{3,}[ \t]*")
_CLOSING = re.compile(r"(?:-{3,}|\.\.\.)[ \t]*")
_KEY_LINE = re.compile(rf"(?:{'|'.join(_KEYS)})[ \t]*:(?:[ \t].*)?")
_ANY_KEY_LINE = re.compile(r"""["']?([\w-]{1,40})["']?[ \t]*:(?:[ \t]+(.*))?""")
_TOML_FENCE = re.compile(r"\+{3,}[ \t]*")
_TOML_LINE = re.compile(r"[\w.\"'-]{1,40}[ \t]*=.*|\[.*\][ \t]*")
_LONGEST_HEAD = 200
"""Lines in which the end of front matter is searched for."""
_LONGEST_INLINE = 20_000
"""Longest paragraph whose inline markup is parsed; inline parsing is not linear on hostile input."""
_SPACED = {"softbreak", "hardbreak"}
_TEXTUAL = {"text", "code_inline", "text_special"}


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the file with its own front matter, or the whole file."""

    first: int
    """1-based line at which it starts, front matter included."""
    head: FrontMatter | None
    """Its front matter."""
    body: int
    """1-based line at which its Markdown starts."""
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Block:
    """A block as plain text; empty for a thematic break. ``level`` is 1 for a ``# `` heading."""

    line: int
    last: int
    text: str
    level: int | None = None
    stray: tuple[int, str] | None = None
    """Number and text of a line in it that should have been front matter."""


def read_markdown(text: str, file: str) -> ParsedSeed:
    """Read the articles of a ``.md`` seed.

    A file is one article, with three exceptions: each further block of front matter starts another; in a part without a
    title in its front matter, each of several ``# `` headings does; and if there is no such heading, each ``---`` does.
    A part whose front matter may withhold it but cannot be read is left out; so is the whole file if front matter
    cannot be told from text.
    """
    lines = text.split("\n")
    diagnostics = Diagnostics(file)
    drafts: list[Draft] = []
    opening = next((index for index, line in enumerate(lines) if line.strip("\ufeff \t")), 0)
    if unclosed := _unclosed(lines, opening, file):
        return ParsedSeed((), (unclosed,))
    for part in _parts(lines, opening):
        concealed = ConcealmentFilter()
        pieces = list(_blocks(part.lines, part.body, concealed))
        if stray := next((piece.stray for piece in pieces if piece.stray), None):
            return ParsedSeed((), (*diagnostics.problems, _misplaced(file, *stray)))
        drafts += _read_part(part, pieces, diagnostics)
        if concealed.open_since is not None:  # what would be the next part may stand in it
            message = (
                f"{quoted(concealed.opening)} hides the text from here on and is never closed; all below is left out"
            )
            diagnostics.note(concealed.open_since, message)
            break
    return diagnostics.result(drafts)


def _unclosed(lines: Sequence[str], opening: int, file: str) -> Problem | None:
    """The problem if the file starts with front matter that is never closed."""
    first = lines[opening].lstrip("\ufeff")
    run = _run(lines, opening)
    if _TOML_FENCE.fullmatch(first) and any(_TOML_LINE.fullmatch(line) for line in run):
        if _toml_closing(lines, opening) is not None:
            return None
        message = (
            f"starts front matter that is not closed within the next {_LONGEST_HEAD} lines; put a line +++ below it"
        )
    elif _FENCE.fullmatch(first) and any(_ANY_KEY_LINE.fullmatch(line) for line in run):
        if _closing(lines, opening) is not None:
            return None
        message = (
            f"starts front matter that is not closed within the next {_LONGEST_HEAD} lines; put a line --- below it"
        )
    else:
        return None
    return Problem(file, opening + 1, f"{message}. The file is left out until this is fixed")


def _misplaced(file: str, line: int, word: str) -> Problem:
    message = (
        f"{quoted(word)} is in the text, where it has no effect; move it into front matter, between two lines --- "
        "with an empty line above. The file is left out until this is fixed"
    )
    return Problem(file, line, message)


def _parts(lines: Sequence[str], opening: int) -> Iterator[_Part]:
    starts: list[tuple[int, int, FrontMatter]] = []
    """Index of the first line, index of the first text line, front matter."""
    if first := _front_matter_at_start(lines, opening):
        starts.append((opening, *first))
    index = starts[0][1] if starts else 0
    while index < len(lines) - 2:
        if _FENCE.fullmatch(lines[index]) and not lines[index - 1].strip() and _opens_part(lines, index):
            closing = _closing(lines, index)
            if closing is not None:
                starts.append((index, closing + 1, _yaml_head(lines, index, closing)))
                index = closing
        index += 1
    if not starts or starts[0][0] > opening:
        end = starts[0][0] if starts else len(lines)
        yield _Part(1, None, 1, lines[:end])
    ends = [*(start for start, _, _ in starts), len(lines)][1:]
    for (start, body, head), end in zip(starts, ends, strict=True):
        yield _Part(start + 1, head, body + 1, lines[body:end])


def _front_matter_at_start(lines: Sequence[str], opening: int) -> tuple[int, FrontMatter] | None:
    """The front matter at the start of a file, after the index of its first text line."""
    first = lines[opening].lstrip("\ufeff")
    if _TOML_FENCE.fullmatch(first):
        closing = _toml_closing(lines, opening)
        if closing is None:
            return None
        return closing + 1, FrontMatter(FrontMatterFormat.TOML, opening + 2, "\n".join(lines[opening + 1 : closing]))
    if _FENCE.fullmatch(first):
        plausible = opening == 0 or any(_ANY_KEY_LINE.fullmatch(line) for line in _run(lines, opening))
        closing = _closing(lines, opening) if plausible else None
        return None if closing is None else (closing + 1, _yaml_head(lines, opening, closing))
    found = unfenced_front_matter(lines, opening)
    return None if found is None else (found[1], found[0])


def _yaml_head(lines: Sequence[str], opening: int, closing: int) -> FrontMatter:
    return FrontMatter(FrontMatterFormat.YAML, opening + 2, "\n".join(lines[opening + 1 : closing]))


def _toml_closing(lines: Sequence[str], opening: int) -> int | None:
    """The closing fence of TOML; None if the fenced text is not TOML."""
    if not any(_TOML_LINE.fullmatch(line) for line in _run(lines, opening)):
        return None
    end = min(len(lines), opening + _LONGEST_HEAD)
    return next((index for index in range(opening + 1, end) if _TOML_FENCE.fullmatch(lines[index])), None)


def _closing(lines: Sequence[str], opening: int) -> int | None:
    for index in range(opening + 1, min(len(lines), opening + _LONGEST_HEAD)):
        if _CLOSING.fullmatch(lines[index]):
            return index
    return None


def _opens_part(lines: Sequence[str], fence: int) -> bool:
    """Whether a fence inside the file opens front matter: known keys follow."""
    if _KEY_LINE.fullmatch(lines[fence + 1]):
        return True
    run = list(_run(lines, fence))
    keys = [_ANY_KEY_LINE.fullmatch(line) for line in run[:-1]]
    if not keys or keys[0] is None or not _CLOSING.fullmatch(run[-1]):
        return False
    return any(key and (our_name(key[1]) or decides_visibility(key[1]) or may_withhold(key[1], key[2])) for key in keys)


def _run(lines: Sequence[str], fence: int) -> Iterator[str]:
    """The lines below a fence, from the first with content to the next empty line or closing fence."""
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


def _read_part(part: _Part, pieces: Sequence[_Block], diagnostics: Diagnostics) -> Iterator[Draft]:
    known = Draft(paragraphs=(), lines=(1, 1), confidence=1.0)
    if part.head is not None:
        front_matter = read_front_matter(part.head, diagnostics)
        if front_matter is None:
            diagnostics.problem(part.first, "the text from here on is left out until its front matter is fixed")
            return
        known = front_matter
    groups = _grouped(pieces, titled=known.title is not None)
    if not groups and known.title is not None:
        groups = [[]]
    if not groups and part.head is not None:
        diagnostics.note(part.first, "has front matter, but no text")
    for number, group in enumerate(groups):
        title = known.title
        first = part.first if number == 0 else group[0].line
        heading = _heading(group, title)
        if heading is not None:
            title = group[heading].text
            group = [*group[:heading], *group[heading + 1 :]] or group  # noqa: PLW2901 - the title may be all there is
        yield replace(
            known,
            paragraphs=paragraphs_of(piece.text for piece in group),
            lines=(first, max([first, *(piece.last for piece in group)])),
            title=title,
        )


def _heading(group: Sequence[_Block], title: str | None) -> int | None:
    """The index of an article's title: its only level-1 heading, or ``title`` repeated at the start."""
    headings = [index for index, piece in enumerate(group) if piece.level == 1]
    if title is None:
        return headings[0] if len(headings) == 1 or headings[:1] == [0] else None
    return 0 if headings[:1] == [0] and group[0].text == title else None


def _grouped(pieces: Sequence[_Block], *, titled: bool) -> list[list[_Block]]:
    headings = sum(piece.level == 1 for piece in pieces)
    by_heading = not titled and headings > 1
    by_break = not titled and headings == 0
    groups: list[list[_Block]] = [[]]
    for piece in pieces:
        if (by_heading and piece.level == 1) or (by_break and not piece.text):
            groups.append([])
        if piece.text:
            groups[-1].append(piece)
    return [group for group in groups if group]


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


@dataclass(frozen=True, slots=True)
class _VisibleToken:
    """A block token with something visible."""

    token: Token
    content: str
    """Its content without comments and other concealed text."""
    place: tuple[int, int]
    """First and last line."""
    quotes: bool
    """Whether it is the first in a block quote."""


def _visible_tokens(
    lines: Sequence[str], first_line: int, concealed: ConcealmentFilter, references: dict[str, object]
) -> Iterator[_VisibleToken]:
    """The tokens of a text in order, without those of private callouts."""
    parser = MarkdownIt("commonmark").enable("table").disable("inline")
    tokens = parser.parse("\n".join(lines), references)
    place = (first_line, first_line)
    private = 0
    """Depth of block quotes from the outermost private callout."""
    for index, token in enumerate(tokens):
        if token.map is not None:
            place = (token.map[0] + first_line, token.map[1] + first_line - 1)
        if token.type == "blockquote_open":
            private += bool(private or is_private(_callout(tokens, index) or ""))
        elif token.type == "blockquote_close":
            private -= bool(private)
        content = concealed.visible(token.content, place[0]) if token.type in {"inline", "html_block"} else ""
        if not private:
            quotes = index >= 2 and tokens[index - 2].type == "blockquote_open"
            yield _VisibleToken(token, content, place, quotes)


def _blocks(lines: Sequence[str], first_line: int, concealed: ConcealmentFilter) -> Iterator[_Block]:
    """The blocks as plain text, without code, comments and private parts; a table row is one piece."""
    cells: list[str] | None = None
    level: int | None = None
    references: dict[str, object] = {}
    for shown in _visible_tokens(lines, first_line, concealed, references):
        token = shown.token
        match token.type:
            case "heading_open" | "heading_close":
                level = 1 if token.markup in {"#", "="} and token.nesting == 1 else None
            case "tr_open":
                cells = []
            case "tr_close":
                if row := "; ".join(filter(None, cells or ())):  # an empty one would read as a break
                    yield _Block(*shown.place, row)
                cells = None
            case "inline" if cells is not None:
                cells.append(_plain(shown.content, references))
            case "inline" | "html_block":
                stray = stray_setting(token.content.split("\n"), shown.place[0])
                texts = _block_texts(shown, references) or [""] * bool(stray)
                yield from (_Block(*shown.place, text, level, stray) for text in texts)
            case "hr" if concealed.open_since is None:
                yield _Block(*shown.place, "")


def _block_texts(shown: _VisibleToken, references: dict[str, object]) -> Sequence[str]:
    if shown.token.type == "html_block":
        return paragraphs_of_html(shown.content)
    return paragraphs_of([_plain(_without_mark(shown.content, quotes=shown.quotes), references)])


def _callout(tokens: Sequence[Token], quotation: int) -> str | None:
    """The kind of callout that a block quote is; None for a plain quote."""
    first = tokens[quotation + 1 : quotation + 3]
    return callout_kind(first[1].content) if len(first) == 2 and first[1].type == "inline" else None


def _without_mark(content: str, *, quotes: bool) -> str:
    """A paragraph without its callout or admonition mark; empty if that marks it private."""
    if not quotes and not content.startswith(("!!!", "???")):
        return content
    return "" if is_private(callout_kind(content) or "") else without_callout_mark(content)


def _plain(markup: str, references: dict[str, object]) -> str:
    markup = plain_markup(markup)
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
