"""Who signs the owner of a WebID in: the one part of a profile that her account alone changes."""

from dataclasses import dataclass
from datetime import datetime

from pod.ldp.profile import document_of, profile_in
from pod.model import Change, Draft, Resource
from pod.problems import Conflict, NotFound
from pod.rdf.formats import RdfFormat
from pod.rdf.patch import Patch, Step
from pod.rdf.patched import patched
from vocab.graph import NamedNode
from vocab.names import SOLID


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a WebID document shall say: that this issuer signs the WebID in, or, where it is to
    `remove` it, that it does not.
    """

    webid: str
    issuer: str
    remove: bool


def renamed(asked: Naming, before: Resource, text: bytes, now: datetime) -> Change | None:
    """The change of a WebID document, whose text is `text`; None where it says so already.

    `now` is in UTC, whole seconds. Raises NotFound for an issuer that is to be removed and
    is not named, Conflict for the last one or where the document cannot be changed.
    """
    syntax = RdfFormat.of(before.media_type)
    issuers = () if syntax is None else profile_in(text, syntax, asked.webid).issuers
    if asked.remove and asked.issuer not in issuers:
        raise NotFound("the profile does not name this issuer")
    if asked.remove and len(issuers) == 1:
        # Solid-OIDC §4 #oidc-issuer-discovery: without one nobody can sign in, anywhere.
        raise Conflict("a profile names who signs its owner in; add another issuer first")
    if syntax is None:
        raise Conflict("the profile is no document that can be changed; replace it first")
    named = NamedNode(asked.webid), NamedNode(SOLID.oidcIssuer), NamedNode(asked.issuer)
    step = Step(deletes=frozenset({named})) if asked.remove else Step(inserts=frozenset({named}))
    after = patched(text, syntax, document_of(asked.webid), Patch((step,)))
    if not (after.difference.added or after.difference.removed):
        return None
    return Change(
        target=before.iri,
        before=before,
        after=Draft(media_type=before.media_type, content=after.text, modified=now),
    )
