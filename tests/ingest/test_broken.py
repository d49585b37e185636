import pytest

from digestgen.ingest.broken import breaks_off


@pytest.mark.parametrize(
    ("paragraph", "broken"),
    [
        ("It opened on Friday. Engineers blamed the steel, which had", True),
        ("Engineers blamed the steel,", True),
        ("Engineers blamed the steel…", True),
        ("It opened on Friday. Engineers blamed the steel.", False),
        ("New study sheds light on rust", False),
        ("It opened on Friday. The engineers said:", False),
        ("It opened on Friday. Engineers blamed “the steel.”", False),
        ("", False),
        ("पुल शुक्रवार को खुला। इंजीनियरों ने बताया कि इस्पात", True),
        ("大桥星期五开放。工程师说钢材", True),
        ("大桥星期五开放。工程师说钢材不合格。", False),
    ],
)
def test_what_breaks_off(paragraph: str, broken: bool) -> None:  # noqa: FBT001
    assert breaks_off(paragraph) == broken
