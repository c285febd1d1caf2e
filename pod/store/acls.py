"""The ACL index: every ACL document of a pod, parsed once when it is written.

A document that cannot be read, or that is no ACL, maps to no rules: nobody gets in by it.
"""

from collections.abc import Callable, Iterable

from acl.model import AclIndex, Edition, Rule
from acl.parse import rules_from
from pod.model import Content, Resource
from pod.problems import Problem
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.iri import ResourceIri

Read = Callable[[Content], bytes]


def index_of(
    documents: Iterable[Resource], read: Read, *, owners: frozenset[str], seq: int
) -> AclIndex:
    """The index of these ACL documents after the change `seq`; `owners` are WebIDs."""
    rules = {document.iri.subject: rules_of(document, read) for document in documents}
    return AclIndex(rules, owners, Edition(seq))


def with_document(index: AclIndex, document: Resource, read: Read, seq: int) -> AclIndex:
    """The index after an ACL document was written by the change `seq`."""
    rules = {**index.rules, document.iri.subject: rules_of(document, read)}
    return AclIndex(rules, index.owners, Edition(seq))


def without_subject(index: AclIndex, subject: ResourceIri, seq: int) -> AclIndex:
    """The index after the ACL document of a resource was deleted by the change `seq`."""
    rules = {on: found for on, found in index.rules.items() if on != subject}
    return AclIndex(rules, index.owners, Edition(seq))


def rules_of(document: Resource, read: Read) -> tuple[Rule, ...]:
    try:
        return rules_in(document.iri, document.media_type, read(document.content))
    except (Problem, OSError):
        return ()


def rules_in(acl: ResourceIri, media_type: str, content: bytes) -> tuple[Rule, ...]:
    """The rules of a document at the address of an ACL."""
    syntax = RdfFormat.of(media_type)
    if syntax is None:
        return ()
    try:
        return rules_from(parse(content, syntax, str(acl)), acl.subject)
    except (Problem, ValueError):
        return ()
