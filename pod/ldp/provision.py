"""What a new pod holds before its owner puts anything there: rules, profile, a public folder."""

from collections.abc import Iterator
from datetime import datetime

from acl import AclIndex, public_read, root_acl
from acl.parse import rules_from
from pod.model import Change, Draft
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.iri import ResourceIri

TURTLE = "text/turtle"

# WID-05, WID-10: the WebID document names its issuer and its storage in full.
_CARD = """@prefix foaf: <http://xmlns.com/foaf/0.1/>.
@prefix pim: <http://www.w3.org/ns/pim/space#>.
@prefix solid: <http://www.w3.org/ns/solid/terms#>.

<{card}>
    a foaf:PersonalProfileDocument;
    foaf:maker <{webid}>;
    foaf:primaryTopic <{webid}>.

<{webid}>
    a foaf:Agent;
    pim:storage <{storage}>;
    solid:oidcIssuer <{issuer}>.
"""


def webid_of(storage: str) -> str:
    """The WebID of the owner of a storage that is made here."""
    return storage + "profile/card#me"


def first_changes(
    storage: str, issuer: str, now: datetime, owner: str | None = None
) -> Iterator[Change]:
    """The changes that make a new pod, parents first. `now` is in UTC, whole seconds; `owner` is
    the WebID of somebody elsewhere, who has a profile already, or None for one that is made here.
    """
    root, webid = ResourceIri(storage, ""), owner or webid_of(storage)
    card, public = root.child("profile/card"), root.child("public/")
    profile = _CARD.format(card=card, webid=webid, storage=storage, issuer=issuer)
    for target, text in (
        (root, ""),
        (root.acl, root_acl(root, webid)),
        (root.child("profile/"), ""),
        (card, profile),
        # WID-02: a WebID document is readable "without authentication".
        (card.acl, public_read(card, webid)),
        (public, ""),
        (public.acl, public_read(public, webid)),
    ):
        if owner is not None and target.path.startswith("profile/"):
            continue
        after = Draft(media_type=TURTLE, content=text.encode(), modified=now)
        yield Change(target=target, before=None, after=after)


def first_access(storage: str, owner: str | None = None) -> AclIndex:
    """The access that is in force while a pod is made: that of the rules it will begin with."""
    root, owner = ResourceIri(storage, ""), owner or webid_of(storage)
    document = parse(root_acl(root, owner).encode(), RdfFormat.TURTLE, str(root.acl))
    return AclIndex({root: rules_from(document, root)}, frozenset({owner}))
