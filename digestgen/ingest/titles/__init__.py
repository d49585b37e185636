"""Titles of articles, found in the text or made from its sentences."""
