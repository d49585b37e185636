"""What a curator is told although nothing is wrong."""
