"""What a password must be, before it is hashed."""

from pod.problems import Malformed

SHORTEST = 8
# Where only this machine is served, as short as those that the examples of other servers have.
SHORTEST_IN_DEVELOPMENT = 6
LONGEST = 1024


def check_password(password: str, *, development: bool) -> None:
    """Raise Malformed for a password that cannot be used."""
    shortest = SHORTEST_IN_DEVELOPMENT if development else SHORTEST
    if len(password) < shortest:
        raise Malformed(f"a password has at least {shortest} characters; choose a longer one")
    if len(password) > LONGEST:
        raise Malformed(f"a password has at most {LONGEST} characters; choose a shorter one")
