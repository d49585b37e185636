"""Keyphrases of articles: extracted, scored, filtered, and indexed over the collection."""
