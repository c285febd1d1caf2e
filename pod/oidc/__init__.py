"""Identity (Solid-OIDC, RFC 9449): tokens, proofs, clients, keys. Pure: time and keys come in."""
