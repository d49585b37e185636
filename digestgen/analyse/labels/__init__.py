"""Labels of groups of articles."""
