"""A theme for MkDocs and Zensical, which find it by this package: Material, with the digest's own looks."""
