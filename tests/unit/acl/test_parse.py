import pytest
from pyoxigraph import RdfFormat, parse

from acl import Condition, ConditionKind, Mode, Rule, Scope, rules_from
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
BOX = ResourceIri(STORAGE, "box/")
NOTE = ResourceIri(STORAGE, "box/note")
BOB = "https://bob.example/#me"
PREFIXES = """
@prefix acl: <http://www.w3.org/ns/auth/acl#>.
@prefix foaf: <http://xmlns.com/foaf/0.1/>.
@prefix vcard: <http://www.w3.org/2006/vcard/ns#>.
@prefix ex: <https://example.org/ns#>.
@prefix bob: <https://bob.example/#>.
"""
READ_BY_BOB = Rule(scope=Scope.ACCESS_TO, modes=Mode.READ, agents=frozenset({BOB}))


def rules(body, subject=BOX):
    text = PREFIXES + body
    quads = parse(text, RdfFormat.TURTLE, base_iri=str(subject.acl))
    return rules_from(frozenset(quad.triple for quad in quads), subject)


def test_a_rule_that_covers_both_counts_as_two():
    assert rules(
        "<#r> a acl:Authorization; acl:accessTo <./>; acl:default <./>; acl:agent bob:me;"
        " acl:mode acl:Read, acl:Control."
    ) == tuple(
        Rule(scope=scope, modes=Mode.READ | Mode.CONTROL, agents=frozenset({BOB}))
        for scope in (Scope.ACCESS_TO, Scope.DEFAULT)
    )


@pytest.mark.spec("WAC §5.2 #authorization-conformance")
@pytest.mark.parametrize(
    "body",
    [
        pytest.param("[] acl:accessTo <./>; acl:agent bob:me; acl:mode acl:Read.", id="no type"),
        pytest.param(
            "[] a acl:Authorisation; acl:accessTo <./>; acl:agent bob:me; acl:mode acl:Read.",
            id="another type",
        ),
        pytest.param(
            "[] a acl:Authorization; acl:agent bob:me; acl:mode acl:Read.", id="no object"
        ),
        pytest.param("[] a acl:Authorization; acl:accessTo <./>; acl:agent bob:me.", id="no mode"),
        pytest.param(
            "[] a acl:Authorization; acl:accessTo <./>; acl:mode acl:Read.", id="no subject"
        ),
        pytest.param(
            "[] a acl:Authorization; acl:accessTo <./>; acl:agent bob:me; acl:mode ex:Print.",
            id="no mode that is known",
        ),
        pytest.param(
            "[] a acl:Authorization; acl:accessTo <./>; acl:agentClass ex:Cat; acl:mode acl:Read.",
            id="no class that is known",
        ),
        pytest.param(
            "[] a acl:Authorization; acl:accessTo <./>; acl:agent 'bob', [];"
            " acl:agentGroup [ vcard:hasMember bob:me ]; acl:mode acl:Read.",
            id="nobody by an IRI",
        ),
        pytest.param("", id="an empty document"),
    ],
)
def test_what_is_not_an_authorization_counts_for_nothing(body):
    assert rules(body) == ()


@pytest.mark.spec("WAC §4.1 #access-objects")
@pytest.mark.parametrize(
    ("subject", "objects", "scopes"),
    [
        pytest.param(BOX, "acl:accessTo <./>", [Scope.ACCESS_TO], id="itself"),
        pytest.param(BOX, "acl:default <./>", [Scope.DEFAULT], id="what it holds"),
        pytest.param(BOX, "acl:accessTo <../box>", [], id="without its slash"),
        pytest.param(BOX, "acl:default </ana/box>", [], id="default without its slash"),
        pytest.param(BOX, "acl:default <../>", [], id="another container"),
        pytest.param(BOX, "acl:accessTo <./>, <note>", [Scope.ACCESS_TO], id="and another"),
        pytest.param(NOTE, "acl:accessTo <note>", [Scope.ACCESS_TO], id="a document"),
        pytest.param(NOTE, "acl:default <note>", [], id="a document holds nothing"),
        pytest.param(NOTE, "acl:accessTo <n%6Fte>", [], id="another spelling"),
    ],
)
def test_objects_are_compared_as_they_are_written(subject, objects, scopes):
    body = f"<#r> a acl:Authorization; {objects}; acl:agent bob:me; acl:mode acl:Read."
    assert [rule.scope for rule in rules(body, subject)] == scopes


@pytest.mark.spec("WAC §4.2 #acl-access-modes")
@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        ("acl:Read", Mode.READ),
        ("acl:Append", Mode.APPEND),
        ("acl:Write", Mode.WRITE),
        ("acl:Control", Mode.CONTROL),
        ("acl:Read, acl:Append", Mode.READ | Mode.APPEND),
        ("acl:Read, acl:Write, acl:Append", Mode.READ | Mode.WRITE),
        ("acl:Read, acl:Access, ex:Write, 'acl:Write'", Mode.READ),
    ],
)
def test_modes(modes, expected):
    body = f"<#r> a acl:Authorization; acl:accessTo <./>; acl:agent bob:me; acl:mode {modes}."
    assert [rule.modes for rule in rules(body)] == [expected]


@pytest.mark.spec("WAC §4.3 #access-subjects")
@pytest.mark.parametrize(
    ("subjects", "expected"),
    [
        ("acl:agent bob:me, <#ana>", {"agents": {BOB, f"{BOX}.acl#ana"}}),
        ("acl:agentGroup <groups#us>", {"groups": {f"{BOX}groups#us"}}),
        ("acl:agentClass foaf:Agent", {"public": True}),
        ("acl:agentClass acl:AuthenticatedAgent, ex:Cat", {"authenticated": True}),
        ("acl:origin <https://app.example>", {"origins": {"https://app.example"}}),
        ("acl:origin 'https://app.example'", {"origins": {"https://app.example"}}),
    ],
)
def test_subjects(subjects, expected):
    body = f"[] a acl:Authorization; acl:accessTo <./>; {subjects}; acl:mode acl:Read."
    assert rules(body) == (Rule(scope=Scope.ACCESS_TO, modes=Mode.READ, **expected),)


def conditions(text):
    body = "[] a acl:Authorization; acl:accessTo <./>; acl:agent bob:me; acl:mode acl:Read;"
    return [rule.conditions for rule in rules(f"{body} acl:condition {text}.")]


CLIENT, ISSUER = ConditionKind.CLIENT, ConditionKind.ISSUER


@pytest.mark.spec("WAC §4.4 #access-conditions")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "[ a acl:ClientCondition; acl:client <https://app.example/id>, 'opaque', [] ]",
            Condition(kind=CLIENT, values=frozenset({"https://app.example/id", "opaque"})),
            id="clients",
        ),
        pytest.param(
            "[ a acl:ClientCondition; acl:clientGroup <https://g.example/#us>, 'us' ]",
            Condition(kind=CLIENT, groups=frozenset({"https://g.example/#us"})),
            id="client group",
        ),
        pytest.param(
            "[ a acl:ClientCondition; acl:clientClass foaf:Agent ]",
            Condition(kind=CLIENT, anyone=True),
            id="any client",
        ),
        pytest.param(
            "[ a acl:ClientCondition; acl:clientClass acl:AuthenticatedAgent ]",
            Condition(kind=CLIENT),
            id="an unknown client class",
        ),
        pytest.param("[ a acl:ClientCondition ]", Condition(kind=CLIENT), id="nothing listed"),
        pytest.param(
            "[ a acl:IssuerCondition, acl:Condition; acl:issuer <https://idp.example/>;"
            " acl:client <https://app.example/id> ]",
            Condition(kind=ISSUER, values=frozenset({"https://idp.example/"})),
            id="issuers",
        ),
        pytest.param(
            "[ a acl:IssuerCondition; acl:issuerGroup <https://g.example/#idps>;"
            " acl:issuerClass foaf:Agent ]",
            Condition(kind=ISSUER, groups=frozenset({"https://g.example/#idps"}), anyone=True),
            id="issuer group and class",
        ),
    ],
)
def test_conditions(text, expected):
    assert conditions(text) == [(expected,)]


def test_a_node_of_two_types_is_two_conditions():
    text = "[ a acl:ClientCondition, acl:IssuerCondition; acl:client 'a'; acl:issuer 'i' ]"
    assert conditions(text) == [
        (
            Condition(kind=CLIENT, values=frozenset({"a"})),
            Condition(kind=ISSUER, values=frozenset({"i"})),
        )
    ]


@pytest.mark.spec("WAC §7.3 #extension-acl-condition")
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[ a ex:OnSundays ]", id="an unknown type"),
        pytest.param("[ a acl:ClientCondition, ex:OnSundays; acl:client 'a' ]", id="one of two"),
        pytest.param("[ acl:client 'a' ]", id="no type"),
        pytest.param("[ a acl:Condition; acl:client 'a' ]", id="no type but the general one"),
        pytest.param("'on Sundays'", id="a text"),
        pytest.param("<#elsewhere>", id="a node that nothing is said of"),
        pytest.param("[ a acl:ClientCondition; acl:client 'a' ], [ a ex:OnSundays ]", id="beside"),
    ],
)
def test_a_rule_with_a_condition_that_cannot_be_checked_counts_for_nothing(text):
    assert conditions(text) == []


def test_the_order_of_rules_is_the_same_however_they_are_written():
    one = "<#1> a acl:Authorization; acl:accessTo <./>; acl:agent bob:me; acl:mode acl:Read."
    two = "<#2> a acl:Authorization; acl:accessTo <./>; acl:agent <#ana>; acl:mode acl:Control."
    same = "<#3> a acl:Authorization; acl:accessTo <./>; acl:agent bob:me; acl:mode acl:Read."
    assert rules(one + two) == rules(two + one + same)
    assert rules(one + two)[1] == READ_BY_BOB
