"""What a build would change for readers, and why."""
