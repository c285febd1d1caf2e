"""What a person lets others do with her data: requests, grants, and the words for both. Pure."""
