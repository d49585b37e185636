"""digestgen: articles in, a curated digest as plain Markdown out."""
