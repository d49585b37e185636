"""Quality and cost, measured against baselines: ``python -m benchmarks DATA [NAME…]``."""

import sys
from pathlib import Path

# The browser and the server of the tests serve here too, and import what tests share as the tests do.
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
