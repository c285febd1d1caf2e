"""Who a file of a workout is from.

One ride is exported as FIT, GPX and TCX, by the maker of the watch and by whom it is shared with,
and only some of the files name their maker. So that a ride is not there several times, they are
all from one holder, "watch or application", unless the person says better. The routes in an
export of Apple Health are the exception: they belong to it.
"""

from typing import Final

from importers.contract import HolderHint

APPLE: Final = HolderHint(iri="https://www.apple.com/", name="Apple", sector="health")
ANY: Final = HolderHint(iri="urn:sd:holder:activity", name="watch or application", sector="health")

BEGINNING: Final = 4096
"""How many of the first octets of a file tell whether Apple Health wrote it."""


def is_of_apple(head: bytes) -> bool:
    """Whether the beginning of a GPX file says that it is a route of Apple Health."""
    return b'creator="Apple Health Export"' in head[:BEGINNING]


def recorder(head: bytes) -> HolderHint:
    """The holder of a file by its beginning."""
    return APPLE if is_of_apple(head) else ANY
