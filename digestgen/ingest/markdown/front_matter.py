"""Front matter: YAML, TOML, JSON, Pelican's header lines, Pandoc's title block.

Front matter that cannot be read may say that the text is a draft, so the text is left out. Only titles and other
one-line texts that are not valid YAML are read literally: many tools write them without quotes.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from digestgen import strict_yaml
from digestgen.errors import InputError
from digestgen.field_aliases import is_unused, our_name
from digestgen.fields import quoted
from digestgen.ingest.diagnostics import Diagnostics
from digestgen.ingest.draft import Draft
from digestgen.ingest.records.directives import Syntax, UnclearError, decides_visibility
from digestgen.ingest.records.record import Number, read_record

_LONGEST = 100_000
"""Characters."""
_HEADER_LINE = re.compile(r"([A-Za-z][\w -]{0,39}):(?:[ \t]+(.*))?")
_CONTINUED = re.compile(r"[ \t]+\S")
_TITLE_BLOCK = ("title", "author", "date")
"""The lines of Pandoc's title block, in order."""
_MOST_LINES = 200
_ONE_LINE = re.compile(r"([A-Za-z][\w -]{0,39}?)([ \t]*:[ \t]+)(\S.*?)[ \t]*")
_TEXTS = frozenset({"title", "source", "author", "url", "text"})
"""One-line text fields, which are read even if they are not valid YAML."""
_MAY_DECIDE = re.compile(
    r"\b(?:draft|publish(?:ed|[_-]?on)?|hidden?|hide|skip|private|unlisted|status|visibility)\b[\"']?[ \t]*[:=]",
    re.IGNORECASE,
)
_TOML_LINE = re.compile(r"at line ([0-9]+)")


class FrontMatterFormat(StrEnum):
    """The syntax of front matter."""

    YAML = "YAML"
    TOML = "TOML"
    JSON = "JSON"
    HEADER = "header lines"
    TITLE_BLOCK = "title block"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter as it stands in a file."""

    form: FrontMatterFormat
    line: int
    """1-based line at which its text starts."""
    text: str


def unfenced_front_matter(lines: Sequence[str], opening: int) -> tuple[FrontMatter, int] | None:
    """Unfenced front matter that starts at a line, and the index of the line after it; None if it is text.

    It is a JSON object, a Pelican header with at least two known keys, or a Pandoc title block.
    """
    first = lines[opening].lstrip("\ufeff")
    if first.startswith("{"):
        return _json_at(lines, opening)
    if first.startswith("% "):
        return _title_block_at(lines, opening)
    end = opening
    known = 0
    for end in range(opening, min(len(lines), opening + _MOST_LINES)):
        line = lines[end].lstrip("\ufeff") if end == opening else lines[end]
        if not line.strip():
            break
        key = _HEADER_LINE.fullmatch(line)
        if key is None and not (end > opening and _CONTINUED.match(line)):
            return None
        is_known = key is not None and (
            our_name(key[1]) not in {None, "text"} or is_unused(key[1]) or decides_visibility(key[1])
        )
        if end == opening and not is_known:
            return None
        known += is_known
    else:
        end += 1
    if known < 2:
        return None
    return FrontMatter(FrontMatterFormat.HEADER, opening + 1, "\n".join(lines[opening:end]).lstrip("\ufeff")), end


def _json_at(lines: Sequence[str], opening: int) -> tuple[FrontMatter, int] | None:
    """A JSON object that spans whole lines and is followed by an empty line or the end of the file."""
    for end in range(opening, min(len(lines), opening + _MOST_LINES)):
        if not lines[end].rstrip().endswith("}") or (end + 1 < len(lines) and lines[end + 1].strip()):
            continue
        text = "\n".join(lines[opening : end + 1]).lstrip("\ufeff")
        if len(text) > _LONGEST:
            return None
        try:
            if isinstance(json.loads(text), dict):
                return FrontMatter(FrontMatterFormat.JSON, opening + 1, text), end + 1
        except (ValueError, RecursionError):
            continue
    return None


def _title_block_at(lines: Sequence[str], opening: int) -> tuple[FrontMatter, int]:
    end = opening
    while end < len(lines) and end - opening < len(_TITLE_BLOCK) and lines[end].lstrip("\ufeff").startswith("%"):
        end += 1
    return FrontMatter(FrontMatterFormat.TITLE_BLOCK, opening + 1, "\n".join(lines[opening:end]).lstrip("\ufeff")), end


@dataclass(frozen=True, slots=True)
class _Fields:
    """The values of front matter and the line of each key."""

    values: Mapping[str, object]
    line_of: Callable[[str], int | None]
    syntax: Syntax


def read_front_matter(head: FrontMatter, diagnostics: Diagnostics) -> Draft | None:
    """Parse front matter; None, with a problem recorded, if it is unreadable and may withhold the text."""
    try:
        fields = _READERS[head.form](head, diagnostics)
        return read_record(
            fields.values, diagnostics, syntax=fields.syntax, lines=(1, 1), line_of=fields.line_of, body=True
        )
    except InputError as error:
        for problem in error.problems:
            diagnostics.problem(problem.line, problem.message)
    except UnclearError as error:
        diagnostics.problem(error.line, str(error))
    return None


def _refused(head: FrontMatter, line: int | None, message: str) -> UnclearError:
    return UnclearError(head.line if line is None else line, message)


def _yaml(head: FrontMatter, diagnostics: Diagnostics) -> _Fields:
    try:
        node = strict_yaml.parse(head.text, diagnostics.file, first_line=head.line)
        if isinstance(node, strict_yaml.Mapping) and not _has_accidental_collection(node):
            return _fields(node)
    except InputError:
        node = None
    text, quoted_lines = _with_quoted_texts(head.text)
    if quoted_lines or node is None:
        node = strict_yaml.parse(text, diagnostics.file, first_line=head.line)
    if not isinstance(node, strict_yaml.Mapping):
        message = "front matter is not a mapping; write lines such as “title: …” between the two ---"
        raise _refused(head, node.line, message)
    for index, (key, value) in quoted_lines.items():
        message = f"{key}: is no YAML as it stands, and is read as {quoted(value)}; put it in quotation marks"
        diagnostics.note(head.line + index, message)
    return _fields(node)


def _has_accidental_collection(node: strict_yaml.Mapping) -> bool:
    """Whether a title is a list or mapping by accident: ``title: [Draft]``."""
    return any(
        our_name(key) == "title" and not isinstance(value, strict_yaml.Scalar)
        for key, (_, value) in node.entries.items()
    )


def _fields(node: strict_yaml.Mapping) -> _Fields:
    lines = {key: line for key, (line, _) in node.entries.items()}
    return _Fields({key: _plain(value) for key, (_, value) in node.entries.items()}, lines.get, Syntax.YAML)


def _plain(node: strict_yaml.Node) -> object:
    match node:
        case strict_yaml.Scalar(text=text):
            return text
        case strict_yaml.Sequence(entries=entries):
            return [_plain(each) for each in entries]
        case strict_yaml.Mapping(entries=entries):
            return {key: _plain(value) for key, (_, value) in entries.items()}


def _with_quoted_texts(text: str) -> tuple[str, dict[int, tuple[str, str]]]:
    """Quote the known one-line texts that are not valid YAML; also return line index → key and value."""
    lines = text.split("\n")
    changed: dict[int, tuple[str, str]] = {}
    for index, line in enumerate(lines):
        found = _ONE_LINE.fullmatch(line)
        if found is None or (index + 1 < len(lines) and _CONTINUED.match(lines[index + 1])):
            continue
        key, colon, value = found.groups()
        if (
            our_name(key) not in _TEXTS
            or decides_visibility(key)
            or _MAY_DECIDE.search(value)
            or not any(map(str.isalnum, value))
        ):
            continue
        if not _is_text(line):
            changed[index] = key, value
            lines[index] = f"{key}{colon}{strict_yaml.scalar(value)}"
    return "\n".join(lines), changed


def _is_text(line: str) -> bool:
    try:
        node = strict_yaml.parse(line, "")
    except InputError:
        return False
    return isinstance(node, strict_yaml.Mapping) and all(
        isinstance(value, strict_yaml.Scalar) for _, value in node.entries.values()
    )


def _toml(head: FrontMatter, _: Diagnostics) -> _Fields:
    if len(head.text) > _LONGEST:
        raise _refused(head, None, f"front matter is longer than {_LONGEST:,} characters")
    try:
        found = tomllib.loads(head.text)
    except tomllib.TOMLDecodeError as error:
        at = _TOML_LINE.search(str(error))
        line = head.line + int(at[1]) - 1 if at else None
        raise _refused(head, line, f"is not TOML: {str(error).partition(' (at ')[0]}") from None
    except (RecursionError, ValueError):
        raise _refused(head, None, "is not TOML that can be read") from None
    taxonomies = found.pop("taxonomies", None)
    values = {**(taxonomies if isinstance(taxonomies, dict) else {}), **found}
    return _Fields({key: _typed(value) for key, value in values.items()}, _line_finder(head, r"[ \t]*="), Syntax.JSON)


def _typed(value: object) -> object:
    """A TOML or JSON value in the types that ``read_record`` takes."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, int | float):
        return Number(value) if not isinstance(value, int) or value.bit_length() < 100 else None
    if isinstance(value, list):
        return [_typed(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _typed(each) for key, each in value.items()}
    return value


def _json(head: FrontMatter, _: Diagnostics) -> _Fields:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(pairs)) < len(pairs):
            raise _refused(head, None, "front matter holds a key twice")
        return dict(pairs)

    found = json.loads(head.text, parse_int=Number, parse_float=Number, parse_constant=Number, object_pairs_hook=once)
    return _Fields(found, _line_finder(head, r"[ \t]*:"), Syntax.JSON)


def _line_finder(head: FrontMatter, sign: str) -> Callable[[str], int | None]:
    def line_of(key: str) -> int:
        found = re.search(rf"(?m)(?:^|[{{,])[ \t]*[\"']?{re.escape(key)}[\"']?{sign}", head.text)
        return head.line + (head.text.count("\n", 0, found.end()) if found else 0)

    return line_of


def _header(head: FrontMatter, _: Diagnostics) -> _Fields:
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    last = ""
    for index, line in enumerate(head.text.split("\n")):
        found = _HEADER_LINE.fullmatch(line)
        if found is None:
            values[last] = f"{values[last]} {line.strip()}"
            continue
        last = found[1]
        if last in values:
            raise _refused(head, head.line + index, f"{last!r} appears twice (first in line {lines[last]})")
        values[last], lines[last] = (found[2] or "").strip() or None, head.line + index
    return _Fields(values, lines.get, Syntax.YAML)


def _title_block(head: FrontMatter, _: Diagnostics) -> _Fields:
    said = [line.lstrip("%").strip() for line in head.text.split("\n")]
    values = {key: text for key, text in zip(_TITLE_BLOCK, said, strict=False) if text}
    return _Fields(values, lambda key: head.line + _TITLE_BLOCK.index(key), Syntax.TABLE)


_READERS: Mapping[FrontMatterFormat, Callable[[FrontMatter, Diagnostics], _Fields]] = {
    FrontMatterFormat.YAML: _yaml,
    FrontMatterFormat.TOML: _toml,
    FrontMatterFormat.JSON: _json,
    FrontMatterFormat.HEADER: _header,
    FrontMatterFormat.TITLE_BLOCK: _title_block,
}
