"""Texts without spaces between words, as the search index reads them and as its excerpts show them."""

from __future__ import annotations

import re
from html import unescape

import pytest

from digestgen.site.search.spaceless_text import GAP, with_spaces, without_added_spaces

TEXTS = {
    "Japanese": ("東京で会議。", "東 京 で 会 議。"),
    "brackets stay with what they hold": ("首相「福島」は（今日）", "首 相 「福 島」 は （今 日）"),
    "beside Latin letters": ("新型iPhone15は高い", "新 型 iPhone15 は 高 い"),
    "after a stop": ("高い。iPhone", "高 い。 iPhone"),
    "Thai with its marks": ("ที่นี่", "ที่ นี่"),
    "Korean has spaces": ("서울 시장", "서울 시장"),
    "English": ("The ferry, sank.", "The ferry, sank."),
    "Hindi": ("कीव में", "कीव में"),
}


@pytest.mark.parametrize(("text", "read"), TEXTS.values(), ids=TEXTS)
def test_each_character_is_a_word(text: str, read: str) -> None:
    assert with_spaces(text) == read


@pytest.mark.parametrize(
    "text",
    [
        *(text for text, _ in TEXTS.values()),
        "東京 大阪",
        "iPhone 東京 2025年 x",
        "ผมชื่อ สมชาย ครับ",
        "「東京」 は",
        "東京、 2025",
    ],
)
def test_the_text_comes_back_with_its_own_spaces(text: str) -> None:
    assert without_added_spaces(with_spaces(text)).replace(GAP, "") == text
    assert re.split(rf"[ {GAP}]", without_added_spaces(with_spaces(text))) == re.split(
        " ", with_spaces(text).replace("\u2e31", "")
    )


def test_attributes_and_tags_stay() -> None:
    html = '<h1 title="東京">東京</h1><p>東<em>京都</em> <a href="/大阪/">大阪</a></p>'
    read = with_spaces(html)
    assert re.findall("<[^>]*>", read) == re.findall("<[^>]*>", html)
    assert " 東<em> 京 都<" in read


def test_a_gap_that_a_text_brings_along_is_none() -> None:
    assert without_added_spaces(f"fer{GAP}ry") == "ferry"


def test_entities_stay_what_they_are() -> None:
    assert unescape(with_spaces("東京&amp;大阪 &lt;b&gt;")).replace(" ", "") == "東京&大阪\u2e31<b>"


@pytest.mark.parametrize("text", ["<" * 300_000 + "東", "東「" * 100_000, "東" + "。" * 200_000 + " " * 200_000 + "x"])
def test_a_hostile_page_does_not_hang_the_build(text: str) -> None:
    assert without_added_spaces(with_spaces(text)).count("東") == text.count("東")
