"""The rules by which this server refuses what is sent, for people and for programs.

Each is told in the refusal itself; here they stand together, at one address that refusals link to.
"""

from dataclasses import dataclass
from html import escape

from pod.ldp.inbox import LARGEST
from pod.ldp.operation import PATCH_LIMIT
from pod.problems import Conflict, TooLarge, Unprocessable, UnsupportedMediaType
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import LIMIT
from pod.rdf.serialise import serialise
from vocab.graph import Graph, Literal, NamedNode, Triple
from vocab.names import LDP, RDFS

CONSTRAINTS = "ns/constraints"  # below the public address of the server
HTML = "text/html"
MEDIA_TYPES = (HTML, *(syntax.media_type for syntax in RdfFormat))

_BROKEN_BY = (Conflict, TooLarge, Unprocessable, UnsupportedMediaType)
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Constraint:
    """One rule: its fragment, the statuses of its refusals, and what it says in two languages."""

    name: str
    statuses: str
    english: str
    french: str


RULES = (
    Constraint(
        "containment",
        "409",
        "The server alone says what a container holds, and the size, time and type of a resource.",
        "Le serveur seul dit ce que contient un conteneur, et la taille, la date et le type d'une"
        " ressource.",
    ),
    Constraint(
        "names",
        "409",
        "Addresses that differ in the final slash are one name; nothing lies below a document;"
        " names ending in .acl and .meta are those of auxiliary resources; .well-known at the root"
        " of a storage is the server's.",
        "Deux adresses qui ne diffèrent que par la barre finale sont un seul nom ; rien ne se place"
        " sous un document ; les noms en .acl et .meta sont ceux des ressources auxiliaires ;"
        " .well-known à la racine d'un espace est au serveur.",
    ),
    Constraint(
        "deletion",
        "409",
        "A container is deleted once it is empty; the WebID document of an account, with the"
        " account.",
        "Un conteneur se supprime une fois vide ; le document WebID d'un compte, avec le compte.",
    ),
    Constraint(
        "access-rules",
        "409, 422",
        "Access rules are for a resource that is there, name in full what they are for, leave"
        " somebody in control of the root, and have no conditions that the server cannot check.",
        "Les règles d'accès portent sur une ressource présente, la nomment en entier, laissent à"
        " quelqu'un le contrôle de la racine, et n'ont aucune condition que le serveur ne sait pas"
        " vérifier.",
    ),
    Constraint(
        "patches",
        "409, 415, 422",
        "An N3 Patch matches in exactly one way, and what it deletes is there; a SPARQL Update is"
        " about its target alone; only RDF is patched.",
        "Un N3 Patch s'applique d'une seule façon, et ce qu'il supprime est présent ; un SPARQL"
        " Update ne porte que sur sa cible ; seul le RDF se modifie ainsi.",
    ),
    Constraint(
        "issuer",
        "409",
        "The solid:oidcIssuer of the owner of a storage is set by her account, and by no write to"
        " her WebID document.",
        "Le solid:oidcIssuer de la propriétaire d'un espace est fixé par son compte, et par aucune"
        " écriture dans son document WebID.",
    ),
    Constraint(
        "profile",
        "422",
        "A WebID document types its WebID as a foaf:Agent, and names at most one"
        " pim:preferencesFile and one ldp:inbox; the preferences document is a"
        " pim:ConfigurationFile; both name only JSON-LD contexts that the server knows, and have no"
        " named graphs.",
        "Un document WebID dit que son WebID est un foaf:Agent, et nomme au plus un"
        " pim:preferencesFile et un ldp:inbox ; le document de préférences est un"
        " pim:ConfigurationFile ; tous deux ne nomment que des contextes JSON-LD connus du serveur,"
        " et n'ont aucun graphe nommé.",
    ),
    Constraint(
        "inbox",
        "409, 413, 415",
        f"An inbox takes RDF of at most {LARGEST // 1024} KiB, and names what is posted itself; a"
        " resource has one inbox.",
        f"Une boîte de réception prend du RDF de {LARGEST // 1024} Kio au plus, et nomme elle-même"
        " ce qu'elle reçoit ; une ressource a une seule boîte.",
    ),
    Constraint(
        "formats",
        "413, 415",
        "Containers and auxiliary resources are described in RDF, in a format of Accept-Put; an RDF"
        f" document has at most {LIMIT // _MIB} MiB, and a patch {PATCH_LIMIT // _MIB} MiB.",
        "Conteneurs et ressources auxiliaires se décrivent en RDF, dans un format d'Accept-Put ; un"
        f" document RDF a au plus {LIMIT // _MIB} Mio, et une modification {PATCH_LIMIT // _MIB}"
        " Mio.",
    ),
)


def constrained_by(problem: Exception, base: str) -> tuple[tuple[str, str], ...]:
    """For a refusal by one of these rules, where they stand; `base` is the server's address."""
    if not isinstance(problem, _BROKEN_BY):
        return ()
    # Solid Protocol §5.6 #server-resource-constraints-advertisement: "a Link header field with an
    # appropriate context URI, a link relation of http://www.w3.org/ns/ldp#constrainedBy".
    return (("Link", f'<{base}{CONSTRAINTS}>; rel="{LDP.constrainedBy}"'),)


def constraints(base: str, media_type: str) -> bytes:
    """All of them in one of MEDIA_TYPES."""
    syntax = RdfFormat.of(media_type)
    return _page().encode() if syntax is None else serialise(_graph(base + CONSTRAINTS), syntax)


def _graph(document: str) -> Graph:
    label, comment = NamedNode(RDFS.label), NamedNode(RDFS.comment)
    found = set()
    for one in RULES:
        about = NamedNode(f"{document}#{one.name}")
        found.add(Triple(about, label, Literal(one.name)))
        found.add(Triple(about, comment, Literal(one.english, language="en")))
        found.add(Triple(about, comment, Literal(one.french, language="fr")))
    return frozenset(found)


def _page() -> str:
    rows = "".join(
        f'<h2 id="{one.name}">{one.name} ({one.statuses})</h2>\n<p>{escape(one.english)}</p>\n'
        f'<p lang="fr">{escape(one.french)}</p>\n'
        for one in RULES
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<title>What this server refuses</title></head>\n<body>\n"
        '<h1>What this server refuses</h1>\n<p lang="fr">Ce que ce serveur refuse</p>\n'
        f"{rows}</body>\n</html>\n"
    )
