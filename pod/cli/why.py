"""`pod grant why`: by which rule somebody may, or may not, read or change something."""

from argparse import ArgumentParser, Namespace

from acl import MODES
from pod.cli.terms import CommandProblem, Commands, absolute_iri, answer, command, pod_of, server_of
from pod.consent.question import ENTRY, Noted, Question, supposed
from pod.flows.consent.why import answer_to, json_of, text_of
from pod.flows.context import Pod
from pod.oidc.tokens import client_iri

LANGUAGE = "en"  # that of the commands
PARTS = ("target", "mode", "agent", "client", "issuer", "purpose", "at")


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "why", _why, "tell why something is, or was, allowed or refused")
    made.add_argument("name", help="the pod's name")
    asked = made.add_mutually_exclusive_group(required=True)
    asked.add_argument(f"--{ENTRY}", type=int, metavar="NUMBER", help="a line of the journal")
    asked.add_argument("--target", metavar="PATH", help="a path in the pod, such as /data/bank/")
    made.add_argument("--mode", choices=MODES, help="read unless said otherwise")
    made.add_argument("--agent", type=absolute_iri, metavar="WEBID", help="who asks")
    made.add_argument("--client", metavar="ID", help="the app; alone, of the owner's")
    made.add_argument("--issuer", type=absolute_iri, metavar="IRI", help="who signed them in")
    made.add_argument("--purpose", type=absolute_iri, metavar="IRI", help="what for")
    made.add_argument("--at", metavar="TIME", help="as it was then, in UTC; now unless said")


async def _why(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        found = await answer_to(_question(chosen, pod), pod)
    told = json_of(found, pod.store.storage, LANGUAGE)
    answer(chosen, told, text_of(found, LANGUAGE).rstrip("\n"))
    return 0


def _question(chosen: Namespace, pod: Pod) -> Question:
    base, given = pod.server.base, vars(chosen)
    said = {part: given[part] for part in PARTS if given[part] is not None}
    if chosen.entry is not None:
        if said:
            raise CommandProblem("ask about a line of the journal, or about a request, not both", 2)
        return Noted(chosen.entry)
    if chosen.client is not None:
        said["client"] = client_iri(base, chosen.client)
    return supposed(said, pod.store.storage, owner=pod.store.identity.owner, issuer=base)
