"""Explanations of why an article or topic is where it is."""
