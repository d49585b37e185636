"""Fetch addresses, files and feeds into seeds. A build never uses this package."""
