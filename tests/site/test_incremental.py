"""A site of which only the changed pages are built is, byte for byte, the one that is built as a whole."""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr
from io import StringIO
from pathlib import Path
from types import CodeType
from unittest import mock

import jinja2
import pytest
from jinja2.bccache import Bucket, BytecodeCache
from mkdocs.config import load_config
from mkdocs.theme import Theme

from command import digestgen
from digestgen.site.__main__ import main
from digestgen.site.build_record import BuildPlan, BuildRecord, CurrentState, plan_build
from digestgen.site.incremental import full_build_reason
from newsroom import write

CONFIG = """\
site_name: The Harbour Post
site_url: https://example.org/post/
theme: digestgen
plugins: [digestgen]
"""
PAGES = {
    "index.md": "---\nkind: home\ntitle: Today\nsearched: false\n---\n\n# Today\n\n[Ferry](topics/ferry/index.md)\n",
    "topics/index.md": "# Topics\n\n- [Ferry](ferry/index.md)\n",
    "articles/index.md": "# Articles\n\n- [Sunk](sunk.md)\n- [Raised](raised.md)\n",
    "editions/index.md": "# Editions\n",
    "topics/ferry/index.md": "---\nkind: topic\ntitle: Ferry\n---\n\n# Ferry\n\n[It sank](../../articles/sunk.md)\n",
    "articles/sunk.md": "---\nkind: article\ntitle: It sank\ntopic: Ferry\n---\n\n# It sank\n\n## Why\n\nWho knows?\n",
    **dict.fromkeys(("sources/index.md", "keyphrases/index.md", "more-stories.md"), "# To be linked\n"),
    **dict.fromkeys(("digest.json", "digest.schema.json"), "{}"),
    "articles/raised.md": "---\nkind: article\ntitle: Raised\n---\n\n# Raised\n\nThe bell was raised.\n",
}

EMOJI = """\
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
"""

Edit = Callable[[Path], object]


class Compiled(BytecodeCache):
    """Templates that were compiled in this process, each known by its text."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.known[bucket.key, bucket.checksum] = bucket.code


class Shown(jinja2.FileSystemLoader):
    """Lists the files of a theme without Material's ten thousand icons, which mkdocs would pass over one by one."""

    def list_templates(self) -> list[str]:
        found = set()
        for root in map(Path, self.searchpath):
            for folder, folders, names in os.walk(root):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found |= {(Path(folder) / name).relative_to(root).as_posix() for name in names}
        return sorted(found)


COMPILED = Compiled()


@contextmanager
def templates_at_hand() -> Iterator[None]:
    """Meanwhile a build does nothing again that is the same in every build; else that takes it most of its time."""
    get_env = Theme.get_env

    def prepared(theme: Theme) -> jinja2.Environment:
        environment = get_env(theme)
        environment.bytecode_cache = COMPILED
        environment.loader = Shown(theme.dirs)
        return environment

    with mock.patch.object(Theme, "get_env", prepared):
        yield


def build(folder: Path, *options: str) -> tuple[int, str]:
    """The exit code of mkdocs there, and what is told of it."""
    said = StringIO()
    logger = logging.getLogger("mkdocs")
    handlers = logger.handlers[:]
    try:
        moment = mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": "0"})
        with chdir(folder), moment, templates_at_hand(), redirect_stderr(said):
            code = main(["build", *options])
    finally:
        logger.handlers[:] = handlers
    return code, "".join(line for line in said.getvalue().splitlines(keepends=True) if not line.startswith("INFO "))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def check(project: Path, step: str, told: str) -> None:
    """Build a project; the same must come of a whole build elsewhere."""
    code, said = build(project)
    assert re.search(told, said), f"{step}: {said}"
    elsewhere = project.with_name("elsewhere")
    shutil.rmtree(elsewhere, ignore_errors=True)
    shutil.copytree(project, elsewhere, ignore=shutil.ignore_patterns("site", ".cache"))
    whole_code, whole_said = build(elsewhere, "--clean")
    assert code == whole_code, f"{step}: {said} {whole_said}"
    built, whole = contents(project / "site"), contents(elsewhere / "site")
    assert built.keys() == whole.keys(), step
    assert [name for name in built if built[name] != whole[name]] == [], step
    if code:
        assert said == whole_said, step
    assert (project / ".cache" / "digestgen" / "site.json").exists() == (code == 0 and "since the template" not in said)


def put(path: str, text: str | bytes) -> Edit:
    def edit(project: Path) -> None:
        place = project / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)

    return edit


def change(path: str, old: str, new: str) -> Edit:
    def edit(project: Path) -> None:
        text = (project / path).read_text(encoding="utf-8")
        assert old in text
        # Nor is it the time of a file that tells.
        times = (project / path).stat()
        (project / path).write_text(text.replace(old, new), encoding="utf-8")
        os.utime(project / path, ns=(times.st_atime_ns, times.st_mtime_ns))

    return edit


def remove(path: str) -> Edit:
    return lambda project: (project / path).unlink()


def rename(path: str, new: str) -> Edit:
    def edit(project: Path) -> None:
        (project / new).parent.mkdir(parents=True, exist_ok=True)
        (project / path).rename(project / new)

    return edit


def touch(project: Path) -> None:
    for path in (project / "docs").rglob("*.md"):
        path.touch()


ALL = r"^site: all [\d,]+ pages rebuilt$"
NONE = r"^site: 0 of \d+ pages"
ONE = r"^site: 1 of \d+ pages"
RECORD = ".cache/digestgen/site.json"

OVERRIDE = "<p>{{{{ {} }}}}</p>"

Steps = list[tuple[str, Edit, str]]

ON_PAGES: Steps = [
    ("nothing", lambda _: None, NONE),
    ("files that were touched", touch, NONE),
    ("a text", change("docs/articles/sunk.md", "Who knows?", "The tide knows."), ONE),
    ("the name of a topic, which articles show", change("docs/topics/ferry/index.md", "Ferry", "Bay"), "2 of"),
    ("a name that no card can show", change("docs/topics/ferry/index.md", "Bay", "港"), ONE),
    ("its first name", change("docs/topics/ferry/index.md", "港", "Ferry"), "2 of"),
    ("the title of the card that most pages show", change("docs/index.md", "Today", "Tonight"), r"site: [1-9]\d? of"),
    ("a page in the navigation", put("docs/crew.md", "# Crew\n\n## Cooks\n"), "since the nav"),
    ("its text", change("docs/crew.md", "# Cooks", "# Cooks\n\nTwo."), ONE),
    ("its title", change("docs/crew.md", "# Crew", "# Our crew"), "since the nav"),
    ("a script without spaces", put("docs/articles/tokyo.md", "# 東京電力\n\n東京電力の社長\n"), ONE),
    ("another text, beside such a script", change("docs/articles/sunk.md", "The tide", "Only the tide"), ONE),
    ("no such script any more", put("docs/articles/tokyo.md", "# Tokyo\n\nPower.\n"), ONE),
    ("a page that is not searched", put("docs/articles/tokyo.md", "---\nsearched: false\n---\n# Tokyo\n"), ONE),
]
ON_LINKS: Steps = [
    ("a page", put("docs/crew.md", "# Crew\n\n## Cooks\n"), "since the nav"),
    ("a link to a heading", change("docs/articles/raised.md", "The bell", "[The bell](sunk.md#why)"), ONE),
    ("the heading is gone", change("docs/articles/sunk.md", "## Why", "## How"), r"not contain an anchor '#why'"),
    ("it is back", change("docs/articles/sunk.md", "## How", "## Why"), ALL),
    ("a link to none", change("docs/articles/raised.md", "#why", "#who"), r"not contain an anchor '#who'"),
    ("a link to one", change("docs/articles/raised.md", "#who", "#why"), ALL),
    ("a link to the page", change("docs/articles/index.md", "# A", "[C](../crew.md#cooks)\n\n# A"), ONE),
    ("the page is gone", remove("docs/crew.md"), r"'../crew.md#cooks', but the target 'crew.md' is not found"),
    ("the link too", change("docs/articles/index.md", "[C](../crew.md#cooks)\n\n", ""), ALL),
    ("a picture", put("docs/bell.png", b"\x89PNG 1"), NONE),
    ("another picture", put("docs/bell.png", b"\x89PNG 2"), NONE),
    ("no picture", remove("docs/bell.png"), NONE),
    ("a page that nobody links to", put("docs/articles/alone.md", "# Alone\n"), ONE),
    ("its source in another place", rename("docs/articles/alone.md", "docs/articles/alone/index.md"), ONE),
    ("is gone", remove("docs/articles/alone/index.md"), NONE),
    ("about, by hand", put("docs/about.md", "# About us\n"), ONE),
    ("about, by default", remove("docs/about.md"), ONE),
    (
        "links may lead nowhere",
        change("mkdocs.yml", "plugins", "validation: {links: {not_found: info}}\nplugins"),
        "since",
    ),
    ("one does", change("docs/articles/sunk.md", "Who knows?", "[Who](later.md) knows?"), ONE),
    ("not any more", put("docs/articles/later.md", "# Later\n"), "2 of"),
    ("and again", remove("docs/articles/later.md"), ONE),
]
ON_THE_REST: Steps = [
    ("an output that was edited", put("site/articles/raised/index.html", "<p>Mine"), "as it was left"),
    ("an output that was deleted", remove("site/cards/index.png"), "as it was left"),
    ("a file that is no output", put("site/mine.html", "<p>Mine"), "as it was left"),
    ("no record", remove(RECORD), ALL),
    ("a damaged record", change(RECORD, '"searched":true', '"searched":false'), ALL),
    ("the name of the site", change("mkdocs.yml", "Harbour Post", "Ferry Post"), "since mkdocs.yml"),
    ("a language", put("seeds/digest.yml", "language: de\n"), "since mkdocs.yml"),
    ("a template", put("mine/partials/copyright.html", OVERRIDE.format("config.site_name")), NONE),
    ("which is used", change("mkdocs.yml", "theme: digestgen", "theme: {name: digestgen, custom_dir: mine}"), "since"),
    ("and changed", change("mine/partials/copyright.html", "config.site_name", "page.title"), "since mkdocs.yml"),
    ("a text", change("docs/articles/sunk.md", "Who knows?", "The tide knows."), ONE),
    (
        "the template looks at all pages",
        put("mine/partials/copyright.html", OVERRIDE.format("pages | length")),
        "the template partials",
    ),
    ("a page is new", put("docs/articles/new.md", "# New\n"), "the template partials"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    put("project/mkdocs.yml", CONFIG)(tmp_path)
    for path, text in PAGES.items():
        put(f"project/docs/{path}", text)(tmp_path)
    return tmp_path / "project"


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(ON_PAGES, id="pages"),
        pytest.param(ON_LINKS, marks=pytest.mark.long, id="links"),
        pytest.param(ON_THE_REST, marks=pytest.mark.long, id="the rest"),
    ],
)
def test_a_site_after_each_of_many_edits(project: Path, steps: Steps) -> None:
    check(project, "the first build", ALL)
    for step, edit, told in steps:
        edit(project)
        check(project, step, told)


SEEDS = {
    f"{subject}-{number}.md": write(subject, number).as_markdown()
    for subject in ("harbour", "chess")
    for number in range(6)
}
TOLD_OF = write("harbour", 1).title


def address(project: Path) -> str:
    """The slug of the article that the edits are about."""
    articles = (project / "docs" / "articles").glob("*.md")
    (found,) = (page.stem for page in articles if f"# {TOLD_OF} {{" in page.read_text(encoding="utf-8"))
    return found


def topic(project: Path) -> str:
    (found,) = (page.stem for page in (project / "docs" / "topics").glob("*arsh.md"))
    return found


def article(subject: str, number: int, *more: str) -> Edit:
    return put(f"seeds/{subject}-{number}.md", "\n\n".join((write(subject, number).as_markdown(), *more)))


def ruling(text: str) -> Edit:
    """Add to what the curator says, where ``{article}`` and ``{topic}`` are the slugs of those told of."""

    def edit(project: Path) -> None:
        place = project / "seeds" / "curation.yml"
        before = place.read_text(encoding="utf-8") if place.exists() else ""
        place.write_text(before + text.format(article=address(project), topic=topic(project)), encoding="utf-8")

    return edit


def link(project: Path) -> None:
    put("docs/crew.md", f"# Crew\n\n[One](articles/{address(project)}.md)\n")(project)


SOME = r"^site: [1-9]\d* of \d+ pages"
ON_SEEDS: Steps = [
    ("an article", article("harbour", 7), SOME),
    ("another subject", article("volcano", 1), SOME),
    ("an edited article", article("chess", 2, "Nobody at the Sandby open had seen such an endgame."), SOME),
    ("a renamed seed", rename("seeds/chess-3.md", "seeds/end.md"), SOME),
    ("the label of a topic", ruling("topics:\n  {topic}:\n    label: The harbour\n"), SOME),
    ("the title of an article", ruling("articles:\n  {article}:\n    title: At the quay\n"), SOME),
    ("its own title again", remove("seeds/curation.yml"), SOME),
    ("a page by hand, which links to it", link, "since the nav"),
    ("its full text", put("seeds/harbour-1.yml", "publish: full\n"), SOME),
    ("a script without spaces", put("seeds/tokyo.md", "# 東京電力の社長\n\n東京電力の社長は月曜日に話した。\n"), SOME),
    ("an article is withdrawn", ruling("articles:\n  {article}:\n    hide: true\n"), SOME),
    ("and shown again", change("seeds/curation.yml", "hide: true", "hide: false"), SOME),
    ("its seed is gone without a word", remove("seeds/harbour-1.md"), r"crew.md' contains a link 'art.*not found"),
    ("and back", article("harbour", 1), ALL),
    ("the name of the site", change("mkdocs.yml", "Harbour Post", "Ferry Post"), "since mkdocs.yml"),
]  # fmt: skip


@pytest.mark.long
def test_a_digest_after_each_of_many_edits(tmp_path: Path) -> None:
    project = tmp_path / "project"
    put("mkdocs.yml", CONFIG)(project)
    for name, text in SEEDS.items():
        put(f"seeds/{name}", text)(project)
    for day, (step, edit, told) in enumerate([("the first build", lambda _: None, ALL), *ON_SEEDS]):
        edit(project)
        digestgen("build", cwd=project, epoch=day * 86_400)
        check(project, step, told)


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ("", ""),
        ("extra_css: [own.css]\n", ""),
        ("markdown_extensions: [tables, footnotes, markdown.extensions.admonition, pymdownx.tilde]\n", ""),
        (EMOJI, ""),
        ("hooks: [hook.py]\n", "hooks"),
        ("plugins: [digestgen, search]\n", "the plugin search"),
        ("theme: readthedocs\n", "theme"),
        ("extra_templates: [all.html]\n", "extra_templates"),
        ("INHERIT: base.yml\n", "inherits"),
        ("markdown_extensions: [pymdownx.snippets]\n", "pymdownx.snippets"),
        ("extra: {shown: !!python/name:os.getcwd }\n", "os.getcwd"),
        ("theme: {name: digestgen, custom_dir: plain}\n", ""),
        ("theme: {name: digestgen, custom_dir: looking}\n", "the template partials/copyright.html"),
    ],
)
def test_what_may_make_any_page_depend_on_any_other(project: Path, config: str, why: str) -> None:
    put("docs/own.css", "")(project)
    put("docs/all.html", "{{ pages }}")(project)
    put("hook.py", "")(project)
    put("base.yml", "site_author: A\n")(project)
    put("plain/partials/copyright.html", "<nav>{{ config.copyright }}, on all pages</nav>")(project)
    put("looking/partials/copyright.html", "{% for file in pages %}{{ file.page.title }}{% endfor %}")(project)
    keys = {line.partition(":")[0] for line in config.splitlines()}
    text = "".join(line for line in CONFIG.splitlines(keepends=True) if line.partition(":")[0] not in keys) + config
    if "plugins" not in text:
        text += "plugins: [digestgen]\n"
    put("mkdocs.yml", text)(project)
    with chdir(project):
        found = full_build_reason(load_config("mkdocs.yml"), text)
    assert why in found
    assert bool(why) == bool(found)


@pytest.mark.parametrize("damage", ["folder", "file"])
def test_where_nothing_can_be_kept_the_site_is_built_all_the_same(project: Path, damage: str) -> None:
    put(".cache/digestgen/site.json/x" if damage == "folder" else ".cache", "")(project)
    for _ in range(2):
        code, said = build(project)
        assert (code, bool(re.search(ALL, said))) == (0, True), said


def test_nothing_is_kept_where_a_link_leads_away(project: Path) -> None:
    (project / ".cache").symlink_to(project.parent, target_is_directory=True)
    for _ in range(2):
        code, said = build(project)
        assert (code, bool(re.search(ALL, said))) == (0, True), said
    assert [path.name for path in project.parent.iterdir()] == ["project"]


def test_of_what_somebody_edits_meanwhile_nothing_is_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def edited_meanwhile(record: BuildRecord, found: CurrentState) -> BuildPlan:
        put("docs/articles/sunk.md", "# Meanwhile\n")(project)
        return plan_build(record, found)

    put("docs/articles/raised.md", "# Raised\n")(project)
    build(project)
    monkeypatch.setattr("digestgen.site.incremental.plan_build", edited_meanwhile)
    put("docs/articles/sunk.md", "# Before\n")(project)
    build(project)
    assert b"Meanwhile" in (project / "site" / "articles" / "sunk" / "index.html").read_bytes()
    monkeypatch.undo()
    put("docs/articles/sunk.md", "# Before\n")(project)
    check(project, "the text that was there when that build began", ALL)


def test_what_is_kept_is_not_committed(project: Path) -> None:
    build(project)
    assert (project / ".cache" / "digestgen" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_all_is_made_anew_on_request(project: Path) -> None:
    build(project)
    assert re.search(ALL, build(project, "--clean")[1])
    assert re.search(NONE, build(project)[1])


def test_what_the_environment_says_counts_where_it_is_asked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR_OF_POST", "Ida")
    build(project)
    monkeypatch.setenv("EDITOR_OF_POST", "Olga")
    assert re.search(NONE, build(project)[1])
    put("mkdocs.yml", f"{CONFIG}site_author: !ENV EDITOR_OF_POST\n")(project)
    build(project)
    assert re.search(NONE, build(project)[1])
    monkeypatch.setenv("EDITOR_OF_POST", "Ida")
    assert "since mkdocs.yml" in build(project)[1]
