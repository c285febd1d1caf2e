"""`pod app list|stop|pause`: the apps that have access, and its end."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from pod.agreements import AccessGrant
from pod.cli.grant_state import lines
from pod.cli.terms import Commands, answer, command, pod_of, server_of
from pod.flows.app_access import App, apps_of, pause_app, stop_app
from pod.flows.consent.grants import told
from pod.flows.context import Pod
from pod.oidc.tokens import client_iri


def add_to(actions: "Commands[ArgumentParser]") -> None:
    made = command(actions, "list", _list, "tell which apps have access to a pod")
    made.add_argument("name", help="the pod's name")
    for name, run, help_ in (
        ("stop", _stop, "end all access of an app for good, and let it in no more"),
        ("pause", _pause, "let all access of an app rest"),
    ):
        made = command(actions, name, run, help_)
        made.add_argument("name", help="the pod's name")
        made.add_argument("client", help="the app's id")


async def _list(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        found, storage = await apps_of(pod), pod.store.storage
    value = [
        {
            "client": one.client,
            "trusted": one.is_trusted,
            "grants": [told(grant, storage) for grant in one.grants],
        }
        for one in found
    ]
    answer(chosen, value, *([_words(one) for one in found] or ["no app has access"]))
    return 0


def _words(app: App) -> str:
    has = "trusted with everything" if app.is_trusted else f"{len(app.grants)} grants"
    return f"{app.client}  {has}"


async def _stop(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        done = await stop_app(client_iri(server.base, chosen.client), pod)
        _answer(chosen, done, pod)
    return 0


async def _pause(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        done = await pause_app(client_iri(server.base, chosen.client), pod)
        _answer(chosen, done, pod)
    return 0


def _answer(chosen: Namespace, done: Sequence[AccessGrant], pod: Pod) -> None:
    storage = pod.store.storage
    value = [told(one, storage) for one in done]
    answer(chosen, value, *lines(done), f"{chosen.client} has no access any more")
