"""Plans and explanations as JSON, for scripts."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from digestgen.curate.explain.explanation import Explanation
from digestgen.curate.plan.plan import Plan


def as_json(content: Plan | Explanation) -> str:
    """Serialise with sorted field names; dates as ``2026-11-22``."""
    return json.dumps(asdict(content), sort_keys=True, ensure_ascii=False, indent=1, default=date.isoformat)
