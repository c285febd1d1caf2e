"""The SPARQL 1.1 protocol and query language, as far as a server must know them: pure rules."""
