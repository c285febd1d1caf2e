"""The WAC-Allow header (WAC §6.1), written from a decision that was already made."""

from typing import Final

from acl.model import Access, Mode
from acl.modes import MODES

# In the order that the grammar of #wac-allow-access-mode has them in most servers.
_ORDER: Final = ("read", "write", "append", "control")
_WORDS: Final = tuple(
    " ".join(name for name in _ORDER if MODES[name] in Mode(bits)) for bits in range(16)
)


def wac_allow(access: Access) -> str:
    """`user="read write append control",public="read"`: some clients split at the comma alone."""
    return f'user="{_WORDS[access.modes.value]}",public="{_WORDS[access.public.value]}"'
