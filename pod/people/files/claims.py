"""Claims as the insurer's pilot gave them: what happened when and where, and no amount."""

from datetime import timedelta

from pod.people.cover import member_of
from pod.people.events_besides import Claim
from pod.people.files.insurance import address
from pod.people.files.written import HOLDERS, HolderFile, in_json
from pod.people.holidays import is_summer_time
from pod.people.home import Home


def claims(home: Home, several: tuple[Claim, ...]) -> HolderFile:
    """The claims of a household, in order."""
    return HolderFile(
        path="assurance/sinistres.json",
        media_type="application/json",
        holder=HOLDERS["insurer"],
        title="insurance claims (JSON)",
        format="mesinfos-maif-claim",
        content=in_json([_claim(home, one) for one in several]),
        rows=len(several),
        places={one.id: one.number for one in several},
    )


def _claim(home: Home, one: Claim) -> dict[str, object]:
    local = one.happened + timedelta(hours=2 if is_summer_time(one.happened.date()) else 1)
    claim: dict[str, object] = {
        "docType": "InsuranceClaim",
        "type": "Véhicule" if one.plate else "Habitation",
        "societaire": member_of(home),
        "timestamp": f"{local:%Y-%m-%dT%H:%M}",
        "lieuSurvenance": one.city.upper(),
        "ref": one.number,
    }
    if one.plate:
        return claim | {"immatriculationVehicule": one.plate}
    return claim | {"address": address(home.dwellings[one.dwelling or 0])}
