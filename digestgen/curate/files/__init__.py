"""Files written by the curator: sidecars, settings, and files under wrong names."""
