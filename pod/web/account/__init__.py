"""The account API over HTTP: one table of addresses, and what each of them answers."""
