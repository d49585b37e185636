"""Edit the split in the text of a sidecar: add one, or adapt it to a changed seed.

Everything the curator wrote is kept byte for byte; only line numbers and first words are replaced in place. The result
is parsed again and must mean what was intended.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from digestgen import strict_yaml
from digestgen.curate.files.sidecar import read_sidecar
from digestgen.errors import InputError, Problem
from digestgen.model import SURE, ProposedStart, Sidecar, SplitLine

_DASH = re.compile(r"\s*-(?:\s|$)")
# A suggested start or a removed entry, as comments; these lines belong to the entry above them.
_COMMENTED = re.compile(r"\s*# (?:gone:|- |  \S)")
_HEADER = """\
# How {seed} splits into articles. What stands here counts; correct it, and it stays so:
# delete an entry to join it to the one before, or add one (line: is enough) to part an article;
# skip: true leaves an article out. Take the # from a title to keep it: it is made from the text,
# and may change. The number behind a line is how sure its start is; 1 is certain.
"""

_Edit = tuple[int, int, str]
"""Start and end offset of the replaced text, and its replacement."""


def with_split(text: str, name: str, seed: str, proposed: Sequence[ProposedStart], lines: int) -> str:
    """Add ``lines:`` and ``articles:`` to a sidecar, which may be empty.

    ``name`` and ``seed`` are the file names of sidecar and seed. Raises InputError if the sidecar cannot be parsed or
    edited.
    """
    before = read_sidecar(text, name)
    root = strict_yaml.parse(text, name)
    known = root.entries if isinstance(root, strict_yaml.Mapping) else {}
    edits: list[_Edit] = []
    head = _HEADER.format(seed=seed)
    if "lines" in known:
        edits.append(_number(known["lines"][1], lines))
    else:
        head += f"lines: {lines}\n"
    entries = "".join(_entry(start, "  ") for start in proposed)
    if "articles" in known:
        # The key exists, with nothing below it.
        rows = _Rows(text)
        row, nothing = known["articles"][0] - 1, _span(known["articles"][1])
        above, below = rows.starts[row], rows.starts[row + 1]
        edits += [(above, above, head), (*nothing, ""), (below, below, _on_new_line(text, below, entries))]
    else:
        gap = "\n" if text.strip() else ""
        edits.append((len(text), len(text), _on_new_line(text, len(text), f"{gap}{head}articles:\n{entries}")))
    expected = [_split_line(start) for start in proposed if start.chosen]
    return _verified(_edited(text, edits), name, replace(before, lines=lines, articles=tuple(expected)))


def carry_over_split(
    text: str,
    name: str,
    kept: Sequence[SplitLine | None],
    unseen: Sequence[ProposedStart],
    lines: int,
) -> str:
    """Adapt the split in a sidecar to the current seed.

    ``kept`` are the entries of ``articles:`` in order, with current lines and first words, or None for those to be
    commented out; ``unseen`` are starts to be added (as suggestions if they are not chosen). Raises InputError if the
    sidecar cannot be parsed or edited.
    """
    before = read_sidecar(text, name)
    root = strict_yaml.parse(text, name)
    listed = root.entries["articles"][1] if isinstance(root, strict_yaml.Mapping) and before.articles else root
    if not (isinstance(root, strict_yaml.Mapping) and isinstance(listed, strict_yaml.Sequence) and before.articles):
        raise InputError([Problem(name, None, "lists no articles")])
    nodes = [node for node in listed.entries if isinstance(node, strict_yaml.Mapping)]
    edits = [_number(root.entries["lines"][1], lines)] if before.lines not in {None, lines} else []
    for node, was, entry in zip(nodes, before.articles, kept, strict=True):
        if entry is not None and entry.line != was.line:
            edits.append(_number(node.entries["line"][1], entry.line))
        if entry is not None and entry.begins and entry.begins != was.begins:
            edits.append((*_span(node.entries["begins"][1]), strict_yaml.scalar(entry.begins)))
    if unseen or None in kept:
        edits += _added_and_removed(text, root, nodes, kept, unseen)
    expected = [entry for entry in kept if entry] + [_split_line(start) for start in unseen if start.chosen]
    expected.sort(key=lambda entry: entry.line)
    counted = lines if before.lines else None
    return _verified(_edited(text, edits), name, replace(before, lines=counted, articles=tuple(expected)))


def _added_and_removed(
    text: str,
    root: strict_yaml.Mapping,
    nodes: Sequence[strict_yaml.Mapping],
    kept: Sequence[SplitLine | None],
    unseen: Sequence[ProposedStart],
) -> list[_Edit]:
    """Edits that comment out removed entries and add new ones."""
    rows = _Rows(text)
    key_row = root.entries["articles"][0] - 1
    firsts: list[int] = []
    lasts = [key_row]
    for node in nodes:
        # An entry without a dash of its own looks like part of its neighbours; verification will fail.
        above = range(node.line - 1, lasts[-1], -1)
        firsts.append(next((row for row in above if _DASH.match(rows.texts[row])), node.line - 1))
        lasts.append(max(_last_row(rows, node), firsts[-1]))
    indents = [len(_indent(rows.texts[row])) for row in firsts]
    edits: list[_Edit] = []
    for node_at, entry in enumerate(kept):
        if entry is None:
            first, last = firsts[node_at], lasts[node_at + 1]
            indent = rows.texts[first][: indents[node_at]]
            edits.append((rows.starts[first], rows.starts[first], f"{indent}# gone: this start is not found again\n"))
            for row in range(first, last + 1):
                if rows.texts[row].strip():
                    at = rows.starts[row] + min(indents[node_at], len(_indent(rows.texts[row])))
                    edits.append((at, at, "# "))
    places = [(entry.line, at) for at, entry in enumerate(kept) if entry]
    following = [*(at for _, at in places), len(kept)]
    for at, starts in groupby(unseen, key=lambda start: following[bisect_right(places, (start.line, 0))]):
        row = lasts[at]
        while at and row + 1 < len(rows.texts) and _COMMENTED.match(rows.texts[row + 1]):
            row += 1
        end = rows.starts[row] + len(rows.texts[row])
        edits.append(
            (end, end, _on_new_line(text, end, "".join(_entry(start, " " * indents[0], "new, ") for start in starts)))
        )
    return edits


class _Rows:
    """Lines of a text, as YAML counts them; other line breaks known to Python do not occur in YAML."""

    def __init__(self, text: str) -> None:
        self.texts = text.splitlines(keepends=True)
        self.starts = [0, *accumulate(map(len, self.texts))]

    def of(self, offset: int) -> int:
        """Row that contains the character at an offset."""
        return bisect_right(self.starts, offset) - 1


def _last_row(rows: _Rows, node: strict_yaml.Mapping) -> int:
    ends = [_span(value)[1] for _, value in node.entries.values()]
    return max([line - 1 for line, _ in node.entries.values()] + [rows.of(end - 1) for end in ends])


def _entry(start: ProposedStart, indent: str, mark: str = "") -> str:
    """YAML entry of a start, commented out if it is not chosen."""
    sure = f"{start.confidence:g}"
    asked = "does an article start here?"
    if not start.chosen:
        mark = f"not chosen ({sure}): {asked}"
    elif start.confidence < SURE:
        mark += f"doubtful ({sure}): {asked}"
    else:
        mark += sure
    rows = [f"- line: {start.line}  # {mark}"]
    if start.title is not None:
        rows.append(f"  {'' if start.titled else '# '}title: {strict_yaml.scalar(start.title)}")
    rows.append(f"  begins: {strict_yaml.scalar(start.begins)}")
    return "".join(f"{indent}{'' if start.chosen else '# '}{row}\n" for row in rows)


def _split_line(start: ProposedStart) -> SplitLine:
    return SplitLine(line=start.line, begins=start.begins, title=start.title if start.titled else None)


def _number(node: strict_yaml.Node, number: int) -> _Edit:
    start, end = _span(node)
    return start, end, str(number) if end > start else f" {number}"


def _span(node: strict_yaml.Node) -> tuple[int, int]:
    return node.span if isinstance(node, strict_yaml.Scalar) else (0, 0)


def _indent(row: str) -> str:
    return row[: len(row) - len(row.lstrip(" "))]


def _on_new_line(text: str, offset: int, added: str) -> str:
    """Text to insert after a line, which may be the last and lack a line break."""
    return added if offset == 0 or text[offset - 1] in "\r\n" else "\n" + added


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    """Apply edits; new lines get the line endings of the text."""
    pieces: list[str] = []
    done = 0
    line_end = "\r\n" if "\r\n" in text else "\n"
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += (text[done:start], new.replace("\n", line_end))
        done = end
    return "".join([*pieces, text[done:]])


def _verified(text: str, name: str, expected: Sidecar) -> str:
    """Return the text if it parses to ``expected``; raises InputError otherwise."""
    try:
        fits = read_sidecar(text, name) == expected
    except InputError:
        fits = False
    if not fits:
        raise InputError([Problem(name, expected.key_lines.get("articles"), _UNWIELDY)])
    return text


_UNWIELDY = (
    "is written in a way that cannot be added to; write keys at the start of their lines, and articles: as a list "
    "with one entry below the other, each beginning with “- line:”"
)
