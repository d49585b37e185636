"""Plain text → the articles in it."""
