"""Mails, mailboxes and newsletters."""
