"""Web pages and HTML fragments."""
