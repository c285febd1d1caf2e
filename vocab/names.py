"""Every IRI constant the code uses, one closed class per namespace.

A constant is a plain text. Its name is the local name, with an underscore for a hyphen, and one
at the end where Python reserves the word: VCARD.given_name, SH.in_. `NS` is the namespace itself.
"""

# ruff: noqa: N815 - a constant is spelt as its vocabulary spells it

from typing import Final, final

from vocab.codes import SDC
from vocab.selfdata import SD

__all__ = [
    "ACL",
    "AS",
    "DCAT",
    "DCTERMS",
    "DPV",
    "FOAF",
    "LDP",
    "NOTIFY",
    "OWL",
    "PIM",
    "PROV",
    "QUDT",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SD",
    "SDC",
    "SEC",
    "SH",
    "SKOS",
    "SOLID",
    "SOSA",
    "STAT",
    "UNIT",
    "VCARD",
    "VOID",
    "XSD",
]


@final
class ACL:  # Web Access Control
    NS: Final = "http://www.w3.org/ns/auth/acl#"
    Authorization: Final = NS + "Authorization"
    accessTo: Final = NS + "accessTo"
    default: Final = NS + "default"
    agent: Final = NS + "agent"
    agentClass: Final = NS + "agentClass"
    agentGroup: Final = NS + "agentGroup"
    AuthenticatedAgent: Final = NS + "AuthenticatedAgent"
    origin: Final = NS + "origin"
    mode: Final = NS + "mode"
    Read: Final = NS + "Read"
    Write: Final = NS + "Write"
    Append: Final = NS + "Append"
    Control: Final = NS + "Control"
    accessControl: Final = NS + "accessControl"
    owner: Final = NS + "owner"
    condition: Final = NS + "condition"
    ClientCondition: Final = NS + "ClientCondition"
    IssuerCondition: Final = NS + "IssuerCondition"
    client: Final = NS + "client"
    clientGroup: Final = NS + "clientGroup"
    clientClass: Final = NS + "clientClass"
    issuer: Final = NS + "issuer"
    issuerGroup: Final = NS + "issuerGroup"
    issuerClass: Final = NS + "issuerClass"


@final
class LDP:  # Linked Data Platform and Linked Data Notifications
    NS: Final = "http://www.w3.org/ns/ldp#"
    Resource: Final = NS + "Resource"
    RDFSource: Final = NS + "RDFSource"
    NonRDFSource: Final = NS + "NonRDFSource"
    Container: Final = NS + "Container"
    BasicContainer: Final = NS + "BasicContainer"
    contains: Final = NS + "contains"
    constrainedBy: Final = NS + "constrainedBy"
    inbox: Final = NS + "inbox"


@final
class SOLID:  # Solid terms: profiles, type indexes, patches, storage descriptions
    NS: Final = "http://www.w3.org/ns/solid/terms#"
    oidcIssuer: Final = NS + "oidcIssuer"
    oidcIssuerRegistrationToken: Final = NS + "oidcIssuerRegistrationToken"
    account: Final = NS + "account"
    owner: Final = NS + "owner"
    storageDescription: Final = NS + "storageDescription"
    publicTypeIndex: Final = NS + "publicTypeIndex"
    privateTypeIndex: Final = NS + "privateTypeIndex"
    TypeIndex: Final = NS + "TypeIndex"
    ListedDocument: Final = NS + "ListedDocument"
    UnlistedDocument: Final = NS + "UnlistedDocument"
    TypeRegistration: Final = NS + "TypeRegistration"
    forClass: Final = NS + "forClass"
    instance: Final = NS + "instance"
    instanceContainer: Final = NS + "instanceContainer"
    Patch: Final = NS + "Patch"
    InsertDeletePatch: Final = NS + "InsertDeletePatch"
    where: Final = NS + "where"
    inserts: Final = NS + "inserts"
    deletes: Final = NS + "deletes"


@final
class NOTIFY:  # Solid Notifications
    NS: Final = "http://www.w3.org/ns/solid/notifications#"
    subscription: Final = NS + "subscription"
    channel: Final = NS + "channel"
    channelType: Final = NS + "channelType"
    feature: Final = NS + "feature"
    topic: Final = NS + "topic"
    receiveFrom: Final = NS + "receiveFrom"
    sendTo: Final = NS + "sendTo"
    sender: Final = NS + "sender"
    state: Final = NS + "state"
    startAt: Final = NS + "startAt"
    endAt: Final = NS + "endAt"
    rate: Final = NS + "rate"
    accept: Final = NS + "accept"
    WebSocketChannel2023: Final = NS + "WebSocketChannel2023"
    WebhookChannel2023: Final = NS + "WebhookChannel2023"
    StreamingHTTPChannel2023: Final = NS + "StreamingHTTPChannel2023"
    EventSourceChannel2023: Final = NS + "EventSourceChannel2023"
    LDNChannel2023: Final = NS + "LDNChannel2023"


@final
class PIM:  # Workspaces: the storage and the preferences of a person
    NS: Final = "http://www.w3.org/ns/pim/space#"
    Storage: Final = NS + "Storage"
    storage: Final = NS + "storage"
    ConfigurationFile: Final = NS + "ConfigurationFile"
    preferencesFile: Final = NS + "preferencesFile"


@final
class RDF:  # RDF
    NS: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    type: Final = NS + "type"
    first: Final = NS + "first"
    rest: Final = NS + "rest"
    nil: Final = NS + "nil"
    Property: Final = NS + "Property"
    Statement: Final = NS + "Statement"
    subject: Final = NS + "subject"
    predicate: Final = NS + "predicate"
    object: Final = NS + "object"
    langString: Final = NS + "langString"
    JSON: Final = NS + "JSON"


@final
class RDFS:  # RDF Schema
    NS: Final = "http://www.w3.org/2000/01/rdf-schema#"
    Class: Final = NS + "Class"
    label: Final = NS + "label"
    comment: Final = NS + "comment"
    subClassOf: Final = NS + "subClassOf"
    subPropertyOf: Final = NS + "subPropertyOf"
    range: Final = NS + "range"
    seeAlso: Final = NS + "seeAlso"


@final
class XSD:  # XML Schema datatypes
    NS: Final = "http://www.w3.org/2001/XMLSchema#"
    string: Final = NS + "string"
    boolean: Final = NS + "boolean"
    decimal: Final = NS + "decimal"
    integer: Final = NS + "integer"
    double: Final = NS + "double"
    date: Final = NS + "date"
    gYearMonth: Final = NS + "gYearMonth"
    gYear: Final = NS + "gYear"
    dateTime: Final = NS + "dateTime"
    duration: Final = NS + "duration"
    dayTimeDuration: Final = NS + "dayTimeDuration"


@final
class SKOS:  # SKOS: code lists
    NS: Final = "http://www.w3.org/2004/02/skos/core#"
    Concept: Final = NS + "Concept"
    ConceptScheme: Final = NS + "ConceptScheme"
    inScheme: Final = NS + "inScheme"
    prefLabel: Final = NS + "prefLabel"
    changeNote: Final = NS + "changeNote"


@final
class OWL:  # What an ontology says of itself and of its words
    NS: Final = "http://www.w3.org/2002/07/owl#"
    versionInfo: Final = NS + "versionInfo"
    deprecated: Final = NS + "deprecated"


@final
class DCAT:  # Catalogues of data
    NS: Final = "http://www.w3.org/ns/dcat#"
    Catalog: Final = NS + "Catalog"
    Dataset: Final = NS + "Dataset"
    Distribution: Final = NS + "Distribution"
    catalog: Final = NS + "catalog"
    dataset: Final = NS + "dataset"
    distribution: Final = NS + "distribution"


@final
class DCTERMS:  # Dublin Core terms
    NS: Final = "http://purl.org/dc/terms/"
    title: Final = NS + "title"
    description: Final = NS + "description"
    created: Final = NS + "created"
    modified: Final = NS + "modified"
    creator: Final = NS + "creator"
    publisher: Final = NS + "publisher"
    format: Final = NS + "format"
    identifier: Final = NS + "identifier"
    conformsTo: Final = NS + "conformsTo"
    isVersionOf: Final = NS + "isVersionOf"
    isReplacedBy: Final = NS + "isReplacedBy"
    requires: Final = NS + "requires"
    accrualPeriodicity: Final = NS + "accrualPeriodicity"


@final
class STAT:  # What a container says of its members
    NS: Final = "http://www.w3.org/ns/posix/stat#"
    size: Final = NS + "size"
    mtime: Final = NS + "mtime"


@final
class VCARD:  # vCard: people, groups, contact details
    NS: Final = "http://www.w3.org/2006/vcard/ns#"
    Individual: Final = NS + "Individual"
    Group: Final = NS + "Group"
    fn: Final = NS + "fn"
    hasEmail: Final = NS + "hasEmail"
    hasTelephone: Final = NS + "hasTelephone"
    hasAddress: Final = NS + "hasAddress"
    given_name: Final = NS + "given-name"
    family_name: Final = NS + "family-name"
    hasMember: Final = NS + "hasMember"
    hasPhoto: Final = NS + "hasPhoto"


@final
class FOAF:  # FOAF: profiles
    NS: Final = "http://xmlns.com/foaf/0.1/"
    Agent: Final = NS + "Agent"
    Person: Final = NS + "Person"
    PersonalProfileDocument: Final = NS + "PersonalProfileDocument"
    name: Final = NS + "name"
    maker: Final = NS + "maker"
    primaryTopic: Final = NS + "primaryTopic"
    isPrimaryTopicOf: Final = NS + "isPrimaryTopicOf"


@final
class PROV:  # Provenance
    NS: Final = "http://www.w3.org/ns/prov#"
    Activity: Final = NS + "Activity"
    Entity: Final = NS + "Entity"
    Plan: Final = NS + "Plan"
    wasGeneratedBy: Final = NS + "wasGeneratedBy"
    wasAssociatedWith: Final = NS + "wasAssociatedWith"
    wasAttributedTo: Final = NS + "wasAttributedTo"
    wasInformedBy: Final = NS + "wasInformedBy"
    used: Final = NS + "used"
    startedAtTime: Final = NS + "startedAtTime"
    endedAtTime: Final = NS + "endedAtTime"
    generatedAtTime: Final = NS + "generatedAtTime"
    invalidatedAtTime: Final = NS + "invalidatedAtTime"
    wasInvalidatedBy: Final = NS + "wasInvalidatedBy"
    alternateOf: Final = NS + "alternateOf"


@final
class SCHEMA:  # schema.org, always with https; documents that come in may say http
    NS: Final = "https://schema.org/"
    Organization: Final = NS + "Organization"
    SoftwareApplication: Final = NS + "SoftwareApplication"
    domainIncludes: Final = NS + "domainIncludes"
    Service: Final = NS + "Service"
    name: Final = NS + "name"
    description: Final = NS + "description"
    url: Final = NS + "url"
    startTime: Final = NS + "startTime"
    endTime: Final = NS + "endTime"
    startDate: Final = NS + "startDate"
    endDate: Final = NS + "endDate"
    encodingFormat: Final = NS + "encodingFormat"
    contentUrl: Final = NS + "contentUrl"
    dateCreated: Final = NS + "dateCreated"
    contentSize: Final = NS + "contentSize"
    sha256: Final = NS + "sha256"


@final
class SOSA:  # Observations
    NS: Final = "http://www.w3.org/ns/sosa/"
    Observation: Final = NS + "Observation"
    observedProperty: Final = NS + "observedProperty"
    hasSimpleResult: Final = NS + "hasSimpleResult"
    resultTime: Final = NS + "resultTime"


@final
class QUDT:  # Quantities and units
    NS: Final = "http://qudt.org/schema/qudt/"
    hasUnit: Final = NS + "hasUnit"


@final
class UNIT:  # Units
    NS: Final = "http://qudt.org/vocab/unit/"
    W: Final = NS + "W"
    W_HR: Final = NS + "W-HR"
    KiloW_HR: Final = NS + "KiloW-HR"
    M3: Final = NS + "M3"


@final
class SH:  # SHACL, as far as our shapes use it
    NS: Final = "http://www.w3.org/ns/shacl#"
    NodeShape: Final = NS + "NodeShape"
    property: Final = NS + "property"
    path: Final = NS + "path"
    targetClass: Final = NS + "targetClass"
    node: Final = NS + "node"
    nodeKind: Final = NS + "nodeKind"
    IRI: Final = NS + "IRI"
    minCount: Final = NS + "minCount"
    maxCount: Final = NS + "maxCount"
    datatype: Final = NS + "datatype"
    pattern: Final = NS + "pattern"
    in_: Final = NS + "in"
    or_: Final = NS + "or"
    minInclusive: Final = NS + "minInclusive"
    maxInclusive: Final = NS + "maxInclusive"


@final
class DPV:  # Data Privacy Vocabulary
    NS: Final = "https://w3id.org/dpv#"
    PersonalData: Final = NS + "PersonalData"
    PersonalDataProcess: Final = NS + "PersonalDataProcess"
    hasPersonalData: Final = NS + "hasPersonalData"
    hasPurpose: Final = NS + "hasPurpose"
    hasLegalBasis: Final = NS + "hasLegalBasis"
    hasRecipient: Final = NS + "hasRecipient"


@final
class SEC:  # Public keys, written into profiles
    NS: Final = "https://w3id.org/security#"
    Multikey: Final = NS + "Multikey"
    JsonWebKey: Final = NS + "JsonWebKey"
    verificationMethod: Final = NS + "verificationMethod"
    assertionMethod: Final = NS + "assertionMethod"
    controller: Final = NS + "controller"
    publicKeyMultibase: Final = NS + "publicKeyMultibase"
    publicKeyJwk: Final = NS + "publicKeyJwk"
    expiration: Final = NS + "expiration"
    revoked: Final = NS + "revoked"


@final
class VOID:  # VoID: where a data set can be queried
    NS: Final = "http://rdfs.org/ns/void#"
    Dataset: Final = NS + "Dataset"
    sparqlEndpoint: Final = NS + "sparqlEndpoint"


@final
class AS:  # ActivityStreams 2
    NS: Final = "https://www.w3.org/ns/activitystreams#"
    Activity: Final = NS + "Activity"
    Create: Final = NS + "Create"
    Update: Final = NS + "Update"
    Delete: Final = NS + "Delete"
    Add: Final = NS + "Add"
    Remove: Final = NS + "Remove"
    Announce: Final = NS + "Announce"
    Tombstone: Final = NS + "Tombstone"
    actor: Final = NS + "actor"
    object: Final = NS + "object"
    target: Final = NS + "target"
    published: Final = NS + "published"
    updated: Final = NS + "updated"
    deleted: Final = NS + "deleted"
    formerType: Final = NS + "formerType"
