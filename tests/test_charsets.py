from __future__ import annotations

import codecs

import pytest

from digestgen.charsets import codec_named, text_of

CAFE = "Café am Kai"
ZIMA = "Зима в городе"
HARU = "春の港の朝"


def page(charset: str, text: str, codec: str) -> bytes:
    return f'<html><head><meta charset="{charset}"><title>{text}</title>'.encode(codec)


READ = {
    "nothing said, UTF-8": (CAFE.encode(), CAFE),
    "nothing said, western": (CAFE.encode("cp1252"), CAFE),
    "a mark": (codecs.BOM_UTF8 + CAFE.encode(), CAFE),
    "a mark of UTF-16": (CAFE.encode("utf-16"), CAFE),
    "declared Latin-1 with a dash of windows": (page("iso-8859-1", "Kai – heute", "cp1252"), "Kai – heute"),
    "declared windows-1251": (page("windows-1251", ZIMA, "cp1251"), ZIMA),
    "declared in capitals": (page("KOI8-R", ZIMA, "koi8-r"), ZIMA),
    "declared Shift_JIS": (page("Shift_JIS", HARU, "cp932"), HARU),
    "declared seven-bit Japanese": (page("iso-2022-jp", HARU, "iso2022_jp"), HARU),
    "declared gb2312": (page("gb2312", "港口的早晨", "gb18030"), "港口的早晨"),
    "declared by http-equiv": (
        f'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>{ZIMA}'.encode("cp1251"),
        ZIMA,
    ),
    "declared in XML": (f'<?xml version="1.0" encoding="ISO-8859-1"?><p>{CAFE}'.encode("latin-1"), CAFE),
    "a declaration that lies over UTF-8": (page("iso-8859-1", ZIMA, "utf-8"), ZIMA),
    "a declaration of UTF-16 that lies": (page("utf-16", CAFE, "utf-8"), CAFE),
    "a declaration that no one knows": (page("zip", CAFE, "cp1252"), CAFE),
    "cut off in the middle of a letter": (ZIMA.encode()[:-1], ZIMA[:-1]),
    "declared UTF-8 with a bad byte": (page("utf-8", CAFE, "utf-8") + b"\xff the end", "the end"),
}


@pytest.mark.parametrize(("data", "expected"), READ.values(), ids=READ)
def test_reads_a_page_in_the_characters_that_it_is_in(data: bytes, expected: str) -> None:
    assert expected in text_of(data)


@pytest.mark.parametrize("name", ["zip", "base64", "unicode_escape", "idna", "rot13", "utf-7", ""])
def test_knows_no_codec_that_is_not_for_text(name: str) -> None:
    assert codec_named(name) is None


TOLD = {
    "rightly": (ZIMA.encode("cp1251"), "windows-1251", ZIMA),
    "UTF-8 over UTF-8": (ZIMA.encode(), "utf-8", ZIMA),
    "Latin-1 over UTF-8": (ZIMA.encode(), "iso-8859-1", ZIMA),
    "UTF-8 over western": (CAFE.encode("cp1252"), "utf-8", CAFE),
    "UTF-8 over what the page declares": (page("windows-1251", ZIMA, "cp1251"), "utf-8", ZIMA),
    "Latin-1 over what the page declares": (page("windows-1251", ZIMA, "cp1251"), "iso-8859-1", ZIMA),
    "nothing": (CAFE.encode("cp1252"), None, CAFE),
    "no charset": (CAFE.encode("cp1252"), "zip", CAFE),
}


@pytest.mark.parametrize(("data", "told", "expected"), TOLD.values(), ids=TOLD)
def test_believes_a_server_no_more_than_it_must(data: bytes, told: str | None, expected: str) -> None:
    assert expected in text_of(data, told)
