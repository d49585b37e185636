"""Records, as front matter, JSON and tables hold them: an article with what is known of it."""
