"""Tags with more attributes than any person or program gives one: parsers compare each with each, for minutes."""

from __future__ import annotations

import re

_MOST_ATTRIBUTES = 200
_NAME = r"[^\s/>=]{0,200}"
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]{0,2000})"""
_ATTRIBUTE = rf"[\s/]*+[^\s/>]{_NAME}+(?:\s*+=\s*+{_VALUE}?+)?+"
_OVERLOADED = re.compile(rf"<[a-zA-Z]{_NAME}+(?:{_ATTRIBUTE}){{{_MOST_ATTRIBUTES},}}+[\s/]*+>?")


def without_overloaded(markup: str) -> str:
    """Markup without such tags; it takes time in proportion to its length."""
    return _OVERLOADED.sub(" ", markup) if len(markup) > 2 * _MOST_ATTRIBUTES else markup
