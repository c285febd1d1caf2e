"""An app by its id: what its own document says, or what it has registered."""

from pod.flows.context import Server
from pod.flows.document import public_document
from pod.oidc.app import App, AppFlaw, origin
from pod.oidc.client_document import ACCEPT, is_document_address, read_client_document
from pod.oidc.picture import MEDIA_TYPE, is_small_picture
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
    body = await _document(client, ACCEPT, server)
    if body is None or len(body) > LIMIT:
        raise Malformed("the document that says what the app is cannot be had")
    try:
        return read_client_document(client, body)
    except AppFlaw as flaw:
        raise Malformed(str(flaw)) from flaw


async def said_by(client: str, server: Server) -> str | None:
    """What an app says of itself in the document that is its id, as JSON text; None where it has
    none, or none that can be had.
    """
    if not is_document_address(client):
        return None
    body = await _document(client, ACCEPT, server)
    if body is None or len(body) > LIMIT:
        return None
    return body.decode(errors="replace")


def has_logo(app: App) -> bool:
    """Whether an app names a picture of its own that may be asked for: beside its document, so that
    nobody shows the picture of another site.
    """
    return is_document_address(app.id) and origin(app.logo).lower() == origin(app.id).lower()


async def logo_of(app: App, server: Server) -> bytes | None:
    """The picture of an app, asked for by this server and never by the person's browser; None for
    every other than a small PNG, and for one that cannot be had.
    """
    body = await _document(app.logo, MEDIA_TYPE, server) if has_logo(app) else None
    shown = body is not None and len(body) <= LIMIT and is_small_picture(body)
    return body if shown else None


async def _document(address: str, accept: str, server: Server) -> bytes | None:
    if server.addresses.find(address) is not None:
        return await public_document(address, server)  # this server is never asked by itself
    found = await server.fetch(address, accept)
    # An app is shown by its address; one that leads elsewhere would speak in the name of its host.
    moved = found is not None and origin(found.url).lower() != origin(address).lower()
    return None if found is None or moved else found.body
