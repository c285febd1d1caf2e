"""One law for any tree, any rules and anybody: GET, query and rules see the same documents."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

import pytest
from agents import EVERYONE, SIGNED_IN, Person, World, acl, rule
from hypothesis import given
from hypothesis import strategies as st

from acl import (
    ANYONE,
    OWN_PAGES,
    Agent,
    Mode,
    Need,
    Owner,
    all_groups,
    class_of,
    classes,
    decide,
    permit,
    readable,
)
from pod.flows.authenticate import with_memberships
from pod.ldp.provision import first_access
from pod.model import Change, Draft
from pod.store.port import Transaction
from vocab.iri import ResourceIri

CONTAINERS = ("", "a/", "a/b/", "c/")
DOCUMENTS = ("x", "a/x", "a/y", "a/b/x", "a/b/y", "c/x")
TITLE = "http://purl.org/dc/terms/title"
MEMBER = "http://www.w3.org/2006/vcard/ns#hasMember"
SEEN = f"""SELECT ?g ?t {{ {{ SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }} }}
    UNION {{ ?x <{TITLE}> ?t }} }}"""

# Who a rule may be for, and under which conditions; the braces are filled in with those who act.
SUBJECTS = (
    "{owner}",
    "{bob}",
    EVERYONE,
    SIGNED_IN,
    "acl:agentGroup <{groups}#people>",
    "acl:agentGroup <{groups}#none>",
    "acl:origin <https://app.example>",
)
CONDITIONS = (
    *("",) * 5,
    "a acl:ClientCondition ; acl:client <{app}>",
    "a acl:ClientCondition ; acl:clientGroup <{groups}#apps>",
    "a acl:ClientCondition ; acl:clientClass foaf:Agent",
    "a acl:ClientCondition",
    "a acl:IssuerCondition ; acl:issuer <{issuer}>",
    "a acl:IssuerCondition ; acl:issuer <https://idp.example/>",
)
# Most rules let somebody read what a container holds, so that there is something to see.
MODES = (*("Read",) * 3, "Append", "Write", "Control", "Read Write Control", "Read Append")
SCOPES = ("accessTo", "default", *("accessTo default",) * 2)
ACTORS = ("owner", "other app", "bob", "carol", "nobody")

some_rules = st.lists(
    st.tuples(
        st.sampled_from(SUBJECTS),
        st.sampled_from(MODES),
        st.sampled_from(SCOPES),
        st.sampled_from(CONDITIONS),
    ),
    max_size=4,
)
documents = st.sets(st.sampled_from(DOCUMENTS), min_size=1)


@st.composite
def pods(draw):
    """Documents, and the descriptions and rules of some of them and of some of their containers."""
    held = draw(documents)
    containers = {c for c in CONTAINERS if not c or any(d.startswith(c) for d in held)}
    ruled = draw(st.sets(st.sampled_from(sorted(held | containers)), max_size=3))
    described = draw(st.sets(st.sampled_from(sorted(held | containers)), max_size=3))
    held |= {path + ".meta" for path in described}
    return held, {path: draw(some_rules) for path in sorted(ruled | {""})}


@dataclass
class Stage:
    """A pod that is made anew for each example, and those who look at it."""

    world: World
    owner: Person
    actors: dict[str, Person]
    known: dict[str, str]

    def root(self) -> ResourceIri:
        return ResourceIri(self.owner.storage, "")

    def text(self, path: str, rules) -> str:
        """The document of some rules of a resource."""
        filled = (
            rule(self.fill(who), modes, where, self.fill(when)) for who, modes, where, when in rules
        )
        return acl(self.owner.storage + path, *filled).decode()

    def fill(self, text: str) -> str:
        for name, value in self.known.items():
            text = text.replace("{" + name + "}", value)
        return text

    def make(self, held, ruled) -> None:
        """Make the pod hold these documents and rules, and nothing else."""
        texts = {path: f'<#it> <{TITLE}> "{path}" .' for path in held}
        texts |= {path: "" for path in CONTAINERS if path and any(d.startswith(path) for d in held)}
        texts |= {path + ".acl": self.text(path, rules) for path, rules in ruled.items()}
        write = Write(self.root(), self.owner.webid, self.world.server.now())

        def work(tx: Transaction) -> None:
            write.empty(tx, self.root())
            for path in sorted(texts, key=lambda path: (path.endswith(".acl"), path)):
                write.put(tx, path, texts[path])

        self.world.run(self.world.pod(self.owner.name).store.write(work))


class Write:
    """Changes by the owner of a pod, whatever its rules are at the moment."""

    def __init__(self, root: ResourceIri, owner: str, now: datetime) -> None:
        access = partial(
            decide, first_access(root.storage, Owner(owner)), agent=Agent(owner, OWN_PAGES)
        )
        self.grant = permit((Need(Mode.WRITE, root),), access)
        self.storage = root.storage
        self.now = now

    def empty(self, tx: Transaction, container: ResourceIri) -> None:
        for iri in [member.iri for member in tx.members(container)]:
            if iri.is_container:
                self.empty(tx, iri)
            tx.apply(Change(target=iri, before=tx.load(iri), after=None), self.grant)
        if (description := tx.load(container.description)) is not None:
            tx.apply(Change(target=description.iri, before=description, after=None), self.grant)
        self.put(tx, container.acl.path, "")

    def put(self, tx: Transaction, path: str, text: str) -> None:
        target = ResourceIri(self.storage, path)
        draft = Draft(media_type="text/turtle", content=text.encode(), modified=self.now)
        tx.apply(Change(target=target, before=tx.load(target), after=draft), self.grant)


def by_get(stage: Stage, actor: Person, held) -> set[str]:
    return {path for path in held if actor.get(stage.owner.storage + path).status == 200}


def by_query(stage: Stage, actor: Person) -> tuple[set[str], set[str]]:
    """The documents that GRAPH finds, and those whose triples are in the default graph."""
    storage = stage.owner.storage
    endpoint = storage + ".well-known/sparql"
    answer = actor.post(endpoint, SEEN.encode(), "application/sparql-query")
    assert answer.status == 200
    rows = answer.json()["results"]["bindings"]
    graphs = {row["g"]["value"].removeprefix(storage) for row in rows if "g" in row}
    return graphs, {row["t"]["value"] for row in rows if "t" in row}


def by_rules(stage: Stage, actor: Person, held) -> set[str]:
    agent = Agent(actor.webid, actor.app.iri, stage.world.base) if actor.app else ANYONE
    storage, pod = stage.owner.storage, stage.world.pod(stage.owner.name)

    async def see() -> set[str]:
        acls = pod.store.snapshot().acls()
        known = await with_memberships(agent, all_groups(acls), pod)
        seen = readable(acls, classes(acls), known)
        return {path for path in held if class_of(acls, ResourceIri(storage, path)) in seen}

    return stage.world.run(see())


@pytest.fixture(scope="module")
def stage(world: World, bob: Person, carol: Person, nobody: Person) -> Stage:
    owner = world.fresh()
    groups = f"{carol.storage}law{next(world.numbers)}"
    people = f"<#people> <{MEMBER}> <{bob.webid}> ."
    apps = f"<#apps> <{MEMBER}> <{bob.app.iri}>, <{owner.app.iri}> ."
    assert carol.put(groups, (people + apps).encode()).status == 201
    actors = (owner, world.app(owner.name, "other"), bob, carol, nobody)
    known = {
        "owner": owner.webid,
        "bob": bob.webid,
        "app": owner.app.iri,
        "issuer": world.base,
        "groups": groups,
    }
    return Stage(world, owner, dict(zip(ACTORS, actors, strict=True)), known)


@pytest.mark.spec("Solid Protocol §4.3.2 #server-description-resource-authorization")
@given(pod=pods(), who=st.sampled_from(ACTORS))
def test_what_a_get_answers_a_query_sees_and_nothing_else(stage, pod, who):
    held, ruled = pod
    stage.make(held, ruled)
    actor = stage.actors[who]
    seen = by_get(stage, actor, held)
    assert by_query(stage, actor) == (seen, seen)
    assert by_rules(stage, actor, held) == seen
