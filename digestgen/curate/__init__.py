"""The curate wing: the curator's word."""
