"""An app by its id: what its own document says, or what it has registered."""

from pod.flows.context import Server
from pod.oidc.app import App, AppFlaw, origin
from pod.oidc.client_document import ACCEPT, is_document_address, read_client_document
from pod.oidc.registration import read_written
from pod.problems import Malformed

LIMIT = 64 * 1024  # bytes of a document


async def app_of(client: str, server: Server) -> App:
    """The app of an id. Raises Malformed, to be told to the person: nobody is sent to an app that
    is not known.
    """
    kept = await server.accounts.read(lambda tables: tables.apps.find(id=client))
    if kept is not None:
        return read_written(kept.id, kept.secret_hash, kept.metadata)
    if not is_document_address(client):
        raise Malformed("this server does not know the app; it may have to register again")
    found = await server.fetch(client, ACCEPT)
    if found is None or len(found.body) > LIMIT:
        raise Malformed("the document that says what the app is cannot be had")
    # An app is shown by its address; one that leads elsewhere would speak in the name of its host.
    if origin(found.url).lower() != origin(client).lower():
        raise Malformed("the document that says what the app is lies elsewhere than its address")
    try:
        return read_client_document(client, found.body)
    except AppFlaw as flaw:
        raise Malformed(str(flaw)) from flaw
