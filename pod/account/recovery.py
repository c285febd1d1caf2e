"""Recovery codes: a few secrets on paper, each good once, for who has lost every other way in."""

import re
from typing import Final

COUNT: Final = 8
"""How many are made at once; those made before end."""
BYTES: Final = 10
"""Random bytes of each: 80 bits, which nobody can guess."""

# Crockford's base 32: no letter that is taken for another.
_DIGITS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_READ_AS: Final = str.maketrans("oil", "011")
_CODE: Final = re.compile(f"[{_DIGITS}]{{16}}")


def written(random: bytes) -> str:
    """The code that `BYTES` random bytes make, as it stands on paper."""
    number = int.from_bytes(random, "big")
    digits = "".join(_DIGITS[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def read(text: str) -> str | None:
    """The code that somebody has typed, however she has; None where it can be none."""
    letters = re.sub(r"[\s\-\u2010-\u2014]", "", text[:100].lower()).translate(_READ_AS)
    return letters if _CODE.fullmatch(letters) else None
