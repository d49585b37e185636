"""The analyse wing: articles → meaning."""
