from dataclasses import replace
from functools import partial

import pytest

from acl import (
    ANYONE,
    AccessClass,
    AclIndex,
    Agent,
    Condition,
    ConditionKind,
    Mode,
    Need,
    Refused,
    Rule,
    Scope,
    all_groups,
    class_of,
    classes,
    decide,
    effective,
    groups_of,
    permit,
    readable,
)
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"


def at(path):
    return ResourceIri(STORAGE, path)


ROOT, BOX, NOTE, DEEP = at(""), at("box/"), at("box/note"), at("box/deep/er/note")
ANA_ID, BOB_ID = "https://ana.example/#me", "https://bob.example/#me"
APP, OTHER_APP = "https://app.example/id", "https://other.example/id"
IDP, OTHER_IDP = "https://idp.example/", "https://other-idp.example/"
ANA = Agent(ANA_ID, APP, IDP)
BOB = Agent(BOB_ID, APP, IDP)
FULL = Mode.READ | Mode.WRITE | Mode.CONTROL
NONE, READ, APPEND, WRITE, CONTROL = Mode.NONE, Mode.READ, Mode.APPEND, Mode.WRITE, Mode.CONTROL


def rule(scope, modes, *agents, **more):
    return Rule(scope=scope, modes=modes, agents=frozenset(agents), **more)


def to(modes, *agents, **more):
    return rule(Scope.ACCESS_TO, modes, *agents, **more)


def below(modes, *agents, **more):
    return rule(Scope.DEFAULT, modes, *agents, **more)


def clients(*values, **more):
    return Condition(kind=ConditionKind.CLIENT, values=frozenset(values), **more)


def issuers(*values, **more):
    return Condition(kind=ConditionKind.ISSUER, values=frozenset(values), **more)


TREE = AclIndex(
    {
        ROOT: (below(FULL, ANA_ID), to(READ, public=True)),
        BOX: (below(READ, BOB_ID), to(APPEND, BOB_ID), below(APPEND, authenticated=True)),
        at("box/shut/"): (),
    }
)


@pytest.mark.spec("WAC §5.1 #effective-acl-resource")
@pytest.mark.parametrize(
    ("agent", "path", "modes"),
    [
        pytest.param(ANYONE, "", READ, id="accessTo covers its resource"),
        pytest.param(ANYONE, "else", NONE, id="accessTo does not inherit"),
        pytest.param(ANA, "", READ, id="default does not cover the container itself"),
        pytest.param(ANA, "else/where", FULL, id="default covers all depths"),
        pytest.param(BOB, "box/", APPEND, id="a nearer accessTo"),
        pytest.param(BOB, "box/note", READ | APPEND, id="rules of one ACL add up"),
        pytest.param(ANA, "box/note", APPEND, id="a nearer ACL decides alone"),
        pytest.param(ANYONE, "box/note", NONE, id="authenticated leaves anyone out"),
        pytest.param(BOB, "box/shut/", NONE, id="an empty ACL denies on itself"),
        pytest.param(BOB, "box/shut/in/there", NONE, id="an empty ACL denies below"),
    ],
)
def test_modes_come_from_the_nearest_acl_by_one_predicate(agent, path, modes):
    assert decide(TREE, at(path), agent).modes == modes


def test_an_access_says_for_whom_on_what_and_by_which_acl():
    access = decide(TREE, NOTE, BOB)
    assert (access.target, access.agent, access.source) == (NOTE, BOB, BOX)
    assert effective(TREE, NOTE) == BOX


@pytest.mark.spec("WAC §4.2 #access-mode-classes")
def test_write_includes_append_and_control_includes_neither_read_nor_write():
    tree = AclIndex({ROOT: (to(WRITE, BOB_ID), to(CONTROL, ANA_ID))})
    assert APPEND in decide(tree, ROOT, BOB).modes
    assert decide(tree, ROOT, ANA).modes == CONTROL


@pytest.mark.parametrize(
    ("given", "agent", "modes"),
    [
        pytest.param(to(READ, public=True), ANYONE, READ, id="public, anyone"),
        pytest.param(to(READ, public=True), BOB, READ, id="public, somebody"),
        pytest.param(to(READ, authenticated=True), ANYONE, NONE, id="authenticated, anyone"),
        pytest.param(to(READ, authenticated=True), BOB, READ, id="authenticated, somebody"),
        pytest.param(to(READ, ANA_ID), BOB, NONE, id="another agent"),
        pytest.param(to(READ, origins=frozenset({"https://app.example"})), BOB, NONE, id="origin"),
        pytest.param(
            to(READ, BOB_ID, origins=frozenset({"https://elsewhere.example"})),
            replace(BOB, origin="https://app.example"),
            READ,
            id="all origins are trusted",
        ),
    ],
)
@pytest.mark.spec("WAC §4.3 #access-subjects")
def test_who_a_rule_names(given, agent, modes):
    assert decide(AclIndex({ROOT: (given,)}), ROOT, agent).modes == modes


FRIENDS = "https://groups.example/friends#us"


@pytest.mark.spec("WAC §4.3 #acl-agentgroup")
@pytest.mark.parametrize(
    ("facts", "modes"),
    [
        pytest.param({(FRIENDS, BOB_ID)}, READ, id="member"),
        pytest.param({(FRIENDS, ANA_ID)}, NONE, id="somebody else is a member"),
        pytest.param({("https://groups.example/foes#us", BOB_ID)}, NONE, id="another group"),
        pytest.param(set(), NONE, id="not known"),
    ],
)
def test_a_group_lets_its_members_in(facts, modes):
    tree = AclIndex({ROOT: (to(READ, groups=frozenset({FRIENDS})),)})
    agent = replace(BOB, memberships=frozenset(facts))
    assert decide(tree, ROOT, agent).modes == modes


GROUP = frozenset({FRIENDS})


@pytest.mark.spec("WAC §4.4 #access-conditions")
@pytest.mark.parametrize(
    ("conditions", "agent", "holds"),
    [
        pytest.param([clients(APP)], BOB, True, id="client listed"),
        pytest.param([clients(OTHER_APP)], BOB, False, id="client not listed"),
        pytest.param([clients(OTHER_APP, APP)], BOB, True, id="one of several clients"),
        pytest.param([clients(APP)], replace(BOB, client=None), False, id="no client"),
        pytest.param([clients()], BOB, False, id="empty client condition"),
        pytest.param([clients(anyone=True)], replace(BOB, client=None), True, id="any client"),
        pytest.param([clients(IDP)], BOB, False, id="the issuer is not a client"),
        pytest.param([issuers(IDP)], BOB, True, id="issuer listed"),
        pytest.param([issuers(OTHER_IDP)], BOB, False, id="issuer not listed"),
        pytest.param([issuers(IDP)], replace(BOB, issuer=None), False, id="no issuer"),
        pytest.param([issuers()], BOB, False, id="empty issuer condition"),
        pytest.param([issuers(anyone=True)], replace(BOB, issuer=None), True, id="any issuer"),
        pytest.param([clients(APP), issuers(IDP)], BOB, True, id="both hold"),
        pytest.param([clients(APP), issuers(OTHER_IDP)], BOB, False, id="one of two fails"),
        pytest.param([clients(APP), clients(OTHER_APP)], BOB, False, id="two of a kind"),
        pytest.param(
            [clients(groups=GROUP)],
            replace(BOB, memberships=frozenset({(FRIENDS, APP)})),
            True,
            id="client in group",
        ),
        pytest.param(
            [clients(groups=GROUP)],
            replace(BOB, memberships=frozenset({(FRIENDS, BOB_ID)})),
            False,
            id="the agent in the client group",
        ),
        pytest.param(
            [issuers(groups=GROUP)],
            replace(BOB, memberships=frozenset({(FRIENDS, IDP)})),
            True,
            id="issuer in group",
        ),
    ],
)
def test_all_conditions_of_a_rule_must_hold(conditions, agent, holds):
    tree = AclIndex({ROOT: (to(READ, BOB_ID, conditions=tuple(conditions)),)})
    assert decide(tree, ROOT, agent).modes == (READ if holds else NONE)


@pytest.mark.spec("WAC §6.1 #wac-allow")
@pytest.mark.parametrize(
    ("conditions", "user", "public"),
    [
        pytest.param((), READ, READ, id="no condition"),
        pytest.param((clients(APP),), READ, NONE, id="only through a client"),
        pytest.param((clients(anyone=True),), READ, READ, id="through any client"),
        pytest.param((clients(anyone=True), issuers(IDP)), READ, NONE, id="one of two"),
    ],
)
def test_what_is_public_needs_no_condition(conditions, user, public):
    tree = AclIndex({ROOT: (to(READ, public=True, conditions=conditions),)})
    access = decide(tree, ROOT, BOB)
    assert (access.modes, access.public) == (user, public)


def test_modes_of_user_and_public_add_up():
    tree = AclIndex({ROOT: (to(READ, public=True), to(APPEND, BOB_ID), to(CONTROL, BOB_ID))})
    access = decide(tree, ROOT, BOB)
    assert (access.modes, access.public) == (READ | APPEND | CONTROL, READ)


@pytest.mark.spec("WAC §5.3.1 #server-control-operation")
@pytest.mark.parametrize(
    ("given", "path", "modes"),
    [
        pytest.param(to(CONTROL, BOB_ID), ".acl", READ | WRITE, id="control"),
        pytest.param(to(READ | WRITE, BOB_ID), ".acl", NONE, id="all but control"),
        pytest.param(to(FULL, BOB_ID), ".acl", READ | WRITE, id="no control of the ACL itself"),
        pytest.param(below(CONTROL, BOB_ID), "box/note.acl", READ | WRITE, id="inherited"),
        pytest.param(below(CONTROL, BOB_ID), ".acl", NONE, id="not by default on the container"),
        pytest.param(to(FULL, BOB_ID), ".meta.acl", READ | WRITE, id="an ACL of a description"),
        pytest.param(to(READ, BOB_ID), ".acl.meta", NONE, id="a description of an ACL"),
    ],
)
def test_an_acl_resource_is_under_control_of_its_subject(given, path, modes):
    assert decide(AclIndex({ROOT: (given,)}), at(path), BOB).modes == modes


def test_an_acl_resource_is_public_only_where_control_is():
    tree = AclIndex({ROOT: (to(FULL, public=True), below(READ | WRITE, public=True))})
    assert decide(tree, at(".acl"), ANYONE).public == READ | WRITE
    assert decide(tree, at("note.acl"), ANYONE).public == NONE


@pytest.mark.spec("Solid Protocol §4.3.2 #server-description-resource-authorization")
def test_a_description_is_under_the_authorization_of_its_subject():
    tree = AclIndex({ROOT: (below(NONE, BOB_ID),), NOTE: (to(READ | APPEND, BOB_ID),)})
    assert decide(tree, at("box/note.meta"), BOB) == replace(
        decide(tree, NOTE, BOB), target=at("box/note.meta")
    )


OWNED = frozenset({ANA_ID})
THROUGH_APP = to(FULL, ANA_ID, conditions=(clients(APP), issuers(IDP)))


@pytest.mark.spec("Solid Protocol §4.1 #server-storage-track-owner")
@pytest.mark.parametrize(
    ("root_rules", "agent", "controls"),
    [
        pytest.param([], Agent(ANA_ID), True, id="the owner herself"),
        pytest.param(None, Agent(ANA_ID), True, id="the owner herself, no ACL at all"),
        pytest.param([], ANA, False, id="an app, with nothing at the root"),
        pytest.param(None, ANA, False, id="an app, no ACL at all"),
        pytest.param([to(FULL, ANA_ID)], ANA, True, id="any app at the root"),
        pytest.param([to(READ | WRITE, ANA_ID)], ANA, False, id="an app without control"),
        pytest.param([below(FULL, ANA_ID)], ANA, False, id="control below the root only"),
        pytest.param([THROUGH_APP], ANA, True, id="this app at the root"),
        pytest.param([THROUGH_APP], replace(ANA, client=OTHER_APP), False, id="another app"),
        pytest.param([THROUGH_APP], replace(ANA, issuer=OTHER_IDP), False, id="another issuer"),
        pytest.param([to(FULL, BOB_ID)], BOB, False, id="not an owner"),
        pytest.param([], ANYONE, False, id="anyone"),
    ],
)
def test_the_owner_keeps_a_way_back_in(root_rules, agent, controls):
    rules = {BOX: ()} if root_rules is None else {BOX: (), ROOT: tuple(root_rules)}
    tree = AclIndex(rules, OWNED)
    expected = CONTROL if controls else NONE
    assert decide(tree, NOTE, agent).modes == expected
    assert decide(tree, at("box/note.acl"), agent).modes == (READ | WRITE if controls else NONE)
    assert decide(tree, NOTE, agent).public == NONE


def test_the_way_back_gives_control_beside_what_the_acl_gives():
    tree = AclIndex({ROOT: (to(FULL, ANA_ID),), BOX: (below(READ, ANA_ID),)}, OWNED)
    assert decide(tree, NOTE, ANA).modes == READ | CONTROL


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("", AccessClass(ROOT, "own"), id="root"),
        pytest.param("else/where", AccessClass(ROOT, "below"), id="below the root"),
        pytest.param("box/", AccessClass(BOX, "own"), id="own ACL"),
        pytest.param("box/deep/er/note", AccessClass(BOX, "below"), id="inherits"),
        pytest.param("boxes", AccessClass(ROOT, "below"), id="a name that begins like another"),
        pytest.param("box", AccessClass(ROOT, "below"), id="the twin of a container"),
        pytest.param("box/note.meta", AccessClass(BOX, "below"), id="a description"),
        pytest.param("box/.acl", AccessClass(BOX, "own-acl"), id="an ACL"),
        pytest.param("box/note.acl", AccessClass(BOX, "below-acl"), id="an ACL that may come"),
    ],
)
def test_the_class_of_a_resource(path, expected):
    assert class_of(TREE, at(path)) == expected


def test_classes_are_own_and_below_of_each_acl():
    tree = AclIndex({ROOT: (), NOTE: ()})
    assert {class_of(tree, at(path)) for path in ("", "box/", "box/note")} <= set(classes(tree))
    assert AccessClass(None, "below") not in classes(tree)


def test_without_an_acl_at_the_root_there_is_a_class_that_nobody_reads():
    tree = AclIndex({BOX: (below(READ, public=True),)})
    nowhere = AccessClass(None, "below")
    assert class_of(tree, ROOT) == nowhere
    assert effective(tree, ROOT) is None
    assert nowhere in classes(tree)
    assert readable(tree, classes(tree), BOB) == {AccessClass(BOX, "below")}


def test_the_groups_to_look_up_for_a_target():
    def group(name):
        return frozenset({f"https://groups.example/{name}#us"})

    tree = AclIndex(
        {
            ROOT: (
                to(FULL, groups=group("root"), conditions=(issuers(groups=group("issuers")),)),
                to(READ, groups=group("readers")),
                below(CONTROL, groups=group("below-root")),
            ),
            BOX: (
                to(READ, groups=group("box")),
                below(READ, groups=group("inbox"), conditions=(clients(groups=group("apps")),)),
            ),
        }
    )
    root = group("root") | group("issuers")
    assert groups_of(tree, NOTE) == root | group("inbox") | group("apps")
    assert groups_of(tree, BOX) == root | group("box")
    assert groups_of(tree, NOTE, BOX) == groups_of(tree, NOTE) | groups_of(tree, BOX)
    assert groups_of(tree, at("box/.acl")) == root | group("box")
    assert groups_of(AclIndex({}), NOTE) == frozenset()
    assert groups_of(tree, ROOT) == root | group("readers")
    assert all_groups(tree) == frozenset().union(
        *(groups_of(tree, on) for on in (ROOT, at("else"), BOX, NOTE))
    )


def test_a_grant_holds_every_access_and_need():
    needs = (Need(APPEND, NOTE), Need(APPEND | READ, NOTE), Need(APPEND, BOX))
    grant = permit(iter(needs), partial(decide, TREE, agent=BOB))
    assert grant.needs == needs
    assert grant.on(BOX) == decide(TREE, BOX, BOB)


@pytest.mark.parametrize(
    ("agent", "need"),
    [
        pytest.param(BOB, Need(WRITE, NOTE), id="append is not write"),
        pytest.param(BOB, Need(READ | APPEND, BOX), id="one mode of two"),
        pytest.param(ANYONE, Need(READ, NOTE), id="anyone"),
    ],
)
def test_a_refusal_says_which_need_was_not_met_and_whether_signing_in_could_help(agent, need):
    with pytest.raises(Refused) as refused:
        permit((Need(NONE, NOTE), need), partial(decide, TREE, agent=agent))
    assert refused.value.need == need
    assert refused.value.access == decide(TREE, need.on, agent)
    assert refused.value.anonymous == (agent is ANYONE)
