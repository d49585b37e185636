"""Golden cases: a folder of seeds, the resulting ``digest.json``, and a page of each kind.

``make golden`` rewrites them from the current code; review the difference before committing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from digestgen.compose.digest import compose
from digestgen.publish.export import to_json
from digestgen.publish.review import review_page
from digestgen.seed_folder import read_seed_folder
from publish.rendered import pages_of

PROJECT = Path(__file__).resolve().parent.parent
CASES = PROJECT / "tests" / "cases"
PAGES = {
    "user": ["topics/north-korea.md"],
    "harbour": [
        "index.md",
        "topics/index.md",
        "topics/steam-crane.md",
        "stories/the-harbour-master-wants-the-old-crane-gone-before-the.md",
        "articles/frost-fund-for-velm-valley-growers.md",
        review_page.PATH,
    ],
}
"""Few, so that a difference is read; between them they show what each template does most."""


@pytest.mark.parametrize("case", PAGES)
def test_case(case: str, *, rewrite_golden: bool) -> None:
    folder = read_seed_folder(CASES / case / "seeds")
    composition = compose(folder.seeds, folder.settings)
    written = pages_of(composition.digest)
    path, text = review_page.render(composition.digest, folder.seeds, folder.rulings.statements, composition.problems)
    written[path] = text
    outputs = {
        "digest.json": "".join(to_json(composition.digest)),
        "problems.txt": "".join(f"{problem}\n" for problem in (*folder.problems, *composition.problems)),
        **{f"pages/{path}": written[path] for path in PAGES[case]},
    }
    for name, text in outputs.items():
        golden = CASES / case / name
        if rewrite_golden:
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_text(text, encoding="utf-8")
        assert text == golden.read_text(encoding="utf-8"), f"{golden} differs; `make golden` rewrites it"
