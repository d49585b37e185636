"""The publish wing: the digest → files."""
