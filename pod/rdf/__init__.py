"""RDF syntaxes: text to graph and back. Never touches the network."""
