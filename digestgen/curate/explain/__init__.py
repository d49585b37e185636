"""Why an article or a topic is where it is."""
