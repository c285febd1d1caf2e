"""Data given back once more: what a pod holds, in the formats that other programs read. No I/O."""
