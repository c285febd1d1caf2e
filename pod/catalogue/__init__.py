"""The catalogue of what holders give, crossed with what this server imports."""
