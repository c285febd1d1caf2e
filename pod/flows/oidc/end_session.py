"""An app asks that a person be signed out here too (OpenID Connect RP-Initiated Logout §2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from pod.flows.context import Server
from pod.flows.oidc.apps import app_of
from pod.flows.oidc.permit import person_of
from pod.oidc.authorization import Parameters, read_parameters
from pod.oidc.tokens import Hint, read_hint
from pod.problems import Malformed, Unauthenticated
from pod.store.server_values import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Where she goes when it is done, None where no app says so; and whether the app has shown a
    token of the very person who is signed in: who has not must not sign anybody out unasked.
    """

    address: str | None
    proven: bool


async def ending(
    pairs: Sequence[tuple[str, str]], session: Session | None, server: Server
) -> Ending:
    """What an app asks for. Raises Malformed where it wants her at an address it never named."""
    parameters = read_parameters(pairs)
    hint = _hint(parameters, server)
    person = await person_of(session, server)
    return Ending(
        address=await _address(parameters, hint, server),
        proven=hint is not None and person is not None and hint.webid in person.webids,
    )


def _hint(parameters: Parameters, server: Server) -> Hint | None:
    # §2: "OPs SHOULD accept ID Tokens when the RP identified by the ID Token's aud [...] even when
    # the exp time has passed."
    if "id_token_hint" not in parameters:
        return None
    keys = (key.public for key in server.identity.keys.published(server.now()))
    try:
        return read_hint(parameters["id_token_hint"], keys, server.base)
    except Unauthenticated:
        return None


async def _address(parameters: Parameters, hint: Hint | None, server: Server) -> str | None:
    wanted = parameters.get("post_logout_redirect_uri")
    # §2: without a hint, "the OP MUST NOT perform post-logout redirection unless the OP has other
    # means of confirming the legitimacy of the post-logout redirection target".
    if wanted is None or hint is None:
        return None
    # §2: "MUST verify that the Client Identifier matches the one used when issuing the ID Token".
    if parameters.get("client_id", hint.client) != hint.client:
        raise Malformed("the app shows a token that another app was given")
    app = await app_of(hint.client, server)
    # §3: "the OP MUST NOT perform post-logout redirection if the post_logout_redirect_uri value
    # supplied does not exactly match one of the previously registered" ones.
    if wanted not in app.post_logout_redirect_uris:
        raise Malformed("the app wants you to end at an address that it did not name before")
    if "state" not in parameters:
        return wanted
    joint = "&" if urlsplit(wanted).query else "?"
    return f"{wanted}{joint}{urlencode({'state': parameters['state']})}"
