"""What a person is shown of a request for access: the screen, with what would be read now."""

from pod.agreements import AccessRequest
from pod.consent.asked import of_request
from pod.consent.bilingual import Bilingual
from pod.consent.screen import Screen, Shown, screens
from pod.consent.terms import PRESETS
from pod.flows.consent.preview import previews
from pod.flows.context import Pod


async def screen_of(request: AccessRequest, pod: Pod) -> Screen:
    """The one screen of a request: what is sensitive cannot be asked for with something else."""
    asked = of_request(request)
    shown = Shown(
        previews=await previews((item.path for item in asked.items), pod),
        terms=_terms(request, pod),
        is_seen=_is_seen(request, pod),
    )
    return screens(asked, shown)[0]


def _terms(request: AccessRequest, pod: Pod) -> Bilingual | None:
    """What the agreement is called that the asker has made."""
    agreements = pod.store.snapshot().agreements
    made = None if request.terms is None else agreements.terms.find(id=request.terms)
    found = None if made is None else PRESETS.get(made.offer)
    return None if found is None else found.title


def _is_seen(request: AccessRequest, pod: Pod) -> bool:
    """Whether the asker was given anything before."""
    grants = pod.store.snapshot().agreements.grants
    return grants.find(agent=request.agent, client=request.client) is not None
