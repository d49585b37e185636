"""Extract the site's messages from the code and update the translation catalogues.

``python tests/site_words.py [LANGUAGE]`` updates them, and creates one for a new language. New messages are empty, and
tests fail until they are translated.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import SEEK_END, BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "digestgen"
CATALOGUES = PACKAGE / "catalogues"

METHODS = {
    "compose/*.py": "python",
    "publish/**/*.py": "python",
    "site/**/*.py": "python",
    "publish/templates/*.jinja": "jinja2.ext:babel_extract",
    "site/theme/**/*.html": "jinja2.ext:babel_extract",
    "site/theme/assets/*.js": "javascript",
}
HEADER = """\
# The words of the site in {name}.
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: {plurals}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""

KEYWORDS = {"say": None, "counted": (1, 2)}


def sources() -> Iterator[tuple[Path, str]]:
    """Each file with messages, and how to extract them."""
    for pattern, method in METHODS.items():
        yield from ((path, method) for path in sorted(PACKAGE.glob(pattern)))


def said(path: Path, method: str) -> Iterator[tuple[int, str | tuple[str, ...]]]:
    """The messages of a file, with their lines."""
    for line, message, _, _ in extract_from_file(method, path, keywords=KEYWORDS):
        yield line, message


def extracted() -> Catalog:
    """All messages in the code."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for path, method in sources():
        place = path.relative_to(PROJECT).as_posix()
        for line, message in said(path, method):
            known = catalogue.get(message if isinstance(message, str) else message[0])
            if known and known.id != message:
                raise ValueError(
                    f"{place}:{line}: {message} has the singular of {known.id}; catalogues know one of them"
                )
            catalogue.add(message, locations=[(place, 0)])
    return catalogue


def read(path: Path) -> Catalog:
    with path.open("rb") as lines:
        return read_po(lines, locale=path.stem)


def renewed(path: Path) -> bytes:
    """A catalogue with exactly the messages of the code; existing translations are kept."""
    old = read(path) if path.exists() else Catalog(locale=path.stem)
    said = extracted()
    new = Catalog(locale=path.stem, charset="utf-8", fuzzy=False)
    for message in sorted((each for each in said if each.id), key=lambda each: (each.locations, str(each.id))):
        known = old.get(message.id if isinstance(message.id, str) else message.id[0])
        same = known is not None and known.id == message.id
        new.add(message.id, known.string if known and same else None, locations=message.locations)
    written = BytesIO(HEADER.format(name=new.locale.english_name, code=path.stem, plurals=new.plural_forms).encode())
    written.seek(0, SEEK_END)
    write_po(written, new, width=118, omit_header=True, include_lineno=False)
    return written.getvalue()


def main(languages: list[str]) -> None:
    for path in {*CATALOGUES.glob("*.po"), *(CATALOGUES / f"{language}.po" for language in languages)}:
        path.write_bytes(renewed(path))


if __name__ == "__main__":
    main(sys.argv[1:])
