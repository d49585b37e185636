"""The files that a curator writes: sidecars, settings, and files under wrong names."""
