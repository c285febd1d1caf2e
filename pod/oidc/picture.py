"""Which picture of an app may be shown: a small PNG that stands still, known by its own octets."""

from typing import Final

MEDIA_TYPE: Final = "image/png"
LARGEST: Final = 1024  # pixels, each way
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEADER: Final = b"\x00\x00\x00\x0dIHDR"
_WIDTH, _HEIGHT, _END = 16, 20, 33
_MOVES: Final = b"acTL"  # the chunk of a PNG that moves


def is_small_picture(octets: bytes) -> bool:
    """Whether these are a PNG (W3C) of at most LARGEST pixels each way, that does not move."""
    if not octets.startswith(_SIGNATURE + _HEADER) or len(octets) < _END:
        return False
    sides = (octets[_WIDTH:_HEIGHT], octets[_HEIGHT : _HEIGHT + 4])
    return all(0 < int.from_bytes(one) <= LARGEST for one in sides) and _MOVES not in octets
