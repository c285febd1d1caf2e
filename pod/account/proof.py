"""The proof that a WebID elsewhere is somebody's: a code that she writes into its document."""

from vocab.graph import Graph, Literal, NamedNode, objects
from vocab.names import SOLID


def statement(webid: str, code: str) -> str:
    """The statement to write, in Turtle."""
    return f'<{webid}> <{SOLID.oidcIssuerRegistrationToken}> "{code}".'


def codes_in(document: Graph, webid: str) -> list[str]:
    """The codes that a WebID's document has for it."""
    found = objects(document, NamedNode(webid), NamedNode(SOLID.oidcIssuerRegistrationToken))
    return [value.value for value in found if isinstance(value, Literal)]
