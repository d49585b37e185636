"""How much chance is tried: enough for a change by default, and the whole of it by night (``make nightly``)."""

from __future__ import annotations

from hypothesis import settings

# No test asserts wall-clock time: a busy machine is no fault of the code.
settings.register_profile("digestgen", deadline=None, max_examples=30)
# What came by chance is not to be lost with the machine of that night, nor to be the same as the night before.
settings.register_profile("nightly", deadline=None, max_examples=300, derandomize=False, print_blob=True)


def costly(share: float) -> settings:
    """Settings for a test whose examples cost much: that share of the examples of the profile, and two at least."""
    return settings(max_examples=max(2, round(settings().max_examples * share)))
