"""Holders' exports to records: pure functions from bytes to values. One module per format."""
