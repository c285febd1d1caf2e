"""Who a request is from: the first line of every other flow."""

import asyncio
from dataclasses import replace

from acl import ANYONE, OWN_PAGES, Agent
from pod.flows.context import Pod, Server
from pod.flows.document import graph_of
from pod.flows.vouch import verified
from pod.model import Request
from pod.oidc.credentials import check_credentials, check_unbound, read_credentials
from pod.oidc.proof import Purpose
from pod.oidc.replay import mark_of
from pod.oidc.tokens import Token
from pod.problems import Unauthenticated
from vocab.graph import NamedNode, objects
from vocab.names import VCARD

# A token that names no client is still not the owner at her own machine, who has none.
UNNAMED = ""
PURPOSE = "Selfdata-Purpose"


async def authenticate(request: Request, server: Server) -> Agent:
    """The agent and the client that a request's credentials stand for; anyone without them.

    Raises Unauthenticated for credentials that do not hold, on public resources too (RS-18).
    """
    credentials = read_credentials(request.headers)
    if credentials is None:
        return ANYONE
    now, identity = server.now(), server.identity
    token = identity.tokens.find(credentials.token, now)
    if token is None:
        token = await _at_home(await verified(credentials.token, server), server)
        identity.tokens.keep(credentials.token, token)
    if identity.revoked.has_any(token.marks) and token.issuer == server.base:
        raise Unauthenticated("sign in again: this access token was given back or ended")
    if token.epoch is not None:
        pod = await pod_of(token.webid, server)
        if pod is None or pod.store.identity.epoch != token.epoch:
            raise Unauthenticated("ask for a new access token: the account it was for is gone")
    if credentials.proof is None:
        ours = server.config.unbound_tokens and token.issuer == server.base
        check_unbound(token, allowed=ours)
        return _agent(token, request)
    sent = Purpose(request.method, request.url, token.hash)
    proof = check_credentials(credentials.proof, token, sent, now, identity.proofs)
    if not identity.seen.first_use(mark_of(proof), now):
        raise Unauthenticated("sign a new DPoP proof for each request", "invalid_dpop_proof")
    return _agent(token, request)


def _agent(token: Token, request: Request) -> Agent:
    # Which one of the purposes of its grants a request is made for, where it has several.
    purpose = request.headers.get(PURPOSE)
    # No token makes anybody the owner on the server's own pages, whatever its issuer says.
    client = UNNAMED if token.client is None or token.client == OWN_PAGES else token.client
    return Agent(token.webid, client, token.issuer, purpose=purpose)


async def pod_of(webid: str, server: Server) -> Pod | None:
    """The pod of this server that a WebID is in; None when there is none any more."""
    found = server.addresses.find(webid)
    return found and (server.pods.at_hand(found[0]) or await server.pods.find(found[0]))


async def _at_home(token: Token, server: Server) -> Token:
    """The token, with the epoch of the pod that its WebID is in, whoever has issued it."""
    if token.epoch is not None:
        return token
    pod = await pod_of(token.webid, server)
    return token if pod is None else replace(token, epoch=pod.store.identity.epoch)


async def with_memberships(agent: Agent, groups: frozenset[str], pod: Pod) -> Agent:
    """The agent with what is known of its membership in these groups, looked up beforehand.

    A group that cannot be read has no members: it never opens a door, and never breaks a request.
    """
    names = {name for name in (agent.webid, agent.client, agent.issuer) if name is not None}
    if not groups or not names:
        return agent
    graphs = await asyncio.gather(*(graph_of(group, pod.server) for group in groups))
    found = {
        (group, member.value)
        for group, graph in zip(groups, graphs, strict=True)
        # WAC §4.3 #acl-agentgroup: "vcard:hasMember" in the document of the group.
        for member in objects(graph, NamedNode(group), NamedNode(VCARD.hasMember))
        if member.value in names
    }
    return replace(agent, memberships=frozenset(found))
