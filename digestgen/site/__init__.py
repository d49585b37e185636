"""The MkDocs side: theme, default pages, plugin, incremental builds, preview, and files of a new project."""
