"""Giving access: the rules, the signed record and the row, in one commit."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from acl import OWN_PAGES, Mode
from pod.agreements import AccessGrant, AccessRequest, GrantState, Item, TermsAgreement
from pod.consent.categories import covered
from pod.consent.manifest import is_days, is_retention, read_manifest
from pod.consent.purposes import DEFAULT_DAYS
from pod.consent.record import Shown, first_record
from pod.consent.terms import check_fits
from pod.flows.consent.standing import keep, note, put_in, sign
from pod.flows.context import Pod
from pod.ldp.allow import check_address
from pod.problems import Conflict, Malformed, Unprocessable
from pod.store.port import Transaction
from vocab.graph import NamedNode
from vocab.iri import ResourceIri

ID_BYTES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """What a person gives. Fields as in AccessRequest; `manifest` is what the app said of itself
    when it asked, `screen` the version of the screen that was in front of her, and `name` what the
    app was called there, "" for as its manifest has it. `replaces` is the grant that it takes the
    place of, and `ends` the latest time at which it may end, None for no matter when.
    """

    agent: str
    client: str | None
    purpose: str
    sentence: str
    items: tuple[Item, ...]
    days: int | None = DEFAULT_DAYS
    retention: str | None = None
    terms: str | None = None
    manifest: str | None = None
    screen: str | None = None
    request: str | None = None
    name: str = ""
    replaces: AccessGrant | None = None
    ends: datetime | None = None


def answering(
    request: AccessRequest, items: tuple[Item, ...], days: int | None, screen: str | None
) -> Gift:
    """What a person gives who agrees to these items of a request."""
    gift = _to_the_same(request, items, days, screen)
    return replace(gift, manifest=request.manifest, request=request.id)


async def give(gift: Gift, pod: Pod) -> AccessGrant:
    """Give access, from now on. Raises Malformed, NotFound, Conflict or Unprocessable."""
    return await pod.store.write(lambda tx: give_in(tx, gift, pod))


def instead_of(
    tx: Transaction,
    before: AccessGrant,
    items: tuple[Item, ...],
    days: int | None,
    screen: str | None,
) -> Gift:
    """What takes the place of a grant: for the same asker, and for the same reason."""
    asked = None if before.request is None else tx.agreements.requests.find(id=before.request)
    manifest = None if asked is None else asked.manifest
    gift = _to_the_same(before, items, days, screen)
    return replace(gift, manifest=manifest, request=before.request, replaces=before)


def _to_the_same(
    asked: AccessRequest | AccessGrant,
    items: tuple[Item, ...],
    days: int | None,
    screen: str | None,
) -> Gift:
    """What goes to who asked, or was given before, and for that reason."""
    return Gift(
        agent=asked.agent,
        client=asked.client,
        purpose=asked.purpose,
        sentence=asked.sentence,
        items=items,
        days=days,
        retention=asked.retention,
        terms=asked.terms,
        screen=screen,
    )


def give_in(tx: Transaction, gift: Gift, pod: Pod, action: str = "GRANT") -> AccessGrant:
    """The same within a transaction, so that a decision on a request is one with it; `action` is
    what the journal calls it.
    """
    _check(gift, pod)
    now = pod.server.second
    grant = AccessGrant(
        id=pod.server.random_name(ID_BYTES),
        request=gift.request,
        agent=gift.agent,
        client=gift.client,
        purpose=gift.purpose,
        sentence=gift.sentence,
        items=gift.items,
        since=now,
        until=_until(gift, now),
        retention=gift.retention,
        terms=gift.terms,
        state=GrantState.ACTIVE,
        created=now,
        changed=now,
        records=(),
    )
    shown = _shown(tx, gift)
    grant = put_in(tx, grant, pod)
    said = first_record(grant, pod.store.storage, pod.store.identity.owner, shown)
    grant = replace(grant, records=(sign(said, pod),))
    keep(tx, grant, said, pod)
    note(tx, action, grant, pod)
    return grant


def _until(gift: Gift, now: datetime) -> datetime | None:
    wanted = None if gift.days is None else now + timedelta(days=gift.days)
    return min(filter(None, (wanted, gift.ends)), default=None)


def _shown(tx: Transaction, gift: Gift) -> Shown:
    """What was in front of her; raises Unprocessable where her terms forbid what she gives."""
    terms = None if gift.terms is None else tx.agreements.terms.find(id=gift.terms)
    if gift.terms is not None:
        if terms is None or not _binds(terms, gift):
            raise Unprocessable("the asker has not made this agreement to the person's terms")
        check_fits(terms, gift.purpose, gift.retention, read_manifest(gift.manifest))
    return Shown(
        screen=gift.screen,
        manifest=gift.manifest,
        terms=terms,
        name=gift.name,
        replaces=None if gift.replaces is None else gift.replaces.record,
    )


def _binds(terms: TermsAgreement, gift: Gift) -> bool:
    """Whether an agreement is of who is given something: of an organisation that is given it
    through any client, the one that it has made through whichever it had.
    """
    return terms.agent == gift.agent and gift.client in {None, terms.client}


def _check(gift: Gift, pod: Pod) -> None:
    _check_who(gift, pod)
    if gift.days is not None and not is_days(gift.days):
        raise Malformed("say for how many days, at least one")
    if gift.retention is not None and not is_retention(gift.retention):
        raise Malformed("say how long it is kept as in P30D, or none")
    if not gift.items:
        raise Malformed("say what is given")
    for item in gift.items:
        check_item(item, pod)
    # CON-39: "sensitive categories never bundled".
    if len(gift.items) > 1 and any(c.sensitive for i in gift.items for c in covered(i.path)):
        raise Unprocessable("give what is sensitive by itself, each of it in its own step")


def _check_who(gift: Gift, pod: Pod) -> None:
    for name in filter(None, (gift.agent, gift.client, gift.purpose)):
        _check_iri(name)
    if gift.client is None and gift.agent in pod.store.identity.owners:
        raise Malformed("say which app acts as the owner")
    if gift.client == OWN_PAGES:
        raise Malformed("the server's own pages are given nothing: the owner decides there")


def _check_iri(text: str) -> None:
    try:
        NamedNode(text)
    except ValueError as error:
        raise Malformed("name agent, app and purpose each by an absolute address") from error


def check_item(item: Item, pod: Pod) -> None:
    """Raise Malformed for what nobody can be given, whether it is there or not."""
    try:
        target = ResourceIri.parse(pod.store.storage, item.path)
    except ValueError as error:
        raise Malformed(f"this path cannot be used: {error}") from error
    if target.path != item.path or target.is_auxiliary:
        raise Malformed("name containers and documents, each by its path as the pod has it")
    try:
        check_address(target)
    except Conflict as error:
        raise Malformed("the server's own addresses cannot be given") from error
    # Nobody can be given the right to give rights: what is granted is to be seen here.
    if not item.modes or Mode.CONTROL in item.modes:
        raise Malformed("give the right to read, to append or to write")
