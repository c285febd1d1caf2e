"""`pod app trust|distrust|protect`: the apps that may do all that their person may."""

from argparse import ArgumentParser, Namespace

from pod.cli.terms import Commands, answer, command, pod_of, server_of
from pod.flows.trust import distrust, protect, trust, trusted_in
from pod.oidc.tokens import client_iri


def add_to(actions: "Commands[ArgumentParser]") -> None:
    for name, run, help_ in (
        ("trust", _trust, "let an app do all that its person may, as on other servers"),
        ("distrust", _distrust, "let an app do no more than what it was granted"),
    ):
        made = command(actions, name, run, help_)
        made.add_argument("name", help="the pod's name")
        made.add_argument("client", help="the app's id")
    made = command(
        actions, "protect", _protect, "for a pod of before: no app gets in but those trusted here"
    )
    made.add_argument("name", help="the pod's name")


async def _trust(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        await trust(client_iri(server.base, chosen.client), pod)
        return _told(chosen, trusted_in(pod))


async def _distrust(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        await distrust(client_iri(server.base, chosen.client), pod)
        return _told(chosen, trusted_in(pod))


async def _protect(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        await protect(pod)
        return _told(chosen, trusted_in(pod))


def _told(chosen: Namespace, found: frozenset[str]) -> int:
    clients = sorted(found)
    words = [f"{client}  trusted with everything" for client in clients]
    answer(chosen, {"trusted": clients}, *(words or ["no app is trusted with everything"]))
    return 0
