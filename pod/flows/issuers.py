"""Who signs somebody at home here in: what her profile names, read where it lies."""

from pod.flows.authenticate import pod_of
from pod.flows.context import Pod, Server
from pod.ldp.profile import document_of, profile_in
from pod.rdf.formats import RdfFormat
from vocab.iri import ResourceIri


async def is_signed_in_here(webid: str, server: Server) -> bool:
    """Whether this server may sign a WebID in: one elsewhere says so in its own document, to whom
    its tokens are shown; of one here the document is looked at.
    """
    pod = await pod_of(webid, server)
    if pod is None:
        return server.addresses.find(webid) is None
    # Solid-OIDC §8.1 #id-token-validation: the issuer is one that the WebID Document lists. One
    # that lists none, for it is broken or gone, has named no other either.
    issuers = issuers_in(pod, webid)
    return not issuers or server.base in issuers


def issuers_in(pod: Pod, webid: str) -> tuple[str, ...]:
    """The issuers that the document of a WebID in this pod names; none where there is none."""
    storage, snapshot = pod.store.storage, pod.store.snapshot()
    found = snapshot.load(ResourceIri(storage, document_of(webid).removeprefix(storage)))
    syntax = None if found is None else RdfFormat.of(found.media_type)
    if found is None or syntax is None:
        return ()
    return profile_in(snapshot.read(found.content), syntax, webid).issuers
