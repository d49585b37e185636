from __future__ import annotations

from pathlib import Path

import pytest

from digestgen.site.hosting import size_warning


@pytest.mark.parametrize(("size", "told"), [(0, False), (790, False), (800, True), (2_000, True)])
def test_a_site_that_nears_the_limit_is_told_of(tmp_path: Path, size: int, told: bool) -> None:  # noqa: FBT001
    (tmp_path / "deep").mkdir()
    (tmp_path / "index.html").write_bytes(b"x" * (size // 2))
    (tmp_path / "deep" / "index.html").write_bytes(b"x" * (size - size // 2))
    assert bool(size_warning(tmp_path, most_bytes=1_000)) is told


def test_the_guide_tells_what_to_do() -> None:
    guide = (Path(size_warning.__code__.co_filename).parent / "pages" / "publishing.md").read_text(encoding="utf-8")
    assert "## Large sites" in guide
