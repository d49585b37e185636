"""No template of the theme says a word that is not in the catalogues."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digestgen.site.defaults import THEME_FILES

TEMPLATES = sorted(
    path
    for path in THEME_FILES.rglob("*.html")
    # One is the curator's, in the preview alone, the other a tag's attributes.
    if path.name not in {"review.html", "searched.html"}
)
CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<script>.*?</script>|<style>.*?</style>|<!--.*?-->", re.DOTALL)
READ = re.compile(r"(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_no_word_of_its_own(path: Path) -> None:
    text = CODE.sub("", path.read_text(encoding="utf-8"))
    told = [*READ.findall(text), re.sub(r"<[^>]*>", "", text)]
    assert re.findall(r"\w{2,}", " ".join(told)) == []
