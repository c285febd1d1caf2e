"""Badges of courses: hosted assertions of Open Badges 2.0, without the person's address."""

from pod.people.events_besides import Training
from pod.people.everyday import at
from pod.people.files.written import HOLDERS, HolderFile, in_json
from pod.people.training import PROVIDER, UNTIL

_BASE = HOLDERS["courses"]


def badges(several: tuple[Training, ...]) -> HolderFile:
    """The assertions, in the order in which they were given."""
    return HolderFile(
        path="formation/badges.json",
        media_type="application/json",
        holder=HOLDERS["courses"],
        title="badges of courses (Open Badges)",
        format="open-badges",
        content=in_json([_assertion(one) for one in several]),
        rows=len(several),
        places={one.id: _address(one) for one in several},
    )


def _address(one: Training) -> str:
    return f"{_BASE}assertions/{one.id}"


def _assertion(one: Training) -> dict[str, object]:
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": _address(one),
        "recipient": {"type": "email", "hashed": True, "identity": f"sha256${'0' * 64}"},
        "issuedOn": f"{at(one.day, UNTIL):%Y-%m-%dT%H:%M:%SZ}",
        "badge": {
            "type": "BadgeClass",
            "id": f"{_BASE}badges/{one.id}",
            "name": one.name,
            "issuer": {"type": "Issuer", "id": _BASE, "name": PROVIDER},
            "alignment": [{"targetName": one.skill}],
        },
        "verification": {"type": "HostedBadge"},
    }
