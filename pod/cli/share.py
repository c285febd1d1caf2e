"""`pod share`, `pod unshare`, `pod accept`: who may read what, and who may give data back."""

from argparse import ArgumentParser, Namespace

from acl import MODES, Condition, ConditionKind, Mode, Rule, Scope
from importers import known
from pod.cli.terms import (
    CommandProblem,
    Commands,
    absolute_iri,
    answer,
    command,
    pod_of,
    server_of,
)
from pod.flows.share import accept, share, unshare
from pod.oidc.tokens import client_iri
from vocab.kinds import KINDS

DOMAINS = sorted(
    {one.domain for one in known()} | {kind.domain for kind in KINDS.values() if kind.domain}
)


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "share", _share, "let an agent, or an app of hers, into a container")
    _who_and_where(made)
    made.add_argument("--mode", choices=MODES, action="append", help="read unless said otherwise")
    _who_and_where(command(commands, "unshare", _unshare, "take back what was shared"))
    made = command(commands, "accept", _accept, "let an organisation give data of a domain back")
    made.add_argument("name", help="the pod's name")
    made.add_argument("holder", type=absolute_iri, help="the organisation's WebID")
    made.add_argument("--domain", required=True, choices=DOMAINS, help="what it gives back")


def _who_and_where(made: ArgumentParser) -> None:
    made.add_argument("name", help="the pod's name")
    made.add_argument("path", help="a path in the pod, such as /data/bank/")
    made.add_argument("--with", dest="agent", type=absolute_iri, metavar="WEBID", help="the agent")
    made.add_argument("--client", metavar="ID", help="only through this app")


async def _share(chosen: Namespace) -> int:
    modes = Mode.NONE
    for name in chosen.mode or ("read",):
        modes |= MODES[name]
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        client = chosen.client and client_iri(server.base, chosen.client)
        # An app that acts for the owner is known by its client id alone.
        agent = chosen.agent or (pod.store.identity.owner if chosen.client else None)
        if agent is None:
            raise CommandProblem("say --with whom, or through which --client", 2)
        values = frozenset({client}) if client else None
        conditions = (
            () if values is None else (Condition(kind=ConditionKind.CLIENT, values=values),)
        )
        rule = Rule(
            scope=Scope.ACCESS_TO,
            modes=modes,
            agents=frozenset({agent}),
            conditions=conditions,
        )
        await share(chosen.path, (rule,), pod)
    answer(chosen, {"shared": chosen.path}, f"{chosen.path} is shared")
    return 0


async def _unshare(chosen: Namespace) -> int:
    if chosen.agent is None and chosen.client is None:
        raise CommandProblem("say --with whom, or through which --client", 2)
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        client = chosen.client and client_iri(server.base, chosen.client)
        await unshare(chosen.path, chosen.agent, client, pod)
    answer(chosen, {"unshared": chosen.path}, f"{chosen.path} is no longer shared with them")
    return 0


async def _accept(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        await accept(chosen.holder, chosen.domain, await pod_of(server, chosen.name))
    answer(
        chosen,
        {"accepted": chosen.holder, "domain": chosen.domain},
        f"{chosen.holder} may give back data of the domain {chosen.domain}",
    )
    return 0
