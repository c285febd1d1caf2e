"""The names of access modes (WAC §4.2), as forms, documents, headers and journals use them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from acl.model import Mode
from vocab.names import ACL

MODES: Final[Mapping[str, Mode]] = MappingProxyType(
    {
        "read": Mode.READ,
        "append": Mode.APPEND,
        "write": Mode.WRITE,
        "control": Mode.CONTROL,
    }
)
"""By name, in the order in which they are told."""


def mode_names(modes: Mode) -> tuple[str, ...]:
    """The names of all modes that there are in these: who may write may append too."""
    return tuple(name for name, mode in MODES.items() if mode in modes)


def fewest_names(modes: Mode) -> tuple[str, ...]:
    """The same without those that go without saying: of Write alone, since it includes Append."""
    names = mode_names(modes)
    return tuple(name for name in names if name != "append" or "write" not in names)


def mode_iri(name: str) -> str:
    """The class of access that a name stands for: acl:Read of read."""
    return ACL.NS + name.capitalize()
