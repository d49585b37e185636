"""Extractive summaries of articles and groups."""
