"""What the headers of a WebID document say because the document does."""

from itertools import chain

from pod.ldp.allow import Headers
from pod.ldp.facts import State
from pod.ldp.links import inbox_links, issuer_links
from pod.ldp.profile import described, profile_in, webids_in
from pod.model import Resource
from pod.rdf.formats import RdfFormat


def profile_links(found: Resource, state: State) -> Headers:
    """The links of a WebID document to what clients look for; none of any other resource."""
    webids = described(found.iri, webids_in(found.iri.storage, state.acls().owners))
    syntax = RdfFormat.of(found.media_type) if webids else None
    if syntax is None:
        return ()
    said = {webid: profile_in(state.read(found.content), syntax, webid) for webid in webids}
    inboxes = {inbox for profile in said.values() for inbox in profile.inboxes}
    # LDN §3.1 #note-fragments: "any Inbox found in the Link header will be for the resolved URL,
    # without the fragment"; and #discovery: "A resource MUST advertise only one Inbox".
    inbox = inboxes.pop() if len(inboxes) == 1 and found.inbox is None else None
    issuers = (issuer_links(webid, profile.issuers) for webid, profile in said.items())
    return (*chain.from_iterable(issuers), *inbox_links(inbox))
