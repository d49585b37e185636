"""Golden cases: a folder of seeds and the resulting ``digest.json``.

``make golden`` rewrites them from the current code; review the difference before committing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from digestgen.compose.digest import compose
from digestgen.publish.export import to_json
from digestgen.seed_folder import read_seed_folder

PROJECT = Path(__file__).resolve().parent.parent
CASES = PROJECT / "tests" / "cases"
SEEDS = {case: CASES / case / "seeds" for case in ("user", "harbour")}


@pytest.mark.parametrize("case", SEEDS)
def test_digest(case: str, *, rewrite_golden: bool) -> None:
    folder = read_seed_folder(SEEDS[case])
    composition = compose(folder.seeds, folder.settings)
    problems = "".join(f"{problem}\n" for problem in (*folder.problems, *composition.problems))
    outputs = {"digest.json": to_json(composition.digest), "problems.txt": problems}
    for name, text in outputs.items():
        golden = CASES / case / name
        if rewrite_golden:
            golden.write_text(text, encoding="utf-8")
        assert text == golden.read_text(encoding="utf-8"), f"{golden} differs; `make golden` rewrites it"
