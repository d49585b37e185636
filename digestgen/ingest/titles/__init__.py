"""Titles of articles: found, or made from their own sentences."""
