from __future__ import annotations

import pytest

from digestgen.site.page_html import with_direction


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>Port</p>", "<p>Port</p>", id="Latin"),
        pytest.param("<p>افتتح الجسر.</p>", '<p dir="rtl">افتتح الجسر.</p>', id="Arabic"),
        pytest.param(
            '<h1 id="_top" lang="he">גשר</h1>', '<h1 dir="rtl" id="_top" lang="he">גשר</h1>', id="Hebrew heading"
        ),
        pytest.param(
            '<ul>\n<li><a href="x.html">«پل»</a></li>\n<li><a href="y.html">Bridge</a></li>\n</ul>',
            '<ul>\n<li dir="rtl"><a dir="rtl" href="x.html">«پل»</a></li>\n<li><a href="y.html">Bridge</a></li>\n</ul>',
            id="items, each by itself",
        ),
        pytest.param(
            "<blockquote>\n<p>&#40;2024&#41; جسر</p>\n</blockquote>",
            '<blockquote dir="rtl">\n<p dir="rtl">&#40;2024&#41; جسر</p>\n</blockquote>',
            id="escapes and digits say nothing",
        ),
        pytest.param(
            '<p>Of <a href="x/" lang="ar">جسر</a>, 2 more</p>',
            '<p>Of <a dir="rtl" href="x/" lang="ar">جسر</a>, 2 more</p>',
            id="a link in another text",
        ),
        pytest.param(
            '<a aria-label="جسر" href="x/">2</a>', '<a aria-label="جسر" href="x/">2</a>', id="a name in a tag"
        ),
        pytest.param("<abbr>جسر</abbr>", "<abbr>جسر</abbr>", id="a tag that begins alike"),
        pytest.param("<p>Mayor عمدة</p>", "<p>Mayor عمدة</p>", id="a word in another text"),
        pytest.param('<p dir="ltr">جسر</p>', '<p dir="ltr">جسر</p>', id="what is told already"),
        pytest.param("<pre>جسر</pre>", "<pre>جسر</pre>", id="no such block"),
        pytest.param("جسر <p></p>", "جسر <p></p>", id="nothing in it"),
    ],
)
def test_with_direction(html: str, expected: str) -> None:
    assert with_direction(html) == expected


def test_a_hostile_page_costs_no_more_than_its_length() -> None:
    html = "<p>" * 20_000 + "&" * 20_000 + "ج" + "<" * 20_000
    assert with_direction(html).count("rtl") == 0
