"""What a first visit to a page loads, compressed as GitHub Pages sends it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response

from e2e.conftest import Site, visit

from .conftest import kind_of

LIMIT = 70_000
"""Bytes of a first load; a reader on a slow phone waits a second for so much."""


def heaviest(site: Site) -> dict[str, str]:
    """The largest page of each kind."""
    found: dict[str, tuple[int, str]] = {}
    for path in site.pages():
        html = (site.folder / path / "index.html").read_text(encoding="utf-8")
        found[kind_of(html)] = max(found.get(kind_of(html), (0, "")), (len(html), path))
    return {kind: path for kind, (_, path) in found.items() if kind != "moved"}


@pytest.mark.parametrize("which", ["site", "made_up"])
def test_a_first_load_is_light(browser: Browser, request: pytest.FixtureRequest, which: str, tmp_path: Path) -> None:
    built: Site = request.getfixturevalue(which)
    loads: dict[str, dict[str, int]] = {}
    for kind, path in heaviest(built).items():
        context = browser.new_context()
        page = context.new_page()
        loaded: list[Response] = []
        page.on("response", lambda response, loaded=loaded: loaded.append(response))
        visit(page, built.url + path)
        loads[kind] = {one.url.removeprefix(built.url): one.request.sizes()["responseBodySize"] for one in loaded}
        context.close()
    table = "\n".join(f"{sum(sizes.values()):7} {kind}: {sizes}" for kind, sizes in loads.items())
    (tmp_path / "loads.txt").write_text(table, encoding="utf-8")
    assert [kind for kind, sizes in loads.items() if sum(sizes.values()) > LIMIT] == [], table
    assert not [url for sizes in loads.values() for url in sizes if "pagefind" in url], "search must cost nothing idle"
