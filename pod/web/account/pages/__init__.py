"""The pages of an account, for people: each works without scripts, but for passkeys."""
