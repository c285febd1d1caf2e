"""Where a pod is kept: SQLite is the truth, the query index follows it."""
