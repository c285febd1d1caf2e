"""`pod grant give` and `pod grant renew`: access from now on, for a purpose and a time."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from acl import Mode
from pod.agreements import AccessGrant, Item
from pod.cli.terms import (
    CommandProblem,
    Commands,
    absolute_iri,
    answer,
    command,
    pod_of,
    server_of,
)
from pod.consent.categories import CATEGORIES
from pod.consent.manifest import ASKABLE, expanded
from pod.consent.purposes import DEFAULT_DAYS, PURPOSES
from pod.flows.consent.give import Gift, give
from pod.flows.consent.grants import told
from pod.flows.consent.renew import renew
from pod.oidc.tokens import client_iri


def add_to(actions: "Commands[ArgumentParser]") -> None:
    made = command(actions, "give", _give, "give an organisation, or an app, access for a time")
    made.add_argument("name", help="the pod's name")
    made.add_argument(
        "items", nargs="+", type=item, metavar="ITEM", help="a category, or a path such as /notes/"
    )
    made.add_argument("--to", dest="agent", type=absolute_iri, metavar="WEBID", help="who gets it")
    made.add_argument("--client", metavar="ID", help="only through this app")
    made.add_argument("--purpose", required=True, type=purpose, metavar="IRI", help="what for")
    made.add_argument("--sentence", default="", help="what for, in plain words")
    made.add_argument("--retention", help="how long it is kept, such as P30D, or none")
    _for_how_long(made)
    made = command(actions, "renew", _renew, "give access anew, in the place of an older grant")
    made.add_argument("name", help="the pod's name")
    made.add_argument("grant", help="the grant's id")
    _for_how_long(made)


def item(text: str) -> Item:
    """A category or a path, and behind an equals sign the modes if not read; for argparse."""
    what, _, names = text.partition("=")
    modes = Mode.NONE
    for name in (names or "read").split("+"):
        if name not in ASKABLE:
            raise ArgumentTypeError(f"`{name}` is no mode; use {', '.join(ASKABLE)}")
        modes |= ASKABLE[name]
    category = CATEGORIES.get(what)
    if category is not None:
        return Item(path=category.path, modes=modes, category=category.name)
    if not what.startswith("/"):
        raise ArgumentTypeError(
            f"`{what}` is no category; write a path with its first slash, or one of"
            f" {', '.join(CATEGORIES)}"
        )
    return Item(path=what.removeprefix("/"), modes=modes)


def purpose(text: str) -> str:
    """A purpose of the list, as an IRI or by its name with `dpv:`; for argparse."""
    found = expanded(text)
    if found not in PURPOSES:
        raise ArgumentTypeError(f"`{text}` is no purpose of the list in the documentation for apps")
    return found


def _for_how_long(made: ArgumentParser) -> None:
    long = made.add_mutually_exclusive_group()
    long.add_argument("--days", type=int, default=DEFAULT_DAYS, help="30 unless said otherwise")
    long.add_argument("--until-stopped", action="store_true", help="without an end")


async def _give(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        client = chosen.client and client_iri(server.base, chosen.client)
        # An app that acts for the owner is known by its client id alone.
        agent = chosen.agent or (pod.store.identity.owner if client else None)
        if agent is None:
            raise CommandProblem("say --to whom, or through which --client", 2)
        gift = Gift(
            agent=agent,
            client=client,
            purpose=chosen.purpose,
            sentence=chosen.sentence or PURPOSES[chosen.purpose].sentence.en,
            items=tuple(chosen.items),
            days=None if chosen.until_stopped else chosen.days,
            retention=chosen.retention,
        )
        made = await give(gift, pod)
        _answer(chosen, made, pod.store.storage)
    return 0


async def _renew(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        made = await renew(chosen.grant, pod, None if chosen.until_stopped else chosen.days)
        _answer(chosen, made, pod.store.storage)
    return 0


def _answer(chosen: Namespace, made: AccessGrant, storage: str) -> None:
    end = "it is stopped" if made.until is None else f"{made.until:%Y-%m-%d %H:%M} UTC"
    answer(chosen, told(made, storage), made.id, f"access is given until {end}")
