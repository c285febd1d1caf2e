"""Insurance contracts, as the insurer's pilot gave them."""

from pod.people.cover import member_of
from pod.people.events import Cover
from pod.people.files.written import HOLDERS, HolderFile, euros, in_json
from pod.people.home import Dwelling, Home


def insurance(home: Home, covers: tuple[Cover, ...]) -> HolderFile:
    """The contracts of a household; none of them has ended."""
    return HolderFile(
        path="assurance/contrats.json",
        media_type="application/json",
        holder=HOLDERS["insurer"],
        title="insurance contracts (JSON)",
        format="mesinfos-maif-contract",
        content=in_json([{"contrat": [_contract(home, one) for one in covers]}]),
        rows=len(covers),
        places={one.id: f"/0/contrat/{rank}" for rank, one in enumerate(covers)},
    )


def _contract(home: Home, one: Cover) -> dict[str, object]:
    start = f"{one.start}T00:00:00"
    objects: dict[str, object] = {"startDate": start}
    if one.plate:
        objects["vehicule"] = [{"immatriculationVehicule": one.plate}]
    if one.dwelling is not None:
        objects["lieu"] = [{"address": address(home.dwellings[one.dwelling])}]
    return {
        "societaire": member_of(home),
        "name": one.product,
        "formuleBase": one.name,
        "startDate": start,
        "montantTarifTtc": float(euros(one.yearly)),
        "objects": objects,
    }


def address(dwelling: Dwelling) -> dict[str, object]:
    """The address of a dwelling as the insurer writes it."""
    return {
        "street": dwelling.street.upper(),
        "postCode": dwelling.postcode,
        "city": dwelling.city.upper(),
        "country": "FRANCE",
    }
