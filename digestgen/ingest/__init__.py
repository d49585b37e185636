"""Read seeds: text → articles."""
