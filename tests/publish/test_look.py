"""What of the site's looks can be reckoned: contrast in both schemes, nothing fetched from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

THEME = Path(__file__).parents[2] / "digestgen" / "site" / "theme"
CSS = (THEME / "assets" / "digest.css").read_text(encoding="utf-8")


def colours(scheme: str) -> dict[str, str]:
    """The colours that a scheme defines: name → #rrggbb."""
    pairs = re.findall(r"--([a-z]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", CSS)
    return {name: dark if scheme == "dark" else light for name, light, dark in pairs}


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [*((text, ground) for text in ("ink", "soft", "accent") for ground in ("paper", "raised")), ("ink", "mark")],
)
def test_text_stands_out(scheme: str, text: str, ground: str) -> None:
    scale = colours(scheme)
    assert contrast(scale[text], scale[ground]) >= 4.5


@pytest.mark.parametrize(
    "path",
    [
        "assets/digest.css",
        "main.html",
        "404.html",
        "review.html",
        "partials/crumbs.html",
    ],
)
def test_nothing_is_fetched_from_elsewhere(path: str) -> None:
    text = (THEME / path).read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(|(?:src|href)=\"(?:https?:)?//", text)
