"""Loyalty cards, as records: their numbers are masked, and only a keyed hash tells them apart."""

from importers.contract import Key, Record, Ref, Value

_SHOWN = 4


def membership(
    program: str, number: str, locator: str, said: tuple[tuple[str, Value], ...] = ()
) -> Record:
    """The membership of a programme by the number of the card, and what else is said of it."""
    fields: list[tuple[str, Value]] = [("schema:programName", program)]
    if number:
        fields.append(("schema:membershipNumber", masked(number)))
    return Record(
        kind="LoyaltyMembership",
        key=key_of(program, number),
        fields=(*fields, *said),
        locator=locator,
        counted=False,
    )


def key_of(program: str, number: str) -> Key:
    return Key(natural=("".join(number.split()) or program,))


def ref_of(program: str, number: str) -> Ref:
    return Ref("LoyaltyMembership", key_of(program, number))


def masked(number: str) -> str:
    """`5752 2102 1236 1196` as `****1196`; a short number shows at most half of it."""
    plain = "".join(number.split())
    return "****" + plain[-min(_SHOWN, len(plain) // 2) :] if len(plain) > 1 else "****"
