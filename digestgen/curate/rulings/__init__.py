"""``curation.yml``: what the curator decides."""
