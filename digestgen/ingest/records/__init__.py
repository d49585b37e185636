"""Records: front matter, JSON objects and table rows, each an article with its metadata."""
