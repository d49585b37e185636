"""Grouping of articles into stories, topics and sections."""
