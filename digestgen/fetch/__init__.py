"""The way in: addresses, files and feeds → seeds. Nothing here is asked by a build."""
