"""All that there is about a request, for the person and whoever helps her."""

from pod.consent.telling import Told, evidence
from pod.flows.consent.decide import request_in
from pod.flows.consent.requests import grant_for
from pod.flows.context import Pod


def evidence_of(name: str, pod: Pod) -> Told:
    """The evidence about the request of an id, as JSON. Raises NotFound."""
    asked = request_in(name, pod)
    agreements = pod.store.snapshot().agreements
    terms = None if asked.terms is None else agreements.terms.find(id=asked.terms)
    return evidence(asked, pod.store.storage, grant_for(asked, pod), terms)
