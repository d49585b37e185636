"""What is told to a person at a terminal, in lines that fit it and can be read without colour."""
