"""The ingest wing: seed text → articles."""
