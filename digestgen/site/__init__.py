"""What makes pages a site: the theme, the default pages, the plugin for MkDocs, and what a new project starts with."""
