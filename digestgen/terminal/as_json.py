"""What a script is told: the same as a person, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from digestgen.curate.explain.explanation import Explanation
from digestgen.curate.plan.plan import Plan


def as_json(told: Plan | Explanation) -> str:
    """The fields by name, sorted; dates as ``2026-11-22``."""
    return json.dumps(asdict(told), sort_keys=True, ensure_ascii=False, indent=1, default=date.isoformat)
