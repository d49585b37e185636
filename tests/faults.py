"""Faults in a curator's files, drawn from a seeded random generator.

A fault takes a desk and a generator and breaks, moves or edits the desk's seeds. If an earlier fault removed what it
needs, it does nothing. No fault writes a word that shows what is hidden (``hide: false``).
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import yaml

from gazette import DUMP, FILES, HIDDEN, LEDGER, RULINGS, SIDECAR, Desk, as_yaml, word
from newsroom import write

Fault = Callable[[Desk, Random], None]
Change = Callable[[bytes, Random], bytes]

_DRAFTS = (FILES["draft"], FILES["unpublished"])
_ENDINGS = (".txt", ".md", ".jsonl")
_FENCE = b"---\n"
_END_OF_SENTENCE = re.compile(rb"(?<=[a-z][.])(?= [A-Z])")


# --- Changes to a text: bytes in, bytes out.


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True) or [b"\n"]


def _some_line(lines: list[bytes], random: Random) -> int:
    """The index of a non-empty line."""
    telling = [index for index, line in enumerate(lines) if line.strip() and not line.startswith(b"#")]
    return random.choice(telling or [0])


def _cut_after_a_line(data: bytes, random: Random) -> bytes:
    lines = _lines(data)
    return b"".join(lines[: random.randrange(1, len(lines) + 1)])


def _cut_within_a_line(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(1, max(2, len(data)))].rstrip(b"\n")


def _cut_at_the_front(data: bytes, random: Random) -> bytes:
    return data[random.randrange(1, max(2, len(data))) :]


def _emptied(data: bytes, random: Random) -> bytes:  # noqa: ARG001 -- of one shape with the others
    return random.choice([b"", b"\n", b" \n \n", b"#\n", b"\xef\xbb\xbf", b"---\n", b"---\n---\n"])


def _bits_flipped(data: bytes, random: Random) -> bytes:
    flipped = bytearray(data or b"\n")
    for _ in range(random.randint(1, 3)):
        flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
    return bytes(flipped)


def _line_removed(data: bytes, random: Random) -> bytes:
    lines = _lines(data)
    del lines[_some_line(lines, random)]
    return b"".join(lines)


def _line_doubled(data: bytes, random: Random) -> bytes:
    lines = _lines(data)
    index = _some_line(lines, random)
    lines.insert(random.choice([index, random.randrange(len(lines) + 1)]), lines[index])
    return b"".join(lines)


def _lines_swapped(data: bytes, random: Random) -> bytes:
    lines = _lines(data)
    one, other = _some_line(lines, random), _some_line(lines, random)
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _line_commented_out(data: bytes, random: Random) -> bytes:
    lines = _lines(data)
    index = _some_line(lines, random)
    lines[index] = random.choice([b"#", b"# ", b"//"]) + lines[index]
    return b"".join(lines)


def _line_indented(data: bytes, random: Random) -> bytes:
    lines = _lines(data)
    index = _some_line(lines, random)
    more = random.choice([b" ", b"  ", b"    ", b"\t", "\u00a0".encode(), b"- "])
    lines[index] = random.choice([more + lines[index], lines[index].lstrip(), lines[index][1:]])
    return b"".join(lines)


def _mistyped(data: bytes, random: Random) -> bytes:
    """Mistype a word outside comments: two letters swapped, one lost, doubled or replaced."""
    words = [
        found
        for found in re.finditer(rb"[A-Za-z]{3,}", data)
        if not data[data.rfind(b"\n", 0, found.start()) + 1 :].startswith(b"#")
    ]
    if not words:
        return data
    found = random.choice(words)
    at = random.randrange(found.start(), found.end() - 1)
    typed = random.choice(
        [
            data[at + 1 : at + 2] + data[at : at + 1],
            data[at + 1 : at + 2],
            data[at : at + 1] + data[at : at + 2],
            b"x" + data[at + 1 : at + 2],
            data[at : at + 2].swapcase(),
        ]
    )
    return data[:at] + typed + data[at + 2 :]


def _value_mistyped(data: bytes, random: Random) -> bytes:
    """Mistype a ``true`` or ``false``, never so that it reads as its opposite."""
    flags = list(re.finditer(rb"(?<=: )(true|false)\b", data))
    if not flags:
        return _mistyped(data, random)
    found = random.choice(flags)
    wrong = [b"", b"~", b"null", b'""', b"{}", b"*flag", b"!flag x", b"maybe", b"2"]
    if found[0] == b"true":
        wrong += [b"ture", b"yes", b"True", b"1", b"[true]", b"true true"]
    else:
        wrong += [b"flase", b"no", b"False"]
    return data[: found.start()] + random.choice(wrong) + data[found.end() :]


def _key_mistyped(data: bytes, random: Random) -> bytes:
    """Replace a visibility key by a plausible misremembered one."""
    wrong = {
        b"hide": (b"hid", b"hidden", b"Hide", b"hide ", b"hide_"),
        b"skip": (b"skp", b"skipped", b"SKIP", b"- skip"),
        b"draft": (b"darft", b"drafts", b"Draft"),
        b"published": (b"publish", b"publisehd", b"Published"),
        b"articles": (b"article", b"artcles", b"Articles"),
        b"topics": (b"topic", b"topcis", b"Topics"),
        b"rules": (b"rule", b"ruls"),
        b"line": (b"lines", b"lin"),
        b"keyword": (b"keywords", b"kyword"),
    }
    found = [match for match in re.finditer(rb"[a-z]+(?=:)", data) if match[0] in wrong]
    if not found:
        return _mistyped(data, random)
    match = random.choice(found)
    return data[: match.start()] + random.choice(wrong[match[0]]) + data[match.end() :]


def _slug_mistyped(data: bytes, random: Random) -> bytes:
    """Change a letter of a slug, or cut off its end."""
    slugs = list(re.finditer(rb"[a-z]+(-[a-z]+)+", data))
    if not slugs:
        return _mistyped(data, random)
    slug = random.choice(slugs)
    at = random.randrange(slug.start(), slug.end())
    return random.choice([data[:at] + b"q" + data[at + 1 :], data[:at] + data[slug.end() :]])


def _encoded_otherwise(data: bytes, random: Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    return random.choice(
        [
            text.encode("utf-16"),
            text.encode("utf-16-be"),
            text.encode("utf-32"),
            (text + "# Café\n").encode("latin-1", errors="replace"),
            ("# Déjà vu\n" + text).encode("cp1252", errors="replace"),
            b"\xef\xbb\xbf" + data,
            b"\xef\xbb\xbf\xef\xbb\xbf" + data,
            text.encode("utf-7"),
        ]
    )


def _letters_that_look_alike(data: bytes, random: Random) -> bytes:
    """Replace letters by Cyrillic look-alikes, as with the wrong keyboard layout."""
    latin, cyrillic = random.choice([("a", "а"), ("e", "е"), ("i", "і"), ("p", "р"), ("o", "о")])
    return data.replace(latin.encode(), cyrillic.encode())


def _other_line_ends(data: bytes, random: Random) -> bytes:
    ends = (b"\r\n", b"\r", b"\n\n", b" \n", b"\x0b", b"\x0c\n", "\u2028".encode(), "\u0085".encode(), b"\n\r")
    end = random.choice(ends)
    if random.random() < 0.5:
        return data.replace(b"\n", end)
    return b"".join(line.replace(b"\n", end) if random.random() < 0.5 else line for line in _lines(data))


def _soiled(data: bytes, random: Random) -> bytes:
    dirt = (
        *(b"\0", b"\x1b[2J", "\u202e".encode(), "\u200b".encode(), b"\xff", b"\t"),
        *(b'"', b"'", b"{", b"]", b": ", b"#", b"&a "),
    )
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(dirt) + data[at:]


def _in_conflict(data: bytes, random: Random) -> bytes:
    """Leave git conflict markers."""
    lines = _lines(data)
    start = _some_line(lines, random)
    end = random.randrange(start, len(lines)) + 1
    theirs = random.choice([lines[start:end][1:], [], [_mistyped(b"".join(lines[start:end]), random)]])
    marked = [b"<<<<<<< HEAD\n", *lines[start:end], b"=======\n", *theirs, b">>>>>>> main\n"]
    return b"".join([*lines[:start], *marked, *lines[end:]])


CHANGES: Mapping[str, Change] = {
    "cut after a line": _cut_after_a_line,
    "cut within a line": _cut_within_a_line,
    "cut at the front": _cut_at_the_front,
    "emptied": _emptied,
    "bits flipped": _bits_flipped,
    "line removed": _line_removed,
    "line doubled": _line_doubled,
    "lines swapped": _lines_swapped,
    "line commented out": _line_commented_out,
    "line indented": _line_indented,
    "word mistyped": _mistyped,
    "value mistyped": _value_mistyped,
    "key mistyped": _key_mistyped,
    "slug mistyped": _slug_mistyped,
    "encoded otherwise": _encoded_otherwise,
    "letters that look alike": _letters_that_look_alike,
    "other line ends": _other_line_ends,
    "soiled": _soiled,
    "in conflict": _in_conflict,
}


def _changed(name: str, change: Change) -> Fault:
    def fault(desk: Desk, random: Random) -> None:
        path = desk.seeds / name
        if path.is_file():
            path.write_bytes(change(path.read_bytes(), random))

    return fault


def _changed_front_matter(change: Change) -> Fault:
    """Apply a change to the front matter of a draft, including its fences."""

    def fault(desk: Desk, random: Random) -> None:
        path = desk.seeds / random.choice(_DRAFTS)
        data = path.read_bytes() if path.is_file() else b""
        if data.startswith(_FENCE) and _FENCE in data[len(_FENCE) :]:
            end = data.index(_FENCE, len(_FENCE)) + len(_FENCE)
            path.write_bytes(change(data[:end], random) + data[end:])

    return fault


def _changed_somewhere(change: Change) -> Fault:
    """Apply a change to a seed with hidden content."""

    def fault(desk: Desk, random: Random) -> None:
        _changed(FILES[random.choice(HIDDEN)], change)(desk, random)

    return fault


# --- Faults of whole files.


def _renamed(name: str) -> Fault:
    def fault(desk: Desk, random: Random) -> None:
        stem, ending = name.split(".")
        names = (
            *(name.capitalize(), name.upper(), f"{stem}.yaml", f"{stem}.YML", f"{name}.bak", f"{name}~", f"{stem}.bak"),
            *(f"{stem}2.{ending}", f"{stem} .{ending}", f" {name}", f"{stem}s.{ending}", f"{stem} (1).{ending}"),
            *(f"{stem}.txt.{ending}", f"{name}.txt", f"{stem}.json", stem, f".{name}", f"_{name}"),
            *(f"{stem[:-1]}.{ending}", f"chess-0.{ending}"),
        )
        _move(desk.seeds / name, desk.seeds / random.choice(names))

    return fault


def _moved_away(name: str) -> Fault:
    def fault(desk: Desk, random: Random) -> None:
        place = desk.seeds / random.choice(["old", "sub", "sub/sub", "..", ".hidden"])
        place.mkdir(parents=True, exist_ok=True)
        _move(desk.seeds / name, place / name)

    return fault


def _deleted(name: str) -> Fault:
    def fault(desk: Desk, random: Random) -> None:  # noqa: ARG001 -- of one shape with the others
        _remove(desk.seeds / name)

    return fault


def _replaced(name: str) -> Fault:
    """Put something other than a regular file in its place."""

    def fault(desk: Desk, random: Random) -> None:
        path = desk.seeds / name
        outside = desk.root / f"outside-{name}"
        kept = path.read_bytes() if path.is_file() else b""
        _remove(path)
        match random.randrange(7):
            case 0:
                path.mkdir()
            case 1:
                (path / name).mkdir(parents=True)
            case 2:
                outside.write_bytes(kept)
                path.symlink_to(outside)
            case 3:
                path.symlink_to("nowhere")
            case 4:
                path.symlink_to(name)
            case 5:
                os.mkfifo(path)
            case _:
                path.symlink_to("digest.yml")

    return fault


def _move(path: Path, to: Path) -> None:
    if path.is_file() and not to.exists():
        path.rename(to)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# --- Seeds that appear, vanish and change.


def _seeds(desk: Desk, *endings: str) -> list[Path]:
    return sorted(path for path in desk.seeds.iterdir() if path.is_file() and path.suffix in (endings or _ENDINGS))


def _seed_removed(desk: Desk, random: Random) -> None:
    if found := _seeds(desk):
        random.choice(found).unlink()


def _seed_renamed(desk: Desk, random: Random) -> None:
    """Rename a seed, with or without its sidecar, sometimes to another kind of seed."""
    if not (found := _seeds(desk)):
        return
    path = random.choice(found)
    ending = random.choice([path.suffix, path.suffix, path.suffix.upper(), ".markdown", *_ENDINGS])
    stem = random.choice([f"{path.stem}-2", path.stem.capitalize(), "aaa", "zzz", path.stem])
    if random.random() < 0.5:
        _move(path.with_suffix(".yml"), path.with_name(f"{stem}.yml"))
    _move(path, path.with_name(stem + ending))


def _seed_copied(desk: Desk, random: Random) -> None:
    if found := _seeds(desk):
        path = random.choice(found)
        shutil.copyfile(path, path.with_name(random.choice(["Copy of ", "a-", "z-"]) + path.name))


def _seeds_joined(desk: Desk, random: Random) -> None:
    """Join two seeds; the originals may stay."""
    if len(found := _seeds(desk, ".txt", ".md")) > 1:
        one, other = random.sample(found, 2)
        joined = one.read_bytes() + random.choice([b"", b"\n", b"\n\n", b"\n---\n"]) + other.read_bytes()
        if random.random() < 0.5:
            one.unlink()
            other.unlink()
        random.choice([one, other, desk.seeds / "joined.txt", desk.seeds / "joined.md"]).write_bytes(joined)


def _seed_divided(desk: Desk, random: Random) -> None:
    """Divide a seed at the end of a line."""
    if found := _seeds(desk, ".txt", ".jsonl"):
        path = random.choice(found)
        lines = path.read_bytes().splitlines(keepends=True)
        at = random.randrange(len(lines) + 1)
        path.write_bytes(b"".join(lines[:at]))
        path.with_stem(f"{path.stem}-part-2").write_bytes(b"".join(lines[at:]))


def _lines_in_another_order(desk: Desk, random: Random) -> None:
    if found := _seeds(desk, ".txt", ".jsonl"):
        path = random.choice(found)
        lines = path.read_bytes().splitlines(keepends=True)
        random.shuffle(lines)
        path.write_bytes(b"".join(lines))


def _ids_changed(desk: Desk, random: Random) -> None:
    """Reassign, swap or drop the ids of JSON lines."""
    if found := _seeds(desk, ".jsonl"):
        path = random.choice(found)
        with suppress(ValueError):
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            ids = random.choice([[str(number) for number in range(len(rows))], [row.get("id") for row in rows[::-1]]])
            for row, id_ in zip(rows, random.choice([ids, [None] * len(rows)]), strict=True):
                row["id"] = id_
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _form_changed(desk: Desk, random: Random) -> None:
    """Turn a Markdown file into a JSON line or plain text, without its front matter."""
    if found := _seeds(desk, ".md"):
        path = random.choice(found)
        text = path.read_text(encoding="utf-8", errors="replace").rpartition("---\n")[2].strip()
        path.unlink()
        if random.random() < 0.5:
            path.with_suffix(".jsonl").write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
        else:
            path.with_suffix(".txt").write_text(text + "\n", encoding="utf-8")


def _front_matter_lost(desk: Desk, random: Random) -> None:
    if found := _seeds(desk, ".md"):
        path = random.choice(found)
        path.write_bytes(path.read_bytes().rpartition(_FENCE)[2])


def _edited(edit: Callable[[bytes, Random], bytes]) -> Fault:
    """Edit a line after the hidden word in it."""

    def fault(desk: Desk, random: Random) -> None:
        name = random.choice(HIDDEN)
        path, mark = desk.seeds / FILES[name], word(name).encode()
        if not path.is_file():
            return
        lines = path.read_bytes().splitlines(keepends=True)
        if marked := [index for index, line in enumerate(lines) if mark in line]:
            index = random.choice(marked)
            start, mark, rest = lines[index].partition(mark)
            lines[index] = start + mark + edit(rest, random)
            path.write_bytes(b"".join(lines))

    return fault


def _a_word_changed(text: bytes, random: Random) -> bytes:
    if not (words := list(re.finditer(rb"\b[a-z]{4,}\b", text))):
        return text
    found = random.choice(words)
    return text[: found.start()] + random.choice([b"otherwise", b"", b"Sandby", b"seventeen"]) + text[found.end() :]


def _a_sentence_added(text: bytes, random: Random) -> bytes:
    at = random.choice([match.start() for match in _END_OF_SENTENCE.finditer(text)] or [0])
    return text[:at] + b" Nobody at the office would comment on that yesterday." + text[at:]


def _a_sentence_removed(text: bytes, random: Random) -> bytes:
    ends = [match.start() for match in _END_OF_SENTENCE.finditer(text)]
    if len(ends) < 2:
        return text
    at = random.randrange(len(ends) - 1)
    return text[: ends[at]] + text[ends[at + 1] :]


def _set_otherwise(text: bytes, random: Random) -> bytes:
    """Change white space, quotation marks and the like."""
    was, now = random.choice(
        [(b" ", b"  "), (b" ", "\u00a0".encode()), (b"'", "’".encode()), (b"e", b"\xc2\xade"), (b",", b"")]
    )
    return text.replace(was, now)


def _parted(text: bytes, random: Random) -> bytes:
    """Split a paragraph at the end of a sentence, or between any two words."""
    ends = [match.start() for match in _END_OF_SENTENCE.finditer(text)]
    places = ends if ends and random.random() < 0.7 else [match.start() for match in re.finditer(rb" ", text)]
    at = random.choice(places or [0])
    return text[:at] + random.choice([b"\n", b"\n\n"]) + text[at + 1 :]


def _joined_with_a_neighbour(desk: Desk, random: Random) -> None:
    """Join two paragraphs of the dump."""
    path = desk.seeds / DUMP
    if path.is_file():
        parts = path.read_bytes().split(b"\n\n")
        at = random.randrange(1, max(2, len(parts)))
        path.write_bytes(
            b"\n\n".join(
                [*parts[: at - 1], random.choice([b" ", b"\n"]).join(parts[at - 1 : at + 1]), *parts[at + 1 :]]
            )
        )


def _lines_put_between(desk: Desk, random: Random) -> None:
    """Insert lines into the dump, whose sidecar counts them."""
    path = desk.seeds / DUMP
    if path.is_file():
        lines = path.read_bytes().splitlines(keepends=True)
        at = random.choice([0, random.randrange(len(lines) + 1)])
        new = random.choice([b"\n", b"\n\n\n\n", b"The harbour was quiet.\n", write("rail", 7).as_markdown().encode()])
        path.write_bytes(b"".join([*lines[:at], new, *lines[at:]]))


def _a_piece_moved(desk: Desk, random: Random) -> None:
    """Move a hidden paragraph into the dump, or into a seed of its own."""
    path = desk.seeds / DUMP
    name = random.choice([name for name in HIDDEN if FILES[name] == DUMP])
    if not path.is_file():
        return
    parts = path.read_bytes().strip().split(b"\n\n")
    if pieces := [part for part in parts if word(name).encode() in part]:
        piece = random.choice(pieces)
        parts.remove(piece)
        to = random.choice([DUMP, DUMP, "a-piece.txt", "a-piece.md"])
        if to == DUMP:
            parts.insert(random.randrange(len(parts) + 1), piece)
        elif not (desk.seeds / to).is_dir():
            with (desk.seeds / to).open("ab") as seed:
                seed.write(b"\n\n" + piece + b"\n")
        path.write_bytes(b"\n\n".join(parts) + b"\n")


def _split_otherwise(desk: Desk, random: Random) -> None:
    """Move the article starts in the dump's sidecar, and skip nothing."""
    if (desk.seeds / SIDECAR).is_file() and (desk.seeds / DUMP).is_file():
        lines = (desk.seeds / DUMP).read_bytes().count(b"\n")
        starts = sorted(random.sample(range(2, max(lines, 10)), random.randrange(6)))
        entries = [{"line": line} for line in [1, *starts]]
        desk.write(SIDECAR, as_yaml({"language": "en", "articles": entries}))


def _without_sidecar(fault: Fault) -> Fault:
    def both(desk: Desk, random: Random) -> None:
        _remove(desk.seeds / SIDECAR)
        fault(desk, random)

    return both


# --- Rulings that vanish or change.


def _rulings(desk: Desk) -> dict[str, Any] | None:
    """The parsed ``curation.yml``; None if it is not a readable regular file."""
    path = desk.seeds / RULINGS
    with suppress(yaml.YAMLError, UnicodeDecodeError):
        if path.is_file() and isinstance(read := yaml.safe_load(path.read_text(encoding="utf-8")), dict):
            return read
    return None


def _section(rulings: Mapping[str, Any], name: str) -> dict[str, dict[str, Any]]:
    """The well-formed rulings on topics or on articles."""
    section = rulings.get(name)
    found = section.items() if isinstance(section, dict) else ()
    return {slug: ruling for slug, ruling in found if isinstance(ruling, dict)}


def _one_ruling_removed(desk: Desk, random: Random) -> None:
    if rulings := _rulings(desk):
        sections = [section for section in rulings.values() if isinstance(section, dict | list) and section]
        if sections:
            section = random.choice(sections)
            del section[random.choice(list(section) if isinstance(section, dict) else range(len(section)))]
        desk.write(RULINGS, as_yaml({key: value for key, value in rulings.items() if value}))


def _all_rulings_removed(desk: Desk, random: Random) -> None:
    if (desk.seeds / RULINGS).is_file():
        nothing = ("{}\n", "topics:\n", "topics: {}\narticles: {}\n", "# Nothing.\n", "")
        desk.write(RULINGS, random.choice(nothing))


def _one_word_removed(desk: Desk, random: Random) -> None:
    """Remove ``hide: true`` from a ruling, leaving it empty or with a word that shows nothing."""
    if rulings := _rulings(desk):
        said = [*_section(rulings, "topics").values(), *_section(rulings, "articles").values()]
        if hiding := [ruling for ruling in said if "hide" in ruling]:
            ruling = random.choice(hiding)
            del ruling["hide"]
            ruling |= random.choice([{}, {"pin": True}, {"note": "We know more."}, {"pin": False}])
        desk.write(RULINGS, as_yaml(rulings))


def _reverted(*names: str, editions: tuple[int, ...] = (1,)) -> Fault:
    """Restore files to their state after one of the editions."""

    def fault(desk: Desk, random: Random) -> None:
        edition = random.choice(editions)
        for name in names:
            _remove(desk.seeds / name)
            shutil.copyfile(desk.old(edition) / name, desk.seeds / name)

    return fault


def _ruled_otherwise(desk: Desk, random: Random) -> None:
    """Merge, move, rename or note what was hidden, in place of ``hide: true`` or besides it."""
    rulings = _rulings(desk)
    public = sorted({entry["topic"] for entry in desk.digest()["articles"] if entry["topic"]})
    if rulings is None or not public:
        return
    topics, articles = _section(rulings, "topics"), _section(rulings, "articles")
    topic = desk.slugs[random.choice(["volcano", "opera"])]
    article = desk.slugs[random.choice([name for name in HIDDEN if name in desk.slugs])]
    if random.random() < 0.5:
        topics.pop(topic, None)
        articles.pop(article, None)
    otherwise: list[tuple[dict[str, dict[str, Any]], str, dict[str, Any]]] = [
        (topics, public[0], {"merge": [topic]}),
        (topics, topic, {"merge": [public[0]]}),
        (topics, public[0], {"articles": {"add": [article]}}),
        (topics, "a-new-topic", {"label": "A new topic", "articles": {"add": [article]}}),
        (topics, topic, {"label": "A new label", "pin": True}),
        (articles, article, {"title": "A new title", "note": "Of which more soon.", "pin": True}),
        (articles, article, {"moved": desk.slugs["chess-0"]}),
        (articles, article, {"published": "2026-01-05", "summary": "In our own words."}),
    ]
    section, slug, words = random.choice(otherwise)
    section[slug] = {**section.get(slug, {}), **words}
    desk.write(RULINGS, as_yaml({**rulings, "topics": topics, "articles": articles}))


# --- Commands, and new articles.


def _split_anew(desk: Desk, random: Random) -> None:
    """Have ``split`` write the sidecar, from scratch or as an update."""
    if random.random() < 0.5:
        _remove(desk.seeds / SIDECAR)
        desk.run("split", "--seeds", str(desk.seeds), "dump")
    else:
        desk.run("split", "--seeds", str(desk.seeds), "dump", "--update")


def regrouped(desk: Desk, random: Random) -> None:
    """Regroup everything, or what was hidden, if the command is available."""
    topics = random.choice([[], [desk.slugs["volcano"]], [desk.slugs["opera"]]])
    newcomers(desk, random)
    desk.run("regroup", "--seeds", str(desk.seeds), "--docs", str(desk.docs), *topics, "--accept", day=4)


def newcomers(desk: Desk, random: Random) -> None:
    """Add articles about hidden subjects, without a hidden word."""
    for number in range(20, 20 + random.randint(1, 5)):
        subject = random.choice(["volcano", "opera", "chess"])
        desk.write(f"new-{subject}-{number}.md", write(subject, number, sentences=6).as_markdown())


FAULTS: Mapping[str, Fault] = {
    **{f"sidecar {name}": _changed(SIDECAR, change) for name, change in CHANGES.items()},
    **{f"rulings {name}": _changed(RULINGS, change) for name, change in CHANGES.items()},
    **{f"front matter {name}": _changed_front_matter(change) for name, change in CHANGES.items()},
    **{f"{name} renamed": _renamed(name) for name in (SIDECAR, RULINGS)},
    **{f"{name} moved away": _moved_away(name) for name in (SIDECAR, RULINGS)},
    **{f"{name} deleted": _deleted(name) for name in (SIDECAR, RULINGS)},
    **{f"{name} replaced": _replaced(name) for name in (SIDECAR, RULINGS)},
    "seed removed": _seed_removed,
    "seed renamed": _seed_renamed,
    "seed copied": _seed_copied,
    "seeds joined": _seeds_joined,
    "seed divided": _seed_divided,
    "lines in another order": _lines_in_another_order,
    "ids changed": _ids_changed,
    "form changed": _form_changed,
    "front matter lost": _front_matter_lost,
    "a word changed": _edited(_a_word_changed),
    "a sentence added": _edited(_a_sentence_added),
    "a sentence removed": _edited(_a_sentence_removed),
    "set otherwise": _edited(_set_otherwise),
    "paragraph parted": _edited(_parted),
    "paragraphs joined": _joined_with_a_neighbour,
    "lines put between": _lines_put_between,
    "a piece moved": _a_piece_moved,
    "split otherwise": _split_otherwise,
    "no sidecar and paragraph parted": _without_sidecar(_edited(_parted)),
    "no sidecar and paragraphs joined": _without_sidecar(_joined_with_a_neighbour),
    "no sidecar and lines put between": _without_sidecar(_lines_put_between),
    "no sidecar and a piece moved": _without_sidecar(_a_piece_moved),
    "seed encoded otherwise": _changed_somewhere(_encoded_otherwise),
    "seed's other line ends": _changed_somewhere(_other_line_ends),
    "one ruling removed": _one_ruling_removed,
    "all rulings removed": _all_rulings_removed,
    "one word removed": _one_word_removed,
    "rulings reverted": _reverted(RULINGS),
    "sidecar reverted": _reverted(SIDECAR),
    "both reverted": _reverted(RULINGS, SIDECAR),
    "ruled otherwise": _ruled_otherwise,
    "split anew": _split_anew,
    "newcomers": newcomers,
}
"""Name → a fault that leaves the ledger intact; several may be combined."""

FAULTS_OF_THE_LEDGER: Mapping[str, Fault] = {
    **{f"ledger {name}": _changed(LEDGER, change) for name, change in CHANGES.items()},
    f"{LEDGER} renamed": _renamed(LEDGER),
    f"{LEDGER} moved away": _moved_away(LEDGER),
    f"{LEDGER} deleted": _deleted(LEDGER),
    f"{LEDGER} replaced": _replaced(LEDGER),
    "ledger reverted": _reverted(LEDGER, editions=(1, 2)),
}
"""Name → a fault of the ledger; applied alone, while all rulings are intact."""
