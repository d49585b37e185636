from __future__ import annotations

from pathlib import Path

import pytest

from digestgen.fetch.session import user_agent


@pytest.mark.parametrize(
    ("config", "told"),
    [
        pytest.param(
            "site_name: Mine\nsite_url: https://digest.example/news\n", " (+https://digest.example/news/)", id="a site"
        ),
        pytest.param("site_name: Mine\n", "", id="no address yet"),
        pytest.param(None, "", id="no project"),
    ],
)
def test_says_who_asks_and_for_whom(tmp_path: Path, config: str | None, told: str) -> None:
    if config is not None:
        (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    name, space, address = user_agent(tmp_path / "seeds").partition(" ")
    assert name.split("/")[0] == "digestgen"
    assert space + address == told
