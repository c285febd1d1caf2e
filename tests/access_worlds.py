"""Any tree, rules and agents: the strategies for the laws of access control."""

from functools import reduce
from operator import or_

from hypothesis import strategies as st

from acl import AclIndex, Agent, Condition, ConditionKind, Mode, Rule, Scope
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
PATHS = ["", "a/", "a/b/", "a/b/c", "a/d", "e", "a/d.meta", "f/g/", "a/b/.meta"]
WEBIDS = ["https://ana.example/#me", "https://bob.example/#me"]
APPS = ["https://app.example/id", "opaque-client"]
ISSUERS = ["https://idp.example/", "https://other.example/"]
GROUPS = ["https://groups.example/a#us", "https://groups.example/b#us"]
MODES = [Mode.READ, Mode.APPEND, Mode.WRITE, Mode.CONTROL]

resources = st.sampled_from([ResourceIri(STORAGE, path) for path in PATHS])
groups = st.frozensets(st.sampled_from(GROUPS), max_size=1)
modes = st.sets(st.sampled_from(MODES)).map(lambda some: reduce(or_, some, Mode.NONE))
conditions = st.builds(
    Condition,
    kind=st.sampled_from(ConditionKind),
    values=st.frozensets(st.sampled_from(APPS + ISSUERS), max_size=2),
    groups=groups,
    anyone=st.booleans(),
)
rules = st.builds(
    Rule,
    scope=st.sampled_from(Scope),
    modes=modes,
    agents=st.frozensets(st.sampled_from(WEBIDS), max_size=2),
    groups=groups,
    public=st.booleans(),
    authenticated=st.booleans(),
    conditions=st.lists(conditions, max_size=2).map(tuple),
)
indexes = st.builds(
    AclIndex,
    st.dictionaries(resources, st.lists(rules, max_size=3).map(tuple), max_size=4),
    st.frozensets(st.sampled_from(WEBIDS), max_size=1),
)
members = st.tuples(st.sampled_from(GROUPS), st.sampled_from(WEBIDS + APPS + ISSUERS))
agents = st.builds(
    Agent,
    st.sampled_from([None, *WEBIDS]),
    st.sampled_from([None, *APPS]),
    st.sampled_from([None, *ISSUERS]),
    memberships=st.frozensets(members, max_size=4),
)
