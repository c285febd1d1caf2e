"""Tokens of any issuer: its keys, and whether the WebID's own document lets it speak for it."""

from dataclasses import replace
from datetime import timedelta

from pod.flows.context import Server
from pod.flows.document import graph_of
from pod.oidc.issuer import ACCEPT, configuration_address, read_configuration, read_keys, vouches
from pod.oidc.jws import PublicKey
from pod.oidc.tokens import Token, is_by_one_of, named_issuer, verify_token
from pod.problems import Unauthenticated

RECHECK = timedelta(minutes=10)
"""How long it is taken as true that a WebID's document names an issuer."""


async def verified(text: str, server: Server) -> Token:
    """What a token says that is seen for the first time. Raises Unauthenticated.

    It is to be kept until it `expires`: that is no later than its WebID is to be looked at again.
    """
    issuer, now = named_issuer(text), server.now()
    if issuer == server.base:
        own = (key.public for key in server.identity.keys.published(server.now()))
        token = verify_token(text, own, issuer, now)
        if token.epoch is not None:
            return token  # of somebody at home here: her pod has its epoch, and is asked each time
    else:
        keys = await _keys_of(issuer, server)
        # RS-09: it may have taken another key; but whoever makes one up is not to have it asked
        # each time.
        if not is_by_one_of(text, keys) and server.throttles.keys.take(issuer, now) is None:
            keys = await _keys_of(issuer, server, anew=True)
        token = verify_token(text, keys, issuer, now)
    # Solid-OIDC §8.1: what the document says is what counts, not what the issuer says of itself.
    if not vouches(await graph_of(token.webid, server), token.webid, issuer):
        raise Unauthenticated(
            "sign in with an issuer that the document of this WebID names as its solid:oidcIssuer, "
            "and see that the document can be read by anybody"
        )
    return replace(token, expires=min(token.expires, now + RECHECK))


async def _keys_of(issuer: str, server: Server, *, anew: bool = False) -> tuple[PublicKey, ...]:
    try:
        configuration = await _document(configuration_address(issuer), server)
        address = read_configuration(configuration, issuer)
        return read_keys(await _document(address, server, anew=anew))
    except (ValueError, RecursionError) as error:
        raise Unauthenticated(
            "the issuer of the access token cannot be asked for its keys; try again later"
        ) from error


async def _document(address: str, server: Server, *, anew: bool = False) -> bytes:
    # What lies in a pod here is nobody's configuration: this server is never asked by itself.
    found = await server.fetch(address, ACCEPT, anew=anew)
    if found is None:
        raise ValueError(address)
    return found.body
