"""What a person is asked about her data when she signs in to an app, and what she answers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from acl import Agent, Mode
from pod.agreements import TermsAgreement
from pod.consent.answer import Decision
from pod.consent.asked import Asked, AskedItem, of_use
from pod.consent.categories import CATEGORIES, covered
from pod.consent.manifest import Manifest, read_manifest, why_not
from pod.consent.purposes import DEFAULT_DAYS, PURPOSES
from pod.consent.screen import Screen, Shown, screens
from pod.consent.terms import offered, offers
from pod.flows.consent.give import Gift, give
from pod.flows.consent.myterms import accept, check_terms, setting_of
from pod.flows.consent.preview import previews
from pod.flows.consent.standing import live
from pod.flows.context import Pod, Server
from pod.flows.oidc.apps import said_by
from pod.flows.oidc.interact import Waiting
from pod.flows.own_spaces import spaces_owned_by
from pod.flows.trust import trusted_in
from pod.oidc.tokens import client_iri
from pod.problems import Forbidden
from pod.store.server_values import Session
from vocab.iri import ResourceIri
from vocab.names import DPV

SERVICE = DPV.NS + "RequestedServiceProvision"
"""The purpose of an app that names none: to do what it was asked for, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an app may be granted in a pod, for each purpose apart. `manifest` is what it says of
    itself, as JSON text; `is_seen` is whether it was granted anything before, and `terms` which of
    her terms it has accepted.
    """

    pod: Pod
    asked: tuple[Asked, ...]
    manifest: str | None
    is_seen: bool
    terms: TermsAgreement | None

    async def screens(self) -> tuple[Screen, ...]:
        """One screen after the other, with what would be read now."""
        paths = (item.path for asked in self.asked for item in asked.items)
        shown = Shown(
            previews=await previews(paths, self.pod),
            terms=None if self.terms is None else offered(self.terms.offer).title,
            is_seen=self.is_seen,
        )
        found = [screen for asked in self.asked for screen in screens(asked, shown)]
        return tuple(
            replace(screen, step=number, steps=len(found)) for number, screen in enumerate(found, 1)
        )


async def question(
    found: Waiting, session: Session, server: Server, *, begun: bool = False
) -> Question | None:
    """What is to be asked of somebody who has chosen as whom she signs in; `begun` where she has
    answered a part of it.

    None where the WebID owns no pod of her account, or the app is trusted with everything or was
    granted something before: what she has decided once she is not asked again. Also None where she
    wants her terms accepted first and the app has not: until it does she gives nothing.
    """
    app = found.asked.answerable.app
    client = client_iri(server.base, app.id)
    pods = (
        () if found.webid is None else await spaces_owned_by(session.account, found.webid, server)
    )
    if not pods or found.webid is None:
        return None
    pod = pods[0]
    given = [one for one in pod.store.snapshot().agreements.grants.all() if one.client == client]
    if client in trusted_in(pod) or (live(given, server.now()) and not begun):
        return None
    said = await said_by(app.id, server)
    manifest = replace(read_manifest(said), name=app.name or "")
    try:
        agreed = await _agreed(Agent(found.webid, client), manifest, pod)
    except Forbidden:
        return None
    return Question(
        pod=pod,
        asked=tuple(
            replace(
                one,
                agent=found.webid,
                client=client,
                terms=None if agreed is None else agreed.offer,
            )
            for one in _asked(manifest, pod)
        ),
        manifest=said,
        is_seen=bool(given),
        terms=agreed,
    )


async def _agreed(app: Agent, manifest: Manifest, pod: Pod) -> TermsAgreement | None:
    """The agreement that an app has made to her terms: before, or by what it says of itself.

    Raises Forbidden where she wants one of every app.
    """
    for terms in offers(setting_of(pod)):
        if terms.name in manifest.terms:
            return await accept(app, terms.name, terms.digest, pod)
    return check_terms(app, pod, by_request=False)


async def answer(asked: Question, screen: Screen, decision: Decision, language: str) -> None:
    """Give what she has ticked on one of the screens. Raises what `give` does."""
    sentence = screen.asked.sentence or PURPOSES[screen.asked.purpose].sentence
    gift = Gift(
        agent=screen.asked.agent or "",
        client=screen.asked.client,
        purpose=screen.asked.purpose,
        sentence=sentence.within(language),
        items=decision.items,
        days=decision.days,
        retention=screen.asked.retention,
        terms=None if asked.terms is None else asked.terms.id,
        manifest=asked.manifest,
        screen=decision.screen,
        name=screen.asked.manifest.name,
    )
    await give(gift, asked.pod)


def _asked(manifest: Manifest, pod: Pod) -> tuple[Asked, ...]:
    # CON-09, PRI-21: who does not say who answers for it, what for and who gains what, asks for
    # nothing; she may still give it something.
    fit = [use for use in manifest.uses if why_not(manifest, use.purpose) is None]
    return tuple(of_use(manifest, use) for use in fit) or (_of_silent(manifest, pod),)


def _of_silent(manifest: Manifest, pod: Pod) -> Asked:
    """An app that says too little can be let into what is there, and what is not sensitive."""
    return Asked(
        agent=None,
        client=None,
        purpose=SERVICE,
        sentence=None,
        items=tuple(_items(pod)),
        days=DEFAULT_DAYS,
        retention=None,
        terms=None,
        manifest=manifest,
        use=None,
    )


def _items(pod: Pod) -> Iterable[AskedItem]:
    state = pod.store.snapshot()
    for name, category in CATEGORIES.items():
        is_sensitive = any(one.sensitive for one in covered(category.path))
        at = ResourceIri(pod.store.storage, category.path)
        if category.path and not is_sensitive and state.load(at) is not None:
            yield AskedItem(
                path=category.path,
                category=name,
                is_named=False,
                modes=Mode.READ | Mode.WRITE,
                fields=(),
                reason=None,
                is_required=False,
            )
