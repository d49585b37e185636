"""``permalinks.yml``: what was published, and under which address."""
