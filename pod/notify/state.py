"""What a subscriber knows of a topic, compared with what it is now (Notifications §2.3.2)."""

from pod.rdf.formats import FORMS

_SUFFIXES = tuple(f"-{each.suffix}" for each in FORMS)


def is_same(known: str, tag: str | None) -> bool:
    """Whether a state is the one that an entity tag names; None where nothing is there.

    NTF-17: the state of a topic is its entity tag. It may come back without its quotes, and as
    the tag of another format of the same state.
    """
    return tag is not None and _bare(known) == _bare(tag)


def _bare(tag: str) -> str:
    text = tag.strip().removeprefix("W/").strip('"')
    return next((text.removesuffix(end) for end in _SUFFIXES if text.endswith(end)), text)
