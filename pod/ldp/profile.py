"""What is held to in the profile of an owner: the WebID document, and the preferences it names.

Only what Solid WebID Profile says is wrong is refused; whatever else a profile says is its owner's
own business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pod.problems import Conflict, Problem, UnknownContext, Unprocessable
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import has_named_graphs, parse
from vocab.graph import Graph, NamedNode, Term, objects
from vocab.iri import ResourceIri
from vocab.names import DCTERMS, FOAF, LDP, PIM, RDF, SOLID

NOTHING: Graph = frozenset()

# WebID Profile §5 #identity-provider: "capable of authenticating the WebID owner". Who could change
# it would sign in everywhere as somebody else.
_ISSUER = NamedNode(SOLID.oidcIssuer)
_TYPE, _INBOX, _PREFERENCES = map(NamedNode, (RDF.type, LDP.inbox, PIM.preferencesFile))
_CONFIGURATION = NamedNode(PIM.ConfigurationFile)

# foaf:Agent, the classes that FOAF puts below it, and those that it says are the same.
_AGENTS = {
    FOAF.Agent,
    FOAF.Person,
    FOAF.NS + "Organization",
    FOAF.NS + "Group",
    DCTERMS.NS + "Agent",
    "http://schema.org/Person",
    "https://schema.org/Person",
}
CARD = "profile/card"  # the WebID document that a storage is made with
_SMALL = 16 * 1024  # bytes; what a document of this size says is remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the WebID documents in a storage say, as far as rules go by it.

    `webids` are those that they are held to. `protected` are the triples that nobody changes.
    `inboxes` and `preferences` are IRIs.
    """

    webids: frozenset[str] = frozenset()
    protected: Graph = NOTHING
    inboxes: frozenset[str] = frozenset()
    preferences: frozenset[str] = frozenset()

    @property
    def issuers(self) -> tuple[str, ...]:
        """Who signs them in, each an IRI."""
        found = (triple.object for triple in self.protected)
        return tuple(sorted(term.value for term in found if isinstance(term, NamedNode)))

    def __or__(self, other: "Profile") -> "Profile":
        return Profile(
            webids=self.webids | other.webids,
            protected=self.protected | other.protected,
            inboxes=self.inboxes | other.inboxes,
            preferences=self.preferences | other.preferences,
        )


def webid_of(storage: str) -> str:
    """The WebID that a storage is made with, unless its owner has one elsewhere."""
    return f"{storage}{CARD}#me"


def webids_in(storage: str, owners: Iterable[str]) -> frozenset[str]:
    """The WebIDs in a storage that an account may sign in as: what it is made with, and owners."""
    found = (webid for webid in owners if webid.startswith(storage))
    return frozenset((webid_of(storage), *found))


def described(target: ResourceIri, webids: Iterable[str]) -> tuple[str, ...]:
    """The WebIDs among these that a document is the WebID document of."""
    # WID-09: what another document says of a WebID, linked or not, counts for nothing.
    return tuple(webid for webid in webids if document_of(webid) == str(target))


def document_of(webid: str) -> str:
    """The IRI of a WebID document."""
    return webid.partition("#")[0]


def profile_in(text: bytes, syntax: RdfFormat, webid: str) -> Profile:
    """What a WebID document says of its WebID; nothing where it cannot be read."""
    return (_remembered if len(text) <= _SMALL else _read)(text, syntax, webid)


def check_profile(graph: Graph, target: ResourceIri, now: Profile) -> None:
    """Raise Conflict or Unprocessable for what must not become of a document.

    `graph` is what it would say, and `now` what the profile says as things are.
    """
    webids = described(target, now.webids)
    for webid in webids:
        _check_protected(graph, NamedNode(webid), now)
        _check_described(graph, NamedNode(webid))
    if str(target) in now.preferences and not webids:
        _check_preferences(graph, NamedNode(str(target)))


def check_unnamed(text: bytes, syntax: RdfFormat, target: ResourceIri) -> None:
    """Raise Unprocessable for a WebID document that has named graphs."""
    # WID-07: many readers take the triples of every graph for the document's.
    if has_named_graphs(text, syntax, str(target)):
        raise Unprocessable("a WebID document has no named graphs; leave them out")


def check_stays(target: ResourceIri, now: Profile) -> None:
    """Raise Conflict for the deletion of a WebID document."""
    if described(target, now.webids):
        # WID-07: else what must not be changed could be deleted and then written anew.
        raise Conflict("this document says who signs its owner in; delete the account instead")


def check_context(problem: Problem, target: ResourceIri, now: Profile) -> None:
    """Raise Unprocessable where a body is wrong for the context it names, and it is a profile."""
    of_profile = bool(described(target, now.webids)) or str(target) in now.preferences
    if of_profile and isinstance(problem, UnknownContext):
        # WebID Profile §3.2 #server-unprocessable-content: "Servers MUST respond with a 422 status
        # code [...] including unrecognised JSON-LD context in representation data".
        raise Unprocessable(str(problem)) from problem


def _check_protected(graph: Graph, webid: NamedNode, now: Profile) -> None:
    # WebID Profile §3.2 #server-update-protected-triples: "Servers MUST NOT allow HTTP PUT
    # or PATCH on a Solid WebID Profile to update its protected triples; [...] MUST respond with a
    # 409 status code".
    if _issuers(graph, webid) != _issuers(now.protected, webid):
        raise Conflict(
            "who signs the owner in is set by her account; leave each solid:oidcIssuer of the"
            " WebID as it is"
        )


def _check_described(graph: Graph, webid: NamedNode) -> None:
    """Raise Unprocessable where a profile is wrong about its own properties."""
    # WebID Profile §3.2 #server-unprocessable-content: "semantically erroneous Solid WebID
    # Profile or Preferences Document data"; WebID Profile §3.1 #webid-profile-data-model.
    kinds = {kind.value for kind in objects(graph, webid, _TYPE) if isinstance(kind, NamedNode)}
    if not kinds & _AGENTS:
        raise Unprocessable("a WebID document says that its WebID is a foaf:Agent; add that")
    if not _is_one_iri_at_most(tuple(objects(graph, webid, _PREFERENCES))):
        raise Unprocessable("a WebID has one pim:preferencesFile, which is an IRI; leave one")
    if not _is_one_iri_at_most(tuple(objects(graph, webid, _INBOX))):
        raise Unprocessable("a WebID has at most one ldp:inbox, which is an IRI; leave one")


def _check_preferences(graph: Graph, document: NamedNode) -> None:
    # WebID Profile §3.1 #preferences-document: "One rdf:type property whose object is
    # pim:ConfigurationFile".
    if _CONFIGURATION not in objects(graph, document, _TYPE):
        raise Unprocessable(
            "the preferences document of a profile says that it is a pim:ConfigurationFile; add"
            " that"
        )


def _is_one_iri_at_most(values: tuple[Term, ...]) -> bool:
    return not values or (len(values) == 1 and isinstance(values[0], NamedNode))


def _issuers(graph: Graph, webid: NamedNode) -> frozenset[Term]:
    return frozenset(objects(graph, webid, _ISSUER))


def _read(text: bytes, syntax: RdfFormat, webid: str) -> Profile:
    try:
        graph = parse(text, syntax, document_of(webid))
    except Problem:
        return Profile()
    about = NamedNode(webid)
    protected = frozenset(t for t in graph if t.subject == about and t.predicate == _ISSUER)
    return Profile(
        # Whoever says who signs her in means to sign in with it.
        webids=frozenset({webid}) if protected else frozenset(),
        protected=protected,
        inboxes=_iris(graph, about, _INBOX),
        preferences=_iris(graph, about, _PREFERENCES),
    )


_remembered = lru_cache(maxsize=1024)(_read)


def _iris(graph: Graph, webid: NamedNode, predicate: NamedNode) -> frozenset[str]:
    found = objects(graph, webid, predicate)
    return frozenset(term.value for term in found if isinstance(term, NamedNode))
