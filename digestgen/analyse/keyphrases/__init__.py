"""Keyphrases of articles, the names among them, and where they occur."""
