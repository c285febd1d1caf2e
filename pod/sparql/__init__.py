"""SPARQL under access control: the request, its dataset, its results. Pure."""
