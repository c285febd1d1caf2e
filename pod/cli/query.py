"""`pod query`: SPARQL as the owner, or exactly as another agent and app would see it."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from acl import Agent
from pod.cli.terms import CommandProblem, Commands, absolute_iri, command, pod_of, server_of
from pod.flows.owner import owner_of
from pod.flows.query import results
from pod.oidc.tokens import client_iri
from pod.sparql.dataset import restrict
from pod.sparql.request import Query
from pod.sparql.results import result_type

MEDIA_TYPES = {
    "json": "application/sparql-results+json, application/ld+json;q=0.5",
    "csv": "text/csv, text/turtle;q=0.5",
    "turtle": "text/turtle, application/sparql-results+json;q=0.5",
}


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "query", _query, "ask a pod in SPARQL")
    made.add_argument("name", help="the pod's name")
    made.add_argument("query", help="the query, or @FILE")
    made.add_argument(
        "--as", dest="agent", type=absolute_iri, metavar="WEBID", help="as this agent would see it"
    )
    made.add_argument("--client", metavar="ID", help="through this app")
    made.add_argument("--format", choices=MEDIA_TYPES, default="json")


async def _query(chosen: Namespace) -> int:
    text = _text(chosen.query)
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        agent = owner_of(pod)
        if chosen.agent or chosen.client:
            issuer = server.base if chosen.client else None
            client = chosen.client and client_iri(server.base, chosen.client)
            agent = Agent(webid=chosen.agent or agent.webid, client=client, issuer=issuer)
        plan = restrict(Query(text=text, base=pod.store.storage))
        form = "json" if chosen.json else chosen.format
        media_type = result_type(plan.form, MEDIA_TYPES[form])
        body = (await results(plan, media_type, agent, pod)).body
    sys.stdout.buffer.write(body)
    if not body.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    return 0


def _text(given: str) -> str:
    if not given.startswith("@"):
        return given
    try:
        return Path(given[1:]).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CommandProblem("the file with the query cannot be read", 2) from error
