"""What a new pod holds before its owner puts anything there: rules, profile, what apps look for."""

from collections.abc import Callable, Iterator
from datetime import datetime

from acl import AclIndex, Owner, inbox_acl, owner_only, public_read, root_acl
from acl.parse import rules_from
from pod.ldp.inbox import INBOX
from pod.ldp.profile import CARD, webid_of
from pod.model import Change, Draft
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.iri import ResourceIri

TURTLE = RdfFormat.TURTLE.media_type

PROFILE = "profile/"
SETTINGS = "settings/"
PREFERENCES = SETTINGS + "prefs.ttl"
PUBLIC_INDEX = SETTINGS + "publicTypeIndex.ttl"
PRIVATE_INDEX = SETTINGS + "privateTypeIndex.ttl"

# WID-05, WID-10: the WebID document names its issuer and its storage in full.
_CARD = """@prefix foaf: <http://xmlns.com/foaf/0.1/>.
@prefix ldp: <http://www.w3.org/ns/ldp#>.
@prefix pim: <http://www.w3.org/ns/pim/space#>.
@prefix solid: <http://www.w3.org/ns/solid/terms#>.

<{storage}profile/card>
    a foaf:PersonalProfileDocument;
    foaf:maker <{webid}>;
    foaf:primaryTopic <{webid}>.

<{webid}>
    a foaf:Agent, foaf:Person;
    pim:storage <{storage}>;
"""
_ISSUER = "    solid:oidcIssuer <{issuer}>.\n"
# Type Indexes #public-type-index: "a pointer to it MUST be placed in the WebID Profile Document".
_NAMED = """    pim:preferencesFile <{storage}settings/prefs.ttl>;
    ldp:inbox <{storage}inbox/>;
    solid:publicTypeIndex <{storage}settings/publicTypeIndex.ttl>;
"""
# Type Indexes #private-type-index: "a pointer to it MUST be placed in the Preferences Document".
_PREFERENCES = """@prefix pim: <http://www.w3.org/ns/pim/space#>.
@prefix solid: <http://www.w3.org/ns/solid/terms#>.

<{storage}settings/prefs.ttl>
    a pim:ConfigurationFile.

<{webid}>
    solid:publicTypeIndex <{storage}settings/publicTypeIndex.ttl>;
    solid:privateTypeIndex <{storage}settings/privateTypeIndex.ttl>.
"""
_INDEX = """@prefix solid: <http://www.w3.org/ns/solid/terms#>.

<>
    a solid:TypeIndex, solid:{kind}.
"""

_Acl = Callable[[ResourceIri, Owner], str]
# Path, text, and the rules that it has of its own. What has none is under those above it.
_Part = tuple[str, str, _Acl | None]

_BARE: tuple[_Part, ...] = (
    ("", "", root_acl),
    (PROFILE, "", None),
    # WID-02: a WebID document is readable "without authentication".
    (CARD, _CARD + _ISSUER, public_read),
)
_FULL: tuple[_Part, ...] = (
    *_BARE[:-1],
    (CARD, _CARD + _NAMED + _ISSUER, public_read),
    # Not under the rules of the root alone: what she shares there does not open her settings.
    (SETTINGS, "", owner_only),
    (PREFERENCES, _PREFERENCES, None),
    (PUBLIC_INDEX, _INDEX.replace("{kind}", "ListedDocument"), public_read),
    (PRIVATE_INDEX, _INDEX.replace("{kind}", "UnlistedDocument"), None),
    # LDN-09: anybody may add, and nobody else sees what others have added.
    (INBOX, "", inbox_acl),
    ("public/", "", public_read),
    ("private/", "", owner_only),
)
_PARTS = {"bare": _BARE, "full": _FULL}
_OF_A_WEBID = (PROFILE, SETTINGS)


def first_changes(
    storage: str, issuer: str, now: datetime, *, kind: str, owner: Owner
) -> Iterator[Change]:
    """The changes that make a new pod, parents first. `now` is in UTC, whole seconds.

    `kind` is what Config.provision is: "bare" is what is needed to sign in, "full" what apps look
    for too. `owner` has the WebID that the pod makes here (pod.ldp.profile.webid_of), or that of
    somebody elsewhere, whose profile and settings are there.
    """
    webid = owner.webid
    elsewhere = webid != webid_of(storage)
    for path, text, acl in _PARTS[kind]:
        if elsewhere and path.startswith(_OF_A_WEBID):
            continue
        target = ResourceIri(storage, path)
        said = text.format(webid=webid, storage=storage, issuer=issuer)
        for iri, content in ((target, said), (target.acl, acl and acl(target, owner))):
            if content is not None:
                after = Draft(media_type=TURTLE, content=content.encode(), modified=now)
                yield Change(target=iri, before=None, after=after)


def first_access(storage: str, owner: Owner) -> AclIndex:
    """The access that is in force while a pod is made: that of the rules it will begin with."""
    root = ResourceIri(storage, "")
    document = parse(root_acl(root, owner).encode(), RdfFormat.TURTLE, str(root.acl))
    return AclIndex({root: rules_from(document, root)}, frozenset({owner.webid}))
