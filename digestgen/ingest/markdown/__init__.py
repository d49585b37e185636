"""Markdown seeds, in its usual dialects."""
