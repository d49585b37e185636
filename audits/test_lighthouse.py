"""Lighthouse, as a phone on a slow line: 100 of 100 in every category for each kind of page that people land on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from e2e.conftest import Site, chromium

from .conftest import MODULES, run

RUNS = 3
"""A busy machine spoils the score of speed, and nothing flatters it: the best of so many runs counts."""


KINDS = ["front page", "story", "topic", "article"]


@pytest.mark.parametrize("kind", KINDS)
def test_lighthouse(made_up: Site, node: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = json.loads((made_up.folder / "digest.json").read_text(encoding="utf-8"))
    topic = digest["topics"][0]
    article = next(article for article in digest["articles"] if article["id"] == topic["articles"][0])
    path = {
        "front page": "",
        "story": next(story["address"] for topic in digest["topics"] for story in topic["stories"] if story["address"]),
        "topic": f"topics/{topic['slug']}/",
        "article": f"articles/{article['slug']}/",
    }[kind]
    monkeypatch.setenv("CHROME_PATH", chromium())
    report = tmp_path / "report.json"
    command = [
        *(node, MODULES / "lighthouse" / "cli" / "index.js", made_up.url + path),
        *("--quiet", "--output=json", f"--output-path={report}"),
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    for _ in range(RUNS):
        run(command, tmp_path)
        told = json.loads(report.read_text(encoding="utf-8"))
        scores = {name: category["score"] for name, category in told["categories"].items()}
        if set(scores.values()) == {1}:
            break
    faults = [
        f"{audit['id']}: {audit.get('displayValue', audit['title'])}"
        for category in told["categories"].values()
        for reference in category["auditRefs"]
        if reference["weight"] and (audit := told["audits"][reference["id"]])["score"] not in {1, None}
    ]
    assert scores == {"performance": 1, "accessibility": 1, "best-practices": 1, "seo": 1}, faults
