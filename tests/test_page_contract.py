"""Templates, styles, scripts, audits and browser tests meet on names, never on the order of elements.

Every class and id that one of them names is given by a template, by the theme, by a script or by Material, and every
class that is given is named by somebody. What the Markdown of the pages gives is listed in ``design/pages.md``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import material
import pytest

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "digestgen"
TEMPLATES = PACKAGE / "publish" / "templates"
THEME = PACKAGE / "site" / "theme"
MATERIAL = Path(material.__file__).parent / "templates"

SELECTING = {
    "eval_on_selector", "eval_on_selector_all", "is_visible", "locator", "query_selector", "query_selector_all",
    "wait_for_selector",
}  # fmt: skip
"""Methods of Playwright whose first argument is a selector."""

ORDER = re.compile(r":(?:first|last|only|nth)-[\w-]+|[+~]")
STEP = re.compile(
    r"\b(?:next|previous|first|last)(?:Element)?(?:Sibling|Child)\b|\bchild(?:ren|Nodes)\s*(?:\[|\.item\()"
)
CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
ID = re.compile(r"#([A-Za-z_][\w-]*)")


def read(paths: list[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(paths))


PAGES = read(list(TEMPLATES.glob("*.md.jinja")))
MAIL = (TEMPLATES / "mail.html.jinja").read_text(encoding="utf-8")
HTML = read(list(THEME.rglob("*.html")))
SCRIPTS = read([*THEME.rglob("*.js"), THEME / "review.html"])
MODULES = [*(PACKAGE / "publish").rglob("*.py"), *(PACKAGE / "site").rglob("*.py")]
LOOKERS = [*(PROJECT / "tests" / "e2e").glob("*.py"), *(PROJECT / "audits").glob("*.py")]


def in_styles(css: str) -> Iterator[str]:
    """The selectors of a style sheet."""
    for prelude in re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        if not prelude.strip().startswith("@"):
            yield prelude.strip()


def in_script(script: str) -> Iterator[str]:
    """The selectors in a script."""
    for _, selector in re.findall(r"""(?:querySelector(?:All)?|matches|closest)\((["'`])(.+?)\1""", script):
        yield selector


def in_python(source: str) -> Iterator[str]:
    """The selectors in a test of pages, and in the scripts that it runs there."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=called), args=[ast.Constant(value=str(selector)), *_]):
                if called in SELECTING:
                    yield selector
            case ast.Constant(value=str(text)):
                yield from in_script(text)


def styles() -> dict[str, str]:
    """The style sheets of the site's pages."""
    inside = re.findall(r"<style>(.*?)</style>", HTML, re.DOTALL)
    sheets = {path.name: path.read_text(encoding="utf-8") for path in sorted(THEME.rglob("*.css"))}
    return {**sheets, "review.html": "\n".join(inside)}


def selectors() -> dict[str, list[str]]:
    """Where selectors stand → these, without what they say of attributes."""
    found = {name: list(in_styles(css)) for name, css in styles().items()}
    found |= {path.name: list(in_script(path.read_text(encoding="utf-8"))) for path in sorted(THEME.rglob("*.js"))}
    found["review.html"] += in_script((THEME / "review.html").read_text(encoding="utf-8"))
    for path in sorted(LOOKERS):
        found[f"{path.parent.name}/{path.name}"] = list(in_python(path.read_text(encoding="utf-8")))
    return {name: [re.sub(r"\[[^\]]*\]", "", each) for each in each_of] for name, each_of in found.items()}


SELECTORS = selectors()


def looks(source: str) -> Iterator[str]:
    """The classes that a module gives in an attribute list, or in HTML of its own."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.keyword(arg="look", value=ast.Constant(value=str(names))):
                yield from names.split()
            case ast.Constant(value=str(text)):
                for names in re.findall(r'<[a-z]+ (?:[a-z-]+="[^"<>]*" )*class="([a-z -]+)"', text):
                    yield from names.split()


def of_markdown() -> set[str]:
    """What the templates of pages and the links in them give."""
    given = set(re.findall(r"\.([a-z-]+)(?=[ .}])", " ".join(re.findall(r"\{\.[a-z. -]+\}", PAGES))))
    for value in re.findall(r"look=([^,)]+)", PAGES):
        given |= {name for names in re.findall(r'"([^"]*)"', value) for name in names.split()}
    for path in MODULES:
        given |= {name for name in looks(path.read_text(encoding="utf-8")) if not name.startswith("digest-")}
    return given


def kinds() -> set[str]:
    """Classes that say of which kind a page is."""
    named = {path.name.removesuffix(".md.jinja") for path in TEMPLATES.glob("[!_]*.md.jinja")}
    named |= set(re.findall(r"^kind: (\w+)$", read(list((PACKAGE / "site").rglob("*.md"))), re.MULTILINE))
    named |= set(re.findall(r'meta\.kind or "(\w+)"', HTML))
    return {f"digest--{name}" for name in named}


def of_theme() -> set[str]:
    """What the theme, its scripts and the plugin give."""
    given: set[str] = set()
    for names in re.findall(r'class="([^"]*)"', HTML):
        given |= {name for name in re.sub(r"\S*\{\{.*?\}\}", "", names).split() if not name.startswith("md-")}
    given |= set(re.findall(r'className(?::| =) "([\w-]+)"', SCRIPTS))
    given |= set(re.findall(r'classList\.(?:add|toggle)\("([\w-]+)"', SCRIPTS))
    for path in MODULES:
        given |= {name for name in looks(path.read_text(encoding="utf-8")) if name.startswith("digest-")}
    return given


def of_material() -> set[str]:
    """Classes that Material gives, in its templates or in what it styles."""
    text = read([*MATERIAL.rglob("*.html"), *MATERIAL.rglob("*.css")])
    return set(re.findall(r"\bmd-[a-z0-9_-]+", text))


def anchors() -> set[str]:
    """The ids that templates, theme and Material give; a number may stand behind them."""
    given = set(re.findall(r'anchor\("(\w+)"', PAGES)) | set(re.findall(r'id="([\w-]+)"', HTML))
    return given | set(re.findall(r'id="(__\w+)"', read(list(MATERIAL.rglob("*.html")))))


GIVEN = of_markdown() | of_theme() | kinds() | of_material()


@pytest.mark.parametrize("where", SELECTORS)
def test_every_class_that_is_named_is_given(where: str) -> None:
    assert {name for each in SELECTORS[where] for name in CLASS.findall(each)} - GIVEN == set()


@pytest.mark.parametrize("where", SELECTORS)
def test_every_anchor_that_is_named_is_given(where: str) -> None:
    assert {name for each in SELECTORS[where] for name in ID.findall(each)} - anchors() == set()


@pytest.mark.parametrize("where", SELECTORS)
def test_nothing_hangs_on_the_order_of_elements(where: str) -> None:
    assert [each for each in SELECTORS[where] if ORDER.search(each)] == []


def test_no_script_goes_from_one_element_to_the_next() -> None:
    assert STEP.findall(SCRIPTS) == []


def test_every_class_that_is_given_is_named() -> None:
    named = {name for each_of in SELECTORS.values() for each in each_of for name in CLASS.findall(each)}
    assert (of_markdown() | of_theme()) - named == set()


def test_a_mail_gives_what_it_styles() -> None:
    sheet = "\n".join(re.findall(r"<style>(.*?)</style>", MAIL, re.DOTALL))
    styled = {name for each in in_styles(sheet) for name in CLASS.findall(each)}
    assert styled == set(re.findall(r'"class": "([\w-]+)"', MAIL))


def test_the_design_lists_what_markdown_gives() -> None:
    chapter = (PROJECT / "design" / "pages.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `\.([\w-]+)` \|", chapter, re.MULTILINE)) == of_markdown()


@pytest.mark.parametrize(
    ("selector", "ordered"),
    [
        pytest.param("li:first-child", True, id="the first"),
        pytest.param("p:not(:has(> em:only-child))", True, id="the only one"),
        pytest.param("tr:nth-of-type(2n)", True, id="every other"),
        pytest.param("h1 + p", True, id="the next"),
        pytest.param("h3 ~ p", True, id="one after it"),
        pytest.param("ul:has(> li > .story) > li", False, id="what stands in what"),
        pytest.param("a:is(:hover, :focus-visible)", False, id="a state"),
    ],
)
def test_order_is_told_from_other_selectors(selector: str, *, ordered: bool) -> None:
    assert list(in_styles(f"/* h1 + p */ @media print {{ {selector} {{ margin: 0 }} }}")) == [selector]
    assert bool(ORDER.search(selector)) is ordered


def test_selectors_are_found_in_tests_of_pages() -> None:
    source = 'page.locator(".one", has=page.locator("#two")).evaluate("e => e.closest(\'.three > a\')")'
    assert sorted(in_python(source)) == ["#two", ".one", ".three > a"]
