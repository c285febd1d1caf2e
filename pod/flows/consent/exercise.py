"""What a person is shown of a question that nobody asks: her own data, as a real one shows them."""

from pod.consent.categories import CATEGORIES
from pod.consent.exercise import exercise
from pod.consent.screen import Screen
from pod.flows.consent.ask_screen import screen_of
from pod.flows.context import Pod
from vocab.iri import ResourceIri


async def screen_to_learn(pod: Pod, language: str) -> Screen:
    """The screen of the exercise, with what is in the pod now; nothing of it is kept."""
    state, storage = pod.store.snapshot(), pod.store.storage
    there = {
        name
        for name, one in CATEGORIES.items()
        if one.path and state.load(ResourceIri(storage, one.path)) is not None
    }
    del state
    return await screen_of(exercise(there, language, pod.server.now()), pod)
