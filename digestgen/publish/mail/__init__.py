"""An edition as a mail."""
