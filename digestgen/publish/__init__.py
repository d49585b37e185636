"""Digest → text of pages, feeds, mails and data files. Pure: writes nothing."""
