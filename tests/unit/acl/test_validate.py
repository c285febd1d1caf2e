import pytest
from pyoxigraph import RdfFormat, parse

from acl import AclProblem, check_acl
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
ROOT = ResourceIri(STORAGE, "")
BOX = ResourceIri(STORAGE, "box/")
NOTE = ResourceIri(STORAGE, "box/note")
OWNERS = {"https://ana.example/#me"}
PREFIXES = """
@prefix acl: <http://www.w3.org/ns/auth/acl#>.
@prefix foaf: <http://xmlns.com/foaf/0.1/>.
@prefix ex: <https://example.org/ns#>.
@prefix ana: <https://ana.example/#>.
@prefix bob: <https://bob.example/#>.
"""


def check(body, subject):
    quads = parse(PREFIXES + body, RdfFormat.TURTLE, base_iri=str(subject.acl))
    check_acl(frozenset(quad.triple for quad in quads), subject, owners=OWNERS)


def rule(rest):
    return f"[] a acl:Authorization; acl:agent bob:me; acl:mode acl:Read; {rest}."


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        pytest.param(BOX, "", id="an empty document, which denies everybody"),
        pytest.param(BOX, rule("acl:accessTo <./>; acl:default <./>"), id="a container"),
        pytest.param(NOTE, rule("acl:accessTo <note>"), id="a document"),
        pytest.param(
            NOTE, rule("acl:accessTo <note>; acl:default <note>"), id="a default that does nothing"
        ),
        pytest.param(
            BOX,
            rule("acl:accessTo <./>; acl:condition [ a acl:ClientCondition; acl:client 'app' ]"),
            id="a client condition",
        ),
        pytest.param(
            BOX,
            rule("acl:accessTo <./>; acl:condition [ a acl:IssuerCondition, acl:Condition ]"),
            id="an issuer condition",
        ),
        pytest.param(
            BOX,
            rule("acl:accessTo <./>; acl:condition [ a acl:ClientCondition, acl:IssuerCondition ]"),
            id="a condition of both types",
        ),
        pytest.param(BOX, rule("acl:accessTo <./>; acl:mode ex:Print"), id="an unknown mode"),
        pytest.param(BOX, "<#x> ex:says 'hello'.", id="other triples"),
    ],
)
def test_what_may_be_stored(subject, body):
    check(body, subject)


@pytest.mark.parametrize(
    ("subject", "rest", "advice"),
    [
        pytest.param(
            BOX, "acl:accessTo <./>; acl:default </ana/box>", "acl:default <./>: the", id="slash"
        ),
        pytest.param(
            BOX, "acl:accessTo </ana/box>", "acl:accessTo <./>: the", id="accessTo without slash"
        ),
        pytest.param(BOX, "acl:default <../>", "acl:default <./>: a rule", id="another container"),
        pytest.param(BOX, "acl:accessTo <./>, <note>", "belongs in the access rules", id="beside"),
        pytest.param(NOTE, "acl:accessTo <./>", "the address of this document", id="its container"),
        pytest.param(NOTE, "acl:accessTo <note/>", "the address of this document", id="its twin"),
        pytest.param(BOX, "acl:accessTo 'https://pod.example/ana/box/'", "<./>", id="a text"),
        pytest.param(BOX, "acl:accessTo []", "<./>", id="a blank node"),
    ],
)
@pytest.mark.spec("WAC §4.1 #access-objects")
def test_a_rule_that_would_never_take_effect_is_refused_with_advice(subject, rest, advice):
    with pytest.raises(AclProblem, match=advice):
        check(rule(rest), subject)


@pytest.mark.spec("WAC §8.1 #consider-condition-legacy")
@pytest.mark.parametrize(
    ("condition", "advice"),
    [
        pytest.param("[ a ex:OnSundays ]", "cannot check", id="an unknown type"),
        pytest.param("[ a acl:ClientCondition, ex:OnSundays ]", "cannot check", id="one of two"),
        pytest.param("[ acl:client 'app' ]", "give each acl:condition a type", id="no type"),
        pytest.param("[ a acl:Condition ]", "give each acl:condition a type", id="general type"),
        pytest.param("'on Sundays'", "give each acl:condition a type", id="a text"),
        pytest.param("ex:sundays", "give each acl:condition a type", id="described elsewhere"),
    ],
)
def test_a_condition_that_would_not_be_checked_is_refused(condition, advice):
    with pytest.raises(AclProblem, match=advice):
        check(rule(f"acl:accessTo <./>; acl:condition {condition}"), BOX)


def control(rest):
    return f"[] a acl:Authorization; acl:mode acl:Control; {rest}."


APP = "acl:condition [ a acl:ClientCondition; acl:client 'app' ]"


@pytest.mark.spec("WAC §3.3 #server-root-container-acl-authorization-control")
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(control("acl:accessTo <./>; acl:agent ana:me"), id="the owner"),
        pytest.param(control("acl:accessTo <./>; acl:agent bob:me"), id="another agent"),
        pytest.param(control("acl:accessTo <./>; acl:agentGroup <groups#us>"), id="a group"),
        pytest.param(control("acl:accessTo <./>; acl:agentClass foaf:Agent"), id="everyone"),
        pytest.param(
            control("acl:accessTo <./>; acl:agentClass acl:AuthenticatedAgent"), id="signed in"
        ),
        pytest.param(control(f"acl:accessTo <./>; acl:agent ana:me; {APP}"), id="owner by an app"),
        pytest.param(
            control(
                "acl:accessTo <./>; acl:agent ana:me;"
                " acl:condition [ a acl:ClientCondition; acl:clientGroup <groups#apps> ]"
            ),
            id="owner by a group of apps",
        ),
        pytest.param(
            control(f"acl:accessTo <./>; acl:agent bob:me; {APP}")
            + control("acl:accessTo <./>; acl:agent bob:me"),
            id="one without a condition beside one with",
        ),
        pytest.param(
            control(
                "acl:accessTo <./>; acl:agent bob:me;"
                " acl:condition [ a acl:ClientCondition; acl:clientClass foaf:Agent ]"
            ),
            id="a condition that always holds",
        ),
    ],
)
def test_the_root_keeps_control(body):
    check(body, ROOT)


@pytest.mark.spec("WAC §8.1 #consider-client-agnostic-control")
@pytest.mark.parametrize(
    ("body", "advice"),
    [
        pytest.param("", "nobody could change", id="nothing"),
        pytest.param(rule("acl:accessTo <./>"), "nobody could change", id="no control"),
        pytest.param(
            control("acl:default <./>; acl:agent ana:me"), "nobody could change", id="only below"
        ),
        pytest.param(control("acl:accessTo <./>"), "nobody could change", id="for nobody"),
        pytest.param(
            control("acl:accessTo <./>; acl:origin <https://app.example>"),
            "nobody could change",
            id="for an origin",
        ),
        pytest.param(
            control("acl:accessTo <./>; acl:agent ana:me; acl:condition [ a acl:ClientCondition ]"),
            "nobody could change",
            id="behind a condition that never holds",
        ),
        pytest.param(
            control(f"acl:accessTo <./>; acl:agent bob:me; {APP}"),
            "without acl:condition, or one for the owner",
            id="for another agent by an app only",
        ),
    ],
)
def test_the_root_is_never_locked(body, advice):
    with pytest.raises(AclProblem, match=advice):
        check(body, ROOT)


def test_a_problem_names_no_resource_and_nobody():
    with pytest.raises(AclProblem) as problem:
        check(rule("acl:accessTo <./secret-diary>"), BOX)
    assert "pod.example" not in str(problem.value)
    assert "diary" not in str(problem.value)
