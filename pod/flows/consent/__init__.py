"""What a person decides about access to her data: one file, one path."""
