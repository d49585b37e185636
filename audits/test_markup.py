"""Every page is valid HTML, by the Nu checker (vnu, which reads the style sheets too) and by html-validate."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pathspec import PathSpec

from digestgen.publish import templating
from digestgen.writer import generated_paths
from e2e.conftest import Site

from .conftest import MODULES, kind_of, run

AUDITS = Path(__file__).parent
CHECKED = [("site", "."), ("made_up", "."), ("preview", "review")]
"""Sites, and what of each."""
TEMPLATES = Path(templating.__file__).with_name("templates")


def by_vnu(java: str, what: Path) -> str:
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    checked = ("--skip-non-html", "--also-check-css", "--also-check-svg", "--Werror")
    return run([java, "-Xss4m", "-jar", jar, *checked, "--filterfile", AUDITS / "vnu.filter", what], AUDITS, fails=True)


def by_html_validate(node: str, rules: str, what: str) -> str:
    script = MODULES / "html-validate" / "bin" / "html-validate.mjs"
    return run([node, script, "--config", AUDITS / rules, "--max-warnings=0", what], AUDITS, fails=True)


@pytest.mark.parametrize(("which", "part"), CHECKED)
def test_vnu(java: str, request: pytest.FixtureRequest, which: str, part: str) -> None:
    built: Site = request.getfixturevalue(which)
    assert by_vnu(java, built.folder / part) == ""


@pytest.mark.parametrize(("which", "part"), CHECKED)
def test_html_validate(node: str, request: pytest.FixtureRequest, which: str, part: str) -> None:
    built: Site = request.getfixturevalue(which)
    assert by_html_validate(node, "html-validate.mjs", f"{built.folder / part}/**/*.html") == ""


def test_the_mail_by_vnu(java: str, mail: Path) -> None:
    assert by_vnu(java, mail) == ""


def test_the_mail_by_html_validate(node: str, mail: Path) -> None:
    assert by_html_validate(node, "html-validate.mail.mjs", str(mail)) == ""


def test_the_made_up_site_has_every_kind_of_page(made_up: Site, preview: Site) -> None:
    kinds = {kind_of((made_up.folder / path / "index.html").read_text(encoding="utf-8")) for path in made_up.pages()}
    assert "review" not in kinds
    kinds |= {kind_of((preview.folder / "review" / "index.html").read_text(encoding="utf-8"))}
    templates = {path.name.removesuffix(".md.jinja") for path in TEMPLATES.glob("[!_]*.md.jinja")}
    assert kinds == {*templates, "about"}
    assert [path for path in made_up.pages() if re.fullmatch(r"articles/page/\d+/", path)]


@pytest.mark.parametrize("ignored", [".gitignore", "digestgen/site/project/gitignore"])
def test_git_ignores_every_page_that_is_generated(made_up: Site, ignored: str) -> None:
    """So that nobody commits them, here or in a project of one's own."""
    told = PathSpec.from_lines("gitignore", (AUDITS.parent / ignored).read_text(encoding="utf-8").splitlines())
    pages = [f"docs/{path}" for path in generated_paths(made_up.folder.parent / "docs")]
    assert pages
    assert [path for path in pages if not told.match_file(path)] == []
