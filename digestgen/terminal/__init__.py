"""Output for people at a terminal: wrapped to its width and readable without colour."""
