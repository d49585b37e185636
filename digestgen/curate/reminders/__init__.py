"""Notices to the curator about decisions in force."""
