"""How many random examples the property tests try: a few by default, many in ``make nightly``."""

from __future__ import annotations

from hypothesis import settings

# No deadline: a busy machine is no fault of the code.
settings.register_profile("digestgen", deadline=None, max_examples=30)
# Nightly failures are printed to be reproduced elsewhere, and each night tries new examples.
settings.register_profile("nightly", deadline=None, max_examples=300, derandomize=False, print_blob=True)


def costly(share: float) -> settings:
    """Settings for tests with expensive examples: a share of the profile's examples, at least two."""
    return settings(max_examples=max(2, round(settings().max_examples * share)))
