"""Theme for MkDocs and Zensical, registered through this package: Material with our own style."""
