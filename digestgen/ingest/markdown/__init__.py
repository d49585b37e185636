"""Markdown seeds and their dialects."""
