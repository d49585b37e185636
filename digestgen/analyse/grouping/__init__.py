"""Articles → stories, topics and sections."""
