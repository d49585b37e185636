"""Split plain text into articles."""
