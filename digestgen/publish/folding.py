"""The last section of a page, which explains how it was made, folded away for those who ask."""

from __future__ import annotations

import re

_ABOUT = re.compile(r'(<h2 id="_about">.*?</h2>)(.*)', re.DOTALL)


def folded(html: str) -> str:
    """A page's content, as HTML, with its part about the entry or the topic opened only when asked for.

    In the Markdown it is a section like any other: what folds there is HTML, in which other builders read no Markdown.
    """
    return _ABOUT.sub(r'<details class="digest-about">\n<summary>\1</summary>\2\n</details>', html)
