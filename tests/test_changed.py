"""Selection of the tests for a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from changed import ALWAYS, files_for

TESTS = {
    ALWAYS: "",
    "tests/test_text.py": "",
    "tests/analyse/test_label.py": "from digestgen.analyse.label import label\n",
    "tests/analyse/test_map.py": "from digestgen.analyse.words import words\nfrom digestgen.analyse import other\n",
    "tests/e2e/test_words.py": "from digestgen.analyse.words import words\n",
}


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ([], []),
        (["README.md", "digestgen/site/theme/main.html"], []),
        (["digestgen/text.py"], ["tests/test_text.py"]),
        (["digestgen/analyse/label.py"], ["tests/analyse/test_label.py"]),
        (["digestgen/analyse/words.py"], ["tests/analyse/test_map.py"]),
        (["digestgen/analyse/other.py"], ["tests/analyse/test_map.py"]),
        (["digestgen/untried.py"], []),
        (["tests/test_text.py", "tests/made.py"], ["tests/test_text.py"]),
        (["tests/e2e/test_words.py"], []),
    ],
    ids=[
        "nothing",
        "no module",
        "a module",
        "in a wing",
        "by its imports",
        "by its room",
        "none",
        "a test",
        "a browser's",
    ],
)
def test_a_module_calls_for_its_own_tests(changed: list[str], wanted: list[str], tmp_path: Path) -> None:
    for name, text in TESTS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert files_for(changed, TESTS, tmp_path) == sorted([ALWAYS, *wanted])
