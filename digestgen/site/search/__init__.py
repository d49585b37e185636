"""The search index of a built site."""
