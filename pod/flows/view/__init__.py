"""What the pages of a person's data show: each asks its queries, as she would."""
