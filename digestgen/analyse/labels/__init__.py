"""What groups of articles are called."""
